"""However much is due in one conversation, it goes out as slowly as Teams asks.

https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from adapters.store.engine import connect
from adapters.store.tables import metadata
from bot.knowledge import Knowledge
from tests.adapters.delivery.scenery import (
    MONDAY,
    Clock,
    Platform,
    add_delivery,
    add_weekly,
    means,
    send_ready,
)

MOST = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))
"""So many messages in a conversation, in so many seconds."""


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = connect(f"sqlite:///{tmp_path}/ally.db")
    metadata.create_all(engine)
    yield engine
    engine.dispose()


async def test_a_hundred_in_one_conversation_keep_to_the_limits(
    engine: Engine, knowledge: Knowledge
):
    add_weekly(engine)
    for number in range(100):
        day = date(2026, 3, 9) - timedelta(days=number)
        add_delivery(engine, f"{number:03}", local_date=day)
    clock, platform = Clock(), Platform()
    paced = means(platform, knowledge, clock=clock)
    at: list[float] = []
    while len(at) < 100 and clock.at < MONDAY + timedelta(minutes=10):
        await send_ready(engine, paced)
        seconds = (clock.at - MONDAY).total_seconds()
        at += [seconds] * (len(platform.got) - len(at))
        clock.move(0.2)
    assert len(at) == 100
    for most, span in MOST:
        windows = zip(at, at[most:], strict=False)
        assert all(later - first > span for first, later in windows), (most, span)

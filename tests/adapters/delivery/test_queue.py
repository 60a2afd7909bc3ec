"""Several deliverers beside each other, on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text

from adapters.delivery.means import Failed, Means, Taken
from adapters.delivery.pacing import Pace
from adapters.delivery.queue import defer, defer_lost, prepare_queue, work
from adapters.delivery.ticking import tick
from adapters.store.tables import deliveries
from bot.knowledge import Knowledge
from tests.adapters.delivery.scenery import (
    CHANNEL,
    OWNER,
    Platform,
    add_delivery,
    add_weekly,
    means,
    row,
    rows,
)

FAST = Pace(1.0, 0.001)
DAILY = "FREQ=DAILY;BYHOUR=0;BYMINUTE=0"


@pytest.fixture
def engine(postgresql_engine: Engine) -> Engine:
    return postgresql_engine


def add_channels(engine: Engine, count: int) -> None:
    """Tips that are due now."""
    now = datetime.now(UTC)
    for number in range(count):
        channel = f"{CHANNEL}{number}"
        add_weekly(engine, f"weekly-{number}", channel=channel, next_at=now, rule=DAILY, zone="UTC")


def jobs(engine: Engine) -> list[str]:
    with engine.begin() as connection:
        found = connection.execute(text("SELECT args ->> 'delivery' AS id FROM procrastinate_jobs"))
        return sorted(job.id for job in found)


@asynccontextmanager
async def working(engine: Engine, means: Means, **changed: Any) -> AsyncIterator[None]:
    stopping = asyncio.Event()
    running = asyncio.create_task(work(engine, means, stopping, **changed))
    try:
        yield
    finally:
        stopping.set()
        await asyncio.wait_for(running, 15)


async def until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(15):
        while not await asyncio.to_thread(happened):
            await asyncio.sleep(0.02)


def sent(engine: Engine, count: int) -> bool:
    return [found.status for found in rows(engine)] == ["sent"] * count


async def test_what_is_due_goes_out_and_leaves_no_job(
    engine: Engine, knowledge: Knowledge, platform: Platform
) -> None:
    add_channels(engine, 10)
    async with working(engine, means(platform, knowledge, pace=FAST)):
        await until(lambda: sent(engine, 10))
        await until(lambda: not jobs(engine))
    assert len(platform.got) == 10


def test_a_job_carries_nothing_but_an_id_and_comes_with_its_row(engine: Engine) -> None:
    add_channels(engine, 1)

    def die(connection: Any, ids: Any) -> None:
        defer(connection, ids)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tick(engine, datetime.now(UTC), die)
    assert not jobs(engine)
    assert not rows(engine)
    tick(engine, datetime.now(UTC), defer)
    assert jobs(engine) == [row(engine).id]
    with engine.begin() as connection:
        (args,) = connection.execute(text("SELECT args FROM procrastinate_jobs")).scalars()
    assert args == {"delivery": row(engine).id}


async def test_several_workers_send_everything_once(
    engine: Engine, knowledge: Knowledge, platform: Platform
) -> None:
    add_channels(engine, 40)
    own = means(platform, knowledge, pace=FAST)
    async with working(engine, own), working(engine, own):
        await until(lambda: sent(engine, 40))
    assert len(platform.got) == len(set(platform.got)) == 40


async def test_what_failed_is_tried_again_when_it_may_be(
    engine: Engine, knowledge: Knowledge, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.schedule.plan._FIRST_WAIT_SECONDS", 0.1)
    answers = iter([Failed("limited", 0.5)])
    platform.answer = lambda _: next(answers, Taken())
    add_channels(engine, 1)
    async with working(engine, means(platform, knowledge), tick_seconds=3600):
        await until(lambda: sent(engine, 1))
    assert row(engine).attempts == 2


async def test_a_channel_that_is_gone_is_told_of_to_its_owner(
    engine: Engine, knowledge: Knowledge, platform: Platform
) -> None:
    platform.answer = lambda target: Taken() if target == OWNER else Failed("gone")
    add_channels(engine, 1)
    async with working(engine, means(platform, knowledge)):
        await until(lambda: bool(platform.got))
    assert platform.got[0][0] == OWNER
    assert platform.got[0][1].endswith("gone")


async def test_a_delivery_that_has_lost_its_job_gets_another(
    engine: Engine, knowledge: Knowledge, platform: Platform
) -> None:
    add_channels(engine, 2)
    tick(engine, datetime.now(UTC) + timedelta(seconds=1))  # nobody is told
    assert defer_lost(engine, 0.0) == 2
    assert defer_lost(engine, 0.0) == 0
    assert defer_lost(engine, 60.0) == 0
    async with working(engine, means(platform, knowledge)):
        await until(lambda: sent(engine, 2))


async def test_a_job_too_many_sends_nothing_twice(
    engine: Engine, knowledge: Knowledge, platform: Platform
) -> None:
    add_channels(engine, 3)
    platform.seconds = 0.1
    tick(engine, datetime.now(UTC), defer)
    with engine.begin() as connection:
        defer(connection, [found.id for found in connection.execute(deliveries.select())])
    async with working(engine, means(platform, knowledge, lease_seconds=2)):
        await until(lambda: not jobs(engine))
    assert len(platform.got) == 3


async def test_what_a_dead_worker_had_goes_on_elsewhere(
    engine: Engine, knowledge: Knowledge, platform: Platform
) -> None:
    add_channels(engine, 1)
    tick(engine, datetime.now(UTC), defer)
    with engine.begin() as connection:  # as a worker leaves it that was killed
        connection.execute(text("UPDATE procrastinate_jobs SET status = 'doing'"))
        soon = datetime.now(UTC) + timedelta(seconds=1)
        connection.execute(deliveries.update().values(claimed_until=soon))
    async with working(engine, means(platform, knowledge), sweep_seconds=0.5):
        await until(lambda: sent(engine, 1))


async def test_what_is_under_way_is_finished_at_the_end(
    engine: Engine, knowledge: Knowledge, platform: Platform
) -> None:
    add_channels(engine, 12)
    platform.seconds = 0.5
    async with working(engine, means(platform, knowledge, pace=FAST), at_once=4):
        await until(lambda: platform.under_way == 4)
    statuses = sorted(found.status for found in rows(engine))
    assert statuses == ["sent"] * 4 + ["waiting"] * 8
    assert len(jobs(engine)) == 8


def test_tables_of_the_queue_are_made_once(engine: Engine) -> None:
    with engine.begin() as connection:
        prepare_queue(connection)
    add_weekly(engine)
    add_delivery(engine, "one")
    assert jobs(engine) == []

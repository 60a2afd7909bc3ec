"""The deliverer within one process, on an SQLite file."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from adapters.delivery.means import Failed, Means, Taken
from adapters.delivery.pacing import Pace
from adapters.delivery.runner import AnotherDelivererError, alone, run, run_once
from adapters.delivery.sending import claim_some
from adapters.delivery.statements import clock_from
from adapters.delivery.ticking import tick
from adapters.store.engine import connect
from adapters.store.tables import metadata
from bot.knowledge import Knowledge
from tests.adapters.delivery.scenery import (
    CHANNEL,
    MONDAY,
    Platform,
    add_weekly,
    means,
    row,
    rows,
)

FAST = Pace(1.0, 0.001)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = connect(f"sqlite:///{tmp_path}/ally.db")
    metadata.create_all(engine)
    yield engine
    engine.dispose()


def add_channels(engine: Engine, count: int, at: datetime) -> None:
    for number in range(count):
        add_weekly(engine, f"weekly-{number}", channel=f"{CHANNEL}{number}", next_at=at)


async def until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not happened():
            await asyncio.sleep(0.005)


async def test_what_is_due_goes_out_while_it_runs(
    engine: Engine, knowledge: Knowledge, platform: Platform
) -> None:
    stopping = asyncio.Event()
    own = means(platform, knowledge, clock=clock_from(MONDAY))
    running = asyncio.create_task(run(engine, own, stopping, tick_seconds=0.05))
    await asyncio.sleep(0.2)
    await asyncio.to_thread(add_weekly, engine)
    await until(lambda: bool(platform.got))
    stopping.set()
    await asyncio.wait_for(running, 5)
    assert row(engine).status == "sent"


async def test_many_go_at_once_and_no_more_than_may(
    engine: Engine, knowledge: Knowledge, platform: Platform
) -> None:
    add_channels(engine, 30, MONDAY)
    platform.seconds = 0.05
    own = means(platform, knowledge, clock=clock_from(MONDAY), pace=FAST)
    await asyncio.wait_for(run_once(engine, own, at_once=10), 10)
    assert len(platform.got) == 30
    assert 5 <= platform.most <= 10


async def test_what_is_under_way_is_finished_and_nothing_new_is_begun(
    engine: Engine, knowledge: Knowledge, platform: Platform
) -> None:
    add_channels(engine, 20, MONDAY)
    platform.seconds = 0.3
    stopping = asyncio.Event()
    own = means(platform, knowledge, clock=clock_from(MONDAY), pace=FAST)
    running = asyncio.create_task(run(engine, own, stopping, at_once=5))
    await until(lambda: platform.under_way == 5)
    stopping.set()
    await asyncio.wait_for(running, 5)
    statuses = sorted(found.status for found in rows(engine))
    assert statuses == ["sent"] * 5 + ["waiting"] * 15
    assert len(platform.got) == 5


@pytest.mark.parametrize("once", [True, False])
async def test_what_a_dead_process_had_claimed_is_sent_at_once(
    engine: Engine, knowledge: Knowledge, platform: Platform, once: bool
) -> None:
    add_weekly(engine)
    own = means(platform, knowledge, clock=clock_from(MONDAY), lease_seconds=3600)
    tick(engine, MONDAY)
    assert len(claim_some(engine, own, 1).claims) == 1  # and then it dies
    stopping = asyncio.Event()
    running = asyncio.create_task(run_once(engine, own) if once else run(engine, own, stopping))
    await until(lambda: bool(platform.got))
    stopping.set()
    await running
    assert row(engine).status == "sent"


async def test_what_failed_is_tried_again_without_a_tick(
    engine: Engine, knowledge: Knowledge, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.schedule.plan._FIRST_WAIT_SECONDS", 0.1)
    answers = iter([Failed("limited", 0.2)])
    platform.answer = lambda _: next(answers, Taken())
    add_weekly(engine)
    stopping = asyncio.Event()
    own = means(platform, knowledge, clock=clock_from(MONDAY + timedelta(seconds=1)))
    running = asyncio.create_task(run(engine, own, stopping, tick_seconds=3600))
    await until(lambda: bool(platform.got))
    stopping.set()
    await running
    assert (row(engine).status, row(engine).attempts) == ("sent", 2)


async def test_one_process_delivers_from_a_file_and_the_next_waits_for_it(
    engine: Engine, knowledge: Knowledge, platform: Platform
) -> None:
    never = asyncio.Event()
    own = means(platform, knowledge)
    async with alone(engine, never, 1):
        with pytest.raises(AnotherDelivererError, match="another process delivers from"):
            await run(engine, own, never, lock_seconds=0.2)
        stopping = asyncio.Event()
        waiting = asyncio.create_task(run(engine, own, stopping, lock_seconds=10))
        await asyncio.sleep(0.2)
        assert not waiting.done()
    add_weekly(engine, next_at=datetime.now(UTC))
    await until(lambda: bool(platform.got))
    stopping.set()
    await asyncio.wait_for(waiting, 5)


async def test_who_waits_for_the_file_can_be_stopped(
    engine: Engine, knowledge: Knowledge, platform: Platform
) -> None:
    async with alone(engine, asyncio.Event(), 1):
        stopping = asyncio.Event()
        waiting = asyncio.create_task(run(engine, means(platform, knowledge), stopping))
        await asyncio.sleep(0.2)
        stopping.set()
        await asyncio.wait_for(waiting, 2)


async def test_a_database_that_is_away_for_a_while_loses_nothing(
    engine: Engine,
    knowledge: Knowledge,
    platform: Platform,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("adapters.delivery.runner._TRY_AGAIN_SECONDS", 0.05)
    from adapters.delivery import runner

    real = runner.record_all
    failures = iter([OSError("away"), OSError("away")])

    def away(engine: Engine, means: Means, sent: list[object]) -> object:
        if (error := next(failures, None)) is not None:
            raise error
        return real(engine, means, sent)  # type: ignore[arg-type]

    monkeypatch.setattr(runner, "record_all", away)
    add_channels(engine, 3, MONDAY)
    stopping = asyncio.Event()
    own = means(platform, knowledge, clock=clock_from(MONDAY), pace=FAST)
    running = asyncio.create_task(run(engine, own, stopping))
    await until(lambda: [found.status for found in rows(engine)] == ["sent"] * 3)
    stopping.set()
    await running
    assert len(platform.got) == 3


async def test_answering_goes_on_while_it_delivers(
    engine: Engine, knowledge: Knowledge, platform: Platform
) -> None:
    add_channels(engine, 200, MONDAY)
    loop = asyncio.get_running_loop()
    longest = 0.0

    async def answer() -> None:
        nonlocal longest
        while True:
            asked = loop.time()
            await asyncio.sleep(0.001)
            longest = max(longest, loop.time() - asked)

    answering = asyncio.create_task(answer())
    with engine.begin() as other:  # somebody else writes for a while
        running = asyncio.create_task(
            run_once(engine, means(platform, knowledge, clock=clock_from(MONDAY), pace=FAST))
        )
        await asyncio.sleep(0.5)
        other.rollback()
    await asyncio.wait_for(running, 20)
    answering.cancel()
    assert len(platform.got) == 200
    assert longest < 0.25


async def test_once_ends_when_nothing_may_go_soon(
    engine: Engine, knowledge: Knowledge, platform: Platform
) -> None:
    add_channels(engine, 2, MONDAY)
    platform.answer = lambda target: Failed("limited", 300) if target.endswith("0") else Taken()
    own = means(platform, knowledge, clock=clock_from(MONDAY), pace=FAST)
    await asyncio.wait_for(run_once(engine, own), 10)
    assert sorted(found.status for found in rows(engine)) == ["sent", "waiting"]

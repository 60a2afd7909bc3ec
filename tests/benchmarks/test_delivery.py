"""What delivering costs and what it survives, on a real SQLite file and a real PostgreSQL."""

import asyncio
import signal
from bisect import bisect
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from time import monotonic, perf_counter, sleep, time

import pytest
from sqlalchemy import Engine, func, insert, select, update

from adapters.delivery.means import Failed, Result
from adapters.delivery.queue import defer, prepare_queue, work
from adapters.delivery.runner import run, run_once
from adapters.delivery.ticking import nobody, tick
from adapters.store.engine import connect
from adapters.store.tables import deliveries, metadata, weeklies
from bot.knowledge import Knowledge
from bot.messages import Reply
from bot.schedule.recurrence import from_rrule, next_occurrence, shown
from tests.adapters.store.embedded_postgres import new_database, postgresql
from tests.benchmarks.conftest import Figure
from tests.benchmarks.delivering import (
    AT_ONCE,
    Accepting,
    accepted,
    add_due,
    add_reminders,
    child,
    local_sundays,
    means,
    unsent,
)

pytestmark = pytest.mark.figures

SCHEDULES = 100_000
HEARD_SECONDS = 0.5
"""So long it takes until all know that a workspace wants to be left alone; what is on its way to
the platform meanwhile is not called back."""
ZONES = """America/Toronto America/New_York America/Chicago America/Denver America/Los_Angeles
    America/Halifax America/St_Johns America/Anchorage America/Phoenix UTC Asia/Kolkata
    Asia/Tokyo""".split()
AUTUMN = datetime(2026, 11, 1, tzinfo=UTC)
SPRING = datetime(2027, 3, 14, tzinfo=UTC)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgresql() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database with tables."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path}/ally.db"
    else:
        address = new_database(request.getfixturevalue("server"))
    engine = connect(address)
    metadata.create_all(engine)
    if request.param == "postgresql":
        with engine.begin() as connection:
            prepare_queue(connection)
    engine.dispose()
    return address


def add_schedules(engine: Engine) -> None:
    """Schedules on Sundays, at hours when clocks change: half in autumn, half in spring."""
    rows = []
    for number in range(SCHEDULES):
        zone = ZONES[number % 12]
        rule = f"FREQ=WEEKLY;BYDAY=SU;BYHOUR={number // 12 % 6};BYMINUTE={number // 72 % 60}"
        since = date(2026, 1, 4)
        day = AUTUMN if number % 2 else SPRING
        first = next_occurrence(from_rrule(rule, since), zone, day - timedelta(days=2))
        rows.append(
            {
                "id": f"s{number}",
                "channel": f"test:W{number % 1000}/{number}",
                "workspace": f"test:W{number % 1000}",
                "owner": "test:W/owner",
                "rule": rule,
                "since": since,
                "zone": zone,
                "next_at": first,
                "topic": "",
                "stopped": "",
            }
        )
    with engine.begin() as connection:
        connection.execute(insert(weeklies), rows)


def tick_with_three_of_which_one_dies(url: str, day: datetime, folder: Path) -> None:
    instants = local_sundays(day)
    names = [folder / f"ready-{day.date()}-{number}" for number in range(3)]
    processes = [child("tick", url, str(name), *instants) for name in names]
    try:
        until = monotonic() + 30
        while not all(name.exists() for name in names) and monotonic() < until:
            sleep(0.01)
        sleep(0.3)
        processes[0].send_signal(signal.SIGKILL)
        for process in processes[1:]:
            assert process.wait(60) == 0
        assert processes[0].wait(5) == -signal.SIGKILL
    finally:
        for process in processes:
            process.kill()
            process.wait()


def test_every_schedule_has_one_delivery_for_each_local_date(
    url: str, tmp_path: Path, figure: Figure, request: pytest.FixtureRequest
) -> None:
    engine = connect(url)
    request.addfinalizer(engine.dispose)
    name = engine.dialect.name
    add_schedules(engine)
    for day in (AUTUMN, SPRING):
        tick_with_three_of_which_one_dies(url, day, tmp_path)
        with engine.begin() as connection:  # this half is done
            over = weeklies.c.next_at.between(day, day + timedelta(days=30))
            moved = connection.execute(update(weeklies).where(over).values(next_at=None))
            assert moved.rowcount == SCHEDULES // 2
    with engine.begin() as connection:
        found = connection.execute(
            select(deliveries.c.schedule, deliveries.c.local_date, deliveries.c.due_at)
        ).all()
        zones = {row.id: row.zone for row in connection.execute(select(weeklies)).all()}
    assert len(found) == SCHEDULES
    assert len({row.schedule for row in found}) == SCHEDULES
    assert {row.local_date for row in found} == {AUTUMN.date(), SPRING.date()}
    wrong = [
        row for row in found if shown(row.due_at, zones[row.schedule]).date() != row.local_date
    ]
    assert not wrong
    now = datetime(2027, 6, 1, 12, tzinfo=UTC)
    with engine.begin() as connection:
        connection.execute(update(weeklies).values(next_at=now))
    started = perf_counter()
    assert tick(engine, now, nobody if name == "sqlite" else defer).waiting == SCHEDULES
    took = perf_counter() - started
    figure(f"{name}: tick with {SCHEDULES:,} due, s", took, at_most=10 if name == "sqlite" else 15)
    took = min(_seconds_of_a_tick(engine, now) for _ in range(20))
    figure(f"{name}: tick with none of {SCHEDULES:,} due, ms", 1000 * took, at_most=20)


def _seconds_of_a_tick(engine: Engine, now: datetime) -> float:
    started = perf_counter()
    assert tick(engine, now).due == 0
    return perf_counter() - started


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_what_one_process_delivers_from_a_file(
    url: str, knowledge: Knowledge, tmp_path: Path, figure: Figure
) -> None:
    engine = connect(url)
    count = 3000
    add_due(engine, count, 1000)
    file = tmp_path / "accepted"
    started = perf_counter()
    await run_once(engine, means(Accepting(file), knowledge))
    took = perf_counter() - started
    assert unsent(engine) == 0
    assert Counter(target for _, target, _ in accepted(file)).most_common(1)[0][1] == 1
    figure("sqlite: delivered per second by one process", count / took, at_least=200)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_two_hundred_kills_lose_nothing(url: str, tmp_path: Path, figure: Figure) -> None:
    rounds, each = 200, 20
    file = tmp_path / "accepted"
    process = child("die", url, str(file), str(rounds), str(each), "7")
    try:
        assert process.wait(100) == 0
    finally:
        process.kill()
        process.wait()
    engine = connect(url)
    times = Counter(target for _, target, _ in accepted(file))
    with engine.begin() as connection:
        made = connection.execute(select(func.count()).select_from(deliveries)).scalar_one()
    figure("sqlite, 200 kills: lost", made - len(times) + unsent(engine), at_most=0)
    repeats = _repeats_of_each_life(file)
    figure("sqlite, 200 kills: sent twice in all", sum(repeats), at_most=rounds * AT_ONCE)
    figure("sqlite, 200 kills: sent twice after one of them", max(repeats), at_most=AT_ONCE)
    assert made == rounds * each
    engine.dispose()


def _repeats_of_each_life(file: Path) -> list[int]:
    """From one kill to the next: how much of what was accepted then came again later."""
    kills = [at for _, _, at in accepted(file, "killed")]
    sent = Counter(target for _, target, _ in accepted(file))
    repeats = [0] * (len(kills) + 1)
    for _, target, at in accepted(file):
        sent[target] -= 1
        repeats[bisect(kills, at)] += sent[target] > 0
    return repeats


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_what_one_worker_delivers(
    url: str, knowledge: Knowledge, tmp_path: Path, figure: Figure, request: pytest.FixtureRequest
) -> None:
    engine = connect(url)
    request.addfinalizer(engine.dispose)
    count = 1500
    add_due(engine, count, 1000)
    file = tmp_path / "accepted"
    stopping = asyncio.Event()
    worker = asyncio.create_task(work(engine, means(Accepting(file), knowledge), stopping))
    times = await _times_of(file, count, 60)
    stopping.set()
    await worker
    assert unsent(engine) == 0
    figure("postgresql: delivered per second by one worker", _per_second(times), at_least=100)


async def _times_of(file: Path, count: int, seconds: float) -> list[float]:
    """When so many messages were accepted, in order."""
    async with asyncio.timeout(seconds):
        while len(found := accepted(file)) < count:
            await asyncio.sleep(0.1)
    return sorted(at for _, _, at in found)


def _per_second(times: list[float]) -> float:
    return (len(times) - 1) / (times[-1] - times[0])


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_one_of_three_workers_is_killed(url: str, tmp_path: Path, figure: Figure) -> None:
    engine = connect(url)
    count, file = 1000, tmp_path / "accepted"
    add_due(engine, count, 100)
    workers = [child("work", url, str(file), "0.10", "0.01") for _ in range(3)]
    started = monotonic()
    try:
        while len(accepted(file)) < 0.4 * count:
            assert monotonic() < started + 40
            sleep(0.01)
        workers[0].send_signal(signal.SIGKILL)
        killed = time()
        while unsent(engine):
            assert monotonic() < started + 120
            sleep(0.2)
        took = monotonic() - started
        for worker in workers[1:]:
            worker.send_signal(signal.SIGTERM)
        assert [worker.wait(20) for worker in workers[1:]] == [0, 0]
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
        engine.dispose()
    times = Counter(target for _, target, _ in accepted(file))
    figure("postgresql, one worker of three killed: lost", count - len(times), at_most=0)
    repeats = times.total() - len(times)
    figure("postgresql, one worker of three killed: sent twice", repeats, at_most=AT_ONCE)
    figure("postgresql, one worker of three killed: all sent after, s", took, at_most=90)
    asked = [
        (space, at)
        for space, _, at in accepted(file, "limited")
        if not 0 <= killed - at < HEARD_SECONDS  # it may have died with the one who was asked
    ]
    early = [
        at - since
        for space, _, at in accepted(file)
        for limited, since in asked
        if space == limited and HEARD_SECONDS < at - since < 1.0
    ]
    figure("sent to a workspace that wants to be left alone", len(early), at_most=0)


@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
async def test_nobody_gets_too_much_and_nobody_waits_for_another(
    url: str, knowledge: Knowledge, tmp_path: Path, figure: Figure, request: pytest.FixtureRequest
) -> None:
    """Five reminders for each of four people; the platform wants no more for one of them."""
    engine = connect(url)
    request.addfinalizer(engine.dispose)
    add_reminders(engine, 4, 5)
    file = tmp_path / "accepted"

    class Unwilling(Accepting):
        async def send(self, target: str, workspace: str, reply: Reply) -> Result:
            if workspace == "test:P0":
                return Failed("limited", 60.0)
            return await super().send(target, workspace, reply)

    name = engine.dialect.name
    stopping = asyncio.Event()
    deliver = run if name == "sqlite" else work
    delivering = asyncio.create_task(deliver(engine, means(Unwilling(file), knowledge), stopping))
    times = await _times_of(file, 15, 30)
    stopping.set()
    await delivering
    people: dict[str, list[float]] = {}
    for _, person, at in accepted(file):
        people.setdefault(person, []).append(at)
    gaps = [two - one for found in people.values() for one, two in pairwise(sorted(found))]
    figure(f"{name}: least time between messages for one person, s", min(gaps), at_least=1.0)
    took = times[-1] - times[0]
    figure(f"{name}: five messages for each of the others took, s", took, at_most=10)

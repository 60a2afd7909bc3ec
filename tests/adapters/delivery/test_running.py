"""The program itself: a server that delivers, workers beside it, and how they end."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import Engine, text

from adapters.delivery.preparing import behind, migrate
from adapters.store import migrating
from adapters.store.engine import connect
from bot.knowledge import Knowledge
from tests.adapters.answering import until
from tests.adapters.delivery.processes import Running, ally, settings
from tests.adapters.delivery.scenery import add_reminder, rows
from tests.adapters.slack.fake_slack import Answer, FakeSlack
from tests.adapters.store.embedded_postgres import new_database

PEOPLE = 40


@pytest_asyncio.fixture
async def slack(knowledge: Knowledge) -> AsyncIterator[FakeSlack]:
    slack = FakeSlack(set())
    await slack.start()
    yield slack
    await slack.stop()
    assert slack.faults == []


@pytest.fixture
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database that is up to date."""
    if request.param == "postgresql":
        yield request.getfixturevalue("postgresql_engine")
        return
    engine = connect(f"sqlite:///{tmp_path}/ally.db")
    migrate(engine)
    yield engine
    engine.dispose()


def address(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def remind_many(engine: Engine) -> None:
    """Something is due for each of many people."""
    now = datetime.now(UTC)
    for number in range(PEOPLE):
        person = f"slack:T1/U{number:03}"
        add_reminder(engine, f"r{number}", person=person, workspace="slack:T1", next_at=now)


def reminded(slack: FakeSlack) -> Counter[str]:
    return Counter(call.arguments["channel"] for call in slack.called("chat.postMessage"))


def jobs(engine: Engine) -> int:
    """How many jobs the queue has left."""
    with engine.begin() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM procrastinate_jobs")) or 0)


EVERYBODY = {f"U{number:03}": 1 for number in range(PEOPLE)}


@pytest.mark.parametrize(
    ("engine", "command"),
    [("sqlite", "serve"), ("postgresql", "serve"), ("postgresql", "work")],
    indirect=["engine"],
)
async def test_told_to_stop_in_the_middle_it_finishes_what_it_has_and_begins_nothing_new(
    engine: Engine, slack: FakeSlack, tmp_path: Path, command: str
) -> None:
    remind_many(engine)
    slack.answers["chat.postMessage"] = Answer(delay=1.5)
    given = settings(slack, address(engine))
    first = Running(tmp_path)
    await first.start(given, command)
    try:
        await until(lambda: len(slack.calls) >= 10, 20)
        assert await first.stop() < 10
    finally:
        first.kill()
    assert first.events[-2:] == ["stopping", "stopped"]
    begun = reminded(slack)
    assert 10 <= begun.total() < PEOPLE
    statuses = Counter(found.status for found in rows(engine))
    assert statuses == {"sent": begun.total(), "waiting": PEOPLE - begun.total()}
    if engine.dialect.name == "postgresql":
        assert jobs(engine) == PEOPLE - begun.total()
    slack.hurry()
    second = Running(tmp_path)
    await second.start(given, command)
    try:
        await until(lambda: len(slack.calls) >= PEOPLE, 20)
        await second.stop()
    finally:
        second.kill()
    assert reminded(slack) == EVERYBODY
    assert {found.status for found in rows(engine)} == {"sent"}


async def test_two_workers_deliver_beside_a_server_that_does_not(
    server: str, slack: FakeSlack, tmp_path: Path
) -> None:
    url = new_database(server)
    given = settings(slack, url)
    assert await ally(tmp_path, given, "migrate") == (0, "The database is up to date.\n")
    commands = (("serve", "--no-deliver"), ("work",), ("work",))
    running = [Running(tmp_path) for _ in commands]
    try:
        for one, command in zip(running, commands, strict=True):
            await one.start(given, *command)
        await until(lambda: "delivering" in running[2].events, 20)
        engine = connect(url)
        await asyncio.to_thread(remind_many, engine)
        await until(lambda: len(slack.calls) >= PEOPLE, 20)
        for one in running:
            await one.stop()
    finally:
        for one in running:
            one.kill()
    assert reminded(slack) == EVERYBODY
    assert "due" not in running[0].events
    assert running[1].events[0] == "delivering"
    assert jobs(engine) == 0
    engine.dispose()


@pytest.mark.parametrize("command", ["serve", "work"])
async def test_a_postgresql_without_the_tables_of_the_queue_stops_the_start(
    server: str, slack: FakeSlack, tmp_path: Path, command: str
) -> None:
    engine = connect(new_database(server))
    migrating.migrate(engine)
    status, output = await ally(tmp_path, settings(slack, address(engine)), command)
    engine.dispose()
    assert (status, "ally migrate" in output) == (2, True)


def test_what_delivering_needs_is_made_once(server: str) -> None:
    engine = connect(new_database(server))
    assert behind(engine)
    migrating.migrate(engine)
    assert behind(engine)
    for _ in range(2):
        migrate(engine)
        assert not behind(engine)
    engine.dispose()


async def test_a_worker_has_nothing_to_do_on_sqlite(slack: FakeSlack, tmp_path: Path) -> None:
    given = settings(slack, f"sqlite:///{tmp_path}/ally.db")
    status, output = await ally(tmp_path, given, "work")
    assert status == 2
    assert "ally serve delivers by itself" in output
    assert not (tmp_path / "ally.db").exists()

"""What is removed stays removed: nothing that is under way brings a row of it back."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import date

import pytest
from sqlalchemy import Connection, Engine, delete, insert, select

from adapters.delivery.claiming import Claim
from adapters.delivery.means import Failed, Means, Result, Taken
from adapters.delivery.sending import claim_some, record_all
from adapters.delivery.ticking import tick
from adapters.store.engine import reading
from adapters.store.erasing import purge_channel, purge_team, purge_workspace
from adapters.store.memory import apply
from adapters.store.naming import weekly_id
from adapters.store.tables import addresses, deliveries, weeklies
from bot.memory import SaveWeekly, Weekly
from bot.messages import Reply
from tests.adapters.store.filling import NOON, everything, fill, naming
from tests.conftest import shipped

WORKSPACE = "made:w1"
ANNA, TEAM = "made:w1/anna", "made:w1/team"
MONDAYS = "FREQ=WEEKLY;BYDAY=MO;BYHOUR=13;BYMINUTE=0"
WEEKLY = Weekly(ANNA, MONDAYS, date(2026, 3, 2), "Europe/Paris", NOON)

Purge = Callable[[Connection], None]


def whole_workspace(connection: Connection) -> None:
    purge_workspace(connection, WORKSPACE)


def whole_team(connection: Connection) -> None:
    purge_team(connection, WORKSPACE, "19:t")


def channel_alone(connection: Connection) -> None:
    purge_channel(connection, TEAM)


PURGES = pytest.mark.parametrize("purge", [whole_workspace, whole_team, channel_alone])


@pytest.fixture
def due(engine: Engine) -> Engine:
    """A channel of a team whose tip is due at noon."""
    with engine.begin() as connection:
        apply(connection, [SaveWeekly(TEAM, WEEKLY)])
        address = {"conversation": "c", "service_url": "https://s.example", "bot": "b"}
        address |= {"key": TEAM, "workspace": WORKSPACE, "team": "19:t"}
        connection.execute(insert(addresses).values(address))
    return engine


def stored(engine: Engine) -> dict[str, int]:
    """How many rows there are in tables that are not empty."""
    with reading(engine) as connection:
        return {name: len(rows) for name, rows in everything(connection).items() if rows}


def transaction(engine: Engine, work: Callable[[Connection], None]) -> None:
    with engine.begin() as connection:
        work(connection)


def in_a_transaction(engine: Engine, work: Callable[[Connection], None]) -> None:
    with engine.begin() as connection:
        work(connection)


def has_to_wait(thread: Future[None]) -> bool:
    with pytest.raises(TimeoutError):
        thread.result(0.3)
    return not thread.done()


@PURGES
def test_a_tick_that_is_under_way_brings_nothing_back(due: Engine, purge: Purge) -> None:
    purging: list[Future[None]] = []
    with ThreadPoolExecutor(1) as threads:

        def queue(_connection: Connection, made: Sequence[str]) -> None:
            """The tick has made its delivery, which nobody else sees yet."""
            assert len(made) == 1
            purging.append(threads.submit(in_a_transaction, due, purge))
            assert has_to_wait(purging[0])

        assert tick(due, NOON, queue).waiting == 1
        purging[0].result(10)
    assert stored(due) == {}


def means() -> Means:
    return Means({}, shipped, lambda *_: Reply(()), clock=lambda _: NOON)


def under_way(engine: Engine) -> Claim:
    """A delivery that somebody is sending at this moment."""
    tick(engine, NOON)
    (claim,) = claim_some(engine, means(), 10).claims
    return claim


RESULTS = [
    pytest.param(Taken(), id="posted"),
    pytest.param(Failed("limited", 30), id="limited"),
    pytest.param(Failed("broken"), id="broken"),
    pytest.param(Failed("refused"), id="refused"),
    pytest.param(Failed("gone"), id="gone"),
]


@PURGES
@pytest.mark.parametrize("result", RESULTS)
def test_what_comes_of_a_delivery_that_is_under_way_brings_nothing_back(
    due: Engine, purge: Purge, result: Result
) -> None:
    claim = under_way(due)
    in_a_transaction(due, purge)
    record_all(due, means(), [(claim, result)])
    left = {"limits"} if purge is not whole_workspace else set()  # the workspace's own pace
    assert stored(due).keys() <= left


@pytest.mark.parametrize("result", RESULTS)
def test_who_removes_and_who_writes_down_a_result_never_wait_for_each_other(
    due: Engine, result: Result
) -> None:
    claim = under_way(due)
    with ThreadPoolExecutor(1) as threads:
        with due.begin() as purging:
            purging.execute(delete(weeklies).where(weeklies.c.channel == TEAM))
            recording = threads.submit(record_all, due, means(), [(claim, result)])
            with suppress(TimeoutError):
                recording.result(0.3)
            whole_workspace(purging)
        recording.result(10)
    assert stored(due).keys() <= {"limits"}


def test_a_team_goes_with_all_its_channels_and_with_nothing_else(engine: Engine) -> None:
    """Channels of a team are known by their addresses: `fill` names a team after its channel."""
    places = {
        "made:w1/anna": "made:w1/anna's",
        "made:w1/ben": "made:w1/ben's",
        "made:w2/anna": "made:w2/anna's",
    }
    with engine.begin() as connection:
        for person, channel in places.items():
            fill(connection, person, channel)
        team = {"team": "19:t"}
        one_team = addresses.update().where(addresses.c.key.endswith("'s"))
        connection.execute(one_team.values(team))
        before = everything(connection)
        theirs = naming(connection, "made:w2/anna's")
        people = {person: len(naming(connection, person)["reminders"]) for person in places}
        purge_team(connection, WORKSPACE, "")
        purge_team(connection, WORKSPACE, "19:another")
        assert everything(connection) == before
        purge_team(connection, WORKSPACE, "19:t")
        assert {person: len(naming(connection, person)["reminders"]) for person in places} == people
        assert naming(connection, "made:w2/anna's") == theirs
        assert naming(connection, "made:w1/anna's") == naming(connection, "made:w1/ben's") == {}
        gone = {weekly_id("made:w1/anna's"), weekly_id("made:w1/ben's")}
        assert not gone & set(connection.scalars(select(deliveries.c.schedule)))


def test_to_remove_what_is_not_there_changes_nothing(engine: Engine) -> None:
    with engine.begin() as connection:
        fill(connection, "made:w12/anna", "made:w12/team")
        before = everything(connection)
        for _ in range(2):
            purge_workspace(connection, WORKSPACE)
            purge_channel(connection, TEAM)
            purge_team(connection, WORKSPACE, "19:t")
        assert everything(connection) == before

"""The database as the platforms see it: who installed, who left, and everybody's own file."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import Engine, select

from adapters.store.engine import reading
from adapters.store.memory import apply
from adapters.store.remembered import Remembered
from adapters.store.tables import downloads, managers
from adapters.store.telling import tell
from bot.memory import ForgetPerson, House, SetHouse
from tests.adapters.store.filling import everything, fill, naming

# Two tenants in which everybody and everything has the same id; one id begins like another.
ANNA, TEAM = "made:w1/anna", "made:w1/team"
NAMESAKE, THEIRS = "made:w2/anna", "made:w2/team"
ANNABEL, LOUNGE = "made:w1/annabel", "made:w1/lounge"
ADDRESS = "https://ally.example"


@pytest.fixture
def store(engine: Engine) -> Remembered:
    return Remembered(engine, ADDRESS)


@pytest.fixture
def filled(store: Remembered) -> Remembered:
    """Three people did everything that can be done."""
    with store.engine.begin() as connection:
        for person, channel in ((ANNA, TEAM), (NAMESAKE, THEIRS), (ANNABEL, LOUNGE)):
            fill(connection, person, channel)
    return store


def named(store: Remembered, *words: str) -> list[object]:
    with reading(store.engine) as connection:
        return [naming(connection, word) for word in words]


def who_manages(store: Remembered, workspace: str) -> set[str]:
    with reading(store.engine) as connection:
        these = select(managers.c.person).where(managers.c.workspace == workspace)
        return set(connection.scalars(these))


async def test_who_installs_the_bot_first_manages_the_workspace(store: Remembered) -> None:
    await store.installed("made:w1", ANNA)
    await store.installed("made:w1", ANNABEL)
    await store.installed("made:w1", ANNA)
    await store.installed("made:w2", NAMESAKE)
    assert who_manages(store, "made:w1") == {ANNA}
    assert who_manages(store, "made:w2") == {NAMESAKE}


async def test_where_somebody_manages_already_an_installer_changes_nothing(
    store: Remembered,
) -> None:
    with store.engine.begin() as connection:
        apply(connection, [SetHouse("made:w1", House(True, frozenset({ANNABEL})))])
    await store.installed("made:w1", ANNA)
    assert who_manages(store, "made:w1") == {ANNABEL}


async def test_of_many_who_install_at_once_one_manages(store: Remembered) -> None:
    stores = [Remembered(store.engine) for _ in range(6)]
    for number in range(10):
        workspace = f"made:w{number}"
        people = [f"{workspace}/{place}" for place in range(len(stores))]
        await asyncio.gather(
            *(one.installed(workspace, person) for one, person in zip(stores, people, strict=True))
        )
        assert len(who_manages(store, workspace)) == 1


async def test_a_workspace_goes_with_everything_in_it_and_starts_anew(filled: Remembered) -> None:
    others = named(filled, "made:w2")
    for _ in range(2):
        await filled.purge("made:w1")
        assert named(filled, "made:w1") == [{}]
        assert named(filled, "made:w2") == others
    await filled.installed("made:w1", ANNABEL)
    assert who_manages(filled, "made:w1") == {ANNABEL}


async def test_a_channel_goes_with_its_tips(filled: Remembered) -> None:
    others = named(filled, LOUNGE, "made:w2")
    await filled.purge_channel(TEAM)
    assert named(filled, TEAM, LOUNGE, "made:w2") == [{}, *others]


async def test_a_team_goes_with_its_channels(filled: Remembered) -> None:
    others = named(filled, LOUNGE, "made:w2")
    await filled.purge_team("made:w1", f"{TEAM}s")  # as `fill` names the team of a channel
    assert named(filled, TEAM, LOUNGE, "made:w2") == [{}, *others]


async def test_a_person_goes_as_if_they_had_asked_for_it(filled: Remembered) -> None:
    with filled.engine.begin() as connection:
        before = everything(connection)
        apply(connection, [ForgetPerson(ANNA)])
        asked = everything(connection)
        connection.rollback()
    assert asked != before
    await filled.forget(ANNA)
    with reading(filled.engine) as connection:
        assert everything(connection) == asked


def secret_of(address: str) -> str:
    start, _, secret = address.rpartition("/")
    assert start == f"{ADDRESS}/data"
    return secret


async def test_a_file_tells_everything_of_one_person_and_nothing_of_others(
    filled: Remembered,
) -> None:
    told = await filled.file(secret_of(await filled.offer_file(ANNA)))
    assert told is not None
    with reading(filled.engine) as connection:
        stored = tell(connection, ANNA)
        rows = {row["key"] for row in everything(connection)["preferences"]}
    assert told.keys() == {"person", "told_at", "tables"}
    assert (told["person"], told["tables"]) == (ANNA, stored)
    assert abs(datetime.now(UTC) - datetime.fromisoformat(told["told_at"])) < timedelta(minutes=1)
    assert told["tables"].keys() == {
        "weeklies",
        "reminders",
        "deliveries",
        "preferences",
        "managers",
        "nudging",
        "addresses",
        "downloads",
        "limits",
    }
    assert [row["channel"] for row in told["tables"]["weeklies"]] == [TEAM]
    written = json.dumps(told)
    assert {ANNA, NAMESAKE, ANNABEL} <= rows
    for other in (NAMESAKE, ANNABEL, "made:w2", LOUNGE):
        assert other not in written
    assert len(await files(filled, NAMESAKE)) == len(await files(filled, ANNABEL)) == len(stored)


async def files(store: Remembered, person: str) -> dict[str, object]:
    told = await store.file(secret_of(await store.offer_file(person)))
    assert told is not None
    assert told["person"] == person
    return dict(told["tables"])


async def test_of_somebody_new_a_file_tells_of_itself_alone(store: Remembered) -> None:
    assert (await files(store, ANNA)).keys() == {"downloads"}


async def test_a_secret_is_good_for_a_quarter_of_an_hour_and_as_often_as_needed(
    store: Remembered,
) -> None:
    now = datetime(2026, 3, 9, 12, tzinfo=UTC)
    with time_machine.travel(now, tick=False) as clock:
        secret = secret_of(await store.offer_file(ANNA))
        for minutes in (0, 7, 14.99):
            clock.move_to(now + timedelta(minutes=minutes))
            assert await store.file(secret) is not None
        clock.move_to(now + timedelta(minutes=15))
        assert await store.file(secret) is None
        await store.clear()
    with reading(store.engine) as connection:
        assert everything(connection)["downloads"] == []


async def test_a_new_secret_ends_the_one_before_and_nobody_elses(store: Remembered) -> None:
    first, others = [secret_of(await store.offer_file(person)) for person in (ANNA, NAMESAKE)]
    second = secret_of(await store.offer_file(ANNA))
    assert await store.file(first) is None
    for secret in (second, others):
        assert await store.file(secret) is not None


@pytest.mark.parametrize("gone", ["forgotten", "purged"])
async def test_a_secret_ends_with_what_it_leads_to(filled: Remembered, gone: str) -> None:
    secret = secret_of(await filled.offer_file(ANNA))
    await (filled.forget(ANNA) if gone == "forgotten" else filled.purge("made:w1"))
    assert await filled.file(secret) is None


async def test_the_secret_is_nowhere_in_the_database_and_cannot_be_guessed(
    store: Remembered,
) -> None:
    secrets = {secret_of(await store.offer_file(f"made:w1/{number}")) for number in range(20)}
    assert len(secrets) == 20
    assert all(len(secret) >= 43 for secret in secrets)
    with reading(store.engine) as connection:
        assert all(naming(connection, secret) == {} for secret in secrets)
        hashes = set(connection.scalars(select(downloads.c.hash)))
    for wrong in ("", "x", "\0", "é\ud83d", *hashes):
        assert await store.file(wrong) is None


async def test_where_nobody_could_reach_it_no_file_is_offered(engine: Engine) -> None:
    store = Remembered(engine)
    assert await store.offer_file(ANNA) == ""
    with reading(engine) as connection:
        assert everything(connection)["downloads"] == []


async def test_an_address_may_end_in_a_slash_or_have_a_path(engine: Engine) -> None:
    offered = await Remembered(engine, f"{ADDRESS}/ally/").offer_file(ANNA)
    assert offered.startswith(f"{ADDRESS}/ally/data/")

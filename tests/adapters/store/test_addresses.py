"""Where to write to is known of those who will be written to, as it was told last."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select

from adapters.store import addresses
from adapters.store.addresses import Address
from adapters.store.engine import reading
from adapters.store.erasing import retention
from adapters.store.memory import apply
from adapters.store.remembered import Remembered
from adapters.store.tables import addresses as addresses_table
from adapters.store.tables import deliveries, preferences, reminders, used_tips, weeklies
from adapters.turn import Met
from bot.memory import Preferences, Reminder, SaveReminder, SaveWeekly, SetPreferences, Weekly
from bot.messages import Place, Request
from tests.adapters.store.filling import LATER, NOON

ANNA, BEN, TEAM = "made:w1/anna", "made:w1/ben", "made:w1/general"
ALONE = Request(ANNA, "", NOON)
THERE = Request(ANNA, "", NOON, Place("made:w1", "general"))
IN_PRIVATE = Met("https://one.example", "chat-of-two", "28:b")
IN_CHANNEL = Met("https://one.example", "", "28:b", "19:general", "19:team")

WEEKLY = Weekly(ANNA, "FREQ=WEEKLY;BYDAY=MO", date(2026, 3, 2), "Europe/Paris", LATER)
REMINDER = Reminder("r1", "call Béa", "", "", date(2026, 3, 9), "Europe/Paris", LATER)
REMIND, POST = SaveReminder(ANNA, REMINDER), SaveWeekly(TEAM, WEEKLY)


@pytest.fixture
def store(engine: Engine) -> Remembered:
    return Remembered(engine)


def address(store: Remembered, key: str) -> Address | None:
    with reading(store.engine) as connection:
        return addresses.find(connection, key)


def everywhere(store: Remembered) -> set[str]:
    with reading(store.engine) as connection:
        return set(connection.scalars(select(addresses_table.c.key)))


async def test_who_wants_to_be_reminded_is_written_to_where_they_said_so(store: Remembered) -> None:
    await store.apply([REMIND], ALONE, IN_PRIVATE)
    assert address(store, ANNA) == Address("chat-of-two", "https://one.example", "28:b")
    assert everywhere(store) == {ANNA}


async def test_tips_are_posted_where_they_were_set_up_and_their_owner_is_known(
    store: Remembered,
) -> None:
    await store.apply([POST], THERE, IN_CHANNEL)
    assert address(store, TEAM) == Address("19:general", "https://one.example", "28:b", "19:team")
    assert address(store, ANNA) == Address("", "https://one.example", "28:b")
    assert everywhere(store) == {ANNA, TEAM}


async def test_who_changes_the_tips_of_somebody_else_is_not_written_to(store: Remembered) -> None:
    await store.apply([POST], replace(THERE, person=BEN), IN_CHANNEL)
    assert everywhere(store) == {TEAM}


async def test_what_is_said_elsewhere_tells_nothing_of_where_a_channel_is(
    store: Remembered,
) -> None:
    await store.apply([POST], ALONE, IN_PRIVATE)
    await store.apply([POST], replace(THERE, place=Place("made:w1", "other")), IN_CHANNEL)
    assert everywhere(store) == {ANNA}


async def test_of_a_channel_with_settings_of_its_own_the_team_is_known(store: Remembered) -> None:
    await store.apply([SetPreferences(TEAM, Preferences("fr"))], THERE, IN_CHANNEL)
    await store.apply([SetPreferences(ANNA, Preferences("fr"))], THERE, IN_CHANNEL)
    assert everywhere(store) == {TEAM}
    with store.engine.begin() as connection:
        retention(connection, NOON)
    assert everywhere(store) == {TEAM}


async def test_nothing_is_kept_where_the_platform_needs_no_address(store: Remembered) -> None:
    await store.apply([POST, REMIND], THERE, None)
    assert everywhere(store) == set()


async def test_no_address_is_kept_where_nothing_else_could_be(store: Remembered) -> None:
    broken = SaveReminder(ANNA, replace(REMINDER, next_at=datetime(2026, 3, 9)))  # noqa: DTZ001
    with pytest.raises(Exception, match="needs a zone"):
        await store.apply([POST, broken], THERE, IN_CHANNEL)
    assert everywhere(store) == set()


async def test_the_latest_address_of_those_who_are_known_counts(store: Remembered) -> None:
    await store.apply([POST], THERE, IN_CHANNEL)
    await store.met(THERE, replace(IN_CHANNEL, service_url="https://two.example"))
    for key in (TEAM, ANNA):
        known = address(store, key)
        assert known is not None
        assert known.service_url == "https://two.example", key


async def test_of_those_who_are_not_known_nothing_is_kept(store: Remembered) -> None:
    await store.met(THERE, IN_CHANNEL)
    assert everywhere(store) == set()


async def test_a_chat_of_two_that_is_known_stays_whoever_is_met_in_a_channel(
    store: Remembered,
) -> None:
    await store.apply([REMIND], ALONE, IN_PRIVATE)
    moved = replace(IN_CHANNEL, service_url="https://two.example")
    await store.met(THERE, moved)
    assert address(store, ANNA) == Address("chat-of-two", "https://two.example", "28:b")
    await store.apply([REMIND, POST], THERE, IN_CHANNEL)
    assert address(store, ANNA) == Address("chat-of-two", "https://one.example", "28:b")


async def test_a_chat_of_two_becomes_known_when_it_is_used(store: Remembered) -> None:
    await store.apply([REMIND], THERE, IN_CHANNEL)
    await store.met(ALONE, IN_PRIVATE)
    assert address(store, ANNA) == Address("chat-of-two", "https://one.example", "28:b")


async def test_a_team_that_is_known_stays_where_nobody_names_it(store: Remembered) -> None:
    await store.apply([POST], THERE, IN_CHANNEL)
    await store.met(THERE, replace(IN_CHANNEL, service_url="https://two.example", team=""))
    known = address(store, TEAM)
    assert known == Address("19:general", "https://two.example", "28:b", "19:team")


async def test_those_of_another_workspace_are_others(store: Remembered) -> None:
    await store.apply([POST], THERE, IN_CHANNEL)
    other = Request("made:w2/anna", "", NOON, Place("made:w2", "general"))
    elsewhere = replace(IN_CHANNEL, service_url="https://two.example")
    await store.met(other, elsewhere)
    assert everywhere(store) == {ANNA, TEAM}
    await store.apply([SaveWeekly(other.channel, WEEKLY)], other, elsewhere)
    known = address(store, TEAM)
    assert known is not None
    assert known.service_url == "https://one.example"


def remember(engine: Engine, *keys: str, team: str = "") -> None:
    with engine.begin() as connection:
        for key in keys:
            addresses.remember(connection, key, Address("c", "https://one.example", "28:b", team))


def cleared(engine: Engine) -> set[str]:
    """The addresses that are left."""
    with engine.begin() as connection:
        retention(connection, NOON)
        return set(connection.scalars(select(addresses_table.c.key)))


def test_addresses_that_nobody_needs_any_more_go(engine: Engine) -> None:
    schedule: dict[str, Any] = {
        "workspace": "made:w1",
        "rule": "FREQ=DAILY",
        "since": date(2026, 3, 2),
        "zone": "UTC",
        "next_at": NOON,
    }
    keys = {"host", "owner", "reminded", "awaiting", "needless", "sent"}
    delivery = {
        "kind": "reminder",
        "local_date": NOON.date(),
        "due_at": NOON,
        "workspace": "made:w1",
        "not_before": NOON,
    }
    with engine.begin() as connection:
        connection.execute(
            insert(weeklies).values(schedule | {"id": "w", "channel": "host", "owner": "owner"})
        )
        connection.execute(
            insert(reminders).values(schedule | {"id": "r", "person": "reminded", "words": "x"})
        )
        for target, status in (("awaiting", "waiting"), ("sent", "sent")):
            ids = {"id": target, "schedule": target, "target": target, "status": status}
            connection.execute(insert(deliveries).values(delivery | ids))
    remember(engine, *keys)
    assert cleared(engine) == keys - {"needless", "sent"}


def test_a_channel_is_known_to_its_team_while_anything_of_it_is_stored(engine: Engine) -> None:
    own = {"workspace": "made:w1"}
    with engine.begin() as connection:
        used = own | {"channel": "had tips", "tip": "t", "used_at": NOON}
        connection.execute(insert(used_tips).values(used))
        for key in ("has settings", ANNA):
            connection.execute(insert(preferences).values(own | {"key": key, "language": "fr"}))
    remember(engine, "had tips", "has settings", "has nothing", team="19:team")
    remember(engine, ANNA)
    assert cleared(engine) == {"had tips", "has settings"}


def test_an_address_that_is_needed_from_this_moment_on_is_not_cleared_away(engine: Engine) -> None:
    """Who clears waits for who saves, and sees what was saved."""
    remember(engine, ANNA)
    with ThreadPoolExecutor(1) as thread:
        with engine.begin() as saving:
            apply(saving, [REMIND])
            addresses.remember(saving, ANNA, Address("c", "https://two.example", "28:b"))
            clearing = thread.submit(cleared, engine)
            with pytest.raises(TimeoutError):
                clearing.result(0.3)
        assert clearing.result(10) == {ANNA}

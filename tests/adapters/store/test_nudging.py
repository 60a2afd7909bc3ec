"""What people and channels want of nudges, and what is counted of rules and of nobody."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from adapters.store.addresses import Address, remember
from adapters.store.engine import reading
from adapters.store.erasing import purge_team, retention
from adapters.store.memory import apply, recall
from adapters.store.nudging import counted_false_alarms
from adapters.store.remembered import Remembered
from adapters.store.tables import addresses, false_alarms
from adapters.turn import Met
from bot.memory import (
    NOTHING,
    AllowNudges,
    Change,
    CountFalseAlarm,
    EndNudges,
    ForgetPerson,
    Memory,
    Nudging,
    SetNudging,
)
from bot.messages import Place, Request
from tests.adapters.store.filling import LATER, NOON, everything

WORKSPACE = "made:w1"
ANNA, BEN = "made:w1/anna", "made:w1/ben"
TEAM, OTHER = "made:w1/team", "made:w1/other"
CHOSEN = Nudging(True, frozenset({"w-guys", "w-manpower"}), LATER)


def change(engine: Engine, *changes: Change) -> None:
    with engine.begin() as connection:
        apply(connection, changes)


def memory(
    engine: Engine, person: str = ANNA, channel: str = TEAM, need: str = "nudging"
) -> Memory:
    with reading(engine) as connection:
        return recall(connection, person, channel, WORKSPACE, frozenset({need}))


def nothing_is_stored(engine: Engine) -> bool:
    with reading(engine) as connection:
        return not any(everything(connection).values())


@pytest.mark.parametrize(
    "chosen",
    [
        pytest.param(CHOSEN, id="everything"),
        pytest.param(Nudging(True), id="on"),
        pytest.param(Nudging(False, frozenset({"w-guys"})), id="muted before they are on"),
        pytest.param(Nudging(True, snoozed_until=LATER), id="quiet"),
    ],
)
def test_what_a_person_chose_is_remembered_of_them_alone(engine: Engine, chosen: Nudging) -> None:
    change(engine, SetNudging(BEN, Nudging(True)), SetNudging(ANNA, chosen))
    for need in ("nudging", "everything"):
        assert memory(engine, ANNA, TEAM, need).nudging == chosen
    assert memory(engine, ANNA, "").nudging == chosen
    assert memory(engine, BEN).nudging == Nudging(True)
    assert memory(engine, ANNA, TEAM, "weekly") == NOTHING


def test_a_choice_changes_and_goes(engine: Engine) -> None:
    for chosen in (CHOSEN, replace(CHOSEN, on=False), Nudging(True), Nudging()):
        change(engine, SetNudging(ANNA, chosen))
        assert memory(engine).nudging == chosen
    assert nothing_is_stored(engine)


def test_a_channel_allows_nudges_until_it_ends_them(engine: Engine) -> None:
    change(engine, AllowNudges(TEAM), AllowNudges(TEAM))
    for need in ("nudging", "everything"):
        assert memory(engine, BEN, TEAM, need).nudged_here
    assert not memory(engine, BEN, TEAM, "house").nudged_here
    assert not memory(engine, BEN, OTHER).nudged_here
    assert not memory(engine, BEN, "").nudged_here
    change(engine, EndNudges(OTHER), EndNudges(TEAM), EndNudges(TEAM))
    assert nothing_is_stored(engine)


def test_who_is_forgotten_is_nudged_no_more(engine: Engine) -> None:
    change(engine, SetNudging(ANNA, CHOSEN), SetNudging(BEN, CHOSEN), AllowNudges(TEAM))
    change(engine, ForgetPerson(ANNA))
    assert memory(engine, ANNA) == Memory(nudged_here=True)
    assert memory(engine, BEN).nudging == CHOSEN


def test_false_alarms_are_counted_of_rules_and_of_nobody(engine: Engine) -> None:
    for rule in ("w-guys", "w-manpower", "w-crazy", "w-manpower"):
        change(engine, CountFalseAlarm(rule))
    with reading(engine) as connection:
        counted = counted_false_alarms(connection)
        stored = everything(connection)
    assert list(counted.items()) == [("w-manpower", 2), ("w-crazy", 1), ("w-guys", 1)]
    assert {name for name, rows in stored.items() if rows} == {"false_alarms"}
    assert set(false_alarms.columns.keys()) == {"rule", "times"}


def test_of_those_who_count_at_once_none_is_lost(engine: Engine) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: change(engine, CountFalseAlarm("w-guys")), range(40)))
    with reading(engine) as connection:
        assert counted_false_alarms(connection) == {"w-guys": 40}


@pytest.mark.parametrize(
    ("chosen", "days", "stays"),
    [
        pytest.param(Nudging(snoozed_until=LATER), 6, True, id="still quiet"),
        pytest.param(Nudging(snoozed_until=LATER), 7, False, id="over, and nothing else chosen"),
        pytest.param(Nudging(True, snoozed_until=LATER), 99, True, id="over, and turned on"),
        pytest.param(replace(CHOSEN, on=False), 99, True, id="over, and something muted"),
    ],
)
def test_a_choice_stays_while_anything_of_it_holds(
    engine: Engine, chosen: Nudging, days: int, stays: bool
) -> None:
    change(engine, SetNudging(ANNA, chosen))
    with engine.begin() as connection:
        retention(connection, NOON + timedelta(days=days))
    assert memory(engine).nudging == (chosen if stays else Nudging())


async def test_of_a_channel_that_allows_nudges_the_team_is_known(engine: Engine) -> None:
    """So that what was allowed goes with the team."""
    there = Request(ANNA, "", NOON, Place(WORKSPACE, "team"))
    met = Met("https://one.example", "", "28:b", "19:general", "19:team")
    await Remembered(engine).apply([AllowNudges(TEAM)], there, met)
    with engine.begin() as connection:
        remember(connection, OTHER, Address("c", "https://one.example", "28:b", "19:team"))
        retention(connection, NOON)
        assert connection.scalars(select(addresses.c.key)).all() == [TEAM]
        purge_team(connection, WORKSPACE, "19:team")
    assert nothing_is_stored(engine)

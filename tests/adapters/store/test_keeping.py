"""What is kept for a time only: events, the log of deliveries, reminders, links to files."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, delete, insert, update

from adapters.store import events
from adapters.store.engine import reading
from adapters.store.erasing import retention
from adapters.store.instants import Instant
from adapters.store.tables import (
    deliveries,
    downloads,
    limits,
    metadata,
    nudging,
    reminders,
    weeklies,
)
from adapters.store.tables import events as events_table
from tests.adapters.store.filling import NOON, everything, fill

DAY = timedelta(days=1)
ANNA, TEAM = "made:w1/anna", "made:w1/team"


def first(engine: Engine, key: str, now: datetime = NOON) -> bool:
    with engine.begin() as connection:
        return events.first_time(connection, key, now)


def test_an_event_is_new_once(engine: Engine) -> None:
    assert first(engine, "made:w1/event")
    assert not first(engine, "made:w1/event")
    assert first(engine, "made:w2/event")


def test_an_event_is_new_again_after_three_days(engine: Engine) -> None:
    assert first(engine, "e")
    assert not first(engine, "e", NOON + 3 * DAY - timedelta(seconds=1))
    assert first(engine, "e", NOON + 3 * DAY)
    assert not first(engine, "e", NOON + 4 * DAY)


def test_an_event_that_is_forgotten_is_new_again(engine: Engine) -> None:
    first(engine, "e")
    with engine.begin() as connection:
        events.forget(connection, "e")
    assert first(engine, "e")


@pytest.mark.parametrize("key", ["", "\0", "\ud83d", "é" * 5000], ids=ascii)
def test_any_key_will_do(engine: Engine, key: str) -> None:
    assert first(engine, key)
    assert not first(engine, key)


def test_nothing_can_be_read_off_an_event(engine: Engine) -> None:
    first(engine, "made:w1/secret")
    with reading(engine) as connection:
        (row,) = everything(connection)["events"]
    assert row.keys() == {"hash", "seen_at"}
    assert len(row["hash"]) == 64
    assert "secret" not in str(row)


def test_of_eight_who_ask_at_once_one_is_first(engine: Engine) -> None:
    with ThreadPoolExecutor(8) as threads:
        for key in map(str, range(40)):
            answers = list(threads.map(lambda _: first(engine, key), range(8)))  # noqa: B023
            assert answers.count(True) == 1, key
        for key in map(str, range(10)):  # old ones, which count as new again
            later = NOON + 5 * DAY
            answers = list(threads.map(lambda _: first(engine, key, later), range(8)))  # noqa: B023
            assert answers.count(True) == 1, key


ASK = """
import sys
from datetime import UTC, datetime
from adapters.store.engine import connect
from adapters.store.events import first_time
engine = connect(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for key in range(200):
    with engine.begin() as connection:
        print(first_time(connection, str(key), datetime(2026, 3, 9, tzinfo=UTC)))
"""


def test_of_two_processes_that_ask_at_once_one_is_first(engine: Engine, url: str) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", ASK, url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    answers = [process.communicate(timeout=60)[0].split() for process in started]
    assert [pair.count("True") for pair in zip(*answers, strict=True)] == [1] * 200


def test_what_is_needed_stays_whatever_the_clock_says_within_its_time(engine: Engine) -> None:
    with engine.begin() as connection:
        fill(connection, ANNA, TEAM)
        before = everything(connection)
        assert set(retention(connection, NOON + timedelta(hours=1)).values()) == {0}
        assert everything(connection) == before


@pytest.mark.parametrize(
    ("table", "days", "left"),
    [
        pytest.param(deliveries, 89, 5, id="the log is kept for 90 days"),
        pytest.param(deliveries, 98, 0, id="and no longer"),
        pytest.param(events_table, 2, 1, id="events are kept for 3 days"),
        pytest.param(events_table, 3, 0, id="and no longer"),
        pytest.param(limits, 2, 0, id="limits that are past go"),
        pytest.param(downloads, 6, 1, id="a link has its time"),
        pytest.param(downloads, 7, 0, id="and no longer"),
    ],
)
def test_what_is_kept_for_a_time_goes(engine: Engine, table: Any, days: int, left: int) -> None:
    with engine.begin() as connection:
        fill(connection, ANNA, TEAM)
        # the deliveries are of the 2nd, the 3rd and the 9th
        start = NOON.replace(day=2) if table is deliveries else NOON
        retention(connection, start + days * DAY)
        assert len(everything(connection)[table.name]) == left


@pytest.mark.parametrize(
    ("fired", "since", "next_at", "kept"),
    [
        pytest.param(30 * DAY, 90, None, True, id="30 days after it fired"),
        pytest.param(31 * DAY, 90, None, False, id="later"),
        pytest.param(31 * DAY, 90, NOON, True, id="one that fires again"),
        pytest.param(None, 30, None, True, id="missed 30 days ago"),
        pytest.param(None, 31, None, False, id="missed before"),
        pytest.param(None, 90, NOON, True, id="one that has not fired yet"),
    ],
)
def test_a_reminder_that_is_over_is_kept_for_thirty_days(
    engine: Engine, fired: timedelta | None, since: int, next_at: datetime | None, kept: bool
) -> None:
    row = {
        "id": "r",
        "person": ANNA,
        "workspace": "made:w1",
        "words": "x",
        "since": (NOON - since * DAY).date(),
        "zone": "UTC",
        "next_at": next_at,
        "fired_at": NOON - fired if fired is not None else None,
    }
    with engine.begin() as connection:
        connection.execute(insert(reminders).values(row))
        retention(connection, NOON)
        assert len(everything(connection)["reminders"]) == kept


def test_of_what_is_over_every_table_that_has_a_time_is_empty_in_the_end(engine: Engine) -> None:
    """What stays is what somebody set and has not ended."""
    timed = {
        table.name
        for table in metadata.tables.values()
        if any(isinstance(column.type, Instant) for column in table.columns)
    }
    with engine.begin() as connection:
        fill(connection, ANNA, TEAM)
        connection.execute(delete(weeklies))
        connection.execute(update(reminders).values(next_at=None, fired_at=NOON))
        connection.execute(update(nudging).values(on=False, muted=""))
        retention(connection, NOON + 99 * DAY)
        left = {name for name, rows in everything(connection).items() if rows}
    assert left & timed == {"used_tips"}  # so that none comes again, also after an end

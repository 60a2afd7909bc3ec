"""Somebody changes a channel's tips at the moment they are due: one tip on a date, every week."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, select

from adapters.delivery.claiming import Claim
from adapters.delivery.means import Failed, Means, Result, Taken
from adapters.delivery.sending import claim_some, record_all
from adapters.delivery.ticking import tick
from adapters.store.engine import reading
from adapters.store.memory import apply, recall
from adapters.store.tables import deliveries
from bot.memory import Change, EndWeekly, SaveWeekly, Weekly
from bot.messages import Reply
from tests.adapters.store.filling import NOON
from tests.conftest import shipped

ANNA, TEAM = "made:w1/anna", "made:w1/team"
WEEK, HOURS = timedelta(weeks=1), timedelta(hours=1)
AT_ONE, AT_FIVE = (f"FREQ=WEEKLY;BYDAY=MO;BYHOUR={hour};BYMINUTE=0" for hour in (13, 17))
WEEKLY = Weekly(ANNA, AT_ONE, date(2026, 3, 2), "Europe/Paris", NOON)  # one o'clock in Paris
TODAY, NEXT_WEEK = date(2026, 3, 9), date(2026, 3, 16)

STALE = [
    pytest.param(WEEKLY, id="nothing"),
    pytest.param(replace(WEEKLY, topic="meetings"), id="topic"),
    pytest.param(replace(WEEKLY, rule=AT_FIVE, next_at=NOON + 4 * HOURS), id="later that day"),
    pytest.param(replace(WEEKLY, zone="UTC", next_at=NOON + HOURS), id="zone"),
]


@pytest.fixture
def due(engine: Engine) -> Engine:
    """A channel whose tip is due at noon."""
    change(engine, SaveWeekly(TEAM, WEEKLY))
    return engine


def change(engine: Engine, *changes: Change) -> None:
    with engine.begin() as connection:
        apply(connection, changes)


def means(now: datetime) -> Means:
    return Means({}, shipped, lambda *_: Reply(()), clock=lambda _: now)


def claimed(engine: Engine, now: datetime = NOON) -> Sequence[Claim]:
    return claim_some(engine, means(now), 10).claims


def record(engine: Engine, claim: Claim, result: Result, now: datetime = NOON) -> None:
    record_all(engine, means(now), [(claim, result)])


def post(engine: Engine, now: datetime) -> None:
    """Everything that may go now is sent."""
    tick(engine, now)
    for claim in claimed(engine, now):
        record(engine, claim, Taken(), now)


def dates(engine: Engine, status: str = "sent") -> list[date]:
    with reading(engine) as connection:
        these = select(deliveries.c.local_date).where(deliveries.c.status == status)
        return sorted(connection.scalars(these))


def remembered(engine: Engine) -> Weekly | None:
    with reading(engine) as connection:
        return recall(connection, ANNA, TEAM, "made:w1", frozenset({"weekly"})).weekly


@pytest.mark.parametrize("stale", STALE)
@pytest.mark.parametrize("sent", [True, False], ids=["sent", "waiting"])
def test_what_was_recalled_before_a_tick_and_saved_after_it_does_no_harm(
    due: Engine, stale: Weekly, sent: bool
) -> None:
    """The next time is set back to one that had its tip already."""
    if sent:
        post(due, NOON)
    else:
        tick(due, NOON)
    change(due, SaveWeekly(TEAM, stale))
    for hours in range(12):
        post(due, NOON + hours * HOURS)
    assert dates(due) == [TODAY]
    for hours in range(12):
        post(due, NOON + WEEK + hours * HOURS)
    assert dates(due) == [TODAY, NEXT_WEEK]


@pytest.mark.parametrize("stale", STALE)
def test_who_saves_waits_for_a_tick_that_is_under_way(due: Engine, stale: Weekly) -> None:
    saving: list[Future[None]] = []
    with ThreadPoolExecutor(1) as threads:

        def queue(_connection: Connection, _made: Sequence[str]) -> None:
            saving.append(threads.submit(change, due, SaveWeekly(TEAM, stale)))
            with pytest.raises(TimeoutError):
                saving[0].result(0.3)

        tick(due, NOON, queue)
    for hours in (*range(12), *range(7 * 24, 7 * 24 + 12)):
        post(due, NOON + hours * HOURS)
    assert dates(due) == [TODAY, NEXT_WEEK]


def test_a_tick_that_comes_while_somebody_saves_is_made_up_for(due: Engine) -> None:
    with ThreadPoolExecutor(1) as threads:
        with due.begin() as saving:
            apply(saving, [SaveWeekly(TEAM, replace(WEEKLY, topic="meetings"))])
            ticking = threads.submit(tick, due, NOON)
            with suppress(TimeoutError):
                ticking.result(0.3)  # PostgreSQL goes past what somebody has, SQLite waits
        ticking.result(10)
    post(due, NOON + timedelta(seconds=5))
    post(due, NOON + WEEK)
    assert dates(due) == [TODAY, NEXT_WEEK]


def test_tips_that_end_while_one_is_being_sent_and_are_set_up_again_post_once_that_day(
    due: Engine,
) -> None:
    tick(due, NOON)
    (claim,) = claimed(due)
    later = replace(WEEKLY, rule=AT_FIVE, next_at=NOON + 4 * HOURS)
    change(due, EndWeekly(TEAM))
    change(due, SaveWeekly(TEAM, later))
    record(due, claim, Taken())
    post(due, NOON + 4 * HOURS)
    assert dates(due) == [TODAY]
    post(due, NOON + WEEK + 4 * HOURS)
    assert dates(due) == [TODAY, NEXT_WEEK]


PAUSED = replace(WEEKLY, paused_until=NEXT_WEEK, next_at=NOON + WEEK)
STOPPED = replace(WEEKLY, stopped="gone", next_at=None)


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        pytest.param(SaveWeekly(TEAM, PAUSED), "skipped", id="paused"),
        pytest.param(SaveWeekly(TEAM, STOPPED), "dropped", id="stopped"),
        pytest.param(EndWeekly(TEAM), "dropped", id="ended"),
    ],
)
def test_what_is_being_sent_when_tips_rest_is_noted_and_not_tried_again(
    due: Engine, changed: Change, status: str
) -> None:
    tick(due, NOON)
    (claim,) = claimed(due)
    change(due, changed)
    record(due, claim, Failed("broken"))
    assert claimed(due, NOON + HOURS) == ()
    assert dates(due, status) == [TODAY]


def test_what_was_sent_when_tips_were_paused_counts(due: Engine) -> None:
    tick(due, NOON)
    (claim,) = claimed(due)
    change(due, SaveWeekly(TEAM, PAUSED))
    record(due, claim, Taken())
    assert dates(due) == [TODAY]
    assert remembered(due) == PAUSED

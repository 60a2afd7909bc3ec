"""What is due gets one delivery for each local date, and the schedule moves on."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from adapters.delivery.ticking import Ticked, tick
from adapters.store.tables import deliveries, reminders, weeklies
from tests.adapters.delivery.scenery import (
    CHANNEL,
    MONDAY,
    add_reminder,
    add_weekly,
    row,
    rows,
)

WEEK = timedelta(weeks=1)


def test_what_is_due_waits_to_be_sent_and_moves_on(engine: Engine) -> None:
    add_weekly(engine)
    assert tick(engine, MONDAY) == Ticked(due=1, waiting=1)
    found = row(engine)
    assert (found.kind, found.schedule, found.status) == ("tip", "weekly", "waiting")
    assert (found.target, found.workspace) == (CHANNEL, "test:W")
    assert (found.due_at, found.not_before, found.local_date) == (MONDAY, MONDAY, date(2026, 3, 9))
    assert row(engine, weeklies).next_at == MONDAY + WEEK


def test_nothing_is_due_early_and_nothing_comes_twice(engine: Engine) -> None:
    add_weekly(engine)
    assert tick(engine, MONDAY - timedelta(seconds=1)) == Ticked()
    tick(engine, MONDAY)
    assert tick(engine, MONDAY + timedelta(hours=1)) == Ticked()
    assert len(rows(engine)) == 1


def test_a_date_that_has_its_delivery_gets_no_other(engine: Engine) -> None:
    add_weekly(engine)
    tick(engine, MONDAY)
    with engine.begin() as connection:  # somebody puts it two hours later on the same day
        connection.execute(weeklies.update().values(next_at=MONDAY + timedelta(hours=2)))
    assert tick(engine, MONDAY + timedelta(hours=3)) == Ticked(due=1)
    assert len(rows(engine)) == 1
    assert row(engine, weeklies).next_at == MONDAY + WEEK


def test_later_the_same_day_it_still_goes_out(engine: Engine) -> None:
    add_weekly(engine)
    tick(engine, MONDAY + timedelta(hours=14))
    assert (row(engine).status, row(engine).due_at) == ("waiting", MONDAY)


def test_a_day_later_it_is_skipped_and_noted(engine: Engine) -> None:
    add_weekly(engine)
    assert tick(engine, MONDAY + timedelta(hours=15)) == Ticked(due=1, skipped=1)
    assert (row(engine).status, row(engine).reason) == ("skipped", "late")
    assert row(engine, weeklies).next_at == MONDAY + WEEK


def test_three_weeks_of_silence_end_with_one_tip(engine: Engine) -> None:
    add_weekly(engine)
    assert tick(engine, MONDAY + 3 * WEEK) == Ticked(due=1, waiting=1, skipped=1)
    assert [(found.local_date, found.status) for found in rows(engine)] == [
        (date(2026, 3, 9), "skipped"),
        (date(2026, 3, 30), "waiting"),
    ]
    assert row(engine, weeklies).next_at == MONDAY + 4 * WEEK


def test_just_before_midnight_is_not_late_just_after_it(engine: Engine) -> None:
    late = datetime(2026, 3, 10, 3, 59, 59, tzinfo=UTC)  # Monday 23:59:59 in Toronto
    rule = "FREQ=WEEKLY;BYDAY=MO;BYHOUR=23;BYMINUTE=59"
    add_weekly(engine, rule=rule, next_at=late)
    tick(engine, late + timedelta(seconds=3))
    assert (row(engine).status, row(engine).local_date) == ("waiting", date(2026, 3, 9))
    assert row(engine, weeklies).next_at == late.replace(second=0) + WEEK


def test_a_pause_makes_no_delivery_and_ends_on_its_date(engine: Engine) -> None:
    add_weekly(engine, paused_until=date(2026, 3, 16))
    assert tick(engine, MONDAY) == Ticked(due=1)
    assert not rows(engine)
    tick(engine, MONDAY + WEEK)
    assert row(engine).local_date == date(2026, 3, 16)


def test_what_is_stopped_is_not_due(engine: Engine) -> None:
    add_weekly(engine, next_at=None, stopped="gone")
    assert tick(engine, MONDAY + WEEK) == Ticked()


def test_a_reminder_for_once_is_over_when_it_was_due(engine: Engine) -> None:
    add_reminder(engine)
    assert tick(engine, MONDAY) == Ticked(due=1, waiting=1)
    assert (row(engine).kind, row(engine).entry) == ("reminder", "tip:tip-credit")
    kept = row(engine, reminders)
    assert (kept.next_at, kept.fired_at) == (None, MONDAY)
    assert tick(engine, MONDAY + WEEK) == Ticked()


def test_a_reminder_for_once_that_was_missed_is_noted(engine: Engine) -> None:
    add_reminder(engine)
    assert tick(engine, MONDAY + timedelta(days=2)) == Ticked(due=1, skipped=1)
    assert row(engine, reminders).next_at is None


def test_a_reminder_that_repeats_moves_on(engine: Engine) -> None:
    add_reminder(engine, rule="FREQ=DAILY;BYHOUR=9;BYMINUTE=0")
    tick(engine, MONDAY)
    assert row(engine, reminders).next_at == MONDAY + timedelta(days=1)


def test_what_cannot_be_read_stands_in_nobodys_way(engine: Engine) -> None:
    add_weekly(engine, "broken", rule="FREQ=NEVER", channel="test:W/B")
    add_weekly(engine, "lost", zone="Nowhere/Town", channel="test:W/L")
    add_weekly(engine)
    assert tick(engine, MONDAY) == Ticked(due=3, waiting=1)
    assert row(engine).schedule == "weekly"


def test_the_queue_hears_of_what_waits_and_of_nothing_else(engine: Engine) -> None:
    add_weekly(engine)
    add_weekly(engine, "late", channel="test:W/L", next_at=MONDAY - WEEK)
    told: list[str] = []
    tick(engine, MONDAY, lambda _connection, ids: told.extend(ids))
    assert sorted(told) == ["late/2026-03-09", "weekly/2026-03-09"]


def test_a_tick_that_dies_leaves_everything_as_it_was(engine: Engine) -> None:
    add_weekly(engine)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tick(engine, MONDAY, die)
    assert not rows(engine)
    assert row(engine, weeklies).next_at == MONDAY
    assert tick(engine, MONDAY).waiting == 1


def test_many_that_tick_at_the_same_time_make_one_delivery_each(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.delivery.ticking.BATCH", 7)
    for number in range(60):
        add_weekly(engine, f"weekly-{number:02}", channel=f"test:W/{number}")
    with ThreadPoolExecutor(4) as threads:
        done = list(threads.map(lambda _: tick(engine, MONDAY), range(4)))
    assert sum(ticked.waiting for ticked in done) == 60
    assert [found.schedule for found in rows(engine, deliveries)] == [
        f"weekly-{number:02}" for number in range(60)
    ]

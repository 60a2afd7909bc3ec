"""What is delivered when: which tip, what is due, what follows a failure, how long a snooze is."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.schedule.plan import (
    MOST_ATTEMPTS,
    Drop,
    Due,
    Failure,
    Retry,
    Stop,
    Tip,
    after_failure,
    due,
    lateness,
    pick_tip,
    snoozes,
)
from bot.schedule.recurrence import Recurrence, instant, next_occurrence
from tests.schedule.conftest import NOW, ZONE

TIPS = [Tip(f"{topic}-{number}", (topic,)) for topic in "abcd" for number in range(3)]
MONDAYS = Recurrence("weekly", weekdays=("mon",), start=NOW.date())
DAILY = Recurrence("daily", start=NOW.date())


def picked(
    tips: Sequence[Tip], count: int, used: dict[str, datetime], seed: str = "C1"
) -> list[str]:
    """So many tips, one after another, each remembered in `used`."""
    found = []
    for _ in range(count):
        tip = pick_tip(tips, used, seed)
        assert tip is not None
        used[tip] = NOW + timedelta(weeks=len(used) + len(found) + 1)
        found.append(tip)
    return found


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# --- tips


@given(st.integers(1, 15), st.text())
def test_no_tip_comes_again_until_all_have_come(count: int, seed: str) -> None:
    tips = TIPS[:count]
    found = picked(tips, 3 * count, {}, seed)
    for start in range(2 * count):
        assert len(set(found[start : start + count])) == min(count, len(tips))


def test_no_topic_comes_twice_in_a_row() -> None:
    for seed in map(str, range(50)):
        found = picked(TIPS, len(TIPS), {}, seed)
        assert all(one[0] != two[0] for one, two in pairwise(found))


def test_a_topic_with_half_of_all_tips_still_never_follows_itself() -> None:
    tips = [Tip(f"a{number}", ("a",)) for number in range(5)]
    tips += [Tip(f"{topic}", (topic,)) for topic in "bcde"]
    for seed in map(str, range(50)):
        found = picked(tips, len(tips), {}, seed)
        assert all(one[0] != two[0] for one, two in pairwise(found))


def test_one_topic_alone_has_to_follow_itself() -> None:
    assert len(set(picked(TIPS[:3], 3, {}))) == 3


def test_each_channel_has_an_order_of_its_own() -> None:
    orders = Counter(tuple(picked(TIPS, len(TIPS), {}, f"C{channel}")) for channel in range(20))
    assert len(orders) == 20
    assert len({order[0] for order in orders}) > 5


def test_the_order_does_not_hang_on_how_tips_are_listed() -> None:
    assert picked(TIPS, 12, {}) == picked(list(reversed(TIPS)), 12, {})


def test_a_new_tip_comes_before_any_is_repeated() -> None:
    used: dict[str, datetime] = {}
    picked(TIPS, len(TIPS), used)
    assert pick_tip([*TIPS, Tip("new", ("e",))], used, "C1") == "new"


def test_a_retired_tip_is_not_picked_and_does_not_hinder() -> None:
    used: dict[str, datetime] = {}
    first = picked(TIPS, len(TIPS), used)
    left = [tip for tip in TIPS if tip.id != first[0]]
    assert pick_tip(left, used, "C1") == first[1]


def test_what_was_used_on_another_day_is_not_forgotten_by_a_restart() -> None:
    used: dict[str, datetime] = {}
    found = picked(TIPS, 5, used)
    assert found + picked(TIPS, 7, dict(used)) == picked(TIPS, 12, {})


def test_nothing_fits_nothing_is_picked() -> None:
    assert pick_tip([], {"a-0": NOW}, "C1") is None


# --- what is due


@pytest.mark.parametrize(
    ("due_at", "now", "expected"),
    [
        ("2026-03-11T13:00", "2026-03-11T13:00", "send"),
        ("2026-03-11T13:00", "2026-03-12T03:59", "send"),  # one minute to midnight in Toronto
        ("2026-03-11T13:00", "2026-03-12T04:00", "skip"),
        ("2026-03-12T03:30", "2026-03-12T04:00", "skip"),
    ],
)
def test_late_is_still_good_on_the_same_local_day(due_at: str, now: str, expected: str) -> None:
    assert lateness(at(due_at), at(now), ZONE) == expected


def test_what_lies_ahead_is_not_due() -> None:
    expected = next_occurrence(MONDAYS, ZONE, NOW)
    assert due(MONDAYS, ZONE, expected, NOW) == Due(None, None, expected)
    assert due(MONDAYS, ZONE, None, NOW) == Due(None, None, None)


def test_what_is_due_goes_out_and_the_next_keeps_its_hour() -> None:
    expected = instant(NOW.date() + timedelta(days=5), 9, 0, ZONE)
    late = expected + timedelta(hours=3)
    after = instant(NOW.date() + timedelta(days=12), 9, 0, ZONE)
    assert due(MONDAYS, ZONE, expected, expected) == Due(expected, None, after)
    assert due(MONDAYS, ZONE, expected, late) == Due(expected, None, after)


def test_what_was_missed_on_another_day_is_skipped() -> None:
    expected = instant(NOW.date() + timedelta(days=5), 9, 0, ZONE)
    day_after = expected + timedelta(days=1)
    after = instant(NOW.date() + timedelta(days=12), 9, 0, ZONE)
    assert due(MONDAYS, ZONE, expected, day_after) == Due(None, expected, after)


def test_many_missed_give_the_one_of_today() -> None:
    expected = instant(NOW.date(), 9, 0, ZONE)
    weeks_later = instant(NOW.date() + timedelta(days=40), 9, 30, ZONE)
    today = instant(NOW.date() + timedelta(days=40), 9, 0, ZONE)
    tomorrow = instant(NOW.date() + timedelta(days=41), 9, 0, ZONE)
    assert due(DAILY, ZONE, expected, weeks_later) == Due(today, expected, tomorrow)
    before_nine = today - timedelta(minutes=1)
    assert due(DAILY, ZONE, expected, before_nine) == Due(None, expected, today)


@given(st.integers(0, 60 * 24 * 60), st.integers(0, 60 * 24 * 60))
def test_two_ticks_never_send_the_same(first: int, second: int) -> None:
    expected = next_occurrence(DAILY, ZONE, NOW)
    one = due(DAILY, ZONE, expected, NOW + timedelta(minutes=first))
    two = due(DAILY, ZONE, one.next, NOW + timedelta(minutes=first + second))
    assert one.send is None or one.send != two.send
    assert one.next is not None
    assert one.next > NOW + timedelta(minutes=first)


# --- failures


@pytest.mark.parametrize("failure", ["gone", "removed", "unauthorized"])
def test_without_a_channel_the_schedule_stops(failure: Failure) -> None:
    assert after_failure(1, failure, None, "7") == Stop(failure)


def test_a_message_that_is_not_taken_is_dropped() -> None:
    assert after_failure(1, "refused", None, "7") == Drop("refused")


@pytest.mark.parametrize("failure", ["broken", "timeout"])
def test_waits_grow_and_end(failure: Failure) -> None:
    waits = []
    for attempts in range(1, MOST_ATTEMPTS):
        found = after_failure(attempts, failure, None, "7")
        assert isinstance(found, Retry)
        waits.append(found.after_seconds)
    for attempts, wait in enumerate(waits):
        assert 2.5 * 2**attempts <= wait <= 5 * 2**attempts
    assert after_failure(MOST_ATTEMPTS, failure, None, "7") == Drop(failure)


def test_a_limit_is_waited_out_as_long_as_it_is_asked_for() -> None:
    found = after_failure(MOST_ATTEMPTS + 5, "limited", 90.0, "7")
    assert isinstance(found, Retry)
    assert 90 < found.after_seconds <= 95
    endless = after_failure(10_000, "limited", None, "7")
    assert isinstance(endless, Retry)
    assert endless.after_seconds <= 3600


def test_not_all_come_back_at_once_and_each_always_alike() -> None:
    waits = {str(after_failure(3, "broken", None, str(seed))) for seed in range(50)}
    assert len(waits) == 50
    assert after_failure(3, "broken", None, "7") == after_failure(3, "broken", None, "7")


# --- snoozes


def test_a_snooze_is_an_instant() -> None:
    saturday_evening = instant(NOW.date() - timedelta(days=4), 23, 30, ZONE)
    found = {
        name: f"{until:%a %d %H:%M}" for name, until in snoozes(saturday_evening, ZONE).items()
    }
    assert found == {
        "20 minutes": "Sat 07 23:50",
        "1 hour": "Sun 08 00:30",
        "3 hours": "Sun 08 03:30",  # the clocks went forward in between
        "tomorrow": "Sun 08 09:00",
        "next week": "Mon 09 09:00",
    }

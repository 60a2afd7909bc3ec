"""When something that repeats happens next: calendars, clocks, and the stored form."""

import calendar
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.schedule.recurrence import (
    WEEKDAYS,
    Recurrence,
    from_rrule,
    instant,
    next_occurrence,
    occurrences,
    shown,
)

ZONES = """America/Toronto America/St_Johns America/Vancouver America/Santiago America/Nuuk
    Europe/Paris Europe/London Atlantic/Azores Africa/Casablanca Asia/Kathmandu Asia/Beirut
    Australia/Lord_Howe Pacific/Apia Pacific/Chatham UTC""".split()

START = date(2026, 1, 1)
WORKDAYS = WEEKDAYS[:5]

days = st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True).map(
    lambda chosen: tuple(day for day in WEEKDAYS if day in chosen)
)
common = {
    "interval": st.integers(1, 5),
    "hour": st.integers(0, 23),
    "minute": st.sampled_from([0, 1, 15, 30, 59]),
    "start": st.dates(date(2009, 1, 1), date(2028, 12, 31)),
}
ordinals = st.sampled_from([1, 2, 3, 4, -1])
monthdays = st.integers(1, 31) | st.just(-1)
recurrences = st.one_of(
    st.builds(Recurrence, freq=st.just("daily"), **common),
    st.builds(Recurrence, freq=st.just("weekly"), weekdays=days, **common),
    st.builds(Recurrence, freq=st.just("monthly"), weekdays=days, ordinal=ordinals, **common),
    st.builds(Recurrence, freq=st.just("monthly"), monthday=monthdays, **common),
)
zones = st.sampled_from(ZONES)
moments = st.datetimes(datetime(2009, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def local(zone: str, text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def daily(hour: int, minute: int = 0) -> Recurrence:
    return Recurrence("daily", hour=hour, minute=minute, start=START)


# --- by hand


@pytest.mark.parametrize(
    ("recurrence", "after", "expected"),
    [
        pytest.param(
            Recurrence("weekly", weekdays=("mon",), hour=9, start=START),
            "2026-03-09T08:59",
            "2026-03-09T09:00",
            id="today, still ahead",
        ),
        pytest.param(
            Recurrence("weekly", weekdays=("mon",), hour=9, start=START),
            "2026-03-09T09:00",
            "2026-03-16T09:00",
            id="strictly after",
        ),
        pytest.param(
            Recurrence("weekly", weekdays=("mon", "thu"), interval=2, start=date(2026, 3, 5)),
            "2026-03-05T09:00",
            "2026-03-16T09:00",
            id="every other week, from the week it began in",
        ),
        pytest.param(
            Recurrence("weekly", weekdays=("fri",), interval=2, start=date(2026, 3, 6)),
            "2031-01-01T00:00",
            "2031-01-03T09:00",
            id="every other week, years later",
        ),
        pytest.param(
            Recurrence("daily", interval=3, start=date(2026, 3, 1)),
            "2026-03-04T09:00",
            "2026-03-07T09:00",
            id="every third day",
        ),
        pytest.param(
            Recurrence("monthly", monthday=31, start=START),
            "2026-03-31T09:00",
            "2026-05-31T09:00",
            id="months without a 31st are left out",
        ),
        pytest.param(
            Recurrence("monthly", monthday=-1, start=START),
            "2028-02-10T09:00",
            "2028-02-29T09:00",
            id="the last day of a leap February",
        ),
        pytest.param(
            Recurrence("monthly", monthday=29, interval=12, start=date(2028, 2, 29)),
            "2096-02-29T09:00",
            "2104-02-29T09:00",
            id="29 February over a year that is no leap year",
        ),
        pytest.param(
            Recurrence("monthly", weekdays=("mon",), ordinal=1, start=START),
            "2026-03-02T09:00",
            "2026-04-06T09:00",
            id="the first Monday",
        ),
        pytest.param(
            Recurrence("monthly", weekdays=("fri",), ordinal=-1, start=START),
            "2026-01-01T09:00",
            "2026-01-30T09:00",
            id="the last Friday is the fifth",
        ),
        pytest.param(
            Recurrence("monthly", weekdays=WORKDAYS, ordinal=-1, start=START),
            "2026-05-01T09:00",
            "2026-05-29T09:00",
            id="the last weekday of a month that ends on a Sunday",
        ),
        pytest.param(
            Recurrence("monthly", monthday=15, interval=3, start=date(2026, 2, 15)),
            "2026-02-15T09:00",
            "2026-05-15T09:00",
            id="every three months",
        ),
        pytest.param(
            Recurrence("weekly", weekdays=("mon",), start=date(2026, 6, 1)),
            "2026-03-01T00:00",
            "2026-06-01T09:00",
            id="nothing happens before the start",
        ),
    ],
)
def test_the_next_time_is_as_a_calendar_has_it(
    recurrence: Recurrence, after: str, expected: str
) -> None:
    zone = "America/Toronto"
    assert next_occurrence(recurrence, zone, local(zone, after)) == local(zone, expected)


@pytest.mark.parametrize(
    ("zone", "hour", "minute", "after", "expected"),
    [
        # skipped: the first instant after the gap
        ("America/Toronto", 2, 30, "2026-03-07T12:00Z", "2026-03-08T07:00Z"),
        ("America/Toronto", 2, 30, "2026-03-08T07:00Z", "2026-03-09T06:30Z"),
        ("Europe/Paris", 2, 0, "2026-03-28T12:00Z", "2026-03-29T01:00Z"),
        ("Australia/Lord_Howe", 2, 15, "2026-10-03T12:00Z", "2026-10-03T15:30Z"),
        ("America/Santiago", 0, 30, "2026-09-05T12:00Z", "2026-09-06T04:00Z"),
        ("Pacific/Apia", 9, 0, "2011-12-30T05:00Z", "2011-12-30T10:00Z"),  # a whole day skipped
        # repeated: the first time, and not again an hour later
        ("America/Toronto", 1, 30, "2026-10-31T12:00Z", "2026-11-01T05:30Z"),
        ("America/Toronto", 1, 30, "2026-11-01T05:30Z", "2026-11-02T06:30Z"),
        ("America/Toronto", 1, 30, "2026-11-01T06:15Z", "2026-11-02T06:30Z"),
        ("Europe/Paris", 2, 30, "2026-10-25T00:30Z", "2026-10-26T01:30Z"),
        # neither: the same time on the clock on both sides of a change
        ("America/St_Johns", 9, 0, "2026-10-31T11:30Z", "2026-11-01T12:30Z"),
        # British Columbia keeps one time all year from 2026 on
        ("America/Vancouver", 9, 0, "2026-11-01T12:00Z", "2026-11-01T16:00Z"),
    ],
)
def test_a_time_that_the_clocks_skip_or_repeat(
    zone: str, hour: int, minute: int, after: str, expected: str
) -> None:
    every_day = replace(daily(hour, minute), start=date(2011, 1, 1))
    found = next_occurrence(every_day, zone, datetime.fromisoformat(after))
    assert found == datetime.fromisoformat(expected)


def test_a_recurrence_without_any_date_ends() -> None:
    never = Recurrence("monthly", monthday=30, interval=12, start=date(2026, 2, 1))
    assert next_occurrence(never, "UTC", datetime(2026, 1, 1, tzinfo=UTC)) is None
    late = datetime(9999, 12, 31, 20, tzinfo=UTC)
    assert next_occurrence(daily(9), "America/Toronto", late) is None
    assert next_occurrence(daily(9), "UTC", late) is None


def test_an_instant_is_equal_to_itself_where_an_hour_comes_twice() -> None:
    first, second = (datetime(2026, 11, 1, hour, 30, tzinfo=UTC) for hour in (5, 6))
    for at in (first, second):
        assert shown(at, "America/Toronto") == at
        assert shown(at, "America/Toronto").isoformat()[11:16] == "01:30"


def test_the_next_times_are_in_order() -> None:
    found = occurrences(daily(2, 30), "America/Toronto", datetime(2026, 3, 7, tzinfo=UTC), 3)
    assert [f"{at:%d %H:%M}" for at in found] == ["07 02:30", "08 03:00", "09 02:30"]


# --- against the slowest way there is


def first_minute(zone: str, day: date, hour: int, minute: int) -> datetime:
    """One minute after another, until the clock there shows the time or has passed it."""
    shown = datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001
    clock = ZoneInfo(zone)
    minutes = [
        (shown + timedelta(minutes=step)).replace(tzinfo=UTC) for step in range(-15 * 60, 39 * 60)
    ]
    local = [at.astimezone(clock).replace(tzinfo=None) for at in minutes]
    if shown in local:
        return minutes[local.index(shown)]
    return next(at for at, there in zip(minutes, local, strict=True) if there > shown)


def in_calendar(recurrence: Recurrence, day: date) -> bool:
    """Whether a recurrence has a date, by counting."""
    if day < recurrence.start:
        return False
    months = (day.year - recurrence.start.year) * 12 + day.month - recurrence.start.month
    last = calendar.monthrange(day.year, day.month)[1]
    match recurrence:
        case Recurrence(freq="daily"):
            return (day - recurrence.start).days % recurrence.interval == 0
        case Recurrence(freq="weekly"):
            week = sum(
                (recurrence.start + timedelta(days=step)).weekday() == 0
                for step in range(1, (day - recurrence.start).days + 1)
            )
            return WEEKDAYS[day.weekday()] in recurrence.weekdays and (
                week % recurrence.interval == 0
            )
        case Recurrence(monthday=int(monthday)):
            wanted = last if monthday == -1 else monthday
            return day.day == wanted and months % recurrence.interval == 0
    assert recurrence.ordinal is not None
    each = [
        date(day.year, day.month, number)
        for number in range(1, last + 1)
        if WEEKDAYS[calendar.weekday(day.year, day.month, number)] in recurrence.weekdays
    ]
    chosen = each[-1] if recurrence.ordinal == -1 else each[recurrence.ordinal - 1]
    return day == chosen and months % recurrence.interval == 0


def scanned(recurrence: Recurrence, zone: str, after: datetime) -> Iterator[datetime]:
    day = max(after.date() - timedelta(days=3), recurrence.start)
    while True:
        if in_calendar(recurrence, day):
            at = first_minute(zone, day, recurrence.hour, recurrence.minute)
            if at > after:
                yield at
        day += timedelta(days=1)


near_changes = st.builds(
    lambda change, seconds: change + timedelta(seconds=seconds),
    st.sampled_from(
        [
            datetime(2011, 12, 30, 10, tzinfo=UTC),  # Samoa
            datetime(2026, 3, 8, 7, tzinfo=UTC),
            datetime(2026, 11, 1, 6, tzinfo=UTC),
            datetime(2026, 3, 29, 1, tzinfo=UTC),
            datetime(2026, 10, 25, 1, tzinfo=UTC),
            datetime(2027, 4, 3, 15, tzinfo=UTC),
            datetime(2026, 9, 6, 4, tzinfo=UTC),
        ]
    ),
    st.integers(-2 * 86400, 2 * 86400),
)


@settings(max_examples=60, deadline=None)
@given(recurrences, zones, near_changes | moments)
def test_it_agrees_with_a_scan_of_every_day_and_minute(
    recurrence: Recurrence, zone: str, after: datetime
) -> None:
    if (recurrence.monthday or 0) > 28 and recurrence.interval > 2:
        recurrence = replace(recurrence, interval=1)  # or it is years to the next
    first = max(after, datetime.combine(recurrence.start, datetime.min.time(), UTC))
    after = max(after, first - timedelta(days=40))
    assert next_occurrence(recurrence, zone, after) == next(scanned(recurrence, zone, after))


@settings(max_examples=100, deadline=None)
@given(st.dates(date(2009, 1, 1), date(2028, 1, 1)), zones, common["hour"], common["minute"])
@example(date(2026, 3, 8), "America/Toronto", 2, 59)
@example(date(2011, 12, 30), "Pacific/Apia", 12, 0)
def test_a_time_of_a_day_is_the_first_minute_that_shows_it(
    day: date, zone: str, hour: int, minute: int
) -> None:
    assert instant(day, hour, minute, zone) == first_minute(zone, day, hour, minute)


@settings(deadline=None)
@given(recurrences, zones, moments)
def test_every_next_time_is_strictly_after_the_one_before(
    recurrence: Recurrence, zone: str, after: datetime
) -> None:
    found = occurrences(recurrence, zone, after, 5)
    assert list(found) == sorted(set(found))
    assert all(at > after and at.date() >= recurrence.start for at in found)
    if found:
        assert next_occurrence(recurrence, zone, found[0]) == found[1]
        just_before = found[0].astimezone(UTC) - timedelta(microseconds=1)
        assert next_occurrence(recurrence, zone, just_before) == found[0]


# --- as it is stored


@pytest.mark.parametrize(
    ("recurrence", "rrule"),
    [
        (daily(9), "FREQ=DAILY;BYHOUR=9;BYMINUTE=0"),
        (
            Recurrence("weekly", interval=2, weekdays=("mon", "fri"), minute=30),
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;BYHOUR=9;BYMINUTE=30",
        ),
        (
            Recurrence("monthly", weekdays=("fri",), ordinal=-1),
            "FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9;BYMINUTE=0",
        ),
        (
            Recurrence("monthly", weekdays=WORKDAYS, ordinal=1),
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1;BYHOUR=9;BYMINUTE=0",
        ),
        (Recurrence("monthly", monthday=-1), "FREQ=MONTHLY;BYMONTHDAY=-1;BYHOUR=9;BYMINUTE=0"),
    ],
)
def test_a_rule_is_written_as_the_standard_has_it(recurrence: Recurrence, rrule: str) -> None:
    assert recurrence.rrule == rrule


@given(recurrences)
def test_what_is_stored_comes_back_the_same(recurrence: Recurrence) -> None:
    assert from_rrule(recurrence.rrule, recurrence.start) == recurrence


@pytest.mark.parametrize(
    "rrule",
    [
        "FREQ=YEARLY;BYHOUR=9;BYMINUTE=0",
        "FREQ=DAILY;COUNT=3;BYHOUR=9;BYMINUTE=0",
        "FREQ=DAILY;INTERVAL=0;BYHOUR=9;BYMINUTE=0",
        "FREQ=MONTHLY;BYDAY=5MO;BYHOUR=9;BYMINUTE=0",
    ],
)
def test_a_rule_that_was_never_stored_is_refused(rrule: str) -> None:
    with pytest.raises(ValueError, match=r"rule that was stored|no such recurrence"):
        from_rrule(rrule, START)


@settings(max_examples=60, deadline=None)
@given(recurrences)
def test_dateutil_reads_the_same_local_dates_from_it(recurrence: Recurrence) -> None:
    begin = datetime.combine(recurrence.start, datetime.min.time())
    if (recurrence.monthday or 0) > 28:
        recurrence = replace(recurrence, interval=1)
    theirs = rrulestr(recurrence.rrule, dtstart=begin).xafter(begin, count=6, inc=True)
    ours = occurrences(recurrence, "UTC", begin.replace(tzinfo=UTC) - timedelta(seconds=1), 6)
    assert [at.replace(tzinfo=None) for at in ours] == list(theirs)


@pytest.mark.parametrize(
    "fields",
    [
        {"freq": "daily", "interval": 0},
        {"freq": "daily", "hour": 24},
        {"freq": "daily", "weekdays": ("mon",)},
        {"freq": "weekly"},
        {"freq": "weekly", "weekdays": ("fri", "mon")},
        {"freq": "weekly", "weekdays": ("mon",), "monthday": 1},
        {"freq": "monthly"},
        {"freq": "monthly", "monthday": 1, "weekdays": ("mon",), "ordinal": 1},
        {"freq": "monthly", "monthday": 32},
        {"freq": "monthly", "weekdays": ("mon",), "ordinal": 5},
    ],
)
def test_there_is_no_recurrence_that_makes_no_sense(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no such recurrence"):
        Recurrence(**fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "recurrence",
    [
        Recurrence("daily", interval=3, start=date(2001, 1, 1)),
        Recurrence("weekly", interval=2, weekdays=("mon", "thu"), start=date(2001, 1, 1)),
        Recurrence("monthly", weekdays=("fri",), ordinal=-1, start=date(2001, 1, 1)),
        Recurrence("monthly", monthday=31, start=date(2001, 1, 1)),
    ],
    ids=lambda recurrence: recurrence.rrule,
)
def test_the_next_time_takes_no_longer_the_older_a_schedule_is(recurrence: Recurrence) -> None:
    began = perf_counter()
    for day in range(1000):
        next_occurrence(
            recurrence, ZONES[day % 12], datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day)
        )
    assert perf_counter() - began < 0.5  # half a millisecond each; it takes about a hundredth

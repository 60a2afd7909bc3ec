"""What happens again and again, and when it happens next.

A repeated local hour counts once, the first time; a skipped one moves to the next valid instant.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from itertools import islice
from typing import Literal, get_args
from zoneinfo import ZoneInfo

Frequency = Literal["daily", "weekly", "monthly"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)

_MOST_TRIES = 120
"""Rounds without a date after which there is none: leap days of a century, and to spare."""
_MONTHS = 12
_LONGEST_MONTH = 31


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Something that happens again and again at one local time of day."""

    freq: Frequency
    interval: int = 1
    weekdays: tuple[Weekday, ...] = ()
    """In the order of the week. With an ordinal: the days of which it counts."""
    ordinal: int | None = None
    """Monthly: the first to the fourth such weekday of the month, or -1, the last."""
    monthday: int | None = None
    """Monthly: the day of the month, or -1, its last; months without that day are left out."""
    hour: int = 9
    minute: int = 0
    start: date = date(1970, 1, 1)
    """The local date from which it counts; nothing happens earlier."""

    def __post_init__(self) -> None:
        by_day = self.freq == "weekly" or self.ordinal is not None
        sound = (
            self.interval >= 1
            and 0 <= self.hour < 24
            and 0 <= self.minute < 60
            and bool(self.weekdays) == by_day
            and self.weekdays == tuple(day for day in WEEKDAYS if day in self.weekdays)
            and self.ordinal in (None, -1, 1, 2, 3, 4)
            and self.monthday in (None, -1, *range(1, _LONGEST_MONTH + 1))
            and (self.freq == "monthly") == ((self.ordinal is None) != (self.monthday is None))
            and (self.freq == "monthly" or self.ordinal is None)
            and (self.freq == "monthly" or self.monthday is None)
        )
        if not sound:
            raise ValueError(f"no such recurrence: {self!r}")

    @property
    def rrule(self) -> str:
        """The same as RFC 5545 writes it; the start is not part of it."""
        parts = [f"FREQ={self.freq.upper()}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.weekdays:
            names = [day[:2].upper() for day in self.weekdays]
            if self.ordinal is not None and len(names) == 1:
                names = [f"{self.ordinal}{names[0]}"]
            parts.append(f"BYDAY={','.join(names)}")
        if self.monthday is not None:
            parts.append(f"BYMONTHDAY={self.monthday}")
        if self.ordinal is not None and len(self.weekdays) > 1:
            parts.append(f"BYSETPOS={self.ordinal}")
        return ";".join((*parts, f"BYHOUR={self.hour}", f"BYMINUTE={self.minute}"))


def from_rrule(rrule: str, start: date) -> Recurrence:
    """The recurrence whose `rrule` and `start` were stored."""
    parts = dict(part.split("=", 1) for part in rrule.split(";"))
    days = parts.get("BYDAY", "")
    position = parts.get("BYSETPOS", "")
    if days and days[0] in "-123456789":
        position, days = days[:-2], days[-2:]
    wanted = days.lower().split(",") if days else []
    freq = next((name for name in get_args(Frequency) if name == parts["FREQ"].lower()), None)
    recurrence = freq and Recurrence(
        freq=freq,
        interval=int(parts.get("INTERVAL", 1)),
        weekdays=tuple(day for day in WEEKDAYS if day[:2] in wanted),
        ordinal=int(position) if position else None,
        monthday=int(parts["BYMONTHDAY"]) if "BYMONTHDAY" in parts else None,
        hour=int(parts["BYHOUR"]),
        minute=int(parts["BYMINUTE"]),
        start=start,
    )
    if not recurrence or recurrence.rrule != rrule:
        raise ValueError(f"not a rule that was stored: {rrule}")
    return recurrence


def next_occurrence(recurrence: Recurrence, zone: str, after: datetime) -> datetime | None:
    """The first occurrence strictly after an instant; None where there is none any more."""
    return next(_from(recurrence, zone, after), None)


def occurrences(
    recurrence: Recurrence, zone: str, after: datetime, count: int
) -> tuple[datetime, ...]:
    """The next so many occurrences, each strictly after the one before."""
    return tuple(islice(_from(recurrence, zone, after), count))


def instant(day: date, hour: int, minute: int, zone: str) -> datetime:
    """A local time as it is met on a clock: the first of two, or the first one after a gap."""
    local = datetime.combine(day, time(hour, minute), clock_of(zone))
    before, after = _offset(local), _offset(local.replace(fold=1))
    if before < after:
        return shown(_end_of_gap(local, before, after), zone)
    return local.replace(tzinfo=timezone(before))


def shown(at: datetime, zone: str) -> datetime:
    """An instant as the clocks of a zone show it.

    Its offset is a fixed one: where an hour comes twice, Python takes no two instants of different
    zones for equal.
    """
    local = at.astimezone(clock_of(zone))
    return local.replace(tzinfo=timezone(_offset(local)), fold=0)


def _offset(local: datetime) -> timedelta:
    offset = local.utcoffset()
    assert offset is not None
    return offset


@cache
def clock_of(zone: str) -> ZoneInfo:
    """The rules of a zone; kept, because zoneinfo itself keeps only a few."""
    return ZoneInfo(zone)


def _end_of_gap(local: datetime, before: timedelta, after: timedelta) -> datetime:
    """The instant at which the clock was put forward over a local time."""
    naive = local.replace(tzinfo=UTC)
    early, late = naive - after, naive - before
    while late - early > timedelta(seconds=1):
        middle = (early + (late - early) / 2).replace(microsecond=0)
        if middle.astimezone(local.tzinfo).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late


def _from(recurrence: Recurrence, zone: str, after: datetime) -> Iterator[datetime]:
    """Every occurrence after an instant, in order."""
    first = max(after.astimezone(clock_of(zone)).date(), recurrence.start)
    last = after
    try:
        for day in _dates(recurrence, first):
            found = instant(day, recurrence.hour, recurrence.minute, zone)
            if found > last:
                last = found
                yield found
    except OverflowError:
        return  # the calendar ends


def _dates(recurrence: Recurrence, first: date) -> Iterator[date]:
    """The dates of a recurrence from a date on."""
    match recurrence.freq:
        case "daily":
            return _daily(recurrence, first)
        case "weekly":
            return _weekly(recurrence, first)
        case "monthly":
            return _monthly(recurrence, first)


def _daily(recurrence: Recurrence, first: date) -> Iterator[date]:
    day = first + timedelta(days=(recurrence.start - first).days % recurrence.interval)
    while True:
        yield day
        day += timedelta(days=recurrence.interval)


def _weekly(recurrence: Recurrence, first: date) -> Iterator[date]:
    start = recurrence.start - timedelta(days=recurrence.start.weekday())
    this = first - timedelta(days=first.weekday())
    week = this + timedelta(weeks=((start - this).days // 7) % recurrence.interval)
    days = [WEEKDAYS.index(day) for day in recurrence.weekdays]
    while True:
        for day in days:
            if (found := week + timedelta(days=day)) >= first:
                yield found
        week += timedelta(weeks=recurrence.interval)


def _monthly(recurrence: Recurrence, first: date) -> Iterator[date]:
    start = recurrence.start.year * _MONTHS + recurrence.start.month - 1
    month = first.year * _MONTHS + first.month - 1
    month += (start - month) % recurrence.interval
    tries = 0
    while tries < _MOST_TRIES:
        year, index = divmod(month, _MONTHS)
        if year > date.max.year:
            return
        found = _in_month(recurrence, year, index + 1)
        tries += 1
        if found is not None and found >= first:
            tries = 0
            yield found
        month += recurrence.interval


def _in_month(recurrence: Recurrence, year: int, month: int) -> date | None:
    """The date of a monthly recurrence in one month; None where that month has no such day."""
    length = length_of_month(year, month)
    if (monthday := recurrence.monthday) is not None:
        day = length if monthday == -1 else monthday
        return date(year, month, day) if day <= length else None
    assert recurrence.ordinal is not None
    return nth_weekday(year, month, recurrence.weekdays, recurrence.ordinal)


def nth_weekday(year: int, month: int, weekdays: tuple[Weekday, ...], ordinal: int) -> date:
    """The first to fourth, or last (-1), of some weekdays in a month."""
    wanted = {WEEKDAYS.index(day) for day in weekdays}
    length = length_of_month(year, month)
    first = date(year, month, 1).weekday()
    days = [day for day in range(1, length + 1) if (first + day - 1) % 7 in wanted]
    return date(year, month, days[ordinal if ordinal == -1 else ordinal - 1])


def length_of_month(year: int, month: int) -> int:
    """How many days a month has."""
    if month == _MONTHS:
        return _LONGEST_MONTH
    return (date(year, month + 1, 1) - date(year, month, 1)).days

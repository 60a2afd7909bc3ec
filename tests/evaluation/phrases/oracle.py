"""When a schedule is due, found the slow and plain way: look at one day, one minute after another.

Written without sight of any scheduler, so that it can judge one. The zones come from the tzdata
package alone, not from what the machine happens to have.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib import resources
from itertools import count, islice
from typing import Any
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_MOST_AHEAD_OF_UTC = timedelta(hours=15)
_YEARS_LOOKED_AT = 9

Expected = Mapping[str, Any]
"""What a line of the files expects."""


@cache
def zone_named(name: str) -> ZoneInfo:
    with resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as rules:
        return ZoneInfo.from_file(rules, key=name)


def zones(expected: Expected) -> list[str]:
    """The zones that are right: "Eastern" is Toronto's time and New York's."""
    zone = expected["zone"]
    return [zone] if isinstance(zone, str) else list(zone)


@cache
def first_instant(zone: str, day: date, hour: int, minute: int) -> datetime:
    """The first instant at which the clocks there show this minute, or a later one if they skip it.

    Of a minute that comes twice that is the first; of one that never comes, the end of the gap.
    """
    clock = zone_named(zone)
    shown = datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001
    instant = shown.replace(tzinfo=UTC) - _MOST_AHEAD_OF_UTC
    while instant.astimezone(clock).replace(tzinfo=None) < shown:
        instant += _MINUTE
    return instant


def next_instant(expected: Expected, now: datetime, after: datetime) -> datetime | None:
    """The first time strictly after an instant, of what was asked for at `now`."""
    if "at" in expected:
        at = datetime.fromisoformat(expected["at"])
        return at if at > after else None
    return next(instants(expected, now, after))


def instants(expected: Expected, now: datetime, after: datetime) -> Iterator[datetime]:
    """All times strictly after an instant; every so many weeks count from the first after now."""
    first, _ = next(_every(expected, now))
    for day, instant in _every(expected, max(now, after)):
        if _in_step(expected, first, day):
            yield instant


def _every(expected: Expected, after: datetime) -> Iterator[tuple[date, datetime]]:
    """The days and times strictly after an instant, as if the interval were one."""
    zone, after = zones(expected)[0], after.astimezone(UTC)
    start = after.astimezone(zone_named(zone)).date() - _DAY
    for number in islice(count(start.toordinal()), 366 * _YEARS_LOOKED_AT):
        day = date.fromordinal(number)
        if _falls_on(expected, day):
            instant = first_instant(zone, day, expected["hour"], expected["minute"])
            if instant > after:
                yield day, instant


def _falls_on(expected: Expected, day: date) -> bool:
    named = WEEKDAYS[day.weekday()] in (expected.get("weekdays") or ())
    match expected["freq"]:
        case "daily":
            return True
        case "weekly":
            return named
        case "monthly" if expected.get("ordinal"):
            return named and expected["ordinal"] in _ordinals(day)
        case "monthly":
            last = (day + _DAY).month != day.month
            return expected["monthday"] == day.day or (expected["monthday"] == -1 and last)
    raise ValueError(expected)


def _ordinals(day: date) -> set[int]:
    """The first to fifth of its weekday in the month, and minus one for the last."""
    number = sum(
        (day - 7 * _DAY * weeks).month == day.month and weeks * 7 < day.day for weeks in range(5)
    )
    return {number, -1} if (day + 7 * _DAY).month != day.month else {number}


def _in_step(expected: Expected, first: date, day: date) -> bool:
    """Whether the day is a whole number of intervals after the first; weeks begin on Monday."""
    match expected["freq"]:
        case "daily":
            passed = (day - first).days
        case "weekly":
            passed = (_monday(day) - _monday(first)).days // 7
        case _:
            passed = (day.year - first.year) * 12 + day.month - first.month
    return passed >= 0 and passed % int(expected["interval"]) == 0


def _monday(day: date) -> date:
    return day - _DAY * day.weekday()

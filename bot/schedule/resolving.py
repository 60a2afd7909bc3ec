"""Which day and which hour a piece means, seen from now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.messages import Language
from bot.schedule.pieces import After, Calendar, Clock, Days, Nth, Part, Relative, Week
from bot.schedule.recurrence import WEEKDAYS, length_of_month, nth_weekday, shown

_NOON = 12
_WEEK = 7
_MONTHS = 12
_YEARS_OF_DATES = 9
"""After so many years every date without a year has come, the 29th of February too."""
_FIRST_AFTERNOON_HOUR = 6
"""English hours up to this one are after noon."""
_HOURS: dict[Part, range] = {
    "morning": range(0, 12),
    "noon": range(11, 14),
    "afternoon": range(12, 19),
    "evening": range(16, 24),
    "night": range(18, 24),
}
_SMALL_HOURS = range(0, 6)
_WITHOUT_HOUR: dict[Part, int] = {
    "morning": 9,
    "noon": 12,
    "afternoon": 14,
    "evening": 18,
    "night": 18,
}


class NotADateError(Exception):
    """There is no such day."""


@dataclass(frozen=True, slots=True)
class Today:
    """The instant from which a phrase is looked at, in the zone that counts."""

    at: datetime
    zone: str

    @property
    def date(self) -> date:
        return self.at.date()


def clock_time(
    clock: Clock | None, part: Part | None, language: Language
) -> tuple[int, int] | None:
    """The hour and minute of a time and a part of the day; None where they contradict."""
    if clock is None:
        return (_WITHOUT_HOUR[part], 0) if part else None
    if part is None:
        return _customary(clock, language), clock.minute
    if part in ("evening", "night") and (clock.hour, clock.minute, clock.style) == (0, 0, "exact"):
        return 0, 0
    hours = [clock.hour]
    if clock.style != "exact":
        hours = [clock.hour % _NOON, clock.hour % _NOON + _NOON]
    within = [hour for hour in hours if hour in _HOURS[part]]
    if part == "night":
        within += [hour for hour in hours if hour in _SMALL_HOURS]
    return (within[0], clock.minute) if within else None


def _customary(clock: Clock, language: Language) -> int:
    """The hour that people mean by a number; an English 3 is after noon."""
    style = clock.style
    if style == "either":
        style = "english" if language == "en" else "french"
    if style == "english" and 1 <= clock.hour <= _FIRST_AFTERNOON_HOUR:
        return clock.hour + _NOON
    return clock.hour


def day_of(
    piece: Relative | After | Days | Week | Calendar | Nth,
    today: Today,
    ahead: Callable[[date], bool],
) -> date:
    """The day a piece means; `ahead` tells whether a day still lies ahead."""
    match piece:
        case Relative(days):
            return today.date + timedelta(days=days)
        case After(amounts, base):
            start = day_of(base, today, ahead) if base else today.date
            return _later(start, amounts)
        case Week():
            return monday_of_next_week(today)
        case Days():
            return _weekday(piece, today, ahead)
        case Calendar():
            return _calendar(piece, today, ahead)
        case Nth():
            return _nth(piece, today, ahead)


def monday_of_next_week(today: Today) -> date:
    """The day the next week begins."""
    return today.date + timedelta(days=_WEEK - today.date.weekday())


def moment(amounts: tuple[tuple[int, str], ...], today: Today) -> datetime:
    """So much time after now, as it passes, whatever the clocks do."""
    minutes = {"minute": 1, "hour": 60, "day": 24 * 60, "week": 7 * 24 * 60}
    total = sum(number * minutes[unit] for number, unit in amounts)
    return shown(today.at.astimezone(UTC) + timedelta(minutes=total), today.zone)


def _later(day: date, amounts: tuple[tuple[int, str], ...]) -> date:
    for number, unit in amounts:
        match unit:
            case "day":
                day += timedelta(days=number)
            case "week":
                day += timedelta(weeks=number)
            case "fortnight":
                day += timedelta(weeks=2 * number)
            case "month":
                day = _months_later(day, number)
            case "quarter":
                day = _months_later(day, 3 * number)
            case "year":
                day = _months_later(day, _MONTHS * number)
            case _:
                raise NotADateError
    return day


def _months_later(day: date, months: int) -> date:
    year, index = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    if year > date.max.year:
        raise NotADateError
    return date(year, index + 1, min(day.day, length_of_month(year, index + 1)))


def _weekday(piece: Days, today: Today, ahead: Callable[[date], bool]) -> date:
    (wanted,) = piece.days
    days = (wanted - today.date.weekday()) % _WEEK
    first = today.date + timedelta(days=days)
    match piece.which:
        case "next":
            return first if days else first + timedelta(weeks=1)
        case "next week":
            return monday_of_next_week(today) + timedelta(days=wanted)
        case "this week":
            return today.date + timedelta(days=wanted - today.date.weekday())
        case "this":
            return first
        case "in a week":
            return first + timedelta(weeks=1)
        case "":
            return first if ahead(first) else first + timedelta(weeks=1)


def _calendar(piece: Calendar, today: Today, ahead: Callable[[date], bool]) -> date:
    if piece.next_month:
        first = _months_later(today.date.replace(day=1), 1)
        found: date | None = _date(first.year, first.month, piece.day)
    elif piece.year is not None and piece.month is not None:
        found = _date(piece.year, piece.month, piece.day)
    else:
        months = _YEARS_OF_DATES * _MONTHS
        each = (_months_later(today.date.replace(day=1), step) for step in range(months))
        days = (
            _date(first.year, first.month, piece.day)
            for first in each
            if piece.month in (None, first.month)
        )
        found = next((day for day in days if day and ahead(day)), None)
    if found is None:
        raise NotADateError
    if piece.weekday is not None and found.weekday() != piece.weekday:
        raise NotADateError
    return found


def _nth(piece: Nth, today: Today, ahead: Callable[[date], bool]) -> date:
    names = tuple(WEEKDAYS[day] for day in piece.days)
    if piece.next_month:
        first = _months_later(today.date.replace(day=1), 1)
        return nth_weekday(first.year, first.month, names, piece.ordinal)
    if piece.month is None:
        raise NotADateError  # "last Friday" is over, or of every month: nobody knows
    years = [piece.year] if piece.year else [today.date.year, today.date.year + 1]
    days = [nth_weekday(year, piece.month, names, piece.ordinal) for year in years]
    return next((day for day in days if ahead(day)), days[-1])


def _date(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if day <= length_of_month(year, month) else None

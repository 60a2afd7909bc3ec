"""From the pieces of a phrase to what it says; whatever does not go together is refused."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from bot.messages import Language
from bot.schedule.days import WORKDAYS
from bot.schedule.pieces import (
    After,
    Calendar,
    Clock,
    Days,
    Nth,
    PartOfDay,
    Piece,
    Reason,
    Relative,
    Repeats,
    Start,
    Week,
    Wrong,
    Zone,
)
from bot.schedule.recurrence import (
    WEEKDAYS,
    Frequency,
    Recurrence,
    instant,
    next_occurrence,
    shown,
)
from bot.schedule.resolving import NotADateError, Today, clock_time, day_of, moment
from bot.schedule.understood import Once, Recurring

P = TypeVar("P")
_DEFAULT = (9, 0)
_MIDNIGHT = (0, 0)
_UNTOLD = ((), None, None)
_FREQUENCIES: dict[str, Frequency] = {"day": "daily", "week": "weekly", "month": "monthly"}


@dataclass(frozen=True, slots=True)
class Outlook:
    """From where a phrase is looked at."""

    at: datetime
    zone: str
    language: Language


@dataclass(frozen=True, slots=True)
class Unsure:
    """A reading that should be looked at before it counts."""

    proposal: Recurring | Once


class ClashError(Exception):
    """The pieces do not go together."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def assemble(pieces: Sequence[Piece], outlook: Outlook) -> Recurring | Once | Unsure:
    """What the pieces say together; raises ClashError where they say nothing certain."""
    if wrong := _all(pieces, Wrong):
        raise ClashError(wrong[0].reason)
    zones = {piece.name for piece in _all(pieces, Zone)}
    if len(zones) > 1:
        raise ClashError("contradiction")
    zone = zones.pop() if zones else outlook.zone
    today = Today(shown(outlook.at, zone), zone)
    repeats = _all(pieces, Repeats)
    habit = any(isinstance(piece, Days | PartOfDay) and piece.habit for piece in pieces) or any(
        isinstance(piece, Days) and len(piece.days) > 1 for piece in pieces
    )
    try:
        if repeats or habit:
            return _recurring(pieces, today, outlook.language)
        return _once(pieces, today, outlook.language)
    except (NotADateError, OverflowError, ValueError) as error:
        raise ClashError("date") from error


def _all(pieces: Sequence[Piece], kind: type[P]) -> list[P]:
    return [piece for piece in pieces if isinstance(piece, kind)]


def _only(pieces: Sequence[Piece], kind: type[P], reason: Reason = "contradiction") -> P | None:
    """The one piece of a kind; two of them are too many."""
    found = _all(pieces, kind)
    if len(found) > 1:
        raise ClashError(reason)
    return found[0] if found else None


def _time(pieces: Sequence[Piece], language: Language) -> tuple[int, int] | None:
    """The time of day that is said; None where none is."""
    clock = _only(pieces, Clock, "several")
    said = _only(pieces, PartOfDay)
    parts = {said.part} if said else set()
    parts |= {piece.part for piece in _all(pieces, Repeats) if piece.part}
    if clock and clock.part:
        parts.add(clock.part)
    if len(parts) > 1:
        raise ClashError("contradiction")
    if clock and clock.bare and language == "fr":
        raise ClashError("hour")  # "lundi 9" could be a date as well
    part = parts.pop() if parts else None
    if clock is None and part is None:
        return None
    found = clock_time(clock, part, language)
    if found is None:
        raise ClashError("contradiction")
    return found


# What repeats


def _recurring(
    pieces: Sequence[Piece], today: Today, language: Language
) -> Recurring | Once | Unsure:
    for unsuited in (Relative, After, Week):
        if _all(pieces, unsuited):
            raise ClashError("contradiction")
    if any(piece.of_today for piece in _all(pieces, PartOfDay)):
        raise ClashError("contradiction")
    hour, minute = _time(pieces, language) or _DEFAULT
    rule = _rule(pieces)
    start = _only(pieces, Start)
    first = today.date
    if start:
        first = _start(start, today)
    if rule.unit == "week" and not rule.days:
        rule = replace(rule, days=(first.weekday(),), unclear=rule.unclear or not start)
    if _open_month(rule):
        rule = replace(rule, monthday=first.day, unclear=rule.unclear or not start)
    recurrence = Recurrence(
        freq=_FREQUENCIES[rule.unit],
        interval=rule.interval,
        weekdays=tuple(WEEKDAYS[day] for day in rule.days),
        ordinal=rule.ordinal,
        monthday=rule.monthday,
        hour=hour,
        minute=minute,
        start=first,
    )
    # It counts from its first occurrence, which is the first that would be without an interval.
    met = next_occurrence(replace(recurrence, interval=1), today.zone, today.at)
    if met is None:
        raise ClashError("date")
    found = Recurring(replace(recurrence, start=met.date()), today.zone)
    return Unsure(found) if rule.unclear else found


def _start(start: Start, today: Today) -> date:
    day = day_of(start.day, today, lambda day: day >= today.date)
    if day < today.date:
        raise ClashError("past")
    return day


def _rule(pieces: Sequence[Piece]) -> Repeats:
    """The rule of all pieces that tell of one."""
    rule: Repeats | None = None
    for piece in _all(pieces, Repeats):
        rule = _merged(rule, piece) if rule else piece
    days = _only(pieces, Days)
    if days and days.which:
        raise ClashError("contradiction")
    if rule is None:
        rule = Repeats("week", days=days.days) if days else Repeats("day")
    elif days:
        rule = _on_days(rule, days.days)
    if nth := _only(pieces, Nth):
        whole = len(nth.days) == 1 or nth.days == WORKDAYS
        if nth.month or nth.next_month or not _open_month(rule) or not whole:
            raise ClashError("contradiction")
        rule = replace(rule, days=nth.days, ordinal=nth.ordinal)
    if day := _only(pieces, Calendar):
        if day.month or day.next_month or day.weekday is not None or not _open_month(rule):
            raise ClashError("contradiction")
        rule = replace(rule, monthday=day.day)
    return rule


def _open_month(rule: Repeats) -> bool:
    return rule.unit == "month" and rule.ordinal is None and rule.monthday is None


def _merged(one: Repeats, two: Repeats) -> Repeats:
    """Two rules in one phrase, such as "weekly, every Monday"."""
    for rule, other in ((one, two), (two, one)):
        morning = rule.part and rule == Repeats("day", part=rule.part)
        if morning and other.unit == "week" and not other.part:
            return replace(other, part=rule.part)
    if one.unit != two.unit or (one.interval > 1 and two.interval > 1):
        raise ClashError("contradiction")
    told = [rule for rule in (one, two) if (rule.days, rule.ordinal, rule.monthday) != _UNTOLD]
    parts = {rule.part for rule in (one, two) if rule.part}
    if len(told) > 1 or len(parts) > 1:
        raise ClashError("several" if len(told) > 1 else "contradiction")
    return replace(
        told[0] if told else one,
        interval=max(one.interval, two.interval),
        part=one.part or two.part,
        unclear=any(rule.unclear for rule in (one, two) if rule not in told),
    )


def _on_days(rule: Repeats, days: tuple[int, ...]) -> Repeats:
    """A rule on some days of the week."""
    match rule.unit:
        case "week" if rule.days in ((), days):
            return replace(rule, days=days)
        case "day" if rule.interval == 1 and (len(days) > 1 or rule.part):
            return replace(rule, unit="week", days=days)
    raise ClashError("contradiction")


# What happens once

Said = Relative | After | Days | Week | Calendar | Nth


def _once(pieces: Sequence[Piece], today: Today, language: Language) -> Recurring | Once | Unsure:
    if any(isinstance(piece, Start) for piece in pieces):
        raise ClashError("contradiction")
    said: list[Said] = [piece for piece in pieces if isinstance(piece, Said)]
    if any(piece.of_today for piece in _all(pieces, PartOfDay)) and Relative(0) not in said:
        said.append(Relative(0))
    time = _time(pieces, language)
    if not said and time is None:
        raise ClashError("nothing")
    if any(isinstance(piece, After) and _is_short(piece) for piece in said):
        if len(said) > 1 or time is not None or not isinstance(said[0], After):
            raise ClashError("contradiction")
        return Once(moment(said[0].amounts, today), today.zone)
    if len(said) == 1 and (rule := _as_rule(said[0])):
        others = [piece for piece in pieces if piece is not said[0]]
        found = _recurring([*others, rule], today, language)
        return found if isinstance(found, Unsure) else Unsure(found)
    return _on_a_day(said, time or _DEFAULT, today)


def _is_short(piece: After) -> bool:
    return any(unit in ("minute", "hour") for _, unit in piece.amounts)


def _as_rule(piece: Said) -> Repeats | None:
    """The first Monday: most likely of every month, though nothing says so."""
    match piece:
        case Nth(ordinal, (_,) as days, None, None, False) if ordinal > 0:
            return Repeats("month", days=days, ordinal=ordinal)
    return None


def _on_a_day(said: list[Said], time: tuple[int, int], today: Today) -> Once | Unsure:
    """One day, however often and differently it is said."""

    def ahead(day: date) -> bool:
        return instant(day, *time, today.zone) > today.at

    if said == [Relative(0)] and time == _MIDNIGHT:
        said = [Relative(1)]  # the midnight to come
    if not said:
        said = [Relative(0) if ahead(today.date) else Relative(1)]
    weekdays = [piece for piece in said if isinstance(piece, Days)]
    exact = [piece for piece in said if not isinstance(piece, Days)]
    if len(exact) > 1 or len(weekdays) > 1 or (weekdays and len(weekdays[0].days) != 1):
        raise ClashError("contradiction")
    day = day_of((exact or weekdays)[0], today, ahead)
    if exact and weekdays and (day.weekday(),) != weekdays[0].days:
        raise ClashError("contradiction")
    at = instant(day, *time, today.zone)
    if at <= today.at:
        raise ClashError("past")
    once = Once(at, today.zone)
    either = any(isinstance(piece, Calendar) and piece.either for piece in exact)
    return Unsure(once) if either or isinstance((exact or weekdays)[0], Week) else once

"""How it is said that something happens again and again."""

from collections.abc import Callable

from bot.schedule.days import WORKDAYS
from bot.schedule.grammar import Grammar
from bot.schedule.pieces import Days, Nth, Part, Repeats, Wrong

_LONGEST = {"day": 366, "week": 104, "month": 24}
"""The longest interval that somebody means."""
_IN_UNITS = {
    "day": ("day", 1),
    "week": ("week", 1),
    "fortnight": ("week", 2),
    "month": ("month", 1),
    "bimester": ("month", 2),
    "quarter": ("month", 3),
}
_SHORT = ("second", "minute", "hour")
_LAST = -1
_LAST_ORDINAL = 4
_LONGEST_MONTH = 31


def every(number: int, unit: str, unclear: bool = False) -> Repeats | Wrong:
    """Every so many days, weeks, months."""
    if number == 0:
        return Wrong("interval")
    if unit in _SHORT:
        return Wrong("too_often")
    if unit not in _IN_UNITS:
        return Wrong("interval")
    name, size = _IN_UNITS[unit]
    interval = number * size
    if interval > _LONGEST[name]:
        return Wrong("interval")
    match name:
        case "day" | "week" | "month":
            return Repeats(name, interval, unclear=unclear)
    return Wrong("interval")


def _every_days(number: int, days: Days) -> Repeats | Wrong:
    if not 1 <= number <= _LONGEST["week"]:
        return Wrong("interval")
    return Repeats("week", number, days.days)


def _every_of_both(first: Days, second: Days) -> Repeats | Wrong:
    """Every Monday and every Thursday."""
    if set(first.days) & set(second.days):
        return Wrong("contradiction")
    return Repeats("week", days=tuple(sorted((*first.days, *second.days))))


def _every_workday(number: int, days: Days) -> Repeats | Wrong | None:
    """Every second Monday; every second weekday is nothing that can be counted."""
    if number > 1 and days.days == WORKDAYS:
        return Wrong("interval")
    return _every_days(number, days)


def _every_nth(ordinal: int, days: Days) -> Repeats | Wrong:
    """Every first Monday is of the month; every second one is every other."""
    if ordinal in (1, _LAST):
        return Repeats("month", 1, days.days, ordinal)
    return _every_workday(ordinal, days) or Wrong("interval")


def _of_month(ordinal: int, days: Days) -> Repeats | Wrong:
    if not (ordinal == _LAST or 1 <= ordinal <= _LAST_ORDINAL):
        return Wrong("date")
    if len(days.days) > 1 and days.days != WORKDAYS:
        return Wrong("several")
    return Repeats("month", 1, days.days, ordinal)


def _monthly_nth(interval: int, found: Nth | Wrong) -> Repeats | Wrong | None:
    if isinstance(found, Wrong):
        return found
    if found.month or found.next_month:
        return None
    return Repeats("month", interval, found.days, found.ordinal)


def _on_monthday(day: int) -> Repeats | Wrong:
    if not 1 <= day <= _LONGEST_MONTH:
        return Wrong("date")
    return Repeats("month", 1, monthday=day)


def _every_part(part: Part) -> Repeats:
    return Repeats("day", part=part)


def _wrong(reason: str) -> Callable[..., Wrong]:
    def build(*_: object) -> Wrong:
        match reason:
            case "too_often" | "interval" | "several":
                return Wrong(reason)
        raise AssertionError(reason)

    return build


def _times(*values: object) -> Wrong:
    """Twice a day is too often; twice a week is no rule."""
    return Wrong("too_often" if values[-1] in ("day", *_SHORT) else "interval")


REPEATS: Grammar = {
    "repeats": (
        ("EVERY unit", lambda unit: every(1, unit)),
        ("AUX unit", lambda unit: every(1, unit) if unit == "fortnight" else None),
        ("EVERY number unit", every),
        ("AUX number unit", every),
        ("EVERY OTHER unit", lambda unit: every(2, unit)),
        ("ON? ALTERNATE unit", lambda unit: every(2, unit)),
        ("EVERY ordinal unit", every),
        ("EVERY minutes", _wrong("too_often")),
        ("EVERY HALF unit", _wrong("too_often")),
        ("PER unit", lambda unit: every(1, unit)),
        ("EVERY days", lambda days: _every_days(1, days)),
        ("EVERY days COMMA? AND EVERY days", _every_of_both),
        ("EVERY LE days", lambda days: _every_days(1, days)),
        ("EVERY OTHER days", lambda days: _every_workday(2, days)),
        ("ON? ALTERNATE days", lambda days: _every_workday(2, days)),
        ("EVERY number days", _every_workday),
        ("AUX number days", _every_workday),
        ("one_day OUT_OF number", lambda days, number: _every_days(number, days)),
        ("EVERY ordinal days", _every_nth),
        ("ON? ONE unit OUT_OF number", lambda unit, number: every(number, unit)),
        ("ON? LE? ONE one_day OUT_OF number", lambda days, number: _every_days(number, days)),
        (
            "LE? one_day ONE unit OUT_OF number",
            lambda days, unit, number: _every_days(number, days) if unit == "week" else None,
        ),
        ("EVERY part", _every_part),
        ("EVERY parts", _every_part),
        ("EVERY fixed", lambda hour: Repeats("day", part="noon") if hour == "12" else None),
        ("EVERY midi", lambda hour: Repeats("day", part="noon") if hour == "12" else None),
        ("EVERY OTHER part", lambda part: Repeats("day", 2, part=part)),
        ("adverb", lambda unit: every(1, unit)),
        ("unclear", lambda unit: every(2 if unit == "month" else 1, unit, unclear=True)),
        ("ON? THE? ordinal days OF_MONTH", _of_month),
        ("EVERY ordinal days OF_MONTH", _of_month),
        ("OF_MONTH COMMA? ON? THE? ordinal days", _of_month),
        ("OF_MONTH COMMA? LE ordinal days", _of_month),
        (
            "EVERY number unit COMMA? ON? nth",
            lambda number, unit, found: _monthly_nth(number, found) if unit == "month" else None,
        ),
        (
            "nth EVERY number unit",
            lambda found, number, unit: _monthly_nth(number, found) if unit == "month" else None,
        ),
        ("ON? THE? ordinal OF_MONTH", _on_monthday),
        ("ON? LE short OF_MONTH", _on_monthday),
        ("EVERY short OF_MONTH", _on_monthday),
        ("EVERY short SUFFIX", _on_monthday),
        ("EVERY ordinal OF_MONTH", _on_monthday),
        (
            "ON? THE? unit number OF_MONTH",
            lambda unit, day: _on_monthday(day) if unit == "day" else None,
        ),
        (
            "ON? THE? ordinal unit OF_MONTH",
            lambda day, unit: None if unit != "day" or day == _LAST else _on_monthday(day),
        ),
        ("at? ON? LAST_DAY OF_MONTH", lambda _: Repeats("month", monthday=_LAST)),
        ("at? ON? END_OF_MONTH", lambda _: Repeats("month", monthday=_LAST)),
        ("EVERY? ON? LAST_DAY OF_MONTH", lambda: Repeats("month", monthday=_LAST)),
        ("TIMES unit", _times),
        ("TIMES adverb", _times),
        ("number TIMES adverb", _times),
        ("TIMES EVERY unit", _times),
        ("number TIMES unit", _times),
        ("number TIMES article unit", _times),
        ("number TIMES PAR unit", _times),
        ("number TIMES EVERY unit", _times),
        ("TIMES article unit", _times),
        ("ON? THE? ordinal COMMA? AND THE? ordinal days OF_MONTH?", _wrong("several")),
        ("ON? THE? ordinal COMMA? AND THE? ordinal OF_MONTH?", _wrong("several")),
        ("EVERY ordinal COMMA? AND ordinal days OF_MONTH?", _wrong("several")),
        ("LE short COMMA? AND short OF_MONTH", _wrong("several")),
    ),
    "last_day": (("ON? LAST_DAY", lambda: Repeats("month", monthday=_LAST, unclear=True)),),
}

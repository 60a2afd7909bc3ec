"""How a time of day is said: patterns, and what hour each of them means."""

from dataclasses import replace

from bot.schedule.grammar import Grammar
from bot.schedule.pieces import Clock, Part, PartOfDay, Style, Wrong

_NOON = 12
_HOUR_MINUTES = 60
_DAY_HOURS = 24
_MINUTES_PAST = (5, 10, 15, 20, 25, 30)
"""What people say before "past" and "to"."""


def _time(
    hour: int, minute: int, style: Style, meridiem: str | None = None, bare: bool = False
) -> Clock | Wrong:
    if minute >= _HOUR_MINUTES or hour >= _DAY_HOURS:
        return Wrong("hour")
    if meridiem:
        if not 1 <= hour <= _NOON:
            return Wrong("hour")
        return Clock(hour % _NOON + (_NOON if meridiem == "pm" else 0), minute)
    if hour == 0 or hour > _NOON:
        style = "exact"
    return Clock(hour, minute, style, bare=bare)


def _style(at: str | None) -> Style:
    return "english" if at == "en" else "french" if at == "fr" else "either"


def _digital(
    at: str | None, hour: str, minute: str, meridiem: str | None = None
) -> Clock | Wrong | None:
    """9:30, 09:30 (as it stands), 9:30 pm."""
    if len(hour) > 2:
        return None
    if len(minute) != 2:
        return Wrong("hour")
    style = "exact" if len(hour) == 2 and hour[0] == "0" else _style(at)
    return _time(int(hour), int(minute), style, meridiem)


def _with_seconds(at: str | None, hour: str, minute: str, second: str) -> Clock | Wrong | None:
    return _digital(at, hour, minute) if second == "00" else Wrong("hour")


def _meridiem(_: str | None, hour: int, meridiem: str) -> Clock | Wrong:
    return _time(hour, 0, "exact", meridiem)


def _heures(at: str | None, hour: int, minute: int | None = None) -> Clock | Wrong:
    """9 h, 15 h 30: as it stands, whoever says it."""
    return _time(hour, minute or 0, "french")


def _two_digits(digits: str) -> int | None:
    return int(digits) if len(digits) == 2 else None


def _before(hour: int, less: int, style: Style, meridiem: str | None) -> Clock | Wrong:
    """So many minutes before an hour."""
    found = _time(hour, 0, style, meridiem)
    if isinstance(found, Wrong):
        return found
    whole = found.hour * _HOUR_MINUTES - less
    if found.style != "exact":  # 12:45 comes before 1, not 0:45
        whole = whole if found.hour > 1 else whole + _NOON * _HOUR_MINUTES
    hour, minute = divmod(whole % (_DAY_HOURS * _HOUR_MINUTES), _HOUR_MINUTES)
    return Clock(hour, minute, found.style)


def _past(at: str | None, minutes: int, hour: int, meridiem: str | None) -> Clock | Wrong | None:
    if minutes not in _MINUTES_PAST:
        return None
    return _time(hour, minutes, "english", meridiem)


def _to(at: str | None, minutes: int, hour: int, meridiem: str | None) -> Clock | Wrong | None:
    if minutes not in _MINUTES_PAST:
        return None
    return _before(hour, minutes, "english", meridiem)


def _said(
    at: str | None, hour: int, minute: int, meridiem: str | None = None
) -> Clock | Wrong | None:
    """Nine thirty, nine thirty pm."""
    if not (1 <= hour <= _NOON and 10 <= minute < _HOUR_MINUTES):
        return None
    return _time(hour, minute, "english", meridiem)


def _military(at: str | None, digits: str) -> Clock | Wrong | None:
    """0900, 1430 hours."""
    if len(digits) != 4:
        return None
    return _time(int(digits[:2]), int(digits[2:]), "exact")


def _leading_zero(digits: str) -> Clock | Wrong | None:
    return _military(None, digits) if digits[0] == "0" else None


def _plain(at: str, digits: str) -> Clock | Wrong | None:
    """At 7; at 07, as it stands."""
    if len(digits) > 2:
        return None
    padded = len(digits) == 2 and digits[0] == "0"
    return _time(int(digits), 0, "exact" if padded else _style(at))


def _bare(digits: str) -> Clock | Wrong | None:
    return _time(int(digits), 0, "either", bare=True) if len(digits) <= 2 else None


def _with_part(at: str | None, hour: int, name: Part) -> Clock | Wrong | None:
    """7 in the evening."""
    return _in_part(_time(hour, 0, _style(at)), name)


def _digital_with_part(at: str | None, hour: str, minute: str, name: Part) -> Clock | Wrong | None:
    return _in_part(_digital(at, hour, minute), name)


def _in_part(found: Clock | Wrong | None, name: Part) -> Clock | Wrong | None:
    return replace(found, part=name) if isinstance(found, Clock) else found


def _twelve(_: str | None, twelve: int, hour: str) -> Clock | None:
    """12 noon."""
    return Clock(int(hour)) if twelve == _NOON and hour in ("0", "12") else None


def _fixed_past(_: str | None, hour: str, minute: int) -> Clock | None:
    """Midi trente."""
    return Clock(int(hour), minute) if 0 < minute < _HOUR_MINUTES else None


HOURS: Grammar = {
    "number": (("digits", int), ("numeral", int)),
    "spoken": (("numeral", int),),
    "two_digits": (("digits", _two_digits),),
    "quarters": (("QUARTER", lambda: 15), ("spoken", int), ("number MINUTES", int)),
    "lead": (("at", str), ("AT_SIGN", lambda: "en"), ("at AT_SIGN", str)),
    "clock": (
        ("lead? digits COLON digits meridiem?", _digital),
        ("lead? digits COLON digits H", lambda _, hour, minute: _digital("fr", hour, minute)),
        ("lead? digits COLON digits HOURS", _digital),
        ("lead? digits COLON digits COLON digits", _with_seconds),
        ("lead? digits COLON digits in_part", _digital_with_part),
        ("T digits COLON digits", lambda hour, minute: _digital("fr", hour, minute)),
        ("lead? digits DOT digits meridiem", _digital),
        ("lead digits DOT digits", _digital),
        ("lead? number meridiem", _meridiem),
        ("lead? spoken spoken meridiem", _said),
        ("lead? number H two_digits MINUTES?", _heures),
        ("lead? number H spoken MINUTES?", _heures),
        ("lead? number H", _heures),
        ("lead? number H A_HALF", lambda at, hour: _heures(at, hour, 30)),
        ("lead? number H A_QUARTER", lambda at, hour: _heures(at, hour, 15)),
        ("lead? number H LESS_A_QUARTER", lambda _, hour: _before(hour, 15, "french", None)),
        ("lead? number H LESS number", lambda _, hour, less: _before(hour, less, "french", None)),
        ("lead? number H in_part", lambda _, hour, name: _with_part("fr", hour, name)),
        ("lead? number H part", lambda _, hour, name: _with_part("fr", hour, name)),
        ("lead? HALF PAST number meridiem?", lambda at, *rest: _past(at, 30, *rest)),
        ("lead? quarters PAST number meridiem?", _past),
        ("lead? quarters BEFORE number meridiem?", _to),
        ("lead? spoken spoken", _said),
        ("lead? number OCLOCK", lambda _, hour: _time(hour, 0, "english")),
        ("lead? number OCLOCK meridiem", _meridiem),
        ("lead? number OCLOCK in_part", _with_part),
        ("lead? number in_part", _with_part),
        ("lead digits", _plain),
        ("lead spoken", lambda at, hour: _time(hour, 0, "english") if at == "en" else None),
        ("lead digits HOURS?", _military),
        ("digits HOURS", lambda digits: _military(None, digits)),
        ("digits", _leading_zero),
        ("digits", _bare),
        ("lead? fixed", lambda _, hour: Clock(int(hour))),
        ("lead? midi", lambda _, hour: Clock(int(hour))),
        ("lead? number fixed", _twelve),
        ("lead? midi two_digits", _fixed_past),
        ("lead? midi spoken", _fixed_past),
        ("lead? midi A_HALF", lambda at, hour: _fixed_past(at, hour, 30)),
        ("lead? midi A_QUARTER", lambda at, hour: _fixed_past(at, hour, 15)),
    ),
    "part_of_day": (
        ("part", PartOfDay),
        ("in_part", PartOfDay),
        ("parts", lambda name: PartOfDay(name, habit=True)),
        ("ON part", PartOfDay),
        ("this_part", lambda name: PartOfDay(name, of_today=True)),
    ),
}

"""How a day is said: today, Friday, the first Monday of May, May 3, in two weeks."""

from bot.schedule.grammar import Grammar
from bot.schedule.pieces import (
    After,
    Calendar,
    Days,
    Nth,
    Relative,
    Start,
    Week,
    Wrong,
    possible,
)

WORKDAYS = (0, 1, 2, 3, 4)
WEEKEND = (5, 6)
_WEEK = 7
_LAST_ORDINAL = 4
_MONTHS = 12
_LONGEST_MONTH = 31

Amounts = tuple[tuple[int, str], ...]


def _ordered(days: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(set(days)))


def _range(first: str, last: str) -> Days | None:
    """Monday to Thursday; Friday to Monday goes over the end of the week."""
    length = (int(last) - int(first)) % _WEEK
    days = tuple((int(first) + step) % _WEEK for step in range(length + 1))
    return Days(_ordered(days), habit=True) if length else None


def _joined(first: Days, rest: Days) -> Days | None:
    """Several days; the same one twice is none."""
    if set(first.days) & set(rest.days):
        return None
    return Days(_ordered((*first.days, *rest.days)), first.habit or rest.habit)


def _on(days: Days, which: str = "") -> Days | None:
    """One day, such as the next Monday."""
    if len(days.days) != 1 or days.habit:
        return None
    match which:
        case "this" | "next" | "next week" | "this week" | "in a week":
            return Days(days.days, which=which)
    return None


def _habit(days: Days) -> Days:
    return Days(days.days, habit=True)


def _in(amounts: Amounts) -> After | Wrong:
    if any(number == 0 for number, _ in amounts) or any(unit == "second" for _, unit in amounts):
        return Wrong("interval")
    return After(amounts)


def _from(amounts: Amounts, base: Relative | Days) -> After | Wrong | None:
    if isinstance(base, Days) and (len(base.days) != 1 or base.habit):
        return None
    if any(unit in ("minute", "hour") for _, unit in amounts):
        return Wrong("date")
    return After(amounts, base)


def _hours_and_minutes(hours: str, minutes: str) -> Amounts | None:
    return ((int(hours), "hour"), (int(minutes), "minute")) if len(minutes) == 2 else None


def _and_a_half(number: int, unit: str) -> Amounts | None:
    """An hour and a half."""
    return ((number, "hour"), (30, "minute")) if unit == "hour" else None


def _both(number: int, unit: str, less: int, smaller: str) -> Amounts | None:
    """1 hour and 30 minutes."""
    larger_first = (unit, smaller) in (("hour", "minute"), ("week", "day"), ("day", "hour"))
    return ((number, unit), (less, smaller)) if larger_first else None


def calendar(
    day: int, month: str | int, year: int | None = None, weekday: str | None = None
) -> Calendar | Wrong:
    """A date, if there is such a one."""
    if not 1 <= int(month) <= _MONTHS or not possible(day, int(month)):
        return Wrong("date")
    return Calendar(day, int(month), year, None if weekday is None else int(weekday))


def _month_first(weekday: str | None, month: str, day: int, year: int | None) -> Calendar | Wrong:
    return calendar(day, month, year, weekday)


def _day_first(weekday: str | None, day: int, month: str, year: int | None) -> Calendar | Wrong:
    return calendar(day, month, year, weekday)


def _iso(year: str, month: str, day: str) -> Calendar | Wrong | None:
    if len(year) != 4 or len(month) != 2 or len(day) != 2:
        return None
    return calendar(int(day), int(month), int(year))


def _slashed(one: str, two: str, year: int | None = None) -> Calendar | Wrong | None:
    """Day and month in whatever order makes a date; both do: it is asked."""
    if len(one) > 2 or len(two) > 2:
        return None
    first, second = int(one), int(two)
    found = calendar(second, first, year)
    other = calendar(first, second, year)
    if isinstance(found, Wrong) or isinstance(other, Wrong) or found == other:
        return other if isinstance(found, Wrong) else found
    return Calendar(second, first, year, either=True)


def _day_of_month(day: int, weekday: str | None = None) -> Calendar | Wrong:
    if not 1 <= day <= _LONGEST_MONTH:
        return Wrong("date")
    return Calendar(day, weekday=None if weekday is None else int(weekday))


def _next_month(day: int) -> Calendar | Wrong:
    return Calendar(day, next_month=True) if 1 <= day <= _LONGEST_MONTH else Wrong("date")


def nth(ordinal: int, days: Days, month: str | None = None, year: int | None = None) -> Nth | Wrong:
    """The first Monday, perhaps of a month."""
    if ordinal > _LAST_ORDINAL:
        return Wrong("date")
    return Nth(ordinal, days.days, None if month is None else int(month), year)


def _nth_next_month(ordinal: int, days: Days) -> Nth | Wrong:
    found = nth(ordinal, days)
    return found if isinstance(found, Wrong) else Nth(ordinal, days.days, next_month=True)


def _year(digits: str) -> int | None:
    return int(digits) if len(digits) == 4 and "1900" <= digits <= "2299" else None


def _nth_digits(digits: str) -> int | None:
    return int(digits) if len(digits) <= 2 else None


DAYS: Grammar = {
    # numbers
    "year": (("digits", _year),),
    "short": (("digits", _nth_digits),),
    "ordinal": (("short SUFFIX", int), ("ordinal_word", int)),
    "day": (("ordinal", int), ("short", int), ("numeral", int)),
    "count": (("number", int), ("article", int)),
    # days of the week
    "day_name": (("weekday", str), ("weekdays", str)),
    "weekday_word": (
        ("weekday", lambda day: Days((int(day),))),
        ("weekdays", lambda day: Days((int(day),), habit=True)),
    ),
    "day_item": (
        ("weekday_word", lambda days: days),
        ("FROM? day_name TO day_name", _range),
        ("FROM? day_name DASH day_name", _range),
        ("workday", lambda _: Days(WORKDAYS)),
        ("workdays", lambda _: Days(WORKDAYS, habit=True)),
        ("weekend", lambda _: Days(WEEKEND)),
        ("weekends", lambda _: Days(WEEKEND, habit=True)),
    ),
    "days": (
        ("day_item", lambda days: days),
        ("day_item days", _joined),
        ("day_item COMMA days", _joined),
        ("day_item COMMA? AND ON? LE? days", _joined),
        ("day_item COMMA LE days", _joined),
        ("day_item SLASH days", _joined),
    ),
    "one_day": (("weekday_word", lambda days: days),),
    "week_days": (
        ("ON? days", lambda days: days),
        ("ON? LE days", _habit),
        ("ON? LES days", _habit),
        ("ON THE days", _habit),
        ("ON? THE? NEXT one_day", lambda days: _on(days, "next")),
        ("LE? one_day PROCHAIN", lambda days: _on(days, "next")),
        ("ON? THIS one_day", lambda days: _on(days, "this")),
        ("ON? one_day COMMA? THE? NEXT_WEEK", lambda days: _on(days, "next week")),
        ("ON? one_day OF NEXT_WEEK", lambda days: _on(days, "next week")),
        ("LE one_day NEXT_WEEK", lambda days: _on(days, "next week")),
        ("NEXT_WEEK COMMA? ON? LE? one_day", lambda days: _on(days, "next week")),
        ("ON? one_day THIS_WEEK", lambda days: _on(days, "this week")),
        ("THIS_WEEK ON? one_day", lambda days: _on(days, "this week")),
        ("one_day EN_HUIT", lambda days: _on(days, "in a week")),
    ),
    "past_day": (
        ("LAST one_day", lambda days: Wrong("past") if not days.habit else None),
        ("LE? one_day DERNIER", lambda days: Wrong("past")),
        ("amounts AGO", lambda amounts: Wrong("past")),
        ("IL_Y_A amounts", lambda amounts: Wrong("past")),
    ),
    # lengths of time
    "amounts": (
        ("count unit", lambda number, unit: ((number, unit),)),
        ("minutes", lambda minutes: ((int(minutes), "minute"),)),
        ("count unit A_HALF", _and_a_half),
        ("count A_HALF unit", _and_a_half),
        ("count unit A_QUARTER", lambda number, unit: _both(number, unit, 15, "minute")),
        ("count unit AND? count unit", _both),
        ("count unit AND minutes", lambda n, unit, less: _both(n, unit, int(less), "minute")),
        ("digits H digits", _hours_and_minutes),
        ("spoken H spoken", lambda hours, minutes: ((hours, "hour"), (minutes, "minute"))),
    ),
    "after": (
        ("IN amounts", _in),
        ("amounts FROM_NOW", _in),
        ("amounts FROM relative", lambda amounts, days: _from(amounts, Relative(int(days)))),
        ("amounts FROM NEXT? one_day", _from),
    ),
    # dates
    "date": (
        ("ON? weekday? COMMA? month THE? day COMMA? year?", _month_first),
        ("ON? weekday? COMMA? THE? day OF? month COMMA? year?", _day_first),
        ("ON? LE weekday day month year?", _day_first),
        ("digits DASH digits DASH digits", _iso),
        ("ON? THE? digits DASH digits DASH digits", _iso),
        ("ON? THE? digits SLASH digits", _slashed),
        ("ON? THE? digits SLASH digits SLASH year", _slashed),
        ("ON? THE? digits DASH digits DASH year", _slashed),
        ("year SLASH digits SLASH digits", lambda y, m, d: calendar(int(d), int(m), y)),
        ("ON? unit short", lambda unit, day: _day_of_month(day) if unit == "day" else None),
        ("ON? THE? short SUFFIX", _day_of_month),
        ("ON THE ordinal_word", lambda day: _day_of_month(int(day))),
        ("ON? LE short", _day_of_month),
        ("ON? LE weekday day", lambda weekday, day: _day_of_month(day, weekday)),
        ("ON? weekday COMMA? THE ordinal", lambda weekday, day: _day_of_month(day, weekday)),
        ("weekday LE short", lambda weekday, day: _day_of_month(day, weekday)),
        ("ON? THE ordinal NEXT_MONTH", _next_month),
        ("ON? LE short NEXT_MONTH", _next_month),
        ("NEXT_MONTH COMMA? ON? THE ordinal", _next_month),
        ("NEXT_MONTH COMMA? LE short", _next_month),
    ),
    "nth": (
        ("ON? THE? ordinal days", nth),
        ("ON? THE? ordinal days OF? month year?", nth),
        ("ON? THE? ordinal days WITHIN month year?", nth),
        ("ON? THE? ordinal days NEXT_MONTH", _nth_next_month),
        ("NEXT_MONTH COMMA? ON? THE? ordinal days", _nth_next_month),
    ),
    "relative_day": (
        ("relative", lambda days: Relative(int(days)) if int(days) >= 0 else Wrong("past")),
    ),
    "start": (
        ("STARTING relative_day", lambda day: day if isinstance(day, Wrong) else Start(day)),
        ("STARTING week_days", lambda day: Start(day) if len(day.days) == 1 else None),
        ("STARTING date", lambda day: day if isinstance(day, Wrong) else Start(day)),
        ("STARTING nth", lambda day: day if isinstance(day, Wrong) else Start(day)),
        ("STARTING after", lambda day: day if isinstance(day, Wrong) else Start(day)),
        ("STARTING THE? NEXT_WEEK", lambda: Start(Week())),
    ),
    "week": (("NEXT_WEEK", Week),),
    "limits": (
        ("UNTIL date", lambda _: Wrong("limits")),
        ("UNTIL week_days", lambda _: Wrong("limits")),
        ("UNTIL THE? month", lambda _: Wrong("limits")),
        ("UNTIL amounts", lambda _: Wrong("limits")),
        ("EXCEPT days", lambda _: Wrong("limits")),
        ("EXCEPT ON? date", lambda _: Wrong("limits")),
        ("UNTIL relative", lambda _: Wrong("limits")),
    ),
}

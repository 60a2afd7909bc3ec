"""A recurrence or an instant said back, in words that are understood as the same again."""

from dataclasses import replace
from datetime import date, datetime

from bot.messages import Language
from bot.schedule.recurrence import Recurrence, next_occurrence
from bot.schedule.understood import Once, Recurring
from bot.schedule.zones import place

_DAYS: dict[Language, dict[str, str]] = {
    "en": dict(
        mon="Monday",
        tue="Tuesday",
        wed="Wednesday",
        thu="Thursday",
        fri="Friday",
        sat="Saturday",
        sun="Sunday",
    ),
    "fr": dict(
        mon="lundi",
        tue="mardi",
        wed="mercredi",
        thu="jeudi",
        fri="vendredi",
        sat="samedi",
        sun="dimanche",
    ),
}
_WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
_MONTHS: dict[Language, list[str]] = {
    "en": """January February March April May June July August September October November
        December""".split(),
    "fr": """janvier février mars avril mai juin juillet août septembre octobre novembre
        décembre""".split(),
}
_ORDINALS: dict[Language, dict[int, str]] = {
    "en": {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"},
    "fr": {1: "premier", 2: "deuxième", 3: "troisième", 4: "quatrième", -1: "dernier"},
}


def say(understood: Recurring | Once, language: Language, now: datetime) -> str:
    """The weekday, date, time and zone of what was understood."""
    where = place(understood.zone, language)
    match understood:
        case Once(at):
            return f"{say_date(at.date(), language)}{_at(at.hour, at.minute, language)} ({where})"
        case Recurring(recurrence, zone):
            said = f"{say_rule(recurrence, language)} ({where})"
            if not _counts_from_now(recurrence, zone, now):
                from_ = "à partir du" if language == "fr" else "starting"
                said += f", {from_} {say_date(recurrence.start, language)}"
            return said


def say_rule(recurrence: Recurrence, language: Language) -> str:
    """When a recurrence happens, without zone and start: "every second Friday at 12:00"."""
    rule = _rule_in_french if language == "fr" else _rule_in_english
    return rule(recurrence) + _at(recurrence.hour, recurrence.minute, language)


def say_date(day: date, language: Language) -> str:
    """A date with its weekday: "Friday 13 March 2026"."""
    weekday = list(_DAYS[language].values())[day.weekday()]
    number = "1er" if day.day == 1 and language == "fr" else str(day.day)
    return f"{weekday} {number} {_MONTHS[language][day.month - 1]} {day.year}"


def _counts_from_now(recurrence: Recurrence, zone: str, now: datetime) -> bool:
    """Whether the start goes without saying."""
    if recurrence.interval > 1:
        return False
    met = next_occurrence(recurrence, zone, now)
    earlier = next_occurrence(_from_the_beginning(recurrence), zone, now)
    return met == earlier


def _from_the_beginning(recurrence: Recurrence) -> Recurrence:
    return replace(recurrence, start=date(1970, 1, 1))


def _at(hour: int, minute: int, language: Language) -> str:
    if language == "en":
        return f" at {hour:02}:{minute:02}"
    return f" à {hour} h {minute:02}" if minute else f" à {hour} h"


def _rule_in_english(recurrence: Recurrence) -> str:
    interval = recurrence.interval
    days = _and([_DAYS["en"][day] for day in recurrence.weekdays], "and")
    match recurrence.freq:
        case "daily":
            return "every day" if interval == 1 else f"every {interval} days"
        case "weekly":
            days = "weekday" if recurrence.weekdays == _WORKDAYS else days
            if interval == 1:
                return f"every {days}"
            if interval == 2 and days != "weekday":
                return f"every second {days}"
            days = days.replace("weekday", "weekdays")
            return f"every {interval} weeks on {days}"
        case "monthly":
            months = "of the month" if interval == 1 else f"every {interval} months"
            if recurrence.monthday == -1:
                return f"the last day {months}" if interval == 1 else f"{months} on the last day"
            if recurrence.monthday is not None:
                day = f"the {recurrence.monthday}{_suffix(recurrence.monthday)}"
            else:
                assert recurrence.ordinal is not None
                days = "weekday" if recurrence.weekdays == _WORKDAYS else days
                day = f"the {_ORDINALS['en'][recurrence.ordinal]} {days}"
            return f"{day} {months}" if interval == 1 else f"{months} on {day}"


def _rule_in_french(recurrence: Recurrence) -> str:
    interval = recurrence.interval
    days = [_DAYS["fr"][day] for day in recurrence.weekdays]
    whole = recurrence.weekdays == _WORKDAYS
    match recurrence.freq:
        case "daily":
            return "tous les jours" if interval == 1 else f"tous les {interval} jours"
        case "weekly":
            if interval == 1:
                return "du lundi au vendredi" if whole else f"tous les {_and_plural(days)}"
            if interval == 2 and len(days) == 1:
                return f"un {days[0]} sur deux"
            each = "du lundi au vendredi" if whole else _and([f"le {day}" for day in days], "et")
            return f"toutes les {interval} semaines {each}"
        case "monthly":
            months = "du mois" if interval == 1 else f"tous les {interval} mois"
            if recurrence.monthday == -1:
                day = "le dernier jour"
            elif recurrence.monthday is not None:
                day = "le 1er" if recurrence.monthday == 1 else f"le {recurrence.monthday}"
            else:
                assert recurrence.ordinal is not None
                name = "jour ouvrable" if whole else days[0]
                day = f"le {_ORDINALS['fr'][recurrence.ordinal]} {name}"
            return f"{day} {months}" if interval == 1 else f"{months} {day}"


def _and_plural(days: list[str]) -> str:
    return _and([f"{day}s" for day in days], "et")


def _and(words: list[str], word: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {word} {words[-1]}"


def _suffix(number: int) -> str:
    if number in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")

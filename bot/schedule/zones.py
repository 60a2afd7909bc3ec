"""Time zones by the names that people give them: a city, an abbreviation, "heure de l'Est"."""

import re
from collections.abc import Mapping
from functools import cache
from zoneinfo import available_timezones

from bot.messages import Language
from bot.schedule.tokens import words
from bot.schedule.zone_names import (
    CITIES,
    IN_ENGLISH,
    IN_FRENCH,
    NOT_CITIES,
    REGIONS,
    SEASONS,
)

Words = tuple[str, ...]

_REGIONS_OF_THE_WORLD = {
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
}
_PLAIN = ("UTC", "GMT")
_OF_THE_HOUR = ("time", "standard time", "daylight time", "timezone", "time zone")
_BEFORE = ("heure de l'", "heure de la", "heure de", "heure d'", "heure du", "heure des")


def zone(name: str) -> str | None:
    """The zone of a name by itself ("Montréal", "ET", "heure du Pacifique"); None if unknown."""
    if (spelled := name.strip().casefold()) in official():
        return official()[spelled]
    said = words(re.sub(r"[_/()]", " ", name))
    for phrase in sorted((words(before) for before in _BEFORE), key=len, reverse=True):
        if said[: len(phrase)] == phrase and said[len(phrase) :] in names():
            return names()[said[len(phrase) :]]
    for phrase in sorted((words(after) for after in _OF_THE_HOUR), key=len, reverse=True):
        if said[-len(phrase) :] == phrase and said[: -len(phrase)] in names():
            return names()[said[: -len(phrase)]]
    return names().get(said)


@cache
def available_zones() -> frozenset[str]:
    """The official names that the zone data knows, without abbreviations that are zones too."""
    return frozenset(name for name in available_timezones() if "/" in name or name in _PLAIN)


@cache
def official() -> Mapping[str, str]:
    """The official names by their small letters."""
    return {name.casefold(): name for name in available_zones()}


@cache
def names() -> Mapping[Words, str]:
    """Every name of a zone, word by word."""
    found: dict[Words, str] = {}
    for full in sorted(available_zones()):
        region, *places = full.split("/")
        if region not in _REGIONS_OF_THE_WORLD or not places:
            continue
        city = words(places[-1].replace("_", " "))
        if city not in {(word,) for word in NOT_CITIES}:
            found.setdefault(city, full)
    found.update((words(name), full) for name, full in _listed(CITIES))
    for name, full in _listed(REGIONS):
        found[words(name)] = full
        for season in SEASONS:
            for of in ("de l'", "de", "du", "des"):
                found[words(f"heure {season} {of} {name}")] = full
    return {name: full for name, full in found.items() if full in available_zones()}


def place(zone: str, language: Language) -> str:
    """What people call a zone, such as "Toronto"; the official name where nothing else is sure."""
    own = {full: name for name, full in _listed(IN_FRENCH if language == "fr" else IN_ENGLISH)}
    city = own.get(zone) or zone.rpartition("/")[2].replace("_", " ")
    return city if names().get(words(city)) == zone else zone


def _listed(table: str) -> list[tuple[str, str]]:
    """The (name, zone) pairs of a table."""
    found = []
    full = ""
    for part in re.split(r"[,\n]", table):
        head, colon, name = part.strip().rpartition(": ")
        full = head if colon else full
        if name:
            found.append((name, full))
    return found

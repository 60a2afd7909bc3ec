"""Knowledge bases that nobody would write: texts as long, or as hostile, as the check allows."""

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Any

from bot.knowledge import Knowledge
from bot.knowledge.check import Finding, findings
from bot.knowledge.library import build, dump

LIMITS = {"name": 60, "title": 58, "label": 70}
PARAGRAPH = 900
WORD = 44
"""Letters of a word: a tip may have few words and many letters."""

_KINDS = set("topics glossary tips scenarios checklists trees facts resources".split())

Write = Callable[[int, int], str]
"""From a number that no other text has, and the most letters there may be, to a text."""


def at_the_limits(knowledge: Knowledge, letters: str, more: int = 0) -> Knowledge:
    """Every text is made of these letters, as long as it may be and `more`."""

    def write(number: int, most: int) -> str:
        word = (letters * WORD)[:WORD]
        text = f"{number} {' '.join([word] * (most // WORD))}"
        length = most + more
        return text[:length].rstrip().ljust(length, letters[0])

    return written(knowledge, write)


def hostile(knowledge: Knowledge, markup: Sequence[str]) -> Knowledge:
    """Every text has something in it that comes alive somewhere; a name stays on its line."""

    def write(number: int, most: int) -> str:
        text = f"{number} {markup[number % len(markup)]} end"
        return text if most == PARAGRAPH else " ".join(text.split())

    return written(knowledge, write)


def written(knowledge: Knowledge, write: Write) -> Knowledge:
    """The same entries with other texts."""
    numbers = count(1)
    values = dump(knowledge)
    for kind in _KINDS:
        values[kind] = {
            entry_id: _other(entry, "", write, numbers) for entry_id, entry in values[kind].items()
        }
    return build(values)


def refused(knowledge: Knowledge) -> list[Finding]:
    """What the check has against the entries."""
    known = {kind: set(getattr(knowledge, kind)) for kind in (*_KINDS, "sources")}
    found = findings(knowledge, known, {})
    return [one for one in found if one.severity == "error" and one.kind != "interface"]


def _other(value: Any, name: str, write: Write, numbers: Iterator[int]) -> Any:
    match value:
        case {"en": str()}:
            most = LIMITS.get(name, PARAGRAPH)
            return {language: write(next(numbers), most) for language in value}
        case dict():
            return {key: _other(inner, key, write, numbers) for key, inner in value.items()}
        case tuple() | list():
            return [_other(inner, name, write, numbers) for inner in value]
    return value

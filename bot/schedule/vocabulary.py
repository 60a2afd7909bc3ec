"""Every word of time in both languages, and what it may stand for in a phrase."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from bot.messages import Language
from bot.schedule import english, french
from bot.schedule.tokens import words

MARKS = """
COLON: :
DOT: .
COMMA: ,
DASH: -, –, —
SLASH: /
OPEN: (
CLOSE: )
AT_SIGN: @
AND: &, +
T: t
"""


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One thing a word or a few of them may stand for."""

    kind: str
    value: str


@cache
def lexicon() -> Mapping[tuple[str, ...], tuple[Lexeme, ...]]:
    """What every word, or group of words, may stand for."""
    found: dict[tuple[str, ...], dict[Lexeme, None]] = defaultdict(dict)
    for table in (_MARKED, _ENGLISH, _FRENCH):
        for phrase, lexeme in table:
            found[phrase][lexeme] = None
    return {phrase: tuple(lexemes) for phrase, lexemes in found.items()}


@cache
def longest() -> int:
    """How many words the longest group has."""
    return max(map(len, lexicon()))


@cache
def known() -> frozenset[str]:
    """Every single word that is part of the vocabulary."""
    return frozenset(word for phrase in lexicon() for word in phrase)


@cache
def own_words() -> Mapping[Language, frozenset[str]]:
    """The words that tell one language from the other."""
    spoken = frozenset(word for phrase, _ in _ENGLISH for word in phrase)
    parle = frozenset(word for phrase, _ in _FRENCH for word in phrase)
    return {"en": spoken - parle, "fr": parle - spoken}


@cache
def keywords() -> frozenset[str]:
    """The words that a misspelt one may have been meant to be."""
    return frozenset(
        word for phrase, _ in (*_ENGLISH, *_FRENCH) for word in phrase if len(word) >= 4
    )


Entry = tuple[tuple[str, ...], Lexeme]


def _entries(text: str) -> Iterator[Entry]:
    for line in text.strip().splitlines():
        if not line:
            continue
        head, _, listed = line.partition(": ")
        kind, _, value = head.partition(" ")
        for phrase in listed.split(", ") if listed != "," else [","]:
            yield words(phrase), Lexeme(kind, value)


def _numbers(kind: str, table: Mapping[int, tuple[str, ...]]) -> list[Entry]:
    return [
        (words(phrase), Lexeme(kind, str(number)))
        for number, phrases in table.items()
        for phrase in phrases
    ]


_MARKED = list(_entries(MARKS))
_ENGLISH = [
    *_entries(english.ENGLISH),
    *_numbers("numeral", english.numerals()),
    *_numbers("ordinal_word", english.ordinals()),
]
_FRENCH = [
    *_entries(french.FRENCH),
    *_numbers("numeral", french.numerals()),
    *_numbers("ordinal_word", french.ordinals()),
]

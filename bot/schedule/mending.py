"""What a misspelt word of time was most likely meant to be."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.schedule import zones
from bot.schedule.tokens import Token
from bot.schedule.understood import Mended
from bot.schedule.vocabulary import keywords, known

_SHORTEST = 4
"""A shorter word has too many neighbours for a guess."""
_LONG = 8
"""From here on two slips are one word still."""
_MOST_STRANGERS = 2
_MOST_MEANINGS = 6


def strangers(tokens: Sequence[Token]) -> list[int]:
    """The places of the words that no phrase of time has."""
    return [
        place
        for place, token in enumerate(tokens)
        if not token.text.isdecimal() and token.text not in _all_words()
    ]


def mended(
    tokens: Sequence[Token], text: str
) -> Iterator[tuple[tuple[Token, ...], tuple[Mended, ...]]]:
    """The tokens with every stranger replaced by a word near to it, in every way there is."""
    places = strangers(tokens)
    if not 1 <= len(places) <= _MOST_STRANGERS:
        return
    meanings = [near(tokens[place].text) for place in places]
    for meant in product(*meanings):
        found = list(tokens)
        for place, word in zip(places, meant, strict=True):
            found[place] = replace(tokens[place], text=word)
        said = (text[tokens[place].start : tokens[place].end] for place in places)
        yield tuple(found), tuple(Mended(*both) for both in zip(said, meant, strict=True))


def near(word: str) -> list[str]:
    """The words nearest to a misspelt one; its first letter is trusted."""
    if len(word) < _SHORTEST or not word.isalpha():
        return []
    found = [
        (meant, distance)
        for meant, distance, _ in process.extract(
            word, _by_letter().get(word[0], ()), scorer=OSA.distance, score_cutoff=2, limit=None
        )
        if distance <= 1 or max(len(word), len(meant)) >= _LONG
    ]
    least = min((distance for _, distance in found), default=0)
    return sorted(meant for meant, distance in found if distance == least)[:_MOST_MEANINGS]


@cache
def _all_words() -> frozenset[str]:
    return known() | frozenset(word for name in zones.names() for word in name)


@cache
def _by_letter() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in sorted(keywords()):
        found.setdefault(word[0], []).append(word)
    return found

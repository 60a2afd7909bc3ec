"""Known words that a misspelt one may have meant."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST = 4
"""A shorter word has too many neighbours for a guess."""


def by_length(words: Iterable[str]) -> Mapping[int, Sequence[str]]:
    """Words by length, sorted so that a tie always ends the same way."""
    found: dict[int, list[str]] = defaultdict(list)
    for word in sorted(words):
        found[len(word)].append(word)
    return found


def by_start(words: Iterable[str]) -> Mapping[tuple[str, int], Sequence[str]]:
    """The same by first letter and length: few to compare with, so quick."""
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for word in sorted(words):
        if len(word) >= _SHORTEST:
            found[word[0], len(word)].append(word)
    return found


def near(words: Sequence[str], word: str, slips: int) -> list[tuple[str, int]]:
    """Words at most so many slips away, nearest first; two letters swapped are one slip."""
    found = process.extract(word, words, scorer=OSA.distance, score_cutoff=slips, limit=5)
    return [(candidate, int(distance)) for candidate, distance, _ in found]


def nearest(words: Mapping[tuple[str, int], Sequence[str]], word: str) -> str | None:
    """The word that a misspelt one most likely was meant to be; its first letter is trusted."""
    if len(word) < _SHORTEST:
        return None
    slips = 1 if len(word) < 8 else 2
    found = [
        (distance, abs(length - len(word)), candidate)
        for length in range(len(word) - slips, len(word) + slips + 1)
        for candidate, distance in near(words.get((word[0], length), ()), word, slips)
    ]
    return min(found)[2] if found else None

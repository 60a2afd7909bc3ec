"""What entries are about: their phrases and texts, weighed word by word.

Every further phrase with the same word counts less, and rare words count more (as in BM25).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import fsum, log, sqrt

from bot.matching.lexicon import Lexicon, folded, stems
from bot.matching.spelling import by_start

# How much the kinds of keys tell: a group of synonyms, a word of no group, the very word of a
# group, a filler ("where are you really from" has little else).
_KIND = {"=": 1.0, "-": 1.0, "~": 0.3, ".": 0.5}
# Rare keys tell more, though not quite as much more as their logarithm has it.
_RARITY = 0.8
# A word of an entry's text, beside one of its phrases.
_TEXT = 0.5
# How fast a second and third phrase with the same word add to the first.
_SATURATION = 2.0
# How much the length of an entry takes away from each of its words.
_LENGTH = 0.75


@dataclass(frozen=True, slots=True, eq=False)
class Descriptions:
    """Look-up tables. Entries are numbers in here."""

    phrases: Sequence[Sequence[tuple[tuple[str, ...], float]]]
    """Entry -> the keys of each phrase, each once, with their length as a vector."""
    told: Mapping[str, Mapping[int, float]]
    """Key -> entries that have it, with how well they do."""
    weight: Mapping[str, float]
    """Key -> how much it tells."""
    heaviest: float
    """What a key would tell that no entry has."""
    words: frozenset[str]
    """All words of the entries."""
    spelled: Mapping[tuple[str, int], Sequence[str]]
    """All words that are known, for what is misspelt."""

    def weigh(self, key: str) -> float:
        """How much a key tells."""
        return self.weight.get(key) or self.heaviest * _KIND[key[0]]


def describe(lexicon: Lexicon, described: Sequence[tuple[Sequence[str], str]]) -> Descriptions:
    """The tables for the phrases and the text of each entry."""
    texts = [text for own, text in described for text in (*own, text)]
    tokens = dict.fromkeys(chain.from_iterable(map(str.split, texts)))
    words = dict(zip(tokens, map(folded, tokens), strict=True))
    roots = stems(dict.fromkeys(" ".join(words.values()).split()))
    keys = {
        token: tuple(key for word in own.split() for key in lexicon.keys(word, roots[word]))
        for token, own in words.items()
    }

    def keys_of(text: str) -> frozenset[str]:
        return frozenset(chain.from_iterable(map(keys.__getitem__, text.split())))

    phrases = [list(map(keys_of, own)) for own, _ in described]
    in_texts = [keys_of(text) for _, text in described]
    counts = [Counter(chain.from_iterable(own)) for own in phrases]
    weight = _weights(counts, in_texts)
    square = {key: value**2 for key, value in weight.items()}
    return Descriptions(
        phrases=[
            [
                (tuple(phrase), sqrt(fsum(map(square.__getitem__, phrase))))
                for phrase in own
                if phrase
            ]
            for own in phrases
        ],
        told=_told(counts, in_texts),
        weight=weight,
        heaviest=log(1 + len(described)) ** _RARITY,
        words=frozenset(roots),
        spelled=by_start(roots.keys() | lexicon.filler | lexicon.groups.keys()),
    )


def _weights(
    counts: Sequence[Mapping[str, int]], in_texts: Sequence[frozenset[str]]
) -> Mapping[str, float]:
    """How much each key tells: the fewer entries have it, the more."""
    having: dict[str, float] = dict(Counter(chain.from_iterable(counts)))
    for count, in_text in zip(counts, in_texts, strict=True):
        for key in in_text - count.keys():
            having[key] = having.get(key, 0.0) + _TEXT
    return {
        key: _KIND[key[0]] * log(1 + len(counts) / share) ** _RARITY
        for key, share in having.items()
    }


def _told(
    counts: Sequence[Mapping[str, int]], in_texts: Sequence[frozenset[str]]
) -> Mapping[str, Mapping[int, float]]:
    """What each entry makes of each key that it has."""
    lengths = [
        sum(count.values()) + _TEXT * len(in_text)
        for count, in_text in zip(counts, in_texts, strict=True)
    ]
    average = sum(lengths) / len(lengths) if any(lengths) else 1.0
    told: dict[str, dict[int, float]] = defaultdict(dict)
    for entry, (count, in_text) in enumerate(zip(counts, in_texts, strict=True)):
        values: dict[str, float] = {**dict.fromkeys(in_text, _TEXT), **count}
        for key in in_text & count.keys():
            values[key] += _TEXT
        drag = _SATURATION * (1 - _LENGTH + _LENGTH * lengths[entry] / average)
        share = {
            value: value * (_SATURATION + 1) / (value + drag) for value in set(values.values())
        }
        for key, value in values.items():
            told[key][entry] = share[value]
    return told

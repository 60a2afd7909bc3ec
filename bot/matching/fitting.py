"""How well entries fit what a query says of them.

Two kinds of evidence are added: how much of the query an entry has, in all its phrases and its
text; and how alike the query is to the entry's closest phrase, as the angle between them. The sums
come out the same in any order, so that the same query always has the same answer.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from heapq import nlargest
from math import fsum, sqrt

from bot.matching.descriptions import Descriptions
from bot.matching.query import Word

# The two kinds of evidence, and how many of the best by the first are tried on the second.
_SHARE = 0.6
_CLOSEST = 0.4
_TRIED = 12
# A short query tells little, however well it fits.
_PRIOR = 4.0
# A word that was mended may have been another.
_MENDED = 0.7

# What it takes to be sure: the fit of the best and its lead, each word that has a place in the
# entry, and each that tells of what people do to one another, against each that is strange to it.
_NEEDED = 1.6
_FITTING = 0.1
_TELLING = 0.12
_MOST = 4
_STRANGE = 0.12
_FEWEST_WORDS = 3
# The most that a fit is worth which is not sure, and one of fewer words than that.
_UNSURE = 0.95
_FEW = 0.65


def by_description(
    descriptions: Descriptions, words: Sequence[Word], meant: Set[int]
) -> dict[int, float]:
    """How well the likeliest entries fit; from 1 on, the best is what the query is about.

    A lead over the second adds to the best. It is not sure where another one may be `meant`.
    """
    fits = _fits(descriptions, words)
    best = nlargest(2, fits, key=lambda entry: (fits[entry], -entry))
    if not best:
        return {}
    first = best[0]
    fit = 2 * fits[first] - (fits[best[1]] if len(best) > 1 else 0.0)
    if len(words) >= _FEWEST_WORDS and not meant - {first} and _is_sure(words, first, fit):
        return {**fits, first: max(1.0, fit)}
    scale = min(1.0, (_UNSURE if len(words) >= _FEWEST_WORDS else _FEW) / fit)
    return {entry: scale * (fit if entry == first else other) for entry, other in fits.items()}


def _is_sure(words: Sequence[Word], entry: int, fit: float) -> bool:
    fitting = sum(word.strange > 0 and entry in word.owners for word in words)
    telling = len({word.text for word in words if word.telling})
    strange = sum(word.strange for word in words if entry not in word.owners)
    evidence = fit + _FITTING * min(_MOST, fitting) + _TELLING * min(_MOST, telling)
    return evidence >= _NEEDED + _STRANGE * strange


def _fits(descriptions: Descriptions, words: Sequence[Word]) -> Mapping[int, float]:
    weights: dict[str, float] = {}
    for word in words:
        for key in word.keys:
            weight = descriptions.weigh(key) * (1.0 if word.real else _MENDED)
            weights[key] = max(weight, weights.get(key, 0.0))
    total = _PRIOR + fsum(weights.values())
    shares: dict[int, float] = defaultdict(float)
    for key, weight in weights.items():
        for entry, share in descriptions.told.get(key, {}).items():
            shares[entry] += weight * share / total
    squares = {key: weight**2 for key, weight in weights.items()}
    length = sqrt(_PRIOR + fsum(squares.values()))
    fits: dict[int, float] = {}
    for entry in nlargest(_TRIED, shares, key=lambda entry: (shares[entry], -entry)):
        closest = max(
            (
                fsum(squares[key] for key in phrase if key in squares) / norm
                for phrase, norm in descriptions.phrases[entry]
            ),
            default=0.0,
        )
        fits[entry] = _SHARE * shares[entry] + _CLOSEST * closest / length
    return fits

"""Finding entries: by name, however it is written, and by what somebody says of the idea."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.knowledge.folding import fold
from bot.matching.company import Named, by_name
from bot.matching.fitting import by_description
from bot.matching.index import Index
from bot.matching.mentions import unlike_places
from bot.matching.query import read

LONGEST_QUERY = 400
"""Characters that are looked at. What is longer is a story, and its start tells enough."""

# The decision: at least this sure to answer, with this much more than the next; or to suggest.
ANSWER = 0.78
MARGIN = 0.06
SUGGEST = 0.32
MOST_CHOICES = 3

# A description that fits another entry casts doubt on a name that is only mentioned; and while a
# whole name may be meant, no description of another entry is sure.
_DOUBT = 0.9
_DOUBT_FROM = 0.5
_MAY_BE_MEANT = 0.6


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry and how sure it is."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a query leads to: an answer, at most three choices, or nothing."""

    result: Literal["answer", "choices", "nothing"]
    hits: tuple[Hit, ...]
    """Best first; never empty but for nothing."""


def search(index: Index, query: str) -> Found:
    """The entries that a query means, and whether that is sure enough to answer."""
    texts = fold(query[:LONGEST_QUERY]).split()
    entry = index.names.entry(texts, index.lexicon.around)
    if entry is not None:
        return Found("answer", (Hit(index.ids[entry], 1.0),))
    unlike = unlike_places(index.names, texts)
    words = read(index.lexicon, index.descriptions, texts, unlike)
    named = by_name(index.names, index.lexicon, words)
    found = _decide(index, {entry: name.score for entry, name in named.items()})
    if found.result == "answer" and not max(named.values(), key=_score).passing:
        return found
    meant = {entry for entry, name in named.items() if name.whole and name.score > _MAY_BE_MEANT}
    described = by_description(index.descriptions, words, meant)
    return _decide(index, _weigh(named, {e: ANSWER * score for e, score in described.items()}))


def _score(name: Named) -> float:
    return name.score


def _weigh(named: Mapping[int, Named], described: Mapping[int, float]) -> dict[int, float]:
    """Both kinds of evidence as one."""
    best = max(described, key=described.__getitem__, default=None)
    doubt = _DOUBT * max(0.0, max(described.values(), default=0.0) - _DOUBT_FROM)
    scores = dict(described)
    for entry, name in named.items():
        score = name.score if entry == best else name.score * (1 - doubt * name.passing)
        # What a query says around a whole name has been weighed with the name.
        scores[entry] = score if name.whole else max(score, scores.get(entry, 0.0))
    return scores


def _decide(index: Index, scores: Mapping[int, float]) -> Found:
    """The one place where a score becomes an answer, a choice or nothing."""
    best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:MOST_CHOICES]
    hits = tuple(
        Hit(index.ids[entry], round(min(score, 1.0), 3))
        for entry, score in best
        if score >= SUGGEST
    )
    if not hits:
        return Found("nothing", ())
    runner_up = hits[1].score if len(hits) > 1 else 0.0
    if hits[0].score >= ANSWER and hits[0].score - runner_up >= MARGIN:
        return Found("answer", hits)
    return Found("choices", hits)

"""Finding entries: by name, however it is written, and by what somebody says of the idea.

Two kinds of evidence are weighed for each entry, both from 0 to 1. By name: how much of the name
is in the query, and how much of the query the entry explains; so "glass ceiling fan" is less of a
glass ceiling than "glass ceiling" is. By description: how close the query comes to one of the
phrases people ask with, and how much of it the entry's own text has.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.knowledge.folding import fold
from bot.matching.index import Index
from bot.matching.lexicon import LONGEST_QUERY

# How alike a word of the query and a word of a name are.
SAME_STEM = 0.97
SAME_START = 0.8
PART_OF_WORD = 0.55
LOOKALIKE = 0.5

# What an unexplained word of the query weighs against an entry.
COMMON = 0.25
KNOWN = 0.7
UNKNOWN = 1.0

# How much an entry explains a word that only its text has.
IN_TEXT = 0.6

# The decision: at least this sure to answer, with this much more than the next; or to suggest.
ANSWER = 0.78
MARGIN = 0.06
SUGGEST = 0.4
MOST_CHOICES = 3


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


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the query and the name words it may stand for."""

    text: str
    weight: float
    readings: dict[str, float]
    """Stem -> likeness."""


def search(index: Index, query: str) -> Found:
    """The entries that a query means, and whether that is sure enough to answer."""
    words = fold(query[:LONGEST_QUERY]).split()
    folded = " ".join(words)
    entry = index.exact.get(folded)
    if entry is None and words:
        entry = index.joined.get("".join(words))
    if entry is not None:
        return Found("answer", (Hit(index.ids[entry], 1.0),))
    scores = _by_name(index, words)
    for number, score in _by_description(index, words).items():
        if score > scores.get(number, 0.0):
            scores[number] = score
    return _decide(index, scores)


def _decide(index: Index, scores: dict[int, float]) -> Found:
    """The one place where a score becomes an answer, a choice or nothing."""
    best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[: MOST_CHOICES + 1]
    hits = tuple(
        Hit(index.ids[number], round(min(score, 1.0), 3))
        for number, score in best
        if score >= SUGGEST
    )
    if not hits:
        return Found("nothing", ())
    runner_up = hits[1].score if len(hits) > 1 else 0.0
    if hits[0].score >= ANSWER and hits[0].score - runner_up >= MARGIN:
        return Found("answer", hits[:MOST_CHOICES])
    return Found("choices", hits[:MOST_CHOICES])


def _by_name(index: Index, words: list[str]) -> dict[int, float]:
    lexicon = index.lexicon
    spans = list(_spans(index, words))
    spanned = {position for _, start, end in spans for position in range(start, end)}
    content = [
        (position, word)
        for position, word in enumerate(words)
        if position in spanned or word not in lexicon.filler
    ]
    read = {
        position: _Word(word, _weight(index, word), _readings(index, word))
        for position, word in content
    }
    # A misspelt "what" is as empty as the right one.
    asked = [
        position
        for position, word in read.items()
        if position in spanned or word.readings or not _misspelt_filler(index, word)
    ]
    total = sum(read[position].weight for position in asked)
    scores: dict[int, float] = {}

    def judge(entry: int, cover: float, explained: dict[int, float]) -> None:
        own = 0.0
        for position in asked:
            share = explained.get(position, 0.0)
            if share < IN_TEXT and _in_text(index, read[position].text, entry):
                share = IN_TEXT
            own += share * read[position].weight
        score = cover * (0.35 + 0.65 * own / total) if total else cover
        if score > scores.get(entry, 0.0):
            scores[entry] = score

    for entry, start, end in spans:
        judge(entry, 1.0, dict.fromkeys(range(start, end), 1.0))

    likeness: dict[int, dict[str, float]] = defaultdict(dict)
    matched: dict[int, dict[int, float]] = defaultdict(dict)
    for position in asked:
        for stem, alike in read[position].readings.items():
            for number in index.named.get(stem, ()):
                if alike > likeness[number].get(stem, 0.0):
                    likeness[number][stem] = alike
                if alike > matched[number].get(position, 0.0):
                    matched[number][position] = alike
            whole = index.joined.get(stem)
            if whole is not None:
                judge(whole, alike, {position: alike})
    for number, stems in likeness.items():
        name = index.names[number]
        cover = sum(name.weights[stem] * alike for stem, alike in stems.items()) / name.total
        if cover * 1.01 > scores.get(name.entry, 0.0):
            judge(name.entry, cover, matched[number])
    return scores


def _spans(index: Index, words: list[str]) -> Iterator[tuple[int, int, int]]:
    """Whole names inside the query, as (entry, start, end); the longest at each place."""
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + index.longest), start, -1):
            run = words[start:end]
            entry = index.exact.get(" ".join(run))
            if entry is None and end - start in (2, 3):
                entry = index.joined.get("".join(run))
            if entry is not None and not all(word in index.lexicon.filler for word in run):
                yield entry, start, end
                start = end - 1
                break
        start += 1


def _weight(index: Index, word: str) -> float:
    if word in index.lexicon.common or word in index.lexicon.filler:
        return COMMON
    return KNOWN if any(key in index.told for key in index.lexicon.keys(word)) else UNKNOWN


def _in_text(index: Index, word: str, entry: int) -> bool:
    return any(entry in index.told.get(key, ()) for key in index.lexicon.keys(word))


def _readings(index: Index, word: str) -> dict[str, float]:
    """The name words that a word may be, with how alike they are."""
    lexicon = index.lexicon
    stems = lexicon.stems(word)
    if word in index.words:
        return {stems[0]: 1.0}
    readings = {stem: SAME_STEM for stem in stems if stem in index.named}
    if readings or len(word) < 4 or word in lexicon.common:
        return readings
    ceiling = LOOKALIKE if word in index.lookalikes or _known(index, word) else 1.0
    for candidate, alike in _misspelt(index, word):
        reading = candidate if candidate in index.joined else lexicon.stems(candidate)[0]
        readings[reading] = max(min(alike, ceiling), readings.get(reading, 0.0))
    return readings


def _known(index: Index, word: str) -> bool:
    return any(key in index.told for key in index.lexicon.keys(word))


def _misspelt(index: Index, word: str) -> Iterator[tuple[str, float]]:
    """Name words within a few slips of this one, or with the same long start."""
    length = len(word)
    slips = 1 if length <= 5 else 2 if length <= 9 else 3
    for size in range(max(4, length - 4), length + 7):
        candidates = index.spelled.get(size)
        if not candidates:
            continue
        if abs(size - length) <= slips:
            for candidate, distance, _ in process.extract(
                word, candidates, scorer=OSA.distance, score_cutoff=slips, limit=5
            ):
                same_start = candidate[0] == word[0]
                yield candidate, 1 - (0.5 if same_start else 0.9) * distance / max(length, size)
        for candidate in candidates:
            if candidate[:4] == word[:4]:
                common = _common_start(candidate, word)
                if common >= 5 and common >= 0.6 * max(size, length):
                    yield candidate, SAME_START
                elif common == length:
                    yield candidate, PART_OF_WORD


def _common_start(one: str, other: str) -> int:
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


def _misspelt_filler(index: Index, word: _Word) -> bool:
    if word.weight < UNKNOWN or len(word.text) < 3:
        return False
    slips = 1 if len(word.text) < 7 else 2
    filler = process.extractOne(
        word.text, index.lexicon.filler, scorer=OSA.distance, score_cutoff=slips
    )
    return filler is not None


def _by_description(index: Index, words: list[str]) -> dict[int, float]:
    lexicon = index.lexicon
    keys = {key for word in words if lexicon.means_something(word) for key in lexicon.keys(word)}
    if not keys:
        return {}
    rarity = {key: index.rarity.get(key, index.rarest) for key in keys}
    length = sum(value**2 for value in rarity.values()) ** 0.5
    likeness: dict[int, float] = defaultdict(float)
    for key in keys:
        for phrase, share in index.phrased.get(key, ()):
            likeness[phrase] += share * rarity[key] / length
    closest: dict[int, float] = {}
    for phrase, alike in likeness.items():
        entry = index.phrase_entry[phrase]
        if alike > closest.get(entry, 0.0):
            closest[entry] = alike
    total = sum(rarity.values())
    scores: dict[int, float] = {}
    for entry, alike in closest.items():
        told = sum(value for key, value in rarity.items() if entry in index.told.get(key, ()))
        scores[entry] = 0.65 * alike + 0.35 * told / total
    return scores

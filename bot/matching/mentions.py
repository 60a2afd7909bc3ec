"""Which names a query mentions, in full or in part, however they are written."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from bot.matching.lexicon import Lexicon, stem
from bot.matching.names import SHARED_START, SHORTEST, Name, Names
from bot.matching.query import Word
from bot.matching.spelling import near

# How alike a word of the query and a word of a name are: a form of it, one with the same
# beginning, a beginning of it, a real word that only looks like it, and two real words joined.
_SAME_STEM = 0.97
_SAME_START = 0.87
_START_OF_WORD = 0.7
_UNLIKE = 0.45
_JOINED = 0.87
_READ = 0.8
"""So much like a word of a name is a word that needs no other explanation."""
# What a slip takes away from a word of that many letters, and one in the first letter.
_A_SLIP = 0.6
_FIRST_LETTER = 0.1
_SOUND_ALIKE = ({"c", "s"}, {"c", "k"}, {"k", "q"}, {"s", "z"}, {"i", "e"}, {"i", "y"}, {"f", "p"})
# How much of two words has to be the same: of one stem, or of none.
_SAME_OF_FORMS = 0.5
_SAME_OF_WORDS = 0.6
_SHORTEST_START = 5

# A name of one word has no second one that speaks for it.
_ONE_WORD = 1.6
# The most that part of a name is worth: all but a word of it, or one word of it; and the least
# that a word of the first name of an entry is worth, for those who ask for a whole family of them.
_PART = 0.7
_ONE_OF_MANY = 0.55
_ONE_OF_FIRST = 0.56

_MOST_JOINED = 6
"""Words of a query that may be one name with its spaces in the wrong places."""
_WINDOW = 3
"""How near the fillers of a name have to stand: "call her in"."""

Places = tuple[int, ...]
Reading = tuple[float, Places]
"""How alike the words at these places are to a word of a name."""


@dataclass(frozen=True, slots=True)
class Match:
    """A name, or part of one, in a query."""

    entry: int
    places: Places
    """Which words of the query are explained by it."""
    everyday: bool
    """Whether these words mean something else as well."""
    cover: float
    """How much of the name is there."""


def unlike_places(names: Names, texts: Sequence[str]) -> frozenset[int]:
    """Where the query has a phrase that only looks like a name: "home equity"."""
    roots = [stem(text) for text in texts]
    return frozenset(
        place
        for size in (2, 3)
        for start in range(len(roots) - size + 1)
        if " ".join(roots[start : start + size]) in names.unlike
        for place in range(start, start + size)
    )


def matches(names: Names, lexicon: Lexicon, words: Sequence[Word]) -> list[Match]:
    """Every name that the query has in full or in part; the best match at the same places."""
    readings = _all_readings(names, lexicon, words)
    best: dict[tuple[int, Places, bool], Match] = {}
    for found in (
        _whole(names, lexicon, words),
        _joined(names, readings),
        _parts(names, lexicon, [word.text for word in words], readings),
    ):
        for match in found:
            known = best.setdefault((match.entry, match.places, match.everyday), match)
            if match.cover > known.cover:
                best[match.entry, match.places, match.everyday] = match
    return list(best.values())


def _whole(names: Names, lexicon: Lexicon, words: Sequence[Word]) -> Iterator[Match]:
    """Whole names inside the query, the longest at each place."""
    asked = any(word.meant in lexicon.asking for word in words)
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + names.longest), start, -1):
            run = words[start:end]
            number = names.joined.get("".join(word.text for word in run))
            # Fillers alone ("me too", "she/her") are a name only where somebody asks for one.
            filled = any(word.strange for word in run) or (asked and len(run) > 1)
            if number is not None and filled and all(word.keys for word in run):
                name = names.names[number]
                split = " ".join(word.text for word in run) not in names.exact
                places = tuple(range(start, end))
                yield Match(name.entry, places, name.everyday or split, 1.0)
                start = end - 1
                break
        start += 1


def _all_readings(
    names: Names, lexicon: Lexicon, words: Sequence[Word]
) -> Mapping[str, Sequence[Reading]]:
    """What the words of the query may stand for, one by one or with a space in a wrong place."""
    readings: dict[str, list[Reading]] = defaultdict(list)
    read: list[set[int]] = [set() for _ in words]
    for place, word in enumerate(words):
        if word.keys and word.text not in lexicon.filler:
            unlike = word.text in lexicon.real or word.text in names.unlike
            for reading, alike in _readings(names, word.text, _UNLIKE if word.real else 1.0):
                readings[reading].append((min(alike, _UNLIKE) if unlike else alike, (place,)))
                if alike >= _READ and not unlike:
                    read[place].update(names.named.get(reading, ()))
    for places, text, most in _units(names, words, read):
        for reading, alike in _readings(names, text, most):
            readings[reading].append((alike, places))
    return readings


def _units(
    names: Names, words: Sequence[Word], read: Sequence[Set[int]]
) -> Iterator[tuple[Places, str, float]]:
    """Neighbours, and all words, that may be one word; and how alike it may be at most.

    Neighbours that have been `read` as words of the same name are fine as they are.
    """
    for place, (one, two) in enumerate(pairwise(words)):
        joined = one.text + two.text
        wanted = joined in names.words or read[place].isdisjoint(read[place + 1])
        if wanted and _may_be_split(one) and _may_be_split(two) and (one.strange or two.strange):
            yield (place, place + 1), joined, _JOINED if one.real and two.real else 1.0
    misspelt = not all(word.real for word in words)
    if 2 < len(words) <= _MOST_JOINED and misspelt and all(map(_may_be_split, words)):
        yield tuple(range(len(words))), "".join(word.text for word in words), 1.0


def _may_be_split(word: Word) -> bool:
    """Whether a word may be a piece of a name; a short unknown word is something of its own."""
    return bool(word.keys) and (word.real or len(word.text) > SHORTEST)


def _readings(names: Names, text: str, most: float) -> Iterator[tuple[str, float]]:
    """The stems and joined names that a text may stand for, with how alike they are."""
    root = stem(text)
    if text in names.words and root in names.named:
        yield root, 1.0
    else:
        for form in dict.fromkeys((root, stem(text.removesuffix("s")))):
            if any(_same(text, word) >= _SAME_OF_FORMS for word in names.forms.get(form, ())):
                yield form, _SAME_STEM
        if len(text) >= SHORTEST:
            for candidate, alike in _misspelt(names, text):
                reading = stem(candidate) if candidate in names.words else candidate
                yield reading, min(alike, most)
    if len(text) >= _SHORTEST_START:
        for candidate in names.starts.get(text[:SHARED_START], ()):
            if candidate.startswith(text):
                yield stem(candidate), _START_OF_WORD
            elif _same(candidate, text) >= _SAME_OF_WORDS:
                yield (
                    stem(candidate),
                    _SAME_START if text in names.words else min(_SAME_START, most),
                )


def _misspelt(names: Names, text: str) -> Iterator[tuple[str, float]]:
    """Name words within a few slips of this text, or else names with a space lost or too many."""
    slips = 1 if len(text) <= 5 else 2 if len(text) <= 9 else 3
    for spelled in (names.spelled, names.spelled_joined):
        best = 0.0
        for length in range(len(text) - slips, len(text) + slips + 1):
            for candidate, distance in near(spelled.get(length, ()), text, slips):
                alike = 1 - _A_SLIP * distance / max(length, len(text))
                if candidate[0] != text[0] and {candidate[0], text[0]} not in _SOUND_ALIKE:
                    alike -= _FIRST_LETTER
                best = max(best, alike)
                yield candidate, alike
        if best >= _READ:
            return


def _same(one: str, two: str) -> float:
    """How much of the longer of two words is the beginning of both."""
    pairs = enumerate(zip(one, two, strict=False))
    shared = next((place for place, (a, b) in pairs if a != b), min(len(one), len(two)))
    return shared / max(len(one), len(two))


def _joined(names: Names, readings: Mapping[str, Sequence[Reading]]) -> Iterator[Match]:
    """Names of several words that were written as one, or with a slip in a space."""
    for reading, where in readings.items():
        if reading not in names.named:
            name = names.names[names.joined[reading]]
            for alike, places in where:
                yield Match(name.entry, places, name.everyday, alike)


def _parts(
    names: Names,
    lexicon: Lexicon,
    texts: Sequence[str],
    readings: Mapping[str, Sequence[Reading]],
) -> Iterator[Match]:
    """Names that have some of their words in the query."""
    found: dict[int, dict[str, Reading]] = defaultdict(dict)
    for root, where in readings.items():
        best = max(where, key=lambda reading: (reading[0], -reading[1][0]))
        for number in names.named.get(root, ()):
            if len(names.names[number].content) > 1:
                found[number][root] = best
            else:
                for reading in where:
                    yield _match(names.names[number], lexicon, texts, {root: reading})
    complete = any(len(own) == len(names.names[number].content) for number, own in found.items())
    for number, own in found.items():
        # One word of a name is a hint only while no name is complete.
        if len(own) > 1 or not complete:
            yield _match(names.names[number], lexicon, texts, own)


def _match(
    name: Name, lexicon: Lexicon, texts: Sequence[str], found: Mapping[str, Reading]
) -> Match:
    places = tuple(sorted({place for _, where in found.values() for place in where}))
    bound = name.binding.issubset(texts[max(0, places[0] - _WINDOW) : places[-1] + 1 + _WINDOW])
    split = len(places) > len(found)
    plain = all(texts[place].removesuffix("s") in lexicon.everyday for place in places)
    cover = sum(name.content[root] * alike for root, (alike, _) in found.items())
    cover /= sum(name.content.values())
    if len(name.content) == 1:
        cover = cover**_ONE_WORD if bound else min(cover**_ONE_WORD, _ONE_OF_MANY)
    elif len(found) < len(name.content):
        cover = min(cover, _PART if len(found) > 1 else _ONE_OF_MANY)
        telling = any(name.content[root] == alike == 1 for root, (alike, _) in found.items())
        if name.first and telling:
            cover = max(cover, _ONE_OF_FIRST)
    elif max(name.content.values()) < 1 and not bound:
        cover = min(cover, _ONE_OF_MANY)
    return Match(name.entry, places, name.everyday or split or plain, cover)

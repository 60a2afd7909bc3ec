"""A text as words: what rules are matched against."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.wording.languages import CALENDAR, NO_NAMES
from bot.wording.masking import Range

WORD = re.compile(r"[^\W_][\w\u0300-\u036f]*(?<!_)")
"""Letters and digits with whatever accents follow them; "_word_" is a word that is set off."""
# The dot of "M. Roy", "Dr. Roy" and "J. Roy" ends no sentence.
_SENTENCE_ENDS = re.compile(
    r"(?:[!?…;\n]|(?<!\b[A-Z])(?<!\b[DM]rs)(?<!\b[DM][rs])\.)(?=\s|$|[\"”»)\]])|\n|[•–—|]"
)
_MIXED = re.compile(r"[^\W\d_](?<=[a-zà-ÿ])[A-ZÀ-Þ]|[A-ZÀ-Þ]{2}[a-zà-ÿ]")
_PAUSE = re.compile(r"[,:()]")
_BEYOND = 1 << 62
"""More than any text has characters."""
HIDDEN = "\x00"
"""Stands for a stretch that is not the author's own words."""
NAME, NAMED, NUMBER = "\x01name", "\x01named", "\x01number"
"""Stand in the index for every word with a capital (but those that are no names), for every one
whose capital no beginning of a sentence explains, and for digits."""
_LONGEST = 100
"""Characters; what is longer is no word, and is not brought into shape."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, each with its place; as many entries in each sequence."""

    text: str
    folded: Sequence[str]
    """In small letters; HIDDEN for a masked stretch."""
    starts: Sequence[int]
    ends: Sequence[int]
    sentences: Sequence[int]
    """The number of the sentence that each word is in."""
    index: Mapping[str, Sequence[int]]
    """The places of each word, and of NAME, NAMED and NUMBER."""
    _chosen: dict[frozenset[str], Sequence[int]] = field(default_factory=dict)

    def places(self, choice: frozenset[str]) -> Sequence[int]:
        """Where one of some words is, in order."""
        if choice not in self._chosen:
            found = choice & self.index.keys()
            self._chosen[choice] = sorted(place for word in found for place in self.index[word])
        return self._chosen[choice]

    def has(self, choice: frozenset[str], first: int, last: int) -> bool:
        """Whether one of some words is at one of some places."""
        where = self.places(choice)
        nearest = bisect_left(where, first)
        return nearest < len(where) and where[nearest] <= last

    def written(self, place: int) -> str:
        """A word as it was typed."""
        return self.text[self.starts[place] : self.ends[place]]

    def capital(self, place: int) -> bool:
        """Whether a word begins with a capital; one in capitals throughout is shouted, and so is
        the S of CHAIRMAN'S.
        """
        written = self.written(place)
        if len(written) > 1:
            return written[0].isupper() and not written.isupper()
        before = self.text[max(0, self.starts[place] - 1) : self.starts[place]]
        return written.isupper() and before not in ("'", "’")

    def plain(self, first: int, last: int) -> bool:
        """Whether no word has capitals within it: MAiD is a name; GUYS is shouted, and gUYS too."""
        if not _MIXED.search(self.text, self.starts[first], self.ends[last]):
            return True
        return not any(
            _MIXED.search(written) and not written.swapcase().istitle()
            for written in map(self.written, range(first, last + 1))
        )

    def named(self, place: int) -> bool:
        """Whether a word has a capital that no beginning of a sentence explains."""
        first = not place or self.sentences[place - 1] != self.sentences[place]
        return not first and self.capital(place) and self.folded[place] not in CALENDAR

    def stands(self, marks: Collection[str], first: int, last: int) -> bool:
        """Whether words stand as the marks of a pattern say."""
        for mark in marks:
            match mark:
                case "^" if not self.named(first):
                    return False
                case "," if not self._pause(first):
                    return False
                case "+" if self._pause(first):
                    return False
                case "!" if not self._shouted(first):
                    return False
                case "<" if not self._alone(first, -1):
                    return False
                case ">" if not self._alone(last, 1):
                    return False
        return True

    def _pause(self, place: int) -> bool:
        """Whether there is a comma, a colon or a bracket before a word of a sentence."""
        if not place or self.sentences[place - 1] != self.sentences[place]:
            return False
        return bool(_PAUSE.search(self.text, self.ends[place - 1], self.starts[place]))

    def _shouted(self, place: int) -> bool:
        """Whether a word is in capitals, and those beside it are not."""
        beside = (at for at in (place - 1, place + 1) if 0 <= at < len(self.folded))
        beside = (at for at in beside if self.sentences[at] == self.sentences[place])
        return self.written(place).isupper() and not any(
            len(word) > 1 and word.isupper() for word in map(self.written, beside)
        )

    def _alone(self, place: int, way: int) -> bool:
        """Whether nothing but what is masked comes before a word of a sentence, or after it."""
        at = place + way
        while 0 <= at < len(self.folded) and self.sentences[at] == self.sentences[place]:
            if self.folded[at] != HIDDEN:
                return False
            at += way
        return True

    def by_sentence(self) -> Iterator[Sequence[str]]:
        """The words of each sentence, by its number."""
        place = 0
        for number in range(self.sentences[-1] + 1 if self.sentences else 0):
            begin = place
            place = bisect_right(self.sentences, number, begin)
            yield self.folded[begin:place]


def cut(text: str, hidden: Sequence[Range]) -> Words:
    """The words of a text outside of what is masked."""
    plain = text.isascii()
    read = text.lower() if plain else text
    spans = [found.span() for found in WORD.finditer(read)]
    if hidden:
        spans = _with_hidden(spans, hidden)
    starts = [start for start, _ in spans]
    ends = [end for _, end in spans]
    folded = [read[start:end] for start, end in spans]
    if not plain:
        folded = [*map(small, folded)]
    if hidden:
        covered = set(hidden)
        folded = [
            HIDDEN if span in covered else word for span, word in zip(spans, folded, strict=True)
        ]
    index: dict[str, list[int]] = {}
    for place, word in enumerate(folded):
        index.setdefault(word, []).append(place)
    stops = [found.start() for found in _SENTENCE_ENDS.finditer(text)]
    sentences = [bisect_right(stops, start) for start in starts] if stops else [0] * len(starts)
    words = Words(text, folded, starts, ends, sentences, index)
    for place, start in enumerate(starts):
        if text[start].isupper() and words.capital(place):
            if folded[place] not in NO_NAMES:
                index.setdefault(NAME, []).append(place)
            if words.named(place) and folded[place] != HIDDEN:
                index.setdefault(NAMED, []).append(place)
        elif folded[place].isdecimal():
            index.setdefault(NUMBER, []).append(place)
    return words


def _with_hidden(spans: Sequence[Range], hidden: Sequence[Range]) -> list[Range]:
    """Where words are; each masked range with a word in it stands for all of them."""
    kept: list[Range] = []
    ranges = iter((*hidden, (_BEYOND, _BEYOND)))
    first, last = next(ranges)
    for start, end in spans:
        while start >= last:
            first, last = next(ranges)
        if end <= first:
            kept.append((start, end))
        elif not kept or kept[-1] != (first, last):
            kept.append((first, last))
    return kept


def vocabulary(text: str) -> frozenset[str]:
    """Every word of a text, in small letters, and what any text may have by its looks."""
    looks = (NAME, NAMED, NUMBER)
    if text.isascii():
        return frozenset((*looks, *WORD.findall(text.lower())))
    return frozenset((*looks, *map(small, WORD.findall(text))))


def small(word: str) -> str:
    """A word in small letters, its accents kept."""
    if word.isascii() or len(word) > _LONGEST:
        return word.lower()
    return unicodedata.normalize("NFC", word.lower())


def without_accents(word: str) -> str:
    """The same word as it is typed in a hurry."""
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word)
    return "".join(char for char in apart if not unicodedata.combining(char))

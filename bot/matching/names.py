"""What entries are called: every name taken apart, ready to be found in a query."""

from collections import defaultdict
from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.matching.lexicon import Lexicon, stems
from bot.matching.spelling import by_length

# A word of a name that fits many entries counts less than one that names this entry.
_COMMON_WEIGHT = 0.45

_MOST_EVERYDAY = 3
"""Words of a name that may come together by chance."""
SHORTEST = 3
"""Letters of a word that may be a misspelt one."""
SHARED_START = 4
"""Letters that words are filed under."""
_SHORTEST_JOINED = 7
_MOST_AROUND = 4
"""Fillers at either end of a query that may belong to a name."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one entry, in words."""

    entry: int
    content: Mapping[str, float]
    """Stem -> weight."""
    binding: frozenset[str]
    """Its fillers."""
    everyday: bool
    """Whether all its words mean something else as well."""
    first: bool
    """Whether it is the first name of its entry."""


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """Look-up tables. Entries and names are numbers in here."""

    exact: Mapping[str, int]
    """Folded name -> entry."""
    joined: Mapping[str, int]
    """The same without spaces -> name: "man splaining"."""
    longest: int
    """The most words that a name has."""
    names: Sequence[Name]
    named: Mapping[str, Sequence[int]]
    """Stem -> names."""
    words: frozenset[str]
    """Words of the names."""
    forms: Mapping[str, Sequence[str]]
    """Stem -> words of the names."""
    starts: Mapping[str, Sequence[str]]
    """First letters -> the same."""
    spelled: Mapping[int, Sequence[str]]
    """Length -> words that a misspelt one may have meant."""
    spelled_joined: Mapping[int, Sequence[str]]
    """Length -> names without spaces."""
    unlike: frozenset[str]
    """Words that are no name, however much they look like one; phrases as stems."""

    def entry(self, texts: Sequence[str], around: Container[str]) -> int | None:
        """The entry that these words are a name of, spaces apart, with what may stand around."""
        content = [place for place, text in enumerate(texts) if text not in around]
        first, last = (content[0], content[-1]) if content else (0, len(texts) - 1)
        for start in range(max(0, first - _MOST_AROUND), first + 1):
            for end in range(min(len(texts), last + 1 + _MOST_AROUND), last, -1):
                number = self.joined.get("".join(texts[start:end]))
                if number is not None:
                    return self.names[number].entry
        return None


def collect(lexicon: Lexicon, named: Sequence[Sequence[str]], unlike: Collection[str]) -> Names:
    """The tables for the names of each entry; everything is folded."""
    texts = (*chain.from_iterable(named), *unlike)
    roots = stems(set(chain.from_iterable(map(str.split, texts))))
    exact: dict[str, int] = {}
    joined: dict[str, int] = {}
    names: list[Name] = []
    by_stem: dict[str, list[int]] = defaultdict(list)
    for entry, own in enumerate(named):
        for folded in own:
            if folded not in exact:
                exact[folded] = entry
                joined.setdefault(folded.replace(" ", ""), len(names))
                split = {word: roots[word] for word in folded.split()}
                name = _name(lexicon, entry, split, first=folded == own[0])
                for root in name.content:
                    by_stem[root].append(len(names))
                names.append(name)
    words = frozenset(chain.from_iterable(map(str.split, exact)))
    forms: dict[str, list[str]] = defaultdict(list)
    starts: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words - lexicon.filler):
        forms[roots[word]].append(word)
        starts[word[:SHARED_START]].append(word)
    return Names(
        exact=exact,
        joined=joined,
        longest=max((folded.count(" ") + 1 for folded in exact), default=1),
        names=names,
        named=by_stem,
        words=words,
        forms=forms,
        starts=starts,
        spelled=by_length(word for word in words - lexicon.filler if len(word) >= SHORTEST),
        spelled_joined=by_length(name for name in joined if len(name) >= _SHORTEST_JOINED),
        unlike=frozenset(_unlike(text, roots) for text in unlike) - words,
    )


def _name(lexicon: Lexicon, entry: int, words: Mapping[str, str], first: bool) -> Name:
    content = {word: root for word, root in words.items() if word not in lexicon.filler}
    return Name(
        entry=entry,
        content={
            root: _COMMON_WEIGHT if root in lexicon.common else 1.0 for root in content.values()
        },
        binding=frozenset(words.keys() - content.keys()),
        everyday=len(words) <= _MOST_EVERYDAY and lexicon.everyday.issuperset(content),
        first=first,
    )


def _unlike(text: str, roots: Mapping[str, str]) -> str:
    return " ".join(map(roots.__getitem__, text.split())) if " " in text else text

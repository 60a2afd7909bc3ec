"""Everything that a search needs to know beforehand about the entries it may find."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from bot.knowledge.folding import fold
from bot.matching.lexicon import Lexicon

# A name's words: one that only binds others counts little, one that fits many entries counts less.
FILLER_WEIGHT = 0.15
COMMON_WEIGHT = 0.45


@dataclass(frozen=True, slots=True)
class Findable:
    """An entry as the search sees it."""

    id: str
    names: Sequence[str]
    """Every one of them leads here and nowhere else."""
    phrases: Sequence[str] = ()
    """Ways to ask for it without its name."""
    text: str = ""
    lookalikes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one entry, in weighted words."""

    entry: int
    weights: Mapping[str, float]
    """Stem -> weight."""
    total: float


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Look-up tables. Entries, names and phrases are numbers in here."""

    lexicon: Lexicon
    ids: Sequence[str]
    exact: Mapping[str, int]
    """Folded name -> entry."""
    joined: Mapping[str, int]
    """The same without spaces: "man splaining"."""
    longest: int
    """The most words that a name has."""
    names: Sequence[Name]
    named: Mapping[str, Sequence[int]]
    """Stem -> names."""
    spelled: Mapping[int, Sequence[str]]
    """Length -> words and joined names that a misspelt word may have meant."""
    words: frozenset[str]
    """Words of the names."""
    lookalikes: frozenset[str]
    """Real words that are no misspelt name."""
    phrased: Mapping[str, Sequence[tuple[int, float]]]
    """Key -> phrases with the key's share of them."""
    phrase_entry: Sequence[int]
    told: Mapping[str, frozenset[int]]
    """Key -> entries whose names, phrases or text have it."""
    rarity: Mapping[str, float]
    """Key -> how much it tells, from its share of entries."""
    rarest: float


def build(lexicon: Lexicon, findables: Iterable[Findable]) -> Index:
    """The index of these entries."""
    ids: list[str] = []
    exact: dict[str, int] = {}
    joined: dict[str, int] = {}
    names: list[Name] = []
    named: dict[str, list[int]] = defaultdict(list)
    words: set[str] = set()
    lookalikes: set[str] = set()
    phrases: list[tuple[int, frozenset[str]]] = []
    told: dict[str, set[int]] = defaultdict(set)

    for entry, findable in enumerate(findables):
        ids.append(findable.id)
        for name in findable.names:
            folded = fold(name)
            exact.setdefault(folded, entry)
            joined.setdefault(folded.replace(" ", ""), entry)
            weights: dict[str, float] = {}
            for word in folded.split():
                words.add(word)
                weight = (
                    FILLER_WEIGHT
                    if word in lexicon.filler
                    else COMMON_WEIGHT
                    if word in lexicon.common
                    else 1.0
                )
                for stem in lexicon.stems(word)[:1]:
                    weights[stem] = max(weight, weights.get(stem, 0.0))
            for stem in weights:
                named[stem].append(len(names))
            names.append(Name(entry, weights, sum(weights.values())))
        for phrase in (*findable.names, *findable.phrases):
            keys = _keys(lexicon, phrase)
            phrases.append((entry, keys))
            for key in keys:
                told[key].add(entry)
        for key in _keys(lexicon, findable.text):
            told[key].add(entry)
        lookalikes.update(fold(word) for word in findable.lookalikes)

    total = len(ids) or 1
    rarity = {key: log(1 + total / len(entries)) for key, entries in told.items()}
    phrased: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, (_, keys) in enumerate(phrases):
        length = sqrt(sum(rarity[key] ** 2 for key in keys))
        for key in keys:
            phrased[key].append((number, rarity[key] / length))
    spelled: dict[int, list[str]] = defaultdict(list)
    for word in sorted({*words, *(name for name in joined if len(name) >= 7)}):
        if len(word) >= 4 and word not in lexicon.filler:
            spelled[len(word)].append(word)
    return Index(
        lexicon=lexicon,
        ids=ids,
        exact=exact,
        joined=joined,
        longest=max((len(name.split()) for name in exact), default=1),
        names=names,
        named=named,
        spelled=spelled,
        words=frozenset(words),
        lookalikes=frozenset(lookalikes - words),
        phrased=phrased,
        phrase_entry=[entry for entry, _ in phrases],
        told={key: frozenset(entries) for key, entries in told.items()},
        rarity=rarity,
        rarest=log(1 + total),
    )


def _keys(lexicon: Lexicon, text: str) -> frozenset[str]:
    return frozenset(
        key
        for word in fold(text).split()
        if lexicon.means_something(word)
        for key in lexicon.keys(word)
    )

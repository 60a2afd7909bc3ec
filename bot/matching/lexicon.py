"""Words as the search sees them: what they weigh, and which ones stand for one another."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from bot.knowledge.entries import Words
from bot.knowledge.folding import fold

_ENGLISH = Stemmer.Stemmer("english")
_FRENCH = Stemmer.Stemmer("french")
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """What is known of single words, from the `words` of the knowledge base."""

    filler: frozenset[str]
    asking: frozenset[str]
    comparing: frozenset[str]
    denying: frozenset[str]
    telling: frozenset[str]
    common: frozenset[str]
    """Stems."""
    everyday: frozenset[str]
    elsewhere: frozenset[str]
    real: frozenset[str]
    around: frozenset[str]
    """Fillers that may stand around a name and leave it as sure as it is alone."""
    known: frozenset[str]
    """All words above and below."""
    groups: Mapping[str, str]
    """Word -> its group of synonyms."""
    endings: Mapping[str, str]
    """Stem -> the same, where it fits one group alone."""

    def keys(self, word: str, root: str) -> tuple[str, ...]:
        """What a folded word and its stem are found under; the first letter tells the kind."""
        if group := self.groups.get(word):
            return f"={group}", f"~{root}"
        if word in self.filler:
            return (f".{word}",)
        if group := self.endings.get(root):
            return f"={group}", f"~{root}"
        return (f"-{root}",)


def lexicon(words: Iterable[Words]) -> Lexicon:
    """The lexicon that these groups of words make."""
    sets: dict[str, set[str]] = defaultdict(set)
    groups: dict[str, str] = {}
    for group in words:
        tokens = " ".join((*group.words.en, *group.words.fr)).split()
        words_of_group = " ".join(map(folded, tokens)).split()
        if group.use == "synonyms":
            for word in words_of_group:
                groups.setdefault(word, group.id)
        else:
            sets[group.use].update(words_of_group)
    around = frozenset(sets["filler"] | sets["asking"])
    return Lexicon(
        filler=around | sets["comparing"] | sets["denying"],
        asking=frozenset(sets["asking"]),
        comparing=frozenset(sets["comparing"]),
        denying=frozenset(sets["denying"]),
        telling=frozenset(sets["telling"]),
        common=frozenset(stems(sorted(sets["common"])).values()),
        everyday=frozenset(sets["everyday"]),
        elsewhere=frozenset(sets["elsewhere"]),
        real=frozenset(sets["real"]),
        around=around - sets["denying"],
        known=frozenset(groups).union(*sets.values()),
        groups=groups,
        endings=_endings(groups),
    )


def _endings(groups: Mapping[str, str]) -> Mapping[str, str]:
    """The group of each stem; an ending that would fit two groups fits none."""
    found: dict[str, str] = {}
    unsure: set[str] = set()
    for word, root in stems(groups).items():
        if found.setdefault(root, groups[word]) != groups[word]:
            unsure.add(root)
    return {root: group for root, group in found.items() if root not in unsure}


def folded(text: str) -> str:
    """The same as fold; most words are folded already, which is quicker to see than to do."""
    plain = text.isascii() and text.islower() and text.replace(" ", "").isalpha()
    return text if plain else fold(text)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its ending, English or French; the same for most forms of a word."""
    return stems((word,))[word]


def stems(words: Iterable[str]) -> dict[str, str]:
    """The stems of many words at once, which is several times as fast."""
    whole = list(words)
    english = _ENGLISH.stemWords(whole)
    both = _FRENCH.stemWords(english)
    return {
        word: two if len(two) > _SHORTEST_STEM else one if len(one) >= _SHORTEST_STEM else word
        for word, one, two in zip(whole, english, both, strict=True)
    }

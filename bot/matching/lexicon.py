"""Words as the search sees them: what they weigh, and which ones stand for one another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from bot.knowledge.entries import Words
from bot.knowledge.folding import fold

_STEMMERS = {"en": Stemmer.Stemmer("english"), "fr": Stemmer.Stemmer("french")}

LONGEST_QUERY = 400
"""Characters that are looked at. What is longer than this is a story, and its start tells enough."""


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """What is known of single words, from the `words` of the knowledge base."""

    filler: frozenset[str]
    common: frozenset[str]
    concepts: Mapping[str, str]
    """Stem -> the group of synonyms it belongs to."""

    def stems(self, word: str) -> tuple[str, ...]:
        """The stems of a folded word; English and French may disagree."""
        return _stems(word)

    def keys(self, word: str) -> tuple[str, ...]:
        """What a word is found under: its group of synonyms or else its stems."""
        found = {self.concepts.get(stem, stem) for stem in (word, *_stems(word))}
        groups = {key for key in found if key.startswith("=")}
        return tuple(groups or {self.concepts.get(stem, stem) for stem in _stems(word)})

    def means_something(self, word: str) -> bool:
        """Whether a word says anything about what is looked for."""
        return word not in self.filler or word in self.concepts


def lexicon(words: Iterable[Words]) -> Lexicon:
    """The lexicon that these groups of words make."""
    filler: set[str] = set()
    common: set[str] = set()
    concepts: dict[str, str] = {}
    for group in words:
        folded = [fold(word) for word in (*group.words.en, *group.words.fr)]
        match group.use:
            case "filler":
                filler.update(folded)
            case "common":
                common.update(folded)
            case "synonyms":
                for word in folded:
                    for stem in (word, *_stems(word)):
                        concepts.setdefault(stem, f"={group.id}")
    return Lexicon(frozenset(filler), frozenset(common), concepts)


@lru_cache(maxsize=20_000)
def _stems(word: str) -> tuple[str, ...]:
    return tuple({stemmer.stemWord(word) for stemmer in _STEMMERS.values()})

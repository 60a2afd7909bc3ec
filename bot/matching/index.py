"""Everything that a search needs to know beforehand about the entries it may find."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.knowledge.folding import fold
from bot.matching.descriptions import Descriptions, describe
from bot.matching.lexicon import Lexicon
from bot.matching.names import Names, collect


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


@dataclass(frozen=True, eq=False)
class Index:
    """Look-up tables. Entries are numbers in here."""

    lexicon: Lexicon
    ids: Sequence[str]
    names: Names
    described: Sequence[tuple[Sequence[str], str]]
    """The phrases and the text of each entry."""

    @cached_property
    def descriptions(self) -> Descriptions:
        """Made when first needed: a name that is typed as it is spelled needs none of them."""
        return describe(self.lexicon, self.described)

    @property
    def exact(self) -> Mapping[str, int]:
        """Folded name -> entry."""
        return self.names.exact


def build(lexicon: Lexicon, findables: Iterable[Findable]) -> Index:
    """The index of these entries."""
    entries = tuple(findables)
    return Index(
        lexicon=lexicon,
        ids=[entry.id for entry in entries],
        names=collect(
            lexicon,
            [list(dict.fromkeys(map(fold, entry.names))) for entry in entries],
            {fold(text) for entry in entries for text in entry.lookalikes},
        ),
        described=[(entry.phrases, " ".join((*entry.names, entry.text))) for entry in entries],
    )

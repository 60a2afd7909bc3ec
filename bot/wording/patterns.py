"""What a rule looks for: words in a row, some of them a choice, some left open.

- `you guys`: these words; "man-hours" is two of them, and so is "man hours"
- `each|every {role} .. [he]`: one of two words; a word of a class; up to eight words between;
  brackets around what is found, the whole where there are none
- `each {role} ... he`: up to 32 words between, over ends of sentences
- `man the *`, `hey guys?`: any one word; a word that may be missing
- `peyton ^manning`, `^*`: a word, or any, with a capital that no beginning of a sentence explains
- `<boys`, `boys>`, `{Name} ,our`, `{it} +^*`: the first word of its sentence, the last, one after a
  pause (a comma, a colon, a bracket), one after no pause
- `!maid`: in capitals, where the words beside it are not
- `*ed`: any word that ends so
- `the word {it}`: what was found, all of it, in patterns that hold for all rules
- `{Name}`, `{number}`: a word with a capital (no small word such as "The" or "Who"), digits
"""

from collections.abc import Mapping
from dataclasses import dataclass

WIDEST_GAP = 8
"""Words that ".." may stand for."""
WIDEST_LEAP = 32
"""Words that "..." may stand for."""

Classes = Mapping[str, frozenset[str]]
"""The words of each class, by its name."""


@dataclass(frozen=True, slots=True)
class Step:
    """One place of a pattern: any of some words, or of what looks like something."""

    words: frozenset[str] = frozenset()
    looks: frozenset[str] = frozenset()
    """Name, number or any."""
    optional: bool = False
    marks: frozenset[str] = frozenset()
    """How it has to stand: ^ with a capital that no beginning of a sentence explains, < first or
    > last in its sentence, "," after a pause, + after none,
    ! in capitals that its neighbours have not."""
    endings: tuple[str, ...] = ()
    """Any word that ends so will do."""
    gap: bool = False
    """Up to WIDEST_GAP words, whatever they are."""
    leap: bool = False
    """Up to WIDEST_LEAP words, of more than one sentence perhaps."""
    sought: frozenset[str] = frozenset()
    """Where it may be, as the index of a text has it; empty for anywhere."""
    loose: bool = False
    """Whether it may stand for no word, or for several."""
    it: bool = False
    """What was found, all of it."""

    @property
    def certain(self) -> bool:
        """Whether it is one of its words, always."""
        return bool(self.words) and not (self.looks or self.endings or self.optional)


@dataclass(frozen=True, slots=True)
class Needed:
    """One of some words, at least `nearest` and at most `furthest` words after a place."""

    words: frozenset[str]
    nearest: int
    furthest: int
    """Both are less than none where it is before."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Steps, and which of them are what is found."""

    steps: tuple[Step, ...]
    first: int
    last: int
    """The first and last step of what is found."""
    anchor: int
    """The step that is sought first; its words are the ones to look out for."""
    needed: tuple[Needed, ...]
    """What a text has to have around the anchor for the pattern to fit; the rarest first."""

    @property
    def spoken(self) -> frozenset[str]:
        """What the first word that is found may be."""
        found = self.steps[self.first : self.last + 1]
        return next(step.words for step in found if step.certain)

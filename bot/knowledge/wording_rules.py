"""The rules of kinder wording as the files tell them: what to look for, what to spare, what to say
instead.
"""

import re
from typing import Literal

from pydantic import Field

from bot.knowledge.fields import Entry, Frozen, Id, Lines, Text


class Form(Frozen):
    """Words that a rule looks for, and what could be said instead."""

    words: Lines = Field(min_length=1)
    """Patterns; `bot/wording/patterns.py` says how they are written."""
    instead: Lines = Field(min_length=1)
    """In the same number and grammar as the words; the first one fits most often. {it} stands for
    the word that is found and {twin} for its twin in the class it is of."""
    unless: Lines = ()
    """Patterns in which these words mean something else."""


class Examples(Frozen):
    """Messages that show what a rule does; they are run as tests."""

    found: Lines = Field(min_length=1)
    """With ⟦ and ⟧ around what is found; the first is what the rule is called by."""
    spared: Lines = Field(min_length=1)


Kind = Literal[
    "address",
    "role",
    "generic",
    "pronoun",
    "diminutive",
    "female_noun",
    "couples",
    "trait",
    "idiom",
    "speakers",
]
"""What a wording rule is about."""


class WordingRule(Entry):
    """Words that leave somebody out, and kinder ones."""

    language: Literal["en", "fr"]
    kind: Kind
    mode: Literal["offer", "soft", "ask", "list"]
    """offer is for nudges as well; soft is an option; ask asks first; list is for checks alone."""
    frames: Lines = ()
    """What may stand before the words of each form, where they are found after nothing else."""
    forms: tuple[Form, ...] = Field(min_length=1)
    unless: Lines = ()
    """The same for all forms."""
    called: Text | None = None
    """What people know it by where its words are many; else it is the first example's."""
    why: Text
    examples: Examples

    @property
    def sample(self) -> str:
        """Words that it finds, as a person writes them."""
        marked = re.search("⟦(.+?)⟧", self.examples.found[0])
        return marked[1] if marked else self.id


Sign = Literal["clear", "faint", "weak"]
"""How surely something is a sign of distress."""


class WordingGuard(Frozen):
    """Patterns in which no rule of some kinds finds anything: {it} is what a rule looks for."""

    id: Id
    language: Literal["en", "fr"]
    kinds: tuple[Kind, ...] = ()
    """None for all of them."""
    sign: Sign | None = None
    """Patterns without {it}, anywhere in a message, that are signs of distress: where there is one
    clear one, or two faint ones, or three weak ones, nothing is a finding, of any language."""
    unless: Lines = Field(min_length=1)


class WordClass(Frozen):
    """Words that patterns name together: {kin}, {role}; "infirmier/infirmière" is a word and its
    twin of the other gender, which is no word of the class."""

    id: Id
    words: Lines

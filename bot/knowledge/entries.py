"""The entries of the knowledge base, and what the bot says and understands besides: frozen types
that every file is checked against.

The types are the schema: editors get JSON Schemas made from them.
"""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bot.knowledge.fields import Entry, Frozen, Id, Ids, Line, Lines, Name, Phrases, Text, Url


class Term(Entry):
    """A word of the glossary."""

    topic: Id
    name: Name
    aliases: Phrases = Phrases()
    """Other names; each leads to this term alone."""
    definition: Text
    why: Text
    """Why it matters."""
    note: Text | None = None
    """What is debated, or what to take care of."""
    related: Ids = ()
    described_as: Phrases = Phrases()
    """How people ask for it who do not know its name; for the search only."""
    lookalikes: Lines = ()
    """Words that look like a name of this term and are not."""

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it is found by name under."""
        return (self.id, self.name.en, self.name.fr, *self.aliases.en, *self.aliases.fr)


class Tip(Entry):
    """One thing to try at work."""

    topic: Id
    mode: Literal["moment", "build", "reflect", "lead"]
    title: Text
    text: Text
    """Context, one reason, one choice."""
    if_then: Text
    """One cue and one response."""
    related: Ids = ()
    described_as: Phrases = Phrases()


class Bystander(Frozen):
    """What somebody who sees it could do, by role and safety."""

    anyone: tuple[Text, ...] = Field(min_length=1)
    """Lines for a colleague of equal standing, where it feels safe."""
    lead: Text
    """For whoever chairs or has rank."""
    indirect: Text
    """The quiet route: when speaking up could cost too much."""


class Scenario(Entry):
    """A microaggression or worse, and what helps."""

    type: Literal["microinsult", "microinvalidation", "microassault", "harassment", "inequity"]
    topic: Id
    care: Literal["race", "identity", "disability", "faith", "health", "harassment"] | None = None
    """What the content note names; harassment puts safety and contacts first."""
    title: Text
    setting: Text
    said: Text
    why: Text
    """Why it hurts."""
    instead: Text
    bystander: Bystander
    note: Text | None = None
    related: Ids = ()
    described_as: Phrases = Phrases()


class Item(Frozen):
    """One line of a checklist."""

    id: Id | None = None
    name: Text | None = None
    text: Text
    sources: Ids = ()


class Checklist(Entry):
    """A short list to run through, or the parts of a method."""

    topic: Id
    name: Text
    aliases: Phrases = Phrases()
    intro: Text
    items: tuple[Item, ...] = Field(min_length=2)
    note: Text | None = None
    related: Ids = ()


class Fact(Entry):
    """A figure, with where it holds and what people do about it."""

    topic: Id
    title: Text
    text: Text
    where: Text
    """Country or region."""
    year: Line
    sample: Text | None = None
    caveat: Text | None = None
    effort: Text
    """Something people do about it, so that the number does not stand as the norm."""
    aliases: Phrases = Phrases()
    related: Ids = ()


class Resource(Entry):
    """Where to read, watch or ask on."""

    topics: Ids = Field(min_length=1)
    title: Text
    about: Text
    languages: tuple[Literal["en", "fr"], ...] = Field(min_length=1)
    url: Url | None = None
    where: Text | None = None
    """How to find it where no link is given."""


class Source(Frozen):
    """A work that entries rest on."""

    id: Id
    citation: Line
    checked: Annotated[bool, Field(strict=True)]
    """True only if somebody saw the work or the toolkit's own words on it; else it is not shown."""
    url: Url | None = None


class Answer(Frozen):
    """One way out of a question."""

    key: Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z]+(-[a-z]+)*$")]
    label: Text
    to: Id


class Question(Frozen):
    """One step of a tree."""

    ask: Text
    hint: Text | None = None
    answers: tuple[Answer, ...] = Field(min_length=2, max_length=4)


class End(Frozen):
    """Where a tree ends: what it says, what to do now, a sentence to say."""

    label: Text
    advice: Text
    line: Text


class Tree(Entry):
    """Questions with buttons that lead to an end."""

    title: Text
    intro: Text
    credit: Text
    start: Id
    questions: dict[Id, Question]
    ends: dict[Id, End]
    safety: Text
    """Shown with every end: safety comes before manners."""
    notes: tuple[Text, ...] = ()
    related: Ids = ()


class Topic(Frozen):
    """What entries are about; people ask for it by its name or an alias."""

    id: Id
    name: Name
    aliases: Phrases = Phrases()


class Wording(Frozen):
    """Something the bot itself says; `{…}` marks what it fills in."""

    id: Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z]+(\.[a-z_]+)+$")]
    en: Line
    fr: Line | None = None


class Alarm(Frozen):
    """Words of self-harm or present danger, which get one calm answer and nothing else."""

    id: Id
    phrases: Phrases
    unless: Phrases = Phrases()
    """Longer phrases in which one of them means nothing of the kind."""


class Words(Frozen):
    """Words that the search treats alike; a line may hold one word or many.

    filler carries no meaning in a question; asking shows that a meaning is asked for; common says
    little about which entry is meant; synonyms stand for one another; everyday words mean something
    else as well where a name has them; real words look like a misspelt name and are none.
    """

    id: Id
    use: Literal[
        "filler",
        "asking",
        "comparing",
        "denying",
        "telling",
        "common",
        "synonyms",
        "everyday",
        "elsewhere",
        "real",
    ]
    words: Phrases

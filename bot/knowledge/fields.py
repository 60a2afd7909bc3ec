"""What the files of the knowledge base are made of: the kinds of values, texts in both languages,
and what every entry has.

`en` is the language everything is written in first; a missing `fr` falls back to it and the bot
says so.
"""

from typing import Annotated, Protocol

from pydantic import BaseModel, ConfigDict, StringConstraints

from bot.language import Language

Line = Annotated[str, StringConstraints(strict=True, min_length=1, strip_whitespace=True)]
Id = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Day = Annotated[str, StringConstraints(strict=True, pattern=r"^\d{4}-\d{2}-\d{2}$")]
Url = Annotated[str, StringConstraints(strict=True, pattern=r"^https://[^\s<>|]+$")]
Lines = tuple[Line, ...]
Ids = tuple[Id, ...]


class Bilingual(Protocol):
    """A text in English and, perhaps, in French."""

    @property
    def en(self) -> str:
        """Always there."""

    @property
    def fr(self) -> str | None:
        """None where it is not written yet."""


def in_language(text: Bilingual, language: Language) -> str:
    """A text in a language, or in English where that is missing."""
    return (text.fr if language == "fr" else None) or text.en


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Frozen):
    """One text in each language."""

    en: Line
    fr: Line | None = None


class Name(Frozen):
    """What a term is called, in both languages."""

    en: Line
    fr: Line


class Phrases(Frozen):
    """Any number of phrases in each language."""

    en: Lines = ()
    fr: Lines = ()


class Entry(Frozen):
    """What every entry has."""

    id: Id
    """Never changes: buttons and links carry it."""
    sources: Ids = ()
    """Ids of sources.yaml; none means general knowledge."""
    reviewed: Day
    """The day somebody last read the entry against its sources."""

"""What a phrase of time turns out to say."""

from dataclasses import dataclass
from datetime import datetime

from bot.schedule.pieces import Reason
from bot.schedule.recurrence import Recurrence


@dataclass(frozen=True, slots=True)
class Recurring:
    """It happens again and again."""

    recurrence: Recurrence
    zone: str


@dataclass(frozen=True, slots=True)
class Once:
    """It happens once."""

    at: datetime
    """In its zone."""
    zone: str


@dataclass(frozen=True, slots=True)
class Mended:
    """Words that were read as something they did not surely say."""

    said: str
    meant: str
    """Empty where it is the whole proposal that is to be looked at."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Understood, but not surely: to be confirmed first."""

    proposal: Recurring | Once
    about: tuple[Mended, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Not understood, or nothing that can be done."""

    reason: Reason
    words: str
    """The part of the text it is about."""


Understood = Recurring | Once | Ask | Refused

"""What a phrase of time is made of, once its words are read."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Reason = Literal[
    "nothing",  # no word of time in it
    "unknown_words",  # some of it is about time, some of it is not understood
    "hour",  # no such time of day
    "date",  # no such date, or not a certain one
    "past",  # over already
    "too_often",  # more often than once a day
    "interval",  # every 0 weeks, every year
    "contradiction",  # its parts do not go together
    "several",  # more than one time, or more than one rule
    "limits",  # an end or an exception, which nothing here can have
    "zone",  # no such time zone
    "too_long",  # nobody's phrase
]
Part = Literal["morning", "noon", "afternoon", "evening", "night"]
Style = Literal["exact", "english", "french", "either"]


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day."""

    hour: int
    minute: int = 0
    style: Style = "exact"
    """Whose custom tells whether 3 is at night; exact where nothing is open."""
    part: Part | None = None
    bare: bool = False
    """A number and nothing else: an hour only where the words before make it one."""


@dataclass(frozen=True, slots=True)
class PartOfDay:
    """Morning, evening."""

    part: Part
    of_today: bool = False
    habit: bool = False
    """"Mornings": every one of them."""


@dataclass(frozen=True, slots=True)
class Relative:
    """Today, tomorrow, the day after."""

    days: int


@dataclass(frozen=True, slots=True)
class After:
    """So much time from now, or from a day: (number, unit) pairs."""

    amounts: tuple[tuple[int, str], ...]
    base: "Relative | Days | None" = None


@dataclass(frozen=True, slots=True)
class Days:
    """One day of the week or several; Monday is 0."""

    days: tuple[int, ...]
    habit: bool = False
    """"Mondays", "le lundi": every one of them."""
    which: Literal["", "this", "next", "next week", "this week", "in a week"] = ""


@dataclass(frozen=True, slots=True)
class Week:
    """Next week, without a day."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A date: a day, perhaps its month, year and day of the week."""

    day: int
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    next_month: bool = False
    either: bool = False
    """Day and month could change places."""


@dataclass(frozen=True, slots=True)
class Nth:
    """The first Monday, perhaps of a month."""

    ordinal: int
    days: tuple[int, ...]
    month: int | None = None
    year: int | None = None
    next_month: bool = False


@dataclass(frozen=True, slots=True)
class Repeats:
    """Every so many days, weeks or months."""

    unit: Literal["day", "week", "month"]
    interval: int = 1
    days: tuple[int, ...] = ()
    ordinal: int | None = None
    monthday: int | None = None
    part: Part | None = None
    unclear: bool = False
    """Such as "bimonthly": people mean two things by it."""


@dataclass(frozen=True, slots=True)
class Start:
    """From a day on."""

    day: "Relative | Days | Calendar | Week | After | Nth"


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone."""

    name: str
    shy: bool = False
    """Named without "in" or "time": only after a time of day."""


@dataclass(frozen=True, slots=True)
class Filler:
    """Please, and a comma."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Understood, and there is no such thing."""

    reason: Reason


Piece = (
    Clock
    | PartOfDay
    | Relative
    | After
    | Days
    | Week
    | Calendar
    | Nth
    | Repeats
    | Start
    | Zone
    | Filler
    | Wrong
)

LEAP_YEAR = 2024


def possible(day: int, month: int) -> bool:
    """Whether any year has such a day."""
    try:
        date(LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True

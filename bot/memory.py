"""What is remembered for the person, channel and workspace of a request: a frozen snapshot, and
the changes that an answer makes to it.

Keys name one thing across platforms: a workspace "platform:workspace", a person in it
"platform:workspace/person", a channel of it "platform:workspace/channel".
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.language import Language

LONGEST_REMINDER = 200
"""Characters of what a person asks to be reminded of; the one free text that is stored."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person, a channel or a workspace has set; empty where nobody did."""

    language: Language | None = None
    zone: str = ""
    """The IANA name of a time zone."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """A channel's tips."""

    owner: str
    """Who set them up."""
    rule: str
    """When, as an RFC 5545 rule in local time."""
    since: date
    """The local date that the rule counts from."""
    zone: str
    next_at: datetime | None
    """The next instant that the rule falls on; None while nothing can be posted."""
    topic: str = ""
    """Empty for tips on everything."""
    paused_until: date | None = None
    """The local date from which there are tips again."""
    stopped: str = ""
    """Why nothing can be posted, such as "gone" or "not_invited"; empty where all is well."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a person wants to be reminded of in private."""

    id: str
    words: str
    """In their own words, at most LONGEST_REMINDER characters."""
    entry: str
    """What of the knowledge fits, such as "tip:tip-credit"; empty where nothing does."""
    rule: str
    """Empty where it is for one time only."""
    since: date
    """The local date that the rule counts from."""
    zone: str
    next_at: datetime | None
    """None where it was done."""


@dataclass(frozen=True, slots=True)
class House:
    """What holds for a whole workspace."""

    restricted: bool = False
    """Whether only managers may set up a channel's tips."""
    managers: frozenset[str] = frozenset()
    """People who may besides the admins of the platform; who installed the bot is one."""


@dataclass(frozen=True, slots=True)
class Nudging:
    """Whether a person wants to be nudged about the wording of what they post, and how far."""

    on: bool = False
    muted: frozenset[str] = frozenset()
    """The ids of rules that they do not want to hear of."""
    snoozed_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Memory:
    """Settings that hold for this request; None where nobody set them."""

    language: Language | None = None
    """The person's own setting."""
    workspace_language: Language | None = None
    zone: str = ""
    """The person's own setting."""
    workspace_zone: str = ""
    channel: Preferences = Preferences()
    house: House = House()
    weekly: Weekly | None = None
    """The tips of the channel where this was said."""
    used: tuple[tuple[str, datetime], ...] = ()
    """The tips that the channel had, each with the last time."""
    reminders: tuple[Reminder, ...] = ()
    """The person's own, the next one first."""
    nudging: Nudging = Nudging()
    """The person's own choice."""
    nudged_here: bool = False
    """Whether an admin allowed nudges in the channel where this was said."""
    owned: tuple[tuple[str, Weekly], ...] = ()
    """The channels whose tips the person set up; told only where everything stored is asked for."""


NOTHING = Memory()


@dataclass(frozen=True, slots=True)
class SetPreferences:
    """The language and zone of a person, channel or workspace."""

    key: str
    preferences: Preferences


@dataclass(frozen=True, slots=True)
class SetHouse:
    """Who may do what in a workspace."""

    workspace: str
    house: House


@dataclass(frozen=True, slots=True)
class SaveWeekly:
    """A channel's tips are set up or changed."""

    channel: str
    weekly: Weekly


@dataclass(frozen=True, slots=True)
class EndWeekly:
    """A channel has no tips any more."""

    channel: str


@dataclass(frozen=True, slots=True)
class SaveReminder:
    """A reminder is made or changed."""

    person: str
    reminder: Reminder


@dataclass(frozen=True, slots=True)
class EndReminder:
    """A reminder is cancelled or done."""

    person: str
    id: str


@dataclass(frozen=True, slots=True)
class ForgetPerson:
    """Everything that is stored on a person goes, at once."""

    person: str


@dataclass(frozen=True, slots=True)
class SetNudging:
    """What a person chose."""

    person: str
    nudging: Nudging


@dataclass(frozen=True, slots=True)
class AllowNudges:
    """In a channel people may be nudged, if they want to be."""

    channel: str


@dataclass(frozen=True, slots=True)
class EndNudges:
    """In a channel nobody is nudged any more."""

    channel: str


@dataclass(frozen=True, slots=True)
class CountFalseAlarm:
    """Somebody found that a wording rule was wrong; of whom or what nothing is known."""

    rule: str


Change = (
    SetPreferences
    | SetHouse
    | SaveWeekly
    | EndWeekly
    | SaveReminder
    | EndReminder
    | ForgetPerson
    | SetNudging
    | AllowNudges
    | EndNudges
    | CountFalseAlarm
)

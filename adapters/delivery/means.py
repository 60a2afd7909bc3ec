"""What a delivery needs besides the database: who sends, what is said, and how fast."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from adapters.delivery.pacing import Pace
from adapters.delivery.statements import Clock, database_clock
from adapters.delivery.ticking import Queue, nobody
from bot.knowledge import Knowledge
from bot.messages import Language, Reply
from bot.schedule.plan import Failure

Kind = Literal["tip", "reminder", "word"]


@dataclass(frozen=True, slots=True)
class Post:
    """What is said, before it is put into words."""

    kind: Kind
    """A channel's tip, a person's reminder, or a word to an owner whose tips had to stop."""
    schedule: str
    """The id of the channel's tips or of the reminder."""
    entry: str = ""
    """The id of the tip; for a reminder what fits, such as "tip:tip-credit"."""
    owner: str = ""
    """Who set the tips up."""
    channel: str = ""
    """Where the tips are posted."""
    words: str = ""
    """What the person asked to be reminded of."""
    rule: str = ""
    """When it comes again; empty where it does not."""
    reason: str = ""
    """Why the tips had to stop."""


Compose = Callable[[Post, Knowledge, Language, datetime, str], Reply]
"""Puts a post into words, at an instant; the last is what stands before a command on the platform.
Raises ValueError for what nothing can be said of.
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """The platform has the message."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The platform has not taken it."""

    kind: Failure
    retry_after_seconds: float | None = None
    """How long it asks to be left alone."""


Result = Taken | Failed


class Sender(Protocol):
    """Sends to one platform. What goes wrong there is a result, not an exception."""

    @property
    def prefix(self) -> str:
        """What stands before a command where it posts, such as "/ally "."""

    async def send(self, target: str, workspace: str, reply: Reply) -> Result: ...


@dataclass(frozen=True, slots=True)
class Means:
    """Everything that a delivery needs besides the database."""

    senders: Mapping[str, Sender]
    """By the name of the platform, which keys begin with."""
    knowledge: Callable[[], Knowledge]
    """As it is at the moment."""
    compose: Compose
    queue: Queue = nobody
    clock: Clock = database_clock
    pace: Pace = field(default_factory=Pace)
    send_seconds: float = 20.0
    """How long a platform may take."""
    lease_seconds: float = 60.0
    """After so long without a result another may send it: its sender has died."""

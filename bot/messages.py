"""What goes in and out of the core: requests, replies and the parts of a reply.

Strings are plain text, always: emphasis is a part's type, escaping is the adapter's duty. A part
says what something is, never where it stands on a screen.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.language import LANGUAGES as LANGUAGES
from bot.language import Language as Language
from bot.memory import Change

Role = Literal["unknown", "guest", "member", "admin"]
"""A guest is there for a while, an admin runs the workspace; unknown where nobody was asked."""


LONGEST_REQUEST = 4100
"""Characters that are read of it: a message of 4,000, and the command before it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was said."""

    workspace: str = ""
    channel: str = ""
    """Empty in a one-to-one chat: there is nobody to share with."""
    thread: str = ""
    public: bool = False
    """Whether everybody there reads what is answered there."""
    elsewhere: bool = False
    """Whether the answer goes to the asker alone, in their own chat."""


@dataclass(frozen=True, slots=True)
class Request:
    """One thing one person said."""

    person: str
    """Stable and unique across platforms: "platform:workspace/person"."""
    text: str
    at: datetime
    """Timezone-aware; the core never reads a clock."""
    place: Place = Place()
    locale: str = ""
    """As the platform names it ("fr-CA"); empty where it is not known."""
    prefix: str = ""
    """What has to stand before a command where this was said, such as "/ally "."""
    aloud: str = ""
    """The same for what is typed in front of others, where the answer goes to the asker alone."""
    pressed: bool = False
    """Whether nobody saw that it was said: a button was pressed."""
    zone: str = ""
    """The time zone that the platform has of the person, by IANA name; empty where it has none."""
    role: Role = "unknown"
    """What the person is in the workspace; looked up only for commands that need it."""
    overhears: bool = True
    """Whether the platform may pass on what people say in channels and not to the bot; nudges are
    about that."""
    mentioned: tuple[str, ...] = ()
    """Other people whom they named, in the way that platforms link; keys like `person`."""

    @property
    def workspace(self) -> str:
        """The key of the workspace in what is remembered: "platform:workspace"."""
        return self.person.partition("/")[0]

    @property
    def channel(self) -> str:
        """The key of the channel; empty in a chat of two."""
        return f"{self.workspace}/{self.place.channel}" if self.place.channel else ""


@dataclass(frozen=True, slots=True)
class Heading:
    """What the reply is about."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, with a label in front where it has one ("Why it matters")."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A short list, with a label above it where it has one."""

    items: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Small print: sources, credit, a caution."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to read on."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Small print that names a person or a channel; `{name}` in the text is where the name goes."""

    text: str
    key: str
    """Whom: "platform:workspace/person or channel"."""
    unnamed: str = ""
    """What stands for the name where the platform cannot tell it."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant; platforms that can add it in each reader's own time."""

    text: str
    """Its date, time and zone in words."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Button:
    """A command that can be sent with one press."""

    label: str
    command: str


Part = Heading | Text | Bullets | Note | Link | Mention | Moment | Button


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot says back; only the person who asked sees it."""

    parts: tuple[Part, ...]

    @property
    def plain_text(self) -> str:
        """The whole reply for notifications, screen readers and clients that show no layout."""
        return "\n".join(_plain(part) for part in self.parts)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """What can be pressed, in the order it is shown."""
        return tuple(part for part in self.parts if isinstance(part, Button))


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that a request found."""

    kind: str
    """term, tip, scenario, checklist, fact or resource."""
    id: str
    title: str
    score: float
    """How sure, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Aside:
    """What is said in front of everybody while the reply goes to its asker alone."""

    written: Reply
    """They have the reply."""
    refused: Reply
    """They could not be written to."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One of several whole answers, to pick from before anything is shown to anybody."""

    title: str
    summary: str
    reply: Reply


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did: something to say and, where it looked something up, what it found."""

    reply: Reply
    result: Literal["answer", "choices", "nothing", "command"] = "command"
    matches: tuple[Match, ...] = ()
    """Best first."""
    shared: Reply | None = None
    """What goes to the whole channel, because the person who asked pressed Share."""
    unshared: Reply | None = None
    """What they see instead of `reply` where the channel did not take it."""
    aside: Aside | None = None
    """Set where it was asked in public and `reply` is for nobody but its asker."""
    offers: tuple[Offer, ...] = ()
    """Set by `suggest`: the answers that fit what is being typed, best first."""
    changes: tuple[Change, ...] = ()
    """What is to be remembered from now on."""
    introduction: Reply | None = None
    """What the bot says in the channel before anything is remembered; where it may not speak there,
    `unshared` is shown and nothing is remembered."""
    closes: bool = False
    """What the person pressed on goes away, where nobody else sees it and the platform can take it
    away; `reply` stands there where it cannot."""
    file: str = ""
    """The label of a link to a file with everything that is stored on the person, where they are to
    get one; whoever has an address for it adds the link."""


def _plain(part: Part) -> str:
    match part:
        case Heading(text) | Note(text):
            return text
        case Text(text, label):
            return f"{label}: {text}" if label else text
        case Bullets(items, label):
            return "\n".join([label] * bool(label) + [f"• {item}" for item in items])
        case Link(label, url):
            return f"{label}: {url}"
        case Mention(text, key, unnamed):
            return text.replace("{name}", unnamed or key)
        case Moment(text, _):
            return text
        case Button(label, command):
            return f"› {label} ({command})"

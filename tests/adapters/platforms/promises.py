"""What every platform promises of a reply: all of it can be read and pressed, nothing is alive."""

import re
from collections.abc import Iterable, Iterator

from bot.messages import (
    Bullets,
    Button,
    Heading,
    Link,
    Mention,
    Moment,
    Note,
    Part,
    Place,
    Reply,
    Text,
)
from tests.adapters.platforms.platform import Look, Platform
from tests.walk import CHATS, Walked

_UNSEEN = re.compile("[\u200b\ufffd\x00-\x08\x0b-\x1f\x7f-\x9f]")


def wrong(replies: Iterable[Reply], platform: Platform) -> list[tuple[str, str]]:
    """What a platform does wrong with replies: which promise is broken, and by what."""
    return [
        fault
        for reply in replies
        for look in platform.looks(reply)
        for fault in faults(reply, look, platform)
    ]


def faults(reply: Reply, look: Look, platform: Platform) -> Iterator[tuple[str, str]]:
    shown, end = squeezed(look.words), 0
    for part in reply.parts:
        for text in texts(part):
            start = shown.find(squeezed(text), end)
            if start < 0:
                yield type(part).__name__, f"{text!r} is not shown, or not in its place"
            else:
                end = start + len(squeezed(text))
        if isinstance(part, Link) and part.url not in look.links:
            yield "Link", f"nothing leads to {part.url}"
    buttons = reply.buttons
    if look.commands != tuple(button.command for button in buttons):
        yield "Button", f"the buttons say {look.commands}"
    if [*map(squeezed, look.labels)] != [squeezed(button.label) for button in buttons]:
        yield "Button", f"the buttons are called {look.labels}"
    if len(set(look.labels)) != len(look.labels):
        yield "Button", f"two buttons are called alike: {look.labels}"
    for live in platform.markup:
        if any(live in text for text in look.markup):
            yield "alive", f"{live!r} is alive"
    yield from (("limit", fault) for fault in look.faults)


def texts(part: Part) -> tuple[str, ...]:
    """What of a part has to be read, in order."""
    match part:
        case Heading(text) | Note(text):
            return (text,)
        case Text(text, label):
            return label, text
        case Bullets(items, label):
            return label, *items
        case Link(label, _):
            return (label,)
        case Mention(text):
            return tuple(text.split("{name}"))
        case Moment(text):
            return (text,)
        case Button():
            return ()


def squeezed(text: str) -> str:
    """A text without spaces and what has no width: where lines end is up to the platform.

    Nor does it count what a platform shows in place of a control character.
    """
    return "".join(_UNSEEN.sub("", text).split())


def replies(walked: Iterable[Walked], places: Iterable[Place] = CHATS) -> list[Reply]:
    """Everything that is said on a walk, each reply once."""
    said: dict[Reply, None] = {}
    for request, outcome in walked:
        if request.place in places:
            aside = outcome.aside and (outcome.aside.written, outcome.aside.refused)
            offers = (offer.reply for offer in outcome.offers)
            found = (outcome.reply, outcome.shared, outcome.unshared, *(aside or ()), *offers)
            said |= dict.fromkeys(reply for reply in found if reply is not None)
    return list(said)

"""From a reply to an Adaptive Card. Text stands in text runs, which know no markup; escapes here.

Only the name of a person who is mentioned stands in a block, for Teams links it nowhere else.

https://adaptivecards.io/explorer/ and
https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate
from types import MappingProxyType
from typing import Any

from adapters.teams.ids import id_in
from bot.messages import Bullets, Button, Heading, Link, Mention, Moment, Note, Part, Reply, Text

Card = dict[str, Any]
Element = dict[str, Any]

CARD_TYPE = "application/vnd.microsoft.card.adaptive"
VERSION = "1.5"
PRESS = "press"
"""The verb of every button."""
MOST_ACTIONS = 6
SUMMARY, TEXT, NAME = 400, 4000, 100
WHOLE_BYTES, PLAIN_BYTES = 17_000, 6_000
"""What a paragraph and the text for old clients may take of the 28 KB that are safe everywhere: the
longest message, put into other words, is shown whole.
"""

Names = Mapping[str, str]
"""What people are called, by their keys."""
NOBODY: Names = MappingProxyType({})

_MARKUP = re.compile(r"[\[\]*_`~#|\\<>{}]|&(?=#?\w+;)|^[-+](?=\s)|(?<=\d)[.)](?=\s)", re.MULTILINE)

_UNLINKED = re.compile(rf"{_MARKUP.pattern}|[&:@]|www[.]", _MARKUP.flags)


def render(reply: Reply, names: Names = NOBODY) -> dict[str, Any]:
    """A message: its card, and the line that notifications show."""
    attachment = {"contentType": CARD_TYPE, "content": card(reply, names)}
    return {"type": "message", "summary": summary(reply, names), "attachments": [attachment]}


def card(reply: Reply, names: Names = NOBODY, *, in_dialog: bool = False) -> Card:
    """The card of a reply; what is pressed in it comes back as a command.

    A dialog only knows the older kind of button.
    """
    action = _submit if in_dialog else _action
    body = [element for part in reply.parts for element in _elements(part, names)]
    actions = [action(button) for button in reply.buttons[:MOST_ACTIONS]]
    linked = {part.key: name for part in _mentions(reply) if (name := _linked(part, names))}
    entities = [_entity(key, name) for key, name in linked.items()]
    return {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": VERSION,
        "fallbackText": fitting(cut(_told(reply, names).plain_text, TEXT), PLAIN_BYTES),
        "body": body,
        **({"actions": actions} if actions else {}),
        **({"msteams": {"entities": entities}} if entities else {}),
    }


def summary(reply: Reply, names: Names = NOBODY) -> str:
    """What a reply says, in a line that stands on a screen where others may look.

    A note in front of everything says what comes is not for every eye, and stands for it here.
    """
    match reply.parts:
        case (Note(text), *_):
            return cut(text, SUMMARY)
    told = _told(reply, names).parts
    shown = Reply(tuple(part for part in told if not isinstance(part, Button)))
    return cut(" · ".join(shown.plain_text.splitlines()).replace(" · • ", " • "), SUMMARY)


def cut(text: str, limit: int) -> str:
    """The text, or as much of it as fits."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def fitting(text: str, most: int) -> str:
    """The same for bytes of JSON."""
    if _bytes(text) <= most:
        return text
    sizes = accumulate(_bytes(character) - 2 for character in text)
    return text[: bisect_right(list(sizes), most - 5)].rstrip() + "…"


def _bytes(text: str) -> int:
    """What a text takes in JSON, with the marks around it."""
    return len(json.dumps(text, ensure_ascii=False).encode(errors="replace"))


def _elements(part: Part, names: Names) -> list[Element]:
    match part:
        case Heading(text):
            words = _literal(cut(text, TEXT))
            return [_block(words, style="heading", size="Large", weight="Bolder")]
        case Text(text, label):
            whole = fitting(text, WHOLE_BYTES)
            return [*_label(label), _paragraph(whole, "None" if label else "Default")]
        case Bullets(items, label):
            return [*_label(label), *(_line(f"• {item}", spacing="Small") for item in items)]
        case Note(text):
            return [_line(text, isSubtle=True, size="Small")]
        case Link(label, url):
            address = url.replace("(", "%28").replace(")", "%29")
            return [_block(f"[{_literal(label)}]({address})", weight="Bolder")]
        case Mention(text):
            if name := _linked(part, names):
                words = _at(name).join(_literal(piece) for piece in text.split("{name}"))
                return [_block(words, isSubtle=True, size="Small")]
            said = _said(part, names)
            return [_line(said, isSubtle=True, size="Small")] if said else []
        case Moment(text, _):
            return [_line(text)]
        case Button():
            return []


def _mentions(reply: Reply) -> Iterator[Mention]:
    return (part for part in reply.parts if isinstance(part, Mention))


def _told(reply: Reply, names: Names) -> Reply:
    """The reply with everybody called by name in it, for where nobody can be linked."""
    parts = (Note(_said(it, names)) if isinstance(it, Mention) else it for it in reply.parts)
    return Reply(tuple(parts))


def _said(part: Mention, names: Names) -> str:
    """The words of a mention; where no name is known, none of the key either."""
    named = _name(part, names) or part.unnamed
    text = part.text.replace("{name}", named)
    return text if named else text.replace("  ", " ").strip()


def _name(part: Mention, names: Names) -> str:
    return cut(" ".join(names.get(part.key, "").split()), NAME)


def _linked(part: Mention, names: Names) -> str:
    """The name that Teams links; a name with markup in it is shown as it is and not linked."""
    name = _name(part, names)
    fits = "{name}" in part.text and len(part.text) + len(name) < TEXT
    return name if fits and not _UNLINKED.search(name) else ""


def _at(name: str) -> str:
    return f"<at>{name}</at>"


def _entity(key: str, name: str) -> dict[str, Any]:
    """Whom a linked name is of."""
    person = {"id": id_in(key), "name": name}
    return {"type": "mention", "text": _at(name), "mentioned": person}


def _label(label: str) -> list[Element]:
    return [_line(label, weight="Bolder")] if label else []


def _block(markdown: str, **style: Any) -> Element:
    """A paragraph that knows markdown: what is put into it has to be literal."""
    return {"type": "TextBlock", "text": markdown, "wrap": True, **style}


def _line(text: str, *, spacing: str = "Default", **run: Any) -> Element:
    return _paragraph(cut(text, TEXT), spacing, **run)


def _paragraph(text: str, spacing: str, **run: Any) -> Element:
    """A paragraph of its own; runs show characters as they are."""
    inlines = [{"type": "TextRun", "text": text, **run}]
    return {"type": "RichTextBlock", "spacing": spacing, "inlines": inlines}


def _action(button: Button) -> Element:
    return {
        "type": "Action.Execute",
        "title": button.label,
        "tooltip": button.label,  # the whole of it, where a narrow window cuts the title
        "verb": PRESS,
        "data": {"command": button.command},
        "fallback": _submit(button),  # clients from before Action.Execute
    }


def _submit(button: Button) -> Element:
    data = {"command": button.command}
    return {"type": "Action.Submit", "title": button.label, "data": data}


def _literal(text: str) -> str:
    """Text for a block that knows markdown, in which nothing is any."""
    return _MARKUP.sub(r"\\\g<0>", text)

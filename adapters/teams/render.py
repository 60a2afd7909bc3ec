"""From a reply to an Adaptive Card. Text stands in text runs, which know no markup; escapes here.

https://adaptivecards.io/explorer/ and
https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
"""

import re
from typing import Any

from bot.messages import Bullets, Button, Heading, Link, Mention, Moment, Note, Part, Reply, Text

Card = dict[str, Any]
Element = dict[str, Any]

CARD_TYPE = "application/vnd.microsoft.card.adaptive"
VERSION = "1.5"
PRESS = "press"
"""The verb of every button."""
MOST_ACTIONS = 6
SUMMARY, TEXT = 400, 4000

_MARKUP = re.compile(r"[\[\]*_`~#|\\<>{}]|&(?=#?\w+;)|^[-+](?=\s)|(?<=\d)[.)](?=\s)", re.MULTILINE)


def render(reply: Reply) -> dict[str, Any]:
    """A message: its card, and the line that notifications show."""
    attachment = {"contentType": CARD_TYPE, "content": card(reply)}
    return {"type": "message", "summary": summary(reply), "attachments": [attachment]}


def card(reply: Reply) -> Card:
    """The card of a reply; what is pressed in it comes back as a command."""
    body = [element for part in reply.parts for element in _elements(part)]
    actions = [_action(button) for button in reply.buttons[:MOST_ACTIONS]]
    return {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": VERSION,
        "fallbackText": cut(reply.plain_text, TEXT),
        "body": body,
        **({"actions": actions} if actions else {}),
    }


def summary(reply: Reply) -> str:
    """What a reply says, in a line that stands on a screen where others may look.

    A note in front of everything says what comes is not for every eye, and stands for it here.
    """
    match reply.parts:
        case (Note(text), *_):
            return cut(text, SUMMARY)
    shown = Reply(tuple(part for part in reply.parts if not isinstance(part, Button)))
    return cut(" · ".join(shown.plain_text.splitlines()).replace(" · • ", " • "), SUMMARY)


def cut(text: str, limit: int) -> str:
    """The text, or as much of it as fits."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _elements(part: Part) -> list[Element]:
    match part:
        case Heading(text):
            words = _literal(cut(text, TEXT))
            return [_block(words, style="heading", size="Large", weight="Bolder")]
        case Text(text, label):
            return [*_label(label), _line(text, spacing="None" if label else "Default")]
        case Bullets(items, label):
            return [*_label(label), *(_line(f"• {item}", spacing="Small") for item in items)]
        case Note(text):
            return [_line(text, isSubtle=True, size="Small")]
        case Link(label, url):
            address = url.replace("(", "%28").replace(")", "%29")
            return [_block(f"[{_literal(label)}]({address})", weight="Bolder")]
        case Mention(text, key, unnamed):
            named = text.replace("{name}", unnamed or key)
            return [_line(named, isSubtle=True, size="Small")]
        case Moment(text, _):
            return [_line(text)]
        case Button():
            return []


def _label(label: str) -> list[Element]:
    return [_line(label, weight="Bolder")] if label else []


def _block(markdown: str, **style: str) -> Element:
    """A paragraph that knows markdown: what is put into it has to be literal."""
    return {"type": "TextBlock", "text": markdown, "wrap": True, **style}


def _line(text: str, *, spacing: str = "Default", **run: Any) -> Element:
    """A paragraph of its own; runs show characters as they are."""
    inlines = [{"type": "TextRun", "text": cut(text, TEXT), **run}]
    return {"type": "RichTextBlock", "spacing": spacing, "inlines": inlines}


def _action(button: Button) -> Element:
    data = {"command": button.command}
    return {
        "type": "Action.Execute",
        "title": button.label,
        "tooltip": button.label,  # the whole of it, where a narrow window cuts the title
        "verb": PRESS,
        "data": data,
        # clients from before Action.Execute
        "fallback": {"type": "Action.Submit", "title": button.label, "data": data},
    }


def _literal(text: str) -> str:
    """Text for a block that knows markdown, in which nothing is any."""
    return _MARKUP.sub(r"\\\g<0>", text)

"""What Teams' documentation allows in a message and in a card, and what ours allows.

https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from tests.adapters.teams.markdown import linked, live, read
from tests.adapters.teams.sdk import unknown_properties

CARD = "application/vnd.microsoft.card.adaptive"
VERSIONS = ("1.2", "1.3", "1.4", "1.5")
MOST_ACTIONS = 6
MOST_BYTES = 28 * 1024
MOST_BYTES_AS_UTF_16 = 80 * 1024
MOST_REFRESHED = 60
MOST_IN_SUMMARY = 500
_AT = re.compile(r"(?<!\\)<at>([^<>]*)</at>")

_ANY = frozenset({"type", "id", "spacing", "separator", "isVisible", "height", "fallback"})
# What may stand in a card, and what may be said of it. Grows by review.
ELEMENTS = {
    "TextBlock": _ANY
    | {"text", "style", "size", "weight", "wrap", "color", "isSubtle", "maxLines", "fontType"}
    | {"horizontalAlignment"},
    "RichTextBlock": _ANY | {"inlines", "horizontalAlignment"},
    "Container": _ANY | {"items", "style", "bleed", "minHeight"},
    "ColumnSet": _ANY | {"columns"},
    "Column": _ANY | {"items", "width", "style"},
    "FactSet": _ANY | {"facts"},
    "ActionSet": _ANY | {"actions"},
    "Image": _ANY | {"url", "altText", "size", "style"},
    "Input.Text": _ANY | {"label", "errorMessage", "isRequired", "placeholder", "value"}
    | {"maxLength", "isMultiline"},
    "Input.ChoiceSet": _ANY | {"label", "errorMessage", "isRequired", "choices", "value", "style"},
}  # fmt: skip
RUN = {"type", "text", "size", "weight", "color", "isSubtle", "italic", "fontType", "selectAction"}
TOP = {
    "type", "$schema", "version", "fallbackText", "body", "actions", "lang", "speak", "refresh",
    "msteams",
}  # fmt: skip
ACTIONS = {
    "Action.Execute": {"type", "title", "verb", "data", "fallback", "style", "tooltip"},
    "Action.Submit": {"type", "title", "data", "style", "tooltip"},
    "Action.OpenUrl": {"type", "title", "url", "tooltip"},
}


def faults(message: Mapping[str, Any], links: Collection[str] = ()) -> list[str]:
    """What is wrong with a message; the only addresses in it may be `links`."""
    found = [f"botbuilder.schema knows no {name}" for name in unknown_properties(message)]
    attachments = message.get("attachments") or []
    text = message.get("text") or ""
    if message.get("type") != "message":
        found.append(f"an activity of the type {message.get('type')}")
    if bool(text.strip()) == bool(attachments):
        found.append("a text and a card together" if text else "neither a text nor a card")
    if len(attachments) > 1:
        found.append(f"{len(attachments)} cards")
    if text and message.get("textFormat") != "plain":
        found += [f"{fault} in the text {text!r}" for fault in _live_in_text(message)]
    found += _mentions(message)
    found += _size(message)
    for attachment in attachments:
        if attachment.get("contentType") != CARD:
            found.append(f"an attachment of the type {attachment.get('contentType')}")
            continue
        found += card_faults(attachment["content"], links)
        found += _summary(message, attachment["content"])
    return found


def card_faults(
    card: Mapping[str, Any], links: Collection[str] = (), *, in_dialog: bool = False
) -> list[str]:
    """What is wrong with a card, wherever it is shown; dialogs know no Action.Execute."""
    found = [f"a card with {name}" for name in card.keys() - TOP]
    if card.get("type") != "AdaptiveCard" or card.get("version") not in VERSIONS:
        found.append(f"a card {card.get('type')} of version {card.get('version')}")
    if not isinstance(card.get("body"), list) or not card["body"]:
        return [*found, "a card with nothing in it"]
    for element in _elements(card["body"]):
        found += _element(element, links)
    for action in (*_actions(card), *_select_actions(card)):
        found += _action(action, links, in_dialog=in_dialog)
    found += _together(card)
    found += _size(card)
    return found


def words(card: Mapping[str, Any]) -> str:
    """All the text of a card, as a person reads it: a line for each block."""
    return "\n".join(_plain(element) for element in _elements(card["body"]) if _plain(element))


def buttons(card: Mapping[str, Any]) -> dict[str, str]:
    """What can be pressed in a card: the command that a button says -> its label."""
    pressable = (action for action in _actions(card) if action["type"] != "Action.OpenUrl")
    return {action["data"]["command"]: action["title"] for action in pressable}


def heading(card: Mapping[str, Any]) -> str:
    """The text of a card's first heading; empty where it has none."""
    blocks = (element for element in _elements(card["body"]) if element["type"] == "TextBlock")
    return next((_plain(block) for block in blocks if block.get("style") == "heading"), "")


def opened(card: Mapping[str, Any]) -> list[str]:
    """The addresses that a card leads to."""
    texts = [element.get("text", "") for element in _elements(card["body"])]
    actions = (*_actions(card), *_select_actions(card))
    pressed = [action["url"] for action in actions if action["type"] == "Action.OpenUrl"]
    return [address for text in texts for address in linked(text)] + pressed


def _elements(elements: list[Any]) -> Iterator[Mapping[str, Any]]:
    for element in elements:
        yield element
        for inside in ("items", "columns"):
            yield from _elements(element.get(inside, []))


def _plain(element: Mapping[str, Any]) -> str:
    match element["type"]:
        case "TextBlock":
            return read(_AT.sub(r"\1", element["text"]))
        case "RichTextBlock":
            return "".join(run["text"] for run in element["inlines"])
        case "FactSet":
            pairs = ((fact["title"], fact["value"]) for fact in element["facts"])
            return "\n".join(f"{read(title)}: {read(value)}" for title, value in pairs)
    return ""


def _actions(card: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from card.get("actions", [])
    for element in _elements(card["body"]):
        yield from element.get("actions", [])


def _select_actions(card: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for element in _elements(card["body"]):
        yield from (
            run["selectAction"] for run in element.get("inlines", []) if "selectAction" in run
        )


def _element(element: Mapping[str, Any], links: Collection[str]) -> Iterator[str]:
    kind = str(element.get("type"))
    if kind not in ELEMENTS:
        yield f"nobody judges an element of type {kind}"
        return
    for name in element.keys() - ELEMENTS[kind]:
        yield f"a {kind} with {name}"
    match kind:
        case "TextBlock":
            yield from _marked_up(element["text"], links)
            if element.get("wrap") is not True:
                yield f"text that is cut off instead of wrapped: {element['text']!r}"
        case "FactSet":
            for fact in element["facts"]:
                yield from _marked_up(fact["title"], links)
                yield from _marked_up(fact["value"], links)
        case "RichTextBlock":
            if not element["inlines"]:
                yield "a RichTextBlock with nothing in it"
            for run in element["inlines"]:
                yield from (f"a TextRun with {name}" for name in run.keys() - RUN)
                if run.get("type") != "TextRun" or not run.get("text"):
                    yield f"no TextRun with a text: {run}"
        case "Image":
            if not element.get("altText"):
                yield "an image without a text for those who don't see it"
        case _ if kind.startswith("Input."):
            for name in ("id", "label", "errorMessage"):
                if not element.get(name):
                    yield f"an input without {name}"


def _marked_up(text: str, links: Collection[str]) -> Iterator[str]:
    if not text.strip():
        yield "an empty text"
    yield from (f"{fault} in {text!r}" for fault in live(text, links))


def _action(
    action: Mapping[str, Any], links: Collection[str], *, in_dialog: bool = False
) -> Iterator[str]:
    kind = str(action.get("type"))
    if kind not in ACTIONS:
        yield f"nobody judges an action of type {kind}"
        return
    for name in action.keys() - ACTIONS[kind]:
        yield f"an {kind} with {name}"
    if not str(action.get("title") or "").strip():
        yield f"an {kind} without a title"
    match kind:
        case "Action.OpenUrl":
            if action.get("url") not in links:
                yield f"{action.get('url')} is live"
        case "Action.Submit":
            if not in_dialog:
                yield "an Action.Submit that is no fallback"
            yield from _says_nothing(action)
        case _:
            if in_dialog:
                yield "an Action.Execute in a dialog"
            same = {name: action.get(name) for name in ("title", "data")}
            if action.get("fallback") != {"type": "Action.Submit", **same}:
                yield f"the fallback of {action.get('title')!r} does something else"
            yield from _says_nothing(action)


def _says_nothing(action: Mapping[str, Any]) -> Iterator[str]:
    if set(action.get("data") or {}) != {"command"} or not action["data"]["command"]:
        yield f"{action.get('title')!r} says {action.get('data')}"


def _together(card: Mapping[str, Any]) -> Iterator[str]:
    """What is right for each part and wrong for the whole."""
    actions = list(_actions(card))
    if len(actions) > MOST_ACTIONS:
        yield f"{len(actions)} actions"
    titles = [str(action.get("title")) for action in actions]
    if len(set(titles)) != len(titles):
        yield f"two buttons are called alike: {titles}"
    blocks = [element for element in _elements(card["body"]) if element["type"] == "TextBlock"]
    if blocks and blocks[0].get("style") != "heading":
        yield f"the first text is no heading: {blocks[0]['text']!r}"
    refreshed = (card.get("refresh") or {}).get("userIds", [])
    if len(refreshed) > MOST_REFRESHED:
        yield f"{len(refreshed)} people in userIds"
    fallback = card.get("fallbackText")
    if not isinstance(fallback, str) or not fallback.strip():
        yield "no fallbackText"
    elif heading(card)[:50] not in fallback:
        yield f"the fallbackText does not say what it is about: {fallback!r}"
    yield from _people(card, [block["text"] for block in blocks])


def _people(card: Mapping[str, Any], texts: list[str]) -> Iterator[str]:
    """What is wrong with those who are mentioned in a card."""
    entities = (card.get("msteams") or {}).get("entities", [])
    for entity in entities:
        who = entity.get("mentioned") or {}
        if not any(entity.get("text") and entity["text"] in text for text in texts):
            yield f"a mention whose text stands nowhere: {entity}"
        if entity.get("type") != "mention" or not who.get("id") or not who.get("name"):
            yield f"a mention of nobody: {entity}"
        if entity.get("text") != f"<at>{who.get('name')}</at>":
            yield f"a mention that calls somebody otherwise: {entity}"
    linked = {entity.get("text") for entity in entities}
    for text in texts:
        yield from (f"{at[0]} names nobody" for at in _AT.finditer(text) if at[0] not in linked)


def _summary(message: Mapping[str, Any], card: Mapping[str, Any]) -> Iterator[str]:
    """What a notification shows; there is nothing else in it."""
    summary = message.get("summary")
    if not isinstance(summary, str) or not 0 < len(summary.strip()) <= MOST_IN_SUMMARY:
        yield f"no summary of 1 to {MOST_IN_SUMMARY} characters"
    elif heading(card)[:50] not in summary and not words(card).startswith(summary.rstrip("…")):
        yield f"the summary does not say what it is about: {summary!r}"


def _begins(summary: str, shown: str) -> bool:
    """Whether a summary is what stands first in a card, such as a note of caution."""
    return " ".join(shown.split())[:50] == " ".join(summary.split())[:50]


def _mentions(message: Mapping[str, Any]) -> Iterator[str]:
    for entity in message.get("entities") or []:
        if entity.get("type") == "mention" and (
            not entity.get("text") or entity["text"] not in (message.get("text") or "")
        ):
            yield f"a mention that is not in the text: {entity}"


def _live_in_text(message: Mapping[str, Any]) -> Iterator[str]:
    text = message["text"]
    for entity in message.get("entities") or []:
        text = text.replace(entity.get("text") or "\0", "")
    yield from live(text)
    if re.search(r"<[a-z/!]", text, re.IGNORECASE):
        yield "HTML"


def _size(whole: Mapping[str, Any]) -> Iterator[str]:
    text = json.dumps(whole, ensure_ascii=False)
    size, wide = len(text.encode(errors="replace")), 2 * len(text)
    if size > MOST_BYTES or wide > MOST_BYTES_AS_UTF_16:
        yield f"{size} bytes, {wide} as UTF-16"
    if re.search(r"\bslack\b", text, re.IGNORECASE):
        yield "another chat platform is named"

"""What Slack's documentation allows in a message, and what ours allows: nothing live in it.

https://docs.slack.dev/reference/block-kit/blocks
https://docs.slack.dev/messaging/formatting-message-text
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

MOST_BLOCKS = 50
MOST_TEXT = 12_000
"""Slack refuses a message at about 13,000 characters of block text."""

_TOKEN = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_MOMENT = re.compile(r"!date\^\d{9,10}\^\{date_short_pretty\} \{time\}")
_BARE = re.compile(r"[<>]|&(?!(?:amp|lt|gt);)")


def faults(
    message: Mapping[str, Any], links: Collection[str], sharers: Collection[str] = ()
) -> list[str]:
    """What is wrong with a message.

    Its only links are `links`, addresses of the knowledge base; its only mentions are `sharers`:
    people, and channels. Instants on each reader's own clock are all right.
    """
    found = list(_fallback(message, sharers))
    blocks = message.get("blocks", [])
    if not 0 < len(blocks) <= MOST_BLOCKS:
        found.append(f"{len(blocks)} blocks")
    for block in blocks:
        found += _block(block)
    for element in (element for block in blocks for element in _texts(block)):
        found += _text(element, links, sharers)
    total = sum(len(element.get("text", "")) for block in blocks for element in _texts(block))
    if total >= MOST_TEXT:
        found.append(f"{total} characters of block text")
    found += _buttons(message)
    found += _kit(blocks)
    for option in ("link_names", "parse", "unfurl_links", "unfurl_media"):
        if message.get(option) not in (None, False):
            found.append(f"{option} is set")
    return found


def buttons(message: Mapping[str, Any]) -> dict[str, str]:
    """What can be pressed in a message: the command that a button says -> its label."""
    return {button["value"]: button["text"]["text"] for button in _pressable(message)}


def words(message: Mapping[str, Any]) -> str:
    """All the text of a message's blocks, as a person reads it."""
    texts = (
        element["text"]
        for block in message["blocks"]
        if block["type"] != "actions"
        for element in _texts(block)
    )
    return unescape("\n".join(texts)).replace("\u200b", "")


def heading(message: Mapping[str, Any]) -> str:
    """The text of a message's first header; empty where it has none."""
    headers = (block for block in message["blocks"] if block["type"] == "header")
    return next((unescape(block["text"]["text"]) for block in headers), "")


def unescape(text: str) -> str:
    """Text without Slack's three entities."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _fallback(message: Mapping[str, Any], sharers: Collection[str]) -> Iterator[str]:
    """The top-level text: notifications and screen readers have nothing else."""
    text = message.get("text")
    if not isinstance(text, str) or not 0 < len(text) <= 4000:
        yield "no text of 1 to 4000 characters"
        return
    for sharer in sharers:
        text = text.replace(f"<@{sharer}>", "").replace(f"<#{sharer}>", "")
    if _BARE.search(text):
        yield f"something live in the text: {text!r}"
    if heading(message)[:100] not in unescape(text):
        yield f"the text does not say what it is about: {text!r}"


def _block(block: Mapping[str, Any]) -> Iterator[str]:
    elements = block.get("elements", [])
    match block.get("type"):
        case "header":
            yield from _length("header", block["text"], 150)
            if block["text"]["type"] != "plain_text":
                yield "a header that is not plain text"
        case "section":
            yield from _length("section", block["text"], 3000)
        case "context":
            if not 0 < len(elements) <= 10:
                yield f"{len(elements)} elements in a context"
            for element in elements:
                yield from _length("context", element, 3000)
        case "actions":
            if not 0 < len(elements) <= 25:
                yield f"{len(elements)} elements in actions"
        case other:
            yield f"nobody judges a block of type {other}"


def _length(what: str, text: Mapping[str, Any], most: int) -> Iterator[str]:
    if not 0 < len(text["text"]) <= most:
        yield f"{len(text['text'])} characters in a {what}"


def _texts(block: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """All text objects of a block, with those of its buttons."""
    if "text" in block:
        yield block["text"]
    for element in block.get("elements", []):
        yield element["text"] if element["type"] == "button" else element


def _text(
    element: Mapping[str, Any], links: Collection[str], sharers: Collection[str]
) -> Iterator[str]:
    text = element["text"]
    if element["type"] == "plain_text":
        if element.get("emoji") is not False:
            yield f"emoji codes come alive in {text!r}"
    else:
        if element.get("verbatim") is not True:
            yield f"addresses and names come alive in {text!r}"
        for token in _TOKEN.finditer(text):
            mention = token[1].startswith(("@", "#")) and token[1][1:] in sharers
            moment = _MOMENT.fullmatch(token[1]) and token[2]
            if not mention and not moment and unescape(token[1]) not in links:
                yield f"{token[0]} is live in {text!r}"
        text = _TOKEN.sub("", text)
    if _BARE.search(text):
        yield f"not escaped: {text!r}"


def _pressable(message: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for block in message.get("blocks", []):
        if block.get("type") == "actions":
            yield from block["elements"]


def _buttons(message: Mapping[str, Any]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for button in _pressable(message):
        value, action = button["value"], button["action_id"]
        spoken = button.get("accessibility_label", button["text"]["text"])
        yield from _length("button", button["text"], 75)
        for name, text, most in (("value", value, 2000), ("action_id", action, 255)):
            if not 0 < len(text) <= most:
                yield f"{len(text)} characters in a {name}"
        if seen.setdefault(spoken, value) != value:
            yield f"two buttons are called {spoken!r}"
    actions = [button["action_id"] for button in _pressable(message)]
    if len(set(actions)) != len(actions):
        yield "an action_id is used twice"


def _kit(blocks: list[dict[str, Any]]) -> Iterator[str]:
    """What Slack's own library says."""
    for given, parsed in zip(blocks, Block.parse_all(blocks), strict=True):
        if parsed is None:  # the library skips a type that it does not know
            yield f"slack_sdk knows no block {given.get('type')}"
            continue
        try:
            parsed.validate_json()
        except SlackObjectFormationError as error:
            yield f"slack_sdk: {error}"

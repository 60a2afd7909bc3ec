"""From a reply to Block Kit. Escapes here and nowhere else.

Limits: https://docs.slack.dev/reference/block-kit/blocks
"""

import re
from dataclasses import replace
from itertools import groupby, islice
from typing import Any

from bot.messages import Bullets, Button, Heading, Link, Mention, Moment, Note, Part, Reply, Text

Block = dict[str, Any]

HEADER, SECTION, LABEL, VALUE, FALLBACK = 150, 3000, 75, 2000, 3900
BUTTONS_IN_A_ROW = 5

_MARKUP = re.compile(r"[*_~`]|:(?=[\w+-]+:)|^&gt;", re.MULTILINE)
_ZERO_WIDTH_SPACE = "\u200b"


def render(reply: Reply) -> dict[str, Any]:
    """A message: its blocks, and the text that notifications and screen readers use."""
    blocks: list[Block] = []
    for is_button, parts in groupby(reply.parts, lambda part: isinstance(part, Button)):
        if is_button:
            blocks += _rows([part for part in parts if isinstance(part, Button)], len(blocks))
        else:
            blocks += [block for part in parts for block in _blocks(part)]
    by_key = (replace(p, unnamed="") if isinstance(p, Mention) else p for p in reply.parts)
    text = escape(Reply(tuple(by_key)).plain_text, FALLBACK)
    for part in reply.parts:
        if isinstance(part, Mention):
            text = text.replace(escape(part.key, FALLBACK), _mention(part.key))
    return {"text": text, "blocks": blocks}


def escape(text: str, limit: int) -> str:
    """Text that Slack shows as it is, at most `limit` characters long after escaping."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if len(escaped) <= limit:
        return escaped
    cut = escaped[: limit - 1]
    # An entity that the cut went through is dropped as a whole.
    return re.sub(r"&[a-z]*$", "", cut).rstrip() + "…"


def _blocks(part: Part) -> list[Block]:
    match part:
        case Heading(text):
            return [{"type": "header", "text": _plain(text, HEADER)}]
        case Text(text, label):
            return [_section((f"*{_literal(label)}*\n" if label else "") + _literal(text))]
        case Bullets(items, label):
            lines = [f"*{_literal(label)}*"] * bool(label) + [f"• {_literal(i)}" for i in items]
            return [_section(text) for text in _filled(lines)]
        case Note(text):
            return [{"type": "context", "elements": [_markdown(_literal(text))]}]
        case Link(label, url):
            return [_section(f"*<{escape(url, SECTION)}|{_literal(label).replace('|', '¦')}>*")]
        case Mention(text, key, _):
            before, _, after = text.partition("{name}")
            words = f"{_literal(before)}{_mention(key)}{_literal(after)}"
            return [{"type": "context", "elements": [_markdown(words)]}]
        case Moment(text, _):
            return [_section(_literal(text))]
        case Button():
            return _rows([part], 0)


def _filled(lines: list[str]) -> list[str]:
    """Lines put together to texts that are as long as a section may be, and no longer."""
    texts: list[str] = []
    for line in lines:
        if texts and len(texts[-1]) + 1 + len(line) <= SECTION:
            texts[-1] += f"\n{line}"
        else:
            texts.append(line)
    return texts


def _rows(buttons: list[Button], row: int) -> list[Block]:
    """Buttons side by side, a few to a row."""
    rows: list[Block] = []
    remaining = iter(enumerate(buttons))
    while some := list(islice(remaining, BUTTONS_IN_A_ROW)):
        elements = [
            {
                "type": "button",
                "text": _plain(button.label, LABEL),
                "action_id": f"press-{row}-{number}",
                "value": button.command[:VALUE],
            }
            for number, button in some
        ]
        rows.append({"type": "actions", "elements": elements})
    return rows


def _mention(person: str) -> str:
    """The one live mention there is: whoever shares something is named."""
    return f"<@{person.rpartition('/')[2]}>"


def _section(markdown: str) -> Block:
    return {"type": "section", "text": _markdown(markdown)}


def _markdown(text: str) -> Block:
    # verbatim: names and addresses in it are no mentions and no links
    return {"type": "mrkdwn", "text": _cut(text, SECTION), "verbatim": True}


def _plain(text: str, limit: int) -> Block:
    return {"type": "plain_text", "text": escape(text, limit) or "–", "emoji": False}


def _literal(text: str) -> str:
    """Escaped text in which nothing is markup: a mark between zero-width spaces marks nothing."""
    return _MARKUP.sub(
        lambda found: f"{_ZERO_WIDTH_SPACE}{found[0]}{_ZERO_WIDTH_SPACE}", escape(text, SECTION)
    )


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else re.sub(r"(&[a-z]*|<[^>]*)$", "", text[: limit - 1]) + "…"

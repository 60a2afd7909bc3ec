"""From a reply to Block Kit. Escapes here and nowhere else.

Limits: https://docs.slack.dev/reference/block-kit/blocks
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import groupby, islice
from typing import Any

from bot.messages import Bullets, Button, Heading, Link, Mention, Moment, Note, Part, Reply, Text

Block = dict[str, Any]

HEADER, SECTION, LABEL, VALUE, FALLBACK = 150, 3000, 75, 2000, 3900
MOST_SECTIONS = 3
"""For one text: a message may have 12,000 characters in all."""
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
    lines = [_in_words(part) for part in reply.parts]
    return {"text": _cut("\n".join(lines), FALLBACK), "blocks": blocks}


def escape(text: str, limit: int) -> str:
    """Text that Slack shows as it is, at most `limit` characters long after escaping."""
    return _cut(_escaped(text), limit)


def _in_words(part: Part) -> str:
    """A part where there is no layout; even there Slack puts names in the place of ids."""
    if isinstance(part, Mention):
        return _named(part, _escaped)
    return _escaped(Reply((part,)).plain_text)


def _blocks(part: Part) -> list[Block]:
    match part:
        case Heading(text):
            return [{"type": "header", "text": _plain(text, HEADER)}]
        case Text(text, label):
            return [_section(piece) for piece in _paragraph(text, label)]
        case Bullets(items, label):
            lines = [f"*{_literal(label)}*"] * bool(label) + [f"• {_literal(i)}" for i in items]
            return [_section(text) for text in _filled(lines)]
        case Note(text):
            return [{"type": "context", "elements": [_markdown(_literal(text))]}]
        case Link(label, url):
            return [_section(f"*<{escape(url, SECTION)}|{_literal(label).replace('|', '¦')}>*")]
        case Mention():
            return [{"type": "context", "elements": [_markdown(_named(part, _literal))]}]
        case Moment(text, at):
            return [_section(f"{_literal(text)} · {_in_own_time(at)}")]
        case Button():
            return _rows([part], 0)


def _paragraph(text: str, label: str) -> list[str]:
    """A text as sections show it: a long one in several of them."""
    pieces: list[str] = []
    while len(pieces) < MOST_SECTIONS - 1 and (length := _fitting(text)) < len(text):
        pieces.append(_literal(text[:length]))
        # between two sections there is a gap: one space or line break is not missed
        text = text[length + text[length].isspace() :]
    pieces.append(_literal(text))
    if label:
        above = f"*{_literal(label)}*"
        fits = len(above) + 1 + len(pieces[0]) <= SECTION
        pieces[:1] = [f"{above}\n{pieces[0]}"] if fits else [above, pieces[0]]
    return pieces


def _fitting(text: str) -> int:
    """How many characters of a text a section can show: whole lines if there are some, or words."""

    def shown(length: int) -> int:
        return len(_unmarked(_escaped(text[:length])))

    if shown(len(text)) <= SECTION:
        return len(text)
    most = bisect_right(range(SECTION + 1), SECTION, key=shown) - 1
    ends = (text.rfind(space, most // 2, most + 1) for space in ("\n", " "))
    return next((end for end in ends if end > 0), most)


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


def _named(part: Mention, shown: Callable[[str], str]) -> str:
    """Words with a name in them: the one thing of ours that Slack brings to life."""
    before, _, after = part.text.partition("{name}")
    id = part.key.rpartition("/")[2]
    sign = "#" if id.startswith(("C", "G")) else "@"
    name = f"<{sign}{id}>" if id else shown(part.unnamed)
    return f"{shown(before)}{name}{shown(after)}"


def _in_own_time(at: datetime) -> str:
    """An instant on the clock of each reader; old clients show it in UTC."""
    form = "{date_short_pretty} {time}"
    return f"<!date^{int(at.timestamp())}^{form}|{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC>"


def _section(markdown: str) -> Block:
    return {"type": "section", "text": _markdown(markdown)}


def _markdown(text: str) -> Block:
    # verbatim: names and addresses in it are no mentions and no links
    return {"type": "mrkdwn", "text": _cut(text, SECTION), "verbatim": True}


def _plain(text: str, limit: int) -> Block:
    return {"type": "plain_text", "text": escape(text, limit) or "–", "emoji": False}


def _literal(text: str) -> str:
    """Escaped text in which nothing is markup."""
    return _unmarked(escape(text, SECTION))


def _unmarked(escaped: str) -> str:
    """A mark between zero-width spaces marks nothing."""
    return _MARKUP.sub(lambda found: f"{_ZERO_WIDTH_SPACE}{found[0]}{_ZERO_WIDTH_SPACE}", escaped)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _cut(text: str, limit: int) -> str:
    """At most so many characters; an entity or a name that the cut went through is dropped."""
    if len(text) <= limit:
        return text
    return re.sub(r"(&[a-z]*|<[^>]*)$", "", text[: limit - 1]).rstrip() + "…"

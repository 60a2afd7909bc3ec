"""The markdown that Teams reads in a text block: what in a text would come alive.

https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format
https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis
"""

import re
from collections.abc import Collection, Iterator

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINK = re.compile(r"(?<!\\)\[((?:\\.|[^\[\]\\])*)\]\(([^()\s]*)\)")
# A zero-width space does not keep emphasis by stars from coming alive: it counts as a letter.
_ALIVE = {
    "a link": re.compile(r"\[[^\]]*\]\([^)]*\)"),
    "an address in brackets": re.compile(r"<[a-z][a-z0-9+.-]+:[^>\s]*>", re.IGNORECASE),
    "emphasis": re.compile(r"(\*{1,3})(?=\S)[^*]*[^*\s]\1"),
    "emphasis by lines": re.compile(r"(?<![\w\u200b])(_{1,3})(?=\S)[^_]*[^_\s]\1(?![\w\u200b])"),
    "a list": re.compile(r"^\s*(?:[-+*]|\d+[.)])\s", re.MULTILINE),
    "a heading": re.compile(r"^\s*#{1,6}\s", re.MULTILINE),
    "code": re.compile(r"`[^`]+`"),
    "a date to be filled in": re.compile(r"\{\{(?:DATE|TIME)\("),
}


def live(text: str, links: Collection[str] = ()) -> Iterator[str]:
    """What is alive in a text; what stands behind a backslash is not, and `links` may be."""
    bare = _ESCAPED.sub("", text)
    known = _LINK.sub(lambda link: link[1] if _address(link[2]) in links else link[0], bare)
    yield from (what for what, pattern in _ALIVE.items() if pattern.search(known))


def linked(text: str) -> list[str]:
    """The addresses that a text leads to."""
    return [_address(link[2]) for link in _LINK.finditer(text)]


def read(text: str) -> str:
    """A text as a person reads it: without addresses, backslashes and what has no width."""
    return _ESCAPED.sub(r"\1", _LINK.sub(r"\1", text)).replace("\u200b", "")


def _address(written: str) -> str:
    """An address as it was before brackets in it were kept from ending the link."""
    return written.replace("%28", "(").replace("%29", ")")

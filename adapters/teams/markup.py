"""The HTML of a message: the words that its author wrote, and nothing that they repeat of others.

https://learn.microsoft.com/graph/api/resources/chatmessage
"""

import re
from html import unescape

MOST_MARKUP = 100_000
"""Characters that are read of a message."""

_TAG = re.compile(r"<(?:!--[^<>]*|(/?)([a-z][\w:-]*)([^<>]*))>", re.IGNORECASE)
_BREAKS = frozenset(
    "blockquote br codeblock div h1 h2 h3 h4 h5 h6 hr li ol p pre table tr ul".split()
)
_APART = frozenset({"td", "th"})
_LEFT_OUT = frozenset({"blockquote", "script", "style"})
"""Teams shows what somebody answers to as a quotation above the answer."""
_CODE = {"code": ("`", "`"), "codeblock": ("```\n", "```\n"), "pre": ("```\n", "```\n")}
"""What stands before and after it."""
_MENTION = re.compile(r"skype\.com/Mention", re.IGNORECASE)
_EMOJI = re.compile(r"skype\.com/Emoji", re.IGNORECASE)
_ALT = re.compile(r"\salt=\"([^\"]{0,40})\"", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")


def own_words(html: str) -> str:
    """What somebody wrote, as text: paragraphs are lines, code stands between backticks.

    Quotations of others are left out. A name that is mentioned holds together, so that no part of
    it is taken for a word.
    """
    html = html[:MOST_MARKUP]
    written = _Written()
    place = 0
    for tag in _TAG.finditer(html):
        written.text(html[place : tag.start()])
        place = tag.end()
        if tag[2]:
            written.tag(tag[2].lower(), tag[3], closes=bool(tag[1]))
    written.text(html[place:])
    return written.whole


class _Written:
    """What was read so far."""

    def __init__(self) -> None:
        self._kept: list[str] = []
        self._left_out = 0
        """How many quotations are open."""
        self._code = ""
        """The outermost code that is open; it alone has marks."""
        self._codes = 0
        self._mention = ""
        """The tag that ends a mention, while there is one."""

    @property
    def whole(self) -> str:
        return "".join(self._kept).strip()

    def text(self, source: str) -> None:
        if self._left_out or not source:
            return
        text = unescape(source)
        if self._code in ("codeblock", "pre"):
            self._kept.append(text)
        elif self._mention:
            self._kept.append("\u00a0".join(text.split()))
        else:
            text = _SPACE.sub(" ", text)
            if text := text.lstrip(" ") if self._begins_line else text:
                self._kept.append(text.replace("\u00a0", " "))

    def tag(self, name: str, attributes: str, *, closes: bool) -> None:
        if name in _LEFT_OUT:
            self._left_out = max(0, self._left_out + (-1 if closes else 1))
        if self._left_out:
            return
        if name in _BREAKS:
            self._break(always=name == "br")
        elif name in _APART:
            self._kept.append(" ")
        if name in _CODE:
            self._on_code(name, closes)
        elif closes:
            if name == self._mention:
                self._mention = ""
        elif name == "at" or (name == "span" and _MENTION.search(attributes)):
            self._mention = name
            self._kept.append("@")
        elif name == "emoji" or (name == "img" and _EMOJI.search(attributes)):
            self._kept += [unescape(shown) for shown in _ALT.findall(attributes)[:1]]

    @property
    def _begins_line(self) -> bool:
        return not self._kept or self._kept[-1].endswith("\n")

    def _break(self, *, always: bool) -> None:
        if self._code == "code":
            self._kept.append(" ")  # its marks hold a single line together
        elif always or not self._begins_line:
            if self._kept and not self._code:
                self._kept[-1] = self._kept[-1].rstrip(" ")
            self._kept.append("\n")

    def _on_code(self, name: str, closes: bool) -> None:
        if not closes:
            if not self._codes:
                self._code = name
                self._kept.append(_CODE[name][0])
            self._codes += 1
        elif self._codes:
            self._codes -= 1
            if not self._codes:
                self._kept.append(_CODE[self._code][1])
                self._code = ""

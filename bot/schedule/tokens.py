"""A text cut into words, numbers and marks."""

import re
from dataclasses import dataclass

from bot.knowledge.folding import fold

_TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")
_APOSTROPHES = "'’ʼ`´"
_DROPPED_AT_THE_END = (".", "!", "…")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a mark of a text."""

    text: str
    """As it is compared: lower-case, no accents."""
    start: int
    end: int
    capitals: bool = False
    """Whether it was written in capitals only."""

    @property
    def word(self) -> bool:
        return self.text.isalpha()


def cut(text: str) -> tuple[Token, ...]:
    """The tokens of a text, without apostrophes, dots of abbreviations and what ends a sentence."""
    found = _tokens(text)
    while found and found[-1].text in _DROPPED_AT_THE_END:
        found.pop()
    return tuple(found)


def words(phrase: str) -> tuple[str, ...]:
    """The words of a phrase of the vocabulary; a hyphen within it may be left out."""
    return tuple(token.text for token in _tokens(phrase) if token.text != "-" or phrase == "-")


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        raw = match[0]
        if raw in _APOSTROPHES:
            continue
        if raw == "." and found and found[-1].end == match.start() and found[-1].word:
            continue
        folded = raw if raw.isdecimal() else fold(raw) or raw
        found.append(Token(folded, match.start(), match.end(), raw.isupper()))
    return found

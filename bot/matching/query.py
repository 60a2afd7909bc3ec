"""What somebody typed, word by word."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from bot.matching.descriptions import Descriptions
from bot.matching.lexicon import Lexicon, stem
from bot.matching.spelling import nearest

# How much a word speaks against an entry that has no place for it.
_COMMON = 0.1
_KNOWN = 0.35
_MENDED = 0.6
_UNKNOWN = 1.0
_ELSEWHERE = 2.0


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a query."""

    text: str
    meant: str
    """The known word that a misspelt one most likely was to be; else the same."""
    keys: tuple[str, ...]
    """What the word that was meant is found under."""
    strange: float
    """How much it speaks against an entry that has no place for it; nothing for a filler."""
    real: bool
    """Whether it is known as it was typed."""
    telling: bool
    """Whether people use it to tell what others say and do to them."""
    owners: Mapping[int, float]
    """The entries whose phrases or text have it."""


def read(
    lexicon: Lexicon, descriptions: Descriptions, texts: Sequence[str], unlike: Container[int]
) -> list[Word]:
    """The words of a folded query; those at `unlike` places belong to something else."""
    return [
        Word(text, text, (), _KNOWN, True, False, {})
        if place in unlike
        else _word(lexicon, descriptions, text)
        for place, text in enumerate(texts)
    ]


def _word(lexicon: Lexicon, descriptions: Descriptions, text: str) -> Word:
    real = text in lexicon.known or text in descriptions.words
    meant = text
    if not real and lexicon.keys(text, stem(text))[0] not in descriptions.told:
        meant = nearest(descriptions.spelled, text) or text
    keys = lexicon.keys(meant, stem(meant))
    owners = descriptions.told.get(keys[0], {})
    if meant in lexicon.filler:
        strange = 0.0
    elif meant in lexicon.elsewhere:
        strange = _ELSEWHERE
    elif stem(meant) in lexicon.common or meant.isdecimal():
        strange = _COMMON
    else:
        strange = _KNOWN if owners else _UNKNOWN
    if meant != text:
        strange = max(strange, _KNOWN if meant in lexicon.filler else _MENDED)
    return Word(text, meant, keys, strange, real, meant in lexicon.telling, owners)

"""Where the topic of a text ends and its time begins: "about sponsorship every Friday at noon".

The longest tail that says a time is the time, or the longest head; the rest is the topic. A tail
that only begins in the middle of something about time ("in May | at 9") is asked, never taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.messages import Language
from bot.schedule.assembling import Outlook
from bot.schedule.covering import Covering
from bot.schedule.mending import near, strangers
from bot.schedule.phrases import (
    known_zone,
    read,
    spoken,
    understand,
    with_mended_words,
    words_of,
)
from bot.schedule.pieces import Clock, Filler, PartOfDay, Piece, Repeats, Wrong, Zone
from bot.schedule.tokens import Token, cut
from bot.schedule.understood import Ask, Mended, Refused, Understood

LONGEST_TEXT = 1000
_LONGEST_TIME = 30
"""Words and marks that a time is looked for in, at either end."""
_LONGEST_ZONE = 8
_MOST_FOUND = 4
_ELSEWHERE = ("nothing", "unknown_words", "zone", "too_long")
"""Refusals that only say that the text is not, or not all, about time."""
# What stands between a topic and its time, or before a topic, and belongs to neither.
_LEADS = tuple(
    tuple(phrase.split())
    for phrase in (
        "about",
        "to",
        "of",
        "that",
        "a propos de",
        "a propos des",
        "a propos du",
        "a propos d",
        "au sujet de",
        "au sujet des",
        "au sujet du",
        "au sujet d",
        "concernant",
        "sur",
        "de",
        "d",
        "que",
        "qu",
    )
)
_BEFORE_MONTHS = (("in",), ("this",), ("next",), ("last",), ("en",), ("au", "mois", "de"))


@dataclass(frozen=True, slots=True)
class Split:
    """A text as a topic and a time."""

    about: str
    """As it was written, without "about" or "to"; empty where there is none."""
    when: Understood


def split(text: str, language: Language | None, now: datetime, zone: str) -> tuple[Split, ...]:
    """The ways to part a text, the best first; none where nothing in it says a time."""
    if len(text) > LONGEST_TEXT or not known_zone(zone):
        return ()
    whole = understand(text, language, now, zone)
    if not isinstance(whole, Refused) or whole.reason not in _ELSEWHERE:
        return (Split("", whole),)
    tokens = cut(text)
    outlook = Outlook(now, zone, spoken(tokens, language))
    heads = _heads(tokens, outlook, text)
    tails = _tails(tokens, outlook, text)
    led = [found for found, sure in heads if sure]
    others = [found for found, sure in heads if not sure]
    return tuple(dict.fromkeys((*led, *tails, *others)))[:_MOST_FOUND]


def _tails(tokens: Sequence[Token], outlook: Outlook, text: str) -> list[Split]:
    """The longest time at the end, and what comes before it."""
    first = max(0, len(tokens) - _LONGEST_TIME)
    window = tokens[first:]
    covering = Covering(window)
    refused = None
    for start in range(0 if first else 1, len(window)):
        about = _topic(tokens, 0, first + start, text)
        if asked := _misspelt(window[start:], outlook, text):
            return [Split(about, asked)]
        if not _may_begin(covering, start):
            continue
        when = read(covering, start, len(window), outlook, text)
        if isinstance(when, Refused):
            if when.reason not in _ELSEWHERE and refused is None:
                refused = Split(about, when)
            continue
        if refused or _is_cut(covering, start):
            when = _asked(when, words_of(covering, max(0, start - 2), len(window), text))
        return [found for found in (Split(about, when), refused) if found]
    return [refused] if refused else []


def _misspelt(tokens: Sequence[Token], outlook: Outlook, text: str) -> Ask | None:
    """A time with one misspelt word in it."""
    places = strangers(tokens)
    if len(places) != 1 or not near(tokens[places[0]].text):
        return None
    return with_mended_words(tokens, outlook, text)


def _heads(tokens: Sequence[Token], outlook: Outlook, text: str) -> list[tuple[Split, bool]]:
    """The longest time at the beginning, and whether a word like "about" follows it.

    A zone may stand by itself at the very end: "Monday 10:00 about meetings in Toronto".
    """
    covering = Covering(tokens[:_LONGEST_TIME])
    for end in range(min(len(tokens) - 1, _LONGEST_TIME), 0, -1):
        when = read(covering, 0, end, outlook, text)
        if isinstance(when, Refused):
            continue
        led = _lead(tokens, end) > 0
        found = [(Split(_topic(tokens, end, len(tokens), text), when), led)]
        for start in range(max(end + 1, len(tokens) - _LONGEST_ZONE), len(tokens)) if led else ():
            if there := _zone_only(tokens[start:]):
                zoned = read(covering, 0, end, replace(outlook, zone=there), text)
                found.insert(0, (Split(_topic(tokens, end, start, text), zoned), True))
                break
        return found
    return []


def _may_begin(covering: Covering, start: int) -> bool:
    """Whether a time may begin here: not with a number by itself, a zone or a comma."""
    return any(_is_time(piece) for piece, _ in covering.pieces(start))


def _is_time(piece: Piece) -> bool:
    match piece:
        case Zone() | Filler() | Clock(bare=True) | Wrong(reason="zone"):
            return False
    return True


def _is_cut(covering: Covering, start: int) -> bool:
    """Whether words of time come right before: a day, a rule, a month ("in May")."""
    for before in range(max(0, start - 3), start):
        for piece, end in covering.pieces(before):
            if end == start and _is_time(piece) and not isinstance(piece, Clock | PartOfDay):
                return not (isinstance(piece, Repeats) and end - before == 1)
        if start in covering.months(before):
            texts = tuple(token.text for token in covering.tokens[:before])
            if any(texts[-len(lead) :] == lead for lead in _BEFORE_MONTHS):
                return True
    return False


def _zone_only(tokens: Sequence[Token]) -> str | None:
    """The zone that some words are, said with "in" or "time"."""
    for piece, end in Covering(tokens).pieces(0):
        if isinstance(piece, Zone) and not piece.shy and end == len(tokens):
            return piece.name
    return None


def _asked(when: Understood, words: str) -> Understood:
    match when:
        case Ask() | Refused():
            return when
        case found:
            return Ask(found, (Mended(words, ""),))


def _lead(tokens: Sequence[Token], start: int) -> int:
    """How many words at a place only lead to a topic."""
    texts = tuple(token.text for token in tokens[start : start + 4])
    return max((len(lead) for lead in _LEADS if texts[: len(lead)] == lead), default=0)


def _topic(tokens: Sequence[Token], start: int, end: int, text: str) -> str:
    """The text of a topic, without what leads to it and the marks around it."""
    start += _lead(tokens, start)
    if start >= end:
        return ""
    stop = tokens[end].start if end < len(tokens) else len(text)
    return text[tokens[start].start : stop].strip(" \t\n,;:-–—")

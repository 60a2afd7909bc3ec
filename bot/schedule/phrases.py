"""What a phrase of time says: the whole of it, or it is refused.

Every word has to belong to something that is understood; what remains decides nothing silently. A
misspelt word is mended only where one reading comes of it, and then it is asked.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfoNotFoundError

from bot.messages import Language
from bot.schedule.assembling import ClashError, Outlook, Unsure, assemble
from bot.schedule.covering import Cover, Covering
from bot.schedule.mending import mended, strangers
from bot.schedule.pieces import Clock, Filler, Reason, Wrong, Zone
from bot.schedule.recurrence import clock_of
from bot.schedule.tokens import Token, cut
from bot.schedule.understood import Ask, Mended, Once, Recurring, Refused, Understood
from bot.schedule.vocabulary import own_words

LONGEST_PHRASE = 300
"""Characters that are read; nobody says a time at more length."""
_MOST_TOKENS = 60
_WORDS_SHOWN = 100


def understand(text: str, language: Language | None, now: datetime, zone: str) -> Understood:
    """What a text says about time, seen from an instant in a zone, and nothing but that."""
    if len(text) > LONGEST_PHRASE:
        return Refused("too_long", text[:_WORDS_SHOWN])
    tokens = cut(text)
    if not tokens:
        return Refused("nothing", "")
    if len(tokens) > _MOST_TOKENS:
        return Refused("too_long", text[:_WORDS_SHOWN])
    if not known_zone(zone):
        return Refused("zone", zone)
    outlook = Outlook(now, zone, spoken(tokens, language))
    covering = Covering(tokens)
    found = read(covering, 0, len(tokens), outlook, text)
    if isinstance(found, Refused) and found.reason in ("nothing", "unknown_words", "zone"):
        return with_mended_words(tokens, outlook, text) or found
    return found


def known_zone(zone: str) -> bool:
    """Whether there are rules for a zone."""
    try:
        clock_of(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def spoken(tokens: Sequence[Token], language: Language | None) -> Language:
    """The language that the words are of; where they don't tell, the one that is asked for."""
    count = {name: sum(token.text in own for token in tokens) for name, own in own_words().items()}
    if count["en"] == count["fr"]:
        return language or "en"
    return "en" if count["en"] > count["fr"] else "fr"


def read(covering: Covering, start: int, end: int, outlook: Outlook, text: str) -> Understood:
    """What a stretch of the tokens says, all of it."""
    covers = covering.covers(start, end)
    if not covers:
        return _uncovered(covering, start, end, text)
    refusals = []
    fewest = _size(covers[0])
    for cover in covers:
        if _size(cover) > fewest:
            break
        try:
            found = assemble([placed.piece for placed in cover], outlook)
        except ClashError as error:
            refusals.append(Refused(error.reason, _blamed(covering, cover, text)))
            continue
        if isinstance(found, Unsure):
            return Ask(found.proposal, (Mended(words_of(covering, start, end, text), ""),))
        return found
    return refusals[0]


def words_of(covering: Covering, start: int, end: int, text: str) -> str:
    """The words between two places, as they were written."""
    tokens = covering.tokens
    if start >= end:
        return ""
    return text[tokens[start].start : tokens[end - 1].end][:_WORDS_SHOWN]


def _size(cover: Cover) -> int:
    return sum(not isinstance(placed.piece, Filler) for placed in cover)


def _blamed(covering: Covering, cover: Cover, text: str) -> str:
    """The words of what is wrong; of everything where the whole does not go together."""
    wrong = [placed for placed in cover if isinstance(placed.piece, Wrong)] or cover
    return words_of(covering, wrong[0].start, wrong[-1].end, text)


def _uncovered(covering: Covering, start: int, end: int, text: str) -> Refused:
    """Why a stretch has no meaning: the words that nothing knows, or the first that fit nowhere."""
    tokens = covering.tokens
    about_time = any(
        not isinstance(piece, Filler | Zone) and not (isinstance(piece, Clock) and piece.bare)
        for place in range(start, end)
        for piece, last in covering.pieces(place)
        if last <= end
    )
    reason: Reason = "unknown_words" if about_time else "nothing"
    places = [start + place for place in strangers(tokens[start:end])]
    if places:
        last = places[0]
        while last + 1 in places:
            last += 1
        return Refused(reason, words_of(covering, places[0], last + 1, text))
    first = min(covering.furthest(start), end - 1)
    return Refused(reason, words_of(covering, max(first, start), end, text))


def with_mended_words(tokens: Sequence[Token], outlook: Outlook, text: str) -> Ask | None:
    """The one proposal that comes of mending misspelt words; None for none and for several."""
    found: dict[Recurring | Once, tuple[Mended, ...]] = {}
    for better, about in mended(tokens, text):
        read_so = read(Covering(better), 0, len(better), outlook, text)
        if isinstance(read_so, Ask):
            found.setdefault(read_so.proposal, about)
        elif isinstance(read_so, Recurring | Once):
            found.setdefault(read_so, about)
    if len(found) != 1:
        return None
    ((proposal, about),) = found.items()
    return Ask(proposal, about)

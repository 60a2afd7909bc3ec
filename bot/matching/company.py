"""What the other words of a query leave of a name: the company it keeps.

"Glass ceiling fan" is less of a glass ceiling than "glass ceiling" is. A name whose words mean
something else as well ("agency", "critical mass") needs better company than "mansplaining" does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.matching.lexicon import Lexicon
from bot.matching.mentions import Match, matches
from bot.matching.names import Names
from bot.matching.query import Word

# So much of a name is all of it; so little is worth no thought.
_WHOLE = 0.78
_LEAST_COVER = 0.32
# What is left of part of a name in a query that is about something else.
_PART_IN_PASSING = 0.9
# What is left of a name inside a longer one that is about as sure; what is lost behind another.
_INSIDE = 0.8
_AS_GOOD = 0.05
_LATER = 0.08

# What strange words take away from a name that means nothing else: all together, at most, and one
# that makes one expression with it.
_STRANGE = 0.06
_STRANGE_AT_MOST = 0.2
_BESIDE = 0.2
# The same for a name of everyday words; what is missing where nobody asks for a meaning and no
# other word belongs to the entry; and where its words stand apart.
_APART = 0.08
_EVERYDAY_STRANGE = 0.27
_EVERYDAY_STRANGE_AT_MOST = 0.45
_EVERYDAY_BESIDE = 0.2
_EVERYDAY_UNASKED = 0.16
_EVERYDAY_APART = 0.12

# A strange word that the entry's own texts have is less strange.
_OWN = 0.3
_HARDLY_STRANGE = 0.1
_VERY_STRANGE = 1.0
# How strange the words between "what is" and the name may be.
_ASKED_WITH = 0.2
# So many words around a name do not make it one that is only mentioned.
_AROUND = 2
# What is left of a name right after "not a" or "the opposite of".
_DENIED = 0.85
_DENIED_WITHIN = 2
# Words that tie the next one to a name: "integrity of the skin".
_TIES = frozenset({"of", "de", "d", "du", "des", "en"})


@dataclass(frozen=True, slots=True)
class Named:
    """How sure it is that a query says a name of an entry."""

    score: float
    passing: float
    """How far the query may only happen to use the name, from 0 to 1."""
    whole: bool
    """Whether it is all of the name."""


def by_name(names: Names, lexicon: Lexicon, words: Sequence[Word]) -> dict[int, Named]:
    """The entries that have a name, or much of one, in the query."""
    found = [match for match in matches(names, lexicon, words) if match.cover >= _LEAST_COVER]
    whole = [match for match in found if match.cover >= _WHOLE]
    compared = any(word.meant in lexicon.comparing for word in words)
    named: dict[int, Named] = {}
    for match in found:
        worth, passing = _company(lexicon, words, match, compared)
        score = match.cover * worth
        if match.cover < _WHOLE:
            score *= 1 - _PART_IN_PASSING * passing
        if any(_is_inside(match, other) for other in whole):
            score *= _INSIDE
        elif not compared and any(_is_later(match, other) for other in whole):
            score -= _LATER
        if match.entry not in named or score > named[match.entry].score:
            named[match.entry] = Named(score, passing, match.cover >= _WHOLE)
    return named


def _is_inside(match: Match, other: Match) -> bool:
    """Whether another name takes all its words and more: "privilege" in "male privilege"."""
    return (
        other.entry != match.entry
        and other.cover >= match.cover - _AS_GOOD
        and set(match.places) < set(other.places)
    )


def _is_later(match: Match, other: Match) -> bool:
    """Whether another name stands before it, and so is more likely what the query is about."""
    return (
        other.entry != match.entry
        and other.places[-1] < match.places[0]
        and other.everyday <= match.everyday
    )


def _company(
    lexicon: Lexicon, words: Sequence[Word], match: Match, compared: bool
) -> tuple[float, float]:
    """What the other words leave of a name, and how far they only mention it."""
    others = [word for place, word in enumerate(words) if place not in match.places]
    if not others:
        return 1.0, 0.0
    first, last = match.places[0], match.places[-1]
    asked = compared or _is_asked(lexicon, words, match)
    strange = sum(word.strange * (_OWN if _is_own(word, match) else 1.0) for word in others)
    apart = last - first >= len(match.places)
    if match.everyday:
        lost = min(_EVERYDAY_STRANGE_AT_MOST, _EVERYDAY_STRANGE * strange)
        lost += _EVERYDAY_BESIDE * _beside(words, match)
        if not asked:
            at_home = any(
                word.strange > _HARDLY_STRANGE and _is_own(word, match) for word in others
            )
            lost += _EVERYDAY_UNASKED * (not at_home)
        lost += _EVERYDAY_APART * apart
    else:
        lost = min(_STRANGE_AT_MOST, _STRANGE * strange) + _APART * apart
        lost += _BESIDE * _beside(words, match)
    worth = max(0.0, 1 - lost)
    if any(word.text in lexicon.denying for word in words[max(0, first - _DENIED_WITHIN) : first]):
        worth *= _DENIED
    return worth, 0.0 if asked else max(0, len(others) - _AROUND) / len(words)


def _is_own(word: Word, match: Match) -> bool:
    return word.real and match.entry in word.owners and word.strange < _VERY_STRANGE


def _beside(words: Sequence[Word], match: Match) -> float:
    """How strange the words are that a name makes one expression with: "home equity loan"."""
    before = match.places[0] - 1
    after = match.places[-1] + 1
    if after < len(words) and words[after].text in _TIES:
        after += 1
        if after < len(words) and not words[after].strange:
            after += 1
    return sum(
        0.0
        if words[place].strange <= _HARDLY_STRANGE or _is_own(words[place], match)
        else 0.5
        if words[place].real and words[place].strange < _VERY_STRANGE
        else 1.0
        for place in (before, after)
        if 0 <= place < len(words)
    )


def _is_asked(lexicon: Lexicon, words: Sequence[Word], match: Match) -> bool:
    """Whether the query asks for a meaning: "what is", with hardly a word before the name."""
    first, last = match.places[0], match.places[-1]
    return any(
        word.meant in lexicon.asking
        and sum(other.strange for other in (*words[place:first], *words[last + 1 : place]))
        < _ASKED_WITH
        for place, word in enumerate(words)
    )

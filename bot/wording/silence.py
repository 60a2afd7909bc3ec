"""Messages that leave no room for talk of words: where somebody may be in danger or despair."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.wording_rules import WordingGuard
from bot.wording.fitting import match, places, possible
from bot.wording.parsing import Parser, PatternError
from bot.wording.patterns import Pattern
from bot.wording.words import cut

ENOUGH = 6
"""Where signs weigh this much together, nothing is found."""
WEIGHTS = {"clear": ENOUGH, "faint": ENOUGH // 2, "weak": ENOUGH // 3}


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that people say in distress, and perhaps at other times too."""

    pattern: Pattern
    weight: int
    """How much of ENOUGH it is."""


Signs = Mapping[str, Sequence[Sign]]
"""By the words that they are sought by."""


def compile_signs(guards: Iterable[WordingGuard], parser: Parser) -> Signs:
    """Raises PatternError where a pattern is not about whole messages."""
    signs: dict[str, list[Sign]] = {}
    for guard in guards:
        if guard.sign is None:
            continue
        for text in guard.unless:
            pattern = parser.pattern(text)
            anchor = pattern.steps[pattern.anchor]
            if anchor.it:
                raise PatternError(f"{text!r} has {{it}}, and is about whole messages")
            sign = Sign(pattern, WEIGHTS[guard.sign])
            for word in anchor.words:
                signs.setdefault(word, []).append(sign)
    return signs


def silenced(text: str, signs: Signs, present: frozenset[str]) -> bool:
    """Whether signs in it, quotations too, are enough; `present` are all words of the text."""
    sought = [
        (word, sign)
        for word in present & signs.keys()
        for sign in signs[word]
        if possible(sign.pattern, present)
    ]
    if not sought:
        return False
    words = cut(text, ())
    weighed = {
        id(sign): sign.weight
        for word, sign in sought
        if any(match(sign.pattern, words, at) for at in places(sign.pattern, words, word))
    }
    return sum(weighed.values()) >= ENOUGH

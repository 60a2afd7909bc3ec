"""Messages that leave no room for talk of words: where somebody may be in danger or despair."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.knowledge.wording_rules import WordingGuard
from bot.messages import Language
from bot.wording.fitting import match, places
from bot.wording.grouping import ByWord, by_word, sought
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
    language: Language
    """Fainter signs add up within one: short words are the same in both, and mean other things."""


Signs = ByWord[Sign]
"""By the words that they are sought by."""


def compile_signs(guards: Iterable[WordingGuard], parser: Parser) -> Signs:
    """Raises PatternError where a pattern is not about whole messages."""
    signs: list[Sign] = []
    for guard in guards:
        if guard.sign is None:
            continue
        for text in guard.unless:
            pattern = parser.pattern(text)
            if pattern.steps[pattern.anchor].it:
                raise PatternError(f"{text!r} has {{it}}, and is about whole messages")
            signs.append(Sign(pattern, WEIGHTS[guard.sign], guard.language))
    return by_word(signs)


def silenced(text: str, present: frozenset[str], signs: Signs) -> bool:
    """Whether signs in a text of some vocabulary, in quotations too, are enough."""
    found = sought(signs, present)
    if not _enough(sign for _, sign in found):
        return False  # almost every text ends here
    words = cut(text, ())
    return _enough(
        sign
        for word, sign in found
        if any(match(sign.pattern, words, at) for at in places(sign.pattern, words, word))
    )


def _enough(signs: Iterable[Sign]) -> bool:
    """Whether they are, each counted once and those of each language by themselves."""
    weights: Counter[Language] = Counter()
    for sign in {id(sign): sign for sign in signs}.values():
        weights[sign.language] += sign.weight
    return max(weights.values(), default=0) >= ENOUGH

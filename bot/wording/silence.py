"""Messages that leave no room for talk of words: where somebody may be in danger or despair."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.knowledge.wording_rules import WordingGuard
from bot.messages import Language
from bot.wording.fitting import match, places, possible
from bot.wording.grouping import Grouped, grouped
from bot.wording.parsing import Parser, PatternError
from bot.wording.patterns import Pattern
from bot.wording.words import cut, vocabulary

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


Signs = Mapping[str, Grouped[Sign]]
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
            sign = Sign(pattern, WEIGHTS[guard.sign], guard.language)
            for word in anchor.words:
                signs.setdefault(word, []).append(sign)
    return {word: grouped((sign.pattern, sign) for sign in own) for word, own in signs.items()}


def silenced(text: str, signs: Signs) -> bool:
    """Whether signs in a text, in quotations too, are enough."""
    present = vocabulary(text)
    sought = [
        (word, sign)
        for word in present & signs.keys()
        for needed, own in signs[word]
        if needed is None or not needed.isdisjoint(present)
        for sign in own
        if possible(sign.pattern, present)
    ]
    if not _enough(sign for _, sign in sought):
        return False  # almost every text ends here
    words = cut(text, ())
    return _enough(
        sign
        for word, sign in sought
        if any(match(sign.pattern, words, at) for at in places(sign.pattern, words, word))
    )


def _enough(signs: Iterable[Sign]) -> bool:
    """Whether they are, each counted once and those of each language by themselves."""
    weights: Counter[Language] = Counter()
    for sign in {id(sign): sign for sign in signs}.values():
        weights[sign.language] += sign.weight
    return max(weights.values(), default=0) >= ENOUGH

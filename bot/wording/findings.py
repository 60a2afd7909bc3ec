"""What a text has that could be said more kindly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.messages import Language
from bot.wording.fitting import Found, around, match, places, possible
from bot.wording.grouping import sought
from bot.wording.languages import spoken
from bot.wording.masking import masked
from bot.wording.patterns import Pattern
from bot.wording.rules import IT, TWIN, Form, Rules, Twins
from bot.wording.silence import silenced
from bot.wording.words import Words, cut, vocabulary


@dataclass(frozen=True, slots=True)
class Finding:
    """Words of a text that leave somebody out."""

    start: int
    end: int
    """Offsets in code points, the end exclusive."""
    text: str
    rule: str
    language: Language
    instead: tuple[str, ...]
    """As the rule has them, in small letters."""


def findings(text: str, rules: Rules, language: Language | None = None) -> list[Finding]:
    """What rules find in a text, in order and without overlaps.

    `language` is meant where the words themselves do not tell.
    """
    present = vocabulary(text)
    found = sought(rules.forms, present)
    if not found:
        return []  # almost every message ends here
    words = cut(text, masked(text))
    whole = spoken(words.folded) or language
    languages = [spoken(sentence) or whole for sentence in words.by_sentence()]
    matched = [
        (place, form)
        for word, form in found
        for at in places(form.pattern, words, word)
        if languages[words.sentences[at]] in (None, form.language)
        and (place := match(form.pattern, words, at))
        and words.plain(place[0], place[1])
    ]
    if not matched or silenced(text, present, rules.signs):
        return []
    chosen = _chosen(words, rules, matched)
    return [_made(words, place, form, rules.twins) for place, form in chosen]


Matched = tuple[Found, Form]


def _chosen(words: Words, rules: Rules, matched: Sequence[Matched]) -> Sequence[Matched]:
    """Of what overlaps, the longest that is not spared; of equal ones, that of the longest pattern,
    or of the first rule."""

    def rank(one: Matched) -> tuple[int, int, int]:
        (first, last, begin, end), form = one
        return first - last, begin - end, form.number

    present = frozenset(words.index)
    guards = {
        language: _possible_guards(rules.guards.get(language, {}), present)
        for language in {form.language for _, form in matched}
    }
    sparing: dict[int, Sequence[Pattern]] = {}
    taken: set[int] = set()
    chosen: list[Matched] = []
    for one in sorted(matched, key=rank):
        place, form = one
        if id(form) not in sparing:
            sparing[id(form)] = [other for other in form.unless if possible(other, present)]
        found = range(place[0], place[1] + 1)
        if not taken.isdisjoint(found) or _spared(sparing[id(form)], words, found):
            continue
        taken.update(found)  # by what is said about the words, too
        if not _spared(guards.get(form.language, ()), words, found):
            chosen.append(one)
    return sorted(chosen, key=lambda one: one[0])


def _possible_guards(
    guards: Mapping[str, Sequence[Pattern]], present: frozenset[str]
) -> Sequence[Pattern]:
    """Those that may fit in a text with some words."""
    found = {id(guard): guard for word in guards.keys() & {"", *present} for guard in guards[word]}
    return [guard for guard in found.values() if possible(guard, present)]


def _spared(patterns: Sequence[Pattern], words: Words, found: range) -> bool:
    """Whether one of some patterns fits around what was found, or with its anchor on its words."""
    for pattern in patterns:
        anchor = pattern.steps[pattern.anchor]
        if anchor.it:
            if around(pattern, words, found[0], found[-1]):
                return True
        elif any(words.folded[at] in anchor.words and match(pattern, words, at) for at in found):
            return True
    return False


def _made(words: Words, place: Found, form: Form, twins: Twins) -> Finding:
    first, last = place[:2]
    start, end = words.starts[first], words.ends[last]
    instead = form.instead
    if (word := words.folded[first]) in twins:
        it, twin = twins[word]
        instead = tuple(text.replace(IT, it).replace(TWIN, twin) for text in instead)
    return Finding(start, end, words.text[start:end], form.rule, form.language, instead)

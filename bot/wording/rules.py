"""Rules made ready: every word that may be a finding leads to what has to be looked at."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from bot.knowledge.wording_rules import Form as FormOfRule
from bot.knowledge.wording_rules import WordClass, WordingGuard, WordingRule
from bot.messages import Language
from bot.wording.grouping import ByWord, by_word
from bot.wording.parsing import Parser, PatternError, spellings
from bot.wording.patterns import Classes, Pattern
from bot.wording.silence import Signs, compile_signs

Twins = Mapping[str, tuple[str, str]]
"""How a word may be typed -> the word, and its twin of the other gender."""
TWIN = "{twin}"
IT = "{it}"
INSTEAD = "{instead}"


@dataclass(frozen=True, slots=True)
class Form:
    """One thing that a rule finds, with what can be said instead."""

    rule: str
    language: Language
    pattern: Pattern
    instead: tuple[str, ...]
    """With {it} and {twin} where the words found have a twin."""
    unless: tuple[Pattern, ...]
    """Where one of these fits over it, nothing is found."""
    number: int
    """Its place among all of them."""


@dataclass(frozen=True, slots=True)
class Rules:
    """All of them, by the words that they look out for."""

    forms: ByWord[Form]
    guards: Mapping[Language, Mapping[str, Sequence[Pattern]]]
    """Of each language, by the words of which a text has to have one (none is ""): where one fits
    around it, nothing is found, whatever the rule is."""
    signs: Signs
    """Where they are enough, nothing at all is found."""
    twins: Twins

    @property
    def every_form(self) -> Iterator[Form]:
        """All forms, each for every word that leads to it."""
        return (form for groups in self.forms.values() for _, own in groups for form in own)


def compile_rules(
    rules: Iterable[WordingRule],
    guards: Collection[WordingGuard],
    classes: Iterable[WordClass],
) -> Rules:
    """Raises PatternError where a pattern cannot be read or can never apply."""
    words, twins = _classes(classes)
    parser = Parser(words)
    general: dict[Language, list[Pattern]] = {}
    of_kind: dict[tuple[Language, str], list[str]] = {}
    for guard in guards:
        for kind in guard.kinds:
            of_kind.setdefault((guard.language, kind), []).extend(guard.unless)
        for text in guard.unless:
            parser.pattern(text.replace(INSTEAD, "x"))  # it has to be one, whether used or not
        if not (guard.kinds or guard.sign):
            patterns = general.setdefault(guard.language, [])
            patterns.extend(_guard(parser, text) for text in guard.unless)
    numbers = count()
    forms = (
        form
        for rule in rules
        for form in _forms(
            rule, of_kind.get((rule.language, rule.kind), ()), parser, twins, numbers
        )
    )
    return Rules(
        forms=by_word(forms),
        guards={language: _by_need(own) for language, own in general.items()},
        signs=compile_signs(guards, parser),
        twins=twins,
    )


def _by_need(patterns: Iterable[Pattern]) -> Mapping[str, Sequence[Pattern]]:
    """By each of the rarest words that they need."""
    found: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        for word in pattern.needed[0].words if pattern.needed else ("",):
            found.setdefault(word, []).append(pattern)
    return found


def _forms(
    rule: WordingRule, about: Sequence[str], parser: Parser, twins: Twins, numbers: Iterator[int]
) -> Iterator[Form]:
    """What a rule finds, with all that is to be spared: what is `about` its kind, too."""
    unused = {*rule.unless, *(text for form in rule.forms for text in form.unless)}
    for form in rule.forms:
        sparing = (*_filled(about, form), *rule.unless, *form.unless)
        framed = (f"{frame} {words}" for frame in rule.frames or ("",) for words in form.words)
        unless: dict[frozenset[str], tuple[Pattern, ...]] = {}
        for pattern in map(parser.pattern, framed):
            spoken = pattern.spoken
            if any("{" in text for text in form.instead) and spoken - twins.keys():
                raise PatternError(f"{rule.id}: {form.words} has words without a twin")
            if spoken not in unless:
                around = {text: _around(parser, text, spoken) for text in sparing}
                unless[spoken] = tuple(one for every in around.values() for one in every)
                unused -= {text for text, one in around.items() if one}
            yield Form(
                rule=rule.id,
                language=rule.language,
                pattern=pattern,
                instead=form.instead,
                unless=unless[spoken],
                number=next(numbers),
            )
    if unused:
        raise PatternError(f"{rule.id}: {min(unused)!r} has none of the words that it looks for")


def _filled(guards: Sequence[str], form: FormOfRule) -> Iterator[str]:
    """Guards of a kind, with what a form offers where they name it: "{it} or {instead}"."""
    for text in guards:
        if INSTEAD not in text:
            yield text
        else:
            offered = (instead for instead in form.instead if TWIN not in instead)
            yield from (text.replace(INSTEAD, instead) for instead in offered)


def _classes(classes: Iterable[WordClass]) -> tuple[Classes, Twins]:
    """The words of each class, and those of all classes that have a twin."""
    words: dict[str, frozenset[str]] = {}
    twins: dict[str, tuple[str, str]] = {}
    for one in classes:
        pairs = [line.partition("/")[::2] for line in one.words]
        words[one.id] = frozenset(word for word, _ in pairs)
        for word, twin in pairs:
            if twin:
                twins |= dict.fromkeys(spellings(word), (word, twin))
    return words, twins


def _guard(parser: Parser, text: str) -> Pattern:
    """A pattern around whatever is found."""
    pattern = parser.pattern(text)
    if not pattern.steps[pattern.anchor].it:
        raise PatternError(f"{text!r} has no {IT}")
    return pattern


def _around(parser: Parser, text: str, words: frozenset[str]) -> tuple[Pattern, ...]:
    """A pattern around some words; none where it has none of them."""
    return (_guard(parser, text),) if IT in text else parser.around(text, words)

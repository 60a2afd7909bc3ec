"""What is wrong with wording rules: patterns that cannot be read, examples that do not hold."""

from collections.abc import Iterator

from bot.commands.wording import rules
from bot.knowledge import Knowledge
from bot.knowledge.check import Finding
from bot.knowledge.wording_rules import Form, WordingRule
from bot.wording.findings import findings
from bot.wording.parsing import PatternError
from bot.wording.rules import IT, TWIN, Rules, compile_rules

OPEN, CLOSE = "⟦", "⟧"


def wrong_rules(knowledge: Knowledge) -> Iterator[Finding]:
    """Every rule is tried on its own examples, and no alternative may be a finding itself."""
    try:
        ready = rules(knowledge)
    except PatternError:
        yield from _unreadable(knowledge)  # one after another, to name the place
        return
    for rule in knowledge.wording.values():
        for number, text in enumerate(rule.examples.found):
            if problem := _not_found(ready, rule, text):
                yield _wrong(rule, ("examples", "found", number), problem)
        for number, text in enumerate(rule.examples.spared):
            if any(one.rule == rule.id for one in findings(text, ready, rule.language)):
                message = f"{text!r} is not spared; say in unless where these words mean no harm"
                yield _wrong(rule, ("examples", "spared", number), message)
        for number, form in enumerate(rule.forms):
            for instead in _alternatives(rule, form, ready):
                if findings(instead, ready, rule.language):
                    message = f"{instead!r} is found by a rule itself; choose other words"
                    yield _wrong(rule, ("forms", number, "instead"), message)


def _unreadable(knowledge: Knowledge) -> Iterator[Finding]:
    classes = knowledge.classes.values()
    for guard in knowledge.guards.values():
        try:
            compile_rules((), (guard,), classes)
        except PatternError as error:
            yield Finding("guards", guard.id, ("unless",), str(error))
    for rule in knowledge.wording.values():
        try:
            compile_rules((rule,), (), classes)
        except PatternError as error:
            yield _wrong(rule, ("forms",), str(error))


def _alternatives(rule: WordingRule, form: Form, ready: Rules) -> Iterator[str]:
    """What a form offers; where it offers a word and its twin, with each that it may find."""
    if not any(TWIN in text for text in form.instead):
        yield from form.instead
        return
    made = (one for one in ready.every_form if one.rule == rule.id)
    words = frozenset().union(*(one.pattern.spoken for one in made if one.instead == form.instead))
    pairs = {ready.twins[word] for word in words & ready.twins.keys()}
    for text in form.instead:
        yield from {text.replace(IT, it).replace(TWIN, twin) for it, twin in pairs}


def _not_found(ready: Rules, rule: WordingRule, text: str) -> str:
    """What is wrong with an example of what is found; empty where all is well."""
    plain = text.replace(OPEN, "").replace(CLOSE, "")
    wanted = [part.partition(CLOSE)[0] for part in text.split(OPEN)[1:]]
    if not wanted:
        return f"{text!r} has no {OPEN} and {CLOSE} around what is found"
    found = [one.text for one in findings(plain, ready, rule.language) if one.rule == rule.id]
    if all(words in found for words in wanted):
        return ""
    return f"in {plain!r} {', '.join(map(repr, found)) or 'nothing'} is found"


def _wrong(rule: WordingRule, path: tuple[int | str, ...], message: str) -> Finding:
    return Finding("wording", rule.id, path, message)

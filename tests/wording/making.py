"""Small sets of rules, made for a test."""

from collections.abc import Collection, Mapping, Sequence

from bot.knowledge.wording_rules import Kind, Sign, WordClass, WordingGuard, WordingRule
from bot.messages import Language
from bot.wording.findings import Finding, findings
from bot.wording.rules import Rules, compile_rules

NO_CLASSES: Mapping[str, Collection[str]] = {}


def rule(
    *words: str,
    id: str = "w-test",
    language: Language = "en",
    instead: Sequence[str] = ("everyone",),
    unless: Sequence[str] = (),
    mode: str = "offer",
    forms: Sequence[Mapping[str, object]] = (),
    frames: Sequence[str] = (),
    kind: str = "address",
) -> WordingRule:
    """A rule of one form, or of several."""
    own = {"words": words, "instead": tuple(instead), "unless": tuple(unless)}
    return WordingRule.model_validate(
        {
            "id": id,
            "language": language,
            "kind": kind,
            "mode": mode,
            "reviewed": "2026-11-22",
            "frames": tuple(frames),
            "forms": [own, *forms] if words else forms,
            "why": {"en": "A reason.", "fr": "Une raison."},
            "examples": {"found": ["⟦x⟧"], "spared": ["y"]},
        }
    )


def guard(
    *unless: str,
    id: str = "en-test",
    language: Language = "en",
    kinds: Sequence[Kind] = (),
    sign: Sign | None = None,
) -> WordingGuard:
    return WordingGuard(id=id, language=language, kinds=tuple(kinds), sign=sign, unless=unless)


def ready(
    *rules: WordingRule,
    guards: Sequence[WordingGuard] = (),
    classes: Mapping[str, Collection[str]] = NO_CLASSES,
) -> Rules:
    made = [WordClass(id=id, words=tuple(words)) for id, words in classes.items()]
    return compile_rules(rules, guards, made)


def found(rules: Rules, text: str, language: Language | None = None) -> list[str]:
    """The words that are found in a text, each where its offsets say."""
    every = findings(text, rules, language)
    assert [text[one.start : one.end] for one in every] == [one.text for one in every]
    return [one.text for one in every]


def first(rules: Rules, text: str, language: Language | None = None) -> Finding:
    (one,) = findings(text, rules, language)
    return one


GUYS = ready(rule("guys", instead=("everyone", "folks")))

"""Rules that do not do what they say are refused, with the place of what is wrong."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from adapters.content import SHIPPED
from bot.commands.rule_checks import wrong_rules
from bot.knowledge.check import Finding
from bot.knowledge.load import examine
from bot.knowledge.wording_rules import WordingGuard, WordingRule
from tests.conftest import shipped

RULE = {
    "id": "w-test",
    "language": "en",
    "kind": "address",
    "mode": "offer",
    "reviewed": "2026-11-22",
    "forms": [{"words": ["zebras"], "instead": ["animals"]}],
    "why": {"en": "A reason.", "fr": "Une raison."},
    "examples": {"found": ["hello ⟦zebras⟧"], "spared": ["hello horses"]},
}

SHIPPED_RULES = shipped()
"""Of those only a few are kept: trying all of them takes a second."""


def wrong(*guards: str, **changed: object) -> list[Finding]:
    """What is wrong with a rule beside a few that ship."""
    rule = WordingRule.model_validate(RULE | changed)
    few = {id: SHIPPED_RULES.wording[id] for id in ("w-guys", "w-manpower")}
    own = [WordingGuard(id="en-test", language="en", unless=guards)] if guards else []
    return list(
        wrong_rules(
            replace(
                SHIPPED_RULES,
                wording=few | {rule.id: rule},
                guards={guard.id: guard for guard in own},
            )
        )
    )


def form(*words: str, unless: tuple[str, ...] = (), instead: str = "animals") -> list[object]:
    return [{"words": list(words), "instead": [instead], "unless": list(unless)}]


def test_a_rule_that_does_what_it_says_is_taken() -> None:
    assert wrong() == []


def test_every_rule_that_ships_does_what_it_says() -> None:
    assert [f"{one.id}: {one.message}" for one in wrong_rules(SHIPPED_RULES)] == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({"forms": form("[zebras")}, "without a ]", id="a pattern"),
        pytest.param({"forms": form("{zoo} zebras")}, "no class", id="a class"),
        pytest.param({"forms": form("zebras", unless=("horses",))}, "none of", id="unless"),
        pytest.param({"unless": ["horses"]}, "none of", id="unless of all forms"),
        pytest.param(
            {"examples": {"found": ["hello zebras"], "spared": ["x"]}}, "has no ⟦", id="no marks"
        ),
        pytest.param(
            {"examples": {"found": ["hello ⟦horses⟧"], "spared": ["x"]}},
            "nothing is found",
            id="an example that is not found",
        ),
        pytest.param(
            {"examples": {"found": ["⟦hello zebras⟧"], "spared": ["x"]}},
            "'zebras' is found",
            id="an example that is found elsewhere",
        ),
        pytest.param(
            {"examples": {"found": ["⟦zebras⟧"], "spared": ["my zebras"]}},
            "is not spared",
            id="an example that is not spared",
        ),
        pytest.param(
            {"forms": form("zebras", instead="zebras")}, "found by a rule itself", id="itself"
        ),
        pytest.param(
            {"forms": form("zebras", instead="manpower")}, "found by a rule itself", id="another"
        ),
    ],
)
def test_a_rule_that_does_not_is_refused(changed: dict[str, object], said: str) -> None:
    found = wrong(**changed)
    assert {one.id for one in found} == {"w-test"}
    assert any(said in one.message for one in found)


def test_a_guard_that_cannot_be_read_is_refused() -> None:
    (one,) = wrong("the word [{it}")
    assert (one.kind, one.id, "without a ]" in one.message) == ("guards", "en-test", True)


def test_a_guard_that_is_about_nothing_is_refused() -> None:
    (one,) = wrong("the word guys")
    assert (one.kind, one.id) == ("guards", "en-test")


def test_a_guard_that_spares_what_a_rule_is_to_find_is_noticed() -> None:
    assert {one.id for one in wrong("hello {it}")} == {"w-test"}


def test_a_house_hears_where_its_mistake_is(tmp_path: Path) -> None:
    text = yaml.safe_dump([RULE | {"forms": form("[zebras")}], allow_unicode=True, sort_keys=False)
    (tmp_path / "wording.yaml").write_text("# Ours.\n" + text, encoding="utf-8")
    _, problems = examine(SHIPPED, tmp_path, wrong_rules)
    (problem,) = [problem for problem in problems if problem.severity == "error"]
    assert problem.file == str(tmp_path / "wording.yaml")
    assert text.splitlines()[problem.line - 2].startswith("  forms")
    assert problem.id == "w-test"


def test_the_rule_that_the_readme_shows_does_what_it_says() -> None:
    text = (SHIPPED / "README.md").read_text(encoding="utf-8")
    (block,) = [block for block in text.split("```") if block.startswith("yaml\n- id: w-")]
    (value,) = yaml.safe_load(block.removeprefix("yaml\n"))
    rule = WordingRule.model_validate(value)
    alone = replace(SHIPPED_RULES, wording={rule.id: rule})
    assert [one.message for one in wrong_rules(alone)] == []

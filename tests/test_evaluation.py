"""How good the search has to be, on texts written without sight of it.

`tuning` may be looked at while the search is worked on; `held_out` may not, so that it says how
people nobody thought of will fare. Both have to reach the same marks; `tests.evaluation.scoring`
shows the figures.
"""

from functools import cache

import pytest

from tests.conftest import shipped
from tests.evaluation.scoring import Score, cases, score

PARTS = ("tuning", "held_out")
LANGUAGES = ("en", "fr")
DESCRIPTION = "description"


@cache
def scores(part: str, name: str) -> dict[str, Score]:
    kind = "scenario" if name in ("scenarios", "chat") else "term"
    return score(shipped(), kind, cases(part, name))


def together(found: list[Score]) -> Score:
    return Score(*(sum(getattr(one, name) for one in found) for name in Score.__dataclass_fields__))


def lookups(part: str, language: str, described: bool) -> Score:
    """Of the look-ups in a language: those that describe the idea, or all others."""
    return together(
        [
            found
            for group, found in scores(part, f"lookups_{language}").items()
            if group != "all" and group.endswith(DESCRIPTION) == described
        ]
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", PARTS)
def test_a_name_however_it_is_written_finds_its_term(part: str, language: str) -> None:
    assert lookups(part, language, described=False).top1 >= 0.97


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", PARTS)
def test_the_description_of_an_idea_finds_its_term(part: str, language: str) -> None:
    assert lookups(part, language, described=True).top1 >= 0.70


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", PARTS)
def test_a_wrong_definition_is_hardly_ever_given_surely(part: str, language: str) -> None:
    assert scores(part, f"lookups_{language}")["all"].confident_wrong <= 0.015


@pytest.mark.parametrize("part", PARTS)
def test_a_word_of_another_field_gets_no_sure_answer(part: str) -> None:
    assert scores(part, "out_of_domain")["all"].confident_wrong <= 0.02


@pytest.mark.parametrize("part", PARTS)
def test_what_happened_finds_its_moment(part: str) -> None:
    assert scores(part, "scenarios")["all"].top1 >= 0.85


@pytest.mark.parametrize("part", PARTS)
def test_everyday_talk_is_hardly_ever_taken_for_a_moment(part: str) -> None:
    assert scores(part, "chat")["all"].confident_wrong <= 0.05


@pytest.mark.parametrize("part", PARTS)
def test_there_is_enough_to_measure(part: str) -> None:
    for language in LANGUAGES:
        groups = scores(part, f"lookups_{language}")
        assert len(groups) == 7  # six classes, and all of them
        assert groups["all"].count == sum(
            found.count for group, found in groups.items() if group != "all"
        )
        assert groups["all"].count >= 80
    for name in ("out_of_domain", "scenarios", "chat"):
        assert scores(part, name)["all"].count >= 60

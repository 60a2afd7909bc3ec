"""Which rules find what: the longest wins, in the language of the sentence, unless it is spared."""

import pytest

from bot.wording.parsing import PatternError
from tests.wording.making import GUYS, first, found, guard, ready, rule

BOTH = ready(rule("guys"), rule("gars", id="wf-test", language="fr"))


def test_offsets_are_in_code_points() -> None:
    one = first(GUYS, "👩🏽‍⚕️ e\u0301quipe 😀: guys!")
    assert "👩🏽‍⚕️ e\u0301quipe 😀: guys!"[one.start : one.end] == "guys"
    assert (one.rule, one.language, one.instead) == ("w-test", "en", ("everyone", "folks"))


@pytest.mark.parametrize("text", ["guys", "Guys", "GUYS", "gUYS"])
def test_capitals_make_no_difference(text: str) -> None:
    assert found(GUYS, text) == [text]


@pytest.mark.parametrize("text", ["GuYs", "GUYs", "guyS"])
def test_capitals_within_a_word_make_it_a_name(text: str) -> None:
    assert found(GUYS, text) == []


def test_a_letter_with_its_accent_apart_is_the_same_letter() -> None:
    rules = ready(rule("infirmières", language="fr"))
    assert found(rules, "les infirmie\u0300res") == ["infirmie\u0300res"]
    assert found(GUYS, "guys\u0301") == []


def test_the_longest_wins_whichever_rule_comes_first() -> None:
    long, short = rule("best man for", id="w-long"), rule("man", id="w-short")
    for rules in (ready(long, short), ready(short, long)):
        assert found(rules, "the best man for a man") == ["best man for", "man"]


def test_of_equal_ones_that_of_the_longest_pattern_wins() -> None:
    wide, narrow = rule("hey [guys]", id="w-wide"), rule("guys", id="w-narrow")
    for rules in (ready(wide, narrow), ready(narrow, wide)):
        assert first(rules, "hey guys").rule == "w-wide"


def test_of_wholly_equal_ones_the_first_rule_wins() -> None:
    one, other = rule("guys", id="w-one"), rule("guys", id="w-other")
    assert first(ready(one, other), "hey guys").rule == "w-one"
    assert first(ready(other, one), "hey guys").rule == "w-other"


def test_the_first_rule_wins_wherever_it_is_sought_first() -> None:
    for number in range(20):  # in whatever order their words are kept
        one, other = rule(f"lead{number} *", id="w-one"), rule(f"* end{number}", id="w-other")
        assert first(ready(one, other), f"lead{number} end{number}").rule == "w-one"
        assert first(ready(other, one), f"lead{number} end{number}").rule == "w-other"


def test_where_the_longest_is_spared_the_shorter_one_is_found() -> None:
    long = rule("you guys", id="w-long", unless=["you guys there"])
    rules = ready(long, rule("guys", id="w-short"))
    assert found(rules, "you guys there") == ["guys"]
    assert found(rules, "you guys here") == ["you guys"]


def test_findings_come_in_order_and_do_not_overlap() -> None:
    rules = ready(rule("a b"), rule("b c", id="w-two"), rule("c d", id="w-three"))
    assert found(rules, "a b c d a b c") in (["a b", "c d", "a b"], ["a b", "c d", "b c"])


@pytest.mark.parametrize(
    ("text", "hint", "expected"),
    [
        ("hey guys, what is the plan", None, ["guys"]),
        ("salut les gars, on se voit où", None, ["gars"]),
        ("le plan des guys est prêt pour nous", None, []),
        ("what about the gars for this week", None, []),
        ("guys", None, ["guys"]),
        ("gars", None, ["gars"]),
        ("gars guys", "fr", ["gars"]),
        ("gars guys", "en", ["guys"]),
        ("gars guys", None, ["gars", "guys"]),
        ("hey guys, this is for you", "fr", ["guys"]),
        ("Hi guys, this is for you. Salut les gars, merci pour tout.", None, ["guys", "gars"]),
        ("This is the plan for you. Salut les gars, merci pour tout.", None, ["gars"]),
        ("This is the plan and it is for the team.\nGuys?", None, ["Guys"]),
        ("This is the plan and it is for the team.\nGars?", None, []),
        ("plan C guys", None, ["guys"]),
        ("rock n roll guys", None, ["guys"]),
        ('the boss said "salut les gars, merci pour tout" guys', None, ["guys"]),
    ],
)
def test_a_rule_holds_in_its_own_language(text: str, hint: str | None, expected: list[str]) -> None:
    assert found(BOTH, text, hint) == expected  # type: ignore[arg-type]


def test_unless_spares_over_what_is_found_and_nowhere_else() -> None:
    rules = ready(rule("guys", unless=["guys and dolls", "five guys"]))
    assert found(rules, "guys and dolls, and you guys") == ["guys"]
    assert found(rules, "five guys") == []
    assert found(rules, "five. Guys") == ["Guys"]


def test_unless_of_a_form_is_for_that_form_alone() -> None:
    other = {"words": ["gents"], "instead": ["all"]}
    rules = ready(rule("guys", unless=["nice {it}"], forms=[other]))
    assert found(rules, "nice guys, nice gents") == ["gents"]


def test_a_guard_is_for_every_rule_of_its_language() -> None:
    rules = ready(
        rule("guys"),
        rule("man up", id="w-two"),
        rule("gars", id="wf-test", language="fr"),
        guards=[guard("word {it}")],
    )
    assert found(rules, "the word guys") == []
    assert found(rules, "the word man up") == []
    assert found(rules, "word gars") == ["gars"]
    assert found(rules, "words guys") == ["guys"]


def test_an_unless_may_look_at_any_word_that_is_found() -> None:
    rules = ready(rule("man up", unless=["man up the"]))
    assert found(rules, "man up the hill") == []
    assert found(rules, "man up then") == ["man up"]


def test_an_unless_without_what_is_looked_for_is_refused() -> None:
    with pytest.raises(PatternError, match="w-test: 'gents only' has none of the words"):
        ready(rule("guys", unless=["gents only"]))


@pytest.mark.parametrize("unless", ["the word", "the {nothing} {it}", ".. {it}"])
def test_a_guard_that_cannot_be_read_is_refused(unless: str) -> None:
    with pytest.raises(PatternError):
        ready(guards=[guard(unless)])


def test_without_rules_nothing_is_found() -> None:
    assert found(ready(), "hey guys") == []


@pytest.mark.parametrize("text", ["", " ", "\n", "😀", "\x00", "\ud83d", "…", "`", "“", "'", "_"])
def test_texts_without_words_are_survived(text: str) -> None:
    assert found(GUYS, text) == []
    assert found(GUYS, f"{text} guys") == ["guys"]

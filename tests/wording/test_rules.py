"""What rules have in common: frames, guards of a kind, silence, and words with a twin."""

import pytest

from bot.wording.parsing import PatternError
from tests.wording.making import first, found, guard, ready, rule

TITLES = {"title": ["infirmier/infirmière", "préposé/préposée"]}


def test_each_frame_stands_before_each_form() -> None:
    rules = ready(rule("[guys]", "[gents]", frames=["hey", "dear ..."]))
    text = "hey guys, hey gents. dear all. guys and gents. but guys"
    assert found(rules, text) == ["guys", "gents", "guys", "gents", "guys"]
    assert found(rules, "guys and gents") == []


def test_a_guard_of_a_kind_spares_that_kind() -> None:
    rules = ready(
        rule("guys", id="w-one", kind="address"),
        rule("chairman", id="w-other", kind="role"),
        guards=[guard("no {it}", kinds=["role"])],
    )
    assert found(rules, "no guys and no chairman") == ["guys"]


def test_a_guard_of_a_kind_may_name_words_of_one_rule() -> None:
    rules = ready(
        rule("guys", id="w-one"),
        rule("gents", id="w-other"),
        guards=[guard("five guys", "gents room", kinds=["address"])],
    )
    assert found(rules, "five guys, five gents, the gents room, the guys room") == ["gents", "guys"]


@pytest.mark.parametrize(
    "text", ["hey guys, I am in pain", "“in pain”, guys", "Guys\n> he is in pain"]
)
def test_silence_is_kept_on_the_whole_message_and_on_quotations(text: str) -> None:
    assert found(ready(rule("guys")), text) == [text[text.lower().index("guys") :][:4]]
    assert found(ready(rule("guys"), guards=[guard("in pain", sign="clear")]), text) == []


def test_silence_holds_for_both_languages() -> None:
    rules = ready(
        rule("gars", language="fr"), guards=[guard("in pain", language="en", sign="clear")]
    )
    assert found(rules, "salut les gars, « in pain »", "fr") == []


FAINT = guard("tired", "without me", sign="faint", id="en-faint")
WEAK = guard("i", "anymore", "night", sign="weak", id="en-weak")


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("guys, so tired", False),
        ("guys, tired and tired", False),
        ("so tired, guys. You go on without me", True),
        ("I am not, anymore, guys", False),
        ("not tonight, guys. I am not, anymore. Good night", True),
        ("tired guys, anymore", False),
        ("I am tired guys, it is night", True),
    ],
)
def test_fainter_signs_are_enough_together(text: str, silent: bool) -> None:
    rules = ready(rule("guys"), guards=[FAINT, WEAK])
    assert (found(rules, text) == []) is silent


def test_a_word_is_offered_with_its_twin() -> None:
    rules = ready(
        rule("un [{title}]", language="fr", instead=["{it} ou une {twin}"]), classes=TITLES
    )
    for text in ("un infirmier", "un INFIRMIER"):
        assert first(rules, text, "fr").instead == ("infirmier ou une infirmière",)
    assert first(rules, "un prepose", "fr").instead == ("préposé ou une préposée",)
    assert found(rules, "un infirmière", "fr") == []


def test_a_form_that_offers_a_twin_has_words_with_twins() -> None:
    with pytest.raises(PatternError, match="without a twin"):
        ready(rule("un [{title}|médecin]", language="fr", instead=["{twin}"]), classes=TITLES)


def test_a_guard_of_whole_messages_is_about_no_finding() -> None:
    with pytest.raises(PatternError, match="whole messages"):
        ready(rule("guys"), guards=[guard("{it} hurts", sign="clear")])


def test_a_guard_may_name_what_a_form_offers() -> None:
    rules = ready(
        rule("chairman", instead=["chair", "presiding officer"]),
        rule("fireman", id="w-other", instead=["firefighter"]),
        guards=[guard("{it} or {instead}", kinds=["address"])],
    )
    assert found(rules, "chairman or chair, chairman or presiding officer") == []
    assert found(rules, "chairman or firefighter, fireman or chair") == ["chairman", "fireman"]

"""The wording check: in private, whole, with what could stand there instead, and nothing kept."""

from dataclasses import replace
from functools import cache

import pytest

from bot.commands.wording import found_in
from bot.dispatch import needs
from bot.knowledge import Knowledge
from bot.knowledge.wording_rules import WordingRule
from bot.memory import CountFalseAlarm
from bot.messages import LANGUAGES, Bullets, Heading, Language, Note, Outcome, Request, Text
from tests.conftest import NOON, Ask, shipped

CANARY = "zebrafinch"
DRAFTS: dict[Language, str] = {
    "en": f"wording hey guys, the {CANARY} report needs more manpower",
    "fr": f"formulation salut les gars, la réunion {CANARY} commence",
}


DISTRESS = "distress"


@cache
def unguarded() -> Knowledge:
    """Rules that nothing but words of distress makes silent everywhere."""
    return replace(shipped(), guards={DISTRESS: shipped().guards[DISTRESS]})


def ready(outcome: Outcome) -> list[str]:
    """The text with kinder words, as it is shown."""
    return [part.text for part in outcome.reply.parts if isinstance(part, Text)]


def listed(outcome: Outcome) -> list[str]:
    return [
        line for part in outcome.reply.parts if isinstance(part, Bullets) for line in part.items
    ]


def of_mode(mode: str, language: Language = "en") -> list[WordingRule]:
    rules = shipped().wording.values()
    return [rule for rule in rules if (rule.mode, rule.language) == (mode, language)]


def example(rule: WordingRule) -> str:
    return rule.examples.found[0].replace("⟦", "").replace("⟧", "")


def test_the_whole_text_is_shown_with_kinder_words(ask: Ask) -> None:
    outcome = ask("wording Hey guys,\n\nwe need more manpower 😀")
    (text,) = ready(outcome)
    assert text.startswith("Hey everyone,\n\nwe need more ")
    assert text.endswith(" 😀")
    assert "manpower" not in text
    assert outcome.result == "answer"
    assert ["guys" in line for line in listed(outcome)] == [True, False]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_remembered_and_nothing_is_needed(ask: Ask, language: Language) -> None:
    text = DRAFTS[language]
    assert ask(text, channel="C").changes == ()
    assert needs(Request("test:a", text, NOON), shipped()) == frozenset()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("public", [False, True])
def test_only_its_author_sees_it(ask: Ask, language: Language, public: bool) -> None:
    outcome = ask(DRAFTS[language], channel="C", public=public)
    assert outcome.shared is None
    assert outcome.introduction is None
    assert (outcome.aside is not None) is public
    if outcome.aside:
        for reply in (outcome.aside.written, outcome.aside.refused):
            assert CANARY not in reply.plain_text


def test_it_cannot_be_shared(ask: Ask) -> None:
    outcome = ask(f"share {DRAFTS['en']}", channel="C")
    assert outcome.shared is None
    assert CANARY not in outcome.reply.plain_text


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_carry_rules_and_no_words_of_the_text(ask: Ask, language: Language) -> None:
    outcome = ask(DRAFTS[language])
    assert CANARY in outcome.reply.plain_text
    assert len(outcome.reply.buttons) == 2
    for button in outcome.reply.buttons:
        assert CANARY not in button.command + button.label
        ids = [word for word in button.command.split() if word in shipped().wording]
        assert ids
        pressed = ask(button.command, pressed=True)
        assert pressed.result == "command"
        assert all(
            shipped().wording[id].sample in pressed.reply.plain_text or len(ids) == 1 for id in ids
        )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("wording why w-shrill", "a trait said mostly of women"),
        ("formulation pourquoi w-shrill", "un trait qu'on prête surtout aux femmes"),
        ("wording why w-guys", "guys"),
    ],
)
def test_a_rule_of_many_words_has_a_name_of_its_own(ask: Ask, text: str, said: str) -> None:
    assert said in [part.label for part in ask(text).reply.parts if isinstance(part, Text)]


def test_why_has_the_reason_of_each_rule_once(ask: Ask, knowledge: Knowledge) -> None:
    (why, _) = ask("wording hey guys, guys, guys: more manpower").reply.buttons
    said = ask(why.command)
    for id in ("w-guys", "w-manpower"):
        assert why.command.count(id) == 1
        assert knowledge.wording[id].why.en in ready(said)


def test_one_reason_for_several_words_stands_once_with_its_source(
    ask: Ask, knowledge: Knowledge
) -> None:
    ids = ("w-chairman", "w-spokesman", "w-guys", "w-waitress")
    reasons = [knowledge.wording[id].why.en for id in ids]
    assert len(set(reasons)) == 2
    said = ask(f"wording why {' '.join(ids)}").reply
    texts = [(part.label, part.text) for part in said.parts if isinstance(part, Text)]
    assert texts == [("chairman, spokesman, waitress", reasons[0]), ("guys", reasons[2])]
    notes = [part.text for part in said.parts if isinstance(part, Note)]
    assert len(notes) == 2
    assert notes[1] == knowledge.say("source.none", "en")


def test_a_false_alarm_counts_the_rule_and_nothing_else(ask: Ask) -> None:
    (_, alarm) = ask("wording hey guys").reply.buttons
    assert ask(alarm.command).changes == (CountFalseAlarm("w-guys"),)


def test_of_several_rules_one_is_asked_for(ask: Ask) -> None:
    (_, alarm) = ask("wording hey guys, we need more manpower").reply.buttons
    asked = ask(alarm.command)
    assert asked.changes == ()
    assert [ask(button.command).changes for button in asked.reply.buttons] == [
        (CountFalseAlarm("w-guys"),),
        (CountFalseAlarm("w-manpower"),),
    ]


@pytest.mark.parametrize(
    "text",
    ["wording w-guys", "wording false alarm", "wording false alarm w-nothing", "wording why"],
)
def test_nothing_is_counted_that_was_not_called_wrong(ask: Ask, text: str) -> None:
    assert ask(text).changes == ()


def test_a_draft_may_begin_with_why(ask: Ask) -> None:
    assert ready(ask("wording why do you guys ask")) == ["why do you all ask"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("wording hey guys, I want to die", "en"),
        ("wording guys I can't go on, I want to kill myself", "en"),
        ("formulation les gars, je veux mourir", "fr"),
    ],
)
def test_words_of_danger_get_contacts_and_no_wording(
    ask: Ask, knowledge: Knowledge, text: str, language: Language
) -> None:
    outcome = ask(text, language)
    heading = outcome.reply.parts[0]
    assert heading == Heading(knowledge.say("alarm.heading", language))
    assert outcome.reply.buttons == ()
    assert outcome.changes == ()


def test_what_should_be_asked_first_is_not_rewritten(ask: Ask, knowledge: Knowledge) -> None:
    asked = 0
    for rule in of_mode("ask"):
        text = example(rule)
        if {one.rule for one in found_in(knowledge, text, "en")} == {rule.id}:
            outcome = ask(f"wording {text}")
            assert ready(outcome) == [], rule.id
            assert any(rule.sample in line for line in listed(outcome)), rule.id
            asked += 1
    assert asked >= 5


def test_beside_what_is_asked_the_rest_is_rewritten(ask: Ask, knowledge: Knowledge) -> None:
    rule = knowledge.wording["w-bossy"]
    assert rule.mode == "ask"
    (text,) = ready(ask(f"wording Hey guys. {example(rule)}"))
    assert text == f"Hey everyone. {example(rule)}"


@pytest.mark.parametrize(
    ("words", "silent"),
    [
        ("the meeting on budgets is at noon", False),
        ("the meeting on suicide is at noon", True),
        ("she keeps hurting herself", True),
        ("I don't want to be here any more", True),
        ("He said: “they would be better off without me”", True),
        ("the pills are in my hand", True),
        ("I hurt my back", False),
        ("the deadline is killing me", False),
    ],
)
def test_beside_words_of_distress_every_rule_is_silent(words: str, silent: bool) -> None:
    assert bool(found_in(unguarded(), f"hey guys, {words}", "en")) is not silent
    assert bool(found_in(unguarded(), f"{words}. Tell the guys", "en")) is not silent


def test_a_text_that_cannot_be_made_whole_is_not_shown_as_ready(ask: Ask) -> None:
    outcome = ask("wording If a patient says he is in pain, Tom believes him")
    assert ready(outcome) == []
    assert listed(outcome) != []


@pytest.mark.parametrize("text", ["wording", "wording  ", "wording ?!", "wording 😀"])
def test_without_words_it_says_what_to_do(ask: Ask, text: str) -> None:
    outcome = ask(text)
    assert "guys" in outcome.reply.plain_text
    assert outcome.result == "command"


@pytest.mark.parametrize("command", ["wording", "posted wording"])
@pytest.mark.parametrize(
    "text",
    [
        "guys, I took the whole bottle",
        "guys, I gave my cat away. I am at peace, look after each other",
        "les gars, j'ai avalé toutes mes pilules",
    ],
)
def test_what_is_no_matter_of_words_gets_neither_praise_nor_advice(
    ask: Ask, knowledge: Knowledge, command: str, text: str
) -> None:
    language: Language = "fr" if text.startswith("les") else "en"
    outcome = ask(f"{command} {text}", language)
    shown = outcome.reply.plain_text
    assert knowledge.say("wording.grave", language) in shown
    assert knowledge.say("alarm.emergency", language) in shown
    assert knowledge.say("wording.nothing", language) not in shown
    assert outcome.result == "nothing"


def test_where_there_is_nothing_to_change_it_says_so(ask: Ask) -> None:
    outcome = ask("wording the meeting is at noon, see you there")
    assert outcome.result == "nothing"
    assert outcome.reply.buttons == ()


def test_many_findings_are_listed_up_to_a_number(ask: Ask) -> None:
    texts = [example(rule) for rule in of_mode("offer")[:30]]
    outcome = ask("wording " + ".\n".join(texts))
    assert len(listed(outcome)) == 11
    assert "more" in listed(outcome)[-1]
    for button in outcome.reply.buttons:
        assert len(button.command) < 2000  # what a button may carry


def test_the_same_words_are_listed_once(ask: Ask) -> None:
    assert len(listed(ask("wording guys, guys, Guys and GUYS"))) == 1


def test_a_rule_is_called_as_a_person_writes_it(knowledge: Knowledge) -> None:
    for rule in knowledge.wording.values():
        assert not set("[]{}|*⟦⟧").intersection(rule.sample), rule.id
        assert rule.sample != rule.id
        assert "  " not in rule.sample

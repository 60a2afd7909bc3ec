"""One tip at a time: in an order of each person's own, with no chance in it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.knowledge import Knowledge
from bot.messages import LANGUAGES, Heading, Language, Outcome, Text
from tests.conftest import Ask

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)


def shown(outcome: Outcome) -> str:
    assert outcome.result == "answer"
    return outcome.matches[0].id


def another(outcome: Outcome) -> str:
    (command,) = [b.command for b in outcome.reply.buttons if " after " in b.command]
    return command


@pytest.mark.parametrize("text", ["tip", "tip meetings", "conseil réunions", "tip interruptions"])
def test_the_same_person_on_the_same_day_gets_the_same_tip(text: str, ask: Ask) -> None:
    morning, night = NOON.replace(hour=0), NOON.replace(hour=23, minute=59)
    assert ask(text, at=morning) == ask(text, at=NOON) == ask(text, at=night)
    assert ask(text, channel="C").matches == ask(text).matches


def test_the_next_day_has_another_tip(ask: Ask) -> None:
    days = [NOON + timedelta(days=day) for day in range(10)]
    assert len({shown(ask("tip", at=day)) for day in days}) == 10


def test_no_tip_comes_back_before_all_were_shown_day_by_day(knowledge: Knowledge, ask: Ask) -> None:
    days = [NOON + timedelta(days=day) for day in range(len(knowledge.tips))]
    assert {shown(ask("tip", at=day)) for day in days} == set(knowledge.tips)


def test_the_next_person_gets_another_order(ask: Ask) -> None:
    firsts = {shown(ask("tip", person=f"test:{person}")) for person in range(20)}
    assert len(firsts) > 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_goes_through_every_tip_of_a_topic_once(
    language: Language, knowledge: Knowledge, ask: Ask
) -> None:
    for topic in knowledge.topics.values():
        there = {tip.id for tip in knowledge.tips.values() if tip.topic == topic.id}
        if not there:
            continue
        outcome = ask(f"tip {getattr(topic.name, language)}", language)
        first, seen = outcome, []
        for _ in there:
            seen.append(shown(outcome))
            outcome = ask(another(outcome), language)
        assert sorted(seen) == sorted(there)
        assert outcome.matches == first.matches


def test_another_goes_through_all_tips_without_a_topic(knowledge: Knowledge, ask: Ask) -> None:
    outcome, seen = ask("tip"), []
    for _ in knowledge.tips:
        seen.append(shown(outcome))
        outcome = ask(another(outcome))
    assert sorted(seen) == sorted(knowledge.tips)


def test_another_the_next_day_goes_on_from_the_same_place(ask: Ask) -> None:
    command = another(ask("tip"))
    assert shown(ask(command)) == shown(ask(command, at=NOON + timedelta(days=3)))


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("tip meetings", "meetings"),
        ("TIP Meeting", "meetings"),
        ("give me a tip pay", "pay"),
        ("conseil salaire", "pay"),
        ("conseil réunions", "meetings"),
        ("conseil temoins", "bystander"),
        ("tip mentorship", "mentoring"),
    ],
)
def test_a_topic_has_its_tips_in_both_languages(
    text: str, topic: str, knowledge: Knowledge, ask: Ask
) -> None:
    assert knowledge.tips[shown(ask(text))].topic == topic


@pytest.mark.parametrize(
    ("text", "tip"),
    [
        ("tip someone took her idea", "tip-credit-name"),
        ("tip Tell someone your number", "tip-pay-data"),
        ("tip tip-pay-data", "tip-pay-data"),
    ],
)
def test_other_words_lead_to_the_tip_that_fits_best(text: str, tip: str, ask: Ask) -> None:
    assert shown(ask(text)) == tip


@pytest.mark.parametrize(
    ("text", "topic"),
    [("tip after a mistake", "mistakes"), ("tip for after a meeting", "meetings")],
)
def test_a_topic_may_have_the_word_after_in_front(
    text: str, topic: str, knowledge: Knowledge, ask: Ask
) -> None:
    outcome = ask(text)
    assert outcome.result != "answer" or knowledge.tips[shown(outcome)].topic == topic


def test_a_tip_that_is_gone_does_not_break_its_button(ask: Ask) -> None:
    assert ask("tip pay after tip-that-was-removed").result == "answer"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tip_has_a_step_and_a_source(language: Language, knowledge: Knowledge, ask: Ask) -> None:
    for tip in knowledge.tips.values():
        outcome = ask(f"tip {tip.id}", language)
        assert shown(outcome) == tip.id
        title, text, step = (
            getattr(t, language) or t.en for t in (tip.title, tip.text, tip.if_then)
        )
        assert outcome.reply.parts[:3] == (Heading(title), Text(text), Text(step))


def test_what_there_is_no_tip_on_is_said_with_the_topics_there_are(
    knowledge: Knowledge, ask: Ask
) -> None:
    for language in LANGUAGES:
        outcome = ask("tip zzqx", language)
        assert outcome.result == "nothing"
        said = outcome.reply.parts[0].text
        assert "zzqx" in said
        for topic in {tip.topic for tip in knowledge.tips.values()}:
            assert getattr(knowledge.topics[topic].name, language) in said
        assert ask(outcome.reply.buttons[0].command).result == "answer"

"""Words of danger get one calm answer, wherever they are said, and are said back nowhere."""

from typing import Any

import pytest

from bot.knowledge import Knowledge
from tests.adapters.teams.answering import Answer, until
from tests.adapters.teams.asides import (
    IN_DANGER,
    PUBLIC,
    REFUSALS,
    judge_calm,
    open_chat,
    read_by_all,
    read_line,
)
from tests.adapters.teams.fake_teams import FakeTeams
from tests.adapters.teams.people import Kind, Person
from tests.adapters.teams.serving import Bot


@pytest.mark.parametrize(
    ("text", "language"), [(IN_DANGER, "en"), ("je veux me suicider, zebedee", "fr")]
)
async def test_somebody_in_danger_is_answered_calmly_wherever_they_are(
    bot: Bot, teams: FakeTeams, knowledge: Knowledge, text: str, language: Any
):
    person = Person(bot)
    (call,) = await person.says(text)
    judge_calm(call.card, knowledge, language)
    judge_calm(await person.presses(text), knowledge, language)
    judge_calm((await person.submits(text))[-1].card, knowledge, language)
    found = await Person(bot, locale=language).looks_up(text)
    assert found["type"] == "message"
    assert knowledge.say("alarm.emergency", language) in found["text"]
    assert "zebedee" not in found["text"]


@pytest.mark.parametrize(
    ("text", "language"), [(IN_DANGER, "en"), ("je veux me suicider, zebedee", "fr")]
)
async def test_the_notification_already_says_whom_to_call(
    person: Person, knowledge: Knowledge, text: str, language: Any
):
    (call,) = await person.says(text)
    assert knowledge.say("alarm.emergency", language) in call.body["summary"]
    assert "zebedee" not in call.body["summary"]


@pytest.mark.parametrize("kind", PUBLIC)
async def test_in_public_somebody_in_danger_is_answered_alone(
    bot: Bot, knowledge: Knowledge, kind: Kind
):
    person = Person(bot, kind)
    _, sent, _ = await person.says(IN_DANGER)
    judge_calm(sent.card, knowledge)
    assert await read_line(person) == knowledge.say("aside.written", "en")


@pytest.mark.parametrize("answer", REFUSALS.values(), ids=list(REFUSALS))
async def test_contacts_are_worth_more_in_front_of_others_than_not_at_all(
    bot: Bot, teams: FakeTeams, knowledge: Knowledge, answer: Answer
):
    person = Person(bot, "channel")
    teams.always_answers(open_chat(person), answer)
    await bot.deliver(person.message(IN_DANGER))
    await until(lambda: read_by_all(person))
    (call,) = read_by_all(person)
    judge_calm(call.card, knowledge)

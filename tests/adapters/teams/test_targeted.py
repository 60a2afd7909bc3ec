"""Answers in a channel for the eyes of one person: where the server does so, or is asked so."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from bot.knowledge import Knowledge
from tests.adapters.teams.answering import Answer
from tests.adapters.teams.asides import (
    IN_DANGER,
    PRIVATE,
    PUBLIC,
    REFUSALS,
    TESTED,
    TOLD,
    judge_calm,
    judge_nothing_private,
    private_texts,
    read_by_all,
    read_line,
    says_it_in,
)
from tests.adapters.teams.conftest import leaked
from tests.adapters.teams.fake_teams import BOT, FakeTeams
from tests.adapters.teams.judging import words
from tests.adapters.teams.people import NAME, Kind, Person
from tests.adapters.teams.seeing import seen
from tests.adapters.teams.serving import Bot


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def _targeting(
    _teams: FakeTeams, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Bot]:
    bot = Bot(_teams, tmp_path_factory.mktemp("targeting"), TEAMS_TARGETED="1")
    await bot.start()
    yield bot
    assert await bot.stop() == 0, bot.output
    assert leaked(bot) == []


@pytest.fixture
def targeting(_targeting: Bot, teams: FakeTeams) -> Bot:
    """A server that writes to one person in a channel, for that person's eyes alone."""
    return _targeting


# To one person in the channel.


@pytest.mark.parametrize("kind", PUBLIC)
@pytest.mark.parametrize("text", PRIVATE.values(), ids=list(PRIVATE))
async def test_a_private_answer_is_shown_to_its_asker_in_the_channel(
    targeting: Bot, text: str, kind: Kind
):
    person = Person(targeting, kind)
    (call,) = await person.says(text)
    assert (call.method, call.conversation) == ("POST", person.conversation)
    assert call.query == {"isTargetedActivity": "true"}
    assert call.body["recipient"] == {"id": person.user}
    assert words(call.card).endswith(words(await person.presses(text)))


async def test_what_is_general_is_still_for_everybody(targeting: Bot):
    for text in ("define manel", "help", "zzqqx"):
        person = Person(targeting, "channel")
        (call,) = await person.says(text)
        assert not call.targeted
        assert "recipient" not in call.body


@pytest.mark.parametrize("kind", PUBLIC)
@pytest.mark.parametrize("status", [400, 403, 404])
async def test_where_that_is_refused_the_askers_own_chat_is_used(
    targeting: Bot, teams: FakeTeams, knowledge: Knowledge, status: int, kind: Kind
):
    for text in (TOLD, TESTED):
        private = await private_texts(targeting, text)
        person = Person(targeting, kind)
        teams.will_answer(person.conversation, Answer.error(status))
        tried, asked, sent, line = await person.says(text)
        assert tried.targeted
        assert asked.makes_chat
        assert [sent] == teams.sent_alone(person.user)
        assert seen(sent).startswith(knowledge.say("aside.origin", says_it_in(text)))
        assert "recipient" not in sent.body
        assert line.text == knowledge.say("aside.written", says_it_in(text))
        judge_nothing_private(person, private)


@pytest.mark.parametrize("answer", REFUSALS.values(), ids=list(REFUSALS))
async def test_where_both_are_refused_nothing_private_is_said(
    targeting: Bot, teams: FakeTeams, knowledge: Knowledge, answer: Answer
):
    for kind, text in zip(PUBLIC, (TOLD, TESTED), strict=True):
        private = await private_texts(targeting, text)
        person = Person(targeting, kind)
        teams.will_answer(person.conversation, answer)
        teams.always_answers("", answer)
        await targeting.deliver(person.message(text))
        assert await read_line(person) == knowledge.say("aside.refused", says_it_in(text))
        judge_nothing_private(person, private)
        teams.will_answer_chats()


@pytest.mark.parametrize("kind", PUBLIC)
async def test_somebody_in_danger_is_answered_calmly_there(
    targeting: Bot, knowledge: Knowledge, kind: Kind
):
    (call,) = await Person(targeting, kind).says(IN_DANGER)
    assert call.targeted
    judge_calm(call.card, knowledge)


# A question that only the bot can read.


def for_the_bot_alone(person: Person, text: str) -> dict[str, Any]:
    """A question that the others in the channel don't see, without a mention."""
    recipient = {"id": BOT, "name": NAME, "isTargeted": True}
    return person.message(text, text=text, entities=[], recipient=recipient)


@pytest.mark.parametrize("kind", PUBLIC)
@pytest.mark.parametrize("text", ["help", "define manel", "zzqqx", "check", "say", IN_DANGER])
async def test_a_question_that_others_do_not_see_is_answered_so_that_they_do_not_see_it(
    bot: Bot, targeting: Bot, text: str, kind: Kind
):
    for server in (bot, targeting):
        person = Person(server, kind)
        (call,) = await person.after(for_the_bot_alone(person, text))
        assert (call.method, call.targeted) == ("POST", True)
        assert call.conversation == person.conversation
        assert call.body["recipient"] == {"id": person.user}
        assert words(call.card) == words(await Person(bot).presses(text))


@pytest.mark.parametrize("status", [400, 403, 404])
@pytest.mark.parametrize("text", ["define manel", "check", IN_DANGER])
async def test_where_that_is_refused_others_see_nothing_all_the_same(
    bot: Bot, teams: FakeTeams, text: str, status: int
):
    person = Person(bot, "channel")
    teams.always_answers(person.conversation, Answer.error(status))
    tried, asked, sent = await person.after(for_the_bot_alone(person, text))
    assert tried.targeted
    assert asked.makes_chat
    assert [sent] == teams.sent_alone(person.user)
    shown = words(await Person(bot).presses(text)).splitlines()
    assert words(sent.card).splitlines()[-len(shown) :] == shown
    assert read_by_all(person) == []


async def test_where_everything_is_refused_others_see_nothing_either(bot: Bot, teams: FakeTeams):
    person = Person(bot, "channel")
    teams.always_answers(person.conversation, Answer.error(403))
    teams.always_answers("", Answer.error(403))
    for text in ("define manel", "check", IN_DANGER):
        await person.after(for_the_bot_alone(person, text))
    assert read_by_all(person) == []

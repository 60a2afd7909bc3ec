"""What is for its asker alone goes to their own chat, and nowhere else where that fails."""

import asyncio

import pytest

from bot.knowledge import Knowledge
from tests.adapters.teams.answering import Answer, until
from tests.adapters.teams.asides import (
    NO_CHATS,
    PRIVATE,
    PUBLIC,
    REFUSALS,
    TESTED,
    TOLD,
    judge_nothing_private,
    open_chat,
    private_texts,
    read_line,
    says_it_in,
)
from tests.adapters.teams.fake_login import TENANT
from tests.adapters.teams.fake_teams import BOT, FakeTeams
from tests.adapters.teams.judging import buttons, heading, words
from tests.adapters.teams.people import NAME, Kind, Person
from tests.adapters.teams.seeing import seen
from tests.adapters.teams.serving import Bot

# To the chat of two.


@pytest.mark.parametrize("kind", PUBLIC)
@pytest.mark.parametrize("text", PRIVATE.values(), ids=list(PRIVATE))
async def test_a_private_answer_goes_to_the_askers_own_chat(
    bot: Bot, teams: FakeTeams, knowledge: Knowledge, text: str, kind: Kind
):
    private = await private_texts(bot, text)
    alone = (await Person(bot).says(text))[0].card
    person = Person(bot, kind)
    asked, sent, line = await person.says(text)
    assert asked.body == {
        "bot": {"id": BOT, "name": NAME},
        "members": [{"id": person.user}],
        "isGroup": False,
        "tenantId": TENANT,
        "channelData": {"tenant": {"id": TENANT}},
    }
    assert sent.conversation == teams.chats[person.user]
    assert not any(call.targeted for call in (asked, sent, line))
    language = says_it_in(text)
    origin = knowledge.say("aside.origin", language)
    assert seen(sent) == f"{origin}\n{words(alone)}"
    assert buttons(sent.card) == buttons(alone)
    assert line.text == knowledge.say("aside.written", language)
    assert await read_line(person) == line.text
    judge_nothing_private(person, private)


@pytest.mark.parametrize("kind", PUBLIC)
async def test_a_chat_that_is_there_already_is_used(bot: Bot, teams: FakeTeams, kind: Kind):
    person = Person(bot, kind)
    chat = open_chat(person)
    for _ in range(2):
        _, sent, _ = await person.says("check")
        assert sent.conversation == chat
    assert len(teams.chats) == 1


@pytest.mark.parametrize("pressed", [False, True], ids=["asked", "pressed in an old client"])
@pytest.mark.parametrize("command", ["say", "check he explains all the time", "say zzqqx"])
async def test_in_the_askers_own_chat_examples_are_shown_as_they_are_typed_there(
    bot: Bot, teams: FakeTeams, command: str, pressed: bool
):
    """Nobody can be mentioned there; and nobody should be led to tell it to the whole channel."""
    person = Person(bot, "channel")
    await (person.submits(command) if pressed else person.says(command))
    (sent,) = teams.sent_alone(person.user)
    assert f"@{NAME}" not in seen(sent)


@pytest.mark.parametrize("kind", PUBLIC)
async def test_an_old_clients_press_says_where_it_was_pressed(
    bot: Bot, teams: FakeTeams, knowledge: Knowledge, kind: Kind
):
    """Else a message comes into somebody's own chat out of nowhere."""
    person = Person(bot, kind)
    await person.submits("check no")
    (sent,) = teams.sent_alone(person.user)
    assert knowledge.say("aside.origin", "en") in seen(sent)


async def test_everybody_gets_their_own_answer(bot: Bot, teams: FakeTeams):
    people = [Person(bot, "channel", where="TOGETHER") for _ in range(5)]
    commands = [f"check {answer}" for answer in ("", "no", "yes", "no they-do", "no clearly-me")]
    asked = [person.message(command) for person, command in zip(people, commands, strict=True)]
    await asyncio.gather(*(bot.deliver(said) for said in asked))
    await until(lambda: len(teams.sent_to(people[0].conversation)) == len(people))
    for person, command in zip(people, commands, strict=True):
        (sent,) = teams.sent_alone(person.user)
        assert words(sent.card).endswith(words(await person.presses(command)))


# Where the chat of two is refused.


@pytest.mark.parametrize("answer", NO_CHATS.values(), ids=list(NO_CHATS))
async def test_where_no_chat_can_be_opened_nothing_private_is_said(
    bot: Bot, teams: FakeTeams, knowledge: Knowledge, answer: Answer
):
    for kind, text in zip(PUBLIC, (TOLD, TESTED), strict=True):
        private = await private_texts(bot, text)
        person = Person(bot, kind)
        teams.always_answers("", answer)
        assert (await bot.deliver(person.message(text))).status == 202
        assert await read_line(person) == knowledge.say("aside.refused", says_it_in(text))
        assert teams.sent_alone(person.user) == []
        judge_nothing_private(person, private)
        teams.will_answer_chats()


@pytest.mark.parametrize("answer", REFUSALS.values(), ids=list(REFUSALS))
async def test_where_the_chat_does_not_take_it_nothing_private_is_said(
    bot: Bot, teams: FakeTeams, knowledge: Knowledge, answer: Answer
):
    for kind, text in zip(PUBLIC, (TOLD, TESTED), strict=True):
        private = await private_texts(bot, text)
        person = Person(bot, kind)
        teams.always_answers(open_chat(person), answer)
        assert (await bot.deliver(person.message(text))).status == 202
        assert await read_line(person) == knowledge.say("aside.refused", says_it_in(text))
        assert len(teams.sent_alone(person.user)) == 1
        judge_nothing_private(person, private)


async def test_where_teams_asks_for_patience_to_the_end_nothing_private_is_said(
    bot: Bot, teams: FakeTeams, knowledge: Knowledge
):
    private = await private_texts(bot, "check")
    unopened, unsent = Person(bot, "channel"), Person(bot, "groupChat")
    chat = open_chat(unsent)
    busy = Answer.error(429, headers={"Retry-After": "0"})
    teams.always_answers(chat, busy)
    teams.will_answer_chats(*[Answer.data({"id": chat}, 201), *[busy] * 20])
    await bot.deliver(unsent.message("check"))
    await until(lambda: teams.sent_to(chat))
    await bot.deliver(unopened.message("check"))
    for person in (unopened, unsent):
        assert await read_line(person, 20) == knowledge.say("aside.refused", "en")
        judge_nothing_private(person, private)
    assert len(teams.sent_to(chat)) > 1
    assert len(teams.chats_asked_for(unopened.user)) > 1


async def test_a_refused_line_is_not_said_elsewhere(bot: Bot, teams: FakeTeams):
    person = Person(bot, "channel")
    teams.always_answers(person.conversation, Answer.error(403, "MessageWritesBlocked"))
    _, sent, line = await person.says("check")
    assert heading(sent.card) == "Am I mansplaining?"
    assert line.conversation == person.conversation

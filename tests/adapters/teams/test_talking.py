"""What somebody writes gets one useful answer: in a chat of two, a channel and a group."""

import asyncio
from typing import Any

import pytest

from bot.knowledge import Knowledge
from tests.adapters.teams.answering import Answer, until
from tests.adapters.teams.fake_teams import Call, FakeTeams
from tests.adapters.teams.judging import buttons, heading, words
from tests.adapters.teams.people import Kind, Person, settle
from tests.adapters.teams.seeing import seen
from tests.adapters.teams.serving import Bot

SOON_SECONDS = 1.0

KINDS = ["personal", "channel", "groupChat"]
CASES = [str.lower, str.upper, str.capitalize]
GREETINGS = [case(word) for word in ("hi", "hello", "help") for case in CASES]
IMAGE = {"contentType": "image/*", "contentUrl": "https://smba.trafficmanager.net/amer/v3/image"}

# What is no command and no word that there is -> what is seen of it in the answer.
UNKNOWN = {
    "no word": ("zzqqx", "zzqqx"),
    "several words": ("zzqqx blorb wibble", "zzqqx blorb wibble"),
    "emoji": ("🙂", "Ally Nudge"),
    "emoji of several parts": ("👩🏽‍⚕️👩🏽‍⚕️", "Ally Nudge"),
    "signs": ("?!", "Ally Nudge"),
    "nothing": ("", "Ally Nudge"),
    "blanks": (" \u00a0\n ", "Ally Nudge"),
    "another alphabet": ("что это", "что это"),
    "a long word": ("a" * 5000, "aaa"),
    "many words": ("what is it " * 455, "what is it"),
    "many lines": ("ally\n" * 1000, ""),
    "commands over and over": ("define " * 715, ""),
}


@pytest.fixture(params=KINDS)
def somebody(request: pytest.FixtureRequest, bot: Bot) -> Person:
    """Somebody in each kind of place."""
    return Person(bot, request.param)


async def answer_to(person: Person, said: dict[str, Any]) -> Call:
    """The one answer, which stands below what was said."""
    (call,) = await person.after(said)
    assert (call.method, call.targeted) == ("POST", False)
    assert (call.conversation, call.activity) == (person.conversation, said["id"])
    return call


@pytest.mark.parametrize("greeting", GREETINGS)
async def test_a_greeting_is_answered_with_what_can_be_done(
    somebody: Person, knowledge: Knowledge, greeting: str
):
    call = await answer_to(somebody, somebody.message(greeting))
    assert heading(call.card) == knowledge.say("help.heading", "en")
    assert knowledge.say("help.intro", "en") in words(call.card)
    assert list(buttons(call.card)) == ["define manel", "check", "say", "tip", "privacy"]


@pytest.mark.parametrize(("said", "shown"), UNKNOWN.values(), ids=list(UNKNOWN))
async def test_whatever_is_written_gets_one_answer_with_a_way_on(
    somebody: Person, said: str, shown: str
):
    call = await answer_to(somebody, somebody.message(said))
    assert shown in words(call.card)
    assert buttons(call.card)


@pytest.mark.parametrize("text", ["", None], ids=["no text", "no text at all"])
async def test_an_image_alone_is_answered_with_what_can_be_done(person: Person, text: str | None):
    said = person.message("", text=text, attachments=[IMAGE])
    call = await answer_to(person, said)
    assert heading(call.card) == "Ally Nudge"


@pytest.mark.parametrize("text", ['<div><div><img src="x" alt="y"></div></div>', "<p>&nbsp;</p>"])
async def test_an_image_in_a_formatted_text_is_no_word(person: Person, text: str):
    for text_format in ("plain", "xml"):
        call = await answer_to(person, person.message("", text=text, textFormat=text_format))
        assert heading(call.card) == "Ally Nudge"


@pytest.mark.parametrize("kind", ["channel", "groupChat"])
async def test_an_image_with_a_mention_is_answered_too(bot: Bot, kind: Kind):
    person = Person(bot, kind)
    call = await answer_to(person, person.message("", attachments=[IMAGE]))
    assert heading(call.card) == "Ally Nudge"


@pytest.mark.parametrize("text", ["manel", "MANEL", "what is a manel?", "define manel", "manle"])
async def test_a_word_is_looked_up(somebody: Person, text: str):
    call = await answer_to(somebody, somebody.message(text))
    assert heading(call.card) == "Manel"


async def test_in_public_an_example_is_shown_as_it_has_to_be_typed_there(bot: Bot):
    alone, aloud = Person(bot), Person(bot, "channel")
    (call,) = await alone.says("help")
    assert "• tip meetings" in seen(call)
    (call,) = await aloud.says("help")
    assert "• @Ally Nudge tip meetings" in seen(call)


@pytest.mark.parametrize("kind", ["channel", "groupChat"])
async def test_the_check_is_not_run_in_front_of_others(
    bot: Bot, teams: FakeTeams, knowledge: Knowledge, kind: Kind
):
    person = Person(bot, kind)
    said = person.message("check")
    asked, sent, line = await person.after(said)
    assert [asked] == teams.chats_asked_for(person.user)
    assert [sent] == teams.sent_alone(person.user)
    assert heading(sent.card) == knowledge.trees["goodwin"].title.en
    assert (line.conversation, line.activity) == (person.conversation, said["id"])
    assert line.body.get("attachments") is None
    assert line.text == knowledge.say("aside.written", "en")


async def test_a_slow_connector_holds_nothing_up(bot: Bot, teams: FakeTeams):
    alone, aloud = Person(bot), Person(bot, "channel")
    for conversation in (alone.conversation, aloud.conversation, ""):
        teams.will_answer(conversation, Answer(201, delay=5))
    said = [alone.message("help"), aloud.message("help"), aloud.message("check")]
    posted = await asyncio.gather(*(bot.deliver(message) for message in said))
    assert [(accepted.status, accepted.text) for accepted in posted] == [(202, "")] * 3
    await until(lambda: len(teams.calls) == 3)
    asked = [await bot.deliver(aloud.execute("check no")), await bot.deliver(alone.query("man"))]
    assert [accepted.status for accepted in asked] == [200, 200]
    assert max(accepted.seconds for accepted in (*posted, *asked)) < SOON_SECONDS
    teams.hurry()
    await until(lambda: len(teams.sent_to(aloud.conversation)) == 2)


# Who is no person.


@pytest.mark.parametrize(
    "sender",
    [
        {"id": "28:another", "name": "Another"},
        {"id": "29:1BOT", "name": "Another", "role": "bot"},
        {"id": "28:5c1a2f7e-0000-4000-8000-00000000a11e", "name": "Ally Nudge"},
    ],
    ids=["another bot", "a bot by its role", "itself"],
)
async def test_bots_do_not_talk_to_each_other(
    somebody: Person, teams: FakeTeams, sender: dict[str, str]
):
    for said in (
        somebody.message("help"),
        somebody.message("check"),
        somebody.submit("define manel"),
        somebody.installation("add"),
        somebody.joins(),
    ):
        assert await somebody.after({**said, "from": sender}) == []
    for asked in (somebody.execute("define manel"), somebody.query("manel")):
        posted = await somebody.bot.deliver({**asked, "from": sender})
        assert (posted.status, posted.message) == (200, {})
    await settle(somebody.bot)
    assert teams.calls == []


@pytest.mark.parametrize(
    "kind", ["messageUpdate", "messageDelete", "messageReaction", "typing", "trace"]
)
async def test_what_becomes_of_a_message_afterwards_is_not_answered(
    somebody: Person, teams: FakeTeams, kind: str
):
    said = somebody.message("help")
    await answer_to(somebody, said)
    for activity in (said["id"], "1790000000000"):
        changed = {"type": kind, "id": activity, "reactionsAdded": [{"type": "like"}]}
        assert await somebody.after({**somebody.message("define manel"), **changed}) == []


@pytest.mark.parametrize("command", ["help", "manel", "check", "i want to kill myself"])
async def test_an_organization_that_is_not_served_is_told_so_and_nothing_else(
    teams: FakeTeams, start_bot: Any, knowledge: Knowledge, command: str
):
    bot = await start_bot(TEAMS_ALLOWED_TENANTS="first-tenant, second-tenant")
    refused = knowledge.say("tenant.refused", "en")
    for kind in ("personal", "channel"):
        stranger = Person(bot, kind, tenant="third-tenant")
        (call,) = await stranger.says(command)
        assert call.text == refused
        assert words(await stranger.presses(command)) == refused
        assert await stranger.looks_up("manel") == {"type": "message", "text": refused}
        assert [call.text for call in await stranger.after(stranger.joins())] == [refused]
    assert teams.chats == {}
    (call,) = await Person(bot, tenant="Second-Tenant").says("manel")
    assert heading(call.card) == "Manel"

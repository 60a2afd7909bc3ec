"""The bot comes into a chat, a group or a team: it says hello once, and to nobody in person."""

import asyncio
from itertools import permutations
from typing import Any

import pytest

from bot.knowledge import Knowledge
from tests.adapters.teams.fake_teams import BOT, Call, FakeTeams
from tests.adapters.teams.judging import buttons, heading, words
from tests.adapters.teams.people import Person, settle
from tests.adapters.teams.seeing import is_french, seen
from tests.adapters.teams.serving import Bot

KINDS = ["personal", "channel", "groupChat"]


@pytest.fixture(params=KINDS)
def somebody(request: pytest.FixtureRequest, bot: Bot) -> Person:
    """Somebody in each kind of place."""
    return Person(bot, request.param)


def judge_welcome(call: Call, person: Person) -> None:
    """One message in the chat or channel, below nothing."""
    assert (call.method, call.conversation, call.activity) == ("POST", person.conversation, "")
    assert not call.targeted
    assert heading(call.card) == "Hello, I'm Ally Nudge"


STARTS = {
    "installation": ["add"],
    "conversation": ["joins"],
    "installation first": ["add", "joins"],
    "conversation first": ["joins", "add"],
    "again and again": ["add", "joins", "joins", "add", "add", "joins"],
}


@pytest.mark.parametrize("steps", STARTS.values(), ids=list(STARTS))
async def test_a_chat_is_greeted_once(somebody: Person, teams: FakeTeams, steps: list[str]):
    sent = []
    for step in steps:
        told = somebody.joins() if step == "joins" else somebody.installation(step)
        sent += await somebody.after(told)
    (call,) = sent
    judge_welcome(call, somebody)
    assert teams.chats == {}


async def test_a_chat_that_begins_many_times_at_once_is_greeted_once(somebody: Person):
    told = [somebody.installation("add"), somebody.joins()] * 10
    await asyncio.gather(*(somebody.bot.deliver(activity) for activity in told))
    await settle(somebody.bot)
    (call,) = somebody.calls
    judge_welcome(call, somebody)


async def test_each_chat_is_greeted(bot: Bot):
    people = [Person(bot, "personal"), Person(bot, "channel"), Person(bot, "channel")]
    for person in people:
        (call,) = await person.after(person.installation("add"))
        judge_welcome(call, person)


async def test_equal_ids_in_two_organizations_are_two_chats(bot: Bot):
    ours = Person(bot)
    theirs = Person(bot, tenant="another-tenant", user=ours.user, where=ours.where)
    for person in (ours, theirs):
        assert len(await person.after(person.joins())) == 1
        assert await person.after(person.joins()) == []


async def test_a_team_is_greeted_in_one_place_however_many_people_are_in_it(
    bot: Bot, teams: FakeTeams
):
    person = Person(bot, "channel")
    members = (BOT, *(f"29:1MEMBER{number}" for number in range(30)))
    (call,) = await person.after(person.joins(*members))
    judge_welcome(call, person)
    assert teams.chats == {}


async def test_a_thread_of_a_channel_that_was_greeted_is_not_greeted(bot: Bot, teams: FakeTeams):
    person = Person(bot, "channel")
    channel = person.conversation.partition(";")[0]
    teams.conversations.add(channel)
    there = {**person.joins()["conversation"], "id": channel}
    assert len(await person.after(person.joins())) == 1
    assert await person.after(person.installation("add", conversation=there)) == []
    assert teams.sent_to(channel) == []


async def test_the_welcome_says_what_to_do_who_reads_it_and_what_is_kept(
    bot: Bot, knowledge: Knowledge
):
    alone, aloud = Person(bot), Person(bot, "channel")
    (call,) = await alone.after(alone.installation("add"))
    assert knowledge.say("about.only_you", "en") in seen(call)
    assert "“manel”" in seen(call)
    assert "I keep nothing of what you type" in seen(call)
    assert "check" in buttons(call.card)
    (call,) = await aloud.after(aloud.installation("add"))
    assert knowledge.say("about.read_by_all", "en") in seen(call)
    assert "“@Ally Nudge manel”" in seen(call)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("locale", "french"),
    [
        ("fr-CA", True),
        ("fr-FR", True),
        ("FR", True),
        ("en-US", False),
        ("xx-YY", False),
        ("", False),
    ],
)
async def test_the_welcome_is_in_the_language_of_who_added_the_bot(
    bot: Bot, kind: Any, locale: str, french: bool
):
    for told in ("add", "joins"):
        person = Person(bot, kind, locale=locale)
        (call,) = await person.after(
            person.joins() if told == "joins" else person.installation(told)
        )
        assert is_french(call.card) is french
        assert (
            heading(call.card) == ("Bonjour, je suis" if french else "Hello, I'm") + " Ally Nudge"
        )


# No beginning.


@pytest.mark.parametrize("members", [("29:1SAM",), ("29:1SAM", "29:1KIM", "28:another")])
async def test_people_who_come_in_are_not_greeted(
    somebody: Person, teams: FakeTeams, members: tuple[str, ...]
):
    assert await somebody.after(somebody.joins(*members)) == []
    assert await somebody.after(somebody.joins(somebody.user)) == []
    assert teams.calls == []


@pytest.mark.parametrize("action", ["add-upgrade", "remove-upgrade", "remove", "ADD", "", None, 5])
async def test_whatever_else_becomes_of_the_app_is_no_beginning(somebody: Person, action: Any):
    assert await somebody.after(somebody.installation(action)) == []
    assert len(await somebody.after(somebody.installation("add"))) == 1


async def test_after_an_upgrade_nobody_is_greeted_again(somebody: Person):
    await somebody.after(somebody.installation("add"))
    for order in permutations(("add-upgrade", "remove-upgrade", "joins")):
        for step in order:
            told = somebody.joins() if step == "joins" else somebody.installation(step)
            assert await somebody.after(told) == []


@pytest.mark.parametrize("members", [None, [], {}, "28:x", [5], [None], [{"x": 1}], [{"id": 5}]])
async def test_odd_lists_of_members_are_no_beginning(person: Person, members: Any):
    assert await person.after(person.joins(membersAdded=members)) == []


# Gone, and back.


async def test_who_adds_the_bot_again_is_greeted_again(somebody: Person):
    for _ in range(2):
        sent = [
            *await somebody.after(somebody.installation("add")),
            *await somebody.after(somebody.joins()),
        ]
        (call,) = sent
        judge_welcome(call, somebody)
        left = {"membersRemoved": [{"id": BOT}], "membersAdded": None}
        assert await somebody.after(somebody.joins(**left)) == []
        assert await somebody.after(somebody.installation("remove")) == []


async def test_who_removes_it_elsewhere_does_not_change_that(bot: Bot):
    here, there = Person(bot), Person(bot)
    for person in (here, there):
        await person.after(person.installation("add"))
    await there.after(there.installation("remove"))
    assert await here.after(here.installation("add")) == []


async def test_the_welcome_can_be_asked_for(somebody: Person):
    (greeted,) = await somebody.after(somebody.installation("add"))
    (asked,) = await somebody.says("who are you?")
    assert asked.card == greeted.card
    assert words(await somebody.presses("welcome"))


async def test_an_empty_id_of_the_bot_is_nobody(person: Person):
    """A member without an id is not the bot, even where the bot's own is missing."""
    for recipient in ({}, {"name": "x"}, {"id": ""}):
        told = person.joins(recipient=recipient, membersAdded=[{"name": "Somebody"}])
        assert await person.after(told) == []

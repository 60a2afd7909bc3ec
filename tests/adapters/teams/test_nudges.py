"""Nudges: for whoever wants them, where an admin allowed them, about their own new messages."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from adapters.teams.overhearing import KEPT_SECONDS, MOST_KEPT, Standing
from adapters.teams.sending import Sent
from bot.knowledge import Knowledge
from tests.adapters.teams.answering import Answer, until
from tests.adapters.teams.asides import REFUSALS
from tests.adapters.teams.conftest import StartBot, leaked
from tests.adapters.teams.fake_login import TENANT
from tests.adapters.teams.fake_teams import Call, FakeTeams
from tests.adapters.teams.judging import buttons, heading, words
from tests.adapters.teams.overhearing import (
    SAID,
    allow,
    alone,
    author,
    deleting,
    editing,
    posting,
    posts,
    tells,
    wants,
)
from tests.adapters.teams.people import Person, settle
from tests.adapters.teams.seeing import seen
from tests.adapters.teams.serving import Bot

CANARY = "zebedee"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def _servers(
    _teams: FakeTeams, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[dict[str, Bot]]:
    servers = {}
    for targeted in ("", "1"):
        folder = tmp_path_factory.mktemp("nudging")
        settings = {"TEAMS_TARGETED": targeted} if targeted else {}
        servers[targeted] = Bot(
            _teams, folder, DATABASE_URL=f"sqlite:///{folder}/ally.db", **settings
        )
        await servers[targeted].start()
    yield servers
    for bot in servers.values():
        assert await bot.stop() == 0, bot.output
        assert leaked(bot) == []


@pytest.fixture
def bot(_servers: dict[str, Bot], teams: FakeTeams) -> Bot:
    """A server that writes in chats of two what is for one person alone."""
    return _servers[""]


@pytest.fixture
def targeting(_servers: dict[str, Bot], teams: FakeTeams) -> Bot:
    """A server that writes to one person in a channel, for that person's eyes alone."""
    return _servers["1"]


def judge_nudge(call: Call, person: Person) -> None:
    """A private word about the words of this test, in the person's own chat."""
    assert call.conversation == person.bot.teams.chats[person.user]
    judge_words(call)


def judge_words(call: Call) -> None:
    assert heading(call.card) == "Before you go on"
    assert "This is about the message you just posted in a channel" in words(call.card)
    assert "“guys”: everyone" in words(call.card)
    assert call.body["summary"].startswith("This is about the message you just posted")


# Who is nudged, and where.


async def test_who_wants_it_hears_of_it_alone_where_it_is_allowed(bot: Bot, teams: FakeTeams):
    person = await author(bot)
    opened, call = await posts(person)
    assert opened.makes_chat
    judge_nudge(call, person)
    assert teams.sent_to(person.conversation) == []
    assert teams.sent_to(person.channel) == []


async def test_where_it_is_not_allowed_nothing_happens(bot: Bot, teams: FakeTeams):
    person = Person(bot, "channel")
    await wants(person)
    teams.calls.clear()
    teams.reads.clear()
    assert [await posts(person), await posts(person)] == [[], []]
    assert teams.reads == []


async def test_who_did_not_ask_for_it_hears_nothing(bot: Bot, teams: FakeTeams):
    person = Person(bot, "channel")
    await allow(person)
    assert await posts(person) == []
    await wants(person)
    await wants(person, "nudges off")
    assert await posts(person) == []


async def test_a_channel_that_begins_to_allow_it_does_so_at_once(bot: Bot):
    person = Person(bot, "channel")
    await wants(person)
    assert await posts(person) == []
    await allow(person)
    _, call = await posts(person)
    judge_nudge(call, person)


async def test_where_it_is_no_longer_allowed_nothing_happens(bot: Bot):
    person = await author(bot)
    await allow(person, "nudges here off")
    assert await posts(person) == []


async def test_the_channel_hears_once_that_it_is_allowed(bot: Bot, teams: FakeTeams):
    person = Person(bot, "channel")
    await allow(person)
    await allow(person)
    (notice,) = teams.sent_to(person.channel)
    assert heading(notice.card) == "Wording nudges are possible here"


async def test_only_an_admin_allows_it(bot: Bot, teams: FakeTeams):
    person = Person(bot, "channel")
    await wants(person)
    await allow(Person(bot, "channel"))
    await tells(person, person.message("nudges here on"))
    assert teams.sent_to(person.channel) == []
    teams.calls.clear()
    assert await posts(person) == []


async def test_of_the_same_words_nobody_hears_twice_in_a_day(bot: Bot):
    person = await author(bot)
    assert len(await posts(person)) == 2
    assert await posts(person) == []
    other = Person(bot, "channel", where=person.where)
    await wants(other)
    assert len(await posts(other)) == 2


async def test_a_rule_that_is_muted_is_heard_of_no_more(bot: Bot):
    person = await author(bot)
    await wants(person, "nudges mute w-guys")
    assert await posts(person) == []
    _, call = await posts(person, "Hey guys, the chairman is late")
    assert "guys" not in words(call.card)
    assert "“chairman”" in words(call.card)


async def test_who_wants_quiet_for_a_while_has_it(bot: Bot):
    person = await author(bot)
    await wants(person, "nudges snooze until tomorrow at 9")
    assert await posts(person) == []
    await wants(person)
    assert len(await posts(person)) == 2


async def test_a_mention_of_the_bot_is_for_the_bot_and_nothing_else(bot: Bot):
    person = await author(bot)
    (call,) = await tells(person, person.message("define manel, guys"))
    assert "guys" in seen(call) or "Manel" in seen(call)
    assert heading(call.card) != "Before you go on"
    assert call.conversation == person.conversation
    assert len(await posts(person)) == 2


async def test_a_message_with_nothing_to_say_about_says_nothing(bot: Bot, teams: FakeTeams):
    person = await author(bot)
    for text in ("We start at nine", "", "🙂", "The room is called “guys”", "a" * 28_000):
        assert await posts(person, text) == []
    assert teams.reads == []


async def test_somebody_in_danger_is_left_alone(bot: Bot):
    person = await author(bot)
    assert await posts(person, "guys i want to kill myself") == []


async def test_french_words_are_told_of_in_french(bot: Bot, knowledge: Knowledge):
    person = await author(bot, locale="fr-CA")
    _, call = await posts(person, "Salut les gars, on commence à neuf heures")
    assert heading(call.card) == knowledge.say("nudge.heading", "fr")
    assert knowledge.say("nudge.origin", "fr") in words(call.card)


# Whose words they are.

NOT_OWN = {
    "an answer": (
        '<blockquote itemscope itemtype="http://schema.skype.com/Reply"><strong>Bob</strong>'
        "<p>Hey guys</p></blockquote><p>We start at nine</p>"
    ),
    "code": "<p>We start at nine, <code>guys = 3</code></p>",
    "a name": (
        '<p>We start at nine, <span itemtype="http://schema.skype.com/Mention" itemid="0">Mary '
        "Guys</span></p>"
    ),
}


@pytest.mark.parametrize("html", NOT_OWN.values(), ids=list(NOT_OWN))
async def test_what_is_not_in_their_own_words_is_not_theirs(bot: Bot, html: str):
    person = await author(bot)
    assert await posts(person, SAID, html) == []
    assert len(await posts(person, SAID, f"{html}<p>Thanks guys</p>")) == 2


async def test_a_message_that_comes_without_html_is_read_as_well(bot: Bot):
    for attachments in (None, [], {}, [5, {"contentType": "text/html"}, {"contentType": 5}]):
        person = await author(bot)
        assert len(await posts(person, attachments=attachments)) == 2


STRANGERS: dict[str, dict[str, Any]] = {
    "a guest": {"userRole": "guest"},
    "anonymous": {"userRole": "anonymous"},
    "of another organization": {"tenantId": "another-tenant"},
}


@pytest.mark.parametrize("told", STRANGERS.values(), ids=list(STRANGERS))
async def test_whoever_is_there_for_a_while_is_not_nudged(bot: Bot, told: dict[str, Any]):
    person = await author(bot)
    person.is_known_as(**told)
    assert await posts(person) == []


@pytest.mark.parametrize("answer", [Answer.error(500), Answer.error(404), Answer(delay=60)])
async def test_where_teams_does_not_tell_who_somebody_is_they_are_taken_at_their_word(
    bot: Bot, teams: FakeTeams, answer: Answer
):
    person = await author(bot)
    teams.answers_reads = answer
    await bot.deliver(posting(person, SAID))
    await until(lambda: teams.sent_alone(person.user))


async def test_a_bot_is_not_nudged(bot: Bot):
    person = await author(bot)
    for sender in ({"id": "28:another", "name": "x"}, {"id": person.user, "role": "bot"}):
        assert await tells(person, posting(person, SAID) | {"from": sender}) == []
    assert len(await posts(person)) == 2


async def test_a_message_that_is_told_of_twice_has_one_nudge(bot: Bot):
    person = await author(bot)
    message = posting(person, SAID)
    before = len(bot.teams.calls)
    await asyncio.gather(*(bot.deliver(message) for _ in range(5)))
    await settle(bot)
    assert len(bot.teams.calls) == before + 2


async def test_of_many_processes_one_says_it(start_bot: StartBot, teams: FakeTeams, tmp_path: Path):
    address = f"sqlite:///{tmp_path}/ally.db"
    servers = [await start_bot("--no-deliver", DATABASE_URL=address) for _ in range(2)]
    person = await author(servers[0])
    message = posting(person, SAID)
    for server in (*servers, *servers):
        await server.deliver(message)
        await settle(server)
    assert len(teams.sent_alone(person.user)) == 1


async def test_in_organizations_that_are_not_served_nothing_is_read(
    start_bot: StartBot, teams: FakeTeams, tmp_path: Path
):
    address = f"sqlite:///{tmp_path}/ally.db"
    before = await start_bot("--no-deliver", DATABASE_URL=address)
    bot = await start_bot(DATABASE_URL=address, TEAMS_ALLOWED_TENANTS=TENANT)
    was = await author(before, tenant="another-tenant")
    person = Person(bot, "channel", was.tenant, user=was.user, where=was.where)
    assert await posts(person) == []
    assert teams.reads == []
    message = posting(was, SAID)
    assert len(await tells(was, message)) == 2
    assert await tells(person, editing(person, message, "We start at nine")) == []


# What can be pressed in it.


async def nudged(person: Person) -> Call:
    return (await posts(person))[-1]


async def test_a_nudge_can_be_dismissed_muted_and_put_off(bot: Bot):
    person = await author(bot)
    dismiss, mute, snooze = buttons((await nudged(person)).card)
    own = alone(person)
    assert heading(await own.presses(dismiss)) == ""
    assert "Muted" in words(await own.presses(mute))
    assert "Quiet until" in words(await own.presses(snooze))
    assert await posts(person, "Hey guys, the chairman is late") == []


async def test_it_says_how_to_stop_in_words_that_work_where_it_stands(bot: Bot, targeting: Bot):
    person = await author(bot)
    assert "nudges off" in words((await nudged(person)).card)
    assert "@Ally Nudge" not in words((await nudged(await author(bot))).card)
    there = await author(targeting)
    assert "@Ally Nudge nudges off" in words((await nudged(there)).card)


# Where it goes to one person in the channel.


async def test_where_messages_for_one_person_are_on_it_stands_in_the_channel(targeting: Bot):
    person = await author(targeting)
    (call,) = await posts(person)
    assert (call.method, call.conversation) == ("POST", person.conversation)
    assert call.query == {"isTargetedActivity": "true"}
    assert call.body["recipient"] == {"id": person.user}
    judge_words(call)


@pytest.mark.parametrize("status", [400, 403, 404])
async def test_where_that_is_refused_it_goes_to_their_own_chat(
    targeting: Bot, teams: FakeTeams, status: int
):
    person = await author(targeting)
    teams.will_answer(person.conversation, Answer.error(status))
    tried, opened, call = await posts(person)
    assert tried.targeted
    assert opened.makes_chat
    judge_nudge(call, person)
    assert "recipient" not in call.body


@pytest.mark.parametrize("answer", REFUSALS.values(), ids=list(REFUSALS))
async def test_where_everything_is_refused_nobody_reads_anything(
    bot: Bot, targeting: Bot, teams: FakeTeams, answer: Answer
):
    for server in (bot, targeting):
        person = await author(server)
        message = posting(person, SAID)
        teams.always_answers(person.conversation, answer)
        teams.always_answers("", answer)
        await tells(person, message)
        assert all(call.targeted or call.makes_chat for call in teams.calls)
        teams.will_answer_chats()
        teams.calls.clear()
        assert await tells(person, editing(person, message, "x")) == []


# How it ends.


@pytest.mark.parametrize("how", ["edited", "deleted"])
@pytest.mark.parametrize("in_channel", [False, True], ids=["in a chat of two", "in the channel"])
async def test_when_the_message_changes_its_nudge_goes(
    bot: Bot, targeting: Bot, teams: FakeTeams, in_channel: bool, how: str
):
    person = await author(targeting if in_channel else bot)
    message = posting(person, SAID)
    before = set(teams.messages)
    sent = (await tells(person, message))[-1]
    standing = set(teams.messages)
    (told,) = (id for where, id in standing - before if where == sent.conversation)
    change = (
        editing(person, message, "Hey guys, we start at ten")
        if how == "edited"
        else deleting(person, message)
    )
    (call,) = await tells(person, change)
    assert (call.method, call.conversation, call.activity) == ("DELETE", sent.conversation, told)
    assert call.query == ({"isTargetedActivity": "true"} if in_channel else {})
    assert standing - teams.messages == {(sent.conversation, told)}
    assert await tells(person, change) == []


async def test_an_edit_is_never_a_reason_for_a_nudge(bot: Bot):
    person = await author(bot)
    message = posting(person, "We start at nine")
    assert await tells(person, message) == []
    assert await tells(person, editing(person, message, SAID)) == []
    assert await tells(person, deleting(person, message)) == []
    assert await tells(person, message | {"text": SAID}) == []


async def test_a_message_that_changes_while_its_nudge_is_under_way_has_none_in_the_end(
    bot: Bot, teams: FakeTeams
):
    person = await author(bot)
    message = posting(person, SAID)
    teams.will_answer_chats(Answer(delay=0.5))
    teams.will_answer("", Answer(delay=0.5, body='{"id": "a:1-late"}', status=201))
    teams.conversations.add("a:1-late")
    await bot.deliver(message)
    await until(lambda: any(call.makes_chat for call in teams.calls))
    await bot.deliver(editing(person, message, "We start at nine"))
    await until(lambda: teams.sent_to("a:1-late"))
    await until(lambda: teams.sent_to("a:1-late")[-1].method == "DELETE")
    assert [call.method for call in teams.sent_to("a:1-late")] == ["POST", "DELETE"]
    assert {where for where, _ in teams.messages} & {"a:1-late"} == set()


async def test_the_change_of_another_message_takes_nothing_away(bot: Bot):
    person = await author(bot)
    message = posting(person, SAID)
    await tells(person, message)
    other = Person(bot, "channel", user=person.user)
    assert await tells(other, editing(other, message, "x")) == []
    assert await tells(person, editing(person, posting(person, SAID), "x")) == []
    assert len(await tells(person, editing(person, message, "x"))) == 1


@pytest.mark.parametrize("answer", [Answer.error(404), Answer.error(403), Answer(hangs_up=True)])
async def test_a_nudge_that_cannot_be_taken_away_is_left_to_be(
    bot: Bot, teams: FakeTeams, answer: Answer
):
    person = await author(bot)
    message = posting(person, SAID)
    await tells(person, message)
    teams.will_answer(teams.chats[person.user], answer)
    assert {call.method for call in await tells(person, deleting(person, message))} == {"DELETE"}
    assert "not answered" not in bot.output


def test_a_nudge_is_remembered_for_an_hour_and_not_for_ever():
    standing, sent = Standing(), Sent("https://x.test/", "a:1", "1", False)
    standing.keep("one", sent, 0)
    standing.keep("two", sent, 10)
    assert standing.change("one", KEPT_SECONDS - 1) is sent
    assert standing.change("one", KEPT_SECONDS - 1) is None
    assert standing.change("two", KEPT_SECONDS + 11) is None
    for number in range(MOST_KEPT + 5):
        standing.keep(f"{number}", sent, 0)
    assert standing.change("0", 1) is None
    assert standing.change(f"{MOST_KEPT}", 1) is sent


# What is kept of it.


async def test_nothing_of_a_message_is_kept_or_logged(start_bot: StartBot, tmp_path: Path):
    bot = await start_bot(DATABASE_URL=f"sqlite:///{tmp_path}/ally.db", ALLY_LOG_LEVEL="DEBUG")
    person = await author(bot, name=CANARY)
    stranger = Person(bot, "channel")
    for somebody in (person, Person(bot, "channel", where=person.where), stranger):
        message = posting(somebody, f"Hey guys, {CANARY} is here, {CANARY}")
        await tells(somebody, message)
        await tells(somebody, editing(somebody, message, f"Hey {CANARY}"))
        await tells(somebody, deleting(somebody, message))
        await tells(somebody, posting(somebody, CANARY, f"<{CANARY}><p>guys", id=None))
    assert any(call.method == "DELETE" for call in bot.teams.calls)
    assert await bot.stop() == 0
    assert CANARY not in bot.output
    assert person.user not in bot.output
    with sqlite3.connect(tmp_path / "ally.db") as database:
        rows = "\n".join(database.iterdump())
    assert CANARY not in rows
    assert stranger.user not in rows
    assert stranger.channel not in rows

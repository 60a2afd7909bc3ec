"""A channel's tips: introduced in the channel, set up in private, posted there on time."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.teams.answering import Answer
from tests.adapters.teams.fake_teams import Call, FakeTeams
from tests.adapters.teams.judging import buttons, heading, words
from tests.adapters.teams.keeping import (
    asks_aloud,
    deliver,
    in_days,
    kept,
    mondays_around_a_change_of_clocks,
)
from tests.adapters.teams.people import Kind, Person
from tests.adapters.teams.seeing import seen
from tests.adapters.teams.serving import Bot

SAID = "weekly every Monday at 10:00"
DAILY = "weekly every day at 10:00"
PUBLIC: list[Kind] = ["channel", "groupChat"]


@pytest.fixture
def bot(keeper: Bot) -> Bot:
    """A server that leaves delivering to `ally deliver`."""
    return keeper


def who_is_named(call: Call) -> list[tuple[str, str]]:
    entities = call.card.get("msteams", {}).get("entities", [])
    return [(entity["mentioned"]["id"], entity["mentioned"]["name"]) for entity in entities]


@pytest.mark.parametrize("kind", PUBLIC)
async def test_the_channel_hears_of_it_first_and_the_rest_is_private(
    bot: Bot, teams: FakeTeams, tmp_path: Path, kind: Kind
):
    person = Person(bot, kind, name="Sam Lee")
    introduction, opened, answer, line = await asks_aloud(person, SAID)
    assert (introduction.conversation, introduction.activity) == (person.channel, "")
    assert "Set up by Sam Lee" in words(introduction.card)
    assert "weekly pause" in words(introduction.card)
    assert who_is_named(introduction) == [(person.user, "Sam Lee")]
    assert opened.makes_chat
    assert answer.conversation == teams.chats[person.user]
    assert "10:00 (Toronto)" in words(answer.card)
    assert "“" not in line.text
    assert "attachments" not in line.body
    assert kept(tmp_path, "SELECT channel FROM weeklies") == [
        f"teams:{person.tenant}/{person.channel}"
    ]


REFUSED = {
    "not in it": Answer.error(403, "BotNotInConversationRoster"),
    "blocked": Answer.error(403, "MessageWritesBlocked"),
    "gone": Answer.error(404, "ConversationNotFound"),
    "broken": Answer.error(500),
    "lost": Answer(hangs_up=True),
}


@pytest.mark.parametrize("answer", REFUSED.values(), ids=list(REFUSED))
async def test_where_the_bot_may_not_speak_nothing_is_kept(
    bot: Bot, teams: FakeTeams, tmp_path: Path, answer: Answer
):
    person = Person(bot, "channel")
    teams.will_answer(person.channel, answer)
    await asks_aloud(person, SAID)
    assert len(teams.sent_to(person.channel)) == 1
    (told,) = teams.sent_alone(person.user)
    assert "nothing was set up" in seen(told)
    assert kept(tmp_path, "SELECT channel FROM weeklies") == []
    assert kept(tmp_path, "SELECT key FROM addresses") == []


async def test_four_weeks_over_a_change_of_clocks(bot: Bot, teams: FakeTeams, tmp_path: Path):
    person = Person(bot, "channel", name="Sam Lee")
    await asks_aloud(person, SAID)
    teams.calls.clear()
    for monday in mondays_around_a_change_of_clocks():
        await deliver(bot, tmp_path, monday - timedelta(minutes=1))
        before = len(teams.calls)
        await deliver(bot, tmp_path, monday)
        assert len(teams.calls) == before + 1, "on time, and once"
    assert {(call.method, call.conversation) for call in teams.calls} == {("POST", person.channel)}
    assert len({heading(call.card) for call in teams.calls}) == 4
    for call in teams.calls:
        assert "Set up by Sam Lee" in words(call.card)
        assert who_is_named(call) == [(person.user, "Sam Lee")]
        assert "@Ally Nudge weekly off" in words(call.card)
        assert [said.split()[0] for said in buttons(call.card)] == ["tip", "practise"]
    assert {(read.conversation, read.user) for read in teams.reads} == {
        (person.channel, person.user)
    }


@pytest.mark.parametrize(
    "answer", [Answer.error(403), Answer.error(404), Answer(hangs_up=True), Answer.data({"id": 5})]
)
async def test_where_teams_does_not_tell_a_name_the_tip_comes_without_it(
    bot: Bot, teams: FakeTeams, tmp_path: Path, answer: Answer
):
    person = Person(bot, "channel")
    await asks_aloud(person, DAILY)
    teams.calls.clear()
    teams.answers_reads = answer
    await deliver(bot, tmp_path, in_days(2, 10))
    (call,) = teams.calls
    assert "Set up by a colleague" in words(call.card)
    assert who_is_named(call) == []
    assert person.user not in str(call.body)


async def test_a_name_that_does_not_come_holds_up_nothing(
    bot: Bot, teams: FakeTeams, tmp_path: Path
):
    person = Person(bot, "channel")
    await asks_aloud(person, DAILY)
    teams.calls.clear()
    teams.answers_reads = Answer(delay=60)
    await deliver(bot, tmp_path, in_days(2, 10))
    (call,) = teams.calls
    assert call.at - teams.reads[-1].at < 4
    assert "Set up by a colleague" in words(call.card)


async def test_a_tip_comes_to_where_the_channel_was_met_last(
    bot: Bot, teams: FakeTeams, tmp_path: Path
):
    person = Person(bot, "channel")
    await asks_aloud(person, DAILY)
    other = Person(bot, "channel", where=person.where, service_url=teams.service_url_of("emea"))
    await other.presses("help")
    teams.calls.clear()
    await deliver(bot, tmp_path, in_days(2, 10))
    (call,) = teams.calls
    assert (call.conversation, call.region) == (person.channel, "emea")


async def test_a_channel_that_is_gone_stops_its_tips_and_its_owner_hears_of_it(
    bot: Bot, teams: FakeTeams, tmp_path: Path
):
    person = Person(bot, "channel")
    await asks_aloud(person, DAILY)
    teams.calls.clear()
    teams.will_answer(person.channel, Answer.error(404, "ConversationNotFound"))
    await deliver(bot, tmp_path, in_days(2, 10))
    await deliver(bot, tmp_path, in_days(3, 10))
    refused, told = (call for call in teams.calls if not call.makes_chat)
    assert (refused.conversation, told.conversation) == (person.channel, teams.chats[person.user])
    assert heading(told.card) == "Your weekly tip has stopped"
    assert person.channel not in words(told.card)


@pytest.mark.parametrize("kind", PUBLIC)
async def test_what_is_pressed_below_a_tip_is_for_its_presser_alone(
    bot: Bot, teams: FakeTeams, tmp_path: Path, kind: Kind
):
    person = Person(bot, kind)
    await asks_aloud(person, DAILY)
    teams.calls.clear()
    await deliver(bot, tmp_path, in_days(2, 10))
    (tip,) = teams.calls
    presser = Person(bot, kind, where=person.where)
    for command in buttons(tip.card):
        shown = await presser.presses(command)
        assert shown["body"] != tip.card["body"]
        await presser.submits(command)
    assert [call for call in teams.calls if call.conversation.startswith("19:")] == [tip]
    assert len(teams.sent_alone(presser.user)) == 2


# Guests.

GUESTS: dict[str, dict[str, Any]] = {
    "guest": {"userRole": "guest"},
    "in capitals": {"userRole": "GUEST"},
    "anonymous": {"userRole": "anonymous"},
    "of another organization": {"tenantId": "another-tenant"},
}


@pytest.mark.parametrize("told", GUESTS.values(), ids=list(GUESTS))
async def test_a_guest_sets_up_nothing(
    bot: Bot, teams: FakeTeams, tmp_path: Path, told: dict[str, Any]
):
    guest = Person(bot, "channel")
    guest.is_known_as(**told)
    await asks_aloud(guest, SAID)
    assert teams.sent_to(guest.channel) == []
    (answer,) = teams.sent_alone(guest.user)
    assert "Guests can look" in seen(answer)
    assert kept(tmp_path, "SELECT channel FROM weeklies") == []


MEMBERS: dict[str, Answer | dict[str, Any]] = {
    "user": {"userRole": "user"},
    "owner": {"userRole": "owner"},
    "no role": {"userRole": None},
    "capitals in the organization": {"tenantId": Person.tenant.upper()},
    "nobody tells": Answer.error(500),
    "not found": Answer.error(404),
    "odd": Answer.data([]),
}


@pytest.mark.parametrize("told", MEMBERS.values(), ids=list(MEMBERS))
async def test_whoever_is_not_known_for_a_guest_may_set_them_up(
    bot: Bot, teams: FakeTeams, tmp_path: Path, told: Any
):
    person = Person(bot, "channel")
    if isinstance(told, Answer):
        teams.answers_reads = told
    else:
        person.is_known_as(**told)
    await asks_aloud(person, SAID)
    assert kept(tmp_path, "SELECT owner FROM weeklies") == [person.key]


async def test_nobody_is_asked_about_where_it_makes_no_difference(bot: Bot, teams: FakeTeams):
    for kind in ("personal", "channel"):
        person = Person(bot, kind)
        for text in ("help", "manel", "tip", "check", "privacy"):
            await person.says(text)
            await person.presses(text)
    assert teams.reads == []


async def test_a_press_is_answered_in_time_though_teams_is_slow(
    bot: Bot, teams: FakeTeams, tmp_path: Path
):
    person = Person(bot, "channel")
    teams.answers_reads = Answer(delay=60)
    teams.will_answer(person.channel, Answer(delay=60))
    posted = await person.press(SAID)
    assert (posted.status, posted.seconds < 5) == (200, True)
    assert "nothing was set up" in str(posted.message)
    assert kept(tmp_path, "SELECT channel FROM weeklies") == []
    teams.hurry()

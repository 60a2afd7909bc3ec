"""Delivering to Teams: what its answers mean, how fast it goes, and what is personal about it."""

import asyncio
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from adapters.delivery.means import Failed
from adapters.store import addresses
from adapters.store.engine import connect
from adapters.store.tables import metadata
from adapters.teams.delivering import TeamsDelivery
from bot.messages import Reply, Text
from tests.adapters.teams.answering import Answer, until
from tests.adapters.teams.fake_teams import FakeTeams
from tests.adapters.teams.judging import buttons, words
from tests.adapters.teams.keeping import asks, asks_aloud, deliver, in_days, kept
from tests.adapters.teams.people import Person, settle
from tests.adapters.teams.seeing import seen
from tests.adapters.teams.serving import Bot

REMINDER = "remind me to credit Zebedee every day at 10:00"


@pytest.fixture
def bot(keeper: Bot) -> Bot:
    """A server that leaves delivering to `ally deliver`."""
    return keeper


# What the connector answers -> how often it is sent, and why nothing came where nothing did.
# https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
ANSWERS: dict[str, tuple[Answer, int, str]] = {
    "taken": (Answer(201), 1, ""),
    "bad request": (Answer.error(400, "BadSyntax"), 1, "refused"),
    "unauthorized": (Answer.error(401, "BotNotAuthorized"), 1, "unauthorized"),
    "writes blocked": (Answer.error(403, "MessageWritesBlocked"), 1, "removed"),
    "blocked by the person": (Answer.error(403, "ConversationBlockedByUser"), 1, "removed"),
    "not in the roster": (Answer.error(403, "BotNotInConversationRoster"), 1, "removed"),
    "disabled by the admin": (Answer.error(403, "BotDisabledByAdmin"), 1, "unauthorized"),
    "wrong host": (Answer.error(403, "InvalidBotApiHost"), 1, "unauthorized"),
    "forbidden": (Answer(403, "<html>", content_type="text/html"), 1, "removed"),
    "no conversation": (Answer.error(404, "ConversationNotFound"), 1, "gone"),
    "no activity": (Answer.error(404, "ActivityNotFoundInConversation"), 1, "gone"),
    "precondition": (Answer.error(412, "PreconditionFailed"), 2, ""),
    "too large": (Answer.error(413, "MessageSizeTooBig"), 1, "refused"),
    "limited": (Answer.error(429, "Throttled"), 2, ""),
    "out of order": (Answer.error(500, "ServiceError"), 1, "refused"),
    "bad gateway": (Answer.error(502), 2, ""),
    "unavailable": (Answer.error(503), 2, ""),
    "gateway time-out": (Answer.error(504), 2, ""),
}


@pytest.mark.parametrize("opened", [False, True], ids=["in a chat", "in a chat to be opened"])
async def test_each_answer_is_taken_as_it_is_meant(
    bot: Bot, teams: FakeTeams, tmp_path: Path, opened: bool
):
    """All at once; what may be sent again is, after a while, and is taken then."""
    people = {name: Person(bot, "channel" if opened else "personal") for name in ANSWERS}
    for person in people.values():
        await (asks_aloud(person, REMINDER) if opened else asks(person, REMINDER))
    chats = {
        name: teams.chats[who.user] if opened else who.conversation for name, who in people.items()
    }
    teams.calls.clear()
    for name, (answer, _, _) in ANSWERS.items():
        teams.will_answer(chats[name], answer)
    await deliver(bot, tmp_path, in_days(2, 10))
    sent = {name: teams.sent_to(chats[name]) for name in ANSWERS}
    assert {name: len(calls) for name, calls in sent.items()} == {
        name: times for name, (_, times, _) in ANSWERS.items()
    }
    reason = "SELECT reason FROM deliveries WHERE target = ? AND status = ?"
    for name, (_, times, why) in ANSWERS.items():
        status = "dropped" if why else "sent"
        assert kept(tmp_path, reason, people[name].key, status) == [why], name
        assert all(later.at - first.at > 2 for first, later in pairwise(sent[name]))
        assert len({str(call.body) for call in sent[name]}) == 1, "the same each time"
        assert times == 1 or not why


async def test_after_what_passes_or_is_too_large_the_next_one_comes(
    bot: Bot, teams: FakeTeams, tmp_path: Path
):
    passing = [500, 413, 400]
    people = [Person(bot) for _ in passing]
    for person, status in zip(people, passing, strict=True):
        await asks(person, REMINDER)
        teams.will_answer(person.conversation, Answer.error(status))
    await deliver(bot, tmp_path, in_days(2, 10))
    teams.calls.clear()
    await deliver(bot, tmp_path, in_days(3, 10))
    assert {call.conversation for call in teams.calls} == {who.conversation for who in people}


async def test_who_is_told_to_wait_waits(bot: Bot, teams: FakeTeams, tmp_path: Path):
    person = Person(bot)
    await asks(person, REMINDER)
    teams.calls.clear()
    again = Answer.error(429, "Throttled", headers={"Retry-After": "4"})
    teams.will_answer(person.conversation, again)
    await deliver(bot, tmp_path, in_days(2, 10))
    refused, taken = teams.calls
    assert taken.at - refused.at > 4


async def test_a_chat_that_cannot_be_opened_is_one_that_cannot_be_written_to(
    bot: Bot, teams: FakeTeams, tmp_path: Path
):
    person = Person(bot, "channel")
    await asks_aloud(person, REMINDER)
    teams.calls.clear()
    teams.will_answer_chats(Answer.error(403, "ConversationBlockedByUser"))
    await deliver(bot, tmp_path, in_days(2, 10))
    assert [call.makes_chat for call in teams.calls] == [True]


class Unreachable:
    """A connector that nothing may be asked of."""

    async def call(self, *_: object, **__: object) -> None:
        raise AssertionError


@pytest.mark.parametrize("known", [False, True], ids=["unknown", "known without a conversation"])
async def test_for_a_channel_no_chat_of_two_is_opened(tmp_path: Path, known: bool):
    engine = connect(f"sqlite:///{tmp_path}/ally.db")
    metadata.create_all(engine)
    key = "teams:T/19:FAKE@thread.tacv2"
    if known:
        with engine.begin() as connection:
            addresses.remember(connection, key, addresses.Address("", "https://x.test", "28:x"))
    delivery = TeamsDelivery(Unreachable(), engine)
    assert await delivery.send(key, "teams:T", Reply((Text("x"),))) == Failed("gone")
    engine.dispose()


MOST = ((7, 1.0), (60, 30.0))
"""So many messages in a conversation, in so many seconds."""


async def test_many_at_once_go_one_after_another_to_where_the_person_is_by_then(
    bot: Bot, teams: FakeTeams, tmp_path: Path
):
    person = Person(bot)
    for number in range(8):
        await asks(person, f"remind me to credit Zebedee {number} every day at 10:00")
    teams.calls.clear()
    delivering = asyncio.create_task(deliver(bot, tmp_path, in_days(2, 10)))
    await until(lambda: len(person.calls) >= 3, 60)
    person.service_url = teams.service_url_of("emea")
    await bot.deliver(person.message("zzqqx"))
    await delivering
    await settle(bot)
    reminders = [call for call in person.calls if "Zebedee" in str(call.body)]
    assert len({words(call.card) for call in reminders}) == len(reminders) == 8
    assert [call.region for call in reminders] == sorted(call.region for call in reminders)
    assert {call.region for call in reminders} == {"amer", "emea"}
    times = [call.at for call in reminders]
    for most, seconds in MOST:
        assert all(
            later - first > seconds for first, later in zip(times, times[most:], strict=False)
        )
    assert all(later - first > 1 for first, later in pairwise(times))
    for call in reminders:
        assert "You asked" in words(call.card)
        assert "reminders cancel" in words(call.card)


# What is stored on somebody.


async def test_what_is_stored_is_told_and_forgotten(bot: Bot, teams: FakeTeams, tmp_path: Path):
    person, other = Person(bot), Person(bot)
    for who in (person, other):
        await asks(who, REMINDER)
    await asks(person, "language fr")
    told = await asks(person, "mes données")
    assert "Zebedee" in words(told.card)
    told = await asks(person, "oubliez-moi")
    assert "supprimé" in seen(told)
    for table in ("preferences", "addresses"):
        assert kept(tmp_path, f"SELECT key FROM {table} WHERE key = ?", person.key) == []
    assert kept(tmp_path, "SELECT person FROM reminders") == [other.key]
    teams.calls.clear()
    await deliver(bot, tmp_path, in_days(2, 10))
    assert [call.conversation for call in teams.calls] == [other.conversation]


async def test_what_others_press_changes_nothing_of_mine(bot: Bot):
    person, other = Person(bot), Person(bot)
    made = await asks(person, REMINDER)
    (cancel,) = [said for said in buttons(made.card) if "cancel" in said]
    for forged in (cancel, cancel.upper(), f"{cancel} {person.key}"):
        await other.presses(forged)
    assert "Zebedee" in words((await asks(person, "reminders")).card)
    for _ in range(2):  # and twice is once
        await person.presses(cancel)
        assert "You have no reminders" in seen(await asks(person, "reminders"))


async def test_long_after_nothing_of_it_comes_late(bot: Bot, teams: FakeTeams, tmp_path: Path):
    person = Person(bot)
    await asks(person, "remind me to credit Zebedee tomorrow 10am")
    teams.calls.clear()
    await deliver(bot, tmp_path, in_days(1, 10) + timedelta(days=1))
    assert teams.calls == []

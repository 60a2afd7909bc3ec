"""A reminder in Teams: kept with where to write to, and delivered there at its time."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from tests.adapters.teams.answering import Answer, until
from tests.adapters.teams.fake_teams import FakeTeams
from tests.adapters.teams.judging import buttons, words
from tests.adapters.teams.keeping import asks, asks_aloud, deliver, in_days
from tests.adapters.teams.people import Person
from tests.adapters.teams.serving import Bot

SAID = "remind me about sponsorship tomorrow 12am"
TOMORROW = in_days(1, 1)


@pytest.fixture
def bot(keeper: Bot) -> Bot:
    """A server that leaves delivering to `ally deliver`."""
    return keeper


async def test_a_reminder_comes_to_the_chat_where_it_was_made(
    bot: Bot, teams: FakeTeams, tmp_path: Path
):
    person = Person(bot)
    kept = await asks(person, SAID)
    assert "sponsorship" in words(kept.card)
    teams.calls.clear()
    await deliver(bot, tmp_path, TOMORROW)
    await deliver(bot, tmp_path, TOMORROW)
    (call,) = teams.calls
    assert (call.method, call.conversation) == ("POST", person.conversation)
    assert "Back someone unlike you" in words(call.card)
    assert "Done" in buttons(call.card).values()


async def test_what_was_asked_in_a_channel_comes_in_the_chat_of_two(
    bot: Bot, teams: FakeTeams, tmp_path: Path
):
    person = Person(bot, "channel")
    await asks_aloud(person, SAID)
    teams.calls.clear()
    await deliver(bot, tmp_path, TOMORROW)
    opened, sent = teams.calls
    assert opened.makes_chat
    assert [sent] == teams.sent_alone(person.user)
    assert "sponsorship" in words(sent.card)


async def test_it_comes_to_where_the_person_was_met_last(
    bot: Bot, teams: FakeTeams, tmp_path: Path
):
    person = Person(bot)
    await asks(person, SAID)
    person.service_url = teams.service_url.replace("/amer/", "/emea/")
    await asks(person, "help")
    teams.calls.clear()
    await deliver(bot, tmp_path, TOMORROW)
    (call,) = teams.calls
    assert "/emea/" in call.path


async def test_no_address_is_kept_of_those_who_want_nothing(bot: Bot, tmp_path: Path):
    await asks(Person(bot), "help")
    await asks(Person(bot), "language fr")
    with sqlite3.connect(tmp_path / "ally.db") as database:
        assert database.execute("SELECT count(*) FROM addresses").fetchone() == (0,)


async def test_a_connector_that_is_busy_is_asked_again_later(
    bot: Bot, teams: FakeTeams, tmp_path: Path
):
    person = Person(bot)
    await asks(person, SAID)
    await until(lambda: person.calls)
    teams.calls.clear()
    teams.will_answer(
        person.conversation, Answer(429, headers={"Retry-After": "2"}), Answer.error(503)
    )
    await deliver(bot, tmp_path, TOMORROW)
    busy, broken, taken = teams.calls
    assert [busy.answer.status, broken.answer.status] == [429, 503]
    assert taken.answer.accepts
    assert broken.at - busy.at >= 2


async def test_where_the_chat_is_gone_nothing_is_tried_for_ever(
    bot: Bot, teams: FakeTeams, tmp_path: Path
):
    person = Person(bot)
    await asks(person, SAID)
    await until(lambda: person.calls)
    teams.calls.clear()
    teams.will_answer(person.conversation, Answer.error(404, "ConversationNotFound"))
    await deliver(bot, tmp_path, TOMORROW)
    await deliver(bot, tmp_path, TOMORROW + timedelta(minutes=5))
    assert len(teams.calls) == 1

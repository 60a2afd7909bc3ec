"""A reminder in Teams: kept with where to write to, and delivered there at its time."""

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest_asyncio

from tests.adapters.serving import ALLY, environment
from tests.adapters.teams.answering import Answer, until
from tests.adapters.teams.conftest import StartBot
from tests.adapters.teams.fake_teams import FakeTeams
from tests.adapters.teams.judging import buttons, words
from tests.adapters.teams.people import Person
from tests.adapters.teams.serving import Bot

SAID = "remind me about sponsorship tomorrow 12am"
TOMORROW = datetime.now(UTC) + timedelta(days=1, hours=1)


@pytest_asyncio.fixture(loop_scope="session")
async def bot(start_bot: StartBot, tmp_path: Path) -> Bot:
    """A server that leaves delivering to `ally deliver`."""
    return await start_bot("--no-deliver", DATABASE_URL=f"sqlite:///{tmp_path}/ally.db")


async def deliver(bot: Bot, folder: Path, now: datetime = TOMORROW) -> None:
    """One tick, at an instant of ours."""
    process = await asyncio.create_subprocess_exec(
        ALLY, "deliver", "--now", now.isoformat(), cwd=folder, env=environment(folder, bot.settings)
    )
    assert await asyncio.wait_for(process.wait(), 60) == 0


async def test_a_reminder_comes_to_the_chat_where_it_was_made(
    bot: Bot, teams: FakeTeams, tmp_path: Path
):
    person = Person(bot)
    (kept,) = await person.says(SAID)
    assert "sponsorship" in words(kept.card)
    teams.calls.clear()
    await deliver(bot, tmp_path)
    await deliver(bot, tmp_path)
    (call,) = teams.calls
    assert (call.method, call.conversation) == ("POST", person.conversation)
    assert "Back someone unlike you" in words(call.card)
    assert "Done" in buttons(call.card).values()


async def test_what_was_asked_in_a_channel_comes_in_the_chat_of_two(
    bot: Bot, teams: FakeTeams, tmp_path: Path
):
    person = Person(bot, "channel")
    await person.says(SAID)
    await until(lambda: person.calls)
    teams.calls.clear()
    await deliver(bot, tmp_path)
    opened, sent = teams.calls
    assert opened.makes_chat
    assert [sent] == teams.sent_alone(person.user)
    assert "sponsorship" in words(sent.card)


async def test_it_comes_to_where_the_person_was_met_last(
    bot: Bot, teams: FakeTeams, tmp_path: Path
):
    person = Person(bot)
    await person.says(SAID)
    person.service_url = teams.service_url.replace("/amer/", "/emea/")
    await person.says("help")
    teams.calls.clear()
    await deliver(bot, tmp_path)
    (call,) = teams.calls
    assert "/emea/" in call.path


async def test_no_address_is_kept_of_those_who_want_nothing(bot: Bot, tmp_path: Path):
    await Person(bot).says("help")
    await Person(bot).says("language fr")
    with sqlite3.connect(tmp_path / "ally.db") as database:
        assert database.execute("SELECT count(*) FROM addresses").fetchone() == (0,)


async def test_a_connector_that_is_busy_is_asked_again_later(
    bot: Bot, teams: FakeTeams, tmp_path: Path
):
    person = Person(bot)
    await person.says(SAID)
    await until(lambda: person.calls)
    teams.calls.clear()
    teams.will_answer(
        person.conversation, Answer(429, headers={"Retry-After": "2"}), Answer.error(503)
    )
    await deliver(bot, tmp_path)
    busy, broken, taken = teams.calls
    assert [busy.answer.status, broken.answer.status] == [429, 503]
    assert taken.answer.accepts
    assert broken.at - busy.at >= 2


async def test_where_the_chat_is_gone_nothing_is_tried_for_ever(
    bot: Bot, teams: FakeTeams, tmp_path: Path
):
    person = Person(bot)
    await person.says(SAID)
    await until(lambda: person.calls)
    teams.calls.clear()
    teams.will_answer(person.conversation, Answer.error(404, "ConversationNotFound"))
    await deliver(bot, tmp_path)
    await deliver(bot, tmp_path, TOMORROW + timedelta(minutes=5))
    assert len(teams.calls) == 1

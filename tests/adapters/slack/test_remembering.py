"""What people set is kept, shared by all processes, shown, and forgotten on request."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.adapters.slack.conftest import StartBot
from tests.adapters.slack.fake_slack import FakeSlack
from tests.adapters.slack.judging import words
from tests.adapters.slack.people import Person, delivery, mention, settle


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "ally.db"


def at(database: Path) -> str:
    return f"sqlite:///{database}"


async def test_a_language_stays_through_a_restart_and_in_other_processes(
    start_bot: StartBot, database: Path
):
    first = await start_bot(DATABASE_URL=at(database))
    second = await start_bot(DATABASE_URL=at(database))
    person = Person(first)
    assert "Je répondrai en français" in words(await person.asks("language fr"))
    assert await first.stop() == 0
    person.bot = second
    assert "Ce que je peux faire" in str(await person.asks("zzqqx"))
    again = await start_bot(DATABASE_URL=at(database))
    person.bot = again
    assert "Langue\u00a0: Français" in words(await person.asks("mes données"))


async def test_who_is_forgotten_is_gone_from_the_file(start_bot: StartBot, database: Path):
    bot = await start_bot(DATABASE_URL=at(database))
    person = Person(bot)
    await person.asks("language fr")
    await person.asks("timezone Toronto")
    assert await stored(database) == 1
    assert "Vous avez disparu" in words(await person.asks("oubliez-moi"))
    assert await stored(database) == 0
    assert "Nothing." in words(await person.asks("my data"))


async def stored(database: Path) -> int:
    with sqlite3.connect(database) as connection:
        return int(connection.execute("SELECT count(*) FROM preferences").fetchone()[0])


async def test_without_its_database_the_bot_says_sorry_and_nothing_of_the_cause(
    start_bot: StartBot, database: Path
):
    bot = await start_bot(DATABASE_URL=at(database))
    person = Person(bot)
    with sqlite3.connect(database) as connection:
        connection.execute("DROP TABLE preferences")
    posted = await person.types("define manel")
    assert posted.status == 200
    said = words(posted.message)
    assert "something went wrong on my side" in said
    assert "preferences" not in posted.text
    assert "manel" not in bot.output


@pytest.mark.parametrize("said", ["language fr", "remind me about sponsorship tomorrow at 9:00"])
async def test_while_its_database_is_locked_the_bot_says_sorry_in_time(
    start_bot: StartBot, database: Path, said: str
):
    bot = await start_bot("--no-deliver", DATABASE_URL=at(database))
    person = Person(bot)
    url = bot.slack.response_url()
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        posted = await person.types(said, url=url)
        assert posted.status == 200
        assert posted.seconds < 3
        message = posted.message if posted.text else await url.first()
        connection.execute("ROLLBACK")
    assert "something went wrong on my side" in words(message)
    assert message["response_type"] == "ephemeral"
    assert "Traceback" not in bot.output
    assert "sponsorship" not in bot.output
    assert "something went wrong" not in words(await person.asks(said))


async def test_what_is_stored_is_told_and_gone_for_one_person_alone(
    start_bot: StartBot, database: Path
):
    """Neither a colleague's nor that of who has the same id in another workspace."""
    bot = await start_bot("--no-deliver", DATABASE_URL=at(database))
    person = Person(bot)
    colleague = Person(bot, channel=person.channel)
    await person.sets_up()
    for who, said in ((person, "credit Kim"), (colleague, "thank Ann")):
        await who.asks("language en")
        await who.asks(f"remind me to {said} on 1 May at 9:00")
    await person.asks("remind me to ask Sue on 1 May at 9:00", team_id="T0OTHER")
    told = words(await person.asks("my data"))
    assert "credit Kim" in told
    assert "English" in told
    assert f"<#{person.channel}>" in told
    assert "Ann" not in told
    assert "Sue" not in told
    await person.asks("forget me")
    assert "Nothing." in words(await person.asks("my data"))
    assert "thank Ann" in words(await colleague.asks("my data"))
    assert "ask Sue" in words(await person.asks("my data", team_id="T0OTHER"))


async def test_the_file_is_for_this_user_alone(start_bot: StartBot, database: Path):
    await start_bot(DATABASE_URL=at(database))
    assert database.stat().st_mode & 0o077 == 0


async def test_what_was_kept_for_its_time_is_cleared_at_the_start(
    start_bot: StartBot, database: Path
):
    bot = await start_bot(DATABASE_URL=at(database))
    assert await bot.stop() == 0
    with sqlite3.connect(database) as connection:
        connection.execute("INSERT INTO events VALUES ('old', '2026-01-01 00:00:00.000000')")
        connection.execute("INSERT INTO events VALUES ('new', '9999-01-01 00:00:00.000000')")
    await start_bot(DATABASE_URL=at(database))
    async with asyncio.timeout(5):
        while len(events(database)) > 1:
            await asyncio.sleep(0.05)
    assert events(database) == [("new",)]


def events(database: Path) -> list[tuple[str]]:
    with sqlite3.connect(database) as connection:
        return connection.execute("SELECT hash FROM events").fetchall()


async def test_an_event_that_comes_to_two_processes_has_one_effect(
    start_bot: StartBot, slack: FakeSlack, database: Path
):
    bots = [await start_bot(DATABASE_URL=at(database)) for _ in range(2)]
    person = Person(bots[0])
    event = delivery(mention(person, "help"))
    for number in range(1, 4):
        retry = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": "http_timeout"}
        posts = (bot.event(event, headers=retry) for bot in bots)
        assert {posted.status for posted in await asyncio.gather(*posts)} == {200}
    for bot in bots:
        await settle(bot)
    assert len(slack.called("chat.postEphemeral", user=person.user)) == 1

"""A reminder, from the sentence that makes it to the message that comes, and what is pressed."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.adapters.answering import until
from tests.adapters.slack.conftest import StartBot
from tests.adapters.slack.fake_slack import FakeSlack
from tests.adapters.slack.judging import buttons, words
from tests.adapters.slack.people import Person
from tests.adapters.slack.serving import Bot


@pytest.fixture
def bot(quiet: Bot) -> Bot:
    return quiet


TOMORROW = datetime.now(UTC) + timedelta(days=1, hours=1)


async def test_a_reminder_comes_once_in_private_with_what_fits(bot: Bot, slack: FakeSlack):
    person = Person(bot)
    kept = await person.asks("remind me about sponsorship tomorrow 12am")
    assert "sponsorship" in words(kept)
    await bot.deliver(TOMORROW)
    await bot.deliver(TOMORROW)
    (call,) = slack.called("chat.postMessage")
    assert call.arguments["channel"] == person.user
    shown = words(call.arguments)
    assert "sponsorship" in shown
    assert "Back someone unlike you" in shown
    assert "To stop: reminders cancel" in shown
    labels = ", ".join(buttons(call.arguments).values())
    assert labels == "Done, In 20 minutes, In an hour, In 3 hours, Tomorrow at 9, Next week"


async def test_what_was_understood_is_shown_on_the_clock_of_the_reader(bot: Bot):
    kept = await Person(bot).asks("remind me to credit her idea on 1 May 2099 at 9:00 in Toronto")
    at = int(datetime(2099, 5, 1, 13, tzinfo=UTC).timestamp())
    shown = f"<!date^{at}^{{date_short_pretty}} {{time}}|2099-05-01 13:00 UTC>"
    assert f"09:00 (Toronto) · {shown}" in words(kept)


async def test_what_is_done_is_gone(bot: Bot, slack: FakeSlack):
    person = Person(bot)
    await person.asks("remind me to credit her idea tomorrow 12am")
    await bot.deliver(TOMORROW)
    (call,) = slack.called("chat.postMessage")
    (done,) = [said for said, label in buttons(call.arguments).items() if label == "Done"]
    assert "The reminder is deleted" in words(await person.presses(done))
    assert "You have no reminders" in words(await person.asks("reminders"))
    assert "credit her idea" not in bot.file.read_bytes().decode("latin-1")


async def test_a_snoozed_one_comes_again(bot: Bot, slack: FakeSlack):
    person = Person(bot)
    await person.asks("remind me to credit her idea in 30 minutes")
    await bot.deliver(datetime.now(UTC) + timedelta(minutes=31))
    (call,) = slack.called("chat.postMessage")
    (later,) = [said for said, label in buttons(call.arguments).items() if label == "In an hour"]
    assert "It comes again" in words(await person.presses(later))
    await bot.deliver(datetime.now(UTC) + timedelta(minutes=61))
    assert len(slack.called("chat.postMessage")) == 2


async def test_a_cancelled_one_never_comes(bot: Bot, slack: FakeSlack):
    person = Person(bot)
    kept = await person.asks("remind me to credit her idea tomorrow 12am")
    (cancel,) = [said for said, label in buttons(kept).items() if label == "Cancel it"]
    assert "Cancelled" in words(await person.presses(cancel))
    await bot.deliver(TOMORROW)
    assert slack.called("chat.postMessage") == []


async def test_nobody_cancels_the_reminder_of_somebody_else(bot: Bot):
    person = Person(bot)
    kept = await person.asks("remind me to credit her idea tomorrow 12am")
    (cancel,) = [said for said, label in buttons(kept).items() if label == "Cancel it"]
    assert "gone already" in words(await Person(bot).presses(cancel))
    assert "credit her idea" in words(await person.asks("reminders"))


async def test_whoever_is_forgotten_is_reminded_of_nothing(bot: Bot, slack: FakeSlack):
    person = Person(bot)
    await person.asks("remind me to credit her idea tomorrow 12am")
    assert "credit her idea" in words(await person.asks("my data"))
    await person.asks("forget me")
    await bot.deliver(TOMORROW)
    assert slack.called("chat.postMessage") == []


async def test_the_server_delivers_by_itself(start_bot: StartBot, slack: FakeSlack, tmp_path: Path):
    bot = await start_bot(DATABASE_URL=f"sqlite:///{tmp_path}/ally.db")
    person = Person(bot)
    await person.asks("remind me about sponsorship in 1 minute")
    soon = datetime.now(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    with sqlite3.connect(tmp_path / "ally.db") as database:
        database.execute("UPDATE reminders SET next_at = ?", (soon,))
    await until(lambda: slack.called("chat.postMessage", channel=person.user), 15)


async def test_a_second_server_leaves_delivering_to_the_first(
    start_bot: StartBot, slack: FakeSlack, tmp_path: Path
):
    """It has to be told to: two that deliver from one file would be one too many."""
    url = f"sqlite:///{tmp_path}/ally.db"
    await start_bot(DATABASE_URL=url)
    other = await start_bot("--no-deliver", DATABASE_URL=url)
    assert "sponsorship" in words(await Person(other).asks("remind me about sponsorship tomorrow"))

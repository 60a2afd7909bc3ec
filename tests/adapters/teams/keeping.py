"""What the bot keeps of people and channels, and what it delivers to them at a time of ours."""

import asyncio
import sqlite3
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.adapters.serving import ALLY, environment
from tests.adapters.teams.answering import until
from tests.adapters.teams.fake_teams import Call
from tests.adapters.teams.people import Person, settle
from tests.adapters.teams.serving import Bot

MOST_SECONDS = 120
TORONTO = ZoneInfo("America/Toronto")
"""Where the people of these tests are."""


def in_days(days: int, hour: int) -> datetime:
    """An hour on a later day, where the people are."""
    return datetime.combine(datetime.now(TORONTO) + timedelta(days), time(hour), TORONTO)


def mondays_around_a_change_of_clocks() -> list[datetime]:
    """Four Mondays at 10:00, two before a change and two after it; all in more than a month."""
    day = in_days(40, 10)
    while (day + timedelta(days=1)).utcoffset() == day.utcoffset():
        day += timedelta(days=1)
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(weeks=number) for number in (-1, 0, 1, 2)]


async def deliver(bot: Bot, folder: Path, now: datetime) -> None:
    """One tick, at an instant of ours."""
    process = await asyncio.create_subprocess_exec(
        ALLY, "deliver", "--now", now.isoformat(), cwd=folder, env=environment(folder, bot.settings)
    )
    assert await asyncio.wait_for(process.wait(), MOST_SECONDS) == 0


async def asks(person: Person, text: str) -> Call:
    """Says something in a chat of two; the answer, however long it takes to remember it."""
    before = len(person.calls)
    await person.bot.deliver(person.message(text))
    await until(lambda: len(person.calls) > before, 15)
    await settle(person.bot)
    return person.calls[-1]


async def asks_aloud(person: Person, text: str) -> list[Call]:
    """Says something in a channel or group whose answer is private; all that the bot sent then.

    The line in the thread is the last of it.
    """
    teams = person.bot.teams
    seen, before = len(teams.calls), len(_lines(person))
    await person.bot.deliver(person.message(text))
    await until(lambda: len(_lines(person)) > before, 15)
    await settle(person.bot)
    return teams.calls[seen:]


def _lines(person: Person) -> list[Call]:
    return [call for call in person.bot.teams.sent_to(person.conversation) if call.activity]


def kept(folder: Path, asked: str, *values: Any) -> list[Any]:
    """The first column of what a query finds in the database."""
    with sqlite3.connect(folder / "ally.db") as database:
        return [row[0] for row in database.execute(asked, values)]


def rows_naming(folder: Path, words: str) -> list[str]:
    """The tables with a row in which some words stand."""
    with sqlite3.connect(folder / "ally.db") as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return [
            name
            for (name,) in tables
            if any(words in str(row) for row in database.execute(f"SELECT * FROM {name}"))
        ]

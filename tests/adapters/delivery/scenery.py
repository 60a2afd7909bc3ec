"""Channels with tips, people with reminders, a clock to move, and a platform that takes notes."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, insert, select

from adapters.delivery.means import Means, Post, Result, Taken
from adapters.delivery.recording import Sent
from adapters.delivery.sending import claim_some, record_all, send
from adapters.store.tables import deliveries, reminders, weeklies
from bot.knowledge import Knowledge
from bot.messages import Language, Reply, Text

MONDAY = datetime(2026, 3, 9, 13, tzinfo=UTC)  # 9:00 in Toronto
EVERY_MONDAY = "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0"
CHANNEL = "test:W/C"
OWNER = "test:W/owner"


def add_weekly(engine: Engine, name: str = "weekly", **changed: Any) -> None:
    """A channel's tips: every Monday at 9 in Toronto, and it is Monday."""
    row = {
        "id": name,
        "channel": CHANNEL,
        "workspace": "test:W",
        "owner": OWNER,
        "rule": EVERY_MONDAY,
        "since": date(2026, 1, 5),
        "zone": "America/Toronto",
        "next_at": MONDAY,
        "topic": "",
        "stopped": "",
    }
    with engine.begin() as connection:
        connection.execute(insert(weeklies), row | changed)


def add_reminder(engine: Engine, name: str = "reminder", **changed: Any) -> None:
    """Somebody wants to be reminded once, now."""
    row = {
        "id": name,
        "person": "test:W/somebody",
        "workspace": "test:W",
        "words": "credit Maria",
        "entry": "tip:tip-credit",
        "rule": "",
        "since": date(2026, 3, 9),
        "zone": "America/Toronto",
        "next_at": MONDAY,
    }
    with engine.begin() as connection:
        connection.execute(insert(reminders), row | changed)


def add_delivery(engine: Engine, name: str, **changed: Any) -> None:
    """A tip that waits to be sent, of the channel's tips."""
    row = {
        "id": name,
        "kind": "tip",
        "schedule": "weekly",
        "local_date": date(2026, 3, 9),
        "due_at": MONDAY,
        "workspace": "test:W",
        "target": CHANNEL,
        "status": "waiting",
        "not_before": MONDAY,
    }
    with engine.begin() as connection:
        connection.execute(insert(deliveries), row | changed)


def rows(engine: Engine, table: Table = deliveries) -> Sequence[Row[Any]]:
    """All rows of a table, in order."""
    with engine.begin() as connection:
        return connection.execute(select(table).order_by(*table.primary_key)).all()


def row(engine: Engine, table: Table = deliveries) -> Row[Any]:
    """The only row of a table."""
    (only,) = rows(engine, table)
    return only


@dataclass
class Clock:
    """Stands still until it is moved."""

    at: datetime = MONDAY

    def __call__(self, _connection: Connection) -> datetime:
        return self.at

    def move(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


Answer = Callable[[str], Result]


def taken(_target: str) -> Result:
    return Taken()


@dataclass
class Platform:
    """Takes every message, unless it is told what to answer."""

    answer: Answer = taken
    seconds: float = 0.0
    """How long it takes."""
    prefix: str = "/test "
    got: list[tuple[str, str]] = field(default_factory=list)
    """Where to and what."""
    times: list[float] = field(default_factory=list)
    under_way: int = 0
    most: int = 0

    async def send(self, target: str, workspace: str, reply: Reply) -> Result:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            await asyncio.sleep(self.seconds)
            result = self.answer(target)
            if isinstance(result, Taken):
                self.got.append((target, reply.plain_text))
                self.times.append(monotonic())
            return result
        finally:
            self.under_way -= 1


def compose(
    post: Post, _knowledge: Knowledge, language: Language, _at: datetime, _prefix: str
) -> Reply:
    """Everything a post tells, in one line."""
    told = (post.kind, language, post.entry, post.owner, post.channel, post.words, post.reason)
    return Reply((Text(" ".join(filter(None, told))),))


def means(platform: Platform, knowledge: Knowledge, **changed: Any) -> Means:
    given: dict[str, Any] = {"compose": compose} | changed
    return Means(senders={"test": platform}, knowledge=lambda: knowledge, **given)


async def send_ready(engine: Engine, means: Means, most: int = 100) -> int:
    """Claims what may go now, sends it, and writes down what came of it; how many were claimed."""
    claimed = claim_some(engine, means, most)
    sent: list[Sent] = [(one, await send(one, means)) for one in claimed.claims]
    record_all(engine, means, sent)
    return len(sent)

"""Processes that deliver, to be killed: `python -m tests.benchmarks.delivering WORK …`.

The platform is a file that every message is appended to at once: what was accepted stays so,
whatever becomes of who has sent it.
"""

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, insert, select

from adapters.content import SHIPPED
from adapters.delivery.means import Compose, Failed, Means, Post, Result, Taken
from adapters.delivery.queue import work
from adapters.delivery.runner import run, run_once
from adapters.delivery.ticking import tick
from adapters.store.engine import connect
from adapters.store.tables import deliveries, reminders, weeklies
from bot.knowledge import Knowledge
from bot.knowledge.load import load
from bot.messages import Language, Reply, Text

ROOT = Path(__file__).parent.parent.parent
AT_ONCE = 20


class Accepting:
    """A platform that writes down what it accepts, and fails now and then."""

    prefix = ""

    def __init__(self, file: Path, limited: float = 0.0, broken: float = 0.0) -> None:
        self._file = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._limited, self._broken = limited, broken
        self._left_alone: dict[str, float] = {}

    async def send(self, target: str, workspace: str, reply: Reply) -> Result:
        await asyncio.sleep(0)
        chance = random.random()
        if chance < self._limited:
            self._note("limited", workspace, target)
            return Failed("limited", 1.0)
        if chance < self._limited + self._broken:
            return Failed("broken")
        self._note("accepted", workspace, target)
        return Taken()

    def _note(self, *words: str) -> None:
        os.write(self._file, " ".join((*words, f"{time.time():.6f}\n")).encode())


def accepted(file: Path, word: str = "accepted") -> list[tuple[str, str, float]]:
    """The workspace, the target and the time of everything that was accepted (or limited)."""
    lines = file.read_text().splitlines() if file.exists() else []
    parts = [line.split() for line in lines]
    return [(found[1], found[2], float(found[3])) for found in parts if found[0] == word]


def compose(
    post: Post, knowledge: Knowledge, _language: Language, _at: datetime, _prefix: str
) -> Reply:
    if post.kind == "reminder":
        return Reply((Text(post.words),))
    tip = knowledge.tips[post.entry]
    return Reply((Text(tip.text.en), Text(tip.if_then.en)))


_COMPOSE: Compose = compose


def means(platform: Accepting, knowledge: Knowledge) -> Means:
    return Means(senders={"test": platform}, knowledge=lambda: knowledge, compose=_COMPOSE)


def add_due(engine: Engine, count: int, workspaces: int, start: int = 0) -> None:
    """So many channels whose tip waits to be sent since a moment ago."""
    now = datetime.now(UTC)
    names = [
        (f"w{number}", f"test:W{number % workspaces}") for number in range(start, start + count)
    ]
    with engine.begin() as connection:
        connection.execute(
            insert(weeklies),
            [
                {
                    "id": name,
                    "channel": f"{workspace}/{name}",
                    "workspace": workspace,
                    "owner": f"{workspace}/owner",
                    "rule": "FREQ=DAILY;BYHOUR=9;BYMINUTE=0",
                    "since": date(2026, 1, 1),
                    "zone": "UTC",
                    "next_at": now,
                    "topic": "",
                    "stopped": "",
                }
                for name, workspace in names
            ],
        )


def add_reminders(engine: Engine, people: int, each: int) -> None:
    """So many reminders for everybody, all of them due a moment ago."""
    now = datetime.now(UTC)
    with engine.begin() as connection:
        connection.execute(
            insert(reminders),
            [
                {
                    "id": f"r{number}",
                    "person": f"test:P{number % people}/somebody",
                    "workspace": f"test:P{number % people}",
                    "words": "credit Maria",
                    "since": now.date(),
                    "zone": "UTC",
                    "next_at": now,
                }
                for number in range(people * each)
            ],
        )


def unsent(engine: Engine) -> int:
    """How many deliveries are not sent."""
    with engine.begin() as connection:
        found = connection.execute(select(deliveries.c.status).where(deliveries.c.status != "sent"))
        return len(found.all())


def child(*work: str) -> subprocess.Popen[bytes]:
    """A process that does some work."""
    command = [sys.executable, "-m", "tests.benchmarks.delivering", *work]
    return subprocess.Popen(command, cwd=ROOT)


def tick_through(url: str, ready: str, instants: Sequence[str]) -> None:
    """Ticks at each of some instants, as fast as it can."""
    engine = connect(url)
    Path(ready).touch()
    for at in instants:
        tick(engine, datetime.fromisoformat(at))


def deliver_and_die(url: str, file: str, rounds: int, each: int, seed: int) -> None:
    """Again and again: a deliverer begins, and is killed a moment later wherever it is."""
    knowledge = load(SHIPPED)
    chance = random.Random(seed)
    for number in range(rounds):
        engine = connect(url)
        add_due(engine, each, 1000, number * each)
        engine.dispose()
        pid = os.fork()
        if not pid:
            random.seed(seed * 10_000 + number)
            engine = connect(url)
            own = means(Accepting(Path(file)), knowledge)
            asyncio.run(run(engine, own, asyncio.Event(), at_once=AT_ONCE))
            os._exit(1)
        time.sleep(chance.uniform(0.0, 0.12))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        with Path(file).open("a") as noted:
            noted.write(f"killed - - {time.time():.6f}\n")
    engine = connect(url)
    asyncio.run(run_once(engine, means(Accepting(Path(file)), knowledge), at_once=AT_ONCE))


async def work_until_told(url: str, file: str, limited: float, broken: float) -> None:
    """A worker on PostgreSQL whose platform fails now and then."""
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    platform = Accepting(Path(file), limited, broken)
    own = replace(means(platform, load(SHIPPED)), lease_seconds=5.0)
    quick = {"sweep_seconds": 1.0, "heartbeat_seconds": 0.5, "dead_seconds": 3.0}
    await work(connect(url), own, stopping, at_once=AT_ONCE, **quick)


def local_sundays(day: datetime) -> list[str]:
    """Instants from the day before to the day after, every six hours."""
    return [(day + timedelta(hours=hours)).isoformat() for hours in range(-24, 49, 6)]


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["tick", url, ready, *instants]:
            tick_through(url, ready, instants)
        case ["work", url, file, limited, broken]:
            asyncio.run(work_until_told(url, file, float(limited), float(broken)))
        case ["die", url, file, rounds, each, seed]:
            deliver_and_die(url, file, int(rounds), int(each), int(seed))

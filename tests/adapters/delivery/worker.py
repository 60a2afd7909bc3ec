"""A deliverer as a process of its own: `python -m tests.adapters.delivery.worker URL FILE [hangs]`.

Its platform is a file that says what was accepted, line by line; one that hangs accepts nothing,
and keeps its deliverer between claiming and sending until that is killed.
"""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from adapters.content import SHIPPED
from adapters.delivery.means import Means, Result, Taken
from adapters.delivery.pacing import Pace
from adapters.store.engine import connect
from bot.knowledge.load import load
from bot.messages import Reply
from tests.adapters.delivery.scenery import compose

ROOT = Path(__file__).parents[3]
QUICK: dict[str, Any] = {"sweep_seconds": 0.5, "heartbeat_seconds": 0.3, "dead_seconds": 1.5}


class Noting:
    """A platform that writes down what it is sent."""

    prefix = ""

    def __init__(self, file: str, hangs: bool) -> None:
        self._file = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._hangs = hangs

    async def send(self, target: str, workspace: str, reply: Reply) -> Result:
        if self._hangs:
            self._note("begun", target)
            await asyncio.Event().wait()
        self._note("accepted", target)
        return Taken()

    def _note(self, word: str, target: str) -> None:
        os.write(self._file, f"{word} {target}\n".encode())


def noted(file: Path, word: str) -> list[str]:
    """What the platforms of all workers have written down."""
    lines = file.read_text().splitlines() if file.exists() else []
    return [line.partition(" ")[2] for line in lines if line.startswith(f"{word} ")]


def worker(url: str, file: Path, *hangs: str) -> subprocess.Popen[bytes]:
    """A process that delivers until it is told to stop, or killed."""
    command = [sys.executable, "-m", "tests.adapters.delivery.worker", url, str(file), *hangs]
    return subprocess.Popen(command, cwd=ROOT)


async def _deliver(url: str, file: str, *hangs: str) -> None:
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    engine, knowledge = connect(url), load(SHIPPED)
    means = Means(
        {"test": Noting(file, bool(hangs))},
        lambda: knowledge,
        compose,
        pace=Pace(1.0, 0.001),
        lease_seconds=2.0,
    )
    if engine.dialect.name == "sqlite":
        from adapters.delivery.runner import run

        await run(engine, means, stopping)
    else:
        from adapters.delivery.queue import work

        await work(engine, means, stopping, **QUICK)


if __name__ == "__main__":
    asyncio.run(_deliver(*sys.argv[1:]))

"""The `ally` program as a process that runs until it is told to stop, with a Slack of our own."""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from time import monotonic
from typing import Any

from tests.adapters.serving import ALLY, environment, free_port
from tests.adapters.slack.fake_slack import TOKEN, FakeSlack
from tests.adapters.slack.serving import SECRET


def settings(slack: FakeSlack, url: str) -> dict[str, str]:
    """Connected to Slack, and to a database."""
    return {
        "ALLY_ENV": "test",
        "ALLY_ALLOWED_HOSTS": slack.host,
        "SLACK_API_URL": slack.api,
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "DATABASE_URL": url,
        "PORT": str(free_port()),
    }


async def ally(folder: Path, given: Mapping[str, str], *arguments: str) -> tuple[int, str]:
    """Runs it where it should end by itself: its exit status and what it said."""
    running = Running(folder)
    await running.start(given, *arguments)
    return await running.end(20), running.output


class Running:
    """One process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / f"{free_port()}.txt"
        self._process: asyncio.subprocess.Process

    async def start(self, given: Mapping[str, str], *arguments: str) -> None:
        with self._file.open("wb") as output:
            self._process = await asyncio.create_subprocess_exec(
                ALLY,
                *arguments,
                cwd=self._folder,
                env=environment(self._folder, given),
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
            )

    @property
    def output(self) -> str:
        """Everything it has written so far."""
        return self._file.read_text()

    @property
    def events(self) -> list[str]:
        """What its log lines tell of."""
        lines: list[dict[str, Any]] = [json.loads(line) for line in self.output.splitlines()]
        return [line["event"] for line in lines]

    async def stop(self) -> float:
        """Asks it to end: how many seconds that took. It has to end well."""
        started = monotonic()
        self._process.terminate()
        assert await self.end(30) == 0, self.output
        return monotonic() - started

    async def end(self, seconds: float) -> int:
        """Waits until it has ended."""
        try:
            return await asyncio.wait_for(self._process.wait(), seconds)
        finally:
            self.kill()

    def kill(self) -> None:
        if self._process.returncode is None:
            self._process.kill()

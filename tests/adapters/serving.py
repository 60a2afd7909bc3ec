"""The real server, `ally serve`, as a process of its own: started, asked for health, ended."""

import asyncio
import json
import signal
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from time import monotonic
from typing import Any

import aiohttp

ALLY = Path(sys.executable).with_name("ally")
JSON = "application/json"


@dataclass(frozen=True)
class Posted:
    """What the server said to a platform's request."""

    status: int
    text: str
    seconds: float

    @property
    def message(self) -> dict[str, Any]:
        """What the body says."""
        return dict(json.loads(self.text))


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def environment(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """The environment of a process: these settings and nothing of ours."""
    return {"PATH": f"{ALLY.parent}:/usr/bin:/bin", "HOME": str(folder), **settings}


async def run(folder: Path, settings: Mapping[str, str]) -> tuple[int, str]:
    """Run `ally serve` where it should end by itself: its exit status and what it said."""
    process = await asyncio.create_subprocess_exec(
        ALLY,
        "serve",
        cwd=folder,
        env=environment(folder, settings),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        output, _ = await asyncio.wait_for(process.communicate(), 20)
    except TimeoutError:
        process.kill()
        raise
    assert process.returncode is not None
    return process.returncode, output.decode()


class Server:
    """A server process and its address."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self._ending = False
        self._folder = folder
        self._output = folder / "output.txt"
        self._process: asyncio.subprocess.Process
        self._session: aiohttp.ClientSession
        self.settings = {"ALLY_ENV": "test", "PORT": str(free_port()), **settings}
        self.port = int(self.settings["PORT"])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self) -> str:
        """Everything it has written so far."""
        return self._output.read_text()

    @property
    def running(self) -> bool:
        return self._process.returncode is None

    async def start(self, *command: str | Path) -> None:
        """Start it, by another command where one is given, and wait until it answers."""
        with self._output.open("wb") as output:
            self._process = await asyncio.create_subprocess_exec(
                *(command or (ALLY, "serve")),
                cwd=self._folder,
                env=environment(self._folder, self.settings),
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
            )
        self.reach()
        async with asyncio.timeout(20):
            while self.running and not await self._answers():
                await asyncio.sleep(0.02)
        assert self.running, self.output

    def reach(self) -> None:
        """Be ready to talk to it; enough where somebody else started it."""
        self._session = aiohttp.ClientSession(self.url, connector=aiohttp.TCPConnector(limit=0))

    async def leave(self) -> None:
        """Talk to it no more."""
        await self._session.close()

    async def _answers(self) -> bool:
        try:
            return await self.get("/healthz") == 200
        except aiohttp.ClientConnectionError:
            return False

    def terminate(self) -> None:
        """Ask it to end, once: a second time would hit it while it is ending."""
        if self.running and not self._ending:
            self._ending = True
            self._process.send_signal(signal.SIGTERM)

    async def stop(self) -> int:
        """Ask it to end; its exit status."""
        self.terminate()
        try:
            return await asyncio.wait_for(self._process.wait(), 25)
        except TimeoutError:
            self._process.kill()
            raise
        finally:
            await self.leave()

    async def get(self, path: str) -> int:
        async with self._session.get(path) as response:
            return response.status

    async def post_to(self, path: str, body: bytes, headers: Mapping[str, str]) -> Posted:
        """Post a body as it is; a header that is empty is not sent at all."""
        started = monotonic()
        async with self._session.post(
            path,
            data=BytesIO(body),
            headers={name: value for name, value in headers.items() if value},
            skip_auto_headers=[name for name, value in headers.items() if not value],
        ) as response:
            text = await response.text()
            return Posted(response.status, text, monotonic() - started)

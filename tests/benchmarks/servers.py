"""Servers to measure: started as they are run, asked with signed commands, ended by pid."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, perf_counter, sleep, time
from urllib.parse import urlencode
from urllib.request import urlopen

import aiohttp

from adapters.slack.signature import sign

SECRET = "benchmark-secret"
ROOT = Path(__file__).parent.parent.parent
ALLY = [sys.executable, "-c", "from adapters.cli import main; main()"]
BARE = [sys.executable, "-m", "tests.benchmarks.bare_bolt"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], **settings: str) -> Iterator[tuple[int, int]]:
    """A server process that is ready: its pid and its port."""
    port = free_port()
    folder = TemporaryDirectory()
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{folder.name}/ally.db",
        "PORT": str(port),
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_BOT_TOKEN": "xoxb-benchmark",
        **settings,
    }
    if command[:3] == ALLY:  # the database of a server that was started before
        subprocess.run([*ALLY, "migrate"], env=environment, cwd=ROOT, check=True, timeout=60)
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        deadline = monotonic() + 20
        while True:
            try:
                urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).close()
                break
            except OSError:
                if monotonic() > deadline or process.poll() is not None:
                    raise
                sleep(0.05)
        yield process.pid, port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        folder.cleanup()


def signed(
    text: str, command: str = "/ally", response_url: str = ""
) -> tuple[bytes, dict[str, str]]:
    """A slash command as Slack posts it."""
    body = urlencode(
        {
            "command": command,
            "text": text,
            "team_id": "T1",
            "user_id": "U1",
            "channel_id": "C1",
            "response_url": response_url,
        }
    ).encode()
    now = str(int(time()))
    return body, {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": now,
        "X-Slack-Signature": sign(SECRET, now, body),
    }


async def load(
    port: int, requests: list[tuple[bytes, dict[str, str]]], at_once: int
) -> list[float]:
    """Seconds that each request took, `at_once` of them under way; every one is answered 200."""
    waiting = iter(requests)
    took: list[float] = []
    url = f"http://127.0.0.1:{port}/slack/events"

    async def worker(session: aiohttp.ClientSession) -> None:
        for body, headers in waiting:
            started = perf_counter()
            async with session.post(url, data=body, headers=headers) as response:
                assert response.status == 200
                await response.read()
            took.append(perf_counter() - started)

    timeout = aiohttp.ClientTimeout(total=60)
    async with aiohttp.ClientSession(timeout=timeout) as session, asyncio.timeout(120):
        await asyncio.gather(*(worker(session) for _ in range(at_once)))
    return took


def resident_megabytes(pid: int) -> float:
    """Memory of a process that is in RAM, in MB (VmRSS)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024

"""The real server, `ally serve`, as Slack meets it: what Slack posts, and how it is signed."""

import asyncio
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from time import time
from typing import Any
from urllib.parse import urlencode

from adapters.slack.signature import sign
from tests.adapters.serving import ALLY, JSON, Posted, Server, environment, run
from tests.adapters.slack.fake_slack import TOKEN, FakeSlack

__all__ = ["FORM", "JSON", "SECRET", "Bot", "Posted", "run"]

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"  # the one in Slack's documentation

FORM = "application/x-www-form-urlencoded"


class Bot(Server):
    """A server process that serves Slack."""

    def __init__(self, slack: FakeSlack, folder: Path, **settings: str) -> None:
        self.slack = slack
        self.signatures: list[str] = []
        defaults = {
            "ALLY_ALLOWED_HOSTS": slack.host,
            "SLACK_API_URL": slack.api,
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
        }
        super().__init__(folder, {**defaults, **settings})

    async def post(
        self,
        body: bytes,
        content_type: str = FORM,
        *,
        at: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Posted:
        """Post a body as Slack would; `headers` come on top, those that are empty go away."""
        timestamp = str(int(time() if at is None else at))
        signature = sign(SECRET, timestamp, body)
        self.signatures.append(signature)
        sent = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature,
            **(headers or {}),
        }
        return await self.post_to("/slack/events", body, sent)

    async def form(self, fields: Mapping[str, str], **more: Any) -> Posted:
        return await self.post(urlencode(fields).encode(), FORM, **more)

    async def interact(self, payload: Mapping[str, Any], **more: Any) -> Posted:
        return await self.form({"payload": json.dumps(payload)}, **more)

    async def event(self, payload: Mapping[str, Any], **more: Any) -> Posted:
        return await self.post(json.dumps(payload).encode(), JSON, **more)

    @property
    def file(self) -> Path:
        """The database, where DATABASE_URL names one."""
        return Path(self.settings["DATABASE_URL"].removeprefix("sqlite:///"))

    @contextmanager
    def database(self) -> Iterator[sqlite3.Connection]:
        """A look into the database; what is changed in it stays."""
        with closing(sqlite3.connect(self.file)) as connection, connection:
            yield connection

    def stored(self, what: str) -> list[tuple[Any, ...]]:
        """Rows of it: `what` follows a SELECT."""
        with self.database() as database:
            return database.execute(f"SELECT {what}").fetchall()

    async def deliver(self, now: datetime) -> None:
        """One tick of `ally deliver`, at an instant of ours."""
        process = await asyncio.create_subprocess_exec(
            ALLY,
            "deliver",
            "--now",
            now.isoformat(),
            cwd=self._folder,
            env=environment(self._folder, self.settings),
        )
        try:
            assert await asyncio.wait_for(process.wait(), 30) == 0
        except TimeoutError:
            process.kill()
            raise

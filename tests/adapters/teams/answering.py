"""How Microsoft's servers on loopback answer: what they are told to, when they are told to."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


async def until(condition: Callable[[], Any], seconds: float = 5) -> None:
    """Wait for something to become true."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.005)


@dataclass
class Answer:
    """An answer: after a while, with a status and a body, or by hanging up."""

    status: int = 200
    body: str = "{}"
    delay: float = 0
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    hangs_up: bool = False

    @classmethod
    def error(cls, status: int, code: str = "", **more: Any) -> "Answer":
        """An error as the connector words it."""
        error = {"code": code or "ServiceError", "message": f"Somebody's words: {code}"}
        return cls(status, json.dumps({"error": error}), **more)

    @classmethod
    def data(cls, values: Any, status: int = 200, **more: Any) -> "Answer":
        return cls(status, json.dumps(values), **more)

    @classmethod
    def elsewhere(cls, address: str, status: int = 307) -> "Answer":
        """Go and ask somebody else."""
        return cls(status, "", headers={"Location": address})

    @property
    def accepts(self) -> bool:
        """Whether what was asked for is done."""
        return 200 <= self.status < 300


async def give(request: web.Request, answer: Answer, hurry: asyncio.Event) -> web.StreamResponse:
    """Answer a request; no delay outlasts `hurry`."""
    if answer.delay:
        with suppress(TimeoutError):
            await asyncio.wait_for(hurry.wait(), answer.delay)
    if answer.hangs_up:
        assert request.transport is not None
        request.transport.close()
    return web.Response(
        text=answer.body,
        status=answer.status,
        headers=answer.headers,
        content_type=answer.content_type,
    )

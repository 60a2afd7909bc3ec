"""How a fake platform answers: as it is told to, late, or not at all."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

from aiohttp import web


class Scripted(Protocol):
    """An answer: after a while, with a status and a body, or by hanging up."""

    status: int
    body: str
    delay: float
    headers: dict[str, str]
    content_type: str
    hangs_up: bool


async def until(condition: Callable[[], Any], seconds: float = 5) -> None:
    """Wait for something to become true."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.005)


async def give(request: web.Request, answer: Scripted, hurry: asyncio.Event) -> web.StreamResponse:
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

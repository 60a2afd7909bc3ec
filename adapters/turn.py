"""The only place where a platform meets the core: one request in, one outcome out."""

import asyncio
from collections.abc import Sequence
from time import perf_counter
from typing import Protocol

import structlog

from adapters.content import Content
from bot.dispatch import dispatch, needs
from bot.memory import Change, Memory
from bot.messages import Outcome, Reply, Request, Text

PATIENCE_SECONDS = 2.0
"""A database that takes longer is one that does not answer."""

log = structlog.get_logger()


class Store(Protocol):
    """What is remembered between requests."""

    async def recall(self, request: Request, needs: frozenset[str]) -> Memory:
        """What an answer to this request looks at."""

    async def apply(self, changes: Sequence[Change]) -> None:
        """Remember all of it, or nothing."""

    async def first_time(self, key: str) -> bool:
        """Whether something was not seen in the last days, by any process."""


async def take_turn(request: Request, content: Content, store: Store, platform: str) -> Outcome:
    """The answer to a request; a fault becomes one calm sentence and a log line."""
    started = perf_counter()
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            memory = await store.recall(request, needs(request, content.knowledge))
            outcome = dispatch(request, memory, content.knowledge)
            if outcome.changes:
                await store.apply(outcome.changes)
        error = ""
    except Exception as fault:  # the one net: whatever breaks, the person gets an answer
        error = type(fault).__name__
        outcome = Outcome(Reply((Text(content.knowledge.say("trouble.text", "en")),)))
    log.info(
        "turn",
        platform=platform,
        result=outcome.result,
        milliseconds=round(1000 * (perf_counter() - started), 1),
        error=error,
    )
    return outcome

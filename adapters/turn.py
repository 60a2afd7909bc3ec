"""The only place where a platform meets the core: one request in, one outcome out."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Met:
    """Where a person can be written to, on a platform that does not tell that by their key."""

    service_url: str
    conversation: str
    """The chat of two; empty where it has to be opened first."""
    bot: str


class Store(Protocol):
    """What is remembered between requests."""

    async def recall(
        self, request: Request, needs: frozenset[str], once: str = ""
    ) -> Memory | None:
        """What an answer to this request looks at; None where `once` names something that was seen
        in the last days, by any process.
        """

    async def apply(self, changes: Sequence[Change], person: str, met: Met | None) -> None:
        """Remember all of it, or nothing; and where to write to, if something will be written."""

    async def met(self, person: str, met: Met) -> None:
        """The latest address of somebody who will be written to; of nobody else."""


async def take_turn(
    request: Request, content: Content, store: Store, platform: str, met: Met | None = None
) -> Outcome:
    """The answer to a request; a fault becomes one calm sentence and a log line."""
    outcome = await take_turn_once(request, content, store, platform, "", met)
    assert outcome is not None  # nothing could have been answered before
    return outcome


async def take_turn_once(
    request: Request,
    content: Content,
    store: Store,
    platform: str,
    once: str,
    met: Met | None = None,
) -> Outcome | None:
    """The same for what a platform may send again, named by `once`; None the second time."""
    started = perf_counter()
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            memory = await store.recall(request, needs(request, content.knowledge), once)
            if memory is None:
                return None
            outcome = dispatch(request, memory, content.knowledge)
            if outcome.changes:
                await store.apply(outcome.changes, request.person, met)
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

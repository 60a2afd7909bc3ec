"""The only place where a platform meets the core: one request in, one outcome out."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Protocol

import structlog

from adapters.content import Content
from bot.dispatch import dispatch, needs
from bot.memory import Change, Memory
from bot.messages import Link, Outcome, Reply, Request, Text

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
    channel: str = ""
    """The conversation of the channel where they were met; empty in a chat of two."""
    team: str = ""
    """The team that the channel belongs to; a group chat has none."""


class Store(Protocol):
    """What is remembered between requests."""

    async def recall(
        self, request: Request, needs: frozenset[str], once: str = ""
    ) -> Memory | None:
        """What an answer to this request looks at; None where `once` names something that was seen
        in the last days, by any process.
        """

    async def apply(self, changes: Sequence[Change], request: Request, met: Met | None) -> None:
        """Remember all of it, or nothing; and where to write to, if something will be written."""

    async def met(self, request: Request, met: Met) -> None:
        """The latest address of a person and a channel that will be written to; of no others."""

    async def offer_file(self, person: str) -> str:
        """The address of a file with all that is stored on the person, for a short while; empty
        where there is no address to get it from.
        """

    async def purge(self, workspace: str) -> None:
        """Everything of a workspace that the bot was removed from goes."""

    async def purge_channel(self, channel: str) -> None:
        """Everything of a channel goes: the bot was removed from it, or it is gone."""

    async def purge_team(self, workspace: str, team: str) -> None:
        """Everything of a team's channels goes."""

    async def forget(self, person: str) -> None:
        """Everything that is stored on a person goes."""

    async def installed(self, workspace: str, person: str) -> None:
        """Who installed the bot becomes a manager of a workspace that has none yet."""


Post = Callable[[Reply], Awaitable[bool]]
"""Says something in the channel of the request; whether the platform took it."""


async def take_turn(
    request: Request,
    content: Content,
    store: Store,
    platform: str,
    met: Met | None = None,
    post: Post | None = None,
) -> Outcome:
    """The answer to a request; a fault becomes one calm sentence and a log line.

    `post` is needed where a channel hears of a change before anything is remembered.
    """
    outcome = await take_turn_once(request, content, store, platform, "", met, post)
    assert outcome is not None  # nothing could have been answered before
    return outcome


async def take_turn_once(
    request: Request,
    content: Content,
    store: Store,
    platform: str,
    once: str,
    met: Met | None = None,
    post: Post | None = None,
) -> Outcome | None:
    """The same for what a platform may send again, named by `once`; None the second time."""
    started = perf_counter()
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            memory = await store.recall(request, needs(request, content.knowledge), once)
        if memory is None:
            return None
        outcome = dispatch(request, memory, content.knowledge)
        if outcome.introduction and not (post and await post(outcome.introduction)):
            outcome = _unheard(outcome)
        async with asyncio.timeout(PATIENCE_SECONDS):
            if outcome.changes:
                await store.apply(outcome.changes, request, met)
            if outcome.file and (address := await store.offer_file(request.person)):
                link = Link(outcome.file, address)
                outcome = replace(outcome, reply=Reply((*outcome.reply.parts, link)))
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


def _unheard(outcome: Outcome) -> Outcome:
    """Nothing is remembered of what the channel should have heard first."""
    return replace(outcome, reply=outcome.unshared or outcome.reply, changes=())

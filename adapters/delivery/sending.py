"""One delivery from its claim to its result; a platform that fails is a result as well.

The database is only ever touched in threads, so that answering people goes on meanwhile.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TypeVar

import structlog
from sqlalchemy import Engine

from adapters.delivery.claiming import Claim, Claimed, claim
from adapters.delivery.means import Failed, Means, Result
from adapters.delivery.recording import Sent, record
from adapters.delivery.ticking import tick
from adapters.store.engine import reading

T = TypeVar("T")
log = structlog.get_logger()


async def send(claim: Claim, means: Means) -> Result:
    """Hands a message to its platform."""
    platform = claim.target.partition(":")[0]
    sender = means.senders.get(platform)
    if sender is None:
        log.error("no platform to deliver to", platform=platform, delivery=claim.id)
        return Failed("broken")
    try:
        told = (claim.post, means.knowledge(), claim.language, claim.at, sender.prefix)
        reply = means.compose(*told)
    except Exception as error:
        log.error("not put into words", delivery=claim.id, error=type(error).__name__)
        return Failed("refused")
    try:
        async with asyncio.timeout(means.send_seconds):
            return await sender.send(claim.target, claim.workspace, reply)
    except TimeoutError:
        return Failed("timeout")
    except Exception as error:
        log.error("sending failed", delivery=claim.id, error=type(error).__name__)
        return Failed("broken")


def claim_some(engine: Engine, means: Means, most: int, only: str | None = None) -> Claimed:
    """Claims what may go now, in a transaction of its own."""
    with engine.begin() as connection:
        return claim(connection, means, most, only)


def record_all(engine: Engine, means: Means, sent: Sequence[Sent]) -> dict[str, datetime]:
    """Writes down what came of it, in a transaction of its own."""
    with engine.begin() as connection:
        return record(connection, sent, means)


def tick_by_clock(engine: Engine, means: Means) -> None:
    """Makes the deliveries of what is due now."""
    with reading(engine) as connection:
        now = means.clock(connection)
    ticked = tick(engine, now, means.queue)
    if ticked.due:
        log.info("due", waiting=ticked.waiting, skipped=ticked.skipped)


async def in_thread(work: Callable[[], T]) -> T:
    """The event loop goes on; a thread that has begun is waited for, even when cancelled."""
    thread = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(thread)
    except asyncio.CancelledError:
        with suppress(Exception):
            await thread
        raise

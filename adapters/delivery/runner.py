"""Delivers from within one process, as SQLite needs it: one deliverer for each file."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic

import structlog
from sqlalchemy import Engine, update

from adapters.delivery.claiming import Claim, next_at
from adapters.delivery.means import Means, Result
from adapters.delivery.recording import Sent
from adapters.delivery.sending import claim_some, in_thread, record_all, send, tick_by_clock
from adapters.store.engine import reading
from adapters.store.tables import deliveries

TICK_SECONDS = 5.0
AT_ONCE = 50
"""How many are under way; as many come twice at most where the process is killed."""
LOCK_SECONDS = 30.0
LONGEST_REST_SECONDS = 0.5
_SHORTEST_REST_SECONDS = 0.01
_TRY_AGAIN_SECONDS = 1.0
_ONCE_WAITS_SECONDS = 60.0

log = structlog.get_logger()


class AnotherDelivererError(Exception):
    """Another process delivers from the same file."""


async def run(
    engine: Engine,
    means: Means,
    stopping: asyncio.Event,
    *,
    tick_seconds: float = TICK_SECONDS,
    at_once: int = AT_ONCE,
    lock_seconds: float = LOCK_SECONDS,
) -> None:
    """Delivers until it is told to stop; what is under way then is finished, nothing new begun.

    Raises AnotherDelivererError where another process has the file and keeps it.
    """
    async with alone(engine, stopping, lock_seconds):
        if stopping.is_set():
            return
        work = _Work(engine, means, at_once)
        await work.take_back()
        looked = float("-inf")
        while not stopping.is_set():
            try:
                if monotonic() - looked >= tick_seconds:
                    looked = monotonic()
                    await work.tick()
                await work.claim()
                await work.rest(stopping)
                await work.record()
            except Exception as error:  # the database may be away for a while
                log.error("delivering failed", error=type(error).__name__)
                with suppress(TimeoutError):
                    await asyncio.wait_for(stopping.wait(), _TRY_AGAIN_SECONDS)
        await work.finish()


async def run_once(engine: Engine, means: Means, *, at_once: int = AT_ONCE) -> None:
    """One tick, and everything that may go within a minute of it; then it ends."""
    work = _Work(engine, means, at_once)
    never = asyncio.Event()
    async with alone(engine, never, LOCK_SECONDS):
        await work.take_back()
        await work.tick()
        until = monotonic() + _ONCE_WAITS_SECONDS
        while True:
            await work.claim()
            soon = work.wait_seconds is not None and monotonic() + work.wait_seconds < until
            if not work.under_way and not soon:
                return
            await work.rest(never)
            await work.record()


@asynccontextmanager
async def alone(
    engine: Engine, stopping: asyncio.Event, lock_seconds: float
) -> AsyncIterator[None]:
    """Only one process at a time is in here for an SQLite file; the next one waits for a while.

    The lock is a file of its own beside the database. It is SQLite's as well, so that it works
    wherever SQLite does, and ends with its process, however that ends.
    """
    file = engine.url.database
    if engine.dialect.name != "sqlite" or not file:
        yield
        return
    lock = sqlite3.connect(f"{file}.deliverer", timeout=0, isolation_level=None)
    with closing(lock):
        until = monotonic() + lock_seconds
        while not stopping.is_set():
            try:
                lock.execute("BEGIN EXCLUSIVE")
                break
            except sqlite3.OperationalError:
                if monotonic() > until:
                    message = f"another process delivers from {file}; stop it first"
                    raise AnotherDelivererError(message) from None
                await asyncio.sleep(0.1)
        yield


@dataclass
class _Work:
    """What is under way, and what of it is over but not written down yet."""

    engine: Engine
    means: Means
    at_once: int
    under_way: dict[asyncio.Task[Result], Claim] = field(default_factory=dict)
    wait_seconds: float | None = None
    """How long until something more may go; None where nothing waits."""
    _sent: list[Sent] = field(default_factory=list)

    async def take_back(self) -> None:
        """Whoever has claimed something before is dead: there is one deliverer at a time."""

        def take_back() -> None:
            with self.engine.begin() as connection:
                mine = update(deliveries).where(deliveries.c.claimed_until.is_not(None))
                connection.execute(mine.values(claimed_until=None))

        if self.engine.dialect.name == "sqlite":
            await in_thread(take_back)

    async def tick(self) -> None:
        """Looks for what is due."""
        await in_thread(lambda: tick_by_clock(self.engine, self.means))

    async def claim(self) -> None:
        """Begins as much as may go now, and no more than may be under way at once."""
        self.wait_seconds = None
        while (free := self.at_once - len(self.under_way)) > 0:
            first = await in_thread(self._seconds_to_next)
            if first is None or first > 0:
                self.wait_seconds = first
                return
            claimed = await in_thread(lambda: claim_some(self.engine, self.means, free))
            for one in claimed.claims:
                self.under_way[asyncio.create_task(send(one, self.means))] = one

    def _seconds_to_next(self) -> float | None:
        with reading(self.engine) as connection:
            now = self.means.clock(connection)
            at = next_at(connection, now)
            return None if at is None else max(0.0, (at - now) / timedelta(seconds=1))

    async def rest(self, stopping: asyncio.Event) -> None:
        """Until something is over, something more may go, or it has to stop."""
        longest = LONGEST_REST_SECONDS if self.wait_seconds is None else self.wait_seconds
        seconds = min(max(longest, _SHORTEST_REST_SECONDS), LONGEST_REST_SECONDS)
        stop = asyncio.create_task(stopping.wait())
        try:
            await asyncio.wait(
                {stop, *self.under_way}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            stop.cancel()
            with suppress(asyncio.CancelledError):
                await stop

    async def record(self) -> None:
        """Writes down what is over; what could not be written is kept until it can."""
        for task in [task for task in self.under_way if task.done()]:
            self._sent.append((self.under_way.pop(task), task.result()))
        if self._sent:
            sent = list(self._sent)
            await in_thread(lambda: record_all(self.engine, self.means, sent))
            self._sent = self._sent[len(sent) :]

    async def finish(self) -> None:
        """Waits for what is under way, and writes it down."""
        if self.under_way:
            await asyncio.wait(self.under_way)
        try:
            await self.record()
        except Exception as error:
            log.error("not written down", error=type(error).__name__, count=len(self._sent))

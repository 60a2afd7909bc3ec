"""What requests look up and change, off the event loop: a thread waits for the database."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from time import monotonic
from typing import TypeVar

from sqlalchemy import Connection, Engine

from adapters.recent import Recent
from adapters.store import addresses, erasing, events, memory
from adapters.store.engine import reading
from adapters.store.naming import workspace_of
from adapters.turn import Met
from bot.memory import Change, Memory, SaveReminder
from bot.messages import Request

T = TypeVar("T")

LOOKED_AT_SECONDS = 10 * 60


class Remembered:
    """The database as a turn sees it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._looked_at = Recent(LOOKED_AT_SECONDS)
        # One after another: threads of one process that wait for SQLite's lock wake up late.
        self._writer = ThreadPoolExecutor(1)

    async def recall(
        self, request: Request, needs: frozenset[str], once: str = ""
    ) -> Memory | None:
        """What an answer to this request looks at; None where `once` names something that was seen
        in the last days, by any process.
        """
        if not once:
            return await asyncio.to_thread(self._recall, request, needs)
        return await self._write(self._recall_once, request, needs, once)

    async def apply(self, changes: Sequence[Change], request: Request, met: Met | None) -> None:
        """Remember all of it, or nothing; and where to write to, if something will be written."""
        await self._write(self._apply, changes, request.person, met)

    async def met(self, request: Request, met: Met) -> None:
        """The latest address of a person and a channel that will be written to; of no others."""
        # Looked at now and then is enough: an address changes once in months.
        if self._looked_at.first_time(f"{request.person} {met}", monotonic()):
            await self._write(self._met, request.person, met)

    async def offer_file(self, _person: str) -> str:
        """Nothing gives such an address yet."""
        return ""

    async def clear(self) -> None:
        """What was kept for its time goes."""
        await self._write(self._clear)

    def _clear(self) -> None:
        with self.engine.begin() as connection:
            erasing.retention(connection, datetime.now(UTC))

    async def _write(self, work: Callable[..., T], *given: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._writer, work, *given)

    def _recall(self, request: Request, needs: frozenset[str]) -> Memory:
        with reading(self.engine) as connection:
            return memory.recall(connection, *_keys(request), needs)

    def _recall_once(self, request: Request, needs: frozenset[str], once: str) -> Memory | None:
        with self.engine.begin() as connection:
            if not events.first_time(connection, once, datetime.now(UTC)):
                return None
            return memory.recall(connection, *_keys(request), needs)

    def _apply(self, changes: Sequence[Change], person: str, met: Met | None) -> None:
        with self.engine.begin() as connection:
            memory.apply(connection, changes)
            if met and any(isinstance(change, SaveReminder) for change in changes):
                _remember(connection, person, met, only_known=False)

    def _met(self, person: str, met: Met) -> None:
        now = addresses.Address(met.conversation, met.service_url, met.bot)
        with reading(self.engine) as connection:
            known = addresses.find(connection, person)
        if known not in (None, now):
            with self.engine.begin() as connection:
                _remember(connection, person, met, only_known=True)


def _keys(request: Request) -> tuple[str, str, str]:
    return request.person, request.channel, request.workspace


def _remember(connection: Connection, person: str, met: Met, *, only_known: bool) -> None:
    workspace = workspace_of(person)
    place = (met.conversation, met.service_url, met.bot)
    addresses.remember(connection, person, workspace, *place, only_known)

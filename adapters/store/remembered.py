"""What requests look up and change, off the event loop: a thread waits for the database."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Engine

from adapters.store import erasing, events, memory, telling
from adapters.store.engine import reading
from bot.memory import Change, Memory
from bot.messages import Request


class Remembered:
    """The database as a turn sees it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def recall(self, request: Request, needs: frozenset[str]) -> Memory:
        """What an answer to this request looks at."""
        return await asyncio.to_thread(self._recall, request, needs)

    async def apply(self, changes: Sequence[Change]) -> None:
        """Remember all of it, or nothing."""
        await asyncio.to_thread(self._apply, changes)

    async def first_time(self, key: str) -> bool:
        """Whether something was not seen in the last days, by any process."""
        return await asyncio.to_thread(self._first_time, key)

    async def everything(self, person: str) -> telling.Plain:
        """All that is stored on a person, for a file."""
        return await asyncio.to_thread(self._everything, person)

    async def clear(self) -> None:
        """What was kept for its time goes."""
        await asyncio.to_thread(self._clear)

    def _clear(self) -> None:
        with self._engine.begin() as connection:
            erasing.retention(connection, datetime.now(UTC))

    def _recall(self, request: Request, needs: frozenset[str]) -> Memory:
        with reading(self._engine) as connection:
            keys = (request.person, request.channel, request.workspace)
            return memory.recall(connection, *keys, needs)

    def _apply(self, changes: Sequence[Change]) -> None:
        with self._engine.begin() as connection:
            memory.apply(connection, changes)

    def _first_time(self, key: str) -> bool:
        with self._engine.begin() as connection:
            return events.first_time(connection, key, datetime.now(UTC))

    def _everything(self, person: str) -> telling.Plain:
        with reading(self._engine) as connection:
            return telling.tell(connection, person)

"""What requests look up and change, off the event loop: a thread waits for the database."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from time import monotonic
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine

from adapters.recent import Recent
from adapters.store import addresses, downloads, erasing, events, installing, memory, telling
from adapters.store.engine import reading
from adapters.turn import Met
from bot.memory import Change, ForgetPerson, Memory
from bot.messages import Request

P = ParamSpec("P")
T = TypeVar("T")

LOOKED_AT_SECONDS = 10 * 60


class Remembered:
    """The database as a turn sees it."""

    def __init__(self, engine: Engine, address: str = "") -> None:
        """`address` is where browsers reach this server; empty where they cannot."""
        self.engine = engine
        self._address = address.rstrip("/")
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
            return await self._read(_recall, request, needs)
        return await self._write(_recall_once, request, needs, once)

    async def apply(self, changes: Sequence[Change], request: Request, met: Met | None) -> None:
        """Remember all of it, or nothing; and where to write to, if something will be written."""
        await self._write(_apply, changes, request, met)

    async def met(self, request: Request, met: Met) -> None:
        """The latest address of a person and a channel that will be written to; of no others."""
        # Looked at now and then is enough: an address changes once in months.
        if not self._looked_at.first_time(f"{request.person} {met}", monotonic()):
            return
        if news := await self._read(_news, request, met):
            await self._write(_renew, news)

    async def offer_file(self, person: str) -> str:
        """The address of a file with all that is stored on the person, for a short while; empty
        where there is no address to get it from.
        """
        if not self._address:
            return ""
        secret = await self._write(downloads.offer, person, datetime.now(UTC))
        return f"{self._address}/data/{secret}"

    async def file(self, secret: str) -> dict[str, Any] | None:
        """What a file says that was offered; None where it was not, or long ago."""
        return await self._read(_file, secret, datetime.now(UTC))

    async def installed(self, workspace: str, person: str) -> None:
        """Who installed the bot becomes a manager of a workspace that has none yet."""
        await self._write(installing.installed, workspace, person)

    async def forget(self, person: str) -> None:
        """Everything that is stored on a person goes, as if they had asked for it."""
        await self._write(memory.apply, [ForgetPerson(person)])

    async def purge(self, workspace: str) -> None:
        """The bot was removed from a workspace: nothing of it stays."""
        await self._write(erasing.purge_workspace, workspace)

    async def purge_channel(self, channel: str) -> None:
        """The bot was removed from a channel, or the channel is gone."""
        await self._write(erasing.purge_channel, channel)

    async def purge_team(self, workspace: str, team: str) -> None:
        """The bot was removed from a team, or the team is gone, with all its channels."""
        await self._write(erasing.purge_team, workspace, team)

    async def clear(self) -> None:
        """What was kept for its time goes."""
        await self._write(erasing.retention, datetime.now(UTC))

    async def _read(
        self, look: Callable[Concatenate[Connection, P], T], *given: P.args, **named: P.kwargs
    ) -> T:
        def work() -> T:
            with reading(self.engine) as connection:
                return look(connection, *given, **named)

        return await asyncio.to_thread(work)

    async def _write(
        self, change: Callable[Concatenate[Connection, P], T], *given: P.args, **named: P.kwargs
    ) -> T:
        """In one transaction: all of it, or nothing."""

        def work() -> T:
            with self.engine.begin() as connection:
                return change(connection, *given, **named)

        return await asyncio.get_running_loop().run_in_executor(self._writer, work)


def _recall(connection: Connection, request: Request, needs: frozenset[str]) -> Memory:
    keys = request.person, request.channel, request.workspace
    return memory.recall(connection, *keys, needs)


def _recall_once(
    connection: Connection, request: Request, needs: frozenset[str], once: str
) -> Memory | None:
    new = events.first_time(connection, once, datetime.now(UTC))
    return _recall(connection, request, needs) if new else None


def _apply(
    connection: Connection, changes: Sequence[Change], request: Request, met: Met | None
) -> None:
    memory.apply(connection, changes)
    if met is None:
        return
    written_to = addresses.written_to(changes, request)
    for key, address in addresses.met_at(request, met).items():
        if key in written_to:
            addresses.remember(connection, key, address)


def _news(connection: Connection, request: Request, met: Met) -> dict[str, addresses.Address]:
    found = addresses.met_at(request, met)
    return {key: at for key, at in found.items() if addresses.is_news(connection, key, at)}


def _renew(connection: Connection, news: dict[str, addresses.Address]) -> None:
    for key, address in news.items():
        addresses.renew(connection, key, address)


def _file(connection: Connection, secret: str, now: datetime) -> dict[str, Any] | None:
    person = downloads.person_of(connection, secret, now)
    return telling.file_of(connection, person, now) if person else None

"""Where a person or a channel is written to, on a platform that does not tell that by the key.

Kept only for those who have a reminder, host a channel's tips or set them up; and, while anything
is stored on a channel, which team it belongs to.
"""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace

from sqlalchemy import Connection, select, update

from adapters.store.adding import insert
from adapters.store.naming import workspace_of
from adapters.store.tables import addresses
from adapters.turn import Met
from bot.memory import AllowNudges, Change, SaveReminder, SaveWeekly, SetPreferences
from bot.messages import Request


@dataclass(frozen=True, slots=True)
class Address:
    """Where one was met last."""

    conversation: str
    """Empty for a person whose chat has to be opened first."""
    service_url: str
    bot: str
    team: str = ""
    """The team of a channel; a group chat and a person have none."""


def find(connection: Connection, key: str) -> Address | None:
    """The address of a person or a channel."""
    row = connection.execute(select(addresses).where(addresses.c.key == key)).first()
    return Address(row.conversation, row.service_url, row.bot, row.team) if row else None


def met_at(request: Request, met: Met) -> dict[str, Address]:
    """Where a request says that its person and its channel are, by their keys."""
    found = {request.person: Address(met.conversation, met.service_url, met.bot)}
    if request.channel and met.channel:
        found[request.channel] = Address(met.channel, met.service_url, met.bot, met.team)
    return found


def written_to(changes: Iterable[Change], request: Request) -> Collection[str]:
    """Those of a request who will be written to from now on, or whose team has to be known."""
    person, channel = request.person, request.channel
    keys: set[str] = set()
    for change in changes:
        match change:
            case SaveReminder():
                keys.add(person)
            case SaveWeekly(key, weekly):
                keys |= {key} | ({person} & {weekly.owner})
            case SetPreferences(key) if key == channel:
                keys.add(key)
            case AllowNudges(key):
                keys.add(key)
    return keys


def is_news(connection: Connection, key: str, address: Address) -> bool:
    """Whether one is known at another address."""
    known = find(connection, key)
    return known is not None and replace(known, **_told(address)) != known


def remember(connection: Connection, key: str, address: Address) -> None:
    """The newest address; what it leaves empty stays as it is known.

    To be kept, it is written in the transaction that saves what it is needed for: what nobody needs
    is cleared away.
    """
    values = {"key": key, "workspace": workspace_of(key)} | asdict(address)
    adding = insert(connection.dialect.name, addresses).values(values)
    connection.execute(adding.on_conflict_do_update(index_elements=["key"], set_=_told(address)))


def renew(connection: Connection, key: str, address: Address) -> None:
    """The newest address of one who has one, and of nobody else."""
    statement = update(addresses).where(addresses.c.key == key)
    connection.execute(statement.values(_told(address)))


def _told(address: Address) -> dict[str, str]:
    return {name: value for name, value in asdict(address).items() if value}

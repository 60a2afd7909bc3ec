"""Where a person or a channel is written to, on a platform that does not tell that by the key.

Kept only for those who have a reminder, host a channel's tips or set them up.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, delete, select, update

from adapters.store.adding import put
from adapters.store.tables import addresses


@dataclass(frozen=True, slots=True)
class Address:
    """Where one was met last."""

    conversation: str
    service_url: str
    bot: str


def find(connection: Connection, key: str) -> Address | None:
    """The address of a person or a channel."""
    row = connection.execute(select(addresses).where(addresses.c.key == key)).first()
    return Address(row.conversation, row.service_url, row.bot) if row else None


def remember(
    connection: Connection,
    key: str,
    workspace: str,
    conversation: str,
    service_url: str,
    bot: str,
    only_known: bool,
) -> None:
    """The newest address of one who has one already; of anybody where `only_known` is false.

    To keep an address, do it in the transaction that saves the reminder or the tips: what nobody
    needs is cleared away.
    """
    values = {
        "workspace": workspace,
        "conversation": conversation,
        "service_url": service_url,
        "bot": bot,
    }
    if only_known:
        connection.execute(update(addresses).where(addresses.c.key == key).values(values))
    else:
        connection.execute(put(connection.dialect.name, addresses, {"key": key} | values))


def forget(connection: Connection, key: str) -> None:
    """A person or a channel is written to no more."""
    connection.execute(delete(addresses).where(addresses.c.key == key))

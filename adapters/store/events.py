"""What a platform told already: it repeats itself, to this process or to another one."""

from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, bindparam, delete

from adapters.store.adding import Insert, put
from adapters.store.tables import events

KEPT = timedelta(days=3)


def first_time(connection: Connection, key: str, now: datetime) -> bool:
    """Whether a key was not seen within the time; of several who ask at once one is told so."""
    values = {"hash": _hash(key), "seen_at": now, "over": now - KEPT}
    return connection.execute(_adding(connection.dialect.name), values).rowcount == 1


@cache
def _adding(dialect: str) -> Insert:
    """Made once: every message asks."""
    values: dict[str, Any] = {"hash": bindparam("hash"), "seen_at": bindparam("seen_at")}
    over = events.c.seen_at <= bindparam("over", type_=events.c.seen_at.type)
    return put(dialect, events, values, where=over).execution_options(preserve_rowcount=True)


def forget(connection: Connection, key: str) -> None:
    """Let the next time be the first again."""
    connection.execute(delete(events).where(events.c.hash == _hash(key)))


def _hash(key: str) -> str:
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()

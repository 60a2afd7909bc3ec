"""What a platform told already: it repeats itself, to this process or to another one."""

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, delete

from adapters.store.adding import put
from adapters.store.tables import events

KEPT = timedelta(days=3)


def first_time(connection: Connection, key: str, now: datetime) -> bool:
    """Whether a key was not seen within the time; of several who ask at once one is told so."""
    values = {"hash": _hash(key), "seen_at": now}
    over = events.c.seen_at <= now - KEPT
    adding = put(connection.dialect.name, events, values, where=over)
    return connection.execute(adding.execution_options(preserve_rowcount=True)).rowcount == 1


def forget(connection: Connection, key: str) -> None:
    """Let the next time be the first again."""
    connection.execute(delete(events).where(events.c.hash == _hash(key)))


def _hash(key: str) -> str:
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()

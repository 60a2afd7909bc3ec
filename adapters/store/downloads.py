"""Who may fetch the file with everything that is stored on them: whoever has a secret, for a while.

The secret is in the address that the person gets, and nowhere else: here is a hash of it.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import Connection, delete, insert, select

from adapters.store.tables import downloads

KEPT_MINUTES = 15
_BYTES = 32


def offer(connection: Connection, person: str, now: datetime) -> str:
    """A new secret; the one before counts no more."""
    secret = token_urlsafe(_BYTES)
    until = now + timedelta(minutes=KEPT_MINUTES)
    connection.execute(delete(downloads).where(downloads.c.person == person))
    values = {"hash": _hash(secret), "person": person, "until": until}
    connection.execute(insert(downloads).values(values))
    return secret


def person_of(connection: Connection, secret: str, now: datetime) -> str:
    """Whose a secret is; empty where it is nobody's, or its time is over.

    It counts as often as it is used: what looks whether a link is safe fetches it first.
    """
    theirs = select(downloads.c.person).where(
        downloads.c.hash == _hash(secret), downloads.c.until > now
    )
    return connection.scalar(theirs) or ""


def _hash(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()

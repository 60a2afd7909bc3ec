"""Brings a database up to date, with all that delivering needs in it."""

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from adapters.store import migrating
from adapters.store.engine import StoreError, reading


def migrate(engine: Engine) -> None:
    """Everything that is missing; raises StoreError where it cannot be brought there."""
    migrating.migrate(engine)
    if engine.dialect.name != "postgresql":
        return
    from psycopg import Error

    from adapters.delivery.queue import prepare_queue

    try:
        with engine.begin() as connection:
            prepare_queue(connection)
    except (DBAPIError, Error) as error:
        reason = str(error.orig if isinstance(error, DBAPIError) else error).partition("\n")[0]
        raise StoreError(f"the tables of the queue could not be made ({reason})") from None


def behind(engine: Engine) -> bool:
    """Whether anything is missing; raises StoreError where the database is too new."""
    if migrating.behind(engine):
        return True
    if engine.dialect.name != "postgresql":
        return False
    from adapters.delivery.queue import is_prepared

    with reading(engine) as connection:
        return not is_prepared(connection)

"""Brings a database up to date, once, whatever number of processes starts at the same time."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from adapters.store.engine import StoreError, reading

LATEST = "0003"
"""The newest step in migrations/versions."""
VERSION_TABLE = "ally_version"
"""Not Alembic's own name: another program may use Alembic in the same database."""
_LOCK = 4_215_970_331
"""A number of our own, which PostgreSQL knows the lock by."""


def migrate(engine: Engine) -> None:
    """All steps that are missing, or none; raises StoreError where the database is too new."""
    if not behind(engine):
        return
    try:
        with engine.begin() as connection:
            _wait_for_others(connection)
            if _behind(connection):
                _upgrade(connection)
    except DBAPIError as error:
        reason = str(error.orig).partition("\n")[0]
        raise StoreError(
            f"the database could not be brought up to date ({reason}); nothing of it was changed"
        ) from None


def behind(engine: Engine) -> bool:
    """Whether steps are missing; raises StoreError where the database is newer than the program."""
    with reading(engine) as connection:
        return _behind(connection)


def _behind(connection: Connection) -> bool:
    version = _version(connection)
    if version > LATEST:
        raise StoreError(
            f"the database was brought to version {version} by a newer Ally, "
            f"and this one knows up to {LATEST}; update the program"
        )
    return version < LATEST


def _wait_for_others(connection: Connection) -> None:
    """One process at a time. On SQLite a transaction has the whole file already."""
    if connection.dialect.name == "postgresql":
        # no time-out: another process may be at it, and a step may take its time
        connection.execute(text("SET LOCAL lock_timeout = 0"))
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def _version(connection: Connection) -> str:
    """The last step that was applied; steps are numbered in order, of one width."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return ""
    return connection.scalar(text(f"SELECT max(version_num) FROM {VERSION_TABLE}")) or ""


def _upgrade(connection: Connection) -> None:
    # takes a while to load, and is hardly ever needed
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, version_table=VERSION_TABLE)
    command.upgrade(config, "head")

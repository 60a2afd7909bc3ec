"""How the database is reached: SQLite in a file, or PostgreSQL.

SQLAlchemy takes half a second to load, so that this package is imported where it is needed only.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SQLiteConnection

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.exc import ArgumentError, DBAPIError

LOCK_SECONDS = 10
"""How long something waits for another process that writes."""
STATEMENT_SECONDS = 15
CONNECT_SECONDS = 5
IDLE_SECONDS = 60
"""How long a transaction may do nothing before PostgreSQL ends it."""
CONNECTIONS = 5
MORE_CONNECTIONS = 10

_READING = "ally_reading"
_WAL_SECONDS = 0.05
_SQLITE = b"SQLite format 3\0"


class StoreError(Exception):
    """The database cannot be used. The text says why and what to do, and holds no secret."""


def connect(url: str) -> Engine:
    """The database at a URL, which was reached once; raises StoreError where it cannot be."""
    parsed = _parse(url)
    return _sqlite(parsed) if parsed.get_backend_name() == "sqlite" else _postgresql(parsed)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection to look something up with: it waits for nobody, and changes nothing.

    What changes something uses `engine.begin()`.
    """
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            yield connection.execution_options(**{_READING: True})
        else:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")


def _parse(url: str) -> URL:
    no_address = StoreError(
        "DATABASE_URL is no address of a database; it has to look like "
        "sqlite:////folder/ally.db or postgresql://user:password@host:5432/name "
        "(characters such as @ or / in a password have to be percent-encoded)"
    )
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise no_address from None
    if "@" in f"{parsed.host}{parsed.port}" or (parsed.host and "@" in (parsed.database or "")):
        raise no_address  # a piece of the password was taken for something else
    match parsed.drivername:
        case "postgres" | "postgresql" | "postgresql+psycopg":
            return parsed.set(drivername="postgresql+psycopg")
        case "sqlite" | "sqlite+pysqlite":
            return parsed.set(drivername="sqlite+pysqlite")
    raise StoreError(
        f"DATABASE_URL begins with {parsed.drivername}://, which is not known here; "
        "use sqlite:// or postgresql://"
    )


def _sqlite(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise StoreError(
            "DATABASE_URL names no file; write it like sqlite:////folder/ally.db "
            "(four slashes before a whole path)"
        )
    path = Path(url.database).expanduser()
    _make_file(path)
    engine = create_engine(
        url.set(database=str(path)),
        connect_args={"timeout": LOCK_SECONDS},
        pool_size=CONNECTIONS,
        max_overflow=MORE_CONNECTIONS,
        pool_timeout=LOCK_SECONDS,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    try:
        with reading(engine) as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
    except DBAPIError as error:
        engine.dispose()
        raise _unusable(path, error.orig) from None
    return engine


def _make_file(path: Path) -> None:
    """The file and its folder; what is new, nobody else on this machine may read."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600), "rb") as file:
            head = file.read(len(_SQLITE))
    except OSError as error:
        raise _unusable(path, error.strerror) from None
    if head not in (b"", _SQLITE):
        raise _unusable(path, "it is a file of something else")


def _unusable(path: Path, reason: object) -> StoreError:
    return StoreError(
        f"{path} cannot be used as the database ({reason}); "
        "check the file and its folder, or set DATABASE_URL to another one"
    )


def _prepare_sqlite(connection: SQLiteConnection, _: object) -> None:
    connection.isolation_level = None  # a transaction begins where `_begin_sqlite` says so
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    _write_ahead(connection)


def _write_ahead(connection: SQLiteConnection) -> None:
    """Readers and a writer side by side; SQLite itself does not wait for others here."""
    until = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except connection.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(_WAL_SECONDS)


def _begin_sqlite(connection: Connection) -> None:
    """Who will write says so at the start: a lock that is asked for later may be refused."""
    reads = connection.get_execution_options().get(_READING)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _postgresql(url: URL) -> Engine:
    try:
        engine = create_engine(
            url,
            connect_args={"connect_timeout": CONNECT_SECONDS},
            pool_size=CONNECTIONS,
            max_overflow=MORE_CONNECTIONS,
            pool_timeout=LOCK_SECONDS,
            pool_pre_ping=True,
            hide_parameters=True,
        )
    except ModuleNotFoundError:
        raise StoreError(
            "DATABASE_URL names a PostgreSQL database, but its library is missing: "
            "pip install 'ally-nudge[postgres]' (in the project's folder: '.[postgres]')"
        ) from None
    event.listen(engine, "connect", _prepare_postgresql)
    event.listen(engine, "handle_error", _keep_values_out)
    try:
        with reading(engine) as connection:
            connection.exec_driver_sql("SELECT 1")
    except DBAPIError as error:
        engine.dispose()
        raise StoreError(
            f"the database {url.database or ''} at {url.host or 'this machine'}"
            f"{f':{url.port}' if url.port else ''} cannot be reached ({_reason(error, url)}); "
            "check DATABASE_URL, and that the database runs and lets this machine in"
        ) from None
    return engine


def _prepare_postgresql(connection: DBAPIConnection, _: object) -> None:
    # not as options of the connection: poolers in front of PostgreSQL refuse those
    cursor = connection.cursor()
    cursor.execute(
        f"SET statement_timeout = '{STATEMENT_SECONDS}s'; SET lock_timeout = '{LOCK_SECONDS}s'; "
        f"SET idle_in_transaction_session_timeout = '{IDLE_SECONDS}s'; SET timezone = 'UTC'"
    )
    cursor.close()
    connection.commit()


def _keep_values_out(context: ExceptionContext) -> None:
    """PostgreSQL quotes the row that it refused; errors are logged, and rows are people's own."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).partition("\nDETAIL:")[0], *error.args[1:])


def _reason(error: DBAPIError, url: URL) -> str:
    """What the driver says, where none of what only the operator may know is in it."""
    secrets = [str(value) for key, value in url.query.items() if "pass" in key]
    lines = str(error.orig).strip().splitlines() or ["no reason was given"]
    reason = next((line for line in lines if "failed: " in line), lines[0])
    if any(secret and secret in reason for secret in (str(url.password or ""), *secrets)):
        return "no reason was given"
    return reason.rpartition("failed: ")[2].removeprefix("FATAL:").strip()

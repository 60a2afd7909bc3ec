"""The database is reached, or it is said in words why not; a password is never said."""

import sqlite3
import stat
import traceback
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, make_url, select, text
from sqlalchemy.exc import DBAPIError, StatementError

from adapters.store import engine as engine_module
from adapters.store.engine import StoreError, connect, reading
from adapters.store.tables import events, metadata

SECRET = "hunter2"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        pytest.param(f"{SECRET}", "is no address", id="no URL"),
        pytest.param("", "is no address", id="nothing"),
        pytest.param(f"postgresql://u:{SECRET}@h:port/n", "is no address", id="port in letters"),
        pytest.param(f"postgresql://u:x@{SECRET}@h/n", "percent-encoded", id="@ in password"),
        pytest.param(f"postgresql://u:x@h/{SECRET}@i/n", "percent-encoded", id="/ in password"),
        pytest.param(f"mysql://u:{SECRET}@h/n", "begins with mysql://", id="another database"),
        pytest.param(
            f"postgresql+asyncpg://u:{SECRET}@h/n", "begins with postgresql+", id="another driver"
        ),
        pytest.param(
            f"postgres://u:{SECRET}@127.0.0.1:1/n", "n at 127.0.0.1:1 cannot", id="nobody there"
        ),
        pytest.param(
            f"postgres://u:{SECRET}@127.0.0.1:1/n?sslmode={SECRET}x",
            "no reason was given",
            id="password in the reason",
        ),
        pytest.param(
            f"postgres://u:{SECRET}@127.0.0.1:1/n?foo=1", 'option "foo"', id="unknown option"
        ),
        pytest.param("sqlite://", "names no file", id="SQLite in memory"),
        pytest.param("sqlite:////proc/nowhere/ally.db", "cannot be used", id="no such folder"),
        pytest.param("sqlite:////tmp", "Is a directory", id="a folder"),
    ],
)
def test_a_wrong_address_is_explained(url: str, said: str) -> None:
    with pytest.raises(StoreError) as caught:
        connect(url)
    assert said in str(caught.value)
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_a_wrong_password_or_database_is_explained(empty_url: str) -> None:
    url = make_url(empty_url)
    if url.get_backend_name() == "sqlite":
        pytest.skip("SQLite has no passwords")
    wrong = url.set(database="nowhere", password=SECRET)
    with pytest.raises(StoreError, match='database "nowhere" does not exist') as caught:
        connect(wrong.render_as_string(hide_password=False))
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("start", ["postgres", "postgresql", "postgresql+psycopg"])
def test_the_addresses_that_hosts_give_are_understood(postgresql_url: str, start: str) -> None:
    engine = connect(postgresql_url.replace("postgresql", start, 1))
    assert engine.driver == "psycopg"
    engine.dispose()


def test_a_file_of_something_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear all, this is no database at all.\n")
    path.chmod(0o644)
    with pytest.raises(StoreError, match="something else"):
        connect(f"sqlite:///{path}")
    assert path.read_text() == "Dear all, this is no database at all.\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert list(tmp_path.iterdir()) == [path]


def test_nobody_else_may_read_the_file(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/new/folder/ally.db")
    metadata.create_all(engine)
    folder = tmp_path / "new/folder"
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes == {"ally.db": 0o600, "ally.db-wal": 0o600, "ally.db-shm": 0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    engine.dispose()


def test_sqlite_is_set_up(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/ally.db")
    with reading(engine) as connection:

        def pragma(name: str) -> object:
            return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()

        assert pragma("journal_mode") == "wal"
        assert pragma("synchronous") == 1
        assert pragma("foreign_keys") == 1
        assert pragma("busy_timeout") == 1000 * engine_module.LOCK_SECONDS
    engine.dispose()


def test_postgresql_never_waits_for_ever(postgresql_url: str) -> None:
    engine = connect(postgresql_url)
    with reading(engine) as connection:

        def setting(name: str) -> object:
            return connection.execute(text(f"SHOW {name}")).scalar_one()

        assert setting("statement_timeout") == "15s"
        assert setting("lock_timeout") == "10s"
        assert setting("idle_in_transaction_session_timeout") == "1min"
        assert setting("timezone") == "UTC"
    engine.dispose()


def test_a_connection_that_broke_is_not_used_again(postgresql_url: str) -> None:
    engine, other = connect(postgresql_url), connect(postgresql_url)
    with reading(engine) as connection:
        process = connection.scalar(text("SELECT pg_backend_pid()"))
    with reading(other) as connection:
        connection.execute(
            text("SELECT pg_terminate_backend(:process, 5000)"), {"process": process}
        )
    with reading(engine) as connection:
        assert connection.scalar(text("SELECT pg_backend_pid()")) != process
    engine.dispose()
    other.dispose()


def test_who_writes_waits_for_who_writes_and_who_reads_does_not(engine: Engine) -> None:
    with engine.begin() as writing:
        writing.execute(insert(events).values(hash="a", seen_at=datetime.now(UTC)))
        with reading(engine) as connection:
            assert connection.execute(select(events)).all() == []
    with reading(engine) as connection:
        assert len(connection.execute(select(events)).all()) == 1


def test_many_writers_on_one_sqlite_file_lose_nothing(tmp_path: Path) -> None:
    """Each reads first and writes then: a lock that is asked for late would be refused."""
    engines = [connect(f"sqlite:///{tmp_path}/ally.db") for _ in range(4)]
    metadata.create_all(engines[0])
    with engines[0].begin() as connection:
        connection.execute(text("CREATE TABLE counter AS SELECT 0 AS number"))

    def count(engine: Engine) -> None:
        for _ in range(50):
            with engine.begin() as connection:
                number = connection.scalar(text("SELECT number FROM counter"))
                connection.execute(text("UPDATE counter SET number = :next"), {"next": number + 1})

    with ThreadPoolExecutor(len(engines)) as threads:
        list(threads.map(count, engines))
    with reading(engines[0]) as connection:
        assert connection.scalar(text("SELECT number FROM counter")) == 200
    for engine in engines:
        engine.dispose()


def test_no_value_is_in_an_error(engine: Engine) -> None:
    with pytest.raises(DBAPIError) as caught, engine.begin() as connection:
        connection.execute(insert(events).values(hash=SECRET, seen_at=None))
    assert "seen_at" in str(caught.value)
    assert SECRET not in "".join(traceback.format_exception(caught.value))


NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
IN_MONTREAL = timezone(timedelta(hours=-4))


@pytest.mark.parametrize(
    "instant",
    [
        pytest.param(NOON, id="UTC"),
        pytest.param(NOON.replace(microsecond=1), id="a microsecond"),
        pytest.param(NOON.astimezone(IN_MONTREAL), id="another zone"),
    ],
)
def test_instants_come_back_as_they_were(engine: Engine, instant: datetime) -> None:
    with engine.begin() as connection:
        connection.execute(insert(events).values(hash="a", seen_at=instant))
    with reading(engine) as connection:
        found = connection.scalar(select(events.c.seen_at))
    assert found == instant
    assert found is not None
    assert found.tzinfo is UTC


def test_instants_sort_and_compare_whatever_zone_they_were_given_in(engine: Engine) -> None:
    instants = [
        NOON,
        (NOON + timedelta(microseconds=1)).astimezone(IN_MONTREAL),
        NOON + timedelta(seconds=1),
        (NOON + timedelta(hours=1)).astimezone(IN_MONTREAL),
        NOON.replace(year=2027),
    ]
    rows = [{"hash": str(place), "seen_at": at} for place, at in enumerate(instants)]
    with engine.begin() as connection:
        connection.execute(insert(events), rows[::-1])
    with reading(engine) as connection:
        ordered = connection.scalars(select(events.c.seen_at).order_by(events.c.seen_at)).all()
        assert ordered == instants
        for place, at in enumerate(instants):
            before = connection.scalars(select(events.c.hash).where(events.c.seen_at < at)).all()
            assert sorted(before) == [row["hash"] for row in rows[:place]]


def test_an_instant_without_a_zone_is_refused(engine: Engine) -> None:
    with (
        pytest.raises(StatementError, match="needs a zone"),
        engine.begin() as connection,
    ):
        connection.execute(insert(events).values(hash="a", seen_at=NOON.replace(tzinfo=None)))


def test_what_is_due_is_found_by_an_index(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL does not look at an index where a table is small")
    with reading(engine) as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT * FROM weeklies WHERE next_at <= '2026-03-09'"
        ).all()
    assert "ix_weeklies_next_at" in str(plan)


def test_the_file_is_one_that_any_sqlite_reads(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/ally.db")
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(events).values(hash="a", seen_at=NOON))
    engine.dispose()
    plain = sqlite3.connect(tmp_path / "ally.db")
    assert plain.execute("SELECT seen_at FROM events").fetchall() == [
        ("2026-03-09 12:00:00.000000",)
    ]
    plain.close()

"""The few things that SQLite and PostgreSQL each say in their own way."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from adapters.store.tables import limits, used_tips

Clock = Callable[[Connection], datetime]
"""Tells all who deliver the same time."""


def database_clock(connection: Connection) -> datetime:
    """The time of the database, so that several machines need not agree."""
    if connection.dialect.name == "postgresql":
        now: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
        return now.astimezone(UTC)
    return datetime.now(UTC)  # the database is a file of this machine


def clock_from(at: datetime) -> Clock:
    """A clock that shows an instant now, and goes on from there."""
    started = monotonic()
    return lambda _connection: at + timedelta(seconds=monotonic() - started)


def insert_new(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> Sequence[str]:
    """Adds the rows that are not there yet; their ids."""
    if not rows:
        return ()
    if connection.dialect.name == "postgresql":
        names = list(rows[0])
        given = _as_arrays(connection, table, names)
        statement = text(
            f"INSERT INTO {table.name} ({', '.join(names)}) SELECT * FROM {given} "
            "ON CONFLICT DO NOTHING RETURNING id"
        )
        columns = {name: [row[name] for row in rows] for name in names}
        return [row.id for row in connection.execute(statement, columns)]
    new = sqlite.insert(table).on_conflict_do_nothing().returning(table.c.id)
    return list(connection.scalars(new, list(rows)))


def move_all(connection: Connection, table: Table, next_at: Mapping[str, datetime | None]) -> None:
    """Gives rows of schedules, by their ids, their next instants."""
    if connection.dialect.name == "postgresql":
        given = _as_arrays(connection, table, ["id", "next_at"])
        statement = text(
            f"UPDATE {table.name} SET next_at = given.next_at FROM {given} AS given (id, next_at) "
            f"WHERE {table.name}.id = given.id"
        )
        connection.execute(statement, {"id": list(next_at), "next_at": list(next_at.values())})
        return
    connection.execute(
        update(table).where(table.c.id == bindparam("this")).values(next_at=bindparam("next")),
        [{"this": id, "next": at} for id, at in next_at.items()],
    )


def _as_arrays(connection: Connection, table: Table, names: Sequence[str]) -> str:
    """Rows as one array for each column: thousands of them go over in one statement."""
    types = (table.c[name].type.compile(connection.dialect) for name in names)
    arrays = (f"CAST(:{name} AS {type}[])" for name, type in zip(names, types, strict=True))
    return f"unnest({', '.join(arrays)})"


def put_off(connection: Connection, times: Mapping[str, datetime]) -> None:
    """Nothing goes to these keys before these instants; what was asked for longer stays."""
    if not times:
        return
    statement = _insert(connection, limits)
    given = statement.excluded.not_before
    latest = func.greatest if connection.dialect.name == "postgresql" else func.max
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[limits.c.key],
            set_={"not_before": latest(limits.c.not_before, given)},
        ),
        [{"key": key, "not_before": at} for key, at in sorted(times.items())],
    )


def remember_tips(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """These tips were used in these channels now."""
    if not rows:
        return
    statement = _insert(connection, used_tips)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[used_tips.c.channel, used_tips.c.tip],
            set_={"used_at": statement.excluded.used_at},
        ),
        list(rows),
    )


def take_turns(connection: Connection, names: Iterable[str]) -> None:
    """Nobody else gets beyond this for the same names until the transaction ends.

    On SQLite there is nobody else: a transaction has the whole file.
    """
    if connection.dialect.name == "postgresql":
        for name in sorted(set(names)):
            number = func.hashtextextended(name, 0)
            connection.execute(select(func.pg_advisory_xact_lock(number)))


def _insert(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)

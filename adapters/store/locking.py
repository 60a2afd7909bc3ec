"""Who has to wait for whom, where no row says so yet.

On SQLite a transaction has the whole file already; on PostgreSQL others go on, and see rows later.
"""

from collections.abc import Collection

from sqlalchemy import Connection, Table, select, text

from adapters.store.tables import deliveries, reminders, weeklies


def keep_others_out(connection: Connection, table: Table) -> None:
    """Nobody else changes a table until the transaction ends; anybody may look something up."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE"))


def still_there(
    connection: Connection, ids: Collection[str], schedules: Collection[str]
) -> frozenset[str]:
    """Which deliveries nobody has erased meanwhile; nobody does until the transaction ends.

    `schedules` are those that will be changed: they are locked first, as by everybody else.
    """
    for table in (weeklies, reminders):
        if schedules:
            _lock(connection, table, schedules)
    return frozenset(_lock(connection, deliveries, ids))


def _lock(connection: Connection, table: Table, ids: Collection[str]) -> Collection[str]:
    these = select(table.c.id).where(table.c.id.in_(sorted(ids))).order_by(table.c.id)
    return connection.scalars(these.with_for_update()).all()

"""Everything that is stored on a person, as plain data that a file can hold."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from adapters.store.naming import of_person

Plain = dict[str, list[dict[str, Any]]]
"""The rows of each table; dates and instants are ISO text."""


def file_of(connection: Connection, person: str, now: datetime) -> dict[str, Any]:
    """What a person's own file says."""
    return {"person": person, "told_at": _plain(now), "tables": tell(connection, person)}


def tell(connection: Connection, person: str) -> Plain:
    """All rows that name the person, and no other; a table without one is left out."""
    told = {
        table.name: [
            {name: _plain(value) for name, value in row.items()}
            for row in connection.execute(
                select(table).where(these).order_by(*table.primary_key)
            ).mappings()
        ]
        for table, these in of_person(person).items()
    }
    return {name: rows for name, rows in told.items() if rows}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value

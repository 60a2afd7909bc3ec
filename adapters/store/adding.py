"""A row is added, or changed where it is there already: both databases can, in their own words."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table
from sqlalchemy.dialects import postgresql, sqlite

Insert = sqlite.Insert | postgresql.Insert


def insert(dialect: str, table: Table) -> Insert:
    """An insert that knows what to do where a row is there already."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def put(
    dialect: str,
    table: Table,
    values: Mapping[str, Any],
    where: ColumnElement[bool] | None = None,
) -> Insert:
    """These values under the table's key, new or not; only where `where` holds for an old row."""
    keys = {column.name for column in table.primary_key}
    changed = {name: value for name, value in values.items() if name not in keys}
    adding = insert(dialect, table).values(values)
    return adding.on_conflict_do_update(index_elements=sorted(keys), set_=changed, where=where)

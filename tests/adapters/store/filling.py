"""A row in every table, and a way to find every row that names somebody."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, select

from adapters.store.adding import insert as insert_into
from adapters.store.naming import weekly_id, workspace_of
from adapters.store.tables import (
    addresses,
    deliveries,
    downloads,
    events,
    false_alarms,
    houses,
    limits,
    managers,
    metadata,
    nudged_channels,
    nudging,
    preferences,
    reminders,
    used_tips,
    weeklies,
)

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=7)


def fill(connection: Connection, person: str, channel: str) -> None:
    """Somebody did everything that can be done, in a channel of theirs."""
    workspace = workspace_of(person)
    own, mark = {"workspace": workspace}, sha256(person.encode()).hexdigest()[:8]
    address = own | {"conversation": "c", "service_url": "https://s.example", "bot": "28:b"}
    address |= {"team": ""}
    schedule: dict[str, Any] = own | {"rule": "FREQ=WEEKLY", "since": date(2026, 3, 2)}
    schedule |= {"zone": "Europe/Paris", "next_at": LATER}

    def delivery(kind: str, of: str, target: str, status: str, day: int) -> dict[str, Any]:
        at = NOON.replace(day=day)
        ids = {"id": f"{of}/{kind}{day}", "kind": kind, "schedule": of, "target": target}
        return (
            own | ids | {"local_date": at.date(), "due_at": at, "not_before": at, "status": status}
        )

    weekly = weekly_id(channel)
    rows: dict[Table, list[dict[str, Any]]] = {
        preferences: [
            own | {"key": person, "language": "fr", "zone": "Europe/Paris"},
            own | {"key": channel, "language": "en", "zone": "UTC"},
            own | {"key": workspace, "language": "fr", "zone": "America/Toronto"},
        ],
        houses: [own | {"restricted": True}],
        managers: [own | {"person": person}],
        addresses: [address | {"key": person}, address | {"key": channel, "team": f"{channel}s"}],
        weeklies: [schedule | {"id": weekly, "channel": channel, "owner": person}],
        used_tips: [own | {"channel": channel, "tip": "t", "used_at": NOON}],
        reminders: [
            schedule | {"id": f"r{mark}", "person": person, "words": f"call {mark}"},
            schedule | {"id": f"o{mark}", "person": person, "words": "x", "next_at": None},
        ],
        deliveries: [
            delivery("tip", weekly, channel, "waiting", 9),
            delivery("tip", weekly, channel, "sent", 2),
            delivery("word", f"word/{weekly}", person, "waiting", 3),
            delivery("reminder", f"r{mark}", person, "waiting", 9),
            delivery("reminder", f"r{mark}", person, "sent", 2),
        ],
        downloads: [{"hash": f"d{mark}", "person": person, "until": LATER}],
        nudging: [own | {"person": person, "on": True, "muted": "w-a", "snoozed_until": LATER}],
        nudged_channels: [own | {"channel": channel}],
        false_alarms: [{"rule": "w-a", "times": 1}],
        limits: [
            {"key": key, "not_before": NOON}
            for key in (workspace, f"{workspace}#next", person, f"{person}#next", channel)
        ],
        events: [{"hash": sha256(person.encode()).hexdigest(), "seen_at": NOON}],
    }
    assert set(rows) == set(metadata.tables.values()), "a table that nothing is put into"
    for table, values in rows.items():  # what a workspace has once may be there already
        adding = insert_into(connection.dialect.name, table).on_conflict_do_nothing()
        connection.execute(adding, values)


def everything(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables."""
    return {table.name: _rows(connection, table) for table in metadata.sorted_tables}


def _rows(connection: Connection, table: Table) -> list[dict[str, Any]]:
    found = connection.execute(select(table).order_by(*table.primary_key))
    return [dict(row) for row in found.mappings()]


def naming(connection: Connection, word: str) -> dict[str, list[dict[str, Any]]]:
    """The rows with a word anywhere in them."""
    found = {
        name: [row for row in rows if any(word in str(value) for value in row.values())]
        for name, rows in everything(connection).items()
    }
    return {name: rows for name, rows in found.items() if rows}

"""What is due: a schedule whose time has come gets its delivery, and moves on to its next time.

Both happen in one transaction, and there is one delivery for each schedule and local date: whatever
number of processes looks, and whenever one of them dies, nothing is lost and nothing comes twice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

import structlog
from sqlalchemy import Connection, Engine, Row, Table, select, update

from adapters.delivery.statements import insert_new, move_all
from adapters.store.engine import reading
from adapters.store.tables import deliveries, reminders, weeklies
from bot.schedule.plan import Due, due, lateness
from bot.schedule.recurrence import from_rrule, shown

BATCH = 2000
GRACE = timedelta(hours=1)
"""So long it is not late at all; or what is due just before midnight would never go out."""

log = structlog.get_logger()


Queue = Callable[[Connection, Sequence[str]], None]
"""Tells who delivers the ids of deliveries, as a part of the transaction that makes them."""


def nobody(_connection: Connection, _ids: Sequence[str]) -> None:
    """Nobody needs to be told: who delivers looks at the rows."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a tick found."""

    due: int = 0
    """Schedules whose time had come."""
    waiting: int = 0
    """Deliveries that are to go out."""
    skipped: int = 0
    """Deliveries that were missed, and noted."""

    def __add__(self, other: "Ticked") -> "Ticked":
        return Ticked(
            self.due + other.due, self.waiting + other.waiting, self.skipped + other.skipped
        )


def tick(engine: Engine, now: datetime, queue: Queue = nobody) -> Ticked:
    """Makes the deliveries of everything that is due."""
    total = Ticked()
    for table in (weeklies, reminders):
        if not _any(engine, table, now):
            continue
        while (ticked := _batch(engine, table, now, queue)).due:
            total += ticked
    return total


def _any(engine: Engine, table: Table, now: datetime) -> bool:
    """Whether anything is due; almost always nothing is, and nobody has to wait for that."""
    with reading(engine) as connection:
        first = select(table.c.id).where(table.c.next_at <= now).limit(1)
        return connection.execute(first).first() is not None


def _batch(engine: Engine, table: Table, now: datetime, queue: Queue) -> Ticked:
    """Makes the deliveries of the first that are due, in one transaction."""
    with engine.begin() as connection:
        wanted = (
            select(table)
            .where(table.c.next_at <= now)
            .order_by(table.c.next_at)
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        )
        schedules = connection.execute(wanted).all()
        if not schedules:
            return Ticked()
        rows: list[dict[str, Any]] = []
        moved: dict[str, datetime | None] = {}
        for schedule in schedules:
            found = _due(schedule, now)
            moved[schedule.id] = found.next
            rows += _deliveries(schedule, found, table)
        added = set(insert_new(connection, deliveries, rows))
        rows = [row for row in rows if row["id"] in added]
        waiting = [row["id"] for row in rows if row["status"] == "waiting"]
        if waiting:
            queue(connection, waiting)
        move_all(connection, table, moved)
        if table is reminders:  # they are kept for a while after the last time
            these = reminders.c.id.in_(moved)
            connection.execute(update(reminders).where(these).values(fired_at=now))
        return Ticked(len(schedules), len(waiting), len(rows) - len(waiting))


def _due(schedule: Row[Any], now: datetime) -> Due:
    """What a schedule has to do; one that cannot be read has nothing to do, ever."""
    expected = schedule.next_at
    seen = expected if now - expected <= GRACE else now
    if not schedule.rule:
        late = lateness(expected, seen, schedule.zone) == "skip"
        return Due(None, expected, None) if late else Due(expected, None, None)
    try:
        return _worked_out(schedule.rule, schedule.since, schedule.zone, expected, seen)
    except (ValueError, LookupError) as error:
        log.error("schedule not understood", schedule=schedule.id, error=type(error).__name__)
        return Due(None, None, None)


@lru_cache(maxsize=10_000)
def _worked_out(rule: str, since: date, zone: str, expected: datetime, seen: datetime) -> Due:
    """Many schedules have the same rule, which is worked out once."""
    return due(from_rrule(rule, since), zone, expected, seen)


def _deliveries(schedule: Row[Any], found: Due, table: Table) -> list[dict[str, Any]]:
    """The rows of what goes out and of what was missed; none while it is paused."""
    rows = []
    weekly = table is weeklies
    for at, status in ((found.skipped, "skipped"), (found.send, "waiting")):
        if at is None:
            continue
        day = shown(at, schedule.zone).date()
        if weekly and schedule.paused_until and day < schedule.paused_until:
            continue
        rows.append(
            {
                "id": f"{schedule.id}/{day}",
                "kind": "tip" if weekly else "reminder",
                "schedule": schedule.id,
                "local_date": day,
                "due_at": at,
                "workspace": schedule.workspace,
                "target": schedule.channel if weekly else schedule.person,
                "entry": "" if weekly else schedule.entry,
                "status": status,
                "attempts": 0,
                "not_before": at,
                "reason": "late" if status == "skipped" else "",
                "done_at": at if status == "skipped" else None,
            }
        )
    return rows

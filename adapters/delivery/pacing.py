"""How fast it goes: so many messages for a channel and a workspace, and none where a platform has
asked to be left alone. All who deliver share the same rows, so the limits hold for them together.

What may not go yet gets its own later place, kept for it: it is looked at once more, not again and
again, and it never stands in the way of others.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select

from adapters.delivery.statements import put_off
from adapters.store.tables import limits

PACED = "paced"
"""The reason of a delivery that waits for the place that is kept for it."""
_IN_TIME = timedelta(seconds=2)
"""A place counts for so long; those of an hour ago would all be taken at once."""
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds from one message to the next."""

    channel_seconds: float = 1.2
    """A second is what platforms allow; the rest is for the ways there, which are not equal."""
    workspace_seconds: float = 0.07
    """Fourteen a second: thirty calls are allowed, and a chat that has to be opened takes two."""


@dataclass(slots=True)
class Places:
    """The limits of some workspaces and of what is in them, in one transaction."""

    pace: Pace
    now: datetime
    _times: dict[str, datetime]
    _changed: set[str] = field(default_factory=set)

    def take(self, row: Row[Any]) -> datetime:
        """When a delivery may go: now, or at a later place that is kept for it."""
        workspace, target = row.workspace, row.target
        if row.reason == PACED and self._time(workspace) <= self.now:
            if (free := self._time(target)) > self.now:
                return free
            in_time = self.now - row.not_before <= _IN_TIME
            if in_time or self._time(f"{workspace}#last") <= self.now:
                return self._sent(row)
        ours = (workspace, f"{workspace}#next", f"{workspace}#last")
        mine = max(self.now, *map(self._time, ours))
        place = max(mine, self._time(f"{target}#next"), self._time(target))
        self._set(f"{workspace}#next", mine, self.pace.workspace_seconds)
        if place <= self.now:
            return self._sent(row)
        self._set(f"{target}#next", place, self.pace.channel_seconds)
        return place

    def _sent(self, row: Row[Any]) -> datetime:
        self._set(row.target, self.now, self.pace.channel_seconds)
        self._set(f"{row.workspace}#last", self.now, self.pace.workspace_seconds)
        return self.now

    def _time(self, key: str) -> datetime:
        return self._times.get(key, _LONG_AGO)

    def _set(self, key: str, at: datetime, seconds: float) -> None:
        self._times[key] = at + timedelta(seconds=seconds)
        self._changed.add(key)

    def changed(self) -> Mapping[str, datetime]:
        """What has to be stored."""
        return {key: self._times[key] for key in self._changed}


def places(connection: Connection, rows: Iterable[Row[Any]], pace: Pace, now: datetime) -> Places:
    """The limits of what some rows go to."""
    keys = {key for row in rows for key in _keys(row)}
    found = connection.execute(select(limits).where(limits.c.key.in_(keys)))
    return Places(pace, now, {row.key: row.not_before for row in found})


def keep(connection: Connection, places: Places) -> None:
    """Stores the limits as they are now."""
    put_off(connection, places.changed())


def leave_alone(connection: Connection, workspace: str, until: datetime) -> None:
    """A platform asks for no messages in a workspace until an instant; the others go on."""
    put_off(connection, {workspace: until})


def _keys(row: Row[Any]) -> tuple[str, ...]:
    workspace, target = row.workspace, row.target
    return workspace, f"{workspace}#next", f"{workspace}#last", target, f"{target}#next"

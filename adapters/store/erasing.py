"""What goes for good: with a workspace, with a channel, or because its time is over."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, or_, select

from adapters.store.events import KEPT
from adapters.store.locking import keep_others_out
from adapters.store.naming import Rows, of_channel, of_workspace
from adapters.store.tables import (
    addresses,
    deliveries,
    downloads,
    events,
    limits,
    nudged_channels,
    nudging,
    preferences,
    reminders,
    used_tips,
    weeklies,
)

DELIVERIES_KEPT = timedelta(days=90)
REMINDERS_KEPT = timedelta(days=30)
LIMITS_KEPT = timedelta(hours=1)
"""Nobody waits for a time that is past; the hour is for clocks that differ."""


def purge_workspace(connection: Connection, workspace: str) -> None:
    """The bot was removed from a workspace."""
    _erase(connection, of_workspace(workspace))


def purge_channel(connection: Connection, channel: str) -> None:
    """The bot was removed from a channel, or the channel is gone."""
    _erase(connection, of_channel(channel))


def purge_team(connection: Connection, workspace: str, team: str) -> None:
    """The bot was removed from a team, or the team is gone: so is every channel of it."""
    if not team:
        return
    of_team = (addresses.c.workspace == workspace, addresses.c.team == team)
    keys = select(addresses.c.key).where(*of_team).order_by(addresses.c.key)
    for channel in connection.scalars(keys).all():
        purge_channel(connection, channel)


def retention(connection: Connection, now: datetime) -> Mapping[str, int]:
    """Everything that was kept long enough; how many rows of each table went."""
    over: dict[Table, ColumnElement[bool]] = {
        reminders: _is_over(now - REMINDERS_KEPT),
        deliveries: deliveries.c.due_at < now - DELIVERIES_KEPT,
        downloads: downloads.c.until <= now,
        limits: limits.c.not_before < now - LIMITS_KEPT,
        nudging: _is_no_choice(now),
        events: events.c.seen_at <= now - KEPT,
    }
    gone = _erase(connection, over)
    keep_others_out(connection, addresses)  # what they are needed for is saved before they are
    return {**gone, **_erase(connection, {addresses: _is_needless()})}


def _is_over(before: datetime) -> ColumnElement[bool]:
    """A reminder that comes no more; one that never fired counts from its own date."""
    fired = reminders.c.fired_at < before
    missed = and_(reminders.c.fired_at.is_(None), reminders.c.since < before.date())
    return and_(reminders.c.next_at.is_(None), or_(fired, missed))


def _is_no_choice(now: datetime) -> ColumnElement[bool]:
    """A silence that is over, of somebody who wants no nudges and muted nothing."""
    return and_(nudging.c.on.is_(False), nudging.c.muted == "", nudging.c.snoozed_until <= now)


def _is_needless() -> ColumnElement[bool]:
    """An address that no reminder, no channel's tips and no delivery goes to; nor does it tell the
    team of a channel that anything is stored on.
    """
    waiting = select(deliveries.c.target).where(deliveries.c.status == "waiting")
    needed = (
        select(reminders.c.person),
        select(weeklies.c.channel),
        select(weeklies.c.owner),
        waiting,
    )
    stored = (
        select(used_tips.c.channel),
        select(preferences.c.key),
        select(nudged_channels.c.channel),
    )
    no_team = and_(*(addresses.c.key.not_in(keys) for keys in stored))
    return and_(
        *(addresses.c.key.not_in(keys) for keys in needed),
        or_(addresses.c.team == "", no_team),
    )


def _erase(connection: Connection, rows: Rows) -> Mapping[str, int]:
    return {
        table.name: connection.execute(delete(table).where(these)).rowcount
        for table, these in rows.items()
    }

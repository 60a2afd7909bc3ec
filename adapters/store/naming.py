"""Which rows name a person, a channel or a workspace; no other row names one.

What is told, forgotten and erased follows from here. Schedules come before their deliveries: who
takes both waits at the schedule for a tick that is under way, and so sees what it made.
"""

from collections.abc import Mapping
from hashlib import sha256

from sqlalchemy import ColumnElement, Table, or_

from adapters.store.tables import (
    addresses,
    deliveries,
    downloads,
    houses,
    limits,
    managers,
    nudged_channels,
    nudging,
    preferences,
    reminders,
    used_tips,
    weeklies,
)

Rows = Mapping[Table, ColumnElement[bool]]
"""Tables, and which of their rows."""


def of_person(person: str) -> Rows:
    """The rows that name a person."""
    return {
        weeklies: weeklies.c.owner == person,
        reminders: reminders.c.person == person,
        deliveries: deliveries.c.target == person,
        preferences: preferences.c.key == person,
        managers: managers.c.person == person,
        nudging: nudging.c.person == person,
        addresses: addresses.c.key == person,
        downloads: downloads.c.person == person,
        limits: _limits_of(person),
    }


def of_channel(channel: str) -> Rows:
    """The rows of a channel."""
    return {
        weeklies: weeklies.c.channel == channel,
        deliveries: or_(deliveries.c.target == channel, of_weekly(channel)),
        used_tips: used_tips.c.channel == channel,
        preferences: preferences.c.key == channel,
        nudged_channels: nudged_channels.c.channel == channel,
        addresses: addresses.c.key == channel,
        limits: _limits_of(channel),
    }


def of_workspace(workspace: str) -> Rows:
    """The rows of a workspace, and of everybody and everything in it."""
    tables = (
        weeklies,
        reminders,
        deliveries,
        used_tips,
        preferences,
        managers,
        houses,
        nudging,
        nudged_channels,
        addresses,
    )
    inside = f"{workspace}/"
    return {table: table.c.workspace == workspace for table in tables} | {
        downloads: downloads.c.person.startswith(inside, autoescape=True),
        limits: or_(_limits_of(workspace), limits.c.key.startswith(inside, autoescape=True)),
    }


def workspace_of(key: str) -> str:
    """The workspace that a person or a channel is in; a workspace itself."""
    return key.partition("/")[0]


def weekly_id(channel: str) -> str:
    """The id of a channel's tips: always the same, so that one day never has two of them."""
    return f"w{sha256(channel.encode()).hexdigest()[:24]}"


def of_weekly(channel: str) -> ColumnElement[bool]:
    """The deliveries of a channel's tips, a word on them to their owner included."""
    schedule = weekly_id(channel)
    return deliveries.c.schedule.in_((schedule, f"word/{schedule}"))


def _limits_of(key: str) -> ColumnElement[bool]:
    """Limits have the key of what they are of, some with a word behind it: "key#next"."""
    return or_(limits.c.key == key, limits.c.key.startswith(f"{key}#", autoescape=True))

"""Who wants to be nudged and where they may be; and how often a rule was wrong, of nobody."""

from collections.abc import Mapping

from sqlalchemy import Connection, Executable, bindparam, delete, select

from adapters.store.adding import insert, put
from adapters.store.naming import workspace_of
from adapters.store.tables import false_alarms, nudged_channels, nudging
from bot.memory import Nudging

# Made once: every message of a channel that allows nudges asks.
_OWN = select(nudging).where(nudging.c.person == bindparam("person"))
_HERE = select(nudged_channels.c.channel).where(nudged_channels.c.channel == bindparam("channel"))
_FALSE_ALARMS = select(false_alarms).order_by(false_alarms.c.times.desc(), false_alarms.c.rule)


def of_person(connection: Connection, person: str) -> Nudging:
    """What a person chose."""
    row = connection.execute(_OWN, {"person": person}).first()
    if row is None:
        return Nudging()
    return Nudging(row.on, frozenset(row.muted.split()), row.snoozed_until)


def allowed_in(connection: Connection, channel: str) -> bool:
    """Whether an admin allowed them in a channel."""
    return connection.execute(_HERE, {"channel": channel}).first() is not None


def choose(dialect: str, person: str, chosen: Nudging) -> Executable:
    """Where nothing is chosen any more there is no row."""
    if chosen == Nudging():
        return delete(nudging).where(nudging.c.person == person)
    values = {
        "person": person,
        "workspace": workspace_of(person),
        "on": chosen.on,
        "muted": " ".join(sorted(chosen.muted)),
        "snoozed_until": chosen.snoozed_until,
    }
    return put(dialect, nudging, values)


def allow(dialect: str, channel: str) -> Executable:
    """From now on in a channel."""
    adding = insert(dialect, nudged_channels)
    values = {"channel": channel, "workspace": workspace_of(channel)}
    return adding.values(values).on_conflict_do_nothing()


def end(channel: str) -> Executable:
    """No more in a channel."""
    return delete(nudged_channels).where(nudged_channels.c.channel == channel)


def count_false_alarm(dialect: str, rule: str) -> Executable:
    """Once more, whatever number of processes counts at the same time."""
    adding = insert(dialect, false_alarms).values(rule=rule, times=1)
    more = {"times": false_alarms.c.times + 1}
    return adding.on_conflict_do_update(index_elements=["rule"], set_=more)


def counted_false_alarms(connection: Connection) -> Mapping[str, int]:
    """How often each rule was wrong, the most often first."""
    return {row.rule: row.times for row in connection.execute(_FALSE_ALARMS)}

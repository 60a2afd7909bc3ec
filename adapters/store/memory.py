"""What is remembered: rows become a `Memory`, and the changes to it become rows."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Delete,
    Executable,
    Row,
    bindparam,
    delete,
    false,
    literal,
    select,
    union_all,
    update,
)

from adapters.store import nudging
from adapters.store.adding import insert, put
from adapters.store.naming import of_person, of_weekly, weekly_id, workspace_of
from adapters.store.tables import (
    deliveries,
    houses,
    managers,
    preferences,
    reminders,
    used_tips,
    weeklies,
)
from bot.memory import (
    AllowNudges,
    Change,
    CountFalseAlarm,
    EndNudges,
    EndReminder,
    EndWeekly,
    ForgetPerson,
    House,
    Memory,
    Nudging,
    Preferences,
    Reminder,
    SaveReminder,
    SaveWeekly,
    SetHouse,
    SetNudging,
    SetPreferences,
    Weekly,
)
from bot.messages import LANGUAGES, Language

_LANGUAGES: dict[str | None, Language] = {language: language for language in LANGUAGES}

# Made once: what SQLAlchemy works out on a statement stays with it.
_KEYS: list[BindParameter[str]] = [
    bindparam("person"),
    bindparam("channel"),
    bindparam("workspace"),
]
_PREFERENCES = select(preferences.c.key, preferences.c.language, preferences.c.zone).where(
    preferences.c.key.in_(_KEYS)
)
_HOUSE = union_all(
    select(houses.c.restricted, literal("").label("person")).where(
        houses.c.workspace == bindparam("workspace")
    ),
    select(false(), managers.c.person).where(managers.c.workspace == bindparam("workspace")),
)
_WEEKLY = select(weeklies).where(weeklies.c.channel == bindparam("channel"))
_USED = (
    select(used_tips.c.tip, used_tips.c.used_at)
    .where(used_tips.c.channel == bindparam("channel"))
    .order_by(used_tips.c.used_at, used_tips.c.tip)
)
_REMINDERS = (
    select(reminders)
    .where(reminders.c.person == bindparam("person"))
    .order_by(reminders.c.next_at.is_(None), reminders.c.next_at, reminders.c.id)
)
_OWNED = (
    select(weeklies).where(weeklies.c.owner == bindparam("person")).order_by(weeklies.c.channel)
)


def recall(
    connection: Connection,
    person: str,
    channel: str,
    workspace: str,
    needs: frozenset[str] = frozenset(),
) -> Memory:
    """What is remembered for a request; all three are keys, `channel` is empty in a chat of two.

    Settings always; the channel's tips, the person's reminders, the rules of the workspace and what
    is wanted of nudges where `needs` has "weekly", "reminders", "house" or "nudging"; all that is
    stored where it has "everything".
    """
    keys = {"person": person, "channel": channel, "workspace": workspace}
    everything = "everything" in needs

    def rows(wanted: bool, statement: Any) -> list[Row[Any]]:
        return list(connection.execute(statement, keys)) if wanted else []

    tips = bool(channel) and (everything or "weekly" in needs)
    nudges = everything or "nudging" in needs
    settings = {row.key: row for row in rows(True, _PREFERENCES)}
    own, place, house = map(_preferences, map(settings.get, (person, channel, workspace)))
    return Memory(
        language=own.language,
        workspace_language=house.language,
        zone=own.zone,
        workspace_zone=house.zone,
        channel=place,
        house=_house(rows(everything or "house" in needs, _HOUSE)),
        weekly=next(map(_weekly, rows(tips, _WEEKLY)), None),
        used=tuple((row.tip, row.used_at) for row in rows(tips, _USED)),
        reminders=tuple(map(_reminder, rows(everything or "reminders" in needs, _REMINDERS))),
        nudging=nudging.of_person(connection, person) if nudges else Nudging(),
        nudged_here=nudges and bool(channel) and nudging.allowed_in(connection, channel),
        owned=tuple((row.channel, _weekly(row)) for row in rows(everything, _OWNED)),
    )


_NOTHING_SET = Preferences()


def _preferences(row: Row[Any] | None) -> Preferences:
    if row is None:
        return _NOTHING_SET
    return Preferences(_LANGUAGES.get(row.language), row.zone or "")


def _house(rows: list[Row[Any]]) -> House:
    return House(
        restricted=any(row.restricted for row in rows),
        managers=frozenset(row.person for row in rows if row.person),
    )


def _weekly(row: Row[Any]) -> Weekly:
    return Weekly(
        owner=row.owner,
        rule=row.rule,
        since=row.since,
        zone=row.zone,
        next_at=row.next_at,
        topic=row.topic,
        paused_until=row.paused_until,
        stopped=row.stopped,
    )


def _reminder(row: Row[Any]) -> Reminder:
    return Reminder(
        id=row.id,
        words=row.words,
        entry=row.entry,
        rule=row.rule,
        since=row.since,
        zone=row.zone,
        next_at=row.next_at,
    )


def apply(connection: Connection, changes: Iterable[Change]) -> None:
    """All changes, in the transaction of the connection (`engine.begin()`)."""
    for change in changes:
        for statement in _statements(change, connection.dialect.name):
            connection.execute(statement)


def _statements(change: Change, dialect: str) -> Sequence[Executable]:
    match change:
        case SetPreferences(key, settings):
            return (_set_preferences(dialect, key, settings),)
        case SetHouse(workspace, house):
            return _set_house(dialect, workspace, house)
        case SaveWeekly(channel, weekly):
            return _save_weekly(dialect, channel, weekly)
        case EndWeekly(channel):
            ended = delete(weeklies).where(weeklies.c.channel == channel)
            return (ended, _waiting(of_weekly(channel)))
        case SaveReminder(person, reminder):
            return (_save_reminder(dialect, person, reminder),)
        case EndReminder(person, reminder_id):
            own = (reminders.c.id == reminder_id, reminders.c.person == person)
            reminding = (deliveries.c.schedule == reminder_id, deliveries.c.target == person)
            return (delete(reminders).where(*own), _waiting(*reminding))
        case ForgetPerson(person):
            return _forget(person)
        case SetNudging(person, chosen):
            return (nudging.choose(dialect, person, chosen),)
        case AllowNudges(channel):
            return (nudging.allow(dialect, channel),)
        case EndNudges(channel):
            return (nudging.end(channel),)
        case CountFalseAlarm(rule):
            return (nudging.count_false_alarm(dialect, rule),)


def _set_preferences(dialect: str, key: str, settings: Preferences) -> Executable:
    """Where nothing is set any more there is no row."""
    if settings == Preferences():
        return delete(preferences).where(preferences.c.key == key)
    values = {
        "key": key,
        "workspace": workspace_of(key),
        "language": settings.language,
        "zone": settings.zone or None,
    }
    return put(dialect, preferences, values)


def _set_house(dialect: str, workspace: str, house: House) -> Sequence[Executable]:
    rules: Executable = delete(houses).where(houses.c.workspace == workspace)
    if house.restricted:
        rules = put(dialect, houses, {"workspace": workspace, "restricted": True})
    former = delete(managers).where(
        managers.c.workspace == workspace, managers.c.person.not_in(house.managers)
    )
    rows = [{"workspace": workspace, "person": person} for person in sorted(house.managers)]
    added = [insert(dialect, managers).values(row).on_conflict_do_nothing() for row in rows]
    return (rules, former, *added)


def _save_weekly(dialect: str, channel: str, weekly: Weekly) -> Sequence[Executable]:
    """What waits to be posted waits no more where the tips were paused or stopped meanwhile."""
    row_id = weekly_id(channel)
    values = {
        "id": row_id,
        "channel": channel,
        "workspace": workspace_of(channel),
        "owner": weekly.owner,
        "rule": weekly.rule,
        "since": weekly.since,
        "zone": weekly.zone,
        "next_at": None if weekly.stopped else weekly.next_at,
        "topic": weekly.topic,
        "paused_until": weekly.paused_until,
        "stopped": weekly.stopped,
    }
    saved = put(dialect, weeklies, values)
    tips = _waiting(deliveries.c.schedule == row_id)
    if weekly.stopped:
        return (saved, tips)
    if weekly.paused_until:
        return (saved, tips.where(deliveries.c.local_date < weekly.paused_until))
    return (saved,)


def _save_reminder(dialect: str, person: str, reminder: Reminder) -> Executable:
    values = {
        "id": reminder.id,
        "person": person,
        "workspace": workspace_of(person),
        "words": _storable(reminder.words),
        "entry": reminder.entry,
        "rule": reminder.rule,
        "since": reminder.since,
        "zone": reminder.zone,
        "next_at": reminder.next_at,
    }
    return put(dialect, reminders, values, where=reminders.c.person == person)


def _forget(person: str) -> Sequence[Executable]:
    """A channel's tips are the channel's: they go on, set up by nobody that is known."""
    rows = dict(of_person(person))
    handed_over = update(weeklies).where(rows.pop(weeklies)).values(owner="")
    return (handed_over, *(delete(table).where(these) for table, these in rows.items()))


def _waiting(*these: ColumnElement[bool]) -> Delete:
    """Takes back those of some deliveries that still wait to go out.

    One that is being sent stays: its date has had its tip, or whoever sends it finds that it is not
    wanted any more.
    """
    waits = (deliveries.c.status == "waiting", deliveries.c.claimed_until.is_(None))
    return delete(deliveries).where(*these, *waits)


def _storable(words: str) -> str:
    """Without what no database takes: a NUL, half of a character."""
    return words.replace("\0", "").encode("utf-8", "replace").decode()

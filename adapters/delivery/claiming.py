"""Who sends what: a delivery is claimed for a while, by one alone.

The tip is chosen when it is claimed for the first time, and stays on the row: sent again, it is the
same one. What is not wanted any more is closed here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, get_args

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    case,
    func,
    or_,
    select,
    update,
)

from adapters.delivery.means import Kind, Means, Post
from adapters.delivery.pacing import PACED, keep, places
from adapters.delivery.statements import take_turns
from adapters.delivery.ticking import GRACE
from adapters.store.tables import deliveries, preferences, reminders, used_tips, weeklies
from bot.commands.channel_tips import tips_on
from bot.knowledge import Knowledge
from bot.messages import LANGUAGES, Language
from bot.schedule.plan import lateness, pick_tip
from bot.schedule.recurrence import shown


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that is ours to send."""

    id: str
    workspace: str
    target: str
    attempts: int
    """How often it was tried before."""
    language: Language
    post: Post
    zone: str
    at: datetime
    """When it was claimed, by the clock of all who deliver."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """What came of looking at deliveries."""

    claims: Sequence[Claim] = ()
    seen: int = 0
    """How many there were to look at."""
    later: Mapping[str, datetime] = field(default_factory=dict)
    """Those that have to wait, and until when."""


@dataclass(frozen=True, slots=True)
class _Unwanted:
    """Nothing goes out, and why."""

    status: str
    reason: str


def claim(connection: Connection, means: Means, most: int, only: str | None = None) -> Claimed:
    """Claims deliveries that may go now, or the one that is asked for where it may."""
    now = means.clock(connection)
    rows = connection.execute(_one(only) if only else _ready(now, most)).all()
    later = {row.id: at for row in rows if (at := row.claimed_until or row.not_before) > now}
    rows = [row for row in rows if row.id not in later]
    closed: dict[str, _Unwanted] = {}
    for row in rows:
        if unwanted := _unwanted(row, now):
            closed[row.id] = unwanted
    wanted = [row for row in rows if row.id not in closed]
    if not wanted:
        _close(connection, closed, now)
        return Claimed((), len(rows), later)
    take_turns(connection, (row.workspace for row in wanted))
    kept = places(connection, wanted, means.pace, now)
    going = []
    for row in wanted:
        at = kept.take(row)
        if at > now:
            later[row.id] = at
        else:
            going.append(row)
    keep(connection, kept)
    _postpone(connection, {row.id: later[row.id] for row in wanted if row.id in later})
    claims = []
    for row, entry in _chosen(connection, going, means.knowledge()):
        if entry is None:
            closed[row.id] = _Unwanted("dropped", "nothing fits")
        else:
            claims.append(_claim(row, entry, now))
    _take(connection, claims, now + timedelta(seconds=means.lease_seconds))
    _close(connection, closed, now)
    return Claimed(claims, len(rows), later)


def next_at(connection: Connection, now: datetime) -> datetime | None:
    """When the first of all that wait, and that nobody has, may go."""
    waiting = select(deliveries.c.not_before).where(deliveries.c.status == "waiting", _free(now))
    first = waiting.order_by(deliveries.c.not_before).limit(1)
    found: datetime | None = connection.execute(first).scalar_one_or_none()
    return found


_LANGUAGE_OF_TARGET = preferences.alias("of_target")
_LANGUAGE_OF_WORKSPACE = preferences.alias("of_workspace")
_WEEKLY = case((deliveries.c.kind == "word", deliveries.c.entry), else_=deliveries.c.schedule)
_ROWS = (
    select(
        deliveries,
        weeklies.c.id.label("weekly"),
        weeklies.c.channel,
        weeklies.c.owner,
        weeklies.c.topic,
        weeklies.c.paused_until,
        weeklies.c.stopped,
        reminders.c.id.label("reminder"),
        reminders.c.words,
        func.coalesce(weeklies.c.rule, reminders.c.rule, "").label("rule"),
        func.coalesce(weeklies.c.zone, reminders.c.zone, "UTC").label("zone"),
        func.coalesce(
            _LANGUAGE_OF_TARGET.c.language, _LANGUAGE_OF_WORKSPACE.c.language, "en"
        ).label("language"),
    )
    .select_from(deliveries)
    .outerjoin(weeklies, weeklies.c.id == _WEEKLY)
    .outerjoin(reminders, reminders.c.id == deliveries.c.schedule)
    .outerjoin(_LANGUAGE_OF_TARGET, _LANGUAGE_OF_TARGET.c.key == deliveries.c.target)
    .outerjoin(_LANGUAGE_OF_WORKSPACE, _LANGUAGE_OF_WORKSPACE.c.key == deliveries.c.workspace)
    .where(deliveries.c.status == "waiting")
)


def _free(now: datetime) -> ColumnElement[bool]:
    """Nobody has it, or whoever had it has died."""
    return or_(deliveries.c.claimed_until.is_(None), deliveries.c.claimed_until <= now)


def _ready(now: datetime, most: int) -> Select[Any]:
    """The first that may go, and that nobody else is looking at."""
    return (
        _ROWS.where(deliveries.c.not_before <= now, _free(now))
        .order_by(deliveries.c.not_before)
        .limit(most)
        .with_for_update(of=deliveries, skip_locked=True)
    )


def _one(id: str) -> Select[Any]:
    return _ROWS.where(deliveries.c.id == id).with_for_update(of=deliveries)


def _unwanted(row: Row[Any], now: datetime) -> _Unwanted | None:
    """Why a delivery does not go out after all."""
    match row.kind:
        case "word":
            return None if row.weekly and row.stopped else _Unwanted("dropped", "resumed")
        case "tip" if not row.weekly:
            return _Unwanted("dropped", "ended")
        case "tip" if row.stopped:
            return _Unwanted("dropped", row.stopped)
        case "tip" if row.paused_until and shown(now, row.zone).date() < row.paused_until:
            return _Unwanted("skipped", "paused")
        case "reminder" if not row.reminder:
            return _Unwanted("dropped", "ended")
    late = lateness(row.due_at, now, row.zone) == "skip" and now - row.due_at > GRACE
    return _Unwanted("skipped", "late") if late else None


def _chosen(
    connection: Connection, rows: Sequence[Row[Any]], knowledge: Knowledge
) -> Sequence[tuple[Row[Any], str | None]]:
    """What each of them says; None where nothing fits what a channel wants tips about."""
    channels = [row.target for row in rows if _needs_tip(row, knowledge)]
    used: dict[str, dict[str, datetime]] = {channel: {} for channel in channels}
    if channels:
        for was in connection.execute(select(used_tips).where(used_tips.c.channel.in_(channels))):
            used[was.channel][was.tip] = was.used_at
    return [
        (
            row,
            pick_tip(tips_on(knowledge, row.topic), used[row.target], row.target)
            if _needs_tip(row, knowledge)
            else row.entry,
        )
        for row in rows
    ]


def _needs_tip(row: Row[Any], knowledge: Knowledge) -> bool:
    """Whether none was chosen yet, or an editor has taken it away since."""
    return row.kind == "tip" and row.entry not in knowledge.tips


def _claim(row: Row[Any], entry: str, now: datetime) -> Claim:
    kind: Kind = next(kind for kind in get_args(Kind) if kind == row.kind)
    post = Post(
        kind=kind,
        schedule=row.weekly or row.reminder,
        entry="" if kind == "word" else entry,
        owner=row.owner or "",
        channel=row.channel or "",
        words=row.words or "",
        rule=row.rule,
        reason=row.stopped or "",
    )
    language: Language = next((spoken for spoken in LANGUAGES if spoken == row.language), "en")
    return Claim(row.id, row.workspace, row.target, row.attempts, language, post, row.zone, now)


_THIS = update(deliveries).where(deliveries.c.id == bindparam("this"))


def _take(connection: Connection, claims: Sequence[Claim], until: datetime) -> None:
    """They are ours until then."""
    if not claims:
        return
    entry = case((deliveries.c.kind == "tip", bindparam("chosen")), else_=deliveries.c.entry)
    statement = _THIS.values(claimed_until=until, reason="", entry=entry)
    rows = [{"this": claim.id, "chosen": claim.post.entry} for claim in claims]
    connection.execute(statement, rows)


def _postpone(connection: Connection, later: Mapping[str, datetime]) -> None:
    if later:
        statement = _THIS.values(not_before=bindparam("at"), claimed_until=None, reason=PACED)
        connection.execute(statement, [{"this": id, "at": at} for id, at in later.items()])


def _close(connection: Connection, closed: Mapping[str, _Unwanted], now: datetime) -> None:
    for id, unwanted in closed.items():
        connection.execute(
            update(deliveries)
            .where(deliveries.c.id == id)
            .values(status=unwanted.status, reason=unwanted.reason, done_at=now, claimed_until=None)
        )

"""What came of sending: written down in one transaction, with everything that follows from it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Connection, bindparam, update

from adapters.delivery.claiming import Claim
from adapters.delivery.means import Failed, Means, Result, Taken
from adapters.delivery.pacing import leave_alone
from adapters.delivery.statements import insert_new, remember_tips
from adapters.store.tables import deliveries, reminders, weeklies
from bot.schedule.plan import Drop, Retry, Stop, after_failure
from bot.schedule.recurrence import shown

log = structlog.get_logger()

Sent = tuple[Claim, Result]


def record(connection: Connection, sent: Sequence[Sent], means: Means) -> dict[str, datetime]:
    """Writes down what came of some claims; when those that failed are tried again."""
    now = means.clock(connection)
    _record_taken(connection, [claim for claim, result in sent if isinstance(result, Taken)], now)
    again = {}
    for claim, result in sent:
        if isinstance(result, Failed) and (
            at := _record_failed(connection, claim, result, now, means)
        ):
            again[claim.id] = at
    return again


def _record_taken(connection: Connection, claims: Sequence[Claim], now: datetime) -> None:
    if not claims:
        return
    _close(connection, [(claim, "sent", "") for claim in claims], now)
    remember_tips(
        connection,
        [
            {
                "channel": claim.target,
                "tip": claim.post.entry,
                "workspace": claim.workspace,
                "used_at": now,
            }
            for claim in claims
            if claim.post.kind == "tip"
        ],
    )


def _record_failed(
    connection: Connection, claim: Claim, failed: Failed, now: datetime, means: Means
) -> datetime | None:
    """Tries again, gives up, or stops the whole schedule; the instant of the next attempt."""
    attempts = claim.attempts + 1
    seconds = failed.retry_after_seconds
    decided = after_failure(attempts, failed.kind, seconds, claim.id)
    log.info(
        "not delivered", delivery=claim.id, failure=failed.kind, decided=type(decided).__name__
    )
    if failed.kind == "limited" and seconds:
        leave_alone(connection, claim.workspace, now + timedelta(seconds=seconds))
    match decided:
        case Retry(wait):
            at = now + timedelta(seconds=wait)
            connection.execute(
                _WAITING.values(
                    not_before=at, claimed_until=None, attempts=attempts, reason=failed.kind
                ),
                {"this": claim.id},
            )
            return at
        case Drop(reason):
            _close(connection, [(claim, "dropped", reason)], now)
        case Stop(reason):
            _close(connection, [(claim, "dropped", reason)], now)
            _stop(connection, claim, reason, now, means)
    return None


_WAITING = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("this"))
    .where(deliveries.c.status == "waiting")
)


def _close(connection: Connection, claims: Sequence[tuple[Claim, str, str]], now: datetime) -> None:
    statement = _WAITING.values(
        status=bindparam("now_is"),
        reason=bindparam("because"),
        attempts=bindparam("tried"),
        done_at=now,
        claimed_until=None,
    )
    rows: list[dict[str, Any]] = [
        {"this": claim.id, "now_is": status, "because": reason, "tried": claim.attempts + 1}
        for claim, status, reason in claims
    ]
    connection.execute(statement, rows)


def _stop(connection: Connection, claim: Claim, reason: str, now: datetime, means: Means) -> None:
    """Nothing more can be sent there: the schedule rests, and its owner hears of it once."""
    post = claim.post
    if post.kind == "reminder":
        statement = update(reminders).where(reminders.c.id == post.schedule)
        connection.execute(statement.values(next_at=None))
    if post.kind != "tip":
        return
    stopped = connection.execute(
        update(weeklies)
        .where(weeklies.c.id == post.schedule, weeklies.c.stopped == "")
        .values(stopped=reason, next_at=None)
    )
    if not stopped.rowcount:
        return
    day = shown(now, claim.zone).date()
    word = {
        "id": f"word/{post.schedule}/{day}",
        "kind": "word",
        "schedule": f"word/{post.schedule}",
        "local_date": day,
        "due_at": now,
        "workspace": claim.workspace,
        "target": post.owner,
        "entry": post.schedule,
        "status": "waiting",
        "attempts": 0,
        "not_before": now,
        "reason": "",
    }
    if added := insert_new(connection, deliveries, [word]):
        means.queue(connection, added)

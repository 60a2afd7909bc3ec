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
from adapters.store.locking import still_there
from adapters.store.tables import deliveries, reminders, weeklies
from bot.schedule.plan import Drop, Retry, Stop, after_failure
from bot.schedule.recurrence import shown

log = structlog.get_logger()

Sent = tuple[Claim, Result]


def record(connection: Connection, sent: Sequence[Sent], means: Means) -> dict[str, datetime]:
    """Writes down what came of some claims; when those that failed are tried again.

    Nothing comes back of what was erased while it was being sent.
    """
    now = means.clock(connection)
    changing = {claim.post.schedule for claim, result in sent if isinstance(result, Failed)}
    there = still_there(connection, {claim.id for claim, _ in sent}, changing)
    sent = [(claim, result) for claim, result in sent if claim.id in there]
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
    _remember_tips(connection, claims, now)


def _remember_tips(connection: Connection, claims: Sequence[Claim], now: datetime) -> None:
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
    _log(claim, failed, decided)
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
            if reason == "refused":  # or the same tip would be chosen, and refused, every week
                _remember_tips(connection, [claim], now)
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
    """Nothing more can be sent there: the schedule rests, and its owner hears of it once.

    Where the platform does not let the bot in at all, nobody can be told. Reminders go on then:
    they have no command to resume them with, and come again once the bot is let in.
    """
    post = claim.post
    if post.kind == "reminder" and reason != "unauthorized":
        statement = update(reminders).where(reminders.c.id == post.schedule)
        connection.execute(statement.values(next_at=None))
    if post.kind != "tip":
        return
    stopped = connection.execute(
        update(weeklies)
        .where(weeklies.c.id == post.schedule, weeklies.c.stopped == "")
        .values(stopped=reason, next_at=None)
        .returning(weeklies.c.owner)  # as it is now: whoever asked to be forgotten hears nothing
    )
    owner = stopped.scalar_one_or_none()
    if owner and reason != "unauthorized":
        _tell(connection, claim, owner, now, means)


def _tell(connection: Connection, claim: Claim, owner: str, now: datetime, means: Means) -> None:
    """A word to the owner of tips that had to stop."""
    schedule = claim.post.schedule
    day = shown(now, claim.zone).date()
    word = {
        "id": f"word/{schedule}/{day}",
        "kind": "word",
        "schedule": f"word/{schedule}",
        "local_date": day,
        "due_at": now,
        "workspace": claim.workspace,
        "target": owner,
        "entry": schedule,
        "status": "waiting",
        "attempts": 0,
        "not_before": now,
        "reason": "",
    }
    if added := insert_new(connection, deliveries, [word]):
        means.queue(connection, added)


_NOT_LET_IN = (
    "the platform does not take the bot's key: see that the app is installed and its key is the "
    "present one; then the channels' tips are turned on again with weekly resume"
)


def _log(claim: Claim, failed: Failed, decided: Retry | Stop | Drop) -> None:
    """An error for what an operator or a developer has to look at; a warning for what has ended."""
    log_line = log.bind(
        platform=claim.target.partition(":")[0],
        kind=claim.post.kind,
        delivery=claim.id,
        failure=failed.kind,
        result=type(decided).__name__.lower(),
    )
    match decided:
        case Retry():
            log_line.info("not delivered")
        case Stop("unauthorized"):
            log_line.error("not delivered", advice=_NOT_LET_IN)
        case Stop():
            log_line.warning("not delivered")
        case Drop():
            log_line.error("not delivered")

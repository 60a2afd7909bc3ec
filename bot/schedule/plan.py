"""Decisions on what is delivered and when: what is due, what comes next, what to do on failure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Literal

from bot.schedule.recurrence import Recurrence, instant, next_occurrence, shown

MOST_ATTEMPTS = 8
_FIRST_WAIT_SECONDS = 5.0
_LONGEST_WAIT_SECONDS = 3600.0
_LEAST_SHARE = 0.5
"""A wait is between this share of its full length and all of it."""
_MORNING = 9
_WEEK_DAYS = 7

Failure = Literal["limited", "broken", "timeout", "gone", "removed", "unauthorized", "refused"]
"""Too many at once; the platform fails; it does not answer; the channel is gone; the bot was
removed; its key no longer counts; the message itself is not taken."""


@dataclass(frozen=True, slots=True)
class Tip:
    """What can be picked, and what it is about."""

    id: str
    topics: tuple[str, ...] = ()


def pick_tip(fitting: Sequence[Tip], used: Mapping[str, datetime], seed: str) -> str | None:
    """The next tip of a channel: none comes again until all that fit have come.

    Those that were never used come first, in an order of the channel's own; then the one whose
    last use is the longest ago. Two of one topic follow each other only where nothing else is due.
    """
    if not fitting:
        return None
    fresh = [tip for tip in fitting if tip.id not in used]
    shuffled = sorted(fresh, key=lambda tip: (_number(f"{seed}/{tip.id}"), tip.id))
    known = {tip.id: tip for tip in fitting}
    if not shuffled:
        return _least_recent(fitting, used, seed)
    last = max(used, key=lambda id: (used[id], id), default=None)
    before = known[last].topics if last in known else ()
    return _preferring_another_topic(shuffled, before).id


def _least_recent(fitting: Sequence[Tip], used: Mapping[str, datetime], seed: str) -> str:
    """The tip that was used the longest ago."""
    return min(fitting, key=lambda tip: (used[tip.id], _number(f"{seed}/{tip.id}"), tip.id)).id


def _preferring_another_topic(tips: Sequence[Tip], before: Sequence[str]) -> Tip:
    """The first that has no topic of the one before; the first of the largest topic, if it must.

    Topics that many tips are left of come early, or only they would be left in the end.
    """
    left: dict[str, int] = {}
    for tip in tips:
        for topic in tip.topics:
            left[topic] = left.get(topic, 0) + 1
    others = [tip for tip in tips if not set(tip.topics) & set(before)] or list(tips)
    crowded = [tip for tip in others if any(2 * left[topic] > len(tips) for topic in tip.topics)]
    return (crowded or others)[0]


def lateness(due_at: datetime, now: datetime, zone: str) -> Literal["send", "skip"]:
    """Whether something that should have gone out earlier still goes: on the same local day."""
    same_day = shown(due_at, zone).date() == shown(now, zone).date()
    return "send" if same_day else "skip"


@dataclass(frozen=True, slots=True)
class Due:
    """What a schedule has to do at an instant."""

    send: datetime | None
    """The occurrence that goes out now; None for nothing."""
    skipped: datetime | None
    """The first that was missed and stays so."""
    next: datetime | None
    """When to look again."""


def due(recurrence: Recurrence, zone: str, expected: datetime | None, now: datetime) -> Due:
    """What is due of a schedule whose next occurrence was expected at an instant.

    However many were missed, at most one goes out: that of today.
    """
    if expected is None or expected > now:
        return Due(None, None, expected)
    midnight = instant(shown(now, zone).date(), 0, 0, zone)
    skipped = expected if expected < midnight else None
    today = expected if expected >= midnight else None
    if today is None:
        just_before = midnight - timedelta(microseconds=1)
        met = next_occurrence(recurrence, zone, just_before)
        today = met if met is not None and met <= now else None
    return Due(today, skipped, next_occurrence(recurrence, zone, now))


@dataclass(frozen=True, slots=True)
class Retry:
    """Try again after so many seconds."""

    after_seconds: float


@dataclass(frozen=True, slots=True)
class Stop:
    """Pause the whole schedule, and tell its owner once."""

    reason: Failure


@dataclass(frozen=True, slots=True)
class Drop:
    """Give up this one delivery; the schedule goes on."""

    reason: Failure


def after_failure(
    attempts: int, failure: Failure, retry_after_seconds: float | None, seed: str
) -> Retry | Stop | Drop:
    """What to do when the so-many-th attempt (from 1) failed.

    Waits double, and differ from delivery to delivery, so that not all come back at once. Being
    limited is nobody's fault: it is waited out as long as it is asked for.
    """
    match failure:
        case "gone" | "removed" | "unauthorized":
            return Stop(failure)
        case "refused":
            return Drop(failure)
        case "limited" | "broken" | "timeout":
            if attempts >= MOST_ATTEMPTS and failure != "limited":
                return Drop(failure)
            full = min(_FIRST_WAIT_SECONDS * 2.0 ** (min(attempts, 20) - 1), _LONGEST_WAIT_SECONDS)
            chance = _number(f"{seed}/{attempts}") / 2**64
            wait = full * (_LEAST_SHARE + (1 - _LEAST_SHARE) * chance)
            asked = retry_after_seconds or 0.0
            return Retry(asked + min(wait, _FIRST_WAIT_SECONDS) if asked > 0 else wait)


Snooze = Literal["20 minutes", "1 hour", "3 hours", "tomorrow", "next week"]


def snoozes(now: datetime, zone: str) -> Mapping[Snooze, datetime]:
    """How long something can be put off, and until when that is."""
    today = shown(now, zone).date()
    monday = today + timedelta(days=_WEEK_DAYS - today.weekday())

    def later(minutes: int) -> datetime:
        return shown(now.astimezone(UTC) + timedelta(minutes=minutes), zone)

    return {
        "20 minutes": later(20),
        "1 hour": later(60),
        "3 hours": later(180),
        "tomorrow": instant(today + timedelta(days=1), _MORNING, 0, zone),
        "next week": instant(monday, _MORNING, 0, zone),
    }


def _number(text: str) -> int:
    """A number that looks like chance and is always the same for a text."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")

"""Phrases of time for people and for other programs: `ally when`."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.commands.times import next_dates, reading
from bot.knowledge import Knowledge
from bot.messages import Language
from bot.schedule.phrases import understand
from bot.schedule.recurrence import next_occurrence, shown
from bot.schedule.understood import Ask, Once, Recurring, Refused, Understood

KIND = {Recurring: "recurring", Once: "once", Ask: "ask", Refused: "error"}


def in_words(
    text: str, language: Language | None, now: datetime, zone: str, knowledge: Knowledge
) -> tuple[str, bool]:
    """What a person reads, and whether it was understood."""
    found = understand(text, language, now, zone)
    speaks = language or "en"
    lines = [reading(knowledge, speaks, now, found)]
    meant = found.proposal if isinstance(found, Ask) else found
    if isinstance(meant, Recurring):
        lines += [f"• {line}" for line in next_dates(meant, now, speaks)]
    return "\n".join(lines), not isinstance(found, Refused)


def as_data(asked: Mapping[str, Any], language: Language | None, knowledge: Knowledge) -> Any:
    """The fields of an answer line; raises ValueError with what is wrong with the question."""
    now = _instant(asked.get("now"), "now") if "now" in asked else datetime.now(UTC)
    zone = asked.get("zone", "UTC")
    after = asked.get("after", [])
    if not isinstance(zone, str) or not isinstance(after, list):
        raise ValueError('"zone" has to be a string and "after" a list')
    instants = [_instant(one, "after") for one in after]
    found = understand(asked["text"], language, now, zone)
    meant = found.proposal if isinstance(found, Ask) else found
    return {
        "kind": KIND[type(found)],
        **_fields(meant, now, instants),
        "message": reading(knowledge, language or "en", now, found),
    }


def _fields(meant: Understood, now: datetime, after: list[datetime]) -> dict[str, Any]:
    match meant:
        case Recurring(recurrence, zone):
            following = [next_occurrence(recurrence, zone, instant) for instant in after]
            return {
                "rrule": recurrence.rrule,
                "freq": recurrence.freq,
                "interval": recurrence.interval,
                "weekdays": list(recurrence.weekdays),
                "ordinal": recurrence.ordinal,
                "monthday": recurrence.monthday,
                "hour": recurrence.hour,
                "minute": recurrence.minute,
                "zone": zone,
                "at": None,
                "next": [at and shown(at, zone).isoformat() for at in following],
            }
        case Once(at, zone):
            local = shown(at, zone)
            return {
                "zone": zone,
                "hour": local.hour,
                "minute": local.minute,
                "at": local.isoformat(),
                "next": [local.isoformat() if at > instant else None for instant in after],
            }
    return {"next": [None for _ in after]}


def _instant(value: object, name: str) -> datetime:
    try:
        instant = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise ValueError(f'"{name}" has to be an instant with its offset: 2026-03-09T12:00:00Z')
    return instant

"""The Mondays to come in Toronto, where everybody lives as far as the fake Slack tells."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

TORONTO = ZoneInfo("America/Toronto")


def next_monday() -> date:
    today = datetime.now(TORONTO).date()
    return today + timedelta(days=7 - today.weekday())


def monday_before_the_clocks_change() -> date:
    """The second last Monday with the clocks as they are then; the change is a fortnight away."""
    day = next_monday() + timedelta(days=14)
    while noon(day).utcoffset() == noon(day - timedelta(days=7)).utcoffset():
        day += timedelta(days=7)
    return day - timedelta(days=14)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), TORONTO)


def at_ten(day: date) -> datetime:
    return datetime.combine(day, time(10), TORONTO).astimezone(UTC)

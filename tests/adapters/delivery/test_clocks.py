"""Clocks that are put forward and back, zones that change, and weeks without a deliverer."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, update

from adapters.delivery.means import Means
from adapters.delivery.ticking import tick
from adapters.store.tables import deliveries, weeklies
from bot.knowledge import Knowledge
from bot.schedule.recurrence import from_rrule, next_occurrence, shown
from tests.adapters.delivery.scenery import (
    EVERY_MONDAY,
    MONDAY,
    Clock,
    Platform,
    add_reminder,
    add_weekly,
    means,
    rows,
    send_ready,
)

TORONTO, VANCOUVER = "America/Toronto", "America/Vancouver"
SINCE = date(2026, 1, 5)


async def live(engine: Engine, own: Means, clock: Clock, until: datetime) -> None:
    """Delivers every half hour, until an instant."""
    while clock.at < until:
        tick(engine, clock.at)
        await send_ready(engine, own)
        clock.move(1800)


def sent(engine: Engine, zone: str = TORONTO) -> Sequence[str]:
    """When something was sent, as the clocks of a zone showed it."""
    found = sorted(one.done_at for one in rows(engine) if one.status == "sent")
    return [shown(at, zone).strftime("%m-%d %H:%M %z") for at in found]


@pytest.mark.parametrize(
    ("rule", "first", "expected"),
    [
        pytest.param(
            "FREQ=WEEKLY;BYDAY=SU;BYHOUR=2;BYMINUTE=30",
            datetime(2027, 3, 6),  # noqa: DTZ001
            ["03-07 02:30 -0500", "03-14 03:00 -0400", "03-21 02:30 -0400"],
            id="forward",
        ),
        pytest.param(
            "FREQ=WEEKLY;BYDAY=SU;BYHOUR=1;BYMINUTE=30",
            datetime(2026, 10, 24),  # noqa: DTZ001
            ["10-25 01:30 -0400", "11-01 01:30 -0400", "11-08 01:30 -0500"],
            id="back",
        ),
    ],
)
async def test_when_clocks_change_there_is_one_tip_at_the_right_local_time(
    engine: Engine,
    knowledge: Knowledge,
    platform: Platform,
    clock: Clock,
    rule: str,
    first: datetime,
    expected: list[str],
) -> None:
    clock.at = first.replace(tzinfo=MONDAY.tzinfo)
    at = next_occurrence(from_rrule(rule, SINCE), TORONTO, clock.at)
    add_weekly(engine, rule=rule, next_at=at)
    own = means(platform, knowledge, clock=clock)
    await live(engine, own, clock, clock.at + timedelta(days=17))
    assert sent(engine) == expected


def move_to(engine: Engine, zone: str, now: datetime) -> None:
    """Somebody says that the tips are meant for another zone."""
    at = next_occurrence(from_rrule(EVERY_MONDAY, SINCE), zone, now)
    with engine.begin() as connection:
        connection.execute(update(weeklies).values(zone=zone, next_at=at))


@pytest.mark.parametrize("hours", [1, 80], ids=["the same morning", "in the week"])
async def test_another_zone_makes_no_second_tip_of_the_day(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock, hours: int
) -> None:
    add_weekly(engine)
    own = means(platform, knowledge, clock=clock)
    await live(engine, own, clock, MONDAY + timedelta(hours=hours))
    move_to(engine, VANCOUVER, clock.at)
    await live(engine, own, clock, MONDAY + timedelta(days=10))
    assert sent(engine, VANCOUVER) == ["03-09 06:00 -0700", "03-16 09:00 -0700"]


@pytest.mark.parametrize(
    ("back", "caught_up", "next_at"),
    [
        pytest.param(MONDAY + timedelta(days=21, hours=5), 1, "04-06 09:00", id="on a Monday"),
        pytest.param(MONDAY + timedelta(days=23, hours=5), 0, "04-06 09:00", id="on a Wednesday"),
    ],
)
async def test_three_weeks_without_a_deliverer_end_with_one_tip_at_most(
    engine: Engine,
    knowledge: Knowledge,
    platform: Platform,
    clock: Clock,
    back: datetime,
    caught_up: int,
    next_at: str,
) -> None:
    add_weekly(engine)
    clock.at = back
    own = means(platform, knowledge, clock=clock)
    await live(engine, own, clock, back + timedelta(days=2))
    assert len(sent(engine)) == caught_up
    await live(engine, own, clock, back + timedelta(days=7))
    assert [found[:11] for found in sent(engine)[caught_up:]] == [next_at]


async def test_three_weeks_of_daily_reminders_end_with_one(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    add_reminder(engine, rule="FREQ=DAILY;BYHOUR=9;BYMINUTE=0")
    clock.at = MONDAY + timedelta(days=21, hours=5)
    await live(
        engine, means(platform, knowledge, clock=clock), clock, clock.at + timedelta(hours=9)
    )
    assert len(platform.got) == 1


async def test_what_was_begun_before_an_outage_is_not_caught_up_with(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    """A tip of three weeks ago that was claimed, and whose deliverer died."""
    add_weekly(engine)
    tick(engine, MONDAY)
    with engine.begin() as connection:
        claimed: dict[str, Any] = {"claimed_until": MONDAY + timedelta(minutes=1)}
        connection.execute(update(deliveries).values(**claimed))
    clock.at = MONDAY + timedelta(days=23)
    await live(
        engine, means(platform, knowledge, clock=clock), clock, clock.at + timedelta(hours=9)
    )
    assert platform.got == []

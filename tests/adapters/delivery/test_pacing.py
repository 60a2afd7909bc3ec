"""Nobody gets too much at once, and nobody waits for somebody else."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import pairwise
from threading import Barrier

import pytest
from sqlalchemy import Engine

from adapters.delivery.means import Failed, Taken
from adapters.delivery.pacing import Pace
from adapters.delivery.sending import claim_some
from bot.knowledge import Knowledge
from tests.adapters.delivery.scenery import (
    MONDAY,
    Clock,
    Platform,
    add_delivery,
    add_weekly,
    means,
    rows,
    send_ready,
)

DAY = date(2026, 3, 9)


def add_many(engine: Engine, count: int, channels: int, workspace: str = "test:W") -> None:
    """So many tips that wait at once, for so many channels in turn."""
    for number in range(channels):
        channel = f"{workspace}/{number}"
        add_weekly(engine, f"{channel}!", channel=channel, workspace=workspace)
    for number in range(count):
        channel = f"{workspace}/{number % channels}"
        add_delivery(
            engine,
            f"{workspace}-{number:03}",
            schedule=f"{channel}!",
            local_date=DAY - timedelta(days=number),
            target=channel,
            workspace=workspace,
        )


async def test_a_channel_gets_one_message_per_second(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    add_many(engine, 20, 2)
    own = means(platform, knowledge, clock=clock, pace=Pace(1.0, 0.01))
    gone: list[tuple[str, float]] = []
    for _ in range(150):
        before = len(platform.got)
        await send_ready(engine, own)
        at = (clock.at - MONDAY).total_seconds()
        gone += [(target, at) for target, _ in platform.got[before:]]
        clock.move(0.1)
    assert len(gone) == 20
    for channel in {target for target, _ in gone}:
        times = [at for target, at in gone if target == channel]
        assert all(two - one > 0.999 for one, two in pairwise(times))
        assert times[-1] < 11


@pytest.mark.parametrize(("channels", "most"), [(30, 2), (1, 3)])
async def test_what_has_to_wait_is_not_looked_at_again_and_again(
    engine: Engine,
    knowledge: Knowledge,
    platform: Platform,
    clock: Clock,
    channels: int,
    most: int,
) -> None:
    add_many(engine, 30, channels)
    own = means(platform, knowledge, clock=clock, pace=Pace(0.2, 0.1))
    looks: Counter[str] = Counter()
    for _ in range(80):
        claimed = claim_some(engine, own, 100)
        looks.update([one.id for one in claimed.claims] + list(claimed.later))
        clock.move(0.1)
    assert len(looks) == 30
    assert max(looks.values()) <= most


def test_those_who_claim_at_the_same_time_keep_to_one_limit(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    add_many(engine, 8, 1)
    own = means(platform, knowledge, clock=clock)
    together = Barrier(8)

    def claims(name: str) -> int:
        together.wait()
        return len(claim_some(engine, own, 1, only=name).claims)

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(claims, [found.id for found in rows(engine)])) == 1


async def test_a_workspace_has_its_own_budget(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    add_many(engine, 40, 40)
    add_many(engine, 3, 3, "test:other")
    own = means(platform, knowledge, clock=clock, pace=Pace(1.0, 0.1))
    await send_ready(engine, own)
    at_once = Counter(target.partition("/")[0] for target, _ in platform.got)
    assert at_once == {"test:W": 1, "test:other": 1}
    clock.move(0.5)
    await send_ready(engine, own)
    by_now = Counter(target.partition("/")[0] for target, _ in platform.got)
    assert by_now == {"test:W": 6, "test:other": 3}


async def test_a_budget_holds_after_a_rest(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    add_many(engine, 40, 40)
    own = means(platform, knowledge, clock=clock, pace=Pace(1.0, 0.1))
    await send_ready(engine, own)
    clock.move(1800)  # nobody was there to use the places that were kept
    await send_ready(engine, own)
    assert len(platform.got) == 2
    for _ in range(50):
        clock.move(0.1)
        await send_ready(engine, own)
    assert len(platform.got) == 40


async def test_a_platform_that_asks_to_be_left_alone_is_and_the_others_go_on(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    add_many(engine, 10, 10)
    add_many(engine, 10, 10, "test:other")
    own = means(platform, knowledge, clock=clock, pace=Pace(1.0, 0.1))
    tried: list[tuple[str, float]] = []

    def answer(target: str) -> Taken | Failed:
        at = (clock.at - MONDAY).total_seconds()
        tried.append((target.partition("/")[0], at))
        return Failed("limited", 7) if tried[-1] == ("test:W", 0.0) else Taken()

    platform.answer = answer
    for _ in range(200):
        await send_ready(engine, own)
        clock.move(0.1)
    limited = [at for workspace, at in tried if workspace == "test:W"]
    others = [at for workspace, at in tried if workspace == "test:other"]
    assert len(limited) == 11
    assert limited[1] >= 7
    assert all(two - one > 0.09 for one, two in pairwise(limited))
    assert max(others) < 1.1
    assert {found.status for found in rows(engine)} == {"sent"}


def test_a_later_one_does_not_overtake_those_that_wait(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    add_many(engine, 3, 1)
    own = means(platform, knowledge, clock=clock, pace=Pace(1.0, 0.01))
    order = [one.id for one in claim_some(engine, own, 10).claims]
    clock.move(0.99)
    new = {"local_date": date(2026, 3, 10), "not_before": clock.at, "due_at": clock.at}
    add_delivery(engine, "x", target="test:W/0", schedule="test:W/0!", **new)
    for _ in range(40):
        order += [one.id for one in claim_some(engine, own, 10).claims]
        clock.move(0.1)
    assert order == ["test:W-000", "test:W-001", "test:W-002", "x"]


async def test_two_hundred_for_five_channels_and_one_workspace_that_has_enough(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    add_many(engine, 120, 3, "test:A")
    add_many(engine, 80, 2, "test:B")
    calls: list[tuple[str, float]] = []
    limited: list[float] = []

    def answer(target: str) -> Taken | Failed:
        at = (clock.at - MONDAY).total_seconds()
        calls.append((target, at))
        if target.startswith("test:A/") and at > 10 and not limited:
            limited.append(at)
            return Failed("limited", 7)
        return Taken()

    platform.answer = answer
    own = means(platform, knowledge, clock=clock)
    while any(found.status != "sent" for found in rows(engine)):
        await send_ready(engine, own)
        clock.move(0.1)
        assert clock.at < MONDAY + timedelta(seconds=70)
    assert len(platform.got) == len(calls) - 1 == 200
    times: dict[str, list[float]] = {}
    for target, at in calls:
        times.setdefault(target, []).append(at)
    assert all(two - one > 1 for found in times.values() for one, two in pairwise(found))
    others = [at for target, at in calls if target.startswith("test:A/")]
    assert not [at for at in others if limited[0] < at < limited[0] + 7]
    for channel in ("test:B/0", "test:B/1"):  # nobody there notices
        assert len(times[channel]) == 40
        assert max(two - one for one, two in pairwise(times[channel])) < 1.5

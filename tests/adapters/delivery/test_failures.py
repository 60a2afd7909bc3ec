"""What becomes of a delivery that a platform does not take, and of the schedule behind it."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from structlog.testing import capture_logs

from adapters.delivery.means import Failed, Result, Taken
from adapters.delivery.sending import claim_some, record_all, send
from adapters.delivery.ticking import tick
from adapters.store.memory import apply
from adapters.store.tables import reminders, used_tips, weeklies
from bot.knowledge import Knowledge
from bot.memory import ForgetPerson
from bot.schedule.plan import MOST_ATTEMPTS, Failure
from tests.adapters.delivery.scenery import (
    CHANNEL,
    MONDAY,
    OWNER,
    Clock,
    Platform,
    add_delivery,
    add_reminder,
    add_weekly,
    means,
    row,
    rows,
    send_ready,
)

DAILY = "FREQ=DAILY;BYHOUR=9;BYMINUTE=0"


@pytest.mark.parametrize(
    ("kind", "status", "stopped", "told", "level"),
    [
        ("limited", "waiting", "", False, "info"),
        ("broken", "waiting", "", False, "info"),
        ("timeout", "waiting", "", False, "info"),
        ("gone", "dropped", "gone", True, "warning"),
        ("removed", "dropped", "removed", True, "warning"),
        ("unauthorized", "dropped", "unauthorized", False, "error"),
        ("refused", "dropped", "", False, "error"),
    ],
)
async def test_each_failure_has_its_consequences(
    engine: Engine,
    knowledge: Knowledge,
    platform: Platform,
    clock: Clock,
    kind: Failure,
    status: str,
    stopped: str,
    told: bool,
    level: str,
) -> None:
    add_weekly(engine)
    tick(engine, MONDAY)
    platform.answer = lambda _: Failed(kind)
    with capture_logs() as lines:
        await send_ready(engine, means(platform, knowledge, clock=clock))
    tip, *words = rows(engine)
    assert (tip.status, tip.reason, len(words)) == (status, kind, told)
    weekly = row(engine, weeklies)
    assert (weekly.stopped, weekly.next_at is None) == (stopped, bool(stopped))
    (line,) = lines
    assert (line["event"], line["log_level"], line["failure"]) == ("not delivered", level, kind)


@pytest.mark.parametrize("kind", ["limited", "broken", "timeout"])
async def test_what_may_pass_is_tried_again(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock, kind: Failure
) -> None:
    add_weekly(engine)
    add_delivery(engine, "one")
    platform.answer = lambda _: Failed(kind)
    own = means(platform, knowledge, clock=clock)
    await send_ready(engine, own)
    failed = row(engine)
    assert (failed.status, failed.attempts, failed.reason) == ("waiting", 1, kind)
    assert 2.5 <= (failed.not_before - MONDAY).total_seconds() <= 5
    assert await send_ready(engine, own) == 0  # not yet
    clock.move(5)
    assert await send_ready(engine, own) == 1


async def test_a_failing_platform_is_given_up_in_the_end(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    add_weekly(engine)
    add_delivery(engine, "one")
    platform.answer = lambda _: Failed("broken")
    own = means(platform, knowledge, clock=clock)
    for _ in range(MOST_ATTEMPTS + 3):
        await send_ready(engine, own)
        clock.at = max(clock.at, row(engine).not_before)
    assert (row(engine).status, row(engine).attempts) == ("dropped", MOST_ATTEMPTS)
    assert row(engine, weeklies).stopped == ""


@pytest.mark.parametrize("kind", ["gone", "removed"])
async def test_a_channel_that_is_gone_stops_its_tips_and_its_owner_hears_once(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock, kind: Failure
) -> None:
    told: list[str] = []
    add_weekly(engine)
    add_delivery(engine, "one")
    add_delivery(engine, "two", local_date=date(2026, 3, 8))
    platform.answer = lambda target: Failed(kind) if target == CHANNEL else Taken()
    own = means(platform, knowledge, clock=clock, queue=lambda _, ids: told.extend(ids))
    for _ in range(3):
        await send_ready(engine, own)
        clock.move(2)
    stopped = row(engine, weeklies)
    assert (stopped.stopped, stopped.next_at) == (kind, None)
    one, two, word = rows(engine)
    assert {one.status, two.status} == {"dropped"}
    assert {one.reason, two.reason} == {kind}
    assert (word.kind, word.status) == ("word", "sent")
    assert told == [word.id]
    assert platform.got == [(OWNER, f"word en {OWNER} {CHANNEL} {kind}")]
    assert len(rows(engine, used_tips)) == 0


def test_an_owner_hears_nothing_more_of_what_is_stopped_already(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    add_weekly(engine)
    add_delivery(engine, "one")
    own = means(platform, knowledge, clock=clock)
    (one,) = claim_some(engine, own, 1).claims
    record_all(engine, own, [(one, Failed("gone"))])
    clock.move(2 * 86_400)
    record_all(engine, own, [(one, Failed("removed"))])  # another one that was on its way as well
    assert [found.kind for found in rows(engine)] == ["tip", "word"]
    assert row(engine, weeklies).stopped == "gone"


async def test_an_owner_who_cannot_be_told_is_left_alone(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    add_weekly(engine)
    add_delivery(engine, "one")
    platform.answer = lambda _: Failed("gone")
    own = means(platform, knowledge, clock=clock)
    for _ in range(4):
        await send_ready(engine, own)
        clock.move(2)
    assert [(found.kind, found.status) for found in rows(engine)] == [
        ("tip", "dropped"),
        ("word", "dropped"),
    ]


async def test_whoever_was_forgotten_meanwhile_hears_nothing(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    add_weekly(engine)
    tick(engine, MONDAY)
    own = means(platform, knowledge, clock=clock)
    (one,) = claim_some(engine, own, 1).claims
    assert one.post.owner == OWNER
    with engine.begin() as connection:
        apply(connection, [ForgetPerson(OWNER)])
    record_all(engine, own, [(one, Failed("gone"))])
    assert [found.kind for found in rows(engine)] == ["tip"]
    assert row(engine, weeklies).stopped == "gone"


async def test_a_workspace_that_lets_the_bot_in_no_more_is_left_alone_and_the_others_go_on(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    for number in range(5):
        add_weekly(engine, f"closed-{number}", channel=f"{CHANNEL}{number}")
    add_weekly(engine, "open", channel="test:other/C", workspace="test:other")
    tried: list[str] = []

    def answer(target: str) -> Result:
        tried.append(target)
        return Taken() if target.startswith("test:other/") else Failed("unauthorized")

    platform.answer = answer
    own = means(platform, knowledge, clock=clock)
    for _ in range(14 * 24):
        tick(engine, clock.at)
        await send_ready(engine, own)
        clock.move(3600)
    assert sorted(tried) == sorted([*(f"{CHANNEL}{n}" for n in range(5)), *["test:other/C"] * 2])
    assert {found.kind for found in rows(engine)} == {"tip"}


async def test_a_reminder_comes_again_once_the_bot_is_let_in(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    """Nothing would tell its person that it had ended."""
    add_reminder(engine, rule=DAILY)
    own = means(platform, knowledge, clock=clock)
    for answer in (Failed("unauthorized"), Taken()):
        platform.answer = lambda _, answer=answer: answer  # type: ignore[misc]
        tick(engine, clock.at)
        await send_ready(engine, own)
        clock.move(86_400)
    assert [found.status for found in rows(engine)] == ["dropped", "sent"]


async def test_a_person_who_is_gone_is_reminded_no_more(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    add_reminder(engine, rule=DAILY)
    tick(engine, MONDAY)
    platform.answer = lambda _: Failed("gone")
    await send_ready(engine, means(platform, knowledge, clock=clock))
    assert row(engine).status == "dropped"
    assert row(engine, reminders).next_at is None


async def test_a_message_that_is_not_taken_is_given_up_and_the_schedule_goes_on(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    add_weekly(engine)
    tick(engine, MONDAY)
    platform.answer = lambda _: Failed("refused")
    await send_ready(engine, means(platform, knowledge, clock=clock))
    assert (row(engine).status, row(engine).reason) == ("dropped", "refused")
    assert row(engine, weeklies).next_at == MONDAY + timedelta(weeks=1)


async def test_a_tip_that_is_not_taken_does_not_come_again_the_next_week(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    add_weekly(engine)
    own = means(platform, knowledge, clock=clock)
    for answer in (Failed("refused"), Taken()):
        platform.answer = lambda _, answer=answer: answer  # type: ignore[misc]
        tick(engine, clock.at)
        await send_ready(engine, own)
        clock.move(7 * 86_400)
    refused, sent = rows(engine)
    assert (refused.status, sent.status) == ("dropped", "sent")
    assert refused.entry != sent.entry


async def test_a_platform_that_does_not_answer_is_waited_for_so_long(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    add_weekly(engine)
    add_delivery(engine, "one")
    platform.seconds = 60
    own = means(platform, knowledge, clock=clock, send_seconds=0.05)
    async with asyncio.timeout(5):
        await send_ready(engine, own)
    assert (row(engine).status, row(engine).reason) == ("waiting", "timeout")


async def test_whatever_goes_wrong_on_the_way_is_a_result(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    def explode(_: str) -> Result:
        raise OSError("no route")

    def wordless(*_: object) -> None:
        raise KeyError("no such text")

    add_weekly(engine)
    add_delivery(engine, "one")
    platform.answer = explode
    own = means(platform, knowledge, clock=clock)
    (one,) = claim_some(engine, own, 1).claims
    assert await send(one, own) == Failed("broken")
    alone = means(platform, knowledge, clock=clock)
    object.__setattr__(alone, "compose", wordless)
    assert await send(one, alone) == Failed("refused")
    object.__setattr__(alone, "senders", {})
    assert await send(one, alone) == Failed("broken")

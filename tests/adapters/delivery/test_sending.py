"""A delivery is claimed by one alone, sent, and what came of it is written down."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, insert, update

from adapters.delivery.claiming import fitting
from adapters.delivery.means import Failed, Post, Result, Taken
from adapters.delivery.sending import claim_some, record_all, send
from adapters.delivery.ticking import tick
from adapters.store.tables import preferences, reminders, used_tips, weeklies
from bot.knowledge import Knowledge
from bot.messages import Language, Reply
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


async def test_a_tip_goes_to_its_channel_once(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    add_weekly(engine)
    tick(engine, MONDAY)
    own = means(platform, knowledge, clock=clock)
    assert await send_ready(engine, own) == 1
    clock.move(3600)
    assert await send_ready(engine, own) == 0
    sent = row(engine)
    assert (sent.status, sent.attempts, sent.done_at) == ("sent", 1, MONDAY)
    assert sent.entry in knowledge.tips
    assert platform.got == [(CHANNEL, f"tip en {sent.entry} {OWNER} {CHANNEL}")]
    used = row(engine, used_tips)
    assert (used.channel, used.tip, used.workspace) == (CHANNEL, sent.entry, "test:W")


async def test_a_channel_gets_no_tip_twice_until_it_had_all_on_its_topic(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    topic = min(tip.topic for tip in knowledge.tips.values())
    tips = {tip.id for tip in fitting(knowledge, topic)}
    add_weekly(engine, topic=topic)
    own = means(platform, knowledge, clock=clock)
    for _ in range(len(tips) + 1):
        tick(engine, clock.at)
        await send_ready(engine, own)
        clock.move(7 * 86_400)
    entries = [sent.entry for sent in rows(engine)]
    assert set(entries[: len(tips)]) == tips
    assert entries[-1] == entries[0]


async def test_a_topic_without_tips_is_given_up(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    add_weekly(engine, topic="no-such-topic")
    add_delivery(engine, "one")
    await send_ready(engine, means(platform, knowledge, clock=clock))
    assert (row(engine).status, row(engine).reason) == ("dropped", "nothing fits")
    assert not platform.got


async def test_what_is_sent_again_is_the_same_tip(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    add_weekly(engine)
    add_delivery(engine, "one")
    platform.answer = lambda _: Failed("broken")
    own = means(platform, knowledge, clock=clock)
    await send_ready(engine, own)
    chosen = row(engine).entry
    assert chosen
    assert not rows(engine, used_tips)
    with engine.begin() as connection:  # it would be another one now
        used = {"channel": CHANNEL, "tip": chosen, "workspace": "test:W", "used_at": MONDAY}
        connection.execute(insert(used_tips), used)
    platform.answer = lambda _: Taken()
    clock.move(60)
    await send_ready(engine, own)
    assert (row(engine).entry, row(engine).status, row(engine).attempts) == (chosen, "sent", 2)
    assert row(engine, used_tips).used_at == clock.at


async def test_a_reminder_goes_to_its_person_in_their_language(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    add_reminder(engine)
    tick(engine, MONDAY)
    with engine.begin() as connection:
        for key, language in (("test:W", "en"), ("test:W/somebody", "fr")):
            added = {"key": key, "workspace": "test:W", "language": language}
            connection.execute(insert(preferences), added)
    await send_ready(engine, means(platform, knowledge, clock=clock))
    assert platform.got == [("test:W/somebody", "reminder fr tip:tip-credit credit Maria")]


async def test_a_workspace_has_a_language_too(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    add_reminder(engine)
    tick(engine, MONDAY)
    with engine.begin() as connection:
        added = {"key": "test:W", "workspace": "test:W", "language": "fr"}
        connection.execute(insert(preferences), added)
    await send_ready(engine, means(platform, knowledge, clock=clock))
    assert platform.got[0][1].startswith("reminder fr")


def test_what_one_has_claimed_no_other_gets_before_its_lease_ends(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    add_weekly(engine)
    add_delivery(engine, "one")
    own = means(platform, knowledge, clock=clock, lease_seconds=60)
    first = claim_some(engine, own, 10)
    clock.move(59)
    assert not claim_some(engine, own, 10).claims
    assert claim_some(engine, own, 10, only="one").later == {"one": MONDAY + timedelta(seconds=60)}
    clock.move(1)
    second = claim_some(engine, own, 10)
    assert [one.id for one in second.claims] == ["one"]
    assert second.claims[0].post == first.claims[0].post


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


@pytest.mark.parametrize("kind", ["gone", "removed", "unauthorized"])
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
    platform.answer = lambda _: Failed("unauthorized")
    own = means(platform, knowledge, clock=clock)
    for _ in range(4):
        await send_ready(engine, own)
        clock.move(2)
    assert [(found.kind, found.status) for found in rows(engine)] == [
        ("tip", "dropped"),
        ("word", "dropped"),
    ]


async def test_a_person_who_is_gone_is_reminded_no_more(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    add_reminder(engine, rule="FREQ=DAILY;BYHOUR=9;BYMINUTE=0")
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


@pytest.mark.parametrize(
    ("changed", "status", "reason"),
    [
        pytest.param({"stopped": "gone"}, "dropped", "gone", id="stopped"),
        pytest.param({"paused_until": date(2026, 3, 20)}, "skipped", "paused", id="paused"),
        pytest.param({"id": "another"}, "dropped", "ended", id="ended"),
    ],
)
async def test_what_is_not_wanted_any_more_is_not_sent(
    engine: Engine,
    knowledge: Knowledge,
    platform: Platform,
    clock: Clock,
    changed: dict[str, object],
    status: str,
    reason: str,
) -> None:
    add_weekly(engine)
    tick(engine, MONDAY)
    with engine.begin() as connection:
        connection.execute(update(weeklies).values(**changed))
    assert await send_ready(engine, means(platform, knowledge, clock=clock)) == 0
    assert (row(engine).status, row(engine).reason) == (status, reason)


async def test_a_reminder_that_was_cancelled_is_not_sent(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    add_reminder(engine)
    tick(engine, MONDAY)
    with engine.begin() as connection:
        connection.execute(reminders.delete())
    assert await send_ready(engine, means(platform, knowledge, clock=clock)) == 0
    assert (row(engine).status, row(engine).reason) == ("dropped", "ended")


async def test_what_waited_into_the_next_day_is_skipped(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    add_weekly(engine)
    tick(engine, MONDAY)
    clock.move(15 * 3600)
    assert await send_ready(engine, means(platform, knowledge, clock=clock)) == 0
    assert (row(engine).status, row(engine).reason) == ("skipped", "late")


async def test_what_is_resumed_needs_no_word(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    add_weekly(engine)
    add_delivery(engine, "word", kind="word", schedule="word/weekly", entry="weekly", target=OWNER)
    assert await send_ready(engine, means(platform, knowledge, clock=clock)) == 0
    assert (row(engine).status, row(engine).reason) == ("dropped", "resumed")


async def test_a_result_that_comes_too_late_changes_nothing(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    add_weekly(engine)
    add_delivery(engine, "one")
    own = means(platform, knowledge, clock=clock)
    slow = claim_some(engine, own, 1).claims[0]
    clock.move(61)
    await send_ready(engine, own)
    record_all(engine, own, [(slow, Failed("refused"))])
    assert row(engine).status == "sent"


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

    def wordless(_post: Post, _knowledge: Knowledge, _language: Language) -> Reply:
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

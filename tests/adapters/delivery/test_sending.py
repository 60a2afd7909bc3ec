"""A delivery is claimed by one alone, sent, and what came of it is written down."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, insert, update

from adapters.delivery.means import Failed, Taken
from adapters.delivery.sending import claim_some, record_all
from adapters.delivery.ticking import tick
from adapters.store.tables import preferences, reminders, used_tips, weeklies
from bot.commands.channel_tips import tips_on
from bot.knowledge import Knowledge
from bot.messages import Reply, Text
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


async def test_what_is_said_knows_the_instant_and_the_platform(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    told: list[object] = []

    def compose(*given: object) -> Reply:
        told.extend(given[-2:])
        return Reply((Text("hello"),))

    add_weekly(engine)
    tick(engine, MONDAY)
    clock.move(60)
    await send_ready(engine, means(platform, knowledge, clock=clock, compose=compose))
    assert told == [MONDAY + timedelta(seconds=60), "/test "]


async def test_a_channel_gets_no_tip_twice_until_it_had_all_on_its_topic(
    engine: Engine, knowledge: Knowledge, platform: Platform, clock: Clock
) -> None:
    topic = min(tip.topic for tip in knowledge.tips.values())
    tips = {tip.id for tip in tips_on(knowledge, topic)}
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

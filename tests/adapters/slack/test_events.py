"""Events: mentions and direct messages are answered once, everything else is heard in silence."""

import asyncio

import pytest

from adapters.slack.manifest import REMOVALS, manifest
from bot.knowledge import Knowledge
from tests.adapters.answering import until
from tests.adapters.slack.fake_slack import FakeSlack
from tests.adapters.slack.judging import heading, words
from tests.adapters.slack.people import (
    BOT_USER,
    TEAM,
    WRITTEN_BY_NOBODY,
    Person,
    delivery,
    mention,
    settle,
)
from tests.adapters.slack.serving import Bot

# The event types of the manifest that bring words -> a small event of that type.
SUBSCRIBED = {
    "app_mention": {"type": "app_mention", "user": "U1", "channel": "C1", "text": "help"},
    "message.im": {
        "type": "message",
        "channel_type": "im",
        "user": "U1",
        "channel": "D1",
        "text": "help",
    },
}

OVERHEARD = ("message.channels", "message.groups")


def test_these_are_all_events_of_the_manifest():
    made = manifest("https://ally.example.org", mentions=True, direct=True, nudges=True)
    apart = [*REMOVALS, *OVERHEARD]  # what those do is a story of its own
    events = made["settings"]["event_subscriptions"]["bot_events"]
    assert sorted(events) == sorted([*SUBSCRIBED, *apart])


@pytest.mark.parametrize("event", SUBSCRIBED.values(), ids=SUBSCRIBED)
async def test_what_is_subscribed_to_is_answered(bot: Bot, slack: FakeSlack, event):
    assert (await bot.event(delivery(event))).status == 200
    await until(lambda: slack.calls)
    await settle(bot)
    assert len(slack.calls) == 1


@pytest.mark.parametrize(
    "kind",
    [
        "app_home_opened",
        "team_access_revoked",
        "channel_id_changed",
        "member_joined_channel",
        "reaction_added",
        "team_join",
        "user_change",
        "function_executed",
        "assistant_thread_started",
        "no_such_event",
    ],
)
async def test_any_other_event_is_acked_in_silence(bot: Bot, slack: FakeSlack, kind: str):
    event = {"type": kind, "user": "U1", "channel": "C1", "tab": "home", "text": "help"}
    posted = await bot.event(delivery(event))
    assert (posted.status, posted.text) == (200, "")
    await settle(bot)
    assert slack.calls == []


async def test_being_told_of_too_many_events_is_taken_calmly(bot: Bot, slack: FakeSlack):
    limited = {"type": "app_rate_limited", "team_id": TEAM, "minute_rate_limited": 1790000000}
    assert (await bot.event(limited)).status == 200
    await settle(bot)
    assert slack.calls == []


async def test_a_mention_is_helped_once_and_in_private(
    person: Person, slack: FakeSlack, knowledge: Knowledge
):
    await person.mentions("help")
    await until(lambda: slack.calls)
    await settle(person.bot)
    (call,) = slack.calls
    assert call.method == "chat.postEphemeral"
    assert (call.arguments["channel"], call.arguments["user"]) == (person.channel, person.user)
    assert heading(call.arguments) == knowledge.say("help.heading", "en")
    assert "thread_ts" not in call.arguments


async def test_a_mention_in_a_thread_is_answered_there(person: Person, slack: FakeSlack):
    await person.mentions("what is a manel?", thread_ts="1790000000.000001")
    await until(lambda: slack.calls)
    (call,) = slack.calls
    assert call.method == "chat.postEphemeral"
    assert call.arguments["thread_ts"] == "1790000000.000001"


@pytest.mark.parametrize(
    "text",
    [
        f"<@{BOT_USER}>",
        f"<@{BOT_USER}|ally> help",
        f"hey <@{BOT_USER}> help",
        f"help <@{BOT_USER}>",
        f"<@{BOT_USER}> what does <@U1> mean by manel?",
        f"<@{BOT_USER}> <@{BOT_USER}> help",
    ],
)
async def test_wherever_the_name_stands_a_mention_is_answered(
    person: Person, slack: FakeSlack, text: str
):
    await person.mentions("", text=text)
    await until(lambda: slack.called("chat.postEphemeral"))
    (call,) = slack.called("chat.postEphemeral")
    assert BOT_USER not in words(call.arguments)


async def test_in_a_shared_channel_the_workspace_is_the_one_that_installed_the_bot(
    bot: Bot, slack: FakeSlack
):
    """Elsewhere the same person is somebody else, and is asked for their language again."""
    writer = Person(bot)
    await writer.asks("manel")
    event = mention(writer, "manel") | {"team": "T0OTHER", "user_team": "T0OTHER"}
    foreign = {"team_id": "T0OTHER", "context_team_id": "T0OTHER", "is_ext_shared_channel": True}
    await bot.event(delivery(event, **foreign))
    await until(lambda: slack.called("chat.postEphemeral"))
    assert len(slack.called("users.info")) == 1
    await bot.event(delivery(event, **foreign, authorizations=[]))
    await until(lambda: len(slack.called("chat.postEphemeral")) == 2)
    assert len(slack.called("users.info")) == 2


RETRIES = [{}, *({"X-Slack-Retry-Num": str(n), "X-Slack-Retry-Reason": "x"} for n in (1, 2, 3))]


@pytest.mark.parametrize("text", ["help", "manel"], ids=["at once", "after asking Slack"])
async def test_an_event_that_comes_four_times_at_once_has_one_effect(
    person: Person, slack: FakeSlack, text: str
):
    event = delivery(mention(person, text))
    posted = await asyncio.gather(
        *(person.bot.event(event, headers=headers) for headers in RETRIES)
    )
    assert [ack.status for ack in posted] == 4 * [200]
    await until(lambda: slack.called("chat.postEphemeral"))
    await person.bot.event(event, headers=RETRIES[3])
    await settle(person.bot)
    assert len(slack.called("chat.postEphemeral")) == 1


async def test_an_event_that_first_comes_as_a_retry_is_answered(person: Person, slack: FakeSlack):
    await person.bot.event(delivery(mention(person, "help")), headers=RETRIES[1])
    await until(lambda: slack.called("chat.postEphemeral"))


async def test_the_same_words_twice_are_two_questions(person: Person, slack: FakeSlack):
    await person.mentions("help")
    await person.mentions("help")
    await until(lambda: len(slack.called("chat.postEphemeral")) == 2)


async def test_a_direct_message_is_answered_in_the_chat_of_two(bot: Bot, slack: FakeSlack):
    person = Person(bot, channel="D0FAKE4")
    await person.writes("what does manle mean?")
    await until(lambda: slack.calls)
    await settle(bot)
    (call,) = slack.calls
    assert (call.method, call.arguments["channel"]) == ("chat.postMessage", person.channel)
    assert heading(call.arguments) == "Manel"


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast", "me_message"])
async def test_a_persons_own_words_are_answered_in_whatever_shape(
    bot: Bot, slack: FakeSlack, subtype: str
):
    await Person(bot, channel="D0FAKE5").writes("help", subtype=subtype)
    await until(lambda: slack.called("chat.postMessage"))


SILENCES = [
    *WRITTEN_BY_NOBODY,
    pytest.param({"text": ""}, id="empty"),
    pytest.param({"text": "  \n "}, id="blank"),
    pytest.param({"text": None}, id="no text"),
]


@pytest.mark.parametrize("event", SILENCES)
async def test_what_no_person_wrote_is_not_answered(bot: Bot, slack: FakeSlack, event):
    person = Person(bot, channel="D0FAKE6")
    assert (await person.writes("help", **event)).status == 200
    await settle(bot)
    assert slack.calls == []


@pytest.mark.parametrize("event", [row for row in SILENCES if "text" not in row.values[0]])
async def test_a_mention_that_no_person_wrote_is_not_answered(
    person: Person, slack: FakeSlack, event
):
    assert (await person.mentions("help", **event)).status == 200
    await settle(person.bot)
    assert slack.calls == []


@pytest.mark.parametrize("kind", ["channel", "group", "mpim", "app_home", ""])
async def test_what_is_said_to_others_is_not_answered(person: Person, slack: FakeSlack, kind: str):
    await person.writes("what is a manel?", channel_type=kind)
    await settle(person.bot)
    assert slack.calls == []


async def test_an_edit_of_a_message_is_not_answered(bot: Bot, slack: FakeSlack):
    person = Person(bot, channel="D0FAKE7")
    inner = {"type": "message", "user": person.user, "text": "help", "edited": {"user": "U1"}}
    await person.writes("", subtype="message_changed", message=inner, hidden=True, user=None)
    await settle(bot)
    assert slack.calls == []


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "message_action", "callback_id": "check", "message": {"text": "help"}},
        {"type": "shortcut", "callback_id": "check"},
        {"type": "view_submission", "view": {"callback_id": "x", "id": "V1", "type": "modal"}},
        {"type": "view_closed", "view": {"callback_id": "x", "id": "V1", "type": "modal"}},
        {"type": "block_suggestion", "action_id": "x", "block_id": "b", "value": "h"},
    ],
    ids=lambda payload: payload["type"],
)
async def test_what_the_bot_does_not_offer_is_acked_in_silence(bot: Bot, slack: FakeSlack, payload):
    where = {"user": {"id": "U1", "team_id": TEAM}, "team": {"id": TEAM}, "trigger_id": "1.2.3"}
    assert (await bot.interact({**where, **payload})).status == 200
    await settle(bot)
    assert slack.calls == []

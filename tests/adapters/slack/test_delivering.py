"""What Slack says of a message that it does not take, and what follows from it."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio
from slack_sdk.web.async_client import AsyncWebClient

from adapters.delivery.means import Failed, Taken
from adapters.slack.delivering import SlackDelivery
from bot.messages import Reply, Text
from tests.adapters.slack.fake_slack import TOKEN, Answer, FakeSlack

REPLY = Reply((Text("Credit an idea to whoever had it."),))


@pytest_asyncio.fixture(loop_scope="session")
async def delivery(slack: FakeSlack) -> AsyncIterator[SlackDelivery]:
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(TOKEN, base_url=slack.api, session=session, retry_handlers=[])
        yield SlackDelivery(client)


@pytest.mark.parametrize(
    ("key", "channel"),
    [("slack:T1/C1", "C1"), ("slack:T1/G1", "G1"), ("slack:T1/U1", "U1"), ("slack:T1/W1", "W1")],
)
async def test_people_and_channels_are_written_to_by_their_ids(
    delivery: SlackDelivery, slack: FakeSlack, key: str, channel: str
):
    slack.sharers.add("somebody")
    assert await delivery.send(key, "slack:T1", REPLY) == Taken()
    (call,) = slack.calls
    assert (call.method, call.arguments["channel"]) == ("chat.postMessage", channel)


ERRORS = {
    "channel_not_found": "gone",
    "is_archived": "gone",
    "user_not_found": "gone",
    "not_in_channel": "removed",
    "restricted_action": "removed",
    "restricted_action_read_only_channel": "removed",
    "restricted_action_thread_only_channel": "removed",
    "messages_tab_disabled": "removed",
    "account_inactive": "unauthorized",
    "token_revoked": "unauthorized",
    "token_expired": "unauthorized",
    "invalid_auth": "unauthorized",
    "not_authed": "unauthorized",
    "missing_scope": "unauthorized",
    "app_access_restricted": "unauthorized",
    "invalid_blocks": "refused",
    "msg_blocks_too_long": "refused",
    "msg_too_long": "refused",
    "no_text": "refused",
    "internal_error": "broken",
    "fatal_error": "broken",
    "service_unavailable": "broken",
    "a_word_of_tomorrow": "broken",
    "rate_limited": "limited",
    "ratelimited": "limited",
    "message_limit_exceeded": "limited",
}


@pytest.mark.parametrize(("error", "kind"), ERRORS.items(), ids=ERRORS)
async def test_every_word_of_slack_for_a_failure_has_its_kind(
    delivery: SlackDelivery, slack: FakeSlack, error: str, kind: str
):
    slack.answers["chat.postMessage"] = Answer.error(error)
    assert await delivery.send("slack:T1/U1", "slack:T1", REPLY) == Failed(kind)
    assert len(slack.calls) == 1


@pytest.mark.parametrize(
    ("answer", "failed"),
    [
        pytest.param(
            Answer.error("ratelimited", status=429, headers={"Retry-After": "7"}),
            Failed("limited", 7.0),
            id="429",
        ),
        pytest.param(
            Answer("slow", 429, headers={"Retry-After": "7"}, content_type="text/plain"),
            Failed("limited", 7.0),
            id="429 in plain text",
        ),
        pytest.param(Answer.error("ratelimited", status=429), Failed("limited"), id="429, no time"),
        pytest.param(
            Answer.error("internal_error", status=503, headers={"Retry-After": "7"}),
            Failed("broken"),
            id="503",
        ),
        pytest.param(Answer("oops", 500, content_type="text/plain"), Failed("broken"), id="500"),
        pytest.param(Answer("<html>", 502, content_type="text/html"), Failed("broken"), id="502"),
    ],
)
async def test_a_failing_slack_is_told_from_a_busy_one(
    delivery: SlackDelivery, slack: FakeSlack, answer: Answer, failed: Failed
):
    slack.answers["chat.postMessage"] = answer
    assert await delivery.send("slack:T1/U1", "slack:T1", REPLY) == failed
    assert len(slack.calls) == 1

"""What comes in over HTTP: only Slack's own words are heard, and nothing breaks the server."""

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from time import time
from typing import Any

import pytest

from adapters.slack.signature import sign
from tests.adapters.slack.fake_slack import FakeSlack
from tests.adapters.slack.people import TEAM, Person, delivery, settle
from tests.adapters.slack.serving import FORM, JSON, SECRET, Bot

RECORDED = Path(__file__).parents[1] / "payloads"

HELP = b"command=%2Fally&text=help&team_id=T1&user_id=U1&channel_id=C1"


async def test_a_signed_request_is_answered(person: Person):
    posted = await person.types("help")
    assert posted.status == 200
    assert posted.message["response_type"] == "ephemeral"


@pytest.mark.parametrize(
    "signature",
    [
        pytest.param(lambda at: sign("another", at, HELP), id="with another secret"),
        pytest.param(lambda at: sign(SECRET, str(int(at) - 1), HELP), id="of another time"),
        pytest.param(lambda at: sign(SECRET, at, HELP + b"&"), id="of another body"),
        pytest.param(lambda at: sign(SECRET, at, HELP).replace("v0", "v1"), id="another version"),
        pytest.param(lambda at: sign(SECRET, at, HELP)[3:], id="no version"),
        pytest.param(lambda at: "", id="none"),
        pytest.param(lambda at: "v0=", id="empty"),
        pytest.param(lambda at: "v0=" + 64 * "é", id="not ASCII"),
    ],
)
async def test_what_is_not_signed_by_slack_is_refused(bot: Bot, signature: Callable[[str], str]):
    at = str(int(time()))
    headers = {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": signature(at)}
    assert (await bot.post(HELP, headers=headers)).status == 401


async def test_a_changed_body_is_refused_and_has_no_effect(bot: Bot, slack: FakeSlack):
    url = slack.response_url()
    body = f"command=%2Fally&text=manel&team_id=T1&user_id=U1&response_url={url.url}".encode()
    timestamp = str(int(time()))
    headers = {
        "X-Slack-Signature": sign(SECRET, timestamp, body),
        "X-Slack-Request-Timestamp": timestamp,
    }
    assert (await bot.post(body.replace(b"manel", b"manek"), headers=headers)).status == 401
    await settle(bot)
    assert (slack.calls, url.posts) == ([], [])
    assert (await bot.post(body, headers=headers)).status == 200
    await url.first()


async def test_a_signature_of_raw_bytes_is_refused(bot: Bot):
    reader, writer = await asyncio.open_connection("127.0.0.1", bot.port)
    writer.write(
        b"POST /slack/events HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        b"X-Slack-Request-Timestamp: %d\r\nX-Slack-Signature: v0=\xff\xfe\r\n"
        b"Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}" % time()
    )
    async with asyncio.timeout(5):
        answer = await reader.read()
    writer.close()
    assert answer.startswith(b"HTTP/1.1 401 ")


@pytest.mark.parametrize(
    ("seconds", "status"),
    [(-301, 401), (301 + 5, 401), (-295, 200), (295, 200)],
    ids=["too old", "too new", "just old enough", "just new enough"],
)
async def test_a_time_stamp_is_at_most_five_minutes_off(bot: Bot, seconds: int, status: int):
    assert (await bot.post(HELP, at=time() + seconds)).status == status


@pytest.mark.parametrize(
    "timestamp",
    ["", "abc", "1e9", 40 * "9", "-5", "+1790000000", "1790000000.5", "١٧٩٠٠٠٠٠٠٠", "0x6a"],
)
async def test_a_time_stamp_is_a_number(bot: Bot, timestamp: str):
    headers = {
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": sign(SECRET, timestamp, HELP),
    }
    assert (await bot.post(HELP, headers=headers)).status == 401


async def test_header_names_come_in_any_case(bot: Bot):
    timestamp = str(int(time()))
    headers = {
        "X-Slack-Request-Timestamp": "",
        "X-Slack-Signature": "",
        "x-slack-request-timestamp": timestamp,
        "x-SLACK-signature": sign(SECRET, timestamp, HELP),
    }
    assert (await bot.post(HELP, headers=headers)).status == 200


@pytest.mark.parametrize(
    "body",
    [
        b"text=what+does+manel+mean%3F&command=/ally&user_id=U1&team_id=T1",
        b"command=%2fally&text=what%20does%20manel%20mean?&user_id=U1&team_id=T1",
        "command=/ally&text=what does « manel » mean?&user_id=U1&team_id=T1".encode(),
    ],
    ids=["plus", "percent", "raw"],
)
async def test_a_body_is_signed_as_it_was_sent(bot: Bot, body: bytes):
    posted = await bot.post(body)
    assert posted.status == 200
    assert posted.message["blocks"][0]["text"]["text"] == "Manel"


@pytest.mark.parametrize("signed", [True, False], ids=["signed", "not signed"])
async def test_a_check_of_the_certificate_is_answered_and_does_nothing(
    bot: Bot, slack: FakeSlack, signed: bool
):
    headers = {} if signed else {"X-Slack-Signature": "", "X-Slack-Request-Timestamp": ""}
    url = slack.response_url()
    fields = {"ssl_check": "1", "token": "x", "response_url": url.url}
    posted = await bot.form(fields, headers=headers)
    assert (posted.status, posted.text) == (200, "")
    forged = {**fields, "command": "/ally", "text": "manel", "user_id": "U1", "team_id": "T1"}
    if not signed:
        posted = await bot.form(forged, headers=headers)
        assert (posted.status, posted.text) == (200, "")
    await settle(bot)
    assert (slack.calls, url.posts) == ([], [])


async def test_the_address_is_verified_for_slack_alone(bot: Bot):
    challenge = {"type": "url_verification", "challenge": "3eZbrw1aB", "token": "x"}
    posted = await bot.event(challenge)
    assert (posted.status, posted.message) == (200, {"challenge": "3eZbrw1aB"})
    posted = await bot.event(challenge, headers={"X-Slack-Signature": ""})
    assert posted.status == 401
    assert "3eZbrw1aB" not in posted.text


DEEP = b'{"type": "event_callback", "event": ' + 90_000 * b"[" + 90_000 * b"]" + b"}"
LESS_DEEP = b'{"type": "event_callback", "event": ' + 900 * b"[" + 900 * b"]" + b"}"

MALFORMED = [
    pytest.param(b"", FORM, id="empty form"),
    pytest.param(b"", JSON, id="empty JSON"),
    pytest.param(b"", "", id="nothing at all"),
    pytest.param(b"{", JSON, id="half an object"),
    pytest.param(b"[]", JSON, id="array"),
    pytest.param(b'"text"', JSON, id="string"),
    pytest.param(b"null", JSON, id="null"),
    pytest.param(b"{}", JSON, id="empty object"),
    pytest.param(b"{}", FORM, id="JSON sent as a form"),
    pytest.param(HELP, JSON, id="form sent as JSON"),
    pytest.param(HELP, "text/plain", id="text"),
    pytest.param(HELP, "multipart/form-data; boundary=x", id="multipart"),
    pytest.param(HELP, "nonsense", id="no content type"),
    pytest.param(b"payload=nonsense", FORM, id="payload is no JSON"),
    pytest.param(b"payload=", FORM, id="payload is empty"),
    pytest.param(b"payload=[]", FORM, id="payload is an array"),
    pytest.param(b"payload={}", FORM, id="payload is an empty object"),
    pytest.param(b"text=%ff%fe&command=/ally", FORM, id="not UTF-8 when decoded"),
    pytest.param(b"text=\xff\xfe&command=/ally", FORM, id="not UTF-8"),
    pytest.param(b'{"type": "\xff"}', JSON, id="JSON that is not UTF-8"),
    pytest.param(b"a=1&" * 200 + b"command=/ally", FORM, id="hundreds of fields"),
    pytest.param(DEEP, JSON, id="nested too deeply"),
    pytest.param(LESS_DEEP, JSON, id="nested deeply"),
    pytest.param(b'{"type": "event_callback", "event": NaN}', JSON, id="not a number"),
    pytest.param(b"text=" + 2 * 1024 * 1024 * b"x", FORM, id="two megabytes"),
]


@pytest.mark.parametrize(("body", "content_type"), MALFORMED)
async def test_nonsense_is_refused_and_breaks_nothing(bot: Bot, body: bytes, content_type: str):
    posted = await bot.post(body, content_type)
    assert 400 <= posted.status < 500 or (posted.status, posted.text) == (200, "")
    assert "Traceback" not in posted.text
    unsigned = await bot.post(body, content_type, headers={"X-Slack-Signature": ""})
    assert unsigned.status in (401, 413)
    assert (await bot.post(HELP)).status == 200


async def test_a_body_of_two_megabytes_is_too_large(bot: Bot):
    assert (await bot.post(b"text=" + 2 * 1024 * 1024 * b"x")).status == 413


async def test_only_posts_are_taken(bot: Bot):
    assert await bot.get("/slack/events") == 405
    assert await bot.get("/nowhere") == 404


SHAPES: list[Any] = [
    {"type": 5},
    {"type": "event_callback"},
    {"type": "event_callback", "event": None},
    {"type": "event_callback", "event": {"type": "message"}},
    {"type": "event_callback", "event": {"type": 5}},
    {"type": "event_callback", "authorizations": 5, "event": {"type": "message", "user": "U1"}},
    {"type": "event_callback", "event": {"type": "message", "text": "\ud800", "user": "U1"}},
    {"type": "block_actions"},
    {"type": "block_actions", "actions": []},
    {"type": "block_actions", "actions": "x"},
    {"type": "block_actions", "actions": [5], "user": {"id": "U1"}},
    {"type": "block_actions", "actions": [{}], "user": None, "team": None},
    {"type": "block_actions", "actions": [{"action_id": "a", "type": "button", "value": 5}]},
    {"type": "view_submission", "view": None},
    {"type": "view_submission", "view": {"callback_id": "x", "type": "modal"}},
    {"type": "view_closed", "view": {"callback_id": "x"}},
    {"type": "message_action", "callback_id": "x"},
    {"type": "shortcut", "callback_id": "x"},
    {"type": "block_suggestion", "action_id": "x"},
    {"type": "interactive_message", "actions": [], "callback_id": "x"},
    {"type": "dialog_submission", "callback_id": "x"},
    {"type": "workflow_step_edit", "callback_id": "x"},
    {"type": "no_such_type"},
    {"command": "/ally"},
    {"command": 5, "text": []},
]


@pytest.mark.parametrize("shape", SHAPES, ids=json.dumps)
async def test_no_shape_breaks_the_server(bot: Bot, shape: Any):
    for posted in (await bot.event(shape), await bot.interact(shape)):
        assert posted.status < 500
    await settle(bot)


def _variations(value: Any) -> Iterator[Any]:
    """A payload with each of its values in turn gone or replaced by something unfitting."""
    if not isinstance(value, dict | list):
        return
    keys = range(len(value)) if isinstance(value, list) else list(value)
    for key in keys:
        for unfitting in (None, 5, "", [], {}, [5], {"x": 5}):
            changed = value.copy()
            changed[key] = unfitting
            yield changed
        changed = value.copy()
        del changed[key]
        yield changed
        for inner in _variations(value[key]):
            changed = value.copy()
            changed[key] = inner
            yield changed


@pytest.mark.parametrize(
    "name", ["press_in_channel", "press_in_chat_of_two", "direct_message", "mention"]
)
async def test_no_value_of_a_payload_breaks_the_server(bot: Bot, slack: FakeSlack, name: str):
    payload = json.loads((RECORDED / f"{name}.json").read_text())
    if "response_url" in payload:
        payload["response_url"] = f"http://{slack.host}/response/none"
    variations = list(_variations(payload))
    assert len(variations) > 100
    send = bot.event if "event" in payload else bot.interact
    for start in range(0, len(variations), 20):
        batch = (send(variation) for variation in variations[start : start + 20])
        assert {posted.status for posted in await asyncio.gather(*batch)} <= {200, 400}
    await settle(bot)


async def test_events_that_nobody_can_read_are_not_sent_again(bot: Bot):
    """Slack repeats whatever is not answered with 200 up to three times."""
    for event in ({}, {"type": "message"}, {"type": "app_mention", "team": TEAM}):
        assert (await bot.event(delivery(event))).status == 200
    await settle(bot)

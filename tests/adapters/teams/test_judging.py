"""The judges of these tests: they pass what is right, and see each thing that is wrong."""

import asyncio
import copy
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from yarl import URL

from tests.adapters.teams.answering import Answer
from tests.adapters.teams.fake_teams import BOT, FakeTeams
from tests.adapters.teams.judging import buttons, card_faults, faults, heading, opened, words
from tests.adapters.teams.sdk import (
    unknown_in_card_answer,
    unknown_in_query_answer,
    unknown_properties,
)

LINK = "https://example.org/a_(b)"

BUTTON: dict[str, Any] = {
    "type": "Action.Execute",
    "title": "Another",
    "verb": "press",
    "data": {"command": "tip"},
    "fallback": {"type": "Action.Submit", "title": "Another", "data": {"command": "tip"}},
}
CARD: dict[str, Any] = {
    "type": "AdaptiveCard",
    "version": "1.5",
    "fallbackText": "A tip: ask first",
    "body": [
        {"type": "TextBlock", "text": "A tip", "style": "heading", "wrap": True},
        {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "ask *first*"}]},
        {"type": "TextBlock", "text": "[Read on](https://example.org/a_%28b%29)", "wrap": True},
    ],
    "actions": [BUTTON],
}
MESSAGE: dict[str, Any] = {
    "type": "message",
    "summary": "A tip: ask first",
    "attachments": [
        {"contentType": "application/vnd.microsoft.card.adaptive", "content": CARD},
    ],
}
TEXT: dict[str, Any] = {"type": "message", "text": "I've written to you. *", "textFormat": "plain"}
SAM = {
    "type": "mention",
    "text": "<at>Sam</at>",
    "mentioned": {"id": "29:x", "name": "Sam"},
}


def test_what_is_right_is_passed():
    by_sam = copy.deepcopy(CARD)
    _naming("Sam", SAM)(by_sam)
    assert card_faults(by_sam, {LINK}) == []
    assert "By Sam" in words(by_sam)
    assert faults(MESSAGE, {LINK}) == []
    assert faults(TEXT) == []
    mention = {"type": "mention", "text": "<at>Sam</at>", "mentioned": {"id": "29:x"}}
    marked = {"type": "message", "text": "<at>Sam</at> \\*hello\\*", "entities": [mention]}
    assert faults(marked) == []


def test_a_card_is_read_as_people_read_it():
    assert heading(CARD) == "A tip"
    assert words(CARD) == "A tip\nask *first*\nRead on"
    assert buttons(CARD) == {"tip": "Another"}
    assert opened(CARD) == [LINK]


def _with(**changed: Any) -> Callable[[dict[str, Any]], None]:
    return lambda card: card.update(changed)


def _first(**changed: Any) -> Callable[[dict[str, Any]], None]:
    return lambda card: card["body"][0].update(changed)


def _button(**changed: Any) -> Callable[[dict[str, Any]], None]:
    return lambda card: card["actions"][0].update(changed)


def _and(element: dict[str, Any]) -> Callable[[dict[str, Any]], None]:
    return lambda card: card["body"].append(element)


def _block(text: str) -> Callable[[dict[str, Any]], None]:
    return _and({"type": "TextBlock", "text": text, "wrap": True})


def _naming(name: str, *entities: dict[str, Any]) -> Callable[[dict[str, Any]], None]:
    def change(card: dict[str, Any]) -> None:
        _block(f"By <at>{name}</at>")(card)
        card["msteams"] = {"entities": list(entities)}

    return change


WRONG: dict[str, Callable[[dict[str, Any]], None]] = {
    "another type": _with(type="adaptivecard"),
    "version 1.6": _with(version="1.6"),
    "version 1.0": _with(version="1.0"),
    "no version": _with(version=None),
    "an unknown property": _with(colour="red"),
    "nothing in it": _with(body=[]),
    "no fallback text": _with(fallbackText=""),
    "a fallback text about something else": _with(fallbackText="Hello"),
    "seven actions": _with(actions=[{**BUTTON, "title": str(number)} for number in range(7)]),
    "two buttons alike": _with(actions=[BUTTON, BUTTON]),
    "actions in the body too": _and({"type": "ActionSet", "actions": [BUTTON]}),
    "no heading": _first(style="default"),
    "text that is cut off": _first(wrap=False),
    "an empty text": _first(text=" "),
    "an unknown element": _and({"type": "Media"}),
    "an unknown property of an element": _first(colour="red"),
    "a link to elsewhere": _block("[a](https://evil.example)"),
    "half a link": _block("[a](javascript:x)"),
    "an address in brackets": _block("<https://evil.example>"),
    "stars": _block("this is *bold*"),
    "stars with nothing wide around them": _block("this is \u200b*\u200bbold\u200b*\u200b"),
    "two stars": _block("**bold**"),
    "lines": _block("this is _slanted_"),
    "code": _block("say `x`"),
    "a list": _block("one\n- two"),
    "a list of numbers": _block("1. two"),
    "a date": _block("{{DATE(2026-01-01T00:00:00Z)}}"),
    "another platform": _block("as in Slack"),
    "runs without text": _and({"type": "RichTextBlock", "inlines": [{"type": "TextRun"}]}),
    "no runs": _and({"type": "RichTextBlock", "inlines": []}),
    "an image that is not described": _and({"type": "Image", "url": "https://x"}),
    "an input without a label": _and({"type": "Input.Text", "id": "x", "errorMessage": "x"}),
    "an input that is hidden": _and({"type": "Container", "items": [{"type": "Input.Text"}]}),
    "an input without an error message": _and({"type": "Input.Text", "id": "x", "label": "x"}),
    "no title": _button(title=""),
    "an unknown action": _button(type="Action.Http"),
    "no fallback": _button(fallback="drop"),
    "another fallback": _button(data={"command": "other"}),
    "another title": _button(title="Other"),
    "more data": _button(data={"command": "tip", "user": "x"}),
    "a submit alone": _with(actions=[BUTTON["fallback"]]),
    "an address to open": _with(
        actions=[{"type": "Action.OpenUrl", "title": "x", "url": "https://evil.example"}]
    ),
    "too many people": _with(refresh={"userIds": [f"29:{number}" for number in range(61)]}),
    "a mention that stands nowhere": _with(msteams={"entities": [SAM]}),
    "a mention of nobody": _naming("Sam", {**SAM, "mentioned": {"id": "", "name": "Sam"}}),
    "a mention of another name": _naming("Sam", {**SAM, "mentioned": {"id": "x", "name": "Kim"}}),
    "a mention that is not listed": _naming("Kim"),
    "28 kilobytes": _and(
        {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": 28 * 1024 * "x"}]}
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", WRONG.values(), ids=list(WRONG))
def test_what_is_wrong_with_a_card_is_seen(change: Callable[[dict[str, Any]], None]):
    card = copy.deepcopy(CARD)
    change(card)
    assert card_faults(card, {LINK})
    message = {**MESSAGE, "attachments": [{**MESSAGE["attachments"][0], "content": card}]}
    assert faults(message, {LINK})


WRONG_MESSAGES = {
    "text and card": {**MESSAGE, "text": "A tip"},
    "no summary": {**MESSAGE, "summary": ""},
    "a summary of something else": {**MESSAGE, "summary": "Hello"},
    "two cards": {**MESSAGE, "attachments": 2 * MESSAGE["attachments"]},
    "another content type": {**MESSAGE, "attachments": [{"contentType": "x", "content": CARD}]},
    "another type": {**MESSAGE, "type": "typing"},
    "an unknown property": {**MESSAGE, "colour": "red"},
    "an unknown property inside": {**TEXT, "recipient": {"id": "29:x", "colour": "red"}},
    "nothing": {"type": "message"},
    "only blanks": {**TEXT, "text": " \n"},
    "text that is markdown": {"type": "message", "text": "*hello*"},
    "text that is HTML": {"type": "message", "text": "<b>hello"},
    "a mention that stands nowhere": {
        **TEXT,
        "entities": [{"type": "mention", "text": "<at>Sam</at>", "mentioned": {"id": "29:x"}}],
    },
}


@pytest.mark.parametrize("message", WRONG_MESSAGES.values(), ids=list(WRONG_MESSAGES))
def test_what_is_wrong_with_a_message_is_seen(message: dict[str, Any]):
    assert faults(message, {LINK})


def test_what_the_sdk_does_not_know_is_seen():
    assert unknown_properties({"type": "message", "colour": "red"}) == ["colour"]
    assert unknown_properties({"type": "message", "attachments": "x"})
    assert unknown_in_card_answer({"statusCode": 200, "type": "x", "value": {}}) == []
    assert unknown_in_card_answer({"statusCode": 200, "colour": "red"}) == ["colour"]
    result: dict[str, Any] = {"type": "result", "attachmentLayout": "list", "attachments": []}
    assert unknown_in_query_answer({"composeExtension": result}) == []
    assert unknown_in_query_answer({"composeExtension": {**result, "colour": "red"}}) == ["colour"]
    assert unknown_in_query_answer({"composeExtension": result, "task": {}}) == ["task"]


# The connector.


@pytest_asyncio.fixture(loop_scope="session")
async def connector() -> AsyncIterator[FakeTeams]:
    teams = FakeTeams({LINK})
    await teams.start()
    teams.conversations.add("a:1")
    teams.login.tokens["good"] = float("inf")
    yield teams
    await teams.stop()


async def _send(
    teams: FakeTeams,
    path: str = "/amer/v3/conversations/a%3A1/activities",
    method: str = "POST",
    bearer: str = "good",
    body: Any = TEXT,
) -> int:
    headers = {"Authorization": f"Bearer {bearer}"}
    url = f"http://{teams.host}{path}"
    async with aiohttp.request(method, url, json=body, headers=headers) as response:
        await response.read()
        return response.status


async def _read(teams: FakeTeams, path: str, bearer: str = "good") -> int:
    headers = {"Authorization": f"Bearer {bearer}"}
    url = URL(f"http://{teams.host}{path}", encoded=True)
    async with aiohttp.request("GET", url, headers=headers) as response:
        await response.read()
        return response.status


ASKED: dict[str, Any] = {
    "bot": {"id": BOT},
    "members": [{"id": "29:x"}],
    "isGroup": False,
    "tenantId": "T",
    "channelData": {"tenant": {"id": "T"}},
}
CHATS = "/amer/v3/conversations"


async def test_the_connector_takes_what_is_right(connector: FakeTeams):
    assert await _send(connector) == 201
    assert await _send(connector, CHATS, body=ASKED) == 201
    message = connector.new_message("a:1")
    path = f"{CHATS}/a%3A1/activities/{message}"
    assert await _send(connector, path) == 201
    assert await _send(connector, path, "PUT") == 200
    targeted = f"{CHATS}/a%3A1/activities?isTargetedActivity=true"
    assert await _send(connector, targeted, body={**TEXT, "recipient": {"id": "29:x"}}) == 201
    assert connector.faults == []
    assert [call.method for call in connector.sent_to("a:1")] == ["POST", "POST", "PUT", "POST"]
    assert len(connector.chats_asked_for("29:x")) == 1


async def test_the_connector_tells_of_a_member(connector: FakeTeams):
    connector.members["a:1", "29:x"] = {"id": "29:x", "name": "Sam"}
    assert await _read(connector, f"{CHATS}/a%3A1/members/29%3Ax") == 200
    assert await _read(connector, f"{CHATS}/a%3A1/members/29%3Ay") == 404
    assert connector.faults == []
    assert [read.user for read in connector.reads] == ["29:x", "29:y"]
    connector.answers_reads = Answer(500)
    assert await _read(connector, f"{CHATS}/a%3A1/members/29%3Ax") == 500


@pytest.mark.parametrize(
    ("path", "bearer"),
    [
        ("a%3A1/members/29%3Ax", "bad"),
        ("19%3Ax%3Bmessageid=1/members/29%3Ax", "good"),
        ("a%3A1/members/29%3Ax?x=1", "good"),
        ("a%3A1/members", "good"),
    ],
    ids=["token", "thread", "question", "everybody"],
)
async def test_the_connector_sees_a_wrong_question(connector: FakeTeams, path: str, bearer: str):
    await _read(connector, f"{CHATS}/{path}", bearer)
    assert connector.faults


UNKNOWN = f"{CHATS}/a%3A2/activities"
SEEN = {
    "no token": {"bearer": ""},
    "another token": {"bearer": "bad"},
    "another conversation": {"path": UNKNOWN},
    "no path of Teams'": {"path": "/v3/conversations"},
    "a conversation in parts": {"path": f"{CHATS}/a/1/activities"},
    "no activity": {"path": f"{CHATS}/a%3A1/activities/"},
    "no object": {"body": []},
    "a message that is wrong": {"body": {"type": "message"}},
    "an unknown question": {"path": f"{CHATS}/a%3A1/activities?x=1"},
    "a change of nothing": {"method": "PUT"},
    "another way to ask": {"method": "PATCH"},
    "targeted at nobody": {"path": f"{CHATS}/a%3A1/activities?isTargetedActivity=true"},
    "another bot": {"body": {**TEXT, "from": {"id": "28:x"}}},
    "an answer to something else": {"body": {**TEXT, "replyToId": "x"}},
    "a group": {"path": CHATS, "body": {**ASKED, "isGroup": True}},
    "nobody to chat with": {"path": CHATS, "body": {**ASKED, "members": []}},
    "two to chat with": {"path": CHATS, "body": {**ASKED, "members": 2 * ASKED["members"]}},
    "two organizations": {"path": CHATS, "body": {**ASKED, "tenantId": "U"}},
    "no organization": {"path": CHATS, "body": {**ASKED, "channelData": {}}},
    "a chat of another bot": {"path": CHATS, "body": {**ASKED, "bot": {"id": "x"}}},
}  # fmt: skip


@pytest.mark.parametrize("wrong", SEEN.values(), ids=list(SEEN))
async def test_the_connector_sees_what_is_wrong(connector: FakeTeams, wrong: dict[str, Any]):
    await _send(connector, **wrong)
    assert connector.faults


async def test_the_connector_sees_a_token_that_ran_out(connector: FakeTeams):
    connector.login.tokens["good"] = 0
    await _send(connector)
    assert connector.faults


async def test_the_connector_answers_as_it_is_told(connector: FakeTeams):
    connector.will_answer("a:1", Answer.error(429), Answer(201))
    assert [await _send(connector) for _ in range(3)] == [429, 201, 201]
    connector.always_answers("a:1", Answer.error(503))
    assert [await _send(connector) for _ in range(3)] == [503, 503, 503]
    connector.will_answer("a:1", Answer(hangs_up=True))
    with pytest.raises(aiohttp.ClientError):
        await _send(connector)
    path = f"{CHATS}/a%3A1/activities/gone"
    assert await _send(connector, path, "PUT") == 404


async def test_the_connector_sees_what_comes_where_nothing_may(connector: FakeTeams):
    host, _, port = connector.sink.partition(":")
    _, writer = await asyncio.open_connection(host, int(port))
    writer.close()
    await asyncio.sleep(0.05)
    assert connector.faults


async def test_the_login_sees_a_wrong_form(connector: FakeTeams):
    async with aiohttp.request("POST", connector.login.token_url, data={"x": "y"}) as response:
        assert response.status == 200
    assert connector.login.faults

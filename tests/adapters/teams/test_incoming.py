"""From activities to chats and requests: who, where, and what they said."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.teams.incoming import (
    Chat,
    channel_of,
    chat_of,
    command_at,
    from_message,
    from_press,
    from_start,
    tenant_of,
)
from bot.messages import Place, Request

AT = datetime(2026, 3, 9, 12, tzinfo=UTC)
BOT, NAME, PERSON, TENANT = "28:bot", "Ally Nudge", "29:1FAKE", "tenant-1"
CHANNEL, THREAD = "19:FAKE@thread.tacv2", "messageid=1790000000000"
MENTION = {
    "type": "mention",
    "text": f"<at>{NAME}</at>",
    "mentioned": {"id": BOT, "name": NAME},
}
ALONE: dict[str, Any] = {
    "type": "message",
    "id": "1790000000001",
    "timestamp": "2026-03-09T12:00:00.0000000Z",
    "serviceUrl": "https://smba.trafficmanager.net/amer/",
    "channelId": "msteams",
    "from": {"id": PERSON, "name": "Somebody", "aadObjectId": "aad-1"},
    "conversation": {"id": "a:1FAKE", "conversationType": "personal", "tenantId": TENANT},
    "recipient": {"id": BOT, "name": NAME},
    "text": "what is a manel?",
    "textFormat": "plain",
    "entities": [{"type": "clientInfo", "locale": "fr-CA", "country": "CA", "platform": "Web"}],
    "channelData": {"tenant": {"id": TENANT}},
    "locale": "fr-CA",
}
ALOUD: dict[str, Any] = {
    **ALONE,
    "conversation": {
        "id": f"{CHANNEL};{THREAD}",
        "conversationType": "channel",
        "tenantId": TENANT,
        "isGroup": True,
    },
    "text": f"<at>{NAME}</at> what is a manel?",
    "entities": [*ALONE["entities"], MENTION],
}
IN_GROUP = {"id": "19:F@thread.v2", "conversationType": "groupChat"}
GROUP = {**ALOUD, "conversation": {**ALOUD["conversation"], **IN_GROUP}}


def chat(activity: dict[str, Any]) -> Chat:
    found = chat_of(activity)
    assert found is not None
    return found


def said(activity: dict[str, Any]) -> str:
    """What somebody wrote to the bot."""
    request = from_message(activity, chat(activity), AT)
    assert request is not None
    return request.text


@pytest.mark.parametrize(
    ("activity", "request_"),
    [
        pytest.param(
            ALONE,
            Request(
                f"teams:{TENANT}/{PERSON}",
                "what is a manel?",
                AT,
                Place(TENANT),
                locale="fr-CA",
            ),
            id="in a chat of two",
        ),
        pytest.param(
            ALOUD,
            Request(
                f"teams:{TENANT}/{PERSON}",
                "what is a manel?",
                AT,
                Place(TENANT, CHANNEL, THREAD, public=True),
                locale="fr-CA",
                prefix=f"@{NAME} ",
            ),
            id="in a channel",
        ),
        pytest.param(
            GROUP,
            Request(
                f"teams:{TENANT}/{PERSON}",
                "what is a manel?",
                AT,
                Place(TENANT, "19:F@thread.v2", public=True),
                locale="fr-CA",
                prefix=f"@{NAME} ",
            ),
            id="in a group",
        ),
        pytest.param(
            {**ALOUD, "recipient": {"id": BOT, "name": NAME, "isTargeted": True}},
            Request(
                f"teams:{TENANT}/{PERSON}",
                "what is a manel?",
                AT,
                Place(TENANT),
                locale="fr-CA",
            ),
            id="in a channel, seen by nobody else",
        ),
    ],
)
def test_a_message_is_understood(activity: dict[str, Any], request_: Request):
    assert from_message(activity, chat(activity), AT) == request_


def test_a_chat_is_what_teams_calls_it():
    assert chat({**ALOUD, "replyToId": "1790000000009"}) == Chat(
        service_url="https://smba.trafficmanager.net/amer/",
        tenant=TENANT,
        conversation=f"{CHANNEL};{THREAD}",
        personal=False,
        activity="1790000000001",
        pressed="1790000000009",
        person=PERSON,
        name="Somebody",
        bot=BOT,
        bot_name=NAME,
        targeted=False,
        team="",
    )
    assert chat(ALONE).personal
    assert not chat(GROUP).personal


def test_a_press_says_what_typing_says_and_is_seen_by_nobody_else():
    for activity in (ALONE, ALOUD, GROUP):
        pressed = from_press(activity, chat(activity), "check no", AT)
        assert (pressed.text, pressed.person) == ("check no", f"teams:{TENANT}/{PERSON}")
        assert pressed.pressed
        assert pressed.locale == "fr-CA"
    assert from_press(ALONE, chat(ALONE), "check", AT).place == Place(TENANT)


def test_who_adds_the_bot_has_said_nothing():
    added = from_start(ALOUD, chat(ALOUD), AT)
    assert (added.text, added.place.public) == ("", True)
    assert from_start(ALONE, chat(ALONE), AT).place == Place(TENANT)


@pytest.mark.parametrize("activity", [ALOUD, GROUP], ids=["channel", "group"])
@pytest.mark.parametrize(
    "entities",
    [
        None,
        [],
        {},
        "mention",
        [5, None, "x"],
        [{"type": "mention"}],
        [{"type": "mention", "mentioned": {"id": "28:another"}, "text": MENTION["text"]}],
        [{"type": "mention", "mentioned": BOT}],
        [{**MENTION, "type": "clientInfo"}],
    ],
    ids=str,
)
def test_what_is_said_to_others_is_no_request(activity: dict[str, Any], entities: Any):
    assert from_message({**activity, "entities": entities}, chat(activity), AT) is None


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"from": {"id": "28:another"}}, id="another bot"),
        pytest.param({"from": {"id": BOT}}, id="the bot itself"),
        pytest.param({"from": {"id": PERSON, "role": "bot"}}, id="a bot by its role"),
        pytest.param({"recipient": {"id": PERSON}}, id="somebody to themselves"),
        pytest.param({"from": None}, id="nobody"),
        pytest.param({"from": {"name": "x"}}, id="nobody's id"),
        pytest.param({"from": {"id": 5}}, id="a number"),
        pytest.param({"conversation": None}, id="nowhere"),
        pytest.param({"conversation": {"id": ""}}, id="nowhere's id"),
    ],
)
def test_what_no_person_said_has_no_chat(changed: dict[str, Any]):
    assert chat_of({**ALONE, **changed}) is None


@pytest.mark.parametrize("targeted", [False, None, "true", 1, {}], ids=str)
def test_only_true_means_that_others_do_not_see_it(targeted: Any):
    recipient = {"id": BOT, "name": NAME, "isTargeted": targeted}
    assert not chat({**ALOUD, "recipient": recipient}).targeted


@pytest.mark.parametrize("kind", ["Personal", "", None, 5, "channel", "groupChat", "meeting"])
def test_a_place_that_nobody_knows_is_one_where_others_read(kind: Any):
    """Else what is private might be answered in front of everybody."""
    conversation = {**ALONE["conversation"], "conversationType": kind}
    assert not chat({**ALONE, "conversation": conversation}).personal


@pytest.mark.parametrize(
    ("data", "conversation", "tenant"),
    [
        ({"tenant": {"id": "a"}}, {"tenantId": "b"}, "a"),
        ({"tenant": {"id": ""}}, {"tenantId": "b"}, "b"),
        ({"tenant": "a"}, {"tenantId": "b"}, "b"),
        (None, {"tenantId": "b"}, "b"),
        ({}, {}, ""),
        (5, None, ""),
    ],
)
def test_the_organization_is_in_either_place(data: Any, conversation: Any, tenant: str):
    assert tenant_of({"channelData": data, "conversation": conversation}) == tenant


def test_the_same_id_in_two_organizations_is_two_people():
    there = {**ALONE, "channelData": {"tenant": {"id": "tenant-2"}}}
    here = from_message(ALONE, chat(ALONE), AT)
    elsewhere = from_message(there, chat(there), AT)
    assert here is not None
    assert elsewhere is not None
    assert here.person != elsewhere.person


def test_a_channel_has_many_threads():
    assert channel_of(chat(ALOUD)) == CHANNEL
    assert channel_of(chat(ALONE)) == "a:1FAKE"


CLIENT = {"type": "clientInfo", "timezone": "America/Halifax"}


@pytest.mark.parametrize(
    ("local", "clients", "zone"),
    [
        ("America/Toronto", [], "America/Toronto"),
        ("America/Toronto", [CLIENT], "America/Toronto"),
        (None, [CLIENT], "America/Halifax"),
        ("Eastern Standard Time", [CLIENT], "America/Halifax"),
        ("", [{"type": "clientInfo"}, CLIENT], "America/Halifax"),
        (None, [{**CLIENT, "type": "x"}], ""),
        (None, [{**CLIENT, "timezone": "Mars/Olympus"}], ""),
        (5, [{**CLIENT, "timezone": ["America/Toronto"]}], ""),
        ("../America/Toronto", [], ""),
        ("/etc/passwd", [], ""),
        ("America", [], ""),
        ("America/Toronto\0", [], ""),
        ("\ud800", [], ""),
        ("x" * 10_000, [], ""),
        (None, [], ""),
    ],
)
def test_the_zone_is_one_that_the_world_knows(local: Any, clients: Any, zone: str):
    activity = {**ALONE, "localTimezone": local, "entities": clients}
    for request in (
        from_message(activity, chat(activity), AT),
        from_press(activity, chat(activity), "help", AT),
    ):
        assert request is not None
        assert request.zone == zone


def test_whom_somebody_names_is_told_and_neither_bots_nor_channels():
    ids = ["29:1SAM", BOT, "28:other", "19:general@thread.tacv2", "29:1KIM", "29:1SAM", "", 5]
    named = [{**MENTION, "mentioned": {"id": id}} for id in ids]
    activity = {**ALOUD, "entities": [*named, {**MENTION, "type": "x", "mentioned": {"id": "29:"}}]}
    request = from_message(activity, chat(activity), AT)
    assert request is not None
    assert request.mentioned == (f"teams:{TENANT}/29:1SAM", f"teams:{TENANT}/29:1KIM")
    assert from_press(activity, chat(activity), "help", AT).mentioned == ()


def test_a_channel_is_in_a_team_and_its_people_have_names():
    activity = {**ALOUD, "channelData": {"tenant": {"id": TENANT}, "team": {"id": "19:T"}}}
    there = chat(activity)
    assert there.team == "19:T"
    assert there.names == {f"teams:{TENANT}/{PERSON}": "Somebody"}
    assert chat({**ALONE, "from": {"id": PERSON}}).names == {f"teams:{TENANT}/{PERSON}": ""}


@pytest.mark.parametrize(
    ("data", "command"),
    [
        ({"command": "check no"}, "check no"),
        ({"command": "check no", "x": 1}, "check no"),
        ({"command": ""}, ""),
        ({"command": 5}, ""),
        ({"command": ["check"]}, ""),
        ({"command": {"command": "check"}}, ""),
        ({}, ""),
        ([], ""),
        (["command"], ""),
        ("command", ""),
        (None, ""),
        (5, ""),
    ],
)
def test_a_command_is_a_text_or_nothing(data: Any, command: str):
    assert command_at(data) == command


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("{at} help", "help"),
        ("{at}help", "help"),
        ("help {at}", "help"),
        ("{at}&nbsp;help&nbsp;", "help"),
        ("{at}\u00a0help", "help"),
        ("{at}\n\nhelp\n", "help"),
        ("{at} define\u00a0ally", "define ally"),
        ("{at} one\ntwo", "one\ntwo"),
        ("<p>{at}&nbsp;one</p><p>two</p>", "one  two"),
        ("<div>{at} one<br>two</div>", "one two"),
        ("{at} <b>one</b>", "<b>one</b>"),
        ("{at} <p>one</p>", "one"),
        ("<p>{at} &lt;p&gt;one&lt;/p&gt;</p>", "<p>one</p>"),
        ("{at} &lt;b&gt; &amp;amp; &quot;", '<b> &amp; "'),
        ("{at} <at>Sam</at> help", "@Sam help"),
        ("{at} <at>Sam &amp; Co</at>", "@Sam & Co"),
        ("{at} <at></at> help", "@ help"),
        ("{at} <at>Sam", "<at>Sam"),
        ("{at} a < b > c", "a < b > c"),
        ("{at}", ""),
        ("", ""),
        (5, ""),
        (None, ""),
    ],
)
def test_a_text_becomes_what_was_typed(text: Any, typed: str):
    sent = text.format(at=MENTION["text"]) if isinstance(text, str) else text
    assert " ".join(said({**ALOUD, "text": sent}).split(" ")) == typed


@pytest.mark.parametrize("text_format", ["xml", "html"])
def test_markup_is_left_out_of_a_formatted_text(text_format: str):
    text = f'{MENTION["text"]} <b>a</b><br/><i>b</i><span style="x">c</span> <a href="x">d</a>'
    assert said({**ALOUD, "text": text, "textFormat": text_format}).split() == ["a", "bc", "d"]


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="x" alt="y">',
        "<hr>",
        "<table><tr><td>",
        "<pre><code>",
        "<emoji id='x'>",
        "<!-- x -->",
    ],
)
def test_whatever_the_markup_it_is_not_what_was_typed(markup: str):
    text = f"<div>{MENTION['text']} one {markup} two</div>"
    assert said({**ALOUD, "text": text}).split() == ["one", "two"]


@pytest.mark.parametrize("text_format", ["plain", "markdown", "", None, 5])
def test_markup_is_kept_in_any_other_text(text_format: Any):
    text = f"{MENTION['text']} <b>a</b>"
    assert said({**ALOUD, "text": text, "textFormat": text_format}) == "<b>a</b>"


def test_a_bots_name_may_be_anything():
    for name in ("A.*", "A (b) [c]", "A\\1", "A & B", "é 🙂"):
        at = f"<at>{name}</at>"
        mention = {"type": "mention", "text": at, "mentioned": {"id": BOT, "name": name}}
        activity = {**ALOUD, "text": f"{at} define {name}", "entities": [mention]}
        assert said(activity) == f"define {name}"


def test_a_bot_without_a_name_asks_for_no_mention():
    activity = {**ALOUD, "recipient": {"id": BOT}}
    request = from_message(activity, chat(activity), AT)
    assert request is not None
    assert request.prefix == ""


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["plain", "xml", None]))
def test_whatever_is_written_is_read(text: str, text_format: str | None):
    said({**ALOUD, "text": f"{MENTION['text']} {text}", "textFormat": text_format})


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_characters="<>&", exclude_categories=["Cs"]), max_size=60))
def test_no_word_is_lost(text: str):
    assert said({**ALONE, "text": text}).split() == text.split()


@pytest.mark.parametrize("text", ["<at>" * 30_000, "<" * 100_000, "<p " * 50_000, "&amp" * 40_000])
def test_a_long_text_is_read_in_no_time(text: str):
    started = datetime.now(UTC)
    for text_format in ("plain", "xml"):
        said({**ALOUD, "text": text, "textFormat": text_format, "entities": [MENTION] * 1000})
    assert (datetime.now(UTC) - started).total_seconds() < 0.5

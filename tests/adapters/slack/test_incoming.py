"""From recorded payloads to requests: who, where, and what they said."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.slack.incoming import (
    MANSPLAINING,
    PREFIX,
    from_command,
    from_event,
    from_press,
    is_seen_by_all,
    lost_workspace,
    plain,
    user_of,
)
from bot.messages import Place, Request

RECORDED = Path(__file__).parents[1] / "payloads"
AT = datetime(2026, 3, 9, 12, tzinfo=UTC)
PERSON, TEAM, CHANNEL = "slack:T0FAKE/U0FAKE001", "T0FAKE", "C0FAKE001"


def recorded(name: str) -> dict[str, Any]:
    return dict(json.loads((RECORDED / f"{name}.json").read_text()))


@pytest.mark.parametrize(
    ("name", "read", "request_"),
    [
        pytest.param(
            "command",
            from_command,
            Request(
                PERSON,
                "what does @kim mean by <manel> & co?",
                AT,
                Place(TEAM, CHANNEL),
                prefix=PREFIX,
                mentioned=("slack:T0FAKE/U0FAKE002",),
            ),
            id="command",
        ),
        pytest.param(
            "command_mansplaining",
            from_command,
            Request("slack:T0FAKE/W0FAKE001", f"{MANSPLAINING} ", AT, Place(TEAM), prefix=PREFIX),
            id="mansplaining, between two",
        ),
        pytest.param(
            "press_in_channel",
            from_press,
            Request(PERSON, "check yes", AT, Place(TEAM, CHANNEL), prefix=PREFIX),
            id="press",
        ),
        pytest.param(
            "press_in_thread",
            from_press,
            Request(
                PERSON,
                "share define manel",
                AT,
                Place(TEAM, CHANNEL, "1790000000.000001"),
                prefix=PREFIX,
                role="guest",
            ),
            id="press in a thread by somebody from elsewhere",
        ),
        pytest.param(
            "press_in_chat_of_two",
            from_press,
            Request(PERSON, "define tokenism", AT, Place(TEAM)),
            id="press between two",
        ),
        pytest.param(
            "direct_message",
            from_event,
            Request(PERSON, "what is a manel?", AT, Place(TEAM)),
            id="direct message",
        ),
        pytest.param(
            "mention",
            from_event,
            Request(PERSON, "  help", AT, Place(TEAM, CHANNEL), prefix=PREFIX),
            id="mention",
        ),
        pytest.param(
            "mention_in_shared_channel",
            from_event,
            Request(
                "slack:T0FAKE/U0FAKE009",
                "hey   what does @U0FAKE002 mean by manel?",
                AT,
                Place(TEAM, CHANNEL, "1790000000.000001"),
                prefix=PREFIX,
                role="guest",
                mentioned=("slack:T0FAKE/U0FAKE002",),
            ),
            id="mention in a shared channel",
        ),
    ],
)
def test_a_recorded_payload_is_understood(name: str, read: Any, request_: Request):
    assert read(recorded(name), AT) == request_


def test_a_press_and_typing_say_the_same():
    press, command = recorded("press_in_channel"), recorded("command")
    press["actions"][0]["value"] = command["text"] = "define <@U0FAKE002|kim> manel"
    assert from_press(press, AT).mentioned == ("slack:T0FAKE/U0FAKE002",)
    press["actions"][0]["value"] = command["text"] = "check yes"
    assert from_press(press, AT) == from_command(command, AT)


def test_words_after_mansplaining_are_kept():
    payload = recorded("command_mansplaining") | {"text": "no they-do"}
    assert from_command(payload, AT).text == f"{MANSPLAINING} no they-do"


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("<@U1|sam>", "@sam"),
        ("<@U1>", "@U1"),
        ("<@W1|>", "@W1"),
        ("<#C1|general>", "#general"),
        ("<#C1|>", "#C1"),
        ("<#C1>", "#C1"),
        ("<!here>", "@here"),
        ("<!here|here>", "@here"),
        ("<!subteam^S1|@docs>", "@docs"),
        ("<!subteam^S1>", "@subteam"),
        ("<!date^1790000000^{date}|today>", "@today"),
        ("<https://a.test/?x=1&amp;y=2>", "https://a.test/?x=1&y=2"),
        ("<https://a.test|a.test>", "a.test"),
        ("<mailto:a@b.test|a@b.test>", "a@b.test"),
        ("<mailto:a@b.test>", "a@b.test"),
        ("&lt;b&gt; &amp; c", "<b> & c"),
        ("&amp;lt;", "&lt;"),
        ("&amp;amp;lt;", "&amp;lt;"),
        ("a < b", "a < b"),
        ("a > b", "a > b"),
        ("<", "<"),
        ("<@U1", "<@U1"),
        ("", ""),
        ("« é » 🙂", "« é » 🙂"),
    ],
)
def test_slacks_spellings_become_what_was_typed(sent: str, typed: str):
    assert plain(sent) == typed


@pytest.mark.parametrize(
    "event",
    [
        pytest.param({"bot_id": "B1"}, id="bot"),
        pytest.param({"app_id": "A1"}, id="app"),
        pytest.param({"bot_profile": {}, "user": "U0ALLY"}, id="the bot itself"),
        pytest.param({"subtype": "message_changed"}, id="edit"),
        pytest.param({"subtype": "channel_join"}, id="join"),
        pytest.param({"hidden": True}, id="hidden"),
        pytest.param({"channel_type": "channel"}, id="said to others"),
        pytest.param({"channel_type": "mpim"}, id="said to some"),
        pytest.param({"type": "reaction_added"}, id="reaction"),
        pytest.param({"user": None}, id="nobody"),
        pytest.param({"text": " "}, id="blank"),
    ],
)
def test_what_no_person_said_to_the_bot_is_no_request(event: dict[str, Any]):
    payload = recorded("direct_message")
    payload["event"] |= event
    assert from_event(payload, AT) is None


@pytest.mark.parametrize(
    ("authorizations", "context", "team", "tenant"),
    [
        pytest.param([{"team_id": "T1"}], "T2", "T3", "T1", id="authorization"),
        pytest.param([{}, {"team_id": "T1"}], "T2", "T3", "T1", id="the one that names it"),
        pytest.param([], "T2", "T3", "T2", id="context"),
        pytest.param(None, "", "T3", "T3", id="team"),
    ],
)
def test_the_workspace_is_the_one_that_the_event_was_delivered_for(
    authorizations: Any, context: str, team: str, tenant: str
):
    payload = recorded("direct_message")
    payload |= {"authorizations": authorizations, "context_team_id": context, "team_id": team}
    request = from_event(payload, AT)
    assert request is not None
    assert request.person == f"slack:{tenant}/U0FAKE001"
    assert request.place.workspace == tenant


def test_without_authorizations_the_first_mention_is_the_bots():
    payload = recorded("mention") | {"authorizations": []}
    payload["event"]["text"] = "<@U0ALLY> what does <@U1> mean?"
    request = from_event(payload, AT)
    assert request is not None
    assert request.text.strip() == "what does @U1 mean?"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", []),
        ("@sam &lt;@U1&gt;", []),
        ("<@U1|sam>", ["U1"]),
        ("<@U1>", ["U1"]),
        ("<@W1|>", ["W1"]),
        ("add <@U1|sam>, <@W2> and <@U1|sammy>", ["U1", "W2"]),
        ("<#C1|general> <!here> <!subteam^S1|@docs> <https://a.test|@U1>", []),
        ("<@u1> <@../U1> <@U1/U2> <@>", []),
    ],
)
def test_people_are_named_by_the_links_to_them(text: str, named: list[str]):
    people = tuple(f"slack:{TEAM}/{user}" for user in named)
    assert from_command(recorded("command") | {"text": text}, AT).mentioned == people
    for name in ("direct_message", "mention"):
        event = recorded(name)
        event["event"]["text"] = f"<@U0ALLY> {text}"
        request = from_event(event, AT)
        assert request is not None
        assert request.mentioned == people


def test_who_calls_the_bot_by_its_name_names_nobody():
    event = recorded("mention") | {"authorizations": []}
    event["event"]["text"] = "<@U0ALLY> settings add <@U1>"
    request = from_event(event, AT)
    assert request is not None
    assert request.mentioned == (f"slack:{TEAM}/U1",)


@pytest.mark.parametrize(
    ("event", "shared", "role"),
    [
        pytest.param({"user_team": "T0OTHER"}, True, "guest", id="of another organization"),
        pytest.param({"team": "T0OTHER"}, True, "guest", id="told as the team"),
        pytest.param({"user_team": TEAM, "team": "T0OTHER"}, True, "unknown", id="one of ours"),
        pytest.param({"team": None}, True, "unknown", id="untold"),
        pytest.param({"user_team": "T0SISTER"}, False, "unknown", id="in an enterprise"),
    ],
)
def test_people_of_other_organizations_are_guests(event: dict[str, Any], shared: bool, role: str):
    payload = recorded("mention") | {"is_ext_shared_channel": shared}
    payload["event"] |= event
    request = from_event(payload, AT)
    assert request is not None
    assert request.role == role


@pytest.mark.parametrize(
    ("home", "enterprise", "role"),
    [
        pytest.param("T0OTHER", None, "guest", id="of another organization"),
        pytest.param(TEAM, None, "unknown", id="one of ours"),
        pytest.param("", None, "unknown", id="untold"),
        pytest.param("T0SISTER", {"id": "E0FAKE"}, "unknown", id="in an enterprise"),
    ],
)
def test_their_presses_are_those_of_guests(home: str, enterprise: Any, role: str):
    payload = recorded("press_in_channel") | {"enterprise": enterprise}
    payload["user"]["team_id"] = home
    assert from_press(payload, AT).role == role


@pytest.mark.parametrize(
    ("channel", "container", "seen"),
    [
        pytest.param("C1", {"is_ephemeral": True}, False, id="to one alone"),
        pytest.param("C1", {"is_ephemeral": False}, True, id="to all"),
        pytest.param("G1", {}, True, id="untold"),
        pytest.param("C1", None, True, id="no container"),
        pytest.param("C1", {"is_ephemeral": "true"}, True, id="no flag"),
        pytest.param("D1", {"is_ephemeral": False}, False, id="between two"),
        pytest.param("", {"channel_id": "C1"}, True, id="told by the container"),
    ],
)
def test_a_message_in_a_channel_is_seen_by_all_unless_slack_says_otherwise(
    channel: str, container: Any, seen: bool
):
    assert is_seen_by_all({"channel": {"id": channel}, "container": container}) is seen


GONE = "slack:T0FAKE"


@pytest.mark.parametrize(
    ("event", "workspace"),
    [
        pytest.param({"type": "app_uninstalled"}, GONE, id="uninstalled"),
        pytest.param({"type": "tokens_revoked", "tokens": {"bot": ["U0ALLY"]}}, GONE, id="revoked"),
        pytest.param(
            {"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": ["U0ALLY"]}},
            GONE,
            id="both kinds",
        ),
        pytest.param(
            {"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}}, "", id="a person's"
        ),
        pytest.param({"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}}, "", id="no bot"),
        pytest.param({"type": "tokens_revoked", "tokens": ["U0ALLY"]}, "", id="no object"),
        pytest.param({"type": "tokens_revoked"}, "", id="none"),
        pytest.param({"type": "app_mention", "tokens": {"bot": ["U0ALLY"]}}, "", id="a mention"),
        pytest.param(None, "", id="no event"),
    ],
)
def test_a_workspace_is_lost_where_the_bots_own_token_is(event: Any, workspace: str):
    envelope = {"type": "event_callback", "team_id": TEAM, "event": event}
    assert lost_workspace(envelope) == workspace
    assert lost_workspace(envelope | {"team_id": ""}) == ""


def test_the_same_id_in_two_workspaces_is_two_people():
    here, there = recorded("command"), recorded("command") | {"team_id": "T0THERE"}
    assert from_command(here, AT).person != from_command(there, AT).person


def test_the_id_of_a_person_is_found_again():
    assert user_of(Request("slack:T1/U2", "", AT)) == "U2"


@pytest.mark.parametrize("read", [from_command, from_press])
def test_an_empty_payload_is_an_empty_request(read: Any):
    assert read({}, AT).text == ""

"""The manifest asks for what the bot uses and for nothing else."""

import json
from itertools import product
from pathlib import Path

import pytest

from adapters.slack.incoming import CHECK_WORDING
from adapters.slack.manifest import EVENTS_PATH, manifest
from tests.adapters.running import ally

DOCUMENTED = Path(__file__).parents[3] / "docs" / "scopes.md"
ADDRESS = "https://ally.example.org"

# https://docs.slack.dev/reference/events
SCOPE_OF_EVENT = {
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
}
WITHOUT_SCOPE = {"app_uninstalled", "tokens_revoked"}

NEVER = (
    "mpim:history chat:write.public channels:join im:write users:read.email team:read files:read "
    "reactions:read"
).split()

CHOICES = list(product(["", ADDRESS], [True, False], [True, False], [True, False]))


@pytest.fixture(params=CHOICES, ids=str)
def made(request: pytest.FixtureRequest):
    address, mentions, direct, nudges = request.param
    return manifest(address, mentions=mentions, direct=direct, nudges=nudges)


def test_scopes_are_those_of_what_is_used(made):
    scopes = made["oauth_config"]["scopes"]
    events = set(made["settings"]["event_subscriptions"]["bot_events"])
    assert events >= WITHOUT_SCOPE
    of_events = {SCOPE_OF_EVENT[event] for event in events - WITHOUT_SCOPE}
    needed = {"commands", "chat:write", "users:read"} | of_events
    assert set(scopes["bot"]) == needed
    assert len(scopes["bot"]) == len(needed)
    assert set(scopes["bot_optional"]) == needed - {"commands", "chat:write"}
    assert not needed & set(NEVER)
    assert "user" not in scopes


def test_channels_are_read_only_where_nudges_were_asked_for():
    for nudges in ({}, {"nudges": False}):
        made = manifest(ADDRESS, mentions=True, direct=True, **nudges)
        assert "history" not in str(made["oauth_config"]).replace("im:history", "")
        assert "message.channels" not in str(made)
        assert "message.groups" not in str(made)


def test_nudges_are_asked_for_on_the_command_line():
    plain = ally("slack", "manifest", "--url", ADDRESS).stdout
    assert json.loads(plain) == manifest(ADDRESS, mentions=True, direct=True)
    asked = ally("slack", "manifest", "--url", ADDRESS, "--nudges").stdout
    assert json.loads(asked) == manifest(ADDRESS, mentions=True, direct=True, nudges=True)


def test_the_shortcut_is_one_that_is_listened_to(made):
    (shortcut,) = made["features"]["shortcuts"]
    assert (shortcut["type"], shortcut["callback_id"]) == ("message", CHECK_WORDING)
    assert 0 < len(shortcut["name"]) <= 24
    assert 0 < len(shortcut["description"]) <= 150


def test_every_scope_has_its_reason_in_the_documentation():
    made = manifest(ADDRESS, mentions=True, direct=True, nudges=True)
    scopes = made["oauth_config"]["scopes"]
    table = [line.split("|") for line in DOCUMENTED.read_text().splitlines() if "| `" in line]
    asked = {row[1].strip(" `"): row[2].strip() for row in table}
    optional = scopes["bot_optional"]
    assert asked == {
        scope: "optional" if scope in optional else "always" for scope in scopes["bot"]
    }
    assert all(row[3].strip() for row in table)
    for event in WITHOUT_SCOPE:
        assert f"`{event}`" in DOCUMENTED.read_text()


def test_all_addresses_are_the_one_that_the_server_answers_at(made):
    def urls(value):
        if isinstance(value, dict):
            for name, inner in value.items():
                if name in ("url", "request_url"):
                    yield inner
                else:
                    yield from urls(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from urls(inner)

    socket = made["settings"]["socket_mode_enabled"]
    assert set(urls(made)) == (set() if socket else {ADDRESS + EVENTS_PATH})


def test_words_typed_come_escaped(made):
    commands = made["features"]["slash_commands"]
    assert [command["command"] for command in commands] == ["/ally", "/mansplaining"]
    assert all(command["should_escape"] for command in commands)


def test_the_messages_tab_can_be_written_to_where_messages_are_answered(made):
    events = made["settings"]["event_subscriptions"]["bot_events"]
    home = made["features"]["app_home"]
    assert home["messages_tab_enabled"] is True
    assert home["messages_tab_read_only_enabled"] is ("message.im" not in events)
    assert home["home_tab_enabled"] is False


def test_nothing_of_it_bars_the_marketplace():
    made = manifest(ADDRESS, mentions=True, direct=True)
    assert made["settings"]["socket_mode_enabled"] is False
    assert not {"functions", "workflows", "outgoing_domains"} & set(made)
    assert not {"agent_view", "assistant_view", "unfurl_domains"} & set(made["features"])

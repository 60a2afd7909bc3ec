"""From Slack's payloads to requests: who, where, and the plain words."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from adapters.payloads import text_at
from bot.messages import Place, Request

MANSPLAINING = "mansplaining check"
"""What /mansplaining says: a command in words of no one language."""

PREFIX = "/ally "
"""Stands before a command wherever it is not written to the bot alone."""

# <@U1|name>, <#C1|name>, <!here>, <https://…|words>: what Slack makes of mentions and links.
_SPECIAL = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")

# A person's own message has no subtype, or one of these.
_OWN_WORDS = frozenset({"", "file_share", "thread_broadcast", "me_message"})


def from_command(payload: Mapping[str, Any], at: datetime) -> Request:
    """A slash command: its text, or the check for /mansplaining."""
    text = plain(text_at(payload, "text"))
    if text_at(payload, "command") == "/mansplaining":
        text = f"{MANSPLAINING} {text}"
    team, channel = text_at(payload, "team_id"), text_at(payload, "channel_id")
    return Request(
        person=_person(team, text_at(payload, "user_id")),
        text=text,
        at=at,
        place=Place(team, _shareable(channel)),
        prefix=PREFIX,
    )


def from_press(payload: Mapping[str, Any], at: datetime) -> Request:
    """A press says the button's command, as if it had been typed."""
    actions = payload.get("actions")
    action = actions[0] if isinstance(actions, list) and actions else {}
    team = text_at(payload, "team", "id") or text_at(payload, "user", "team_id")
    channel = text_at(payload, "channel", "id") or text_at(payload, "container", "channel_id")
    return Request(
        person=_person(team, text_at(payload, "user", "id")),
        text=text_at(action, "value"),
        at=at,
        place=Place(team, _shareable(channel), text_at(payload, "container", "thread_ts")),
        prefix=PREFIX if _shareable(channel) else "",
    )


def from_event(payload: Mapping[str, Any], at: datetime) -> Request | None:
    """A mention or a direct message from a person; None for anything else.

    Bots, edits, deletions, joins and the bot's own words are anything else: two bots in one
    channel never answer each other.
    """
    event = payload.get("event")
    if not isinstance(event, Mapping):
        return None
    kind, user = text_at(event, "type"), text_at(event, "user")
    bots = {
        text_at(authorization, "user_id")
        for authorization in payload.get("authorizations") or ()
        if isinstance(authorization, Mapping)
    }
    if (
        event.get("bot_id")
        or event.get("app_id")
        or event.get("bot_profile")
        or event.get("hidden")
        or text_at(event, "subtype") not in _OWN_WORDS
        or not user
        or user in bots
        or (kind == "message" and text_at(event, "channel_type") != "im")
        or kind not in ("message", "app_mention")
    ):
        return None
    words = text_at(event, "text")
    if kind == "app_mention":
        words = _without_mention(words, bots)
    elif not words.strip():
        return None
    direct = kind == "message"
    return Request(
        person=_person(_tenant(payload), user),
        text=plain(words),
        at=at,
        place=Place(
            _tenant(payload),
            "" if direct else _shareable(text_at(event, "channel")),
            text_at(event, "thread_ts"),
        ),
        prefix="" if direct else PREFIX,
    )


def plain(text: str) -> str:
    """What a person typed, without Slack's escapes: "<@U1|sam> &amp; me" is "@sam & me"."""
    text = _SPECIAL.sub(_spelled, text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def user_of(request: Request) -> str:
    """The Slack id in a person's name: "slack:T1/U2" is U2."""
    return request.person.rpartition("/")[2]


def _spelled(found: re.Match[str]) -> str:
    sign, target, label = found[1], found[2], found[3] or ""
    match sign:
        case "@":
            return f"@{label or target}"
        case "#":
            return f"#{label or target}"
        case "!":
            return f"@{label.removeprefix('@') or target.partition('^')[0]}"
    return label or target.removeprefix("mailto:")


def _without_mention(words: str, bots: set[str]) -> str:
    for bot in bots:
        if bot:
            words = re.sub(rf"<@{re.escape(bot)}(\|[^<>]*)?>", " ", words)
    if not any(bots):
        words = re.sub(r"^\s*<@[^<>]*>", " ", words)
    return words


def _tenant(payload: Mapping[str, Any]) -> str:
    """The workspace the event was delivered for; in shared channels not where it was written."""
    for authorization in payload.get("authorizations") or ():
        if isinstance(authorization, Mapping) and text_at(authorization, "team_id"):
            return text_at(authorization, "team_id")
    return text_at(payload, "context_team_id") or text_at(payload, "team_id")


def _person(team: str, user: str) -> str:
    return f"slack:{team}/{user}"


def _shareable(channel: str) -> str:
    """The channel, unless it is a conversation of two."""
    return "" if channel.startswith("D") else channel

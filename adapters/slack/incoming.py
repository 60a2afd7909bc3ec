"""From Slack's payloads to requests: who, where, and the plain words."""

import re
from collections.abc import Mapping, Set
from datetime import datetime
from typing import Any

from adapters.payloads import text_at
from bot.commands.wording import OWN, THEIRS
from bot.messages import Place, Request, Role

MANSPLAINING = "mansplaining check"
"""What /mansplaining says: a command in words of no one language."""

CHECK_WORDING = "check_wording"
"""The callback id of the shortcut that is offered on messages."""

PREFIX = "/ally "
"""Stands before a command wherever it is not written to the bot alone."""

# <@U1|name>, <#C1|name>, <!here>, <https://…|words>: what Slack makes of mentions and links.
_SPECIAL = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")

_PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")

# A person's own message has no subtype, or one of these.
_OWN_WORDS = frozenset({"", "file_share", "thread_broadcast", "me_message"})

_CHANNELS = frozenset({"channel", "group"})
"""Public and private ones."""


def from_command(payload: Mapping[str, Any], at: datetime) -> Request:
    """A slash command: its text, or the check for /mansplaining."""
    typed = text_at(payload, "text")
    text = plain(typed)
    if text_at(payload, "command") == "/mansplaining":
        text = f"{MANSPLAINING} {text}"
    team, channel = text_at(payload, "team_id"), text_at(payload, "channel_id")
    return Request(
        person=_person(team, text_at(payload, "user_id")),
        text=text,
        at=at,
        place=Place(team, _shareable(channel)),
        prefix=PREFIX,
        mentioned=_mentioned(team, typed),
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
        role=_role_of_presser(payload),
        mentioned=_mentioned(team, text_at(action, "value")),
    )


def is_seen_by_all(payload: Mapping[str, Any]) -> bool:
    """Whether a press was on a message that everybody in the channel sees: it stays as it is."""
    channel = text_at(payload, "channel", "id") or text_at(payload, "container", "channel_id")
    container = payload.get("container")
    own = isinstance(container, Mapping) and container.get("is_ephemeral") is True
    return bool(_shareable(channel)) and not own


def from_shortcut(payload: Mapping[str, Any], at: datetime) -> Request | None:
    """The shortcut on a message: its text, if whoever chose it wrote it; None for other shortcuts.

    It may be chosen anywhere, also between two people whose chat the bot does not know.
    """
    message = payload.get("message")
    if text_at(payload, "callback_id") != CHECK_WORDING or not isinstance(message, Mapping):
        return None
    user, channel = text_at(payload, "user", "id"), text_at(payload, "channel", "id")
    team = text_at(payload, "team", "id") or text_at(payload, "user", "team_id")
    own = _is_of_a_person(message) and text_at(message, "user") == user
    return Request(
        person=_person(team, user),
        text=f"{OWN} {plain(text_at(message, 'text'))}" if own else THEIRS,
        at=at,
        place=Place(team, _shareable(channel)),
        prefix=PREFIX,
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
    bots = _bots(payload)
    if (
        not _is_of_a_person(event)
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
    team = _tenant(payload)
    return Request(
        person=_person(team, user),
        text=plain(words),
        at=at,
        place=Place(
            team,
            "" if direct else _shareable(text_at(event, "channel")),
            text_at(event, "thread_ts"),
        ),
        prefix="" if direct else PREFIX,
        role=_role_of_writer(payload, event),
        mentioned=_mentioned(team, words, bots),
    )


def overheard(payload: Mapping[str, Any], at: datetime) -> Request | None:
    """A new message to others in a channel, by somebody of the workspace; None for anything else.

    What mentions the bot is said to it, and comes as an event of its own.
    """
    event = payload.get("event")
    if not isinstance(event, Mapping):
        return None
    user, words, bots = text_at(event, "user"), text_at(event, "text"), _bots(payload)
    if (
        text_at(event, "type") != "message"
        or text_at(event, "channel_type") not in _CHANNELS
        or not _is_of_a_person(event)
        or event.get("edited")
        or _is_external(payload, event)
        or user in bots
        or not words.strip()
        or bots.intersection(_PERSON.findall(words))
    ):
        return None
    team = _tenant(payload)
    return Request(
        person=_person(team, user),
        text=plain(words),
        at=at,
        place=Place(team, text_at(event, "channel"), text_at(event, "thread_ts")),
        prefix=PREFIX,
    )


def lost_workspace(payload: Mapping[str, Any]) -> str:
    """The key of a workspace that took the bot away, where an event says so; or empty.

    Either of two events may come first, or alone; the tokens of persons are not the bot's.
    """
    event = payload.get("event")
    if not isinstance(event, Mapping) or not (team := _tenant(payload)):
        return ""
    match text_at(event, "type"):
        case "app_uninstalled":
            return _workspace(team)
        case "tokens_revoked":
            tokens = event.get("tokens")
            if isinstance(tokens, Mapping) and tokens.get("bot"):
                return _workspace(team)
    return ""


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


def _mentioned(team: str, words: str, bots: Set[str] = frozenset()) -> tuple[str, ...]:
    """The people whom words link to, each once, the bot left out."""
    named = dict.fromkeys(_PERSON.findall(words))
    return tuple(_person(team, user) for user in named if user not in bots)


def _is_of_a_person(message: Mapping[str, Any]) -> bool:
    """Whether a person wrote it and it is no edit, no deletion and no notice of Slack's."""
    by_a_program = message.get("bot_id") or message.get("app_id") or message.get("bot_profile")
    own = text_at(message, "subtype") in _OWN_WORDS and text_at(message, "user")
    return bool(own) and not (by_a_program or message.get("hidden"))


def _bots(payload: Mapping[str, Any]) -> set[str]:
    """The bot's own users, as far as an event names them."""
    return {
        text_at(authorization, "user_id")
        for authorization in payload.get("authorizations") or ()
        if isinstance(authorization, Mapping)
    }


def _is_external(payload: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Whether any of the teams that an event names is not the one that installed the bot."""
    teams = {text_at(event, name) for name in ("team", "user_team", "source_team")}
    return bool(teams - {"", _tenant(payload)})


def _role_of_writer(payload: Mapping[str, Any], event: Mapping[str, Any]) -> Role:
    """Somebody of another organization, in a channel shared with it, is a guest."""
    team = text_at(event, "user_team") or text_at(event, "team")
    shared = payload.get("is_ext_shared_channel") is True
    return "guest" if shared and team and team != _tenant(payload) else "unknown"


def _role_of_presser(payload: Mapping[str, Any]) -> Role:
    """The same for a press; in an enterprise a colleague may be of another workspace as well."""
    team, own = text_at(payload, "team", "id"), text_at(payload, "user", "team_id")
    foreign = bool(team and own) and team != own and not payload.get("enterprise")
    return "guest" if foreign else "unknown"


def _tenant(payload: Mapping[str, Any]) -> str:
    """The workspace the event was delivered for; in shared channels not where it was written."""
    for authorization in payload.get("authorizations") or ():
        if isinstance(authorization, Mapping) and text_at(authorization, "team_id"):
            return text_at(authorization, "team_id")
    return text_at(payload, "context_team_id") or text_at(payload, "team_id")


def _workspace(team: str) -> str:
    """The key of a workspace in what is remembered."""
    return f"slack:{team}"


def _person(team: str, user: str) -> str:
    return f"{_workspace(team)}/{user}"


def _shareable(channel: str) -> str:
    """The channel, unless it is a conversation of two."""
    return "" if channel.startswith("D") else channel

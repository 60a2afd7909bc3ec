"""The manifest that a Slack admin creates the app from, made from the table of commands."""

from typing import Any

from adapters.slack.incoming import CHECK_WORDING
from bot.commands.table import COMMANDS

NAME = "Ally Nudge"
EVENTS_PATH = "/slack/events"
REMOVALS = ("app_uninstalled", "tokens_revoked")
"""How Slack tells that a workspace took the bot away: what was stored there goes. No scope."""

DESCRIPTION = "A private hand in the moment to be an ally to the women you work with."
LONG_DESCRIPTION = (
    "Ally Nudge gives you a hand in the moment. Ask what a word means, run the “Am I "
    "mansplaining?” check before you explain, find a line to say when somebody belittles a "
    "colleague, and take one small tip into the week. Only you see the answers, unless you share "
    "one on purpose. It keeps nothing of what you type, reports and scores nobody, and never "
    "corrects anyone in public. Definitions and figures name their sources."
)


def manifest(address: str, *, mentions: bool, direct: bool, nudges: bool = False) -> dict[str, Any]:
    """The manifest for a server at `address`; an empty address means Socket Mode.

    `mentions` and `direct` say whether @mentions and direct messages are answered, `nudges` whether
    people can be nudged about what they write in channels; each asks for scopes that whoever
    installs the app may decline.
    """
    target = {"url": address + EVENTS_PATH} if address else {}
    request_url = {"request_url": address + EVENTS_PATH} if address else {}
    optional = [
        "users:read",
        *["app_mentions:read"] * mentions,
        *["im:history"] * direct,
        *["channels:history", "groups:history"] * nudges,
    ]
    events = [
        *["app_mention"] * mentions,
        *["message.im"] * direct,
        *["message.channels", "message.groups"] * nudges,
        *REMOVALS,
    ]
    settings = {
        "event_subscriptions": {**request_url, "bot_events": events},
        "interactivity": {"is_enabled": True, **request_url},
        "org_deploy_enabled": False,
        "socket_mode_enabled": not address,
        "token_rotation_enabled": False,
    }
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": NAME,
            "description": DESCRIPTION,
            "long_description": LONG_DESCRIPTION,
            "background_color": "#2b2d42",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": False,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": not direct,
            },
            "bot_user": {"display_name": NAME, "always_online": False},
            "shortcuts": [
                {
                    "name": "Check my wording",
                    "type": "message",
                    "callback_id": CHECK_WORDING,
                    "description": "Kinder words for a message you wrote. Only you see them.",
                }
            ],
            "slash_commands": [
                {
                    "command": "/ally",
                    **target,
                    "description": "Look up a word, get a line to say or a tip. Only you see it.",
                    "usage_hint": _usage(),
                    "should_escape": True,
                },
                {
                    "command": "/mansplaining",
                    **target,
                    "description": "“Am I mansplaining?” A private check, a question at a time.",
                    "should_escape": True,
                },
            ],
        },
        "oauth_config": {
            "scopes": {
                "bot": ["commands", "chat:write", *optional],
                "bot_optional": optional,
            }
        },
        "settings": settings,
    }


def _usage() -> str:
    listed = (f"{command.id} {command.takes}".strip() for command in COMMANDS if command.group)
    return f"[{' | '.join(listed)}]"

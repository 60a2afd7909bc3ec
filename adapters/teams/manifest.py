"""The manifest of the package that a Teams admin uploads, made from the table of commands.

It asks for no permission: the bot reads what is sent to it and nothing else. Only where nudges are
wanted it asks the owner of each team to let it read the messages of the team's channels.
https://learn.microsoft.com/microsoft-365/extensibility/schema
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from adapters.teams.dialogs import CHECK
from adapters.teams.invokes import SEARCH, TERM
from adapters.teams.listing import LISTINGS, NAME
from bot.commands.call import Command
from bot.commands.table import COMMANDS
from bot.knowledge import Knowledge
from bot.messages import LANGUAGES, Language

SCHEMAS = "https://developer.microsoft.com/json-schemas/teams/v1.29"
COLOR = "#2B2D42"
MESSAGES_PATH = "/api/messages"

MOST_COMMANDS = 12
ASKED_ALOUD = {"check", "before", "say"}
"""Commands that are worth asking in front of others although their answer goes to one person."""

_DEFAULT: Language = "en"
_TRANSLATED = {"short", "full", "title", "description"}


def manifest(
    address: str,
    bot: str,
    version: str,
    knowledge: Knowledge,
    *,
    targeted: bool = False,
    nudges: bool = False,
    language: Language = _DEFAULT,
) -> dict[str, Any]:
    """The manifest for the bot with the app id `bot`, whose server is at `address`.

    `targeted` says that it may be asked and may answer in a channel without anybody else seeing it,
    `nudges` that it reads along in channels.
    """
    listing = LISTINGS[language]
    return {
        "$schema": f"{SCHEMAS}/MicrosoftTeams.schema.json",
        "manifestVersion": "1.29",
        "version": version,
        "id": str(uuid5(UUID(bot), "ally-nudge")),
        "developer": {
            "name": "The Ally Nudge authors",
            "websiteUrl": f"{address}/",
            "privacyUrl": f"{address}/privacy",
            "termsOfUseUrl": f"{address}/support#terms",
        },
        "name": {"short": NAME, "full": listing.full_name},
        "description": {"short": listing.short, "full": listing.told(nudges=nudges)},
        "localizationInfo": {
            "defaultLanguageTag": _DEFAULT,
            "additionalLanguages": [
                {"languageTag": other, "file": translation_file(other)} for other in translated()
            ],
        },
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": COLOR,
        "staticTabs": [
            {"entityId": "conversations", "scopes": ["personal"]},
            {"entityId": "about", "scopes": ["personal"]},
        ],
        "bots": [
            {
                "botId": bot,
                "scopes": ["personal", "team", "groupChat"],
                "supportsFiles": False,
                "isNotificationOnly": False,
                **({"supportsTargetedMessages": True} if targeted else {}),
                "commandLists": [
                    {
                        "scopes": ["personal"],
                        "commands": _commands(COMMANDS, knowledge, language),
                    },
                    {
                        "scopes": ["team", "groupChat"],
                        **({"triggers": ["mention", "slash"]} if targeted else {}),
                        "commands": _commands(for_all(COMMANDS), knowledge, language),
                    },
                ],
            }
        ],
        "composeExtensions": [
            {
                "botId": bot,
                "commands": [
                    {
                        "id": SEARCH,
                        "type": "query",
                        "title": listing.look_up,
                        "description": listing.look_up_help,
                        "context": ["compose", "commandBox"],
                        "initialRun": True,
                        "parameters": [
                            {
                                "name": TERM,
                                "title": listing.term,
                                "description": listing.term_help,
                                "inputType": "text",
                            }
                        ],
                    },
                    {
                        "id": CHECK,
                        "type": "action",
                        "title": listing.check,
                        "description": listing.check_help,
                        "context": ["message"],
                        "fetchTask": True,
                    },
                ],
            }
        ],
        "validDomains": [urlsplit(address).hostname],
        **(_reading_along(address, bot) if nudges else {}),
        "defaultInstallScope": "personal",
        "defaultGroupCapability": {"team": "bot", "groupchat": "bot"},
        "supportsChannelFeatures": "tier1",
    }


def _reading_along(address: str, bot: str) -> dict[str, Any]:
    """What an owner of a team agrees to when they add the app; it holds for all its channels.

    https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/channel-messages-with-rsc
    """
    permission = {"name": "ChannelMessage.Read.Group", "type": "Application"}
    return {
        "webApplicationInfo": {"id": bot, "resource": f"{address}/"},
        "authorization": {"permissions": {"resourceSpecific": [permission]}},
    }


def translated() -> list[Language]:
    """The languages that have a file of their own; the first one is in the manifest itself."""
    return [language for language in LANGUAGES if language != _DEFAULT]


def translation_file(language: Language) -> str:
    """What the file with the texts of a language is called."""
    return f"{language}.json"


def translation(made: dict[str, Any]) -> dict[str, str]:
    """All texts of a manifest that was made in another language, by where they stand in it."""
    texts = dict(_texts(made))
    return {"$schema": f"{SCHEMAS}/MicrosoftTeams.Localization.schema.json", **texts}


def for_all(commands: Sequence[Command]) -> list[Command]:
    """The commands that are offered in channels and groups."""
    return [command for command in commands if command.public or command.id in ASKED_ALOUD]


def listed(commands: Sequence[Command]) -> list[Command]:
    """The commands that a list has room for: `help` first, then as in the table.

    Room goes to `help`, then to the first command of each group, then to the second of each, and so
    on: what stands first in its group is what people need most.
    """
    offered = [command for command in commands if command.group]
    turns: dict[str, int] = {}
    taken: Counter[str] = Counter()
    for command in offered:
        taken[command.group] += 1
        turns[command.id] = 0 if command.id == "help" else taken[command.group]
    kept = sorted(offered, key=lambda command: turns[command.id])[:MOST_COMMANDS]
    return sorted(
        (command for command in offered if command in kept),
        key=lambda command: command.id != "help",
    )


def _commands(
    commands: Sequence[Command], knowledge: Knowledge, language: Language
) -> list[dict[str, str]]:
    return [
        {
            "title": knowledge.say(f"command.{command.id}", language),
            "description": knowledge.say(f"help.{command.id}", language),
        }
        for command in listed(commands)
    ]


def _texts(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Where a text stands ("bots[0].commandLists[1].commands[2].title"), and the text."""
    if isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, f"{place}[{number}]")
    elif isinstance(value, dict):
        for name, inner in value.items():
            within = f"{place}.{name}" if place else name
            if name in _TRANSLATED and isinstance(inner, str):
                yield within, inner
            else:
                yield from _texts(inner, within)

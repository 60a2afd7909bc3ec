"""The dialog that *Check wording* opens on a message: what it is opened on, and what it shows.

It is open wherever messages are, also where the bot is no member; all that the bot can say there
is in the body of its answer.
https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/action-commands/create-task-module
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapters.payloads import text_at
from adapters.teams.incoming import Activity, command_at
from adapters.teams.invokes import Body
from adapters.teams.listing import NAME
from adapters.teams.markup import own_words
from adapters.teams.render import CARD_TYPE, Names, card
from bot.messages import Reply

CHECK = "checkWording"
"""The id of the command, as the manifest has it."""
SIZE = "medium"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The message that somebody opened the dialog on."""

    own: bool
    """Whether they wrote it themselves."""
    text: str
    """Its title and its words; nothing of what somebody else wrote."""


def chosen_message(activity: Activity) -> Chosen | None:
    """What the dialog is opened on; None where it is another app's command, or on nothing."""
    value = activity.get("value")
    if not isinstance(value, Mapping) or text_at(value, "commandId") != CHECK:
        return None
    message = value.get("messagePayload")
    if not isinstance(message, Mapping):
        return None
    author = text_at(message, "from", "user", "id").lower()
    own = bool(author) and author == text_at(activity, "from", "aadObjectId").lower()
    return Chosen(own, _words(message) if own else "")


def submitted_command(value: object) -> str:
    """The command of a button that was pressed in the dialog; empty where it is none of ours."""
    if not isinstance(value, Mapping) or text_at(value, "commandId") != CHECK:
        return ""
    return command_at(value.get("data"))


def dialog_answer(reply: Reply, names: Names) -> Body:
    """The dialog, with a reply in it."""
    attachment = {"contentType": CARD_TYPE, "content": card(reply, names, in_dialog=True)}
    shown = {"title": NAME, "height": SIZE, "width": SIZE, "card": attachment}
    return {"task": {"type": "continue", "value": shown}}


def _words(message: Mapping[str, Any]) -> str:
    content = text_at(message, "body", "content")
    plain = text_at(message, "body", "contentType") == "text"
    words = content.strip() if plain else own_words(content)
    return "\n\n".join(filter(None, (text_at(message, "subject").strip(), words)))

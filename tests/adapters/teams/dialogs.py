"""The dialog that people open on a message, and what they press in it."""

from typing import Any

from tests.adapters.teams.judging import CARD, card_faults
from tests.adapters.teams.people import Person
from tests.adapters.teams.sdk import unknown_in_dialog_answer

CHECK = "checkWording"


def message_of(person: Person, content: str = "", **changed: Any) -> dict[str, Any]:
    """A message that somebody wrote, as Teams tells of it where the dialog is opened on it."""
    author = {
        "userIdentityType": "aadUser",
        "id": f"aad-{person.user[3:]}",
        "displayName": person.name,
    }
    return {
        "id": "1790000000123",
        "replyToId": None,
        "createdDateTime": "2026-11-22T10:00:00.000Z",
        "lastModifiedDateTime": None,
        "deleted": False,
        "subject": None,
        "summary": None,
        "importance": "normal",
        "locale": "en-us",
        "linkToMessage": "https://teams.example/l/message/x",
        "body": {"contentType": "html", "content": content},
        "from": {"device": None, "conversation": None, "user": author, "application": None},
        "reactions": [],
        "mentions": [],
        "attachments": [],
        **changed,
    }


def opening(person: Person, message: Any, **changed: Any) -> dict[str, Any]:
    """Somebody chooses *Check wording* in the menu of a message."""
    value = {
        "commandId": CHECK,
        "commandContext": "message",
        "requestId": "5f0ab6c4",
        "messagePayload": message,
        "context": {"theme": "default"},
    }
    said = {"name": "composeExtension/fetchTask", "value": value | changed}
    return person.activity("invoke", **said)


def pressing(person: Person, command: Any, message: Any = None, **changed: Any) -> dict[str, Any]:
    """Somebody presses a button in the dialog."""
    opened = opening(person, message or message_of(person))
    value = opened["value"] | {"data": {"command": command}} | changed
    return opened | {"name": "composeExtension/submitAction", "value": value}


async def shown(person: Person, activity: dict[str, Any]) -> dict[str, Any]:
    """The card that the dialog shows."""
    posted = await person.bot.deliver(activity)
    assert posted.status == 200
    body = posted.message
    assert unknown_in_dialog_answer(body) == []
    assert body["task"]["type"] == "continue"
    dialog = body["task"]["value"]
    assert dialog.keys() == {"title", "height", "width", "card"}
    assert (dialog["height"], dialog["width"]) == ("medium", "medium")
    assert dialog["title"]
    assert dialog["card"]["contentType"] == CARD
    card: dict[str, Any] = dialog["card"]["content"]
    assert card_faults(card, person.bot.teams.links, in_dialog=True) == []
    return card


async def checks(person: Person, content: str, **changed: Any) -> dict[str, Any]:
    """Has the wording of their own message checked; the card that the dialog shows."""
    return await shown(person, opening(person, message_of(person, content, **changed)))


async def presses_there(person: Person, command: str) -> dict[str, Any]:
    """Presses a button in the dialog; what it shows then."""
    return await shown(person, pressing(person, command))

"""Teams for the contract: what it posts when somebody does something, and what it shows then."""

import json
from html import escape
from itertools import count
from typing import Any

from adapters.payloads import json_object, text_at
from adapters.teams import app
from adapters.teams.app import Teams
from adapters.teams.connector import Answer
from adapters.teams.incoming import chat_of
from adapters.teams.render import card
from adapters.teams.sending import Sender
from bot.messages import Link, Reply, Request, Role
from tests.adapters.platforms.platform import Forgetful, Look, Platform, overheard
from tests.adapters.platforms.platform import finished as run
from tests.adapters.teams.judging import buttons, card_faults, faults, opened, words
from tests.conftest import shipped

BOT = {"id": "28:00000000-0000-0000-0000-00000000a11e", "name": "Ally Nudge"}
PERSON = {"id": "29:1FAKE", "name": "Sam"}
MENTION = {"type": "mention", "text": "<at>Ally Nudge</at>", "mentioned": BOT}

_numbers = count(1)


def personal(text: str) -> list[Request]:
    return post(activity("message", text=escaped(text)))


def channel(text: str) -> list[Request]:
    return said_to_others("channel", f"<at>Ally Nudge</at> {escaped(text)}", entities=[MENTION])


def group(text: str) -> list[Request]:
    return said_to_others("groupChat", f"<at>Ally Nudge</at> {escaped(text)}", entities=[MENTION])


def targeted(text: str) -> list[Request]:
    recipient = {**BOT, "isTargeted": True}
    return said_to_others("channel", escaped(text), recipient=recipient)


def execute(kind: str, command: str) -> list[Request]:
    action = {"type": "Action.Execute", "verb": "press", "data": {"command": command}}
    value = {"action": action, "trigger": "manual"}
    return post(activity("invoke", kind, name="adaptiveCard/action", value=value))


def submit(kind: str, command: str) -> list[Request]:
    """In a client from before Action.Execute."""
    return post(activity("message", kind, value={"command": command}, replyToId="1790000000000"))


def said_to_others(kind: str, text: str, **more: Any) -> list[Request]:
    return post(activity("message", kind, text=text, **more))


def activity(sort: str, kind: str = "personal", **changed: Any) -> dict[str, Any]:
    """An activity in a chat of two, in a channel or in a group chat."""
    ids = {"personal": "a:1FAKE", "channel": "19:FAKE@thread.tacv2;messageid=1790000000000"}
    said = {
        "type": sort,
        "id": str(1_790_000_000_000 + next(_numbers)),
        "channelId": "msteams",
        "serviceUrl": "https://smba.trafficmanager.net/amer/",
        "from": PERSON,
        "recipient": BOT,
        "conversation": {"id": ids.get(kind, "19:FAKE@thread.v2"), "conversationType": kind},
        "channelData": {"tenant": {"id": "FAKE"}},
        "textFormat": "plain",
        **changed,
    }
    return {name: value for name, value in said.items() if value is not None}


def escaped(text: str) -> str:
    """What Teams makes of what somebody types."""
    return escape(text, quote=False)


def post(sent: dict[str, Any]) -> list[Request]:
    """What comes to the core of what Teams posts."""
    received = json_object(json.dumps(sent))

    async def handle() -> None:
        teams = Teams(Known(), Sender(Kept(), targeted=False), frozenset(), Forgetful(), unasked)
        if text_at(received, "type") == "invoke":
            await teams.invoke(received)
        else:
            teams.accept(received)
            await teams.finish()

    with overheard(app, "take_turn_once") as heard:
        run(handle())
    return heard


async def unasked(_chat: object) -> Role:
    """Nobody is asked what somebody is."""
    return "unknown"


class Known:
    """The content of the shipped knowledge base."""

    knowledge = shipped()


class Kept:
    """A connector that keeps what is sent."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []

    async def call(self, _method: str, _url: str, _path: object, body: Any, **_: Any) -> Answer:
        self.sent.append(body)
        return Answer(200, "1")


def looks(reply: Reply) -> list[Look]:
    """As a message, and as the card that takes the place of a pressed one."""
    links = {part.url for part in reply.parts if isinstance(part, Link)}
    sent, shown = message(reply), card(reply)
    if sent.get("attachments"):
        assert sent["attachments"][0]["content"] == shown
        return [look(shown, faults(sent, links))]
    alone = Look(sent["text"], (), (), (), (), faults(sent, links))
    return [alone, look(shown, card_faults(shown, links))]


def message(reply: Reply) -> dict[str, Any]:
    chat, kept = chat_of(activity("message")), Kept()
    assert chat is not None
    run(Sender(kept, targeted=False).post(chat, reply))
    (sent,) = kept.sent
    return sent


def look(shown: dict[str, Any], found: list[str]) -> Look:
    pressed = buttons(shown)
    blocks = (element for element in shown["body"] if element["type"] == "TextBlock")
    return Look(
        words=words(shown),
        labels=tuple(action["title"] for action in shown.get("actions", ())),
        commands=tuple(pressed),
        markup=tuple(block["text"] for block in blocks),
        links=tuple(opened(shown)),
        faults=found,
    )


PLATFORM = Platform(
    name="teams",
    says={"chat of two": personal, "channel": channel, "group": group, "targeted": targeted},
    presses={
        "chat of two": lambda text: execute("personal", text),
        "channel": lambda text: execute("channel", text),
        "old client": lambda text: submit("personal", text),
        "old client, channel": lambda text: submit("channel", text),
    },
    silent={
        "own message": lambda: post(activity("message", text="help", **{"from": BOT})),
        "other bot": lambda: post(activity("message", text="help", **{"from": {"id": "28:other"}})),
        "bot by role": lambda: post(
            activity("message", text="help", **{"from": {**PERSON, "role": "bot"}})
        ),
        "edit": lambda: post(activity("messageUpdate", text="help")),
        "deletion": lambda: post(activity("messageDelete", text="help")),
        "reaction": lambda: post(activity("messageReaction", reactionsAdded=[{"type": "like"}])),
        "typing": lambda: post(activity("typing")),
        "join": lambda: post(activity("conversationUpdate", membersAdded=[{"id": "29:1OTHER"}])),
        "removal": lambda: post(activity("installationUpdate", action="remove")),
        "upgrade": lambda: post(activity("installationUpdate", action="add-upgrade")),
        "said to others": lambda: said_to_others("channel", "help"),
        "said to another bot": lambda: said_to_others(
            "groupChat", "<at>Ally Nudge</at> help", entities=[
                {**MENTION, "mentioned": {"id": "28:other", "name": "Ally Nudge"}}
            ],
        ),
        "unknown": lambda: post(activity("endOfConversation", text="help")),
    },
    looks=looks,
    markup=(
        "[x](https://evil.test)", "<at>Sam</at>", "<https://evil.test>", "**bold**", "*slanted*",
        "_slanted_", "~~struck~~", "`code`", "\n- item", "\n1. item", "\n# heading", "&lt;b&gt;",
        "![x](https://evil.test/x.png)", "{{DATE(2026-03-09T12:00:00Z, SHORT)}}",
    ),
)  # fmt: skip

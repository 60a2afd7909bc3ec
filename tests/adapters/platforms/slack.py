"""Slack for the contract: what it posts when somebody does something, and what it shows then."""

import json
import re
from copy import deepcopy
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from adapters.slack import app
from adapters.slack.app import Slack
from adapters.slack.payloads import parse
from adapters.slack.profiles import NOBODY, Profile
from adapters.slack.render import render
from adapters.slack.sending import Sent
from bot.messages import Link, Mention, Reply, Request
from tests.adapters.platforms.platform import Forgetful, Look, Platform, overheard
from tests.adapters.platforms.platform import finished as run
from tests.adapters.slack.judging import faults, unescape, words
from tests.conftest import shipped

RECORDED = Path(__file__).parents[1] / "payloads"
LINK = re.compile(r"<(https?:[^<>|]*)\|([^<>]*)>")
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


def command(text: str) -> list[Request]:
    return post(urlencode(recorded("command") | {"text": escaped(text)}), FORM)


def direct_message(text: str) -> list[Request]:
    return event("direct_message", text=escaped(text))


def mention(text: str) -> list[Request]:
    return event("mention", text=f"<@U0ALLY> {escaped(text)}")


def press(place: str, command: str) -> list[Request]:
    payload = recorded(f"press_in_{place}")
    payload["actions"][0]["value"] = command
    payload["user"]["team_id"] = payload["team"]["id"]  # nobody of another organization types
    return post(urlencode({"payload": json.dumps(payload)}), FORM)


def event(name: str, **changed: Any) -> list[Request]:
    payload = recorded(name)
    payload["event"] |= changed
    return post(json.dumps(payload), JSON)


def recorded(name: str) -> dict[str, Any]:
    return dict(json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8")))


def escaped(text: str) -> str:
    """What Slack makes of what somebody types."""
    return escape(text, quote=False)


def post(body: str, content_type: str) -> list[Request]:
    """What comes to the core of what Slack posts."""
    payload = parse(body.encode(), content_type)
    slack = Slack(Known(), Nowhere(), Untold(), Forgetful())

    async def ack(*_: object) -> None:
        pass

    with overheard(app, "take_turn") as heard:
        if "command" in payload:
            run(slack.on_command(ack, payload))
        elif payload["type"] == "block_actions":
            run(slack.on_press(ack, payload))
        else:
            run(slack.on_event(payload))
    return heard


class Known:
    """The content of the shipped knowledge base."""

    knowledge = shipped()


class Nowhere:
    """Takes what is sent."""

    def may_respond(self, _url: str) -> bool:
        return True

    async def respond(self, _url: str, _message: object) -> Sent:
        return Sent.REFUSED

    async def to_one(self, *_: object) -> Sent:
        return Sent.TAKEN


class Untold:
    """Profiles, where Slack tells nobody's."""

    overhears = True

    def known(self, _person: str, *, role: bool) -> Profile:
        return NOBODY


def looks(reply: Reply) -> list[Look]:
    message = render(reply)
    links = {part.url for part in reply.parts if isinstance(part, Link)}
    sharers = {part.key.rpartition("/")[2] for part in reply.parts if isinstance(part, Mention)}
    buttons = [
        button
        for block in message["blocks"]
        if block["type"] == "actions"
        for button in block["elements"]
    ]
    texts = [text for block in message["blocks"] for text in in_block(block)]
    markup = [text["text"] for text in texts if text["type"] == "mrkdwn"]
    return [
        Look(
            words=words(read_links(message)),
            labels=tuple(unescape(button["text"]["text"]) for button in buttons),
            commands=tuple(button["value"] for button in buttons),
            markup=tuple(markup),
            links=tuple(unescape(url) for text in markup for url, _ in LINK.findall(text)),
            faults=faults(message, links, sharers),
        )
    ]


def read_links(message: dict[str, Any]) -> dict[str, Any]:
    """A message with the words of links as they are meant: a bar would end them there."""
    read = deepcopy(message)
    for block in read["blocks"]:
        if block["type"] == "section":
            found = LINK.sub(lambda link: link[2].replace("¦", "|"), block["text"]["text"])
            block["text"]["text"] = found
    return read


def in_block(block: dict[str, Any]) -> list[dict[str, Any]]:
    own = [block["text"]] if "text" in block else []
    return [*own, *(inner for inner in block.get("elements", []) if inner["type"] != "button")]


PLATFORM = Platform(
    name="slack",
    says={"command": command, "direct message": direct_message, "mention": mention},
    presses={
        "channel": lambda text: press("channel", text),
        "thread": lambda text: press("thread", text),
        "chat of two": lambda text: press("chat_of_two", text),
    },
    silent={
        "own message": lambda: event("direct_message", user="U0ALLY"),
        "own mention": lambda: event("mention", user="U0ALLY"),
        "other bot": lambda: event("direct_message", bot_id="B0FAKE"),
        "other app": lambda: event("mention", app_id="A0FAKE"),
        "old bot": lambda: event("mention", subtype="bot_message"),
        "edit": lambda: event("direct_message", subtype="message_changed"),
        "deletion": lambda: event("direct_message", subtype="message_deleted"),
        "join": lambda: event("mention", subtype="channel_join"),
        "topic": lambda: event("mention", subtype="channel_topic"),
        "reaction": lambda: event("direct_message", type="reaction_added"),
        "said to others": lambda: event("direct_message", channel_type="channel"),
        "nothing said": lambda: event("direct_message", text=" "),
    },
    looks=looks,
    markup=(
        "<!channel>", "<@U1|x>", "<https://evil.test|x>", "*bold*", "_slanted_", "~struck~",
        "`code`", ":smile:", "\n> quoted", "&lt;!here&gt;",
    ),
)  # fmt: skip

"""People in Slack: what they type, press and write, and what they see then."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest

from tests.adapters.answering import until
from tests.adapters.slack.fake_slack import Answer, ResponseUrl
from tests.adapters.slack.serving import Bot, Posted

TEAM = "T0FAKE"
BOT_USER = "U0ALLY"

WRITTEN_BY_NOBODY = [
    pytest.param({"user": BOT_USER}, id="the bot itself"),
    pytest.param({"user": BOT_USER, "bot_id": "B0ALLY", "app_id": "A0FAKE"}, id="the bot's post"),
    pytest.param({"bot_id": "B1"}, id="another bot"),
    pytest.param({"bot_id": "B1", "subtype": "bot_message"}, id="another bot's message"),
    pytest.param({"subtype": "bot_message", "user": None}, id="a nameless bot"),
    pytest.param({"app_id": "A1"}, id="another app"),
    pytest.param({"bot_profile": {"id": "B1"}}, id="somebody with a bot's profile"),
    pytest.param({"hidden": True}, id="hidden"),
    pytest.param({"user": ""}, id="nobody"),
    *(
        pytest.param({"subtype": subtype}, id=subtype)
        for subtype in (
            "message_changed",
            "message_deleted",
            "message_replied",
            "channel_join",
            "channel_leave",
            "channel_topic",
            "group_join",
            "pinned_item",
            "assistant_app_thread",
            "reminder_add",
        )
    ),
]
"""How a message differs that no person wrote, or that is no new one."""

_numbers = count(1)


def _new(letter: str) -> str:
    return f"{letter}0FAKE{next(_numbers):05}"


@dataclass
class Person:
    """Somebody in a channel (or, where it begins with D, in the chat of two with the bot)."""

    bot: Bot
    user: str = field(default_factory=lambda: _new("U"))
    channel: str = field(default_factory=lambda: _new("C"))
    channel_name: str = "general"
    message: str = field(default_factory=lambda: f"1790000000.{next(_numbers):06}")
    """The time stamp of the message whose buttons are pressed."""

    async def types(
        self, text: str, command: str = "/ally", url: ResponseUrl | None = None, **fields: str
    ) -> Posted:
        """A slash command; what comes back is its ack."""
        used = url or self.bot.slack.response_url()
        posted = await self.bot.form(
            {
                "token": "deprecated",
                "team_id": TEAM,
                "team_domain": "fake",
                "channel_id": self.channel,
                "channel_name": self.channel_name,
                "user_id": self.user,
                "user_name": "somebody",
                "command": command,
                "text": text,
                "api_app_id": "A0FAKE",
                "is_enterprise_install": "false",
                "response_url": used.url,
                "trigger_id": "1.2.3",
                **fields,
            }
        )
        if posted.text:
            self.bot.slack.judge(posted.message)
        return posted

    async def asks(self, text: str, command: str = "/ally", **fields: str) -> dict[str, Any]:
        """A slash command; the message that is shown then, in the ack or after it."""
        url = self.bot.slack.response_url()
        posted = await self.types(text, command, url, **fields)
        assert posted.status == 200
        return posted.message if posted.text else await url.first()

    async def sets_up(self, text: str = "weekly every Monday at 10:00") -> dict[str, Any]:
        """A channel's tips; whoever sets them up is named in public, and told of the channel."""
        self.bot.slack.sharers |= {self.user, self.channel}
        return await self.asks(text)

    async def press(
        self, value: str, url: ResponseUrl, thread: str = "", public: bool = False, **more: Any
    ) -> Posted:
        """A press of the button that says `value`; what comes back is its ack.

        `public` is for a message that everybody in the channel sees.
        """
        if value.split()[0] in ("share", "partager"):
            self.bot.slack.sharers.add(self.user)
        container = {
            "type": "message",
            "message_ts": self.message,
            "channel_id": self.channel,
            "is_ephemeral": not (public or self.channel.startswith("D")),
        }
        if thread:
            container["thread_ts"] = thread
        payload = {
            "type": "block_actions",
            "user": {"id": self.user, "username": "somebody", "team_id": TEAM},
            "api_app_id": "A0FAKE",
            "container": container,
            "trigger_id": "1.2.3",
            "team": {"id": TEAM, "domain": "fake"},
            "channel": {"id": self.channel, "name": self.channel_name},
            "response_url": url.url,
            "actions": [
                {
                    "type": "button",
                    "action_id": "press-0-0",
                    "block_id": "b",
                    "text": {"type": "plain_text", "text": "?"},
                    "value": value,
                    "action_ts": "1790000001.000000",
                }
            ],
            **more,
        }
        return await self.bot.interact(payload)

    async def presses(self, value: str, **more: Any) -> dict[str, Any]:
        """A press; the message that takes the place of the one it was pressed on."""
        url = self.bot.slack.response_url()
        posted = await self.press(value, url, **more)
        assert (posted.status, posted.text) == (200, "")
        return await url.first()

    async def presses_elsewhere(self, address: str) -> None:
        """A press that asks for its answer at some other address."""
        posted = await self.press("define manel", ResponseUrl(address, Answer()))
        assert posted.status == 200

    async def writes(self, said: str, **event: Any) -> Posted:
        """A message in the chat of two."""
        return await self.bot.event(
            delivery(
                {
                    "type": "message",
                    "channel_type": "im",
                    "channel": self.channel,
                    "user": self.user,
                    "text": said,
                    "ts": self.message,
                    **event,
                }
            )
        )

    async def mentions(self, said: str, **event: Any) -> Posted:
        """A message in a channel that calls the bot."""
        return await self.bot.event(delivery(mention(self, said) | event))

    async def says(self, said: str, **event: Any) -> Posted:
        """A message to the others in a channel."""
        return await self.bot.event(delivery(message(self, said) | event))

    async def chooses(
        self, text: str | None, url: ResponseUrl, author: str = "", **about: Any
    ) -> Posted:
        """The shortcut on a message, of their own or of some other author."""
        payload = {
            "type": "message_action",
            "callback_id": "check_wording",
            "token": "deprecated",
            "user": {"id": self.user, "name": "somebody", "team_id": TEAM},
            "team": {"id": TEAM, "domain": "fake"},
            "channel": {"id": self.channel, "name": self.channel_name},
            "message_ts": self.message,
            "action_ts": "1790000001.000000",
            "trigger_id": "1.2.3",
            "response_url": url.url,
            "message": {
                "type": "message",
                "user": author or self.user,
                "text": text,
                "ts": self.message,
                "team": TEAM,
                **about,
            },
        }
        return await self.bot.interact(payload)

    async def checks(self, text: str | None, author: str = "", **about: Any) -> dict[str, Any]:
        """The same; what they are shown then."""
        url = self.bot.slack.response_url()
        posted = await self.chooses(text, url, author, **about)
        assert (posted.status, posted.text) == (200, "")
        return await url.first()


def message(person: Person, text: str) -> dict[str, Any]:
    return {
        "type": "message",
        "channel_type": "channel",
        "channel": person.channel,
        "user": person.user,
        "team": TEAM,
        "text": text,
        "ts": person.message,
    }


def mention(person: Person, text: str) -> dict[str, Any]:
    return {
        "type": "app_mention",
        "channel": person.channel,
        "user": person.user,
        "text": f"<@{BOT_USER}> {text}",
        "ts": person.message,
    }


def delivery(event: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An event in the envelope that Slack sends it in."""
    return {
        "token": "deprecated",
        "team_id": TEAM,
        "context_team_id": TEAM,
        "api_app_id": "A0FAKE",
        "type": "event_callback",
        "event_id": _new("Ev"),
        "event_time": 1790000000,
        "authorizations": [
            {"enterprise_id": None, "team_id": TEAM, "user_id": BOT_USER, "is_bot": True}
        ],
        "is_ext_shared_channel": False,
        "event": event,
        **more,
    }


def uninstalled() -> dict[str, Any]:
    """How Slack tells that the workspace removed the app; nobody is authorized any more."""
    return delivery({"type": "app_uninstalled"}, authorizations=[])


def revoked(**tokens: list[str]) -> dict[str, Any]:
    """How Slack tells whose tokens count no more: `bot` or `oauth`, by their user ids."""
    return delivery({"type": "tokens_revoked", "tokens": tokens}, authorizations=[])


async def settle(bot: Bot) -> None:
    """Wait until what was asked before has had its effect: one more question gets answered."""
    fence = Person(bot, channel=_new("D"))
    await fence.writes("help")
    slack = bot.slack
    await until(lambda: slack.called("chat.postMessage", channel=fence.channel))
    slack.calls = [call for call in slack.calls if call.arguments.get("channel") != fence.channel]

"""Slack's requests met by the bot: what is answered in the ack, what comes after it.

Bolt chooses the listener and keeps Slack's three seconds; this module says what a listener does.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from time import monotonic
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from adapters.content import Content
from adapters.recent import Recent
from adapters.slack.incoming import from_command, from_event, from_press, user_of
from adapters.slack.locales import Locales
from adapters.slack.payloads import text_at
from adapters.slack.render import render
from adapters.slack.sending import Message, Sender
from adapters.turn import take_turn
from bot.dispatch import language_is_certain
from bot.memory import NOTHING
from bot.messages import Outcome, Reply, Request, Text

EVENT_SECONDS = 25 * 60 * 60
"""Slack repeats an event for up to a day."""
PRESS_SECONDS = 10 * 60

ANYTHING = re.compile(".*", re.DOTALL)


@dataclass
class Slack:
    """The bot as Slack sees it."""

    content: Content
    sender: Sender
    locales: Locales
    events: Recent = field(default_factory=lambda: Recent(EVENT_SECONDS))
    shares: Recent = field(default_factory=lambda: Recent(PRESS_SECONDS))

    async def on_command(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A slash command: answered in the ack, or after it where the language has to be asked."""
        request = from_command(body, _now())
        url = text_at(body, "response_url")
        locale = self._locale_at_hand(request)
        if locale is None and self.sender.may_respond(url):
            await ack()
            request = replace(request, locale=await self.locales.of(request.person))
            await self._answer(url, request, text_at(body, "channel_id"), self._turn(request))
        else:
            await ack(_private(self._turn(replace(request, locale=locale or "")).reply))

    async def on_press(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A button: what it brings takes the place of the message it stands in."""
        await ack()
        request = from_press(body, _now())
        if not request.text:
            return
        locale = self._locale_at_hand(request)
        if locale is None:
            locale = await self.locales.of(request.person)
        outcome = self._turn(replace(request, locale=locale))
        channel = text_at(body, "channel", "id")
        url = text_at(body, "response_url")
        if outcome.shared:
            press = f"{request.person} {text_at(body, 'container', 'message_ts')} {request.text}"
            if not self.shares.first_time(press, monotonic()):
                return
            if not await self._post(url, request, channel, outcome.shared):
                outcome = Outcome(Reply((Text(self._say("share.failed", locale)),)))
        await self._answer(url, request, channel, outcome, replaces=True)

    async def on_event(self, body: dict[str, Any]) -> None:
        """A mention or a direct message; Bolt has acked it. Everything else has no effect."""
        event_id = text_at(body, "event_id")
        if event_id and not self.events.first_time(event_id, monotonic()):
            return
        request = from_event(body, _now())
        if request is None:
            return
        locale = self._locale_at_hand(request)
        if locale is None:
            locale = await self.locales.of(request.person)
        reply = self._turn(replace(request, locale=locale)).reply
        channel = text_at(body, "event", "channel")
        await self.sender.to_one(channel, user_of(request), render(reply), request.place.thread)

    def _turn(self, request: Request) -> Outcome:
        return take_turn(request, self.content, "slack")

    def _locale_at_hand(self, request: Request) -> str | None:
        """The locale, as far as it matters and is known; None where it has to be asked for."""
        if language_is_certain(request, NOTHING, self.content.knowledge):
            return ""
        return self.locales.known(request.person)

    def _say(self, key: str, locale: str) -> str:
        return self.content.knowledge.say(key, "fr" if locale.startswith("fr") else "en")

    async def _answer(
        self, url: str, request: Request, channel: str, outcome: Outcome, replaces: bool = False
    ) -> None:
        message = _private(outcome.reply) | {"replace_original": replaces}
        if not await self.sender.respond(url, message):
            user, thread = user_of(request), request.place.thread
            await self.sender.to_one(channel, user, render(outcome.reply), thread)

    async def _post(self, url: str, request: Request, channel: str, reply: Reply) -> bool:
        """To the whole channel; a response_url reaches channels the bot is not in."""
        message: Message = {**render(reply), "response_type": "in_channel"}
        message["replace_original"] = False
        if request.place.thread:
            message["thread_ts"] = request.place.thread
        return await self.sender.respond(url, message) or await self.sender.to_channel(
            channel, render(reply), request.place.thread
        )


def bolt(slack: Slack, client: AsyncWebClient) -> AsyncApp:
    """The Bolt app with a listener for everything that Slack may send.

    Bolt answers 404 to what nobody listens to, which Slack counts as a failure and sends again.
    Signatures are checked before a request comes here, so Bolt's own check is off.
    """

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        # Bolt's own way asks Slack's auth.test before the ack: a slow Slack would delay it.
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=client.token)

    async def nothing(ack: AsyncAck) -> None:
        await ack()

    async def on_error() -> BoltResponse:
        return BoltResponse(status=200, body="")

    app = AsyncApp(
        name="ally-nudge",
        client=client,
        authorize=authorize,
        request_verification_enabled=False,
        ignoring_self_events_enabled=False,
    )
    app.command(ANYTHING)(slack.on_command)
    app.action(ANYTHING)(slack.on_press)
    app.event(ANYTHING)(slack.on_event)
    for listen in (app.shortcut, app.view, app.options):
        listen(ANYTHING)(nothing)
    app.error(on_error)
    return app


def _private(reply: Reply) -> Message:
    return {**render(reply), "response_type": "ephemeral"}


def _now() -> datetime:
    return datetime.now(UTC)


def is_known_type(payload: Mapping[str, Any]) -> bool:
    """Whether a payload is of a shape that some listener takes."""
    return bool(text_at(payload, "command") or text_at(payload, "type"))

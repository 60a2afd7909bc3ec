"""Slack's requests met by the bot: what is answered in the ack, what comes after it.

Bolt chooses the listener and keeps Slack's three seconds; this module says what a listener does.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from time import monotonic
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from adapters.content import Content
from adapters.payloads import text_at
from adapters.recent import Recent
from adapters.slack.incoming import from_command, from_event, from_press, user_of
from adapters.slack.locales import Locales
from adapters.slack.render import render
from adapters.slack.sending import Message, Sender, Sent
from adapters.turn import Store, take_turn, take_turn_once
from bot.dispatch import language_is_certain
from bot.memory import NOTHING
from bot.messages import Outcome, Reply, Request

EVENT_SECONDS = 25 * 60 * 60
"""Slack repeats an event for up to a day."""
SHARE_SECONDS = 10 * 60
FINISH_SECONDS = 15

log = structlog.get_logger()

ANYTHING = re.compile(".*", re.DOTALL)


@dataclass(frozen=True)
class Conversation:
    """Where an answer goes: the request, its channel as Slack calls it, and its response_url."""

    request: Request
    channel: str
    url: str = ""
    message: str = ""
    """The time stamp of the message whose button was pressed; its place is taken."""


@dataclass
class Slack:
    """The bot as Slack sees it."""

    content: Content
    sender: Sender
    locales: Locales
    store: Store
    _events: Recent = field(default_factory=lambda: Recent(EVENT_SECONDS))
    _shares: Recent = field(default_factory=lambda: Recent(SHARE_SECONDS))
    _under_way: set[asyncio.Task[Any]] = field(default_factory=set)

    async def on_command(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A slash command: answered in the ack, or after it where something has to be asked."""
        async with self._tracked():
            request = from_command(body, _now())
            url = text_at(body, "response_url")
            channel = text_at(body, "channel_id")
            locale = self._locale_at_hand(request)
            if locale is None and self.sender.may_respond(url):
                await ack()
                locale = await self.locales.of(request.person)
                outcome = await self._turn(request, locale)
            else:
                outcome = await self._turn(request, locale or "")
                if outcome.shared is None:
                    await ack(_private(outcome.reply))
                    return
                await ack()
            await self._answer(Conversation(request, channel, url), outcome)

    async def on_press(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A button: what it brings takes the place of the message it stands in."""
        async with self._tracked():
            await ack()
            request = from_press(body, _now())
            if not request.text:
                return
            outcome = await self._turn(request, await self._locale(request))
            conversation = Conversation(
                request,
                text_at(body, "channel", "id"),
                text_at(body, "response_url"),
                text_at(body, "container", "message_ts") or text_at(body, "trigger_id"),
            )
            await self._answer(conversation, outcome)

    async def on_event(self, body: dict[str, Any]) -> None:
        """A mention or a direct message; Bolt has acked it. Everything else has no effect."""
        async with self._tracked():
            event_id = text_at(body, "event_id")
            if event_id and not self._events.first_time(event_id, monotonic()):
                return
            request = from_event(body, _now())
            if request is None:
                return
            once = f"slack event {event_id}" if event_id else ""
            located = replace(request, locale=await self._locale(request))
            outcome = await take_turn_once(located, self.content, self.store, "slack", once)
            if outcome is None:
                return
            channel = text_at(body, "event", "channel")
            await self._answer(Conversation(request, channel), outcome)

    async def finish(self) -> None:
        """Wait for what was acked and is not answered yet."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=FINISH_SECONDS)

    @asynccontextmanager
    async def _tracked(self) -> AsyncIterator[None]:
        task = asyncio.current_task()
        assert task is not None
        self._under_way.add(task)
        try:
            yield
        finally:
            self._under_way.discard(task)

    async def _turn(self, request: Request, locale: str) -> Outcome:
        located = replace(request, locale=locale)
        return await take_turn(located, self.content, self.store, "slack")

    def _locale_at_hand(self, request: Request) -> str | None:
        """The locale, as far as it matters and is known; None where it has to be asked for."""
        if language_is_certain(request, NOTHING, self.content.knowledge):
            return ""
        return self.locales.known(request.person)

    async def _locale(self, request: Request) -> str:
        locale = self._locale_at_hand(request)
        return await self.locales.of(request.person) if locale is None else locale

    async def _answer(self, conversation: Conversation, outcome: Outcome) -> None:
        """What its asker sees and, where they share, what the channel sees before it."""
        reply = outcome.reply
        if outcome.shared:
            posted = await self._share(conversation, outcome.shared)
            if posted is None:
                return
            if not posted and outcome.unshared:
                reply = outcome.unshared
        message = _private(reply) | {"replace_original": bool(conversation.message)}
        if await self.sender.respond(conversation.url, message) is not Sent.TAKEN:
            request = conversation.request
            await self.sender.to_one(
                conversation.channel, user_of(request), render(reply), request.place.thread
            )

    async def _share(self, conversation: Conversation, reply: Reply) -> bool | None:
        """To the whole channel, once; None where this press was already served.

        A response_url reaches channels that the bot is not in. Where it is uncertain whether Slack
        took the message nothing is sent again: twice in front of everybody is worse than never.
        """
        request, thread = conversation.request, conversation.request.place.thread
        press = f"{request.person} {conversation.message} {request.text}"
        if conversation.message and not self._shares.first_time(press, monotonic()):
            return None
        message: Message = {
            **render(reply),
            "response_type": "in_channel",
            "replace_original": False,
            **({"thread_ts": thread} if thread else {}),
        }
        sent = await self.sender.respond(conversation.url, message)
        if sent is Sent.REFUSED:
            sent = await self.sender.to_channel(conversation.channel, render(reply), thread)
        if sent is Sent.REFUSED:
            self._shares.forget(press)
        return sent is Sent.TAKEN


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

    async def on_error(error: Exception) -> BoltResponse:
        log.error("listener failed", platform="slack", error=type(error).__name__)
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

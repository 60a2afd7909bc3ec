"""Slack's requests met by the bot: what is answered in the ack, what comes after it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from time import monotonic
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck

from adapters.content import Content
from adapters.nudging import Nudges
from adapters.payloads import text_at
from adapters.recent import Recent
from adapters.slack.incoming import (
    from_command,
    from_event,
    from_press,
    from_shortcut,
    is_seen_by_all,
    lost_workspace,
    overheard,
    user_of,
)
from adapters.slack.profiles import NOBODY, Profile, Profiles
from adapters.slack.render import render
from adapters.slack.sending import Message, Sender, Sent
from adapters.turn import PATIENCE_SECONDS, Post, Store, take_turn, take_turn_once
from bot.dispatch import language_is_certain, needs
from bot.memory import NOTHING
from bot.messages import Outcome, Reply, Request

EVENT_SECONDS = 25 * 60 * 60
"""Slack repeats an event for up to a day."""
SHARE_SECONDS = 10 * 60
FINISH_SECONDS = 15

log = structlog.get_logger()


@dataclass(frozen=True)
class Conversation:
    """Where an answer goes: the request, its channel as Slack calls it, and its response_url."""

    request: Request
    channel: str
    url: str = ""
    message: str = ""
    """The time stamp of the message whose button was pressed."""
    replaces: bool = False
    """Whether the answer takes the place of that message."""


@dataclass
class Slack:
    """The bot as Slack sees it."""

    content: Content
    sender: Sender
    profiles: Profiles
    store: Store
    _nudges: Nudges = field(init=False)
    _events: Recent = field(default_factory=lambda: Recent(EVENT_SECONDS))
    _shares: Recent = field(default_factory=lambda: Recent(SHARE_SECONDS))
    _under_way: set[asyncio.Task[Any]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._nudges = Nudges(self.content, self.store)

    async def on_command(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A slash command: answered in the ack, or after it where something has to be asked."""
        async with self._tracked():
            request = from_command(body, _now())
            url = text_at(body, "response_url")
            channel = text_at(body, "channel_id")
            profile = self._at_hand(request)
            later = profile is None and self.sender.may_respond(url)
            if later or self._asks_for_role(request):
                await ack()
                outcome = await self._turn(await self._told(request), channel)
            else:
                outcome = await self._turn(
                    _as_told(request, profile or NOBODY, self.profiles.overhears), channel
                )
                if outcome.shared is None:
                    await ack(_private(outcome.reply))
                    return
                await ack()
            await self._answer(Conversation(request, channel, url), outcome)

    async def on_press(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A button: what it brings takes the place of the message it stands in, unless others see
        that message as well.
        """
        async with self._tracked():
            await ack()
            request = from_press(body, _now())
            if not request.text:
                return
            channel = text_at(body, "channel", "id")
            outcome = await self._turn(await self._told(request), channel)
            conversation = Conversation(
                request,
                channel,
                text_at(body, "response_url"),
                text_at(body, "container", "message_ts") or text_at(body, "trigger_id"),
                replaces=not is_seen_by_all(body),
            )
            await self._answer(conversation, outcome)

    async def on_shortcut(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The shortcut on a message: answered where it was chosen, or nowhere.

        What somebody wrote is not put into another conversation.
        """
        async with self._tracked():
            await ack()
            request = from_shortcut(body, _now())
            if request is None:
                return
            outcome = await self._turn(await self._told(request), text_at(body, "channel", "id"))
            message = _private(outcome.reply) | {"replace_original": False}
            await self.sender.respond(text_at(body, "response_url"), message)

    async def on_event(self, body: dict[str, Any]) -> None:
        """A mention, a direct message or what people say to each other; Bolt has acked it.

        Everything else has no effect.
        """
        async with self._tracked():
            event_id = text_at(body, "event_id")
            once = f"slack event {event_id}" if event_id else ""
            channel = text_at(body, "event", "channel")
            if said := overheard(body, _now()):
                await self._nudge(said, channel, once)
                return
            request = from_event(body, _now())
            if request is None:
                return
            if event_id and not self._events.first_time(event_id, monotonic()):
                return
            outcome = await take_turn_once(
                await self._told(request),
                self.content,
                self.store,
                "slack",
                once,
                post=self._post(channel),
            )
            if outcome is not None:
                self._nudges.heed(outcome.changes)
                await self._answer(Conversation(request, channel), outcome)

    async def on_removal(self, body: dict[str, Any]) -> bool:
        """Where the bot was taken out of a workspace, all of it goes; whether that is done.

        It is done before the ack: what could not be done Slack tells again.
        """
        workspace, event_id = lost_workspace(body), text_at(body, "event_id")
        if not workspace or (event_id and not self._events.first_time(event_id, monotonic())):
            return True
        async with self._tracked():
            self.profiles.forget(workspace)
            try:
                async with asyncio.timeout(PATIENCE_SECONDS):
                    await self.store.purge(workspace)
            except Exception as error:
                self._events.forget(event_id)
                log.error("not purged", platform="slack", error=type(error).__name__)
                return False
            log.info("purged", platform="slack")
            return True

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

    async def _turn(self, request: Request, channel: str) -> Outcome:
        post = self._post(channel)
        outcome = await take_turn(request, self.content, self.store, "slack", post=post)
        self._nudges.heed(outcome.changes)
        return outcome

    async def _nudge(self, request: Request, channel: str, once: str) -> None:
        """Tell the author alone, once; where they cannot be told nothing else is tried."""
        reply = await self._nudges.of(request, once)
        if reply is not None:
            user, thread = user_of(request), request.place.thread
            await self.sender.to_one(channel, user, render(reply), thread)

    def _post(self, channel: str) -> Post:
        """Says something in a channel, if the bot may: a response_url would reach any channel."""

        async def post(reply: Reply) -> bool:
            return await self.sender.to_channel(channel, render(reply)) is Sent.TAKEN

        return post

    def _asks_for_role(self, request: Request) -> bool:
        return "profile" in needs(request, self.content.knowledge)

    def _at_hand(self, request: Request) -> Profile | None:
        """The profile, as far as it matters and is known; None where it has to be asked for."""
        role = self._asks_for_role(request)
        known = self.profiles.known(request.person, role=role)
        if not role and language_is_certain(request, NOTHING, self.content.knowledge):
            return known or NOBODY
        return known

    async def _told(self, request: Request) -> Request:
        """The request with what Slack tells of the person, as far as it matters."""
        profile = self._at_hand(request)
        if profile is None:
            role = self._asks_for_role(request)
            profile = await self.profiles.of(request.person, role=role)
        return _as_told(request, profile, self.profiles.overhears)

    async def _answer(self, conversation: Conversation, outcome: Outcome) -> None:
        """What its asker sees and, where they share, what the channel sees before it."""
        reply = outcome.reply
        if outcome.closes and conversation.replaces:
            await self.sender.respond(conversation.url, {"delete_original": True})
            return
        if outcome.shared:
            posted = await self._share(conversation, outcome.shared)
            if posted is None:
                return
            if not posted and outcome.unshared:
                reply = outcome.unshared
        message = _private(reply) | {"replace_original": conversation.replaces}
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


def _as_told(request: Request, profile: Profile, overhears: bool) -> Request:
    """What the payload itself says of a person counts more than their profile."""
    role = profile.role if request.role == "unknown" else request.role
    told = replace(request, locale=profile.locale, zone=profile.zone, role=role)
    return replace(told, overhears=overhears)


def _private(reply: Reply) -> Message:
    return {**render(reply), "response_type": "ephemeral"}


def _now() -> datetime:
    return datetime.now(UTC)

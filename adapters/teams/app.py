"""Teams' activities met by the bot: what has an effect and what is answered.

Messages are accepted first and answered afterwards, so that a slow Teams holds nothing up. An
invoke waits for its answer and gets it at once, for nothing is asked of anybody meanwhile.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from time import monotonic
from typing import Any

import structlog

from adapters.content import Content
from adapters.payloads import text_at
from adapters.recent import Recent
from adapters.teams.incoming import (
    Activity,
    Chat,
    channel_of,
    chat_of,
    command_at,
    from_message,
    from_press,
    from_search,
    from_start,
)
from adapters.teams.invokes import (
    Body,
    card_answer,
    card_error,
    pressed_command,
    search_answer,
    searched_words,
)
from adapters.teams.sending import Sender
from adapters.turn import Met, Store, take_turn, take_turn_once
from bot.language import of_locale
from bot.messages import Outcome, Reply, Request, Text

SEEN_SECONDS = 25 * 60 * 60
FINISH_SECONDS = 15

log = structlog.get_logger()


@dataclass
class Teams:
    """The bot as Teams sees it."""

    content: Content
    sender: Sender
    tenants: frozenset[str]
    """Those that are served; empty means all."""
    store: Store
    _seen: Recent = field(default_factory=lambda: Recent(SEEN_SECONDS))
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)

    def accept(self, activity: Activity) -> None:
        """Anything but an invoke; what is to be done about it is done afterwards."""
        chat = chat_of(activity)
        if chat is None:
            return
        match text_at(activity, "type"):
            case "message":
                self._on_message(activity, chat)
            case "installationUpdate" if text_at(activity, "action") == "add":
                self._welcome(activity, chat)
            case "installationUpdate" if text_at(activity, "action") == "remove":
                self._seen.forget(_greeting(chat))
            case "conversationUpdate" if chat.bot in _added(activity):
                self._welcome(activity, chat)

    async def invoke(self, activity: Activity) -> Body:
        """The body that answers an invoke; an empty one where there is nothing to say."""
        chat = chat_of(activity)
        value = activity.get("value")
        match text_at(activity, "name"):
            case "adaptiveCard/action" if chat is not None:
                command = pressed_command(value)
                request = from_press(activity, chat, command, _now())
                if not command:
                    return card_error(self._say("press.unknown", request))
                return card_answer((await self._turn(request, chat)).reply)
            case "composeExtension/query" if chat is not None:
                words = searched_words(value)
                if words is not None:
                    request = from_search(activity, chat, words, _now())
                    request = self._command("suggest", request)
                    return search_answer(await self._turn(request, chat))
        return {}

    async def finish(self) -> None:
        """Wait for what was accepted and is not answered yet."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=FINISH_SECONDS)

    def _on_message(self, activity: Activity, chat: Chat) -> None:
        said = f"{chat.tenant} {chat.conversation} {chat.activity}"
        if chat.activity and not self._seen.first_time(said, monotonic()):
            return
        if command := command_at(activity.get("value")):
            self._afterwards(self._press(from_press(activity, chat, command, _now()), chat))
        elif request := from_message(activity, chat, _now()):
            self._afterwards(self._answer(request, chat, said))

    async def _press(self, request: Request, chat: Chat) -> None:
        reply = (await self._turn(request, chat)).reply
        in_place = chat.personal and chat.pressed
        await (self.sender.replace if in_place else self.sender.alone)(chat, reply)

    async def _answer(self, request: Request, chat: Chat, said: str) -> None:
        outcome = self._refusal(request) or await take_turn_once(
            request, self.content, self.store, "teams", f"teams message {said}", _met(chat)
        )
        if outcome is None:
            return
        await self.sender.answer(chat, outcome)
        if chat.personal:
            await self.store.met(request, _met(chat))

    def _welcome(self, activity: Activity, chat: Chat) -> None:
        """Once for a chat, group or team, in whichever way and order its start is told."""
        if self._seen.first_time(_greeting(chat), monotonic()):
            request = self._command("welcome", from_start(activity, chat, _now()))
            self._afterwards(self._greet(request, chat))

    async def _greet(self, request: Request, chat: Chat) -> None:
        await self.sender.post(chat, (await self._turn(request, chat)).reply)

    async def _turn(self, request: Request, chat: Chat) -> Outcome:
        return self._refusal(request) or await take_turn(
            request, self.content, self.store, "teams", _met(chat)
        )

    def _refusal(self, request: Request) -> Outcome | None:
        """What people in organizations that are not served are told; None for those that are."""
        if not self.tenants or request.place.workspace.lower() in self.tenants:
            return None
        return Outcome(Reply((Text(self._say("tenant.refused", request)),)))

    def _command(self, name: str, request: Request) -> Request:
        """The request with a command in front, in the language that the person has set."""
        word = self._say(f"command.{name}", request)
        return replace(request, text=f"{word} {request.text}".rstrip())

    def _say(self, key: str, request: Request) -> str:
        return self.content.knowledge.say(key, of_locale(request.locale) or "en")

    def _afterwards(self, work: Coroutine[Any, Any, object]) -> None:
        task = asyncio.create_task(self._guarded(work))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _guarded(self, work: Coroutine[Any, Any, object]) -> None:
        try:
            await work
        except Exception as error:  # nobody waits for this any more: say that it broke
            log.error("not answered", platform="teams", error=type(error).__name__)


def _met(chat: Chat) -> Met:
    return Met(chat.service_url, chat.conversation if chat.personal else "", chat.bot)


def _greeting(chat: Chat) -> str:
    return f"welcome {chat.tenant} {channel_of(chat)}"


def _added(activity: Activity) -> set[str]:
    """Who came into the chat."""
    members = activity.get("membersAdded")
    return {
        text_at(member, "id")
        for member in (members if isinstance(members, list) else ())
        if isinstance(member, dict)
    }


def _now() -> datetime:
    return datetime.now(UTC)

"""Teams' activities met by the bot: what has an effect and what is answered.

Messages are accepted first and answered afterwards, so that a slow Teams holds nothing up. An
invoke waits for its answer, and what has to be asked of Teams meanwhile gets little time.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from time import monotonic
from typing import Any

import structlog

from adapters.content import Content
from adapters.nudging import Nudges
from adapters.payloads import text_at
from adapters.recent import Recent
from adapters.teams.dialogs import chosen_message, dialog_answer, submitted_command
from adapters.teams.incoming import (
    Activity,
    Chat,
    beside,
    channel_of,
    chat_of,
    command_at,
    from_dialog,
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
from adapters.teams.lifecycle import (
    ChannelEnded,
    End,
    PersonLeft,
    TeamEnded,
    begins,
    end_of,
    installs,
    leaves,
)
from adapters.teams.overhearing import CHANGES, Overhearing
from adapters.teams.sending import Sender
from adapters.turn import Met, Store, take_turn_once
from bot.commands.wording import OWN, THEIRS
from bot.dispatch import needs
from bot.language import of_locale
from bot.messages import Outcome, Reply, Request, Role, Text

SEEN_SECONDS = 25 * 60 * 60
FINISH_SECONDS = 15
INVOKE_SECONDS = 2.0
"""What is said in a channel while somebody looks at the button that they pressed."""

log = structlog.get_logger()


@dataclass
class Teams:
    """The bot as Teams sees it."""

    content: Content
    sender: Sender
    tenants: frozenset[str]
    """Those that are served; empty means all."""
    store: Store
    role: Callable[[Chat], Awaitable[Role]]
    """Asks Teams what somebody is in the organization."""
    _seen: Recent = field(default_factory=lambda: Recent(SEEN_SECONDS))
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)
    _nudges: Nudges = field(init=False)
    _overhearing: Overhearing = field(init=False)

    def __post_init__(self) -> None:
        self._nudges = Nudges(self.content, self.store)
        self._overhearing = Overhearing(self._nudges, self.sender, self.role)

    def accept(self, activity: Activity) -> None:
        """Anything but an invoke; what is to be done about it is done afterwards."""
        chat = chat_of(activity)
        if chat is None:
            return
        kind = text_at(activity, "type")
        if kind == "message":
            self._on_message(activity, chat)
        if kind in CHANGES and self._serves(chat):
            self._afterwards(self._overhearing.changed(chat))
        if begins(activity, chat):
            self._begin(activity, chat)
        if leaves(activity, chat):
            self._seen.forget(_greeting(chat))
        if (end := end_of(activity, chat)) and self._serves(chat):
            self._afterwards(self._end(end))

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
                outcome = await self._turn(request, chat, INVOKE_SECONDS)
                return card_answer(outcome.reply, chat.names)
            case "composeExtension/query" if chat is not None:
                words = searched_words(value)
                if words is not None:
                    request = from_search(activity, chat, words, _now())
                    request = self._command("suggest", request)
                    return search_answer(await self._turn(request, beside(chat)))
            case "composeExtension/fetchTask" if chat is not None:
                if message := chosen_message(activity):
                    said = f"{OWN} {message.text}" if message.own else THEIRS
                    return await self._in_dialog(activity, chat, said)
            case "composeExtension/submitAction" if chat is not None:
                if command := submitted_command(value):
                    return await self._in_dialog(activity, chat, command)
        return {}

    async def finish(self) -> None:
        """Wait for what was accepted and is not answered yet."""
        with suppress(TimeoutError):
            async with asyncio.timeout(FINISH_SECONDS):
                while self._under_way:
                    await asyncio.wait(self._under_way)

    def _on_message(self, activity: Activity, chat: Chat) -> None:
        command = command_at(activity.get("value"))
        request = None if command else from_message(activity, chat, _now())
        if not command and request is None:
            if self._serves(chat):
                self._afterwards(self._overhearing.posted(activity, chat))
            return
        said = f"{chat.tenant} {chat.conversation} {chat.activity}"
        if chat.activity and not self._seen.first_time(said, monotonic()):
            return
        if command:
            self._afterwards(self._press(from_press(activity, chat, command, _now()), chat))
        elif request:
            self._afterwards(self._answer(request, chat, said))

    async def _in_dialog(self, activity: Activity, chat: Chat, said: str) -> Body:
        request = from_dialog(activity, chat, said, _now())
        outcome = await self._turn(request, beside(chat))
        return dialog_answer(outcome.reply, chat.names)

    async def _press(self, request: Request, chat: Chat) -> None:
        reply = (await self._turn(request, chat)).reply
        in_place = chat.personal and chat.pressed
        await (self.sender.replace if in_place else self.sender.alone)(chat, reply)

    async def _answer(self, request: Request, chat: Chat, said: str) -> None:
        outcome = await self._turn_once(request, chat, f"teams message {said}")
        if outcome is not None:
            await self.sender.answer(chat, outcome)

    def _begin(self, activity: Activity, chat: Chat) -> None:
        """Hello, once for a chat, group or team, in whichever way and order its start is told."""
        if self._seen.first_time(_greeting(chat), monotonic()):
            request = self._command("welcome", from_start(activity, chat, _now()))
            self._afterwards(self._greet(request, chat))
        if installs(activity) and not chat.personal and self._serves(chat):
            self._afterwards(self.store.installed(chat.workspace, chat.person_key))

    async def _greet(self, request: Request, chat: Chat) -> None:
        await self.sender.post(chat, (await self._turn(request, chat)).reply)

    async def _end(self, end: End) -> None:
        match end:
            case PersonLeft(person):
                await self.store.forget(person)
            case ChannelEnded(channel):
                await self.store.purge_channel(channel)
            case TeamEnded(workspace, team):
                await self.store.purge_team(workspace, team)

    async def _turn(self, request: Request, chat: Chat, seconds: float | None = None) -> Outcome:
        """The answer to a request; `seconds` is how long the channel may take to hear of it."""
        outcome = await self._turn_once(request, chat, "", seconds)
        assert outcome is not None  # nothing could have been answered before
        return outcome

    async def _turn_once(
        self, request: Request, chat: Chat, once: str, seconds: float | None = None
    ) -> Outcome | None:
        """The same for what may be told again, named by `once`; None the second time."""
        if refusal := self._refusal(request, chat):
            return refusal
        if chat.conversation and "profile" in needs(request, self.content.knowledge):
            request = replace(request, role=await self.role(chat))
        met, post = _met(chat), partial(self._introduce, chat, seconds)
        outcome = await take_turn_once(request, self.content, self.store, "teams", once, met, post)
        self._afterwards(self.store.met(request, met))
        if outcome is not None:
            self._nudges.heed(outcome.changes)
        return outcome

    async def _introduce(self, chat: Chat, seconds: float | None, reply: Reply) -> bool:
        try:
            async with asyncio.timeout(seconds):
                return await self.sender.introduce(chat, reply)
        except TimeoutError:
            return False

    def _refusal(self, request: Request, chat: Chat) -> Outcome | None:
        """What people in organizations that are not served are told; None for those that are."""
        if self._serves(chat):
            return None
        return Outcome(Reply((Text(self._say("tenant.refused", request)),)))

    def _serves(self, chat: Chat) -> bool:
        return not self.tenants or chat.tenant.lower() in self.tenants

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
    """Where the person can be written to, and the channel that they wrote in."""
    personal, alone = chat.personal, chat.alone
    return Met(
        service_url=chat.service_url,
        conversation=chat.conversation if personal else "",
        bot=chat.bot,
        channel="" if alone else channel_of(chat),
        team="" if alone else chat.team,
    )


def _greeting(chat: Chat) -> str:
    return f"welcome {chat.tenant} {channel_of(chat)}"


def _now() -> datetime:
    return datetime.now(UTC)

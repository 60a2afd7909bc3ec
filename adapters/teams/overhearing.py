"""Nudges in channels: who hears, alone, of what they just posted, and how that ends with an edit.

Teams tells the bot of new messages only where a team's owner let it read them. Of a message nothing
is kept but, for an hour and in memory, the id under which its nudge is taken back.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic

from adapters.nudging import Nudges
from adapters.recent import Recent
from adapters.teams.incoming import Activity, Chat, channel_of, from_overheard
from adapters.teams.sending import Sender, Sent
from bot.messages import Role

KEPT_SECONDS = 60 * 60
MOST_KEPT = 10_000
CHANGES = frozenset({"messageUpdate", "messageDelete"})
"""What Teams calls it when somebody edits or deletes their message."""


@dataclass
class Standing:
    """The nudges that can still be seen, by the message they are about."""

    _sent: OrderedDict[str, tuple[float, Sent]] = field(default_factory=OrderedDict)
    _changed: Recent = field(default_factory=lambda: Recent(KEPT_SECONDS, MOST_KEPT))

    def keep(self, message: str, sent: Sent, now: float) -> None:
        """Remember where it stands, for a while."""
        self._drop_old(now)
        self._sent[message] = (now + KEPT_SECONDS, sent)

    def change(self, message: str, now: float) -> Sent | None:
        """The message is not what it was: the nudge that has to go, if there is one."""
        self._changed.first_time(message, now)
        self._drop_old(now)
        return self._sent.pop(message, (0.0, None))[1]

    def is_changed(self, message: str, now: float) -> bool:
        """Whether it is too late to say something about it."""
        return self._changed.has(message, now)

    def _drop_old(self, now: float) -> None:
        while self._sent:
            until, _ = next(iter(self._sent.values()))
            if until > now and len(self._sent) < MOST_KEPT:
                break
            self._sent.popitem(last=False)


@dataclass
class Overhearing:
    """What the bot makes of messages that were not written to it."""

    nudges: Nudges
    sender: Sender
    role: Callable[[Chat], Awaitable[Role]]
    """Asks Teams what somebody is in the organization."""
    _standing: Standing = field(default_factory=Standing)

    async def posted(self, activity: Activity, chat: Chat) -> None:
        """Somebody wrote to others; only they themselves may hear of it."""
        message = _message(chat)
        if not chat.activity or self._too_late(message):
            return
        now, targeted = datetime.now(UTC), self.sender.targeted
        request = from_overheard(activity, chat, now, targeted=targeted)
        reply = await self.nudges.of(request, f"teams nudge {message}")
        if reply is None or await self.role(chat) == "guest" or self._too_late(message):
            return
        if (sent := await self.sender.nudge(chat, reply)) is None:
            return
        if self._too_late(message):
            await self.sender.take_back(sent)
        else:
            self._standing.keep(message, sent, monotonic())

    async def changed(self, chat: Chat) -> None:
        """Somebody edited or deleted what they wrote: what was said of it is true no more."""
        if sent := self._standing.change(_message(chat), monotonic()):
            await self.sender.take_back(sent)

    def _too_late(self, message: str) -> bool:
        return self._standing.is_changed(message, monotonic())


def _message(chat: Chat) -> str:
    """What names a message, whatever the thread."""
    return f"{chat.tenant} {channel_of(chat)} {chat.activity}"

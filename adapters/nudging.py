"""Nudges where both a channel and a person want them: whether somebody hears of what they posted.

Nothing of a text is kept: only, for a while and in memory, which rules somebody heard of lately.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from time import monotonic

import structlog

from adapters.content import Content
from adapters.recent import Recent
from adapters.turn import PATIENCE_SECONDS, Store
from bot.commands.nudging import nudge
from bot.memory import AllowNudges, Change, Memory
from bot.messages import Reply, Request

QUIET_SECONDS = 24 * 60 * 60
"""A person hears of a rule once in this time."""
MOST_AN_HOUR = 3
"""Nudges for one person, whatever they are about."""
REMEMBERED_SECONDS = 60.0
"""How long a channel without nudges costs nothing."""

log = structlog.get_logger()


@dataclass
class Nudges:
    """For the messages of channels that the bot can read."""

    content: Content
    store: Store
    _heard: Recent = field(default_factory=lambda: Recent(QUIET_SECONDS))
    _told: Recent = field(default_factory=lambda: Recent(60 * 60))
    _without: Recent = field(default_factory=lambda: Recent(REMEMBERED_SECONDS))

    async def of(self, request: Request, once: str = "") -> Reply | None:
        """What the author of a message is told in private; None for almost every message.

        `once` names what a platform may send again, to any process.
        """
        if self._without.has(request.channel, monotonic()):
            return None
        memory = await self._recall(request, frozenset({"nudging"}))
        if memory is None:
            return None
        if not memory.nudged_here:
            self._without.first_time(request.channel, monotonic())
            return None
        told = nudge(request, memory, self.content.knowledge, self._lately(request.person))
        if told is None or not self._may_hear(request.person):
            return None
        for rule in told.rules:
            self._heard.first_time(f"{request.person} {rule}", monotonic())
        if once and await self._recall(request, frozenset(), once) is None:
            return None
        return told.reply

    def heed(self, changes: Iterable[Change]) -> None:
        """Where a channel has nudges from now on, what was remembered of it counts no more."""
        for change in changes:
            if isinstance(change, AllowNudges):
                self._without.forget(change.channel)

    async def _recall(
        self, request: Request, needs: frozenset[str], once: str = ""
    ) -> Memory | None:
        """None also where the database does not answer: a nudge that does not come is no loss."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await self.store.recall(request, needs, once)
        except Exception as error:
            log.warning("not nudged", error=type(error).__name__)
            return None

    def _may_hear(self, person: str) -> bool:
        """Whether there is a place left in this hour; it is taken then."""
        places = (f"{person} {number}" for number in range(MOST_AN_HOUR))
        return any(self._told.first_time(place, monotonic()) for place in places)

    def _lately(self, person: str) -> frozenset[str]:
        now = monotonic()
        rules = self.content.knowledge.wording
        return frozenset(rule for rule in rules if self._heard.has(f"{person} {rule}", now))

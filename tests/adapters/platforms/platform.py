"""What the contract has to know of a platform."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import pytest

from bot.memory import NOTHING, Memory
from bot.messages import Outcome, Reply, Request, Text

HEARD = Outcome(Reply((Text("Heard."),)))


@dataclass(frozen=True)
class Look:
    """What a person sees of a reply in one of the forms that a platform has for it."""

    words: str
    """All that is read, as it is read."""
    labels: tuple[str, ...]
    commands: tuple[str, ...]
    """What the buttons say when they are pressed."""
    markup: tuple[str, ...]
    """The texts in which the platform looks for markup."""
    links: tuple[str, ...]
    """The addresses that can be opened."""
    faults: list[str]
    """What is over a limit of the platform, or comes alive."""


Says = Callable[[str], list[Request]]


@dataclass(frozen=True, eq=False, repr=False)
class Platform:
    """A platform: everything in it is done as the platform does it."""

    name: str
    says: Mapping[str, Says]
    """The ways to say something in words -> what comes to the core when somebody does."""
    presses: Mapping[str, Says]
    """The places of a button -> what comes to the core when one with a command is pressed."""
    looks: Callable[[Reply], list[Look]]
    markup: tuple[str, ...]
    """Texts that come alive there where nothing keeps them from it."""
    silent: Mapping[str, Callable[[], list[Request]]] = field(default_factory=dict)
    """What nobody says to the bot -> what comes to the core nevertheless."""
    one_line: bool = False
    """Whether a line is all that can be said at once."""


class Forgetful:
    """A store in which nothing stays: everything is new to it, and nothing is remembered."""

    async def recall(self, *_: object) -> Memory:
        return NOTHING

    async def apply(self, *_: object) -> None: ...

    async def met(self, *_: object) -> None: ...

    async def purge(self, *_: object) -> None: ...

    purge_channel = purge_team = forget = installed = purge


@contextmanager
def overheard(module: ModuleType, door: str, answer: Outcome = HEARD) -> Iterator[list[Request]]:
    """The requests that come to the core through a module's door; each gets the same answer."""
    heard: list[Request] = []

    def listen(request: Request, *_: object, **_named: object) -> Outcome:
        heard.append(request)
        return answer

    async def listen_a_while(request: Request, *_: object, **_named: object) -> Outcome:
        return listen(request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, door, listen if door == "dispatch" else listen_a_while)
        if door == "take_turn":
            patch.setattr(module, "take_turn_once", listen_a_while)
        yield heard


def finished(work: Coroutine[Any, Any, Any]) -> Any:
    """What comes of some work; in a loop of its own that no other test sees."""
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(work)
    finally:
        loop.close()

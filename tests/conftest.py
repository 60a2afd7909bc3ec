"""What many tests share: the knowledge base that ships, and a way to say something to the bot."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest

from adapters.content import SHIPPED
from bot.dispatch import dispatch
from bot.knowledge import Knowledge
from bot.knowledge.load import load
from bot.memory import Memory
from bot.messages import Language, Outcome, Place, Request, Role
from tests.walk import Walked, reachable

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)

Ask = Callable[..., Outcome]


@cache
def shipped() -> Knowledge:
    """The knowledge base that ships, for tables of tests; within a test, `knowledge` is it."""
    return load(SHIPPED)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return shipped()


@pytest.fixture(scope="session")
def walked(knowledge: Knowledge) -> list[Walked]:
    """Everything that can be reached by typing what is offered and pressing what is shown."""
    return list(reachable(knowledge))


@pytest.fixture(scope="session")
def ask(knowledge: Knowledge) -> Ask:
    """Says one thing to the bot, in a one-to-one chat unless a channel is given."""

    def say(
        text: str,
        language: Language | None = None,
        *,
        channel: str = "",
        public: bool = False,
        pressed: bool = False,
        prefix: str = "",
        locale: str = "",
        workspace: Language | None = None,
        person: str = "test:somebody",
        at: datetime = NOON,
        memory: Memory | None = None,
        role: Role = "unknown",
        mentioned: tuple[str, ...] = (),
    ) -> Outcome:
        place = Place("W", channel, public=public)
        request = Request(
            person, text, at, place, locale, prefix, pressed=pressed, role=role, mentioned=mentioned
        )
        return dispatch(request, memory or Memory(language, workspace), knowledge)

    return say


LEFT_OUT = {
    "judges": "need the platforms' own judges from npm, or their schemas",
    "figures": "measure speed and memory",
}
_left_out: Counter[str] = Counter()


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    _left_out.update(mark for item in items for mark in LEFT_OUT if item.get_closest_marker(mark))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A process of several tells the one that reports what it left out."""
    told: dict[str, object] | None = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["left out"] = dict(_left_out)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Each process leaves out the same."""
    _left_out.update(Counter(getattr(node, "workeroutput", {}).get("left out", {})) - _left_out)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says which tests a plain run leaves out, and what runs them."""
    for mark, count in _left_out.items():
        terminalreporter.write_line(
            f"left out: {count} tests that {LEFT_OUT[mark]} (bash .ci/run runs them)"
        )

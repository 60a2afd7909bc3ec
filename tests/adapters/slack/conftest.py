"""One Slack and two servers for all tests of this folder, in one event loop."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from pytest_asyncio import is_async_test

from adapters.store.tables import metadata
from bot.knowledge import Knowledge
from tests.adapters.serving import ALLY
from tests.adapters.slack.fake_slack import TOKEN, FakeSlack
from tests.adapters.slack.people import Person
from tests.adapters.slack.serving import SECRET, Bot

HERE = Path(__file__).parent

StartBot = Callable[..., Awaitable[Bot]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The servers live in one loop, so the tests run in it too."""
    for item in items:
        if item.path.is_relative_to(HERE) and is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def _slack(knowledge: Knowledge) -> AsyncIterator[FakeSlack]:
    links = {resource.url for resource in knowledge.resources.values() if resource.url}
    slack = FakeSlack(links)
    await slack.start()
    yield slack
    await slack.stop()


@pytest.fixture
def slack(_slack: FakeSlack) -> Iterator[FakeSlack]:
    """Slack, with nothing said to it yet. A test ends with everything sent being in order."""
    _slack.reset()
    yield _slack
    _slack.hurry()
    assert _slack.faults == []


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def _bots(
    _slack: FakeSlack, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Bot, Bot]]:
    bots = (
        Bot(_slack, tmp_path_factory.mktemp("bot")),
        Bot(_slack, tmp_path_factory.mktemp("bot"), ALLY_LOG_LEVEL="DEBUG"),
    )
    await asyncio.gather(*(bot.start() for bot in bots))
    yield bots
    for bot in bots:
        assert await bot.stop() == 0, bot.output
        for secret in (SECRET, TOKEN, *bot.signatures):
            assert secret not in bot.output


@pytest.fixture
def bot(_bots: tuple[Bot, Bot], slack: FakeSlack) -> Bot:
    """The server."""
    return _bots[0]


@pytest.fixture
def other(_bots: tuple[Bot, Bot], slack: FakeSlack) -> Bot:
    """A second process of the same server."""
    return _bots[1]


@pytest.fixture
def person(bot: Bot) -> Person:
    """Somebody whom the bot never met, in a channel of their own."""
    return Person(bot)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def _quiet(_slack: FakeSlack, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bot]:
    folder = tmp_path_factory.mktemp("quiet")
    bot = Bot(_slack, folder, DATABASE_URL=f"sqlite:///{folder}/ally.db")
    await bot.start(ALLY, "serve", "--no-deliver")
    yield bot
    assert await bot.stop() == 0, bot.output


@pytest.fixture
def quiet(_quiet: Bot, slack: FakeSlack) -> Bot:
    """A server that leaves delivering to `ally deliver`, with nothing stored."""
    with _quiet.database() as database:
        for table in metadata.tables:
            database.execute(f"DELETE FROM {table}")
    return _quiet


@pytest_asyncio.fixture(loop_scope="session")
async def start_bot(slack: FakeSlack, tmp_path: Path) -> AsyncIterator[StartBot]:
    """Starts a server for one test alone."""
    started: list[Bot] = []

    async def start(*options: str, **settings: str) -> Bot:
        folder = tmp_path / str(len(started))
        folder.mkdir()
        bot = Bot(slack, folder, **settings)
        started.append(bot)
        await bot.start(*((ALLY, "serve", *options) if options else ()))
        return bot

    yield start
    for bot in started:
        await bot.stop()

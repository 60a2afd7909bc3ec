"""One Teams and one server for all tests of this folder, in one event loop."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from pytest_asyncio import is_async_test

from bot.knowledge import Knowledge
from tests.adapters.serving import ALLY
from tests.adapters.teams.fake_login import APP_SECRET
from tests.adapters.teams.fake_teams import FakeTeams
from tests.adapters.teams.people import Person
from tests.adapters.teams.serving import Bot

HERE = Path(__file__).parent

StartBot = Callable[..., Awaitable[Bot]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The servers live in one loop, so the tests run in it too."""
    for item in items:
        if item.path.is_relative_to(HERE) and is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def _teams(knowledge: Knowledge) -> AsyncIterator[FakeTeams]:
    links = {resource.url for resource in knowledge.resources.values() if resource.url}
    teams = FakeTeams(links)
    await teams.start()
    yield teams
    await teams.stop()


@pytest.fixture
def teams(_teams: FakeTeams) -> Iterator[FakeTeams]:
    """Teams, with nothing said to it yet. A test ends with everything sent being in order."""
    _teams.reset()
    yield _teams
    _teams.hurry()
    assert _teams.faults == []


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def _bot(_teams: FakeTeams, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bot]:
    bot = Bot(_teams, tmp_path_factory.mktemp("bot"), ALLY_LOG_LEVEL="DEBUG")
    await bot.start()
    yield bot
    assert await bot.stop() == 0, bot.output
    assert leaked(bot) == []


@pytest.fixture
def bot(_bot: Bot, teams: FakeTeams) -> Bot:
    """The server."""
    return _bot


@pytest.fixture
def person(bot: Bot) -> Person:
    """Somebody whom the bot never met, in a chat with it."""
    return Person(bot)


@pytest_asyncio.fixture(loop_scope="session")
async def start_bot(teams: FakeTeams, tmp_path: Path) -> AsyncIterator[StartBot]:
    """Starts a server for one test alone."""
    started: list[Bot] = []

    async def start(*options: str, **settings: str) -> Bot:
        folder = tmp_path / str(len(started))
        folder.mkdir()
        bot = Bot(teams, folder, **settings)
        started.append(bot)
        await bot.start(*((ALLY, "serve", *options) if options else ()))
        return bot

    yield start
    for bot in started:
        await bot.stop()
        assert leaked(bot) == []


@pytest_asyncio.fixture(loop_scope="session")
async def keeper(start_bot: StartBot, tmp_path: Path) -> Bot:
    """A server with a database of its own, which leaves delivering to `ally deliver`."""
    return await start_bot("--no-deliver", DATABASE_URL=f"sqlite:///{tmp_path}/ally.db")


def leaked(bot: Bot) -> list[str]:
    """Which of the secrets, of the bot's and of Teams', stand in what the server wrote."""
    secrets = {APP_SECRET, *bot.tokens, *bot.teams.login.tokens}
    return [secret for secret in secrets if secret in bot.output]

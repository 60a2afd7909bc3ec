"""Wires everything: settings in, a running server out. Nothing else knows all the parts."""

import asyncio
import signal
from asyncio import FIRST_COMPLETED
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import datetime

import structlog
from aiohttp import web
from pydantic import SecretStr

from adapters.content import Content
from adapters.delivery.composing import compose
from adapters.delivery.means import Means, Sender
from adapters.delivery.preparing import behind, migrate
from adapters.delivery.runner import AnotherDelivererError, run, run_once
from adapters.delivery.statements import clock_from, database_clock
from adapters.settings import Settings, SettingsError
from adapters.store.engine import StoreError, connect
from adapters.store.remembered import Remembered
from adapters.web.downloads import add_downloads
from adapters.web.pages import add_pages
from adapters.web.server import application
from adapters.zones import use_packaged_zones
from bot.commands.finding import prepare
from bot.knowledge import Knowledge, KnowledgeError

RELOAD_SECONDS = 5.0
CLEAR_SECONDS = 60 * 60.0

NOT_CONNECTED = """\
Nothing is connected yet.

Try it here, without any account:
  ally chat

Connect it to Slack (the README's "Run it on Slack" has every step):
  1. ally slack manifest --url https://your.server > manifest.json
  2. create an app from it at https://api.slack.com/apps, and install it
  3. set SLACK_SIGNING_SECRET and SLACK_BOT_TOKEN, then run: ally serve

Connect it to Microsoft Teams (the README's "Run it on Teams" has every step):
  1. create an Azure Bot whose messaging endpoint is https://your.server/api/messages
  2. set TEAMS_APP_ID, TEAMS_APP_SECRET and TEAMS_TENANT_ID, then run: ally serve
  3. ally teams package --url https://your.server, and upload the package to Teams
"""

log = structlog.get_logger()


async def serve(settings: Settings, content: Content, *, deliver: bool = True) -> None:
    """Run until SIGTERM or SIGINT; what is under way is finished first."""
    stopping = _until_told()
    use_packaged_zones()
    prepare(content.knowledge)
    async with AsyncExitStack() as stack:
        app = application()
        add_pages(app, content)
        store = await asyncio.to_thread(_open, settings, stack)
        add_downloads(app, content, store.file)
        senders = await _connect(settings, content, store, app, stack)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=20)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, settings.host, settings.port).start()
        log.info("listening", address=f"http://{settings.host}:{settings.port}")
        means = Means(senders, _now(content), compose)
        delivering = asyncio.create_task(_deliver(store, means, stopping, deliver=deliver))
        chores = [asyncio.create_task(_reload(content)), asyncio.create_task(_clear(store))]
        await asyncio.wait(
            {asyncio.create_task(stopping.wait()), delivering}, return_when=FIRST_COMPLETED
        )
        log.info("stopping")
        stopping.set()
        # both at once: a host gives 30 seconds, and each may take 20
        await asyncio.gather(delivering, runner.cleanup(), return_exceptions=True)
        await _end(chores)
        await delivering  # what it ended with, if that was an error
    log.info("stopped")


async def work(settings: Settings, content: Content) -> None:
    """Deliver, beside any number of others and without a server, until SIGTERM or SIGINT."""
    stopping = _until_told()
    use_packaged_zones()
    if settings.database.startswith("sqlite"):
        raise SettingsError(
            [
                "DATABASE_URL names a file of SQLite, where ally serve delivers by itself; "
                "ally work is for PostgreSQL"
            ]
        )
    async with AsyncExitStack() as stack:
        store = await asyncio.to_thread(_open, settings, stack)
        means = Means(await _senders(settings, content, store, stack), _now(content), compose)
        chores = [asyncio.create_task(_reload(content))]
        log.info("delivering")
        await _deliver(store, means, stopping, deliver=True)
        log.info("stopping")
        await _end(chores)
    log.info("stopped")


async def deliver_once(settings: Settings, content: Content, now: datetime | None) -> None:
    """Deliver what is due now, or at an instant, and end: for cron, and for tests."""
    use_packaged_zones()
    async with AsyncExitStack() as stack:
        store = await asyncio.to_thread(_open, settings, stack)
        senders = await _senders(settings, content, store, stack)
        clock = clock_from(now) if now else database_clock
        await run_once(store.engine, Means(senders, _now(content), compose, clock=clock))


def _until_told() -> asyncio.Event:
    """Set when SIGTERM or SIGINT comes."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopping.set)
    return stopping


async def _end(chores: list[asyncio.Task[None]]) -> None:
    for chore in chores:
        chore.cancel()
    await asyncio.gather(*chores, return_exceptions=True)


def _now(content: Content) -> Callable[[], Knowledge]:
    """The knowledge as it is at the moment."""
    return lambda: content.knowledge


def _open(settings: Settings, stack: AsyncExitStack) -> Remembered:
    """The database, up to date: a file of our own is brought there, another one is not touched."""
    try:
        engine = connect(settings.database)
        stack.callback(engine.dispose)
        if engine.dialect.name == "sqlite":
            migrate(engine)
        elif behind(engine):
            raise StoreError("the database is not up to date; run: ally migrate")
    except StoreError as error:
        raise SettingsError([str(error)]) from None
    return Remembered(engine, settings.ally_public_url)


async def _senders(
    settings: Settings, content: Content, store: Remembered, stack: AsyncExitStack
) -> dict[str, Sender]:
    """The configured platforms to send to, and nothing that listens to them."""
    alone = settings.model_copy(update={"slack_app_token": SecretStr("")})
    return await _connect(alone, content, store, web.Application(), stack)


async def _connect(
    settings: Settings,
    content: Content,
    store: Remembered,
    app: web.Application,
    stack: AsyncExitStack,
) -> dict[str, Sender]:
    """Adds the platforms that are configured, and gives what sends through them at a later time.

    The libraries of the others are not loaded.
    """
    senders: dict[str, Sender] = {}
    for name, configured, libraries, load in (
        ("Slack", settings.slack, {"slack_bolt", "slack_sdk"}, _slack),
        ("Teams", settings.teams, {"cryptography", "jwt"}, _teams),
    ):
        if not configured:
            continue
        try:
            attach = load()
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] not in libraries:
                raise
            extra = name.lower()
            raise SettingsError(
                [
                    f"{name} is configured, but its library is missing: "
                    f"pip install 'ally-nudge[{extra}]' (in the project's folder: '.[{extra}]')"
                ]
            ) from None
        senders[name.lower()] = await attach(settings, content, store, app, stack)
    return senders


Connect = Callable[
    [Settings, Content, Remembered, web.Application, AsyncExitStack], Awaitable[Sender]
]


def _slack() -> Connect:
    from adapters.slack.connect import connect

    return connect


def _teams() -> Connect:
    from adapters.teams.connect import connect

    return connect


async def _deliver(
    store: Remembered, means: Means, stopping: asyncio.Event, *, deliver: bool
) -> None:
    """Sends what is due, unless that is somebody else's work."""
    if not deliver:
        await stopping.wait()
        return
    if store.engine.dialect.name == "postgresql":
        from adapters.delivery import queue  # its libraries come with PostgreSQL's

        await queue.work(store.engine, means, stopping)
        return
    try:
        await run(store.engine, means, stopping)
    except AnotherDelivererError as error:
        raise SettingsError([f"{error}; or start with --no-deliver"]) from None


async def _clear(store: Remembered) -> None:
    """Once an hour, what was kept for its time goes from the database."""
    while True:
        try:
            await store.clear()
        except Exception as error:  # whatever the database has: the next hour may be better
            log.error("not cleared", error=type(error).__name__)
        await asyncio.sleep(CLEAR_SECONDS)


async def _reload(content: Content) -> None:
    while True:
        await asyncio.sleep(RELOAD_SECONDS)
        try:
            if await asyncio.to_thread(content.refresh):
                await asyncio.to_thread(prepare, content.knowledge)
                log.info("content loaded", entries=len(content.knowledge.glossary))
        except KnowledgeError as error:
            advice = "the last good content stays; run ally knowledge check"
            log.error("content refused", problems=len(error.problems), advice=advice)
        except OSError as error:
            log.error("content not read", error=type(error).__name__)

"""What a message in Teams costs, beside a Slack command to the same server in the same run."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from statistics import median
from time import perf_counter

import aiohttp
import pytest

from adapters.content import SHIPPED
from adapters.teams.connector import Connector as OwnConnector
from adapters.teams.credentials import Credentials
from adapters.teams.render import render
from bot.dispatch import dispatch
from bot.knowledge.load import load as load_knowledge
from bot.memory import NOTHING
from bot.messages import Request
from tests.benchmarks.conftest import Figure
from tests.benchmarks.fake_connector import Connector, connector
from tests.benchmarks.servers import ALLY, load, resident_megabytes, running, signed

pytestmark = pytest.mark.figures

TURNS = 1000
ROUNDS = 5
AT_ONCE = 8
MANEL = Request("teams:T/29:1", "define manel", datetime(2026, 3, 9, tzinfo=UTC))


async def slack_seconds(port: int) -> float:
    """Seconds for a Slack command, until its answer is there."""
    started = perf_counter()
    await load(port, [signed("define manel")] * TURNS, AT_ONCE)
    return (perf_counter() - started) / TURNS


async def teams_seconds(teams: Connector, port: int) -> float:
    """Seconds for a message in Teams: token checked, answered, the answer arrived."""
    waiting = iter(["define manel"] * TURNS)

    async def worker(session: aiohttp.ClientSession) -> None:
        for text in waiting:
            await teams.turn(session, port, text)

    started = perf_counter()
    async with aiohttp.ClientSession() as session, asyncio.timeout(120):
        await asyncio.gather(*(worker(session) for _ in range(AT_ONCE)))
    return (perf_counter() - started) / TURNS


async def test_a_message_in_teams_costs_little_more_than_a_slack_command(figure: Figure) -> None:
    async with connector() as teams:
        with running([*ALLY, "serve"], **teams.settings) as (pid, port):
            await slack_seconds(port), await teams_seconds(teams, port)  # both warm
            rounds = [
                (await teams_seconds(teams, port), await slack_seconds(port)) for _ in range(ROUNDS)
            ]
            memory = resident_megabytes(pid)
    theirs, slacks = (1000 * median(column) for column in zip(*rounds, strict=True))
    ratio = median(one / other for one, other in rounds)
    figure(f"Teams turn {theirs:.2f} ms, Slack command {slacks:.2f} ms", ratio, at_most=1.5)
    figure("ally serve with Slack and Teams, resident MB after 12,000 turns", memory, at_most=170)


async def test_slow_keys_never_hold_up_slack(figure: Figure) -> None:
    async with connector() as teams, aiohttp.ClientSession() as session:
        teams.slow = 10
        with running([*ALLY, "serve"], **teams.settings) as (_, port):
            waiting = [asyncio.create_task(teams.turn(session, port, "manel")) for _ in range(20)]
            await asyncio.sleep(0.2)
            took = await load(port, [signed("define manel")] * 100, 20)
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
    figure("slowest Slack ack of 100, keys for Teams 10 s slow, seconds", max(took), at_most=3)


async def test_a_card_is_posted_faster_than_by_the_archived_sdk(figure: Figure) -> None:
    """Why there is no SDK in between: the same card to the same connector, one after another."""
    from botbuilder.schema import Activity
    from botframework.connector.aio import ConnectorClient
    from msrest.authentication import Authentication

    message = render(dispatch(MANEL, NOTHING, load_knowledge(SHIPPED)).reply)
    async with connector() as teams, aiohttp.ClientSession() as session:
        service_url = f"http://{teams.host}/"
        sdk = ConnectorClient(Authentication(), service_url)
        activity = Activity().deserialize(message)
        credentials = Credentials(session, "", "", "")
        own = OwnConnector(session, credentials, frozenset({teams.host}))

        async def by_sdk() -> None:
            await sdk.conversations.reply_to_activity("a:1", teams.expect(), activity)

        async def by_us() -> None:
            path = ("a:1", "activities", teams.expect())
            assert (await own.call("POST", service_url, path, message)).taken

        ratios = []
        for _ in range(ROUNDS):
            seconds = [await _each(post) for post in (by_sdk, by_us)]
            ratios.append(seconds[0] / seconds[1])
    figure(
        f"a card posted: SDK {1000 * seconds[0]:.2f} ms, ours {1000 * seconds[1]:.2f} ms",
        median(ratios),
        at_least=2,
    )


async def _each(post: Callable[[], Awaitable[None]], times: int = 200) -> float:
    started = perf_counter()
    for _ in range(times):
        await post()
    return (perf_counter() - started) / times

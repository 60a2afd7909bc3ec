"""What a request to the server costs, against a Bolt app that does nothing."""

import asyncio
from statistics import median
from time import perf_counter

import pytest
from aiohttp import web

from tests.benchmarks.conftest import Figure
from tests.benchmarks.servers import ALLY, BARE, load, resident_megabytes, running, signed

pytestmark = pytest.mark.figures

REQUESTS = 1500
ROUNDS = 5


def throughput(port: int) -> float:
    """Requests per second, eight at once."""
    requests = [signed("define manel")] * REQUESTS
    started = perf_counter()
    asyncio.run(load(port, requests, 8))
    return REQUESTS / (perf_counter() - started)


def test_a_definition_costs_little_more_than_a_constant(figure: Figure) -> None:
    with running([*ALLY, "serve"]) as (_, ally), running(BARE) as (_, bare):
        throughput(ally), throughput(bare)  # both warm
        rounds = [(throughput(ally), throughput(bare)) for _ in range(ROUNDS)]
    ratio = median(ours / theirs for ours, theirs in rounds)
    ours, theirs = (median(column) for column in zip(*rounds, strict=True))
    figure(
        f"signed /ally define manel: {ours:.0f}/s, bare Bolt {theirs:.0f}/s", ratio, at_least=0.6
    )


async def test_acks_stay_fast_while_the_web_api_is_slow(figure: Figure) -> None:
    async def slow(_request: web.Request) -> web.Response:
        await asyncio.sleep(5)
        return web.json_response({"ok": True, "user": {"locale": "fr-CA"}})

    api = web.Application()
    api.router.add_route("*", "/{path:.*}", slow)
    runner = web.AppRunner(api)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert site._server is not None
    host = f"127.0.0.1:{site._server.sockets[0].getsockname()[1]}"  # type: ignore[attr-defined]
    settings = {
        "ALLY_ENV": "test",
        "ALLY_ALLOWED_HOSTS": host,
        "SLACK_API_URL": f"http://{host}/api/",
    }
    # a bare word needs the locale, so each of these asks the slow API
    requests = [
        signed("manel" if number % 2 else "define manel", response_url=f"http://{host}/r/{number}")
        for number in range(100)
    ]
    with running([*ALLY, "serve"], **settings) as (_, port):
        took = await load(port, requests, 100)
    await runner.cleanup()
    figure("slowest ack of 100 at once, Web API 5 s slow, seconds", max(took), at_most=3)


def test_the_server_is_small(figure: Figure) -> None:
    with running([*ALLY, "serve"]) as (pid, port):
        asyncio.run(load(port, [signed("what does manle mean?")] * 200, 4))
        memory = resident_megabytes(pid)
    figure("ally serve with Slack, resident MB after 200 requests", memory, at_most=120)

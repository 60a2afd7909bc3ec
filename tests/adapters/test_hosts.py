"""Which addresses may be sent to: exactly those named, over https."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from adapters.hosts import OnlyTo, allowed

HOSTS = {"hooks.slack.com", "hooks.slack-gov.com"}
TESTS = {"127.0.0.1:9000", "localhost:9000"}


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.slack.com/commands/T1/2/x",
        "https://hooks.slack-gov.com/actions/T1/2/x",
        "https://hooks.slack.com",
        "https://hooks.slack.com/?x=https://evil.test",
        "HTTPS://hooks.slack.com/x",
    ],
)
def test_slacks_own_addresses_are_allowed(url: str):
    assert allowed(url, HOSTS, frozenset())


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.slack.com/x",
        "https://hooks.slack.com.evil.test/x",
        "https://evil.test/hooks.slack.com",
        "https://evilhooks.slack.com/x",
        "https://x.hooks.slack.com/x",
        "https://slack.com/x",
        "https://hooks.slack.com@evil.test/x",
        "https://hooks.slack.com:x@evil.test/x",
        "https://evil.test@hooks.slack.com/x",
        "https://:@hooks.slack.com/x",
        "https://@hooks.slack.com/x",
        "https://hooks.slack.com:443/x",
        "https://hooks.slack.com:8443/x",
        "https://hooks.slack.com:/x",
        "https://hooks.slack.com:99999/x",
        "https://hooks.slack.com:x/x",
        "https://hooks.slack.com./x",
        "https://hooks.slack.com\\@evil.test/x",
        "https://evil.test\\.hooks.slack.com/x",
        "https://evil.test#hooks.slack.com",
        "https://evil.test?hooks.slack.com",
        "https:/hooks.slack.com/x",
        "https:hooks.slack.com/x",
        "https:///hooks.slack.com/x",
        "//hooks.slack.com/x",
        "hooks.slack.com/x",
        "ftp://hooks.slack.com/x",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://127.0.0.1/x",
        "https://127.1/x",
        "https://2130706433/x",
        "https://[::1]/x",
        "https://[::ffff:127.0.0.1]/x",
        "https://[hooks.slack.com]/x",
        "https://[",
        "https://169.254.169.254/latest",
        "https://localhost/x",
        "http://127.0.0.1:9000/x",
        "https://hooks。slack。com/x",
        "https://hooks.slаck.com/x",
        "https://hooks.slack.com\t/x",
        "https://hooks.slack.com\n.evil.test/x",
        " https://hooks.slack.com/x",
        "https://hooks.slack.com /x",
        "https://hooks.slack.com\x00/x",
        "https://hooks.slack.com/x\r\nHost: evil.test",
        "",
        None,
        5,
        ["https://hooks.slack.com/x"],
    ],
    ids=repr,
)
def test_nothing_else_is(url: object):
    assert not allowed(url, HOSTS, frozenset())


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("http://127.0.0.1:9000/response/1", True),
        ("https://127.0.0.1:9000/response/1", True),
        ("http://localhost:9000/x", True),
        ("https://hooks.slack.com/x", True),
        ("http://127.0.0.1/x", False),
        ("http://127.0.0.1:9001/x", False),
        ("http://127.0.0.1:09000/x", False),
        ("http://127.0.0.2:9000/x", False),
        ("http://u@127.0.0.1:9000/x", False),
        ("http://127.0.0.1:9000@evil.test/x", False),
        ("http://127.0.0.1:9000.evil.test/x", False),
        ("ftp://127.0.0.1:9000/x", False),
        ("http://hooks.slack.com/x", False),
    ],
)
def test_a_test_may_name_more_by_host_and_port(url: str, may: bool):
    assert allowed(url, HOSTS, TESTS) is may


@pytest.fixture
async def listeners() -> AsyncIterator[tuple[str, str, list[str]]]:
    """Two servers, the first sending everybody on to the second, and what they were asked for."""
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        if request.path == "/elsewhere":
            raise web.HTTPTemporaryRedirect(f"http://{hosts[1]}/there")
        if request.path == "/here":
            raise web.HTTPTemporaryRedirect("/home")
        return web.Response()

    runners, hosts = [], []
    for _ in range(2):
        app = web.Application()
        app.router.add_route("*", "/{path}", answer)
        runners.append(web.AppRunner(app))
        await runners[-1].setup()
        await web.TCPSite(runners[-1], "127.0.0.1", 0).start()
        hosts.append(f"127.0.0.1:{runners[-1].addresses[0][1]}")
    yield hosts[0], hosts[1], asked
    for runner in runners:
        await runner.cleanup()


async def test_no_request_leaves_for_any_other_host(listeners: tuple[str, str, list[str]]):
    named, other, asked = listeners
    async with aiohttp.ClientSession(middlewares=(OnlyTo(HOSTS, {named}),)) as session:
        for url in (f"http://{other}/there", f"http://{named}/elsewhere", "http://localhost:1/"):
            with pytest.raises(aiohttp.ClientConnectionError):
                await session.post(url, json={"secret": 1})
        await session.post(f"http://{named}/here", json={})
    assert asked == ["/elsewhere", "/here", "/home"]

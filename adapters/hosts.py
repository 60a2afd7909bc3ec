"""Which addresses the bot may send to: an exact list, read after parsing, never by prefix."""

from collections.abc import Collection
from urllib.parse import urlsplit

from aiohttp import ClientConnectionError, ClientHandlerType, ClientRequest, ClientResponse


def allowed(url: object, hosts: Collection[str], test_hosts: Collection[str]) -> bool:
    """Whether a URL is https to one of `hosts`, or http(s) to a `host:port` named for tests."""
    if not isinstance(url, str) or not url.isascii() or not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    if parts.username is not None or parts.password is not None or "\\" in url:
        return False
    if parts.scheme == "https" and parts.netloc in hosts:
        return True
    named = f"{parts.hostname}:{port}"
    return parts.scheme in ("http", "https") and parts.netloc == named and named in test_hosts


class OnlyTo:
    """A middleware of aiohttp's client: no request leaves for a host that is not listed.

    It sees every hop, so a redirect cannot lead a token elsewhere.
    """

    def __init__(self, hosts: Collection[str], test_hosts: Collection[str]) -> None:
        self._hosts, self._test_hosts = hosts, test_hosts

    async def __call__(self, request: ClientRequest, send: ClientHandlerType) -> ClientResponse:
        if not allowed(str(request.url), self._hosts, self._test_hosts):
            raise ClientConnectionError("not one of the hosts that may be sent to")
        return await send(request)

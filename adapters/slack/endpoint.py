"""`POST /slack/events`: signature first, then a strict reading, then Bolt.

Bolt is handed values instead of bytes, as in Socket Mode. Its own reading of a body fails before
the signature is looked at, takes any form with the letters "payload" for an interaction, and its
check of the signature breaks on what is no number or not ASCII.
"""

from time import time

import structlog
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from adapters.slack.payloads import is_known_type, is_ssl_check, parse
from adapters.slack.signature import is_signed
from adapters.web.server import Handler

log = structlog.get_logger()


def endpoint(app: AsyncApp, secret: str) -> Handler:
    """The handler of everything that Slack posts."""

    async def handle(request: web.Request) -> web.Response:
        body = await request.read()
        if not is_signed(secret, request.headers, body, time()):
            return web.Response(status=200 if is_ssl_check(body) else 401)
        try:
            payload = parse(body, request.content_type)
        except ValueError as error:
            return _unreadable(error)
        if not is_known_type(payload):
            return web.Response() if "ssl_check" in payload else _unreadable(ValueError())
        try:
            answer = await app.async_dispatch(AsyncBoltRequest(body=payload, mode="socket_mode"))
        except Exception as error:  # whatever Bolt stumbles over is not of a shape Slack sends
            return _unreadable(error)
        if answer.status == 404:  # nothing to do with it; anything but 200 is sent again
            return web.Response()
        kind = answer.first_headers().get("content-type", "text/plain").partition(";")[0]
        return web.Response(status=answer.status, text=answer.body, content_type=kind)

    return handle


def _unreadable(error: Exception) -> web.Response:
    """Signed, but not what Slack sends; sending it again would not help."""
    log.warning("payload refused", platform="slack", error=type(error).__name__)
    return web.Response(status=400, headers={"X-Slack-No-Retry": "1"})

"""`POST /api/messages`: strict reading, then the token, then the bot."""

from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web

from adapters.payloads import json_object, text_at
from adapters.teams.app import Teams
from adapters.teams.incoming import Activity
from adapters.web.server import Handler

log = structlog.get_logger()


Check = Callable[[str, Activity], Awaitable[bool]]
"""Tells whether an Authorization header vouches for an activity."""


def endpoint(teams: Teams, is_authentic: Check) -> Handler:
    """The handler of everything that Teams posts."""

    async def handle(request: web.Request) -> web.Response:
        if request.content_type != "application/json":
            return web.Response(status=415)
        try:
            activity = json_object((await request.read()).decode())
        except ValueError:
            return web.Response(status=400)
        kind = text_at(activity, "type")
        if not kind:
            return web.Response(status=400)
        if not await is_authentic(request.headers.get("Authorization", ""), activity):
            return _refused(401)
        if not teams.sender.may_reach(text_at(activity, "serviceUrl")):
            return _refused(403)
        if kind == "invoke":
            return web.json_response(await teams.invoke(activity))
        teams.accept(activity)
        return web.Response(status=202)

    return handle


def _refused(status: int) -> web.Response:
    log.warning("activity refused", platform="teams", status=status)
    return web.Response(status=status)

"""The bare baseline: a Bolt app on the same server that acks one constant text, and no more."""

import os
import re

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult


async def _authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token="xoxb-bare")


app = AsyncApp(signing_secret=os.environ["SLACK_SIGNING_SECRET"], authorize=_authorize)


@app.command(re.compile(".*"))
async def constant(ack: AsyncAck) -> None:
    await ack("A constant text.")


async def handle(request: web.Request) -> web.Response:
    answer = await app.async_dispatch(await to_bolt_request(request))
    return await to_aiohttp_response(answer)


async def alive(_request: web.Request) -> web.Response:
    return web.Response(text="ok")


if __name__ == "__main__":
    server = web.Application()
    server.router.add_post("/slack/events", handle)
    server.router.add_get("/healthz", alive)
    web.run_app(server, host="127.0.0.1", port=int(os.environ["PORT"]), access_log=None, print=None)

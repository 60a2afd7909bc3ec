"""The least that stands for Teams: keys, tokens, and a connector that notes what arrived."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

import aiohttp
from aiohttp import web

from tests.adapters.teams.fake_login import APP, APP_SECRET, FIRST, TENANT, claims, sign

_numbers = count(1)


class Connector:
    """Teams, as far as a message and its answer go."""

    def __init__(self) -> None:
        self._waiting: dict[str, asyncio.Future[None]] = {}
        self.slow = 0.0
        """Seconds that keys and tokens take."""
        self.host = ""

    @property
    def settings(self) -> dict[str, str]:
        return {
            "ALLY_ENV": "test",
            "ALLY_ALLOWED_HOSTS": self.host,
            "TEAMS_APP_ID": APP,
            "TEAMS_APP_SECRET": APP_SECRET,
            "TEAMS_TENANT_ID": TENANT,
            "TEAMS_OPENID_URL": f"http://{self.host}/openid",
            "TEAMS_TOKEN_URL": f"http://{self.host}/token",
        }

    async def turn(self, session: aiohttp.ClientSession, port: int, text: str) -> None:
        """A message, until its answer has arrived."""
        service_url = f"http://{self.host}/"
        said = self.expect()
        answered = self._waiting[said]
        activity = {
            "type": "message",
            "id": said,
            "channelId": "msteams",
            "serviceUrl": service_url,
            "from": {"id": "29:1", "name": "Somebody", "aadObjectId": "aad-1"},
            "recipient": {"id": f"28:{APP}", "name": "Ally Nudge"},
            "conversation": {"id": "a:1", "conversationType": "personal", "tenantId": TENANT},
            "channelData": {"tenant": {"id": TENANT}},
            "entities": [{"type": "clientInfo", "locale": "en-CA", "country": "CA"}],
            "locale": "en-CA",
            "textFormat": "plain",
            "text": text,
        }
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
        }
        url = f"http://127.0.0.1:{port}/api/messages"
        async with session.post(url, data=json.dumps(activity), headers=headers) as response:
            assert response.status == 202
        await answered

    def expect(self) -> str:
        """The id of a message that will be answered."""
        said = str(next(_numbers))
        self._waiting[said] = asyncio.get_running_loop().create_future()
        return said

    @property
    def token(self) -> str:
        """What Teams vouches with; made once, as making it is no work of the server's."""
        if not hasattr(self, "_token"):
            self._token = sign(claims(f"http://{self.host}/"), FIRST)
        return self._token

    async def answer(self, request: web.Request) -> web.Response:
        """An answer to a message has arrived."""
        await request.read()
        self._waiting.pop(request.match_info["said"]).set_result(None)
        return web.json_response({"id": "1"})

    async def openid(self, _request: web.Request) -> web.Response:
        await asyncio.sleep(self.slow)
        return web.json_response({"jwks_uri": f"http://{self.host}/keys"})

    async def keys(self, _request: web.Request) -> web.Response:
        return web.json_response({"keys": [FIRST.public]})

    async def grant(self, _request: web.Request) -> web.Response:
        return web.json_response({"access_token": "granted", "expires_in": 3600})


@asynccontextmanager
async def connector() -> AsyncIterator[Connector]:
    """A connector that is listening."""
    teams = Connector()
    app = web.Application()
    app.router.add_get("/openid", teams.openid)
    app.router.add_get("/keys", teams.keys)
    app.router.add_post("/token", teams.grant)
    app.router.add_post("/v3/conversations/{chat}/activities/{said}", teams.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert site._server is not None
    teams.host = f"127.0.0.1:{site._server.sockets[0].getsockname()[1]}"  # type: ignore[attr-defined]
    yield teams
    await runner.cleanup()

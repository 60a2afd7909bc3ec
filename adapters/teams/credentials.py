"""The token that the bot sends with: one for all, fetched before it runs out.

https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
"""

from time import monotonic

import aiohttp

from adapters.payloads import json_object
from adapters.teams.single_flight import SingleFlight

SCOPE = "https://api.botframework.com/.default"
PATIENCE_SECONDS = 10
MARGIN_SECONDS = 300


class NoToken(Exception):
    """The identity platform gave no token; the message has its status, nothing of its answer."""


class Credentials:
    """Tokens for an app id and its secret; empty ones where no app id is set (tests)."""

    def __init__(
        self, session: aiohttp.ClientSession, url: str, app_id: str, app_secret: str
    ) -> None:
        self._session, self._url = session, url
        self._form = {
            "grant_type": "client_credentials",
            "client_id": app_id,
            "client_secret": app_secret,
            "scope": SCOPE,
        }
        self._token = ""
        self._fresh_until = 0.0
        self._renew = SingleFlight(self._fetch)

    async def token(self) -> str:
        """A token that holds for some minutes more; raises NoToken or what the network raises."""
        if self._form["client_id"] and monotonic() > self._fresh_until:
            await self._renew()
        return self._token

    def forget(self, token: str) -> None:
        """The connector refused this token: the next message asks for a new one."""
        if token == self._token:
            self._fresh_until = 0.0

    async def _fetch(self) -> None:
        limit = aiohttp.ClientTimeout(total=PATIENCE_SECONDS)
        async with self._session.post(
            self._url, data=self._form, timeout=limit, allow_redirects=False
        ) as response:
            if response.status != 200:
                raise NoToken(str(response.status))
            answer = json_object(await response.text())
        token, seconds = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(token, str) or not token or not isinstance(seconds, int):
            raise NoToken("no token in the answer")
        self._token = token
        self._fresh_until = monotonic() + max(seconds - MARGIN_SECONDS, seconds / 2)

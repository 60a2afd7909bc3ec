"""What goes out to Teams: messages and questions, through the Bot Connector's REST API.

https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import uniform
from typing import Any, Literal
from urllib.parse import quote

import aiohttp
import structlog
from yarl import URL

from adapters.hosts import allowed
from adapters.payloads import json_object, text_at
from adapters.teams.credentials import Credentials

SERVICE_HOSTS = frozenset(
    {
        "smba.trafficmanager.net",
        "smba.infra.gcc.teams.microsoft.com",
        "smba.infra.gov.teams.microsoft.us",
        "smba.infra.dod.teams.microsoft.us",
    }
)
PATIENCE_SECONDS = 10
AGAIN = frozenset({412, 429, 502, 503, 504})
"""Where Teams says that nothing was posted and that it may be tried again."""
TRIES = 4
LONGEST_WAIT = 60.0

Method = Literal["GET", "POST", "PUT", "DELETE"]
Activity = dict[str, Any]
log = structlog.get_logger()


@dataclass(frozen=True)
class Answer:
    """What became of a call."""

    status: int
    """The HTTP status; 0 where no answer came back, so that nothing is known of the message."""
    id: str = ""
    """Of the message or conversation that was made."""
    code: str = ""
    """One of Teams' fixed words for what went wrong, such as ConversationNotFound."""
    wait: float = 0.0
    """Seconds that Teams wants to be left alone."""
    said: Mapping[str, Any] = field(default_factory=dict)
    """All of it; empty where nobody can read it."""

    @property
    def taken(self) -> bool:
        """Whether Teams accepted it."""
        return 200 <= self.status < 300


class Connector:
    """Calls the service that an activity came from, and no other host."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        credentials: Credentials,
        test_hosts: frozenset[str],
    ) -> None:
        self._session = session
        self._credentials = credentials
        self._test_hosts = test_hosts

    def may_reach(self, service_url: str) -> bool:
        """Whether an address is one of Teams' own."""
        return allowed(service_url, SERVICE_HOSTS, self._test_hosts)

    async def call(
        self,
        method: Method,
        service_url: str,
        path: tuple[str, ...],
        body: Activity | None = None,
        *,
        targeted: bool = False,
        tries: int = TRIES,
    ) -> Answer:
        """One call, repeated only where Teams says that it may be; never raises.

        `path` are the segments after /v3/conversations. Where an answer got lost nothing is sent
        again: a message twice is worse than the doubt.
        """
        if not self.may_reach(service_url):
            return Answer(403)
        segments = "".join(f"/{quote(segment, safe='')}" for segment in path)
        query = "?isTargetedActivity=true" if targeted else ""
        url = f"{service_url.rstrip('/')}/v3/conversations{segments}{query}"
        for attempt in range(tries):
            answer = await self._once(method, url, body)
            wait = max(answer.wait, 2**attempt * uniform(0.5, 1.0))
            if answer.status not in AGAIN or attempt == tries - 1 or wait > LONGEST_WAIT:
                break
            await asyncio.sleep(wait)
        if not answer.taken:
            what = "not told" if method == "GET" else "not sent"
            log.warning(what, platform="teams", status=answer.status, error=answer.code)
        return answer

    async def _once(self, method: Method, url: str, body: Activity | None) -> Answer:
        try:
            token = await self._credentials.token()
        except Exception as error:  # nothing was sent yet, so that it may be tried again
            return Answer(503, code=type(error).__name__)
        try:
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            async with self._session.request(
                method,
                URL(url, encoded=True),
                json=body,
                headers=headers,
                timeout=aiohttp.ClientTimeout(total=PATIENCE_SECONDS),
                allow_redirects=False,
            ) as response:
                if response.status == 401:
                    self._credentials.forget(token)
                return _answer(response.status, await response.text(), _seconds(response.headers))
        except Exception as error:  # whatever the network or the answer's shape brought
            return Answer(0, code=type(error).__name__)


def _answer(status: int, text: str, wait: float) -> Answer:
    try:
        said = json_object(text)
    except ValueError:
        return Answer(status, wait=wait)
    code = text_at(said, "error", "code")
    return Answer(status, text_at(said, "id"), code if code.isalnum() else "", wait, said)


def _seconds(headers: Mapping[str, str]) -> float:
    wait = headers.get("Retry-After", "")
    return float(wait) if wait.isascii() and wait.isdecimal() and len(wait) < 6 else 0.0

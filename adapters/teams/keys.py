"""The keys that the Bot Connector signs its requests with, fetched without holding anybody up.

https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any

import aiohttp
import jwt
import structlog

from adapters.payloads import json_object, text_at
from adapters.teams.single_flight import SingleFlight

KEPT_SECONDS = 24 * 60 * 60
PATIENCE_SECONDS = 5
AT_ONCE = 4
"""Fetches in a row; after that one every REGAINED_SECONDS, whatever unknown keys are named."""
REGAINED_SECONDS = 20.0

log = structlog.get_logger()


@dataclass(frozen=True)
class Key:
    """A public key, and the channels it may speak for."""

    public: jwt.PyJWK
    endorsements: frozenset[str]


class Keys:
    """Keys by id. Those in hand stay in use while newer ones cannot be fetched."""

    def __init__(self, session: aiohttp.ClientSession, metadata_url: str) -> None:
        self._session = session
        self._metadata_url = metadata_url
        self._keys: Mapping[str, Key] = {}
        self._fresh_until = 0.0
        self._fetches = float(AT_ONCE)
        self._counted_at = 0.0
        self._refresh = SingleFlight(self._fetch)

    async def find(self, key_id: str) -> Key | None:
        """The key, fetched where it is not known or what is known is a day old."""
        if key_id not in self._keys or monotonic() > self._fresh_until:
            await self._refresh()
        return self._keys.get(key_id)

    async def _fetch(self) -> None:
        if not self._may_fetch(monotonic()):
            return
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                metadata = await self._read(self._metadata_url)
                found = await self._read(text_at(metadata, "jwks_uri"))
            self._keys = dict(_keys(found))
        except Exception as error:  # no connection, no patience, no JSON: the old keys stay
            log.warning("keys not fetched", platform="teams", error=type(error).__name__)
            return
        self._fresh_until = monotonic() + KEPT_SECONDS

    def _may_fetch(self, now: float) -> bool:
        regained = (now - self._counted_at) / REGAINED_SECONDS if self._counted_at else 0.0
        self._fetches = min(float(AT_ONCE), self._fetches + regained)
        self._counted_at = now
        if self._fetches < 1:
            return False
        self._fetches -= 1
        return True

    async def _read(self, url: str) -> Mapping[str, Any]:
        async with self._session.get(url, allow_redirects=False) as response:
            if response.status != 200:
                raise ValueError("no answer to use")
            return json_object(await response.text())


def _keys(found: Mapping[str, Any]) -> list[tuple[str, Key]]:
    keys = []
    for described in found["keys"]:
        if text_at(described, "kty") == "RSA" and text_at(described, "kid"):
            with suppress(jwt.PyJWTError):  # one that cannot be read does not spoil the others
                public = jwt.PyJWK.from_dict(described, algorithm="RS256")
                endorsed = frozenset(map(str, described.get("endorsements") or ()))
                keys.append((described["kid"], Key(public, endorsed)))
    if not keys:
        raise ValueError("no keys")
    return keys

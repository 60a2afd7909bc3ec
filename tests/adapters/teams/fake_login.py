"""Microsoft's login on loopback: the keys that Teams signs with, and tokens for the bot.

https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from time import monotonic, time
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.adapters.teams.answering import Answer, give

APP = "5c1a2f7e-0000-4000-8000-00000000a11e"
APP_SECRET = "fake~secret.of-the-app"
TENANT = "7e4a0000-0000-4000-8000-0000000000f0"
ISSUER = "https://api.botframework.com"
SCOPE = "https://api.botframework.com/.default"

_numbers = count(1)


@cache
def _private_key(number: int) -> rsa.RSAPrivateKey:
    """A key for each number; they are made once, for making one takes a while."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(frozen=True)
class Key:
    """A key that activities are signed with."""

    kid: str
    number: int = 0
    endorsements: tuple[str, ...] | None = ("msteams", "webchat")

    @property
    def private(self) -> rsa.RSAPrivateKey:
        return _private_key(self.number)

    @property
    def public(self) -> dict[str, Any]:
        """The key as it is published."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.private.public_key()))
        values = {"kty": "RSA", "use": "sig", "kid": self.kid, "x5t": self.kid}
        endorsed = {} if self.endorsements is None else {"endorsements": list(self.endorsements)}
        return {**values, "n": public["n"], "e": public["e"], **endorsed}


FIRST = Key("the-first-key")
UNENDORSED = Key("the-key-of-no-channel", 1, None)
OF_ANOTHER_CHANNEL = Key("the-key-of-another-channel", 1, ("webchat", "directline"))
UNPUBLISHED = Key("the-key-nobody-published", 2)


def claims(service_url: str, **changed: Any) -> dict[str, Any]:
    """What a good token says; a claim that is changed to None is left out."""
    now = int(time())
    said = {
        "iss": ISSUER,
        "aud": APP,
        "nbf": now - 10,
        "iat": now - 10,
        "exp": now + 3600,
        "serviceurl": service_url,
        **changed,
    }
    return {name: value for name, value in said.items() if value is not None}


def sign(said: Mapping[str, Any], key: Key = FIRST, **headers: Any) -> str:
    """A token as Teams sends it along with an activity."""
    header = {"typ": "JWT", "kid": key.kid, "x5t": key.kid, **headers}
    return jwt.encode(dict(said), key.private, "RS256", header)


@dataclass
class FakeLogin:
    """OpenID metadata, the keys and the token endpoint."""

    host: str = ""
    faults: list[str] = field(default_factory=list)
    tokens: dict[str, float] = field(default_factory=dict)
    """Every token that was ever given out, and until when it is good: servers keep theirs."""

    def reset(self) -> None:
        self.faults.clear()
        self.keys = [FIRST, UNENDORSED, OF_ANOTHER_CHANNEL]
        self.asked: list[str] = []
        """What was asked for, in order: metadata, keys or token."""
        self.answers: dict[str, Answer] = {}
        """Instead of the right answer to what is asked for."""
        self.token_seconds = 3600
        self.anonymous = False
        """Whether the bot has no app id, and so no token."""
        self.hurry = asyncio.Event()

    @property
    def openid_url(self) -> str:
        return f"http://{self.host}/v1/.well-known/openidconfiguration"

    @property
    def token_url(self) -> str:
        return f"http://{self.host}/{TENANT}/oauth2/v2.0/token"

    def add_to(self, app: web.Application) -> None:
        app.router.add_get("/v1/.well-known/openidconfiguration", self._metadata)
        app.router.add_get("/v1/.well-known/keys", self._keys)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)

    def rotate(self) -> Key:
        """From now on there is one key only, a new one."""
        number = next(_numbers)
        self.keys = [Key(f"key-{number}", 2 + number % 2)]
        return self.keys[0]

    def count(self, what: str) -> int:
        """How often something was asked for."""
        return self.asked.count(what)

    def is_good(self, token: str) -> bool:
        """Whether a token was given out and may still be used."""
        if self.anonymous:
            return not token
        return token in self.tokens and monotonic() < self.tokens[token]

    async def _metadata(self, request: web.Request) -> web.StreamResponse:
        values = {
            "issuer": ISSUER,
            "authorization_endpoint": "https://invalid.botframework.com",
            "jwks_uri": f"http://{self.host}/v1/.well-known/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        }
        return await self._give(request, "metadata", Answer.data(values))

    async def _keys(self, request: web.Request) -> web.StreamResponse:
        published = Answer.data({"keys": [key.public for key in self.keys]})
        return await self._give(request, "keys", published)

    async def _token(self, request: web.Request) -> web.StreamResponse:
        form = {name: str(value) for name, value in (await request.post()).items()}
        wanted = {
            "grant_type": "client_credentials",
            "client_id": APP,
            "client_secret": APP_SECRET,
            "scope": SCOPE,
        }
        if (request.match_info["tenant"], request.content_type) != (
            TENANT,
            "application/x-www-form-urlencoded",
        ):
            self.faults.append(f"a token was asked for at {request.path}")
        if form != wanted:
            self.faults.append(f"a token was asked for with {sorted(form)}")
        value = f"opaque-{next(_numbers)}-token"
        self.tokens[value] = monotonic() + self.token_seconds
        given = {
            "token_type": "Bearer",
            "expires_in": self.token_seconds,
            "ext_expires_in": self.token_seconds,
            "access_token": value,
        }
        return await self._give(request, "token", Answer.data(given))

    async def _give(self, request: web.Request, what: str, right: Answer) -> web.StreamResponse:
        self.asked.append(what)
        return await give(request, self.answers.get(what, right), self.hurry)

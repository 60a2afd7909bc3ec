"""The real server, `ally serve`, as Teams meets it: what Teams posts, and how it vouches for it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.adapters.serving import JSON, Posted, Server
from tests.adapters.teams.fake_login import APP, APP_SECRET, FIRST, TENANT, Key, claims, sign
from tests.adapters.teams.fake_teams import FakeTeams

PATH = "/api/messages"


def settings_for(teams: FakeTeams) -> dict[str, str]:
    """What connects a server to this Teams."""
    return {
        "ALLY_ALLOWED_HOSTS": teams.host,
        "TEAMS_APP_ID": APP,
        "TEAMS_APP_SECRET": APP_SECRET,
        "TEAMS_TENANT_ID": TENANT,
        "TEAMS_OPENID_URL": teams.login.openid_url,
        "TEAMS_TOKEN_URL": teams.login.token_url,
    }


class Bot(Server):
    """A server process that serves Teams."""

    def __init__(self, teams: FakeTeams, folder: Path, **settings: str) -> None:
        self.teams = teams
        self.tokens: list[str] = []
        """What Teams vouched with for its requests; none of it may be written anywhere."""
        super().__init__(folder, {**settings_for(teams), **settings})

    async def post(
        self,
        body: bytes,
        content_type: str = JSON,
        *,
        authorization: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Posted:
        """Post a body as Teams would; without an authorization a good one is made for it."""
        if authorization is None:
            authorization = f"Bearer {self.token_for(body)}"
        sent = {"Content-Type": content_type, "Authorization": authorization, **(headers or {})}
        return await self.post_to(PATH, body, sent)

    async def deliver(self, activity: Mapping[str, Any], **more: Any) -> Posted:
        """Deliver an activity."""
        return await self.post(json.dumps(activity).encode(), **more)

    def token_for(self, body: bytes) -> str:
        """A good token for a body, whatever the body is."""
        try:
            service_url = json.loads(body).get("serviceUrl", self.teams.service_url)
        except (ValueError, AttributeError, RecursionError):
            service_url = self.teams.service_url
        return self.signed(claims(service_url))

    def signed(self, said: Mapping[str, Any], key: Key = FIRST, **headers: Any) -> str:
        """A token that is remembered, to be looked for in what the server writes."""
        token = sign(said, key, **headers)
        self.tokens.append(token)
        return token

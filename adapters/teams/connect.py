"""Wires the parts for Teams to each other and to the server."""

from contextlib import AsyncExitStack
from functools import partial
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web

from adapters.content import Content
from adapters.hosts import OnlyTo
from adapters.settings import Settings
from adapters.store.remembered import Remembered
from adapters.teams.app import Teams
from adapters.teams.connector import SERVICE_HOSTS, Connector
from adapters.teams.credentials import Credentials
from adapters.teams.delivering import TeamsDelivery
from adapters.teams.endpoint import Check, endpoint
from adapters.teams.incoming import Activity
from adapters.teams.keys import Keys
from adapters.teams.manifest import MESSAGES_PATH
from adapters.teams.members import role_of
from adapters.teams.sending import Sender
from adapters.teams.tokens import is_authentic

AT_ONCE = 1000
"""Connections; those that a slow Teams keeps waiting are not to hold up the others."""


async def connect(
    settings: Settings,
    content: Content,
    store: Remembered,
    app: web.Application,
    stack: AsyncExitStack,
) -> TeamsDelivery:
    """Adds Teams to the server, and gives what sends at its time; `stack` closes what it opens."""
    named = {urlsplit(url).netloc for url in (settings.teams_openid_url, settings.teams_tokens)}
    session = await stack.enter_async_context(
        aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=AT_ONCE),
            middlewares=(OnlyTo(SERVICE_HOSTS | named, settings.test_hosts),),
        )
    )
    secret = settings.teams_app_secret.get_secret_value()
    credentials = Credentials(session, settings.teams_tokens, settings.teams_app_id, secret)
    connector = Connector(session, credentials, settings.test_hosts)
    sender = Sender(connector, targeted=settings.teams_targeted)
    role = partial(role_of, connector)
    teams = Teams(content, sender, settings.teams_tenants, store, role)
    stack.push_async_callback(teams.finish)
    app.router.add_post(MESSAGES_PATH, endpoint(teams, _check(settings, session)))
    return TeamsDelivery(connector, store.engine)


def _check(settings: Settings, session: aiohttp.ClientSession) -> Check:
    if settings.teams_anonymous:
        return _anybody
    keys = Keys(session, settings.teams_openid_url)
    return partial(is_authentic, app_id=settings.teams_app_id, keys=keys)


async def _anybody(_authorization: str, _activity: Activity) -> bool:
    """For tests on this machine alone; the settings refuse it anywhere else."""
    return True

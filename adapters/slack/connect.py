"""Wires Slack's parts to each other and to the server, over HTTP, Socket Mode or both."""

import asyncio
from contextlib import AsyncExitStack
from urllib.parse import urlsplit

import aiohttp
import structlog
from aiohttp import web
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.content import Content
from adapters.hosts import OnlyTo
from adapters.settings import Settings, SettingsError
from adapters.slack.app import Slack
from adapters.slack.delivering import SlackDelivery
from adapters.slack.endpoint import endpoint
from adapters.slack.listeners import listen
from adapters.slack.manifest import EVENTS_PATH
from adapters.slack.profiles import Profiles
from adapters.slack.sending import MOST_SECONDS, RESPONSE_HOSTS, Sender, error_code
from adapters.store.remembered import Remembered

log = structlog.get_logger()


async def connect(
    settings: Settings,
    content: Content,
    store: Remembered,
    app: web.Application,
    stack: AsyncExitStack,
) -> SlackDelivery:
    """Adds Slack to the server, and gives what sends at its time; `stack` closes what it opens."""
    hosts = RESPONSE_HOSTS | {urlsplit(settings.slack_api_url).netloc}
    session = await stack.enter_async_context(
        aiohttp.ClientSession(middlewares=(OnlyTo(hosts, settings.test_hosts),))
    )
    client = AsyncWebClient(
        token=settings.slack_bot_token.get_secret_value(),
        base_url=settings.slack_api_url,
        timeout=MOST_SECONDS,
        session=session,
        retry_handlers=[],  # the library's own would post twice where an answer got lost
    )
    slack = Slack(content, Sender(client, settings.test_hosts, session), Profiles(client), store)
    stack.push_async_callback(slack.finish)
    bolt_app = listen(slack, client)
    if secret := settings.slack_signing_secret.get_secret_value():
        app.router.add_post(EVENTS_PATH, endpoint(bolt_app, secret))
    if app_token := settings.slack_app_token.get_secret_value():
        from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

        await _check(client, app_token)
        handler = AsyncSocketModeHandler(bolt_app, app_token)
        stack.push_async_callback(handler.close_async)
        # The library tries for ever; the server starts meanwhile and can be stopped.
        connecting = asyncio.create_task(handler.connect_async())  # type: ignore[no-untyped-call]
        stack.callback(connecting.cancel)
    return SlackDelivery(client)


# What Slack says of a token that will not work the next time either.
_REFUSALS = frozenset(
    "invalid_auth not_authed account_inactive token_revoked token_expired missing_scope "
    "not_allowed_token_type no_permission".split()
)


async def _check(client: AsyncWebClient, app_token: str) -> None:
    """Whether Slack takes the app-level token; that it cannot be reached may pass."""
    try:
        await client.apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        code = error_code(error)
        if code in _REFUSALS:
            advice = (
                f"SLACK_APP_TOKEN: Slack refused it ({code}); it needs the scope connections:write"
            )
            raise SettingsError([advice]) from None
        log.warning("not reached", platform="slack", error=code)
    except Exception as error:  # whatever else comes back, the library goes on trying
        log.warning("not reached", platform="slack", error=type(error).__name__)

"""Who listens to what Slack sends: Bolt chooses, and keeps Slack's three seconds."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.app import Slack

Next = Callable[[], Awaitable[BoltResponse | None]]

ANYTHING = re.compile(".*", re.DOTALL)

log = structlog.get_logger()


def listen(slack: Slack, client: AsyncWebClient) -> AsyncApp:
    """The Bolt app with a listener for everything that Slack may send.

    Bolt answers 404 to what nobody listens to, which Slack counts as a failure and sends again.
    Signatures are checked before a request comes here, so Bolt's own check is off.
    """

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        # Bolt's own way asks Slack's auth.test before the ack: a slow Slack would delay it.
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=client.token)

    async def nothing(ack: AsyncAck) -> None:
        await ack()

    async def on_error(error: Exception) -> BoltResponse:
        log.error("listener failed", platform="slack", error=type(error).__name__)
        return BoltResponse(status=200, body="")

    async def removal(body: dict[str, Any], next: Next) -> BoltResponse | None:
        done = await slack.on_removal(body)
        return await next() if done else BoltResponse(status=503, body="")

    app = AsyncApp(
        name="ally-nudge",
        client=client,
        authorize=authorize,
        request_verification_enabled=False,
        ignoring_self_events_enabled=False,
    )
    app.middleware(removal)
    app.command(ANYTHING)(slack.on_command)
    app.action(ANYTHING)(slack.on_press)
    app.event(ANYTHING)(slack.on_event)
    app.shortcut(ANYTHING)(slack.on_shortcut)
    for offered in (app.view, app.options):
        offered(ANYTHING)(nothing)
    app.error(on_error)
    return app

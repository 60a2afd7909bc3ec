"""What goes out to Slack after the ack: to a response_url, or to one person through the Web API.

Nothing here is tried twice, and nothing private ever falls back to a channel.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.hosts import allowed

RESPONSE_HOSTS = frozenset({"hooks.slack.com", "hooks.slack-gov.com"})
MOST_SECONDS = 10
AT_ONCE = 50

Message = dict[str, Any]
log = structlog.get_logger()


@dataclass
class Sender:
    """Sends messages; every method tells whether Slack took it."""

    client: AsyncWebClient
    test_hosts: frozenset[str]
    session: aiohttp.ClientSession
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    def may_respond(self, url: str) -> bool:
        """Whether a response_url is one of Slack's own."""
        return allowed(url, RESPONSE_HOSTS, self.test_hosts)

    async def respond(self, url: str, message: Message) -> bool:
        """Answer an interaction; a response_url works five times within half an hour."""
        if not self.may_respond(url):
            return False
        try:
            async with (
                self._turns,
                self.session.post(
                    url,
                    json=message,
                    allow_redirects=False,
                    timeout=aiohttp.ClientTimeout(total=MOST_SECONDS),
                ) as response,
            ):
                taken = response.status == 200
                if not taken:
                    log.warning("not sent", method="response_url", status=response.status)
                return taken
        except (aiohttp.ClientError, TimeoutError) as error:
            log.warning("not sent", method="response_url", error=type(error).__name__)
            return False

    async def to_one(self, channel: str, user: str, message: Message, thread: str = "") -> bool:
        """A message that only this person sees: in the channel, or in the chat of two."""
        if channel and not channel.startswith("D"):
            arguments = {"channel": channel, "user": user, **message}
            return await self._call(
                "chat.postEphemeral", arguments | ({"thread_ts": thread} if thread else {})
            )
        return await self._call("chat.postMessage", {"channel": channel or user, **message})

    async def to_channel(self, channel: str, message: Message, thread: str = "") -> bool:
        """A message for everybody, because somebody pressed Share."""
        arguments = {"channel": channel, **message}
        return await self._call(
            "chat.postMessage", arguments | ({"thread_ts": thread} if thread else {})
        )

    async def _call(self, method: str, arguments: Message) -> bool:
        try:
            async with self._turns:
                await self.client.api_call(method, json=arguments)
        except SlackApiError as error:
            # The error is one of Slack's fixed words, such as not_in_channel.
            code = error.response.get("error") if error.response else ""
            log.warning("not sent", method=method, error=str(code))
            return False
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            log.warning("not sent", method=method, error=type(error).__name__)
            return False
        return True

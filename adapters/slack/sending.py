"""What goes out to Slack after the ack: to a response_url, or to one person through the Web API.

Nothing here is tried twice, and nothing private ever falls back to a channel.
"""

import asyncio
from dataclasses import dataclass, field
from enum import Enum
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


class Sent(Enum):
    """What became of a message."""

    TAKEN = "taken"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    """The connection was lost after it went out: it may have arrived."""


@dataclass
class Sender:
    """Sends messages; every method tells what became of them."""

    client: AsyncWebClient
    test_hosts: frozenset[str]
    session: aiohttp.ClientSession
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    def may_respond(self, url: str) -> bool:
        """Whether a response_url is one of Slack's own."""
        return allowed(url, RESPONSE_HOSTS, self.test_hosts)

    async def respond(self, url: str, message: Message) -> Sent:
        """Answer an interaction; a response_url works five times within half an hour."""
        if not self.may_respond(url):
            return Sent.REFUSED
        limit = aiohttp.ClientTimeout(total=MOST_SECONDS)
        try:
            async with (
                self._turns,
                self.session.post(
                    url, json=message, allow_redirects=False, timeout=limit
                ) as response,
            ):
                if response.status == 200:
                    return Sent.TAKEN
                log.warning("not sent", method="response_url", status=response.status)
                return Sent.REFUSED
        except Exception as error:
            return _lost("response_url", error)

    async def to_one(self, channel: str, user: str, message: Message, thread: str = "") -> Sent:
        """A message that only this person sees: in the channel, or in the chat of two."""
        if channel and not channel.startswith("D"):
            arguments = {"channel": channel, "user": user, **message}
            return await self._call("chat.postEphemeral", arguments, thread)
        return await self._call("chat.postMessage", {"channel": channel or user, **message}, thread)

    async def to_channel(self, channel: str, message: Message, thread: str = "") -> Sent:
        """A message for everybody, because somebody asked for it."""
        return await self._call("chat.postMessage", {"channel": channel, **message}, thread)

    async def _call(self, method: str, arguments: Message, thread: str) -> Sent:
        if thread:
            arguments = arguments | {"thread_ts": thread}
        try:
            async with self._turns:
                await self.client.api_call(method, json=arguments)
        except SlackApiError as error:
            log.warning("not sent", method=method, error=error_code(error))
            return Sent.REFUSED
        except Exception as error:
            return _lost(method, error)
        return Sent.TAKEN


def error_code(error: SlackApiError) -> str:
    """One of Slack's fixed words, such as not_in_channel; empty where the answer had none."""
    data = getattr(error.response, "data", error.response)
    code = data.get("error") if isinstance(data, dict) else ""
    return code if isinstance(code, str) else ""


def retry_after(error: SlackApiError) -> float:
    """How many seconds Slack wants to be left alone; 0 where it did not say."""
    headers = getattr(error.response, "headers", None) or {}
    wait = headers.get("Retry-After", "")
    return float(wait) if isinstance(wait, str) and wait.isdecimal() else 0.0


def _lost(method: str, error: Exception) -> Sent:
    """Whatever the network or the answer's shape brought: nothing is known of the message."""
    log.warning("not sent", method=method, error=type(error).__name__)
    never_left = isinstance(error, aiohttp.ClientConnectorError | aiohttp.InvalidURL)
    return Sent.REFUSED if never_left else Sent.UNKNOWN

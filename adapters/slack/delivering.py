"""Messages that Slack gets at their time: for a channel, or for one person in the chat of two.

https://docs.slack.dev/reference/methods/chat.postMessage
"""

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.delivery.means import Failed, Result, Taken
from adapters.slack.incoming import PREFIX
from adapters.slack.render import render
from adapters.slack.sending import error_code, retry_after
from bot.messages import Reply
from bot.schedule.plan import Failure

# Slack's words for what will not go away by itself; anything else may.
_KINDS: dict[str, Failure] = {
    **dict.fromkeys(
        ("channel_not_found", "is_archived", "user_not_found", "user_disabled"), "gone"
    ),
    **dict.fromkeys(("not_in_channel", "messages_tab_disabled"), "removed"),
    **dict.fromkeys(
        (
            "account_inactive",
            "app_access_restricted",
            "invalid_auth",
            "missing_scope",
            "not_authed",
            "token_expired",
            "token_revoked",
        ),
        "unauthorized",
    ),
    **dict.fromkeys(
        ("invalid_arguments", "invalid_blocks", "msg_blocks_too_long", "msg_too_long", "no_text"),
        "refused",
    ),
}
_RESTRICTED = "restricted_action"
"""Slack adds to it what exactly is restricted."""
_LIMITED = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})

log = structlog.get_logger()


class SlackDelivery:
    """Sends through the Web API; a user's id stands for the chat of two with them."""

    prefix = PREFIX

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def send(self, target: str, workspace: str, reply: Reply) -> Result:
        """To a person or a channel, by its key."""
        message = {"channel": target.rpartition("/")[2], **render(reply)}
        try:
            await self._client.api_call("chat.postMessage", json=message)
        except SlackApiError as error:
            return _failed(error)
        return Taken()


def _failed(error: SlackApiError) -> Failed:
    code = error_code(error)
    status = getattr(error.response, "status_code", 200)
    if code in _LIMITED or status == 429:
        kind: Failure = "limited"
    elif code.startswith(_RESTRICTED):
        kind = "removed"
    else:
        kind = _KINDS.get(code, "broken")
    # What Slack cannot read is ours to mend, and it will not be the only one.
    tell = log.error if kind == "refused" else log.warning
    tell("not sent", method="chat.postMessage", error=code, status=status)
    return Failed(kind, retry_after(error) or None if kind == "limited" else None)

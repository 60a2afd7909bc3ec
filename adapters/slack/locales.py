"""The language somebody has set in Slack, asked for once a day and kept in memory only."""

import asyncio
from collections import OrderedDict
from time import monotonic

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.sending import error_code, retry_after

KEPT_SECONDS = 24 * 60 * 60
PATIENCE_SECONDS = 0.8
"""An answer within a second is worth more than the right language of the first one."""
MOST_PEOPLE = 10_000


class Locales:
    """Locales by person. Where the scope users:read was not granted, nobody is asked for."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._known: OrderedDict[str, tuple[str, float]] = OrderedDict()
        self._refused_until = 0.0

    def known(self, person: str) -> str | None:
        """The locale if it is in memory, "" where Slack does not tell; None if not asked yet."""
        if monotonic() < self._refused_until:
            return ""
        locale, until = self._known.get(person, ("", 0.0))
        return locale if monotonic() < until else None

    async def of(self, person: str) -> str:
        """The locale, asked of Slack where it is not in memory; "" where it does not tell."""
        known = self.known(person)
        if known is not None:
            return known
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                answer = await self._client.users_info(
                    user=person.rpartition("/")[2], include_locale=True
                )
            user = answer.get("user")
        except SlackApiError as error:
            self._refused_until = monotonic() + _seconds_to_wait(error)
            return ""
        except Exception:  # no connection, no patience, no JSON: the next time may be better
            return ""
        locale = user.get("locale") if isinstance(user, dict) else None
        return self._keep(person, locale if isinstance(locale, str) else "")

    def _keep(self, person: str, locale: str) -> str:
        self._known[person] = (locale, monotonic() + KEPT_SECONDS)
        self._known.move_to_end(person)
        if len(self._known) > MOST_PEOPLE:
            self._known.popitem(last=False)
        return locale


def _seconds_to_wait(error: SlackApiError) -> float:
    """How long nobody is asked for: as long as Slack says, or a day without the scope."""
    if error_code(error) in ("missing_scope", "not_allowed_token_type"):
        return KEPT_SECONDS
    return retry_after(error)

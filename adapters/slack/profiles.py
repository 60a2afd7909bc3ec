"""What Slack tells of a person: their language, their time zone, and what they are in a workspace;
and, with any answer, what the bot may do there.

One question tells all of it. It is kept in memory only, and for a day at most.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.payloads import text_at
from adapters.slack.sending import error_code, retry_after
from bot.messages import Role
from bot.schedule.phrases import known_zone

KEPT_SECONDS = 24 * 60 * 60
ROLE_SECONDS = 10 * 60
"""Who is an admin no more should not be taken for one for long."""
PATIENCE_SECONDS = 0.8
"""An answer within a second is worth more than the right language of the first one."""
ROLE_PATIENCE_SECONDS = 2.0
"""What somebody may do, and at what time, is worth waiting a little for."""
MOST_PEOPLE = 10_000

_READING = frozenset({"channels:history", "groups:history"})
_GUESTS = ("is_restricted", "is_ultra_restricted", "is_stranger")
_ADMINS = ("is_admin", "is_owner", "is_primary_owner")


@dataclass(frozen=True, slots=True)
class Profile:
    """A person as Slack knows them; empty where it does not tell."""

    locale: str = ""
    zone: str = ""
    """The IANA name of a time zone."""
    role: Role = "unknown"


NOBODY = Profile()


class Profiles:
    """Profiles by person. Where the scope users:read was not granted, nobody is asked for."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._known: OrderedDict[str, tuple[Profile, float]] = OrderedDict()
        self._refused_until = 0.0
        self._scopes: frozenset[str] | None = None

    @property
    def overhears(self) -> bool:
        """Whether the bot may be told what is said in channels; until Slack says, it may be."""
        return self._scopes is None or not self._scopes.isdisjoint(_READING)

    def known(self, person: str, *, role: bool = False) -> Profile | None:
        """What is known without asking Slack; None where Slack has to be asked.

        With `role` it is to say what the person is as well.
        """
        now = monotonic()
        profile, asked = self._known.get(person, (NOBODY, float("-inf")))
        if now - asked < ROLE_SECONDS:
            return profile
        if now - asked < KEPT_SECONDS and not role:
            return self._last(person)
        return self._last(person) if now < self._refused_until else None

    async def of(self, person: str, *, role: bool = False) -> Profile:
        """The profile, asked of Slack where it has to be; empty where it does not tell."""
        known = self.known(person, role=role)
        if known is not None:
            return known
        try:
            async with asyncio.timeout(ROLE_PATIENCE_SECONDS if role else PATIENCE_SECONDS):
                answer = await self._client.users_info(
                    user=person.rpartition("/")[2], include_locale=True
                )
            self._learn(answer)
            user = answer.get("user")
        except SlackApiError as error:
            self._learn(error.response)
            self._refused_until = monotonic() + _seconds_to_wait(error)
            return self._last(person)
        except Exception:  # no connection, no patience, no JSON: the next time may be better
            return self._last(person)
        return self._keep(person, _profile(user) if isinstance(user, dict) else NOBODY)

    def _learn(self, answer: Any) -> None:
        """What was granted stands with every answer, a refusal too."""
        headers = {str(name).lower(): value for name, value in answer.headers.items()}
        if isinstance(granted := headers.get("x-oauth-scopes"), str):
            self._scopes = frozenset(granted.replace(",", " ").split())

    def forget(self, workspace: str) -> None:
        """Nothing is kept of the people of a workspace."""
        for person in [key for key in self._known if key.startswith(f"{workspace}/")]:
            del self._known[person]

    def _last(self, person: str) -> Profile:
        """What was told within the day; but what the person is may have changed since."""
        profile, asked = self._known.get(person, (NOBODY, float("-inf")))
        if monotonic() - asked >= KEPT_SECONDS:
            return NOBODY
        return replace(profile, role="unknown")

    def _keep(self, person: str, profile: Profile) -> Profile:
        self._known[person] = (profile, monotonic())
        self._known.move_to_end(person)
        if len(self._known) > MOST_PEOPLE:
            self._known.popitem(last=False)
        return profile


def _profile(user: Mapping[str, Any]) -> Profile:
    zone = text_at(user, "tz")
    return Profile(text_at(user, "locale"), zone if known_zone(zone) else "", _role(user))


def _role(user: Mapping[str, Any]) -> Role:
    if any(user.get(flag) is True for flag in _GUESTS):
        return "guest"
    if any(user.get(flag) is True for flag in _ADMINS):
        return "admin"
    return "member" if user.get("is_admin") is False else "unknown"


def _seconds_to_wait(error: SlackApiError) -> float:
    """How long nobody is asked for: as long as Slack says, or a day without the scope."""
    if error_code(error) in ("missing_scope", "not_allowed_token_type"):
        return KEPT_SECONDS
    return retry_after(error)

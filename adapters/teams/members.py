"""What Teams tells of a member of a chat: their name, and whether they are a guest.

https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context
"""

import asyncio
from dataclasses import dataclass

from adapters.payloads import text_at
from adapters.teams.connector import Connector
from adapters.teams.incoming import Chat
from bot.messages import Role

PATIENCE_SECONDS = 2.0
"""An answer waits for it."""
_GUESTS = ("guest", "anonymous")


@dataclass(frozen=True, slots=True)
class Member:
    """What is known of somebody; nothing where Teams did not tell."""

    name: str = ""
    role: Role = "unknown"


async def member(
    connector: Connector, service_url: str, conversation: str, person: str, tenant: str
) -> Member:
    """Somebody in a chat or channel, whatever the thread; who comes from elsewhere is a guest."""
    path = (conversation.partition(";")[0], "members", person)
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            said = (await connector.call("GET", service_url, path, tries=1)).said
    except TimeoutError:
        return Member()
    if not text_at(said, "id"):
        return Member()
    home = text_at(said, "tenantId").lower()
    visits = home not in ("", tenant.lower())
    guest = visits or text_at(said, "userRole").lower() in _GUESTS
    return Member(text_at(said, "name"), "guest" if guest else "member")


async def role_of(connector: Connector, chat: Chat) -> Role:
    """What the person is in the organization; asked anew each time."""
    where = (chat.service_url, chat.conversation)
    return (await member(connector, *where, chat.person, chat.tenant)).role

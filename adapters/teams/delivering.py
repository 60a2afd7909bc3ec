"""Messages that Teams gets at their time: in a channel, or in the chat of two with a person.

https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
"""

import asyncio
from typing import Any

from sqlalchemy import Engine

from adapters.delivery.means import Failed, Result, Taken
from adapters.store import addresses
from adapters.store.engine import reading
from adapters.teams.connector import Answer, Connector
from adapters.teams.ids import id_in, is_person, tenant_in
from adapters.teams.listing import NAME
from adapters.teams.members import member
from adapters.teams.render import Names, render
from adapters.teams.sending import chat_of_two
from bot.messages import Mention, Reply
from bot.schedule.plan import Failure

_CODES: dict[str, Failure] = {
    "ConversationNotFound": "gone",
    "MessageWritesBlocked": "removed",
    "ConversationBlockedByUser": "removed",
    "BotNotInConversationRoster": "removed",
    "BotDisabledByAdmin": "unauthorized",
    "InvalidBotApiHost": "unauthorized",
    "MessageSizeTooBig": "refused",
}
_STATUSES: dict[int, Failure] = {
    0: "timeout",
    400: "refused",
    401: "unauthorized",
    403: "removed",
    404: "gone",
    412: "broken",
    413: "refused",
    429: "limited",
    500: "refused",
}


class TeamsDelivery:
    """Sends to where a person or a channel was last met."""

    prefix = f"@{NAME} "
    """What stands before a command where it posts."""

    def __init__(self, connector: Connector, engine: Engine) -> None:
        self._connector = connector
        self._engine = engine

    async def send(self, target: str, workspace: str, reply: Reply) -> Result:
        """To a person or a channel, by their key; who was never met cannot be reached."""
        address = await asyncio.to_thread(self._find, target)
        if address is None:
            return Failed("gone")
        conversation = address.conversation
        if not conversation:
            if not is_person(id_in(target)):
                return Failed("gone")
            opening = chat_of_two({"id": address.bot}, id_in(target), tenant_in(workspace))
            opened = await self._call(address, (), opening)
            if not opened.taken:
                return _failed(opened)
            conversation = opened.id
        names = await self._names(reply, address.service_url, conversation)
        message = {"from": {"id": address.bot}} | render(reply, names)
        answer = await self._call(address, (conversation, "activities"), message)
        return Taken() if answer.taken else _failed(answer)

    async def _names(self, reply: Reply, service_url: str, conversation: str) -> Names:
        """What the people are called who are named, as far as Teams tells."""
        keys = {part.key for part in reply.parts if isinstance(part, Mention)}
        names = {}
        for key in keys:
            if is_person(id_in(key)):
                where = (self._connector, service_url, conversation)
                names[key] = (await member(*where, id_in(key), tenant_in(key))).name
        return names

    async def _call(
        self, address: addresses.Address, path: tuple[str, ...], body: dict[str, Any]
    ) -> Answer:
        """Once: the delivery knows when to try again."""
        return await self._connector.call("POST", address.service_url, path, body, tries=1)

    def _find(self, key: str) -> addresses.Address | None:
        with reading(self._engine) as connection:
            return addresses.find(connection, key)


def _failed(answer: Answer) -> Failed:
    kind = _CODES.get(answer.code) or _STATUSES.get(answer.status, "broken")
    return Failed(kind, answer.wait or None)

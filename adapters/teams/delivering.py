"""Messages that Teams gets at their time: to one person, in the chat of two with the bot.

https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
"""

import asyncio
from typing import Any

from sqlalchemy import Engine

from adapters.delivery.means import Failed, Result, Taken
from adapters.store import addresses
from adapters.store.engine import reading
from adapters.teams.connector import Answer, Connector
from adapters.teams.render import render
from adapters.teams.sending import chat_of_two
from bot.messages import Reply
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
}


class TeamsDelivery:
    """Sends to where the person was last met."""

    def __init__(self, connector: Connector, engine: Engine) -> None:
        self._connector = connector
        self._engine = engine

    async def send(self, target: str, workspace: str, reply: Reply) -> Result:
        """To a person, by their key; one whose chat is not known cannot be reached."""
        address = await asyncio.to_thread(self._find, target)
        if address is None:
            return Failed("gone")
        conversation = address.conversation
        if not conversation:
            opening = chat_of_two(
                {"id": address.bot}, target.partition("/")[2], workspace.partition(":")[2]
            )
            opened = await self._call(address, (), opening)
            if not opened.taken:
                return _failed(opened)
            conversation = opened.id
        message = {"from": {"id": address.bot}} | render(reply)
        answer = await self._call(address, (conversation, "activities"), message)
        return Taken() if answer.taken else _failed(answer)

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

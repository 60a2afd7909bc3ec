"""Where an answer goes: into the thread, into a chat of two, or to one person in a channel."""

from dataclasses import dataclass, replace
from typing import Any

from adapters.teams.connector import Answer, Connector
from adapters.teams.incoming import Chat, channel_of
from adapters.teams.render import render
from bot.messages import Outcome, Reply, Text

Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that Teams took, and where it stands."""

    service_url: str
    conversation: str
    id: str
    """Empty where Teams did not tell."""
    targeted: bool
    """Whether it stands in a channel for one person alone."""


class Sender:
    """Sends replies. What is private never falls back to where others read."""

    def __init__(self, connector: Connector, *, targeted: bool) -> None:
        self._connector = connector
        self.targeted = targeted
        """Whether private answers may stay in the channel."""

    def may_reach(self, service_url: str) -> bool:
        """Whether an address is one of Teams' own."""
        return self._connector.may_reach(service_url)

    async def answer(self, chat: Chat, outcome: Outcome) -> None:
        """What somebody said is answered: where they said it, or to them alone."""
        if chat.targeted:
            await self.alone(chat, outcome.reply)
        elif outcome.aside is None:
            await self.reply(chat, outcome.reply)
        elif not (self.targeted and await self._only_for(chat, outcome.reply)):
            written = await self._one_to_one(chat, outcome.reply)
            await self.reply(chat, outcome.aside.written if written else outcome.aside.refused)

    async def reply(self, chat: Chat, reply: Reply) -> None:
        """Below what was said, where everybody there reads it."""
        below = (chat.activity,) if chat.activity else ()
        await self._post(chat, (chat.conversation, "activities", *below), reply)

    async def post(self, chat: Chat, reply: Reply) -> bool:
        """To the chat, below nothing; whether it was taken."""
        return (await self._post(chat, (chat.conversation, "activities"), reply)).taken

    async def introduce(self, chat: Chat, reply: Reply) -> bool:
        """To everybody in the channel or group, outside of its threads; whether it was taken."""
        return await self.post(replace(chat, conversation=channel_of(chat)), reply)

    async def alone(self, chat: Chat, reply: Reply) -> None:
        """To the person, wherever they are; where that fails nobody reads anything."""
        if not (chat.targeted and await self._only_for(chat, reply)):
            await self._one_to_one(chat, reply)

    async def nudge(self, chat: Chat, reply: Reply) -> Sent | None:
        """To the person alone, in the channel or in the chat of two; else to nobody."""
        sent = await self._only_for(chat, reply) if self.targeted else None
        return sent or await self._one_to_one(chat, reply)

    async def take_back(self, sent: Sent) -> None:
        """Away with it; where Teams no longer has it, all is well."""
        if sent.id:
            path = (sent.conversation, "activities", sent.id)
            await self._connector.call("DELETE", sent.service_url, path, targeted=sent.targeted)

    async def replace(self, chat: Chat, reply: Reply) -> None:
        """In place of the message whose button was pressed, or below it where that is gone."""
        path = (chat.conversation, "activities", chat.pressed)
        message = _message(reply, chat) | {"id": chat.pressed}
        answer = await self._connector.call("PUT", chat.service_url, path, message)
        if answer.status == 404:
            await self.post(chat, reply)

    async def _only_for(self, chat: Chat, reply: Reply) -> Sent | None:
        """To one member of a channel, in the channel."""
        return await self._sent(chat, chat.conversation, reply, targeted=True)

    async def _one_to_one(self, chat: Chat, reply: Reply) -> Sent | None:
        """In the chat of two, which is opened where there is none yet."""
        if chat.personal:
            return await self._sent(chat, chat.conversation, reply)
        bot = {"id": chat.bot, "name": chat.bot_name}
        opening = chat_of_two(bot, chat.person, chat.tenant)
        opened = await self._connector.call("POST", chat.service_url, (), opening)
        if not opened.taken or not opened.id:
            return None
        return await self._sent(chat, opened.id, reply)

    async def _sent(
        self, chat: Chat, conversation: str, reply: Reply, *, targeted: bool = False
    ) -> Sent | None:
        answer = await self._post(chat, (conversation, "activities"), reply, targeted=targeted)
        sent = Sent(chat.service_url, conversation, answer.id, targeted)
        return sent if answer.taken else None

    async def _post(
        self, chat: Chat, path: tuple[str, ...], reply: Reply, *, targeted: bool = False
    ) -> Answer:
        message = {"from": {"id": chat.bot, "name": chat.bot_name}} | _message(reply, chat)
        if targeted:
            message["recipient"] = {"id": chat.person}
        return await self._connector.call(
            "POST", chat.service_url, path, message, targeted=targeted
        )


def chat_of_two(bot: Message, person: str, tenant: str) -> Message:
    """What opens the chat of a bot with a person, or finds the one there is."""
    return {
        "bot": bot,
        "members": [{"id": person}],
        "isGroup": False,
        "tenantId": tenant,
        "channelData": {"tenant": {"id": tenant}},
    }


def _message(reply: Reply, chat: Chat) -> Message:
    """A single sentence needs no card."""
    match reply.parts:
        case (Text(text, ""),):
            return {"type": "message", "text": text, "textFormat": "plain"}
    return render(reply, chat.names)

"""Where an answer goes: into the thread, into a chat of two, or to one person in a channel."""

from dataclasses import replace
from typing import Any

from adapters.teams.connector import Answer, Connector
from adapters.teams.incoming import Chat, channel_of
from adapters.teams.render import render
from bot.messages import Outcome, Reply, Text

Message = dict[str, Any]


class Sender:
    """Sends replies. What is private never falls back to where others read."""

    def __init__(self, connector: Connector, *, targeted: bool) -> None:
        self._connector = connector
        self._targeted = targeted

    def may_reach(self, service_url: str) -> bool:
        """Whether an address is one of Teams' own."""
        return self._connector.may_reach(service_url)

    async def answer(self, chat: Chat, outcome: Outcome) -> None:
        """What somebody said is answered: where they said it, or to them alone."""
        if chat.targeted:
            await self.alone(chat, outcome.reply)
        elif outcome.aside is None:
            await self.reply(chat, outcome.reply)
        elif not (self._targeted and await self._only_for(chat, outcome.reply)):
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

    async def replace(self, chat: Chat, reply: Reply) -> None:
        """In place of the message whose button was pressed, or below it where that is gone."""
        path = (chat.conversation, "activities", chat.pressed)
        message = _message(reply, chat) | {"id": chat.pressed}
        answer = await self._connector.call("PUT", chat.service_url, path, message)
        if answer.status == 404:
            await self.post(chat, reply)

    async def _only_for(self, chat: Chat, reply: Reply) -> bool:
        """To one member of a channel, in the channel."""
        path = (chat.conversation, "activities")
        return (await self._post(chat, path, reply, targeted=True)).taken

    async def _one_to_one(self, chat: Chat, reply: Reply) -> bool:
        """In the chat of two, which is opened where there is none yet."""
        if chat.personal:
            return await self.post(chat, reply)
        bot = {"id": chat.bot, "name": chat.bot_name}
        opening = chat_of_two(bot, chat.person, chat.tenant)
        opened = await self._connector.call("POST", chat.service_url, (), opening)
        if not opened.taken or not opened.id:
            return False
        return (await self._post(chat, (opened.id, "activities"), reply)).taken

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

"""From activities to requests: who, where, and the plain words.

https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/channel-and-group-conversations
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from html import unescape
from itertools import islice
from typing import Any

from adapters.payloads import text_at
from adapters.teams.ids import is_person, key_of, workspace_key
from adapters.teams.markup import own_words
from bot.messages import Place, Request
from bot.schedule.phrases import known_zone

Activity = Mapping[str, Any]

MOST_TEXT, MOST_ENTITIES = 28_000, 100

# <at>Ally Nudge</at>: what Teams makes of a mention.
_MENTION = re.compile(r"<at\b[^<>]*>([^<>]*)</at>", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:!--[^<>]*|/?([a-z][\w:-]*)[^<>]*)>", re.IGNORECASE)
_WITHIN_WORDS = frozenset("a at b code em font i s span strong u".split())
_WRAPPED = re.compile(r"\s*<(?:p|div)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Chat:
    """Where an activity came from, as Teams calls it."""

    service_url: str
    tenant: str
    conversation: str
    """In a channel with the thread in it: "19:…;messageid=…"."""
    personal: bool
    activity: str
    """The id of what was said; an answer to it stands in its thread."""
    pressed: str
    """The id of the message whose button was pressed."""
    person: str
    name: str
    """What the person is called there."""
    bot: str
    bot_name: str
    targeted: bool
    """Whether only this person sees what they said to the bot there."""
    team: str
    """The team that the channel belongs to; empty in groups and chats of two."""

    @property
    def alone(self) -> bool:
        """Whether nobody else reads what is said there."""
        return self.personal or self.targeted

    @property
    def workspace(self) -> str:
        """The key of the organization in what is remembered."""
        return workspace_key(self.tenant)

    @property
    def person_key(self) -> str:
        """The key of the person in what is remembered."""
        return key_of(self.tenant, self.person)

    @property
    def names(self) -> Mapping[str, str]:
        """Who is known by name, by their keys."""
        return {self.person_key: self.name}


def chat_of(activity: Activity) -> Chat | None:
    """The chat of an activity by a person; None where a bot or nobody wrote it."""
    person, bot = text_at(activity, "from", "id"), text_at(activity, "recipient", "id")
    conversation = text_at(activity, "conversation", "id")
    by_bot = person.startswith("28:") or text_at(activity, "from", "role") == "bot"
    if not person or not bot or not conversation or by_bot or person == bot:
        return None
    recipient = activity.get("recipient")
    return Chat(
        service_url=text_at(activity, "serviceUrl"),
        tenant=tenant_of(activity),
        conversation=conversation,
        personal=text_at(activity, "conversation", "conversationType") == "personal",
        activity=text_at(activity, "id"),
        pressed=text_at(activity, "replyToId"),
        person=person,
        name=text_at(activity, "from", "name"),
        bot=bot,
        bot_name=text_at(activity, "recipient", "name"),
        targeted=isinstance(recipient, Mapping) and recipient.get("isTargeted") is True,
        team=text_at(activity, "channelData", "team", "id"),
    )


def tenant_of(activity: Activity) -> str:
    """The organization that an activity comes from."""
    channel = text_at(activity, "channelData", "tenant", "id")
    return channel or text_at(activity, "conversation", "tenantId")


def from_message(activity: Activity, chat: Chat, at: datetime) -> Request | None:
    """What somebody wrote to the bot; None where they wrote it to others.

    Where others read along, an answer for them alone goes to the chat of two.
    """
    mentions = _mentions(activity)
    named = [text_at(mention, "mentioned", "id") for mention in mentions]
    if not (chat.alone or chat.bot in named):
        return None
    request = _request(activity, chat, at, _plain(activity, mentions, chat.bot))
    people = (id for id in dict.fromkeys(named) if is_person(id) and id != chat.bot)
    return replace(request, mentioned=tuple(key_of(chat.tenant, id) for id in people))


def from_overheard(activity: Activity, chat: Chat, at: datetime, *, targeted: bool) -> Request:
    """What somebody wrote to others where the bot reads along: their own words alone.

    They hear of it in their own chat or, `targeted`, in the channel.
    """
    attachments = activity.get("attachments")
    pages = (
        text_at(attachment, "content")
        for attachment in (attachments if isinstance(attachments, list) else ())
        if isinstance(attachment, Mapping) and text_at(attachment, "contentType") == "text/html"
    )
    html = next(filter(None, pages), "")
    words = own_words(html) if html else _plain(activity, _mentions(activity), chat.bot)
    request = _request(activity, chat, at, words)
    place = replace(request.place, public=False, elsewhere=True)
    return replace(request, place=place, prefix=request.prefix if targeted else "")


def from_press(activity: Activity, chat: Chat, command: str, at: datetime) -> Request:
    """A press says the button's command, as if it had been typed; only its presser sees more."""
    return replace(_request(activity, chat, at, command), pressed=True)


def from_search(activity: Activity, chat: Chat, words: str, at: datetime) -> Request:
    """What stands in the search box; only its writer sees what it finds, wherever they write."""
    return replace(_request(activity, chat, at, words), place=Place(chat.tenant))


def from_dialog(activity: Activity, chat: Chat, words: str, at: datetime) -> Request:
    """What is said in a dialog; nobody else sees it, and what is typed is typed to the bot."""
    return replace(from_search(activity, chat, words, at), prefix="")


def from_start(activity: Activity, chat: Chat, at: datetime) -> Request:
    """The bot was added by somebody, who said nothing yet."""
    return _request(activity, chat, at, "")


def command_at(data: object) -> str:
    """The command in what a button brings; empty where there is none."""
    return text_at(data, "command") if isinstance(data, Mapping) else ""


def beside(chat: Chat) -> Chat:
    """Whoever asks in a search box or a dialog may be where the bot is not, and cannot write."""
    return replace(chat, conversation="", personal=False, targeted=False, team="")


def channel_of(chat: Chat) -> str:
    """The channel or group of a chat, whatever the thread."""
    return chat.conversation.partition(";")[0]


def _request(activity: Activity, chat: Chat, at: datetime, text: str) -> Request:
    channel, _, thread = chat.conversation.partition(";")
    place = Place(chat.tenant, channel, thread, public=True)
    return Request(
        person=chat.person_key,
        text=text,
        at=at,
        place=Place(chat.tenant) if chat.alone else place,
        locale=_client(activity, "locale") or text_at(activity, "locale"),
        prefix=f"@{chat.bot_name} " if chat.bot_name and not chat.alone else "",
        zone=_zone(activity),
    )


def _client(activity: Activity, name: str) -> str:
    """What the person's own Teams says of itself."""
    clients = (it for it in _entities(activity) if text_at(it, "type") == "clientInfo")
    return next((text_at(client, name) for client in clients if text_at(client, name)), "")


def _zone(activity: Activity) -> str:
    """The time zone of the person, where it has a name that the world knows."""
    named = (text_at(activity, "localTimezone"), _client(activity, "timezone"))
    return next((zone for zone in named if zone and known_zone(zone)), "")


def _entities(activity: Activity) -> Iterator[Mapping[str, Any]]:
    entities = activity.get("entities")
    for entity in entities if isinstance(entities, list) else ():
        if isinstance(entity, Mapping):
            yield entity


def _mentions(activity: Activity) -> list[Mapping[str, Any]]:
    entities = islice(_entities(activity), MOST_ENTITIES)
    return [entity for entity in entities if text_at(entity, "type") == "mention"]


def _plain(activity: Activity, mentions: list[Mapping[str, Any]], bot: str) -> str:
    """What a person typed: without the bot's mention, others' names kept, no markup."""
    text = text_at(activity, "text")[:MOST_TEXT]
    own_names = set()
    for mention in mentions:
        if text_at(mention, "mentioned", "id") == bot:
            said, name = text_at(mention, "text"), text_at(mention, "mentioned", "name")
            if said.startswith("<at"):
                text = text.replace(said, " ", 1)
            own_names |= {_name(_MENTION.sub(r"\1", said)), _name(name)}
    text = _MENTION.sub(lambda at: " " if _name(at[1]) in own_names else f"@{at[1]}", text)
    if text_at(activity, "textFormat") in ("xml", "html") or _WRAPPED.match(text):
        text = _MARKUP.sub(lambda tag: "" if tag[1] in _WITHIN_WORDS else " ", text)
    text = unescape(text).replace("\u00a0", " ").strip()
    return _without_name(text, text_at(activity, "recipient", "name"))


def _without_name(text: str, name: str) -> str:
    """The text without "@Ally Nudge" in front, as it stands in examples that people copy."""
    called = f"@{name} "
    return text[len(called) :] if name and text.casefold().startswith(called.casefold()) else text


def _name(text: str) -> str:
    return " ".join(unescape(text).split()).casefold().removeprefix("@")

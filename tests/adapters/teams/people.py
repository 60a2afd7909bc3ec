"""People in Teams: what they write, press and look up, and what they see then."""

from dataclasses import dataclass, field
from itertools import count
from time import monotonic
from typing import Any, Literal

from tests.adapters.serving import Posted
from tests.adapters.teams.answering import until
from tests.adapters.teams.fake_login import TENANT
from tests.adapters.teams.fake_teams import BOT, Call
from tests.adapters.teams.judging import card_faults
from tests.adapters.teams.sdk import unknown_in_card_answer, unknown_in_query_answer
from tests.adapters.teams.serving import Bot

NAME = "Ally Nudge"
CARD_ANSWER = "application/vnd.microsoft.card.adaptive"
ERROR_ANSWER = "application/vnd.microsoft.error"
QUIET_SECONDS = 0.1

_numbers = count(1)

Kind = Literal["personal", "channel", "groupChat"]


def _new(letters: str) -> str:
    return f"{letters}FAKE{next(_numbers):05}"


@dataclass
class Person:
    """Somebody in a chat with the bot, in a channel of a team, or in a group chat."""

    bot: Bot
    kind: Kind = "personal"
    tenant: str = TENANT
    locale: str = "en-US"
    user: str = field(default_factory=lambda: _new("29:1"))
    name: str = "Somebody"
    where: str = field(default_factory=lambda: _new(""))
    """What is common to the ids of the place where this person is."""
    service_url: str = ""

    def __post_init__(self) -> None:
        self.service_url = self.service_url or self.bot.teams.service_url
        self.bot.teams.conversations |= {self.conversation, self.channel}
        self.is_known_as()

    @property
    def key(self) -> str:
        """What the bot calls this person in what it remembers."""
        return f"teams:{self.tenant}/{self.user}"

    @property
    def channel(self) -> str:
        """The conversation, whatever the thread."""
        return self.conversation.partition(";")[0]

    @property
    def team(self) -> str:
        """The team that the channel belongs to."""
        return f"19:team{self.where}@thread.tacv2"

    def is_known_as(self, **changed: Any) -> None:
        """What Teams tells of this person as a member of where they are."""
        told = {
            "id": self.user,
            "name": self.name,
            "aadObjectId": f"aad-{self.user[3:]}",
            "tenantId": self.tenant,
            "userRole": "user",
        }
        self.bot.teams.members[self.channel, self.user] = told | changed

    @property
    def conversation(self) -> str:
        match self.kind:
            case "personal":
                return f"a:1{self.where}"
            case "groupChat":
                return f"19:{self.where}@thread.v2"
            case "channel":
                return f"19:{self.where}@thread.tacv2;messageid=1790000000000"

    # What this person does.

    async def says(self, text: str, **more: Any) -> list[Call]:
        """Writes to the bot, with a mention where others read it; what the bot sent then."""
        return await self.after(self.message(text, **more))

    async def submits(self, command: str, **more: Any) -> list[Call]:
        """Presses a button in a client that knows no Action.Execute; what the bot sent then."""
        return await self.after(self.submit(command, **more))

    async def after(self, activity: dict[str, Any]) -> list[Call]:
        """What the bot sent because of an activity."""
        seen = len(self.calls)
        posted = await self.bot.deliver(activity)
        assert (posted.status, posted.text) == (202, "")
        await settle(self.bot)
        return self.calls[seen:]

    async def presses(self, command: str, **more: Any) -> dict[str, Any]:
        """Presses a button; the card that takes the place of the one it was pressed in."""
        posted = await self.press(command, **more)
        body = posted.message
        assert (posted.status, body["statusCode"], body["type"]) == (200, 200, CARD_ANSWER)
        self.judge(body["value"])
        assert unknown_in_card_answer(body) == []
        return dict(body["value"])

    async def press(self, command: str, **more: Any) -> Posted:
        """Presses a button; what came back."""
        return await self.bot.deliver(self.execute(command, **more))

    async def looks_up(self, term: str, **more: Any) -> dict[str, Any]:
        """Types into the search box; what it shows."""
        posted = await self.bot.deliver(self.query(term, **more))
        assert posted.status == 200
        body = posted.message
        assert unknown_in_query_answer(body) == []
        for attachment in body["composeExtension"].get("attachments", []):
            self.judge(attachment["content"])
        return dict(body["composeExtension"])

    def judge(self, card: dict[str, Any]) -> None:
        """Look at a card that was answered over HTTP as at one that was sent."""
        assert card_faults(card, self.bot.teams.links) == []

    @property
    def calls(self) -> list[Call]:
        """What was sent to this person, or to where they are, in order."""
        teams = self.bot.teams
        chat = teams.chats.get(self.user, self.conversation)
        theirs = {self.conversation, self.channel, chat}
        asked = teams.chats_asked_for(self.user)
        return [call for call in teams.calls if call.conversation in theirs or call in asked]

    # The activities, with every key that Teams sends.

    def activity(self, kind: str, **changed: Any) -> dict[str, Any]:
        """Any activity from this person; a key that is changed to None is left out."""
        data: dict[str, Any] = {"tenant": {"id": self.tenant}}
        conversation: dict[str, Any] = {
            "id": self.conversation,
            "conversationType": self.kind,
            "tenantId": self.tenant,
        }
        if self.kind != "personal":
            conversation["isGroup"] = True
        if self.kind == "channel":
            data |= {"team": {"id": self.team}, "channel": {"id": self.channel}}
            data |= {"teamsChannelId": self.channel, "teamsTeamId": self.team}
        said = {
            "type": kind,
            "id": f"{1_790_000_000_000 + next(_numbers)}",
            "timestamp": "2026-11-22T10:00:00.0000000Z",
            "localTimestamp": "2026-11-22T05:00:00.0000000-05:00",
            "localTimezone": "America/Toronto",
            "channelId": "msteams",
            "serviceUrl": self.service_url,
            "from": {"id": self.user, "name": self.name, "aadObjectId": f"aad-{self.user[3:]}"},
            "conversation": conversation,
            "recipient": {"id": BOT, "name": NAME},
            "channelData": data,
            "locale": self.locale,
            "entities": [self._client()],
            **changed,
        }
        return {name: value for name, value in said.items() if value is not None}

    def message(self, words: str, **changed: Any) -> dict[str, Any]:
        """A message to the bot: with a mention of it where others read along."""
        entities = [self._client()]
        text = words
        if self.kind != "personal":
            mention = f"<at>{NAME}</at>"
            text = f"{mention} {words}"
            entities.append(
                {"type": "mention", "text": mention, "mentioned": {"id": BOT, "name": NAME}}
            )
        said: dict[str, Any] = {
            "text": text,
            "textFormat": "plain",
            "attachments": [{"contentType": "text/html", "content": f"<p>{text}</p>"}],
            "entities": entities,
        }
        return self.activity("message", **{**said, **changed})

    def submit(self, command: str, **changed: Any) -> dict[str, Any]:
        """A press of Action.Submit: a message without words."""
        pressed = self.bot.teams.new_message(self.conversation)
        said = {"value": {"command": command}, "replyToId": pressed}
        return self.activity("message", **{**said, **changed})

    def execute(self, command: str, **changed: Any) -> dict[str, Any]:
        """A press of Action.Execute."""
        action = {
            "type": "Action.Execute",
            "title": "Some title",
            "id": "",
            "verb": "press",
            "data": {"command": command},
        }
        said = {
            "name": "adaptiveCard/action",
            "value": {"action": action, "trigger": "manual"},
            "replyToId": self.bot.teams.new_message(self.conversation),
        }
        return self.activity("invoke", **{**said, **changed})

    def query(self, term: str, **changed: Any) -> dict[str, Any]:
        """What the search box asks; with no term, what it asks when it opens."""
        first = {"name": "initialRun", "value": "true"}
        value = {
            "commandId": "lookUp",
            "parameters": [{"name": "term", "value": term} if term else first],
            "queryOptions": {"skip": 0, "count": 25},
        }
        said = {"name": "composeExtension/query", "value": value}
        return self.activity("invoke", **{**said, **changed})

    def installation(self, action: str, **changed: Any) -> dict[str, Any]:
        """The app is added, upgraded or removed."""
        return self.activity("installationUpdate", **{"action": action, **changed})

    def joins(self, *members: str, **changed: Any) -> dict[str, Any]:
        """Members come in; without a name it is the bot."""
        added = [{"id": member} for member in members or (BOT,)]
        return self.activity("conversationUpdate", **{"membersAdded": added, **changed})

    def _client(self) -> dict[str, Any]:
        return {
            "type": "clientInfo",
            "locale": self.locale,
            "country": "CA",
            "platform": "Web",
            "timezone": "America/Toronto",
        }


async def settle(bot: Bot, quiet_seconds: float = QUIET_SECONDS) -> None:
    """Wait until what was asked before has had its effect.

    One more question gets answered, and then nothing comes for a moment.
    """
    teams = bot.teams
    fence = Person(bot)
    await bot.deliver(fence.message("help"))
    await until(lambda: teams.sent_to(fence.conversation))
    teams.calls = [call for call in teams.calls if call.conversation != fence.conversation]
    quiet_since, seen = monotonic(), len(teams.calls)

    def quiet() -> bool:
        nonlocal quiet_since, seen
        if teams.under_way or len(teams.calls) != seen:
            quiet_since, seen = monotonic(), len(teams.calls)
        return monotonic() - quiet_since > quiet_seconds

    await until(quiet)

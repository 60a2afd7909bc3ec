"""Teams on loopback: its connector, which remembers and judges what the bot sends.

https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
"""

import asyncio
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count, repeat
from time import monotonic
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from tests.adapters.serving import JSON
from tests.adapters.teams.answering import Answer, give
from tests.adapters.teams.fake_login import APP, FakeLogin
from tests.adapters.teams.judging import CARD, faults

BOT = f"28:{APP}"
REGION = "amer"

_numbers = count(1)


@dataclass(frozen=True)
class Call:
    """A call of the connector: something made, sent, changed or taken away."""

    method: str
    path: str
    query: dict[str, str]
    body: dict[str, Any]
    bearer: str
    at: float
    region: str = REGION
    conversation: str = ""
    """Empty where a chat of two is asked for."""
    activity: str = ""
    """What is answered, changed or taken away."""
    answer: Answer = field(default_factory=Answer)

    @property
    def makes_chat(self) -> bool:
        """Whether it asks for a chat of two."""
        return not self.conversation

    @property
    def targeted(self) -> bool:
        """Whether only one person in the conversation sees it."""
        return self.query.get("isTargetedActivity") == "true"

    @property
    def text(self) -> str:
        return str(self.body.get("text") or "")

    @property
    def card(self) -> dict[str, Any]:
        """The card in it; a test that asks for it where there is none fails."""
        (attachment,) = self.body["attachments"]
        assert attachment["contentType"] == CARD
        return dict(attachment["content"])


@dataclass(frozen=True)
class Read:
    """A question about a member of a chat."""

    conversation: str
    user: str
    region: str
    at: float
    answer: Answer


class FakeTeams:
    """One Teams for many tests; `reset` forgets what one of them told it and saw."""

    def __init__(self, links: Collection[str]) -> None:
        self.links = links
        self._runner: web.AppRunner
        self._sink: asyncio.Server
        self.login = FakeLogin()
        self.under_way = 0
        """How many calls are being answered."""
        self.reset()

    def reset(self) -> None:
        self.login.reset()
        self.calls: list[Call] = []
        self.conversations: set[str] = set()
        """Those that exist."""
        self.chats: dict[str, str] = {}
        """The chats of two that the bot asked for: with whom -> conversation."""
        self.messages: set[tuple[str, str]] = set()
        """Those of the bot's that stand in a conversation and can be changed."""
        self.reads: list[Read] = []
        self.members: dict[tuple[str, str], dict[str, Any]] = {}
        """Who is in a conversation, by it and their id, and what Teams tells of them."""
        self.answers_reads: Answer | None = None
        """What is answered to every question about a member, where it is not the truth."""
        self._answers: dict[str, Iterator[Answer]] = {}
        self._own_faults: list[str] = []

    @property
    def faults(self) -> list[str]:
        """Everything that was wrong with what the bot sent."""
        return [*self._own_faults, *self.login.faults]

    @property
    def service_url(self) -> str:
        """Where the connector lives, as an activity says it."""
        return self.service_url_of(REGION)

    def service_url_of(self, region: str) -> str:
        return f"http://{self.host}/{region}/"

    async def start(self) -> None:
        app = web.Application(client_max_size=10 * 1024 * 1024)
        self.login.add_to(app)
        app.router.add_route("*", "/{path:.*}", self._call)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.host = self.login.host = f"127.0.0.1:{self._runner.addresses[0][1]}"
        self._sink = await asyncio.start_server(self._sunk, "127.0.0.1", 0)
        self.sink = f"127.0.0.1:{self._sink.sockets[0].getsockname()[1]}"
        """A host that nothing may ever connect to."""

    async def stop(self) -> None:
        self.hurry()
        self._sink.close()
        await self._sink.wait_closed()
        await self._runner.cleanup()

    def hurry(self) -> None:
        """From now on delay no answer, nor those that are being delayed."""
        self.login.hurry.set()

    def will_answer(self, conversation: str, *answers: Answer) -> None:
        """The next answers in a conversation; after them it takes everything."""
        self._answers[conversation] = iter(answers)

    def always_answers(self, conversation: str, answer: Answer) -> None:
        """From now on the only answer in a conversation."""
        self._answers[conversation] = repeat(answer)

    def will_answer_chats(self, *answers: Answer) -> None:
        """The next answers to being asked for a chat of two."""
        self._answers[""] = iter(answers)

    def new_message(self, conversation: str) -> str:
        """The id of a message of the bot's that stands there already."""
        message = f"{1_790_000_000_000 + next(_numbers)}"
        self.messages.add((conversation, message))
        return message

    def sent_to(self, conversation: str) -> list[Call]:
        """What was sent to a conversation, taken or not."""
        return [call for call in self.calls if call.conversation == conversation]

    def chats_asked_for(self, user: str) -> list[Call]:
        return [call for call in self.calls if call.makes_chat and user in _members(call.body)]

    def sent_alone(self, user: str) -> list[Call]:
        """What was sent to somebody in a chat of two that the bot asked for."""
        return self.sent_to(self.chats[user]) if user in self.chats else []

    async def _call(self, request: web.Request) -> web.StreamResponse:
        self.under_way += 1
        try:
            if request.method == "GET":
                read = self._asked(request)
                self.reads.append(read)
                return await give(request, read.answer, self.login.hurry)
            call = await self._read(request)
            if call is None:
                return web.Response(status=404)
            self.calls.append(call)
            return await give(request, call.answer, self.login.hurry)
        finally:
            self.under_way -= 1

    def _asked(self, request: web.Request) -> Read:
        """What is answered to a question, and what is wrong with it."""
        match request.rel_url.raw_path.split("/")[1:]:
            case [region, "v3", "conversations", conversation, "members", user]:
                asked = (unquote(conversation), unquote(user))
            case _:
                region, asked = "", ("", "")
                self._own_faults.append(f"asked for {request.rel_url}")
        if not self.login.is_good(request.headers.get("Authorization", "")[len("Bearer ") :]):
            self._own_faults.append("asked with a token that is none, or is too old")
        if ";" in asked[0] or request.query:
            self._own_faults.append(f"asked for {request.rel_url}")
        told = self.members.get(asked)
        known = Answer.data(told) if told else Answer.error(404, "MemberNotFoundInConversation")
        return Read(*asked, region, monotonic(), self.answers_reads or known)

    async def _read(self, request: web.Request) -> Call | None:
        raw = request.rel_url.raw_path
        where = _where(raw)
        deletes = request.method == "DELETE"
        try:
            body = {} if deletes else await request.json()
        except ValueError:
            body = None
        fits = not request.can_read_body if deletes else request.content_type == JSON
        if where is None or not isinstance(body, dict) or not fits:
            self._own_faults.append(f"{request.method} {raw} with {request.content_type}")
            return None
        call = Call(
            method=request.method,
            path=raw,
            query=dict(request.query),
            body=body,
            bearer=request.headers.get("Authorization", "").removeprefix("Bearer "),
            at=monotonic(),
            **where,
        )
        return replace(call, answer=self._answer(call))

    def _answer(self, call: Call) -> Answer:
        """What is answered, and what is wrong with what was sent."""
        if not self.login.is_good(call.bearer):
            self._own_faults.append(f"the token {call.bearer!r} is none, or is too old")
        self._own_faults += _chat_faults(call) if call.makes_chat else self._message_faults(call)
        if not call.makes_chat and call.conversation not in self.conversations:
            self._own_faults.append(f"there is no conversation {call.conversation!r}")
            return Answer.error(404, "ConversationNotFound")
        answer = next(self._answers.get(call.conversation, iter(())), None)
        if answer is not None:
            if answer.accepts and answer.body == "{}":
                return replace(answer, body=self._taken(call).body)
            return answer
        message = (call.conversation, call.activity)
        if call.method in ("PUT", "DELETE") and message not in self.messages:
            return Answer.error(404, "ActivityNotFoundInConversation")
        return self._taken(call)

    def _taken(self, call: Call) -> Answer:
        if call.makes_chat:
            (user,) = _members(call.body) or ("nobody",)
            chat = self.chats.setdefault(user, f"a:1-{next(_numbers)}-{user[-6:]}")
            self.conversations.add(chat)
            return Answer.data({"id": chat}, 201)
        if call.method == "DELETE":
            self.messages.discard((call.conversation, call.activity))
            return Answer(body="")
        if call.method == "POST":
            return Answer.data({"id": self.new_message(call.conversation)}, 201)
        return Answer.data({"id": call.activity})

    def _message_faults(self, call: Call) -> Iterator[str]:
        if call.query.items() - {("isTargetedActivity", "true")}:
            yield f"asked with {call.query}"
        if call.method not in ("POST", "PUT", "DELETE") or (
            call.method != "POST" and not call.activity
        ):
            yield f"{call.method} {call.path}"
        if call.method == "DELETE":
            return
        recipient = (call.body.get("recipient") or {}).get("id", "")
        if call.targeted and bool(recipient) is not (call.method == "POST"):
            yield f"{call.method} for one person alone, and the recipient {recipient!r}"
        if call.body.get("replyToId", call.activity) != call.activity:
            yield f"an answer to {call.activity} and to {call.body['replyToId']}"
        sender = (call.body.get("from") or {}).get("id", BOT)
        if sender != BOT:
            yield f"sent in the name of {sender}"
        yield from faults(call.body, self.links)

    async def _sunk(self, _reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._own_faults.append("something connected where nothing may")
        writer.close()


def _where(path: str) -> dict[str, str] | None:
    """Region, conversation and activity of a path; None where nothing of Teams' lives there."""
    match path.split("/")[1:]:
        case [region, "v3", "conversations"]:
            return {"region": region}
        case [region, "v3", "conversations", conversation, "activities"]:
            return {"region": region, "conversation": unquote(conversation)}
        case [region, "v3", "conversations", conversation, "activities", activity] if activity:
            said = {"conversation": unquote(conversation), "activity": unquote(activity)}
            return {"region": region, **said}
    return None


def _members(body: Mapping[str, Any]) -> list[str]:
    members = body.get("members")
    return [str(member.get("id")) for member in members] if isinstance(members, list) else []


def _chat_faults(call: Call) -> Iterator[str]:
    """What is wrong with asking for a chat of two."""
    body = call.body
    tenant = ((body.get("channelData") or {}).get("tenant") or {}).get("id")
    members = _members(body)
    if call.method != "POST" or call.query:
        yield f"{call.method} {call.path} {call.query}"
    if body.get("isGroup") is not False or len(members) != 1 or not members[0]:
        yield f"a chat with {members}"
    if not tenant or tenant != body.get("tenantId"):
        yield f"a chat in the tenants {tenant} and {body.get('tenantId')}"
    if (body.get("bot") or {}).get("id") != BOT:
        yield f"a chat of the bot {body.get('bot')}"
    known = {"bot", "members", "isGroup", "tenantId", "channelData", "topicName", "activity"}
    yield from (f"a chat with {name}" for name in body.keys() - known)

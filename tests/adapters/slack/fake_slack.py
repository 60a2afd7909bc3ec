"""Slack on loopback: its Web API and response_urls, which remember and judge what they are sent."""

import asyncio
import json
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from itertools import count
from time import monotonic
from typing import Any

from aiohttp import web

from tests.adapters.answering import give, until
from tests.adapters.slack.judging import faults

TOKEN = "xoxb-1-fake"
APP_TOKEN = "xapp-1-fake"
USES = 5
"""How often a response_url may be used."""

# Everything that the bot may ask for, and with which token. Reading channels, listing people,
# joining and opening chats are not among it.
METHODS = {
    "users.info": TOKEN,
    "chat.postMessage": TOKEN,
    "chat.postEphemeral": TOKEN,
    "auth.test": TOKEN,
    "apps.connections.open": APP_TOKEN,
}

FLAGS = (
    "is_admin",
    "is_owner",
    "is_primary_owner",
    "is_restricted",
    "is_ultra_restricted",
)
"""What somebody is or is not, as users.info tells of everybody."""

EPHEMERAL_ERRORS = (
    "user_not_in_channel",
    "not_in_channel",
    "channel_not_found",
    "is_archived",
    "restricted_action",
    "messages_tab_disabled",
    "cannot_reply_to_message",
    "missing_scope",
    "token_revoked",
    "internal_error",
)
"""Why chat.postEphemeral may be refused."""

GONE = {"delete_original": True}
"""What takes away the message that somebody pressed on."""

_numbers = count(1)


@dataclass(frozen=True)
class Call:
    """A call of a Web API method."""

    method: str
    token: str
    arguments: dict[str, Any]
    at: float


@dataclass
class Answer:
    """How Slack answers: after a while, with a status and a body, or by hanging up."""

    body: str = '{"ok": true}'
    status: int = 200
    delay: float = 0
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    hangs_up: bool = False

    @classmethod
    def error(cls, code: str, **more: Any) -> "Answer":
        return cls(json.dumps({"ok": False, "error": code}), **more)

    @property
    def accepts(self) -> bool:
        """Whether Slack does what it was asked to."""
        return self.status == 200 and '"ok": true' in self.body


DEAD = Answer.error("expired_url", status=404)
"""What a response_url says that was used up or is too old."""


@dataclass
class ResponseUrl:
    """A response_url and what was posted to it."""

    url: str
    answer: Answer
    posts: list[dict[str, Any]] = field(default_factory=list)

    async def first(self, seconds: float = 5) -> dict[str, Any]:
        """The first message that was posted to it, as soon as there is one."""
        await until(lambda: self.posts, seconds)
        return self.posts[0]


class FakeSlack:
    """One Slack for many tests; `reset` forgets what one of them told it and saw."""

    def __init__(self, links: Collection[str]) -> None:
        self._links = links
        self._urls: dict[str, ResponseUrl] = {}
        self._runner: web.AppRunner
        self._sink: asyncio.Server
        self.reset()

    def reset(self) -> None:
        self.calls: list[Call] = []
        self.public: list[dict[str, Any]] = []
        """What everybody in a channel sees."""
        self.answers: dict[str, Answer] = {}
        self.refusals: dict[str, Answer] = {}
        """How chat.postMessage answers for some channels alone."""
        self.locales: dict[str, str] = {}
        self.people: dict[str, dict[str, Any]] = {}
        """What users.info tells of somebody besides what it tells of everybody."""
        self.sharers: set[str] = set()
        """Who shared something or set up a channel's tips: nobody else may be named in public."""
        self.scopes = "commands,chat:write,users:read,channels:history,groups:history"
        """What the bot was granted: every answer says it."""
        self.faults: list[str] = []
        self._delayed = asyncio.Event()

    async def start(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._call)
        app.router.add_post("/response/{id}", self._response)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        port = self._runner.addresses[0][1]
        self.host = f"127.0.0.1:{port}"
        self.api = f"http://{self.host}/api/"
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
        self._delayed.set()

    def response_url(self, answer: Answer | None = None) -> ResponseUrl:
        """A new response_url; without an answer of its own it behaves as Slack's do."""
        number = str(next(_numbers))
        made = ResponseUrl(f"http://{self.host}/response/{number}", answer or Answer())
        self._urls[number] = made
        return made

    def called(self, method: str, **arguments: str) -> list[Call]:
        """The calls of a method, those with the given arguments."""
        return [
            call
            for call in self.calls
            if call.method == method and arguments.items() <= call.arguments.items()
        ]

    def judge(self, message: dict[str, Any]) -> None:
        """Note what is wrong with a message; the test that caused it fails."""
        self.faults += faults(message, self._links, self.sharers)

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if request.content_type == "application/json":
            arguments = await request.json()
        else:
            arguments = {**request.query, **await request.post()}
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        self.calls.append(Call(method, token, arguments, monotonic()))
        if METHODS.get(method) != token:
            self.faults.append(f"{method} was called with the token {token!r}")
        answer = self.answers.get(method)
        if method == "chat.postMessage":
            answer = self.refusals.get(arguments["channel"], answer)
        if answer is None:
            answer = Answer(json.dumps({"ok": True, **self._data(method, arguments)}))
        if method.startswith("chat."):
            self.judge(arguments)
        if method == "chat.postMessage" and arguments["channel"].startswith(("C", "G")):
            self._in_public(arguments, answer)
        granted = {"X-OAuth-Scopes": self.scopes, **answer.headers}
        return await self._give(request, replace(answer, headers=granted))

    def _in_public(self, message: dict[str, Any], answer: Answer) -> None:
        if not self.sharers:
            self.faults.append("something for everybody that nobody shared")
        if answer.accepts:
            self.public.append(message)

    def _data(self, method: str, arguments: dict[str, Any]) -> dict[str, Any]:
        match method:
            case "users.info":
                user: dict[str, Any] = {"id": arguments["user"], "tz": "America/Toronto"}
                user |= dict.fromkeys(FLAGS, False)
                if arguments.get("include_locale") in (True, "true", "1"):
                    user["locale"] = self.locales.get(arguments["user"], "en-US")
                return {"user": user | self.people.get(arguments["user"], {})}
            case "chat.postEphemeral":
                return {"message_ts": "1790000000.000100"}
            case "chat.postMessage":
                return {"ts": "1790000000.000100", "channel": arguments["channel"]}
        return {}

    async def _response(self, request: web.Request) -> web.StreamResponse:
        message = await request.json()
        used = self._urls.get(request.match_info["id"])
        if used is None:
            return await self._give(request, DEAD)
        used.posts.append(message)
        if len(used.posts) > USES:
            self.faults.append("a response_url was used too often")
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        if message == GONE:
            return await self._give(request, used.answer)
        self.judge(message)
        kind = message.get("response_type")
        if kind not in ("ephemeral", "in_channel"):
            self.faults.append(f"a response_type of {kind}")
        if kind == "in_channel":
            self._in_public(message, used.answer)
        return await self._give(request, used.answer)

    async def _give(self, request: web.Request, answer: Answer) -> web.StreamResponse:
        return await give(request, answer, self._delayed)

    async def _sunk(self, _reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.faults.append("something connected where nothing may")
        writer.close()

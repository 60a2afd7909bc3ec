"""The file with everything that is stored on a person, at an address that only they were told."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import hdrs, web

from adapters.content import Content
from adapters.store.downloads import KEPT_MINUTES
from adapters.web.document import POLICY, Section
from adapters.web.pages import framed, language_of, reader
from bot.messages import Text

NAME = "ally-nudge-data.json"

Find = Callable[[str], Awaitable[Mapping[str, Any] | None]]
"""What a file says, by the secret in its address; None where there is none."""

HEADERS = {
    hdrs.CACHE_CONTROL: "no-store",
    hdrs.CONTENT_SECURITY_POLICY: POLICY,
    hdrs.REFERRER_POLICY: "no-referrer",
    hdrs.X_CONTENT_TYPE_OPTIONS: "nosniff",
    "X-Robots-Tag": "noindex",
}


def add_downloads(app: web.Application, content: Content, find: Find) -> None:
    """Adds the files to the server."""

    async def download(request: web.Request) -> web.Response:
        told = await find(request.match_info["secret"])
        return _gone(request, content) if told is None else _file(told)

    app.router.add_get("/data/{secret}", download)


def _file(told: Mapping[str, Any]) -> web.Response:
    return web.Response(
        text=json.dumps(told, ensure_ascii=False, indent=2),
        content_type="application/json",
        charset="utf-8",
        headers=HEADERS | {hdrs.CONTENT_DISPOSITION: f'attachment; filename="{NAME}"'},
    )


def _gone(request: web.Request, content: Content) -> web.Response:
    """The same for a link that was never there: nobody learns which there were."""
    language = language_of(request)
    call = reader(language, content.knowledge)
    words = (Text(call.say("page.file.text", minutes=KEPT_MINUTES)),)
    return web.Response(
        status=404,
        text=framed(call, call.say("page.file.title"), (Section(words),), root="../"),
        content_type="text/html",
        charset="utf-8",
        headers=HEADERS | {hdrs.CONTENT_LANGUAGE: language, hdrs.VARY: hdrs.ACCEPT_LANGUAGE},
    )

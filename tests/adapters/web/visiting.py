"""A browser that visits the pages, of what ships or of a house that somebody hostile wrote in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession, DummyCookieJar
from aiohttp.test_utils import TestServer

from adapters.content import Content
from adapters.web.pages import add_pages
from adapters.web.server import application
from bot.messages import LANGUAGES, Language
from tests.adapters.web.reading import Page

PATHS = ("/", "/privacy", "/support")
OTHER: dict[Language, Language] = {"en": "fr", "fr": "en"}

EVERYWHERE = pytest.mark.parametrize("language", LANGUAGES)
EVERY_PAGE = pytest.mark.parametrize("path", PATHS)

HOSTILE = "\"'><script>alert(1)</script>&lt;{person}"
HOSTILE_URL = "https://evil.example/\"onmouseover='alert(1)'&lt;"

HOUSE = f"""\
- id: re-support
  topics: [harassment]
  title: {{en: 'Riverside {HOSTILE.replace("'", "''")}'}}
  about: {{en: Where to turn}}
  where: {{en: 'Extension 4000 {HOSTILE.replace("'", "''")}'}}
  url: {HOSTILE_URL}
  languages: [en]
  reviewed: "2026-11-22"
"""


@asynccontextmanager
async def visiting(content: Content) -> AsyncIterator[ClientSession]:
    app = application()
    add_pages(app, content)
    async with TestServer(app) as server:
        jar = DummyCookieJar()
        async with ClientSession(server.make_url("/"), cookie_jar=jar) as browser:
            yield browser


async def read(browser: ClientSession, path: str, language: Language) -> Page:
    async with browser.get(path, params={"lang": language}) as response:
        assert response.status == 200
        return Page(await response.text())

"""What a page brings along, and what can never get into one."""

import re
from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256
from html import escape
from typing import get_args

import pytest
from aiohttp import ClientSession
from yarl import URL

from adapters.content import Content
from adapters.web.document import STYLE, Document, Section, render
from bot.messages import (
    LANGUAGES,
    Bullets,
    Button,
    Heading,
    Language,
    Link,
    Mention,
    Moment,
    Note,
    Part,
    Text,
)
from tests.adapters.web.reading import Page
from tests.adapters.web.visiting import (
    EVERY_PAGE,
    EVERYWHERE,
    HOSTILE,
    HOSTILE_URL,
    read,
    visiting,
)


@EVERY_PAGE
async def test_a_page_is_sent_with_everything_that_keeps_it_safe(
    browser: ClientSession, path: str
) -> None:
    async with browser.get(path) as response:
        headers = response.headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy.pop("style-src").startswith("'sha256-")
    assert policy == dict.fromkeys(
        ("default-src", "frame-ancestors", "base-uri", "form-action"), "'none'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Vary"] == "Accept-Language"
    assert headers["Cache-Control"] == "public, max-age=300"


@EVERYWHERE
@EVERY_PAGE
async def test_the_only_style_is_the_one_that_the_policy_names(
    browser: ClientSession, path: str, language: Language
) -> None:
    async with browser.get(path, params={"lang": language}) as response:
        policy = response.headers["Content-Security-Policy"]
        page = Page(await response.text())
    hashed = b64encode(sha256(page.one("style").text.encode()).digest()).decode()
    assert f"style-src 'sha256-{hashed}'" in policy
    assert not any("style" in element.attributes for element in page.elements)


@EVERYWHERE
@EVERY_PAGE
async def test_a_page_runs_nothing_and_loads_nothing(
    browser: ClientSession, path: str, language: Language
) -> None:
    page = await read(browser, path, language)
    allowed = set(
        "html head meta title style body header nav ul li a main h1 h2 h3 section p".split()
    )
    assert {element.name for element in page.elements} <= allowed
    assert not re.search(r"url\(|@import|expression", STYLE)
    for element in page.elements:
        assert not any(name.startswith("on") or name == "src" for name in element.attributes)


@EVERY_PAGE
@pytest.mark.parametrize("language", ["", *LANGUAGES])
async def test_nothing_of_a_request_gets_into_a_page(
    browser: ClientSession, path: str, language: str
) -> None:
    wanted = {"Accept-Language": language} if language else {}
    async with browser.get(path, headers=wanted) as plain:
        expected = await plain.read()
    queries = ({"lang": HOSTILE}, {HOSTILE: HOSTILE}, {"lang": "FR"}, {"lang": ""}, {"LANG": "fr"})
    names = ("Referer", "User-Agent", "Cookie", "X-Forwarded-Host", "X-Forwarded-Proto", "Host")
    for query in queries:
        async with browser.get(path, params=query, headers=wanted) as response:
            assert (response.status, await response.read()) == (200, expected), query
            assert "alert" not in str(response.headers)
    for name in names:
        async with browser.get(path, headers=wanted | {name: HOSTILE}) as response:
            assert (response.status, await response.read()) == (200, expected), name


@pytest.mark.parametrize(
    "path",
    [
        "/<script>alert(1)</script>",
        "/%3Cscript%3Ealert(1)%3C/script%3E",
        "/privacy/<script>alert(1)</script>",
        "/privacy;alert",
        "/support/../alert",
        "/%2e%2e/alert",
        "//alert.example/",
        "/privacy/",
        "/index.html?alert",
    ],
)
async def test_an_unknown_address_is_not_found_and_not_repeated(
    browser: ClientSession, path: str
) -> None:
    async with browser.get("/") as home:
        address = URL(f"{home.url.origin()}{path}", encoded=True)
    async with ClientSession() as raw, raw.get(address, allow_redirects=False) as response:
        assert response.status == 404
        assert "Location" not in response.headers
        said = await response.text()
    assert "alert" not in said
    assert "script" not in said


async def test_what_an_editor_wrote_is_shown_literally(house: Content) -> None:
    async with visiting(house) as browser:
        for path in ("/privacy", "/support"):
            page = await read(browser, path, "en")
            assert f"Riverside {HOSTILE}" in page.shown
            assert f"Extension 4000 {HOSTILE}" in page.shown
            (link,) = [a for a in page.all("a") if "evil" in a.text]
            assert link.attributes == {"href": HOSTILE_URL}
            assert page.all("script") == []


ANY_PART: list[tuple[Part, str]] = [
    (Heading(HOSTILE), HOSTILE),
    (Text(HOSTILE, HOSTILE), f"{HOSTILE} {HOSTILE}"),
    (Bullets((HOSTILE, HOSTILE), HOSTILE), f"{HOSTILE} {HOSTILE} {HOSTILE}"),
    (Note(HOSTILE), HOSTILE),
    (Link(HOSTILE, HOSTILE_URL), HOSTILE),
    (Mention("by {name}", HOSTILE), f"by {HOSTILE}"),
    (Mention("by {name}", "key", HOSTILE), f"by {HOSTILE}"),
    (Moment(HOSTILE, datetime(2026, 3, 9, tzinfo=UTC)), HOSTILE),
    (Button(HOSTILE, HOSTILE), f"{HOSTILE} {HOSTILE}"),
]


def test_every_kind_of_part_is_tried() -> None:
    assert {type(part) for part, _ in ANY_PART} == set(get_args(Part))


@pytest.mark.parametrize(
    ("part", "shown"), ANY_PART, ids=[type(part).__name__ for part, _ in ANY_PART]
)
def test_every_part_is_shown_literally(part: Part, shown: str) -> None:
    door = Link(HOSTILE, HOSTILE_URL)
    section = Section((part,), HOSTILE)
    document = Document("en", HOSTILE, HOSTILE, (section,), (door,), door, door, "fr")
    page = Page(render(document))
    assert page.all("script") == []
    assert page.shown == f"{HOSTILE} {shown}"
    assert page.one("title").text == HOSTILE
    assert page.one("section").attributes == {"id": HOSTILE}
    assert all(link.attributes["href"] == HOSTILE_URL for link in page.all("a"))
    assert escape(HOSTILE) in page.html

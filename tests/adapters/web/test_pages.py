"""The web pages: anybody gets them, in the right language."""

import pytest
from aiohttp import ClientSession

from adapters.web.pages import preferred
from bot.messages import Language
from tests.adapters.web.reading import Page
from tests.adapters.web.visiting import EVERY_PAGE, EVERYWHERE, HOSTILE, OTHER
from tests.conftest import shipped

KNOWLEDGE = shipped()


@EVERYWHERE
@EVERY_PAGE
async def test_everybody_gets_a_page_in_their_language(
    browser: ClientSession, path: str, language: Language
) -> None:
    async with browser.get(path, headers={"Accept-Language": language}) as response:
        assert response.status == 200
        assert (response.content_type, response.charset) == ("text/html", "utf-8")
        assert "Set-Cookie" not in response.headers
        assert response.headers["Content-Language"] == language
        page = Page(await response.text())
    assert page.one("html").attributes == {"lang": language}
    title = f"page.{path[1:] or 'home'}.title"
    assert page.one("h1").text == KNOWLEDGE.say(title, language)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("FR-ca", "fr"),
        ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("en-CA,en;q=0.9,fr;q=0.8", "en"),
        ("en,fr", "en"),
        ("de,fr;q=0.5,en;q=0.3", "fr"),
        ("en;q=0.3,fr;q=0.5", "fr"),
        ("en;q=0.5, fr;q=1.0", "fr"),
        ("fr-CH;q=0.2,en;q=0.5,fr;q=0.9", "fr"),
        ("fr;q=0.9,en;q=0.5,fr-CH;q=0.2", "fr"),
        ("fr;q=0", "en"),
        ("fr;q=0,en;q=0", "en"),
        ("de", "en"),
        ("*", "en"),
        ("frr", "en"),
        ("fr;q=nan,en;q=0.1", "en"),
        ("fr;q=9,en;q=0.1", "en"),
        ("fr;q=٠.٥,en;q=0.1", "en"),
        (",;,=;q=,fr;q=0.1", "fr"),
    ],
)
def test_the_language_is_the_one_a_browser_wants_most(header: str, language: Language) -> None:
    assert preferred(header) == language


async def test_a_browser_may_want_its_languages_in_two_headers(browser: ClientSession) -> None:
    headers = [("Accept-Language", "de"), ("Accept-Language", "fr")]
    async with browser.get("/", headers=headers) as response:
        assert response.headers["Content-Language"] == "fr"


@EVERYWHERE
async def test_a_choice_of_language_counts_more_than_the_browser(
    browser: ClientSession, language: Language
) -> None:
    other = {"Accept-Language": OTHER[language]}
    async with browser.get("/privacy", params={"lang": language}, headers=other) as response:
        assert response.headers["Content-Language"] == language


@EVERY_PAGE
async def test_a_head_request_gets_the_same_headers_and_no_page(
    browser: ClientSession, path: str
) -> None:
    async with browser.get(path) as whole, browser.head(path) as head:
        assert (head.status, await head.read()) == (200, b"")
        apart = {"Date"}
        assert {k: v for k, v in head.headers.items() if k not in apart} == {
            k: v for k, v in whole.headers.items() if k not in apart
        }


@EVERY_PAGE
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_nothing_can_be_sent_to_a_page(
    browser: ClientSession, path: str, method: str
) -> None:
    async with browser.request(method, path, data=HOSTILE) as response:
        assert response.status == 405

"""The file with all that is stored on a person: for whoever has its address, for a while."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin

import pytest
import time_machine
from aiohttp import ClientResponse, ClientSession
from aiohttp.test_utils import TestServer
from sqlalchemy import update
from yarl import URL

from adapters.content import Content
from adapters.store.downloads import KEPT_MINUTES
from adapters.store.engine import connect
from adapters.store.migrating import migrate
from adapters.store.remembered import Remembered
from adapters.store.tables import reminders
from adapters.store.telling import Plain
from adapters.web.downloads import add_downloads
from adapters.web.server import application
from bot.messages import Language
from tests.adapters.serving import Server
from tests.adapters.store.filling import fill
from tests.adapters.web.reading import Page, words
from tests.adapters.web.visiting import EVERYWHERE, HOSTILE, OTHER, PATHS
from tests.conftest import shipped

KNOWLEDGE = shipped()
ADDRESS = "https://ally.example"
# Two of one tenant, and one of another with the same id.
PEOPLE = ANNA, BEN, NAMESAKE = ("made:w1/anna", "made:w1/ben", "made:w2/anna")
TEAM = "made:w1/lounge"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Remembered]:
    """Where all three did everything that can be done."""
    engine = connect(f"sqlite:///{tmp_path}/ally.db")
    migrate(engine)
    with engine.begin() as connection:
        fill(connection, ANNA, TEAM)
        fill(connection, BEN, "made:w1/other")
        fill(connection, NAMESAKE, "made:w2/lounge")
    yield Remembered(engine, ADDRESS)
    engine.dispose()


@pytest.fixture
async def browser(content: Content, store: Remembered) -> AsyncIterator[ClientSession]:
    app = application()
    add_downloads(app, content, store.file)
    async with TestServer(app) as server, ClientSession(server.make_url("/")) as session:
        yield session


async def offered(store: Remembered, person: str = ANNA) -> str:
    """The path of a file, at whichever server."""
    return (await store.offer_file(person)).removeprefix(ADDRESS)


async def told(browser: ClientSession, path: str) -> tuple[str, Plain]:
    """Whose file it is, and what it tells."""
    async with browser.get(path) as response:
        assert response.status == 200
        file = json.loads(await response.text())
        return file["person"], file["tables"]


async def test_a_file_comes_as_a_file_and_nobody_keeps_it(
    browser: ClientSession, store: Remembered
) -> None:
    async with browser.get(await offered(store)) as response:
        assert response.status == 200
        assert (response.content_type, response.charset) == ("application/json", "utf-8")
        headers = response.headers
        assert headers["Content-Disposition"] == 'attachment; filename="ally-nudge-data.json"'
        check_private(response)
        assert "Set-Cookie" not in headers


def check_private(response: ClientResponse) -> None:
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


async def test_a_file_is_whole_and_of_one_person_alone(
    browser: ClientSession, store: Remembered
) -> None:
    files = {person: await told(browser, await offered(store, person)) for person in PEOPLE}
    for person, (whose, tables) in files.items():
        assert whose == person
        assert [row["owner"] for row in tables["weeklies"]] == [person]
        assert [row["person"] for row in tables["managers"]] == [person]
        assert {row["person"] for row in tables["reminders"]} == {person}
        assert {row["target"] for row in tables["deliveries"]} == {person}
        assert [row["key"] for row in tables["preferences"]] == [person]
        assert [row["key"] for row in tables["addresses"]] == [person]
        for other in PEOPLE:
            assert (other in json.dumps(tables)) == (other == person)


async def test_words_are_in_a_file_as_they_were_written(
    browser: ClientSession, store: Remembered
) -> None:
    said = f"appeler Zoé 🦊 {HOSTILE}"
    with store.engine.begin() as connection:
        connection.execute(update(reminders).values(words=said))
    _, tables = await told(browser, await offered(store))
    assert {row["words"] for row in tables["reminders"]} == {said}


async def test_a_file_may_be_fetched_more_than_once(
    browser: ClientSession, store: Remembered
) -> None:
    """What looks whether a link is safe fetches it first."""
    path = await offered(store)
    async with browser.head(path) as head:
        assert (head.status, await head.read()) == (200, b"")
    assert await told(browser, path) == await told(browser, path)


@EVERYWHERE
@pytest.mark.parametrize("why", ["over", "forgotten", "replaced", "never there", "hostile"])
async def test_a_link_that_leads_nowhere_says_so_calmly(
    browser: ClientSession, store: Remembered, language: Language, why: str
) -> None:
    path = await offered(store)
    now = datetime.now(UTC)
    match why:
        case "over":
            now += timedelta(minutes=KEPT_MINUTES)
        case "forgotten":
            await store.forget(ANNA)
        case "replaced":
            await offered(store)
        case "never there":
            path = "/data/never"
        case _:
            path = str(URL("/data") / re.sub("[/{}]", "", HOSTILE))
    with time_machine.travel(now):
        async with browser.get(path, headers={"Accept-Language": language}) as response:
            assert response.status == 404
            assert (response.content_type, response.charset) == ("text/html", "utf-8")
            assert response.headers["Content-Language"] == language
            assert "Content-Disposition" not in response.headers
            check_private(response)
            page = Page(await response.text())
    assert page.one("html").attributes == {"lang": language}
    assert page.one("h1").text == KNOWLEDGE.say("page.file.title", language)
    explained = KNOWLEDGE.say("page.file.text", language, minutes=KEPT_MINUTES)
    assert words(explained) in page.shown
    assert path.rpartition("/")[2] not in page.html
    assert "alert" not in page.html
    assert page.all("script") == []


@EVERYWHERE
async def test_from_a_link_that_leads_nowhere_one_finds_the_pages(
    browser: ClientSession, language: Language
) -> None:
    async with browser.get("/data/never", params={"lang": language}) as response:
        page = Page(await response.text())
    base = "https://ally.example/under/data/never"
    links = {urljoin(base, str(link.attributes["href"])) for link in page.all("a")}
    pages = {f"https://ally.example/under{path}?lang={language}" for path in PATHS}
    assert links == pages | {f"{base}?lang={OTHER[language]}"}
    assert not [link for link in page.all("a") if "aria-current" in link.attributes]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_nothing_can_be_sent_to_a_file(
    browser: ClientSession, store: Remembered, method: str
) -> None:
    async with browser.request(method, await offered(store), data=HOSTILE) as response:
        assert response.status == 405


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[Server]:
    """`ally serve`, whose files are at its own address."""
    server = Server(folder, {"TEAMS_ANONYMOUS": "1", "DATABASE_URL": f"sqlite:///{folder}/ally.db"})
    server.settings["ALLY_PUBLIC_URL"] = server.url
    await server.start()
    yield server
    assert await server.stop() == 0


async def test_the_server_gives_files_and_says_nothing_of_it(
    store: Remembered, tmp_path: Path
) -> None:
    async with serving(tmp_path) as server, ClientSession(server.url) as browser:
        path = await offered(store)
        whose, _ = await told(browser, path)
        assert whose == ANNA
        await store.forget(ANNA)
        async with browser.get(path) as response:
            assert response.status == 404
    assert path.rpartition("/")[2] not in server.output
    assert "made:w1" not in server.output

"""What the pages say: what the bot says, and nothing that does not hold."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from aiohttp import ClientSession

from adapters.content import Content
from bot.messages import LANGUAGES, Bullets, Heading, Language, Text
from tests.adapters.web.reading import words
from tests.adapters.web.visiting import EVERYWHERE, HOUSE, read, visiting
from tests.conftest import Ask, shipped

KNOWLEDGE = shipped()


@EVERYWHERE
async def test_the_privacy_page_says_all_that_the_bot_says(
    browser: ClientSession, ask: Ask, language: Language
) -> None:
    page = await read(browser, "/privacy", language)
    position = 0
    for part in ask(KNOWLEDGE.say("command.privacy", language), language).reply.parts:
        match part:
            case Heading(text):
                lines: tuple[str, ...] = (text,)
            case Text(text, label):
                lines = (label, text)
            case Bullets(items, label):
                lines = (label, *items)
            case _:
                pytest.fail(f"{part} is new here: is it on the page?")
        for line in lines:
            position = page.shown.index(words(line), position)


@EVERYWHERE
@pytest.mark.parametrize("path", ["/privacy", "/support"])
async def test_the_contacts_of_the_organization_are_shown(
    browser: ClientSession, path: str, language: Language
) -> None:
    page = await read(browser, path, language)
    contacts = KNOWLEDGE.resources["re-support"]
    for text in (contacts.title, contacts.where):
        assert text is not None
        assert words((text.fr if language == "fr" else text.en) or "") in page.shown


async def test_contacts_without_french_are_shown_in_english_and_say_so(house: Content) -> None:
    note = KNOWLEDGE.say("language.fallback", "fr")
    async with visiting(house) as browser:
        assert note in (await read(browser, "/support", "fr")).shown
        assert note not in (await read(browser, "/support", "en")).shown


async def test_a_page_shows_what_an_editor_has_just_saved(house: Content, tmp_path: Path) -> None:
    async with visiting(house) as browser:
        assert "Extension 4000" in (await read(browser, "/support", "en")).shown
        saved = HOUSE.replace("Extension 4000", "Room B12")
        (tmp_path / "resources.yaml").write_text(saved, encoding="utf-8")
        assert house.refresh()
        assert "Room B12" in (await read(browser, "/support", "en")).shown


@EVERYWHERE
async def test_the_support_page_has_the_terms_of_use(
    browser: ClientSession, language: Language
) -> None:
    page = await read(browser, "/support", language)
    (terms,) = [part for part in page.all("section") if part.attributes.get("id") == "terms"]
    assert words(KNOWLEDGE.say("page.terms.heading", language)) in words(terms.text)
    for line in KNOWLEDGE.say("page.terms.list", language).split("|"):
        assert words(line) in words(terms.text)


@EVERYWHERE
@pytest.mark.parametrize("path", ["/privacy", "/support"])
async def test_it_is_said_how_data_is_deleted(
    browser: ClientSession, path: str, language: Language
) -> None:
    page = await read(browser, path, language)
    assert words(KNOWLEDGE.say("page.deletion.text", language)) in page.shown


@EVERYWHERE
@pytest.mark.parametrize("prefix", ["/ally ", ""], ids=["Slack", "Teams"])
async def test_the_examples_on_the_first_page_work(
    browser: ClientSession, ask: Ask, language: Language, prefix: str
) -> None:
    shown = (await read(browser, "/", language)).shown
    text = KNOWLEDGE.say("page.home.examples", language, prefix=prefix)
    examples = re.findall(r"[“«]\s*([^”»]+?)\s*[”»]", text)
    assert len(examples) == len(text.split("|"))
    for example in examples:
        assert words(example) in shown
        asked = example.removeprefix(prefix)
        assert ask(asked, language).result in ("answer", "command"), asked
        assert ask(asked, locale=f"{language}-CA") == ask(asked, language), asked


def printed_as_in_canada(text: str) -> bool:
    """Whether signs stand as they are printed in Canadian French."""
    return not re.search(r" [:;?!»]|\u00a0[;?!]|« |[^\u00a0]»|«[^\u00a0]|[“”\"]|\w:\s", text)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Un mot\u00a0: «\u00a0manel\u00a0».", True),
        ("Toujours rien? Attendez; réessayez.", True),
        ("Un mot : manel", False),
        ("Un mot: manel", False),
        ("« manel »", False),
        ("Toujours rien ?", False),
        ("un “manel”", False),
    ],
)
def test_french_signs_are_judged(text: str, printed: bool) -> None:
    assert printed_as_in_canada(text) == printed


def test_the_french_of_the_pages_is_printed_as_in_canada() -> None:
    for entry in KNOWLEDGE.interface.values():
        if entry.id.startswith("page."):
            assert printed_as_in_canada(entry.fr or ""), entry.id


def test_the_pages_name_no_figure_that_the_bot_does_not_name() -> None:
    """How long something is kept stands in one more place: the two are changed together."""
    find: Callable[[str], list[str]] = re.compile(r"\b\d+ (?:hours|heures)").findall
    for language in LANGUAGES:
        kept = find(KNOWLEDGE.say("privacy.kept_list", language).replace("\u00a0", " "))
        said = find(KNOWLEDGE.say("page.deletion.text", language).replace("\u00a0", " "))
        longest = max(kept, key=lambda span: int(span.split()[0]))
        assert said == [longest]

"""Pages for everybody's eyes, ears and screens."""

import re
from itertools import pairwise
from urllib.parse import urljoin

import pytest
from aiohttp import ClientSession

from adapters.web.document import STYLE
from bot.messages import LANGUAGES, Language
from tests.adapters.web.reading import contrast, words
from tests.adapters.web.visiting import EVERY_PAGE, EVERYWHERE, OTHER, PATHS, read


@EVERYWHERE
@EVERY_PAGE
async def test_headings_are_in_order(browser: ClientSession, path: str, language: Language) -> None:
    page = await read(browser, path, language)
    levels = [int(heading.name[1]) for heading in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(heading.text.strip() for heading in page.all("h1", "h2", "h3"))


@EVERY_PAGE
async def test_the_window_names_the_page(browser: ClientSession, path: str) -> None:
    names = {(await read(browser, path, language)).one("title").text for language in LANGUAGES}
    assert len(names) == 2
    assert all("Ally Nudge" in name for name in names)


@EVERY_PAGE
async def test_a_phone_shows_a_page_at_its_own_width(browser: ClientSession, path: str) -> None:
    page = await read(browser, path, "en")
    (viewport,) = [meta for meta in page.all("meta") if meta.attributes.get("name") == "viewport"]
    assert viewport.attributes["content"] == "width=device-width, initial-scale=1"
    assert not re.search(r"(?<!max-)width: *\d+(px|rem)", STYLE)


def colours() -> list[dict[str, str]]:
    """The named colours in the light, and those in the dark."""
    light, dark = (
        dict(re.findall(r"--(\w+): (#\w+)", scheme))
        for scheme in STYLE.split("prefers-color-scheme: dark")
    )
    assert light.keys() == dark.keys() == {"paper", "ink", "quiet", "link", "line"}
    assert all(f"var(--{name})" in STYLE for name in light)
    return [light, dark]


@pytest.mark.parametrize("named", colours(), ids=["light", "dark"])
def test_every_colour_can_be_read_on_the_paper(named: dict[str, str]) -> None:
    for name in ("ink", "quiet", "link"):
        assert contrast(named[name], named["paper"]) >= 4.5, name
    assert contrast(named["line"], named["paper"]) >= 3


def test_contrast_is_measured_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#777777") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ffffff", "#ffffff") == 1


def test_there_is_no_colour_but_the_named_ones() -> None:
    rules = re.sub(r"--\w+: #\w+;", "", STYLE)
    assert "#" not in rules
    assert not re.search(r"\b(rgb|hsl|opacity)", rules)


@EVERYWHERE
@EVERY_PAGE
async def test_every_page_leads_to_the_others_and_to_itself_in_the_other_language(
    browser: ClientSession, path: str, language: Language
) -> None:
    page = await read(browser, path, language)
    base = f"https://ally.example{path}"
    links = {urljoin(base, str(link.attributes["href"])): link for link in page.all("a")}
    assert all(words(link.text) for link in links.values())
    pages = {f"https://ally.example{other}?lang={language}" for other in PATHS}
    switch = f"{base}?lang={OTHER[language]}"
    assert links.keys() == pages | {switch}
    assert links[switch].attributes["lang"] == OTHER[language]
    assert links[switch].attributes["hreflang"] == OTHER[language]
    current = [url for url, link in links.items() if link.attributes.get("aria-current") == "page"]
    assert current == [f"{base}?lang={language}"]

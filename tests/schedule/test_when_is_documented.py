"""The examples of docs/when.md are true."""

import re
from pathlib import Path

import pytest

from bot.language import of_words
from bot.schedule.phrases import understand
from bot.schedule.saying import say
from bot.schedule.understood import Ask, Once, Recurring, Refused
from tests.schedule.conftest import NOW, ZONE

DOC = Path(__file__).parents[2] / "docs/when.md"
ROW = re.compile(r"^\| (?!said|-)(.+?) \| (.+?) \|$", re.MULTILINE)
SECTIONS = {
    section.partition("\n")[0]: ROW.findall(section)
    for section in DOC.read_text(encoding="utf-8").split("\n## ")[1:]
}


def test_the_examples_are_found() -> None:
    assert [len(rows) for rows in SECTIONS.values()] == [17, 13, 5, 12, 0]


@pytest.mark.parametrize(("said", "understood"), [*SECTIONS["Again and again"], *SECTIONS["Once"]])
def test_what_is_said_is_understood_like_that(said: str, understood: str) -> None:
    found = understand(said, None, NOW, ZONE)
    assert isinstance(found, Recurring | Once)
    french = " h" in understood
    assert say(found, "fr" if french else "en", NOW) == understood
    assert of_words(said.split()) != ("en" if french else "fr")


@pytest.mark.parametrize(("said", "meant"), SECTIONS["Asked first"])
def test_what_is_not_certain_is_asked(said: str, meant: str) -> None:
    found = understand(said, None, NOW, ZONE)
    assert isinstance(found, Ask)
    assert say(found.proposal, "en", NOW) == meant


@pytest.mark.parametrize("said", [said for said, _ in SECTIONS["Refused"]])
def test_what_cannot_be_done_is_refused(said: str) -> None:
    assert isinstance(understand(said, None, NOW, ZONE), Refused)

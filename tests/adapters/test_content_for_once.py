"""Content that a one-shot command keeps, so that the next one need not read every file again."""

from pathlib import Path

import pytest

from adapters.content import load_for_once
from bot.knowledge import Knowledge, KnowledgeError
from bot.knowledge.library import dump

CONTACTS = """\
- id: re-support
  topics: [harassment]
  title: {{en: Support, fr: Soutien}}
  about: {{en: Where to turn., fr: "À qui s'adresser."}}
  where: {{en: {where}, fr: Poste 4000.}}
  languages: [en, fr]
  reviewed: "2026-11-22"
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    folder = tmp_path / "house"
    folder.mkdir()
    (folder / "resources.yaml").write_text(CONTACTS.format(where="Room 1."), encoding="utf-8")
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def where(knowledge: Knowledge) -> str:
    support = knowledge.resources["re-support"].where
    assert support is not None
    return support.en


def test_kept_content_is_the_same(knowledge: Knowledge, cache: Path) -> None:
    first = load_for_once(None, cache)
    (kept,) = cache.iterdir()
    again = load_for_once(None, cache)
    assert dump(first) == dump(again) == dump(knowledge)
    assert [*cache.iterdir()] == [kept]


def test_kept_content_is_what_is_taken(cache: Path) -> None:
    load_for_once(None, cache)
    (kept,) = cache.iterdir()
    text = kept.read_text(encoding="utf-8")
    kept.write_text(text.replace("A panel, a speaker list", "A stage"), encoding="utf-8")
    assert load_for_once(None, cache).glossary["manel"].definition.en.startswith("A stage")


def test_a_changed_file_is_read_and_the_older_one_forgotten(house: Path, cache: Path) -> None:
    assert where(load_for_once(house, cache)) == "Room 1."
    (house / "resources.yaml").write_text(CONTACTS.format(where="Room 22."), encoding="utf-8")
    assert where(load_for_once(house, cache)) == "Room 22."
    assert len([*cache.iterdir()]) == 1


@pytest.mark.parametrize("broken", ["", "{", "{}", "[]", "5", '{"glossary": {"x": {}}}', "\x00"])
def test_a_broken_kept_file_is_read_past(broken: str, knowledge: Knowledge, cache: Path) -> None:
    load_for_once(None, cache)
    (kept,) = cache.iterdir()
    kept.write_text(broken, encoding="utf-8")
    assert dump(load_for_once(None, cache)) == dump(knowledge)


def test_nowhere_to_keep_it_is_no_trouble(knowledge: Knowledge, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert dump(load_for_once(None, tmp_path / "file" / "cache")) == dump(knowledge)


def test_content_with_mistakes_is_refused_every_time(house: Path, cache: Path) -> None:
    (house / "tips.yaml").write_text("- id: [\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(KnowledgeError):
            load_for_once(house, cache)
    assert not cache.exists()

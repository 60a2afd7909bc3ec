"""Content that an editor changes is taken as it is saved; broken content never replaces good."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from adapters.content import SHIPPED, Content
from bot.commands.finding import find
from bot.knowledge import KnowledgeError

TERM = """\
- id: test-word
  topic: bias
  name: {{en: {name}, fr: Mot d'essai}}
  definition: {{en: A word., fr: Un mot.}}
  why: {{en: It is tested., fr: On l'essaie.}}
  reviewed: "2026-03-08"
"""
FIRST, SECOND = TERM.format(name="First name"), TERM.format(name="Other name")
BROKEN = SECOND.replace("topic: bias", "topic: biass")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "house" / "glossary"
    folder.mkdir(parents=True)
    (folder / "a.yaml").write_text(FIRST, encoding="utf-8")
    return folder / "a.yaml"


@pytest.fixture
def content(file: Path) -> Content:
    return Content(file.parent.parent)


def name(content: Content) -> str:
    return content.knowledge.glossary["test-word"].name.en


def test_nothing_is_read_again_while_nothing_changes(content: Content) -> None:
    before = content.knowledge
    assert [content.refresh() for _ in range(3)] == [False, False, False]
    assert content.knowledge is before


def test_a_change_is_taken(content: Content, file: Path) -> None:
    file.write_text(SECOND, encoding="utf-8")
    assert content.refresh()
    assert name(content) == "Other name"
    assert find(content.knowledge, "term", "other name").hits[0].id == "test-word"
    assert find(content.knowledge, "term", "first name").result != "answer"
    assert not content.refresh()


def test_a_change_of_the_same_length_is_taken(content: Content, file: Path) -> None:
    before = file.stat()
    file.write_text(SECOND, encoding="utf-8")
    assert file.stat().st_size == before.st_size
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert content.refresh()
    assert name(content) == "Other name"


def test_a_new_file_and_a_removed_file_are_taken(content: Content, file: Path) -> None:
    other = file.with_name("b.yml")
    other.write_text(SECOND.replace("test-word", "test-two").replace("essai", "eux"), "utf-8")
    assert content.refresh()
    assert "test-two" in content.knowledge.glossary
    other.unlink()
    assert content.refresh()
    assert "test-two" not in content.knowledge.glossary


def test_broken_content_is_reported_once_and_the_last_good_stays(
    content: Content, file: Path
) -> None:
    good = content.knowledge
    file.write_text(BROKEN, encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        content.refresh()
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.id) == (str(file), 2, "test-word")
    assert not content.refresh()
    assert content.knowledge is good


def test_what_was_mended_is_taken(content: Content, file: Path) -> None:
    file.write_text(BROKEN, encoding="utf-8")
    with pytest.raises(KnowledgeError):
        content.refresh()
    file.write_text(SECOND, encoding="utf-8")
    assert content.refresh()
    assert name(content) == "Other name"


def test_another_mistake_is_reported_again(content: Content, file: Path) -> None:
    for broken in (BROKEN, "- id: [", FIRST + FIRST):
        file.write_text(broken, encoding="utf-8")
        with pytest.raises(KnowledgeError):
            content.refresh()
    assert name(content) == "First name"


def test_a_folder_that_goes_away_leaves_the_last_good(content: Content, file: Path) -> None:
    shutil.rmtree(file.parent.parent)
    with pytest.raises(KnowledgeError):
        content.refresh()
    assert name(content) == "First name"


def test_a_change_beside_a_file_that_cannot_be_read_is_taken_in_the_end(
    content: Content, file: Path
) -> None:
    """Editors move files while they save; what cannot be read now can be read a moment later."""
    gone = file.with_name("gone.yaml")
    gone.symlink_to(file.with_name("nowhere.yaml"))
    file.write_text(SECOND, encoding="utf-8")
    with suppress(OSError, KnowledgeError):
        content.refresh()
    assert "test-word" in content.knowledge.glossary
    gone.unlink()
    content.refresh()
    assert name(content) == "Other name"


def test_what_ships_is_looked_at_too(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(SHIPPED, folder)
    content = Content(folder=folder)
    (folder / "glossary" / "new.yaml").write_text(FIRST, encoding="utf-8")
    assert content.refresh()
    assert name(content) == "First name"


def test_broken_content_stops_the_start(file: Path) -> None:
    file.write_text(BROKEN, encoding="utf-8")
    with pytest.raises(KnowledgeError):
        Content(file.parent.parent)

"""The content is right or it is refused: every mistake with its place and what to do about it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from adapters.content import SHIPPED
from bot.commands.table import COMMANDS
from bot.dispatch import dispatch
from bot.knowledge import Knowledge, KnowledgeError, Problem
from bot.knowledge.library import KINDS, NEEDED
from bot.knowledge.load import examine, load
from bot.memory import NOTHING
from bot.messages import Request

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)

TERM = """\
# A comment, so that lines and entries do not count alike.
- id: test-word
  topic: bias
  name: {en: Test word, fr: Mot d'essai}
  definition: {en: A word., fr: Un mot.}
  why:
    en: It is tested.
    fr: On l'essaie.
  reviewed: "2026-03-08"
"""
TIP = """\
- id: tip-test
  topic: bias
  mode: build
  title: {en: Try it, fr: Essayez}
  text:
    en: A line of text.
    fr: Une ligne.
  if_then: {en: "If it rains, then wait.", fr: "S'il pleut, attendez."}
  reviewed: "2026-03-08"
"""
CHECKLIST = """\
- id: test-list
  topic: bias
  name: {en: A list, fr: Une liste}
  intro: {en: Two lines., fr: Deux lignes.}
  items:
    - text: {en: One., fr: Un.}
    - text: {en: Two., fr: Deux.}
  reviewed: "2026-03-08"
"""
RESOURCE = """\
- id: re-test
  topics: [bias]
  title: {en: A book, fr: Un livre}
  about: {en: About it., fr: À ce sujet.}
  languages: [en]
  url: https://example.org
  reviewed: "2026-03-08"
"""
SOURCE = """\
- id: test-2026
  citation: Test (2026)
  checked: true
  url: https://example.org
"""
TREE = """\
- id: test-tree
  title: {en: A tree, fr: Un arbre}
  intro: {en: Two questions., fr: Deux questions.}
  credit: {en: Ours., fr: De nous.}
  start: first
  questions:
    first:
      ask: {en: This?, fr: Ceci?}
      answers:
        - {key: "yes", label: {en: "Yes", fr: Oui}, to: second}
        - {key: "no", label: {en: "No", fr: Non}, to: done}
    second:
      ask: {en: That?, fr: Cela?}
      answers:
        - {key: "yes", label: {en: "Yes", fr: Oui}, to: done}
        - {key: "no", label: {en: "No", fr: Non}, to: other}
  ends:
    done:
      label: {en: Done, fr: Fini}
      advice: {en: Go., fr: Allez.}
      line: {en: “Go.”, fr: « Allez. »}
    other:
      label: {en: Other, fr: Autre}
      advice: {en: Go., fr: Allez.}
      line: {en: “Go.”, fr: « Allez. »}
  safety: {en: Safety first., fr: La sécurité d'abord.}
  reviewed: "2026-03-08"
"""
WORDING = """\
- id: fact.nothing
  en: No figure on {query}; there are some on {topics}.
  fr: Aucun chiffre sur {query}; il y en a sur {topics}.
"""

Write = Callable[[str, str], Path]


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As little content as will do: what commands need, and nothing related to anything."""
    folder = tmp_path_factory.mktemp("small")
    for kind in KINDS:
        entries = []
        for path in sorted({*SHIPPED.glob(f"{kind}.yaml"), *SHIPPED.glob(f"{kind}/*.yaml")}):
            for entry in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader):
                if kind in ("sources", "topics", "interface") or (kind, entry["id"]) in NEEDED:
                    entries.append({key: entry[key] for key in entry if key != "related"})
        text = yaml.dump(entries, Dumper=yaml.CSafeDumper, allow_unicode=True)
        (folder / f"{kind}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The folder of an organization's own content."""
    return tmp_path / "house"


@pytest.fixture
def write(house: Path) -> Write:
    def to(name: str, text: str) -> Path:
        path = house / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return to


def errors(folder: Path, house: Path | None = None) -> list[Problem]:
    return [problem for problem in examine(folder, house)[1] if problem.severity == "error"]


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"{old!r} has to stand once in the example"
    return text.replace(old, new)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("glossary/a.yaml", TERM, id="term"),
        pytest.param("tips/a.yml", TIP, id="tip"),
        pytest.param("checklists.yaml", CHECKLIST, id="checklist in a file instead of a folder"),
        pytest.param("resources.yaml", RESOURCE, id="resource"),
        pytest.param("sources.yaml", SOURCE, id="source"),
        pytest.param("trees/a.yaml", TREE, id="tree"),
        pytest.param("interface/a.yaml", WORDING, id="wording"),
        pytest.param("glossary/deep/er.yaml", TERM, id="a folder in a folder"),
        pytest.param("glossary/a.yaml", "\ufeff" + TERM, id="with a byte order mark"),
        pytest.param("glossary/a.yaml", TERM.replace("\n", "\r\n"), id="with Windows line ends"),
        pytest.param("glossary/.a.yaml", "not: right", id="a hidden file is not read"),
        pytest.param("glossary/notes.txt", "not: right", id="another file is not read"),
        pytest.param("glossary/a.yaml", "# nothing yet\n", id="an empty file"),
    ],
)
def test_content_that_is_right_is_taken(
    small: Path, house: Path, write: Write, name: str, text: str
) -> None:
    write(name, text)
    assert errors(small, house) == []


# file · what it says · line · id · what the message has to say
MISTAKES = [
    pytest.param(
        "glossary/a.yaml", changed(TERM, "  topic: bias\n", ""),
        2, "test-word", "topic is missing; add it", id="a missing key",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, ", fr: Mot d'essai", ""),
        4, "test-word", "name.fr is missing; add it", id="a missing key inside",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "  topic", "  relatd: [manel]\n  topic"),
        3, "test-word", "relatd is not a key that is known here; did you mean related?",
        id="an unknown key near a known one",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "  topic", "  colour: red\n  topic"),
        3, "test-word", "colour is not a key that is known here; remove it", id="an unknown key",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "{en: A word., fr: Un mot.}", "A word."),
        5, "test-word", "definition needs keys of its own, such as en: and fr:",
        id="text where keys belong",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "  topic: bias", "  topic: [bias]"),
        3, "test-word", "topic has to be text", id="a list where text belongs",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "  reviewed", "  related: manel\n  reviewed"),
        9, "test-word", "related has to be a list", id="text where a list belongs",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "It is tested.", '""'),
        7, "test-word", "why.en is empty; write it or remove the line", id="an empty text",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "It is tested.", "yes"),
        7, "", "put yes in quotes", id="an unquoted yes",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "It is tested.", "Off"),
        7, "", "put Off in quotes", id="an unquoted off",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, '"2026-03-08"', "2026-03-08"),
        9, "", 'put the date in quotes: "2026-03-08"', id="an unquoted date",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "It is tested.", "15"),
        7, "", 'put the number in quotes: "15"', id="an unquoted number",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "It is tested.", "9:30"),
        7, "", 'put the number in quotes: "9:30"', id="an unquoted time of day",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "It is tested.", ""),
        7, "", "the value is missing; write it or remove the line", id="a key without a value",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "It is tested.", "null"),
        7, "", "the value is missing; write it or remove the line", id="a null",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "  reviewed", "  topic: pay\n  reviewed"),
        9, "", "topic stands here twice; keep one", id="a repeated key",
    ),
    pytest.param(
        "glossary/a.yaml", TERM + TERM.partition("\n")[2],
        10, "test-word", "test-word is already used at {house}/glossary/a.yaml:2",
        id="an id used twice",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "id: test-word", "id: Test Word"),
        2, "Test Word", "has to be lower-case letters, digits and hyphens", id="a bad id",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "  topic: bias", "  topic: biass"),
        3, "test-word", "biass is not a topic", id="an unknown topic",
    ),
    pytest.param(
        "resources/a.yaml", changed(RESOURCE, "[bias]", "[bias, biass]"),
        2, "re-test", "biass is not a topic", id="an unknown topic in a list",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "  reviewed", "  related: [manel, nobody]\n  reviewed"),
        9, "test-word", "nobody is not a term of the glossary", id="an unknown term",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "  reviewed", "  related: [test-word]\n  reviewed"),
        9, "test-word", "not related to itself", id="a term related to itself",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "  reviewed", "  sources: [nobody-2026]\n  reviewed"),
        9, "test-word", "nobody-2026 is not a source", id="an unknown source",
    ),
    pytest.param(
        "checklists/a.yaml", changed(CHECKLIST, "fr: Deux.}", "fr: Deux.}\n      sources: [none]"),
        8, "test-list", "none is not a source", id="an unknown source of one line of a list",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "  reviewed", "  aliases: {en: [MANELS]}\n  reviewed"),
        9, "test-word", "'MANELS' already leads to manel; a name leads to one term",
        id="an alias of two terms",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "Test word", "Manel"),
        4, "test-word", "'Manel' already leads to manel",
        id="the name of another term",
    ),
    pytest.param(
        "trees/a.yaml", changed(TREE, "fr: Non}, to: other}", "fr: Non}, to: other}"
                              "\n        - {key: maybe, label: {en: Maybe}, to: nowhere}"),
        17, "test-tree", "nowhere is neither a question nor an end", id="a dead end",
    ),
    pytest.param(
        "trees/a.yaml", changed(TREE, "fr: Non}, to: other}", "fr: Non}, to: other}"
                              "\n        - {key: maybe, label: {en: Maybe}, to: first}"),
        7, "test-tree", "first leads back to itself; a tree has no loop", id="a loop",
    ),
    pytest.param(
        "trees/a.yaml", changed(TREE, "start: first", "start: second"),
        7, "test-tree", "nothing leads to first", id="a question that nothing leads to",
    ),
    pytest.param(
        "trees/a.yaml", changed(TREE, "fr: Non}, to: other", "fr: Non}, to: done"),
        22, "test-tree", "nothing leads to other", id="an end that nothing leads to",
    ),
    pytest.param(
        "trees/a.yaml", changed(TREE, "start: first", "start: third"),
        5, "test-tree", "third is not one of its questions", id="a start that is no question",
    ),
    pytest.param(
        "trees/a.yaml",
        changed(TREE, '{key: "no", label: {en: "No", fr: Non}, to: done}',
                '{key: "yes", label: {en: "No", fr: Non}, to: done}'),
        7, "test-tree", "the answer yes stands here twice", id="one answer twice",
    ),
    pytest.param(
        "tips/a.yaml", changed(TIP, "A line of text.", "word " * 60 + "end."),
        6, "tip-test", "at most 60", id="a tip too long in English",
    ),
    pytest.param(
        "tips/a.yaml", changed(TIP, "Une ligne.", "mot " * 70 + "fin."),
        7, "tip-test", "at most 70", id="a tip too long in French",
    ),
    pytest.param(
        "tips/a.yaml", changed(TIP, "mode: build", "mode: sometimes"),
        3, "tip-test", "mode has to be one of 'moment', 'build', 'reflect' or 'lead'",
        id="a word that is no choice",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "It is tested.", "long " * 241),
        7, "test-word", "at most 900", id="a paragraph too long",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "Mot d'essai", "mot " * 16),
        4, "test-word", "name has 63 characters; at most 60", id="a name too long",
    ),
    pytest.param(
        "checklists/a.yaml", changed(CHECKLIST, "    - text: {en: Two., fr: Deux.}\n", ""),
        5, "test-list", "items needs at least 2 entries", id="a list too short",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "2026-03-08", "2026-02-30"),
        9, "test-word", "2026-02-30 is not a day that exists", id="a day that does not exist",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "2026-03-08", "8 March 2026"),
        9, "test-word", 'has to be a date such as "2026-03-08"', id="a date in words",
    ),
    pytest.param(
        "resources/a.yaml", changed(RESOURCE, "https:", "http:"),
        6, "re-test", "has to be a link that begins with https://", id="a link without https",
    ),
    pytest.param(
        "sources/a.yaml", changed(SOURCE, "https://example.org", '"https://a b"'),
        4, "test-2026", "has to be a link", id="a link with a space",
    ),
    pytest.param(
        "sources/a.yaml", changed(SOURCE, "checked: true", "checked: maybe"),
        3, "test-2026", "checked has to be true or false", id="neither true nor false",
    ),
    pytest.param(
        "interface/a.yaml", changed(WORDING, "il y en a sur {topics}", "il y en a"),
        3, "fact.nothing", "make them equal", id="a placeholder in one language only",
    ),
    pytest.param(
        "glossary/a.yaml", "id: test-word\ntopic: bias\n",
        1, "", "a file is a list", id="a file that is no list",
    ),
    pytest.param(
        "glossary/a.yaml", "just words\n", 1, "", "a file is a list", id="a file of words",
    ),
    pytest.param(
        "glossary/a.yaml", TERM + "\n- topic: bias\n",
        11, "", 'an entry begins with "- id: some-name"', id="an entry without an id",
    ),
    pytest.param(
        "glossary/a.yaml", TERM + "- just words\n",
        10, "", 'an entry begins with "- id: some-name"', id="an entry of words",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "fr: Un mot.}", "fr: Un mot."),
        6, "", "cannot read it", id="a brace that is not closed",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "  topic", "\ttopic"),
        3, "", "cannot read it", id="a tab",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "A word.", "A word: this"),
        5, "", "cannot read it", id="a colon in unquoted text",
    ),
    pytest.param(
        "glossary/a.yaml", TERM + "---\n" + TERM, 10, "", "cannot read it", id="two documents",
    ),
    pytest.param(
        "topics/a.yaml",
        "[{id: this, name: &it {en: This, fr: Ceci}}, {id: that, name: *it}]\n",
        1, "", "no anchors and aliases", id="an anchor",
    ),
    pytest.param(
        "topics/a.yaml",
        "[{id: this, name: {en: &it This, fr: *it}}]\n",
        1, "", "no anchors and aliases", id="an anchor on a word",
    ),
    pytest.param(
        "glossary/a.yaml", changed(TERM, "  topic", "  ? [a, b]\n  : c\n  topic"),
        3, "", "a key has to be a plain word", id="a list as a key",
    ),
    pytest.param(
        "glosary/a.yaml", TERM, 1, "", "nothing is read from glosary; did you mean glossary?",
        id="a misspelt folder",
    ),
    pytest.param(
        "xyz.yaml", TERM, 1, "", "nothing is read from xyz; the kinds are sources, topics",
        id="an unknown file",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "line", "entry", "advice"), MISTAKES)
def test_a_mistake_is_reported_with_its_place_and_what_to_do(
    small: Path,
    house: Path,
    write: Write,
    name: str,
    text: str,
    line: int,
    entry: str,
    advice: str,
) -> None:
    path = write(name, text)
    problems = errors(small, house)
    assert {(problem.file, problem.line) for problem in problems} == {(str(path), line)}
    told = [p for p in problems if advice.replace("{house}", str(house)) in p.message]
    assert [problem.id for problem in told] == [entry]
    where = f"{path}:{line}: {entry}: " if entry else f"{path}:{line}: "
    assert str(told[0]) == where + told[0].message


def test_a_file_that_is_not_utf_8_is_reported(small: Path, house: Path, write: Write) -> None:
    path = write("glossary/a.yaml", TERM)
    path.write_bytes(TERM.encode("utf-16"))
    (problem,) = errors(small, house)
    assert (problem.file, problem.line) == (str(path), 1)
    assert "save it as UTF-8" in problem.message


def test_a_folder_may_be_called_like_a_file(small: Path, house: Path, write: Write) -> None:
    write("tips.yaml/a.yaml", changed(TIP, "mode: build", "mode: sometimes"))
    assert "tip-test" in [problem.id for problem in errors(small, house)]


def test_a_folder_that_does_not_exist_is_reported(small: Path, house: Path) -> None:
    (problem,) = errors(small, house)
    assert problem.file == str(house)
    assert "does not exist" in problem.message


@pytest.mark.parametrize("blank", ["{question}", "{", "}", "{}", "{0}", "{query.text}"])
def test_a_wording_that_cannot_be_filled_in_is_reported(
    small: Path, house: Path, write: Write, blank: str
) -> None:
    path = write("interface/a.yaml", WORDING.replace("{query}", blank))
    problems = errors(small, house)
    assert {(problem.file, problem.id) for problem in problems} == {(str(path), "fact.nothing")}


def test_text_that_is_missing_in_french_is_a_warning(
    small: Path, house: Path, write: Write
) -> None:
    write("glossary/a.yaml", changed(TERM, ", fr: Un mot.", ""))
    found = [p for p in examine(small, house)[1] if p.file.startswith(str(house))]
    assert [(problem.severity, problem.id, problem.line) for problem in found] == [
        ("warning", "test-word", 2)
    ]
    assert load(small, house).glossary["test-word"].definition.fr is None


def test_all_mistakes_of_all_files_are_reported_at_once(
    small: Path, house: Path, write: Write
) -> None:
    write("glossary/a.yaml", changed(changed(TERM, "topic", "topik"), "A word.", '""'))
    write("glossary/b.yaml", "- id: [\n")
    write("tips/a.yaml", changed(changed(TIP, "build", "sometimes"), "A line of text.", "15"))
    write("nonsense/a.yaml", TIP)
    with pytest.raises(KnowledgeError) as caught:
        load(small, house)
    found = [(Path(p.file).relative_to(house).as_posix(), p.line) for p in caught.value.problems]
    assert found == [
        ("glossary/a.yaml", 2),  # topic is missing
        ("glossary/a.yaml", 3),  # topik is unknown
        ("glossary/a.yaml", 5),
        ("glossary/b.yaml", 2),
        ("nonsense/a.yaml", 1),
        ("tips/a.yaml", 3),
        ("tips/a.yaml", 6),
    ]
    assert str(caught.value).count("\n") == len(found) - 1


def test_mistakes_between_entries_are_reported_at_once(
    small: Path, house: Path, write: Write
) -> None:
    write("glossary/a.yaml", changed(TERM, "topic: bias", "topic: biass"))
    write("tips/a.yaml", changed(TIP, "A line of text.", "word " * 60 + "end."))
    write("trees/a.yaml", changed(TREE, "start: first", "start: second"))
    assert [problem.id for problem in errors(small, house)] == [
        "test-word",
        "tip-test",
        "test-tree",
    ]


def test_a_mistake_in_one_entry_hides_none_between_others(
    small: Path, house: Path, write: Write
) -> None:
    write("glossary/a.yaml", changed(TERM, "topic: bias", "topic: biass"))
    write("tips/a.yaml", changed(TIP, "build", "sometimes"))
    assert [problem.id for problem in errors(small, house)] == ["test-word", "tip-test"]


# --- an organization's own content on top


def define(knowledge: Knowledge, text: str) -> str:
    outcome = dispatch(Request("p", text, NOON), NOTHING, knowledge)
    return outcome.matches[0].id if outcome.result == "answer" else outcome.result


def test_a_new_entry_is_added_and_found(house: Path, write: Write) -> None:
    write("glossary/a.yaml", TERM)
    knowledge = load(SHIPPED, house)
    assert define(knowledge, "test word") == "test-word"
    assert define(knowledge, "mot d'essai") == "test-word"
    assert define(knowledge, "manel") == "manel"


def test_an_entry_with_a_known_id_replaces_the_one_that_ships(house: Path, write: Write) -> None:
    write("sources.yaml", changed(SOURCE, "test-2026", "goodwin-2018"))
    knowledge = load(SHIPPED, house)
    assert knowledge.sources["goodwin-2018"].citation == "Test (2026)"
    assert set(knowledge.sources) == set(load(SHIPPED).sources)


def test_a_replaced_name_no_longer_leads_anywhere(house: Path, write: Write) -> None:
    write("glossary/a.yaml", changed(TERM, "test-word", "manel"))
    knowledge = load(SHIPPED, house)
    assert define(knowledge, "test word") == "manel"
    assert define(knowledge, "all-male panel") != "manel"


def test_disabled_removes_an_entry(house: Path, write: Write, knowledge: Knowledge) -> None:
    assert "tip-pay-data" in knowledge.tips
    write("tips/a.yaml", "- {id: tip-pay-data, disabled: true}\n")
    assert "tip-pay-data" not in load(SHIPPED, house).tips


def test_a_term_that_others_point_to_can_be_removed(house: Path, write: Write) -> None:
    write("glossary/a.yaml", "- {id: manterrupting, disabled: true}\n")
    knowledge = load(SHIPPED, house)
    assert "manterrupting" not in knowledge.glossary
    buttons = dispatch(Request("p", "mansplaining", NOON), NOTHING, knowledge).reply.buttons
    assert not any("manterrupting" in button.command for button in buttons)


def test_what_is_not_there_cannot_be_removed(house: Path, write: Write) -> None:
    path = write("glossary/a.yaml", "- {id: manterupting, disabled: true}\n")
    (problem,) = errors(SHIPPED, house)
    assert (problem.file, problem.line, problem.id) == (str(path), 1, "manterupting")
    assert "check the id" in problem.message


@pytest.mark.parametrize(("kind", "entry"), sorted(NEEDED))
def test_an_entry_that_commands_need_cannot_be_removed(
    small: Path, house: Path, write: Write, kind: str, entry: str
) -> None:
    write(f"{kind}/a.yaml", f"- {{id: {entry}, disabled: true}}\n")
    needed = [problem for problem in errors(small, house) if problem.id == entry]
    assert "replace it rather than remove it" in needed[0].message


@pytest.mark.parametrize("entry", ["define.usage", "command.tip", "aliases.tip", "alarm.text"])
def test_a_text_that_the_bot_says_cannot_be_removed(
    small: Path, house: Path, write: Write, entry: str
) -> None:
    write("interface/a.yaml", f"- {{id: {entry}, disabled: true}}\n")
    assert [problem.id for problem in errors(small, house)] == [entry]


def test_the_words_of_an_alarm_can_be_added_to(house: Path, write: Write) -> None:
    write("alarms/a.yaml", "- {id: ours, phrases: {en: [code white now], fr: []}}\n")
    knowledge = load(SHIPPED, house)
    outcome = dispatch(Request("p", "we have a Code White now!", NOON), NOTHING, knowledge)
    assert outcome.reply.parts[0].text == knowledge.say("alarm.heading", "en")
    assert not outcome.reply.buttons


def test_contacts_of_the_organization_are_shown(house: Path, write: Write) -> None:
    write(
        "resources/a.yaml",
        changed(RESOURCE, "re-test", "re-support").replace(
            "  url: https://example.org\n",
            "  where: {en: Call Amina at 5555., fr: Appelez Amina au 5555.}\n",
        ),
    )
    knowledge = load(SHIPPED, house)
    for text, said in (("i want to die", "Call Amina"), ("je veux mourir", "Appelez Amina")):
        assert said in dispatch(Request("p", text, NOON), NOTHING, knowledge).reply.plain_text


# --- what ships


def test_what_ships_has_no_mistake() -> None:
    knowledge, problems = examine(SHIPPED)
    assert knowledge is not None
    assert [str(problem) for problem in problems if problem.severity == "error"] == []


@pytest.mark.parametrize(
    "path", sorted(SHIPPED.rglob("*.yaml")), ids=lambda path: path.relative_to(SHIPPED).as_posix()
)
def test_what_ships_can_be_read_without_the_c_library(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert yaml.load(text, yaml.BaseLoader) == yaml.load(text, yaml.CBaseLoader)


def test_every_kind_has_entries(knowledge: Knowledge) -> None:
    assert all(getattr(knowledge, kind) for kind in KINDS)


def test_every_command_has_its_words(knowledge: Knowledge) -> None:
    for command in COMMANDS:
        for what in ("command", "aliases", "usage", "help"):
            assert f"{what}.{command.id}" in knowledge.interface

"""`ally wording`: kinder words for people, for hooks and for other programs."""

import json
import os
import pty
import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import insert

from adapters.cli import main
from adapters.cli import wording as program
from adapters.content import SHIPPED
from adapters.store.engine import connect
from adapters.store.memory import apply
from adapters.store.migrating import migrate
from adapters.store.tables import nudging
from bot.knowledge import Knowledge
from bot.knowledge.load import load
from bot.memory import CountFalseAlarm
from tests.adapters.running import PROGRAM, ROOT, SECONDS, ally, environment

# Words that nobody says, so that no other rule has a say.
RULES = """\
- id: w-zorbles
  language: en
  kind: address
  mode: offer
  forms:
    - words: ["the? zorble [zorbles]", "[zorbles]"]
      instead: [everyone, folks]
  why: {en: Not all are zorbles., fr: Toutes les personnes n'en sont pas.}
  reviewed: "2026-11-22"
  examples: {found: ["hi ⟦zorbles⟧"], spared: ["hi everyone"]}
- id: w-zorbled-up
  language: en
  kind: idiom
  mode: offer
  forms:
    - words: ["[zorbled up]"]
      instead: [mended]
  why: {en: It says that zorbles break things., fr: Les zorbles seraient à blâmer.}
  reviewed: "2026-11-22"
  examples: {found: ["it is ⟦zorbled up⟧"], spared: ["it is up"]}
"""
Found = dict[str, Any]
Wording = Callable[..., Result]
Git = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an organization with rules of its own."""
    folder = tmp_path_factory.mktemp("house")
    (folder / "wording").mkdir()
    (folder / "wording" / "own.yaml").write_text(RULES, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def with_house(house: Path) -> Knowledge:
    return load(SHIPPED, house)


@pytest.fixture
def wording(with_house: Knowledge, monkeypatch: pytest.MonkeyPatch) -> Wording:
    """Runs `ally wording` with these arguments and that standard input; its rules are loaded."""
    monkeypatch.setattr(program, "load_knowledge", lambda broken: with_house)

    def run(*arguments: str, said: str | bytes = b"", **changed: str) -> Result:
        return CliRunner().invoke(main, ["wording", *arguments], said, changed)

    return run


# --- for people


def test_a_person_sees_where_what_instead_and_why(wording: Wording) -> None:
    done = wording("The list is ready, zorbles")
    assert done.stdout.splitlines() == [
        "1:20: “zorbles”: everyone, folks (w-zorbles)",
        "    Not all are zorbles.",
    ]
    assert (done.exit_code, done.stderr) == (1, "")


def test_a_text_may_come_in_one_word_or_in_many_or_from_a_pipe(wording: Wording) -> None:
    said = [
        wording("The list is", "ready,", "zorbles"),
        wording(said="The list is ready, zorbles"),
        wording(said=b"\xef\xbb\xbfThe list is ready, zorbles\r\n"),
    ]
    assert len({done.stdout for done in said}) == 1
    assert [done.exit_code for done in said] == [1, 1, 1]


def test_lines_and_columns_are_those_of_an_editor(wording: Wording) -> None:
    text = (
        "Zorbles, the list is ready.\r\n\nIt is é🦊e\u0301 for the zorbles.\n\tZORBLES\nzorbled up"
    )
    found = wording(said=text).stdout
    places = re.findall(r"^(\d+):(\d+): “(.+)”", found, re.MULTILINE)
    assert places == [
        ("1", "1", "Zorbles"),
        ("3", "20", "zorbles"),
        ("4", "2", "ZORBLES"),
        ("5", "1", "zorbled up"),
    ]
    assert "“ZORBLES”: EVERYONE, FOLKS" in found


def test_why_is_said_once_of_each_rule(wording: Wording) -> None:
    lines = wording("zorbles, it is zorbled up, zorbles").stdout.splitlines()
    assert [line.partition(":")[0].strip() for line in lines] == [
        "1",
        "Not all are zorbles.",
        "1",
        "It says that zorbles break things.",
        "1",
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The list is ready, everyone.", id="nothing to change"),
        pytest.param("", id="an empty file"),
        pytest.param("The list says `zorbles` here.", id="code"),
        pytest.param(
            f"Hi zorbles.{' The list is ready.' * 20} I want to die.",
            id="somebody may be in danger",
        ),
    ],
)
def test_where_there_is_nothing_to_say_nothing_is_said(wording: Wording, text: str) -> None:
    done = wording(said=text)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")


def test_what_is_shown_is_in_one_language(wording: Wording) -> None:
    lines = wording("--lang", "fr", "zorbles").stdout.splitlines()
    assert lines == []  # in French these words mean nothing
    french = wording("--lang", "fr", "The list is ready for the zorbles").stdout
    assert french.splitlines() == [
        "1:27: «\u00a0zorbles\u00a0»\u00a0: everyone, folks (w-zorbles)",
        "    Toutes les personnes n'en sont pas.",
    ]


def test_nothing_in_a_text_steers_the_terminal(wording: Wording) -> None:
    for between in ("\x1b", "\x9b", "\r", "\x08\x08", "\t"):
        done = wording(said=f"The list is zorbled{between}up")
        shown = done.stdout_bytes.decode()
        assert done.exit_code == 1, ascii(between)
        assert shown.count("\n") == 2, ascii(between)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", shown), ascii(between)


@pytest.mark.parametrize(
    "said", [b"The list is ready, \xff zorbles\n", b"zorbles\0zorbles", "zorbles \u2028".encode()]
)
def test_any_bytes_are_survived(wording: Wording, said: bytes) -> None:
    for done in (wording(said=said), wording("--json", said=said)):
        assert (done.exit_code, done.stderr) == (1, "")


def test_half_of_a_character_among_the_arguments_is_survived(house: Path) -> None:
    for options in ((), ("--json",)):
        done = ally("wording", b"it is zorbled \xffup", *options, ALLY_KNOWLEDGE=str(house))
        assert (done.returncode, done.stderr) == (1, b"")
        assert "zorbled ?up" in done.stdout.decode()


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["--jsonl", "zorbles"], id="a text and lines"),
        pytest.param(["--jsonl", "--json"], id="two kinds of data"),
        pytest.param(["--false-alarms", "zorbles"], id="a text and a count"),
        pytest.param(["--false-alarms", "--jsonl"], id="lines and a count"),
        pytest.param(["--lang", "de", "zorbles"], id="another language"),
    ],
)
def test_wrong_usage_is_said(wording: Wording, arguments: list[str]) -> None:
    done = wording(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Error:" in done.stderr


def test_without_a_text_a_terminal_is_told_how_and_does_not_hang(house: Path) -> None:
    ours, theirs = pty.openpty()
    for stdin in (theirs, None):
        command = [*PROGRAM, "wording"]
        if stdin is None:  # no standard input at all
            command = ["sh", "-c", f"{shlex.join(command)} <&-"]
        done = subprocess.run(
            command,
            stdin=stdin,
            capture_output=True,
            timeout=SECONDS,
            cwd=ROOT,
            env=environment(ALLY_KNOWLEDGE=str(house)),
            check=False,
        )
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"ally wording < FILE" in done.stderr
    os.close(ours)
    os.close(theirs)


# --- for programs


def lines(wording: Wording, *asked: Any) -> list[Found]:
    said = "".join(one if isinstance(one, str) else json.dumps(one) + "\n" for one in asked)
    done = wording("--jsonl", said=said)
    assert (done.exit_code, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_line_comes_back_with_what_was_found_in_code_points(wording: Wording) -> None:
    text = "🦊 e\u0301 The list is ready, Zorbles: it is zorbled up."
    (answer,) = lines(wording, {"id": 7, "lang": "en", "text": text})
    assert answer == {
        "id": 7,
        "findings": [
            {
                "start": 24,
                "end": 31,
                "text": "Zorbles",
                "rule": "w-zorbles",
                "alternatives": ["Everyone", "Folks"],
                "why": "Not all are zorbles.",
            },
            {
                "start": 39,
                "end": 49,
                "text": "zorbled up",
                "rule": "w-zorbled-up",
                "alternatives": ["mended"],
                "why": "It says that zorbles break things.",
            },
        ],
    }
    for one in answer["findings"]:
        assert text[one["start"] : one["end"]] == one["text"]


def test_a_bad_line_does_not_stop_the_rest(wording: Wording) -> None:
    answers = lines(
        wording,
        "not json\n",
        {"id": 1, "text": 5},
        {"id": 2, "lang": "de", "text": "zorbles"},
        {"id": 3, "text": "zorbles \ud83d"},
        {"id": 4, "text": ""},
        {"id": 5, "text": "zorbles"},
    )
    assert ["error" in answer for answer in answers] == [True, True, True, False, False, False]
    assert [len(answer["findings"]) for answer in answers[3:]] == [1, 0, 1]


def test_the_language_of_the_command_holds_where_a_line_has_none(wording: Wording) -> None:
    texts = [{"text": "zorbles"}, {"text": "zorbles", "lang": "en"}, {"text": "zorbles"}]
    said = "".join(json.dumps(one) + "\n" for one in texts)
    done = wording("--jsonl", "--lang", "fr", said=said)
    found = [len(json.loads(line)["findings"]) for line in done.stdout.splitlines()]
    assert found == [0, 1, 0]


def test_one_text_is_answered_as_data(wording: Wording) -> None:
    done = wording("--json", "Hi zorbles")
    (answer,) = lines(wording, {"id": 1, "text": "Hi zorbles"})
    assert done.exit_code == 1
    assert json.loads(done.stdout) == {"findings": answer["findings"]}
    clean = wording("--json", said="Hi everyone")
    assert (clean.exit_code, json.loads(clean.stdout)) == (0, {"findings": []})


# --- what was called a false alarm


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/ally.db"


def test_false_alarms_are_counted_the_most_often_first(wording: Wording, database: str) -> None:
    engine = connect(database)
    migrate(engine)
    assert wording("--false-alarms", DATABASE_URL=database).stdout == (
        "No rule was called a false alarm.\n"
    )
    with engine.begin() as connection:
        chosen = {"person": "made:w/anna", "workspace": "made:w", "on": True, "muted": ""}
        connection.execute(insert(nudging).values(chosen))
        rules = ("w-a", "w-b", "w-b", "w-gone")
        apply(connection, [CountFalseAlarm(rule) for rule in rules])
    engine.dispose()
    done = wording("--false-alarms", DATABASE_URL=database)
    assert (done.exit_code, done.stdout) == (0, "2 w-b\n1 w-a\n1 w-gone\n")


def test_a_database_that_cannot_be_read_is_said(wording: Wording, database: str) -> None:
    for url, why in ((database, "ally migrate"), ("mysql://x/y", "mysql")):
        done = wording("--false-alarms", DATABASE_URL=url)
        assert (done.exit_code, done.stdout) == (2, "")
        assert why in done.stderr


# --- in a repository

HOOKS = re.findall(
    r"```sh\n(#!/bin/sh\n.*?)```", (ROOT / "docs" / "wording.md").read_text("utf-8"), re.DOTALL
)


@pytest.fixture
def repository(tmp_path: Path, house: Path) -> Git:
    """Runs git in a repository of its own, where `ally` is on the path."""
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "ally").write_text(f'#!/bin/sh\nexec {shlex.join(PROGRAM)} "$@"\n')
    (programs / "ally").chmod(0o755)
    folder = tmp_path / "repository"
    folder.mkdir()
    own = {"HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1", "ALLY_KNOWLEDGE": str(house)}
    own |= {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}

    def git(*arguments: str) -> "subprocess.CompletedProcess[str]":
        who = ("-c", "user.name=Anna", "-c", "user.email=anna@example.org")
        return subprocess.run(
            ["git", *who, *arguments],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            cwd=folder,
            env=environment(**own),
            check=False,
        )

    assert git("init", "--quiet").returncode == 0
    return git


def hooked(tmp_path: Path, name: str, script: str) -> Path:
    hook = tmp_path / "repository" / ".git" / "hooks" / name
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(script, encoding="utf-8")
    hook.chmod(0o755)
    return tmp_path / "repository"


def test_the_hook_for_messages_stops_a_commit(repository: Git, tmp_path: Path) -> None:
    (script,) = [hook for hook in HOOKS if '"$1" | ally' in hook]
    hooked(tmp_path, "commit-msg", script)
    empty = ("commit", "--quiet", "--allow-empty", "-m")
    stopped = repository(*empty, "The zorbles fixed it")
    assert stopped.returncode == 1
    assert "1:5: “zorbles”" in stopped.stdout + stopped.stderr
    (tmp_path / "note").write_text("The team fixed it\n# the zorbles changed\n", encoding="utf-8")
    assert repository(*empty[:-1], "-F", str(tmp_path / "note"), "--cleanup=strip").returncode == 0
    assert repository(*empty, "The team fixed it").returncode == 0
    assert repository(*empty, "The zorbles again", "--no-verify").returncode == 0


def test_the_hook_for_files_looks_at_all_that_is_staged(repository: Git, tmp_path: Path) -> None:
    (script,) = [hook for hook in HOOKS if "git show" in hook]
    folder = hooked(tmp_path, "pre-commit", script)
    for name in ("a guide.md", "b.md", "c.md"):
        (folder / name).write_text("The zorbles read this.\n")
    (folder / "b.md").write_text("Everyone reads this.\n")
    repository("add", ".")
    stopped = repository("commit", "--quiet", "-m", "Guides")
    said = stopped.stdout + stopped.stderr
    assert stopped.returncode == 1
    assert [name for name in ("a guide.md", "b.md", "c.md") if name in said] == [
        "a guide.md",
        "c.md",
    ]
    for name in ("a guide.md", "c.md"):
        (folder / name).write_text("Everyone reads this.\n")
    repository("add", ".")
    assert repository("commit", "--quiet", "-m", "Guides").returncode == 0

"""The `ally` program: what it prints, and the exit status: 0 done, 1 found wrong, 2 wrong usage."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result

from adapters.cli import main
from adapters.content import SHIPPED
from bot.knowledge import Knowledge
from bot.knowledge.library import KINDS
from tests.adapters.running import ally

TERM = """\
- id: test-word
  topic: bias
  name: {en: Test word, fr: Mot d'essai}
  definition: {en: A word., fr: Un mot.}
  why: {en: It is tested., fr: On l'essaie.}
  reviewed: "2026-03-08"
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs `ally` with these arguments, in an empty folder and without settings."""
    monkeypatch.chdir(tmp_path)
    for name in ("ALLY_KNOWLEDGE", "ALLY_PUBLIC_URL", "TEAMS_APP_ID", "TEAMS_TARGETED"):
        monkeypatch.delenv(name, raising=False)

    def ally(*arguments: str, **changed: str) -> Result:
        return CliRunner().invoke(main, arguments, env=changed, prog_name="ally")

    return ally


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The folder of an organization's own content, with one new word."""
    folder = tmp_path / "house"
    (folder / "glossary").mkdir(parents=True)
    (folder / "glossary" / "a.yaml").write_text(TERM, encoding="utf-8")
    return folder


# --- asking


def test_a_question_is_answered_in_words(run: Any, knowledge: Knowledge) -> None:
    done = run("ask", "what", "does", "manle", "mean?")
    assert done.exit_code == 0
    assert knowledge.glossary["manel"].definition.en in done.stdout
    assert run("ask", "what does manle mean?").stdout == done.stdout


def test_a_question_is_answered_as_data(run: Any) -> None:
    done = run("ask", "--json", "manel")
    said = json.loads(done.stdout)
    assert (said["outcome"], said["entries"][0]["kind"]) == ("answer", "term")
    assert said["entries"][0]["id"] == "manel"
    assert said["text"] + "\n" == run("ask", "manel").stdout


def test_a_language_may_be_chosen(run: Any, knowledge: Knowledge) -> None:
    french = run("ask", "--lang", "fr", "define manel").stdout
    assert knowledge.say("label.why", "fr") in french
    assert french != run("ask", "define manel").stdout


def test_say_answers_what_happened(run: Any) -> None:
    said = json.loads(run("say", "--json", "she was asked to take the notes again").stdout)
    assert [said["entries"][0]["kind"], said["entries"][0]["id"]] == ["scenario", "sc-minutes"]
    assert run("say", "sc-minutes").stdout == run("ask", "say sc-minutes").stdout


def test_what_was_not_found_is_an_answer_too(run: Any) -> None:
    for arguments in (["ask", "zzqx"], ["say", "zzqx"], ["ask", "--json", "zzqx"]):
        assert run(*arguments).exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask"],
        ["say"],
        ["ask", "--json"],
        ["ask", "--jsonl", "manel"],
        ["ask", "--lang", "de", "manel"],
        ["ask", "--nonsense", "manel"],
        ["nonsense"],
        ["knowledge", "nonsense"],
        ["knowledge", "show"],
        ["knowledge", "schema", "nonsense"],
        ["knowledge", "stale", "--months", "many"],
        ["slack", "manifest"],
        ["slack", "manifest", "--url", "http://example.org"],
        ["serve"],
        ["work"],
        ["deliver"],
        ["deliver", "--now", "yesterday"],
        ["deliver", "--now", "2026-03-09T12:00:00"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_says_why(arguments: list[str], run: Any) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert done.stderr.strip()
    assert done.stdout == ""


def test_every_command_has_its_help(run: Any) -> None:
    for arguments in (
        (),
        ("ask",),
        ("say",),
        ("chat",),
        ("serve",),
        ("work",),
        ("deliver",),
        ("migrate",),
        ("knowledge",),
        ("slack",),
        ("teams",),
    ):
        done = run(*arguments, "--help")
        assert done.exit_code == 0
        assert "Usage: ally" in done.stdout
    assert run("--version").exit_code == 0


@pytest.mark.parametrize("command", ["serve", "work", "deliver"])
def test_with_nothing_connected_it_says_how_to_begin(command: str, run: Any) -> None:
    done = run(command)
    assert done.exit_code == 2
    assert "ally chat" in done.stderr
    assert "SLACK_SIGNING_SECRET" in done.stderr


# --- the editors' tools


def test_what_ships_passes_the_check(run: Any) -> None:
    done = run("knowledge", "check")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1].startswith("0 errors, ")


def test_the_folder_of_an_organization_is_checked_on_top(run: Any, house: Path) -> None:
    assert run("knowledge", "check", str(house)).exit_code == 0
    assert run("knowledge", "check", ALLY_KNOWLEDGE=str(house)).exit_code == 0
    (house / "glossary" / "a.yaml").write_text(TERM.replace("bias", "biass"), encoding="utf-8")
    for done in (
        run("knowledge", "check", str(house)),
        run("knowledge", "check", ALLY_KNOWLEDGE=str(house)),
    ):
        assert done.exit_code == 1
        assert done.stdout.startswith(f"{house}/glossary/a.yaml:2: test-word: biass is not a topic")
        assert done.stdout.splitlines()[-1].startswith("1 errors, ")


def test_an_organization_may_have_wordings_of_its_own(run: Any, house: Path) -> None:
    (house / "interface").mkdir()
    (house / "interface" / "a.yaml").write_text(
        "- {id: close.button, en: Put it away, fr: Ranger}\n", encoding="utf-8"
    )
    done = run("knowledge", "check", str(house))
    assert done.exit_code == 0, done.stdout
    assert run("ask", "test word", ALLY_KNOWLEDGE=str(house)).exit_code == 0


def test_a_whole_knowledge_base_is_checked_by_itself(run: Any) -> None:
    assert run("knowledge", "check", str(SHIPPED)).exit_code == 0


def test_warnings_count_where_one_asks_for_it(run: Any, house: Path) -> None:
    half = TERM.replace(", fr: Un mot.", "")
    (house / "glossary" / "a.yaml").write_text(half, encoding="utf-8")
    done = run("knowledge", "check", str(house))
    assert done.exit_code == 0
    assert f"{house}/glossary/a.yaml:1: test-word: not whole in French yet" in done.stdout
    assert "(warning)" in done.stdout
    assert run("knowledge", "check", "--strict", str(house)).exit_code == 1


def test_a_folder_that_is_not_there_is_said(run: Any) -> None:
    done = run("knowledge", "check", "nowhere")
    assert done.exit_code == 1
    assert "does not exist" in done.stdout


def test_content_that_cannot_be_used_stops_every_command(run: Any, house: Path) -> None:
    (house / "glossary" / "b.yaml").write_text("- id: [\n", encoding="utf-8")
    for arguments in (["ask", "manel"], ["knowledge", "stats"], ["knowledge", "show", "manel"]):
        done = run(*arguments, ALLY_KNOWLEDGE=str(house))
        assert (done.exit_code, done.stdout) == (1, "")
        assert f"{house}/glossary/b.yaml:2:" in done.stderr


def test_content_that_cannot_be_used_is_no_finding(run: Any, house: Path) -> None:
    (house / "glossary" / "b.yaml").write_text("- id: [\n", encoding="utf-8")
    done = run("wording", "good morning", ALLY_KNOWLEDGE=str(house))
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"{house}/glossary/b.yaml:2:" in done.stderr


def test_a_folder_of_content_that_is_not_there_is_a_wrong_setting(run: Any) -> None:
    for arguments in (["ask", "manel"], ["wording", "hey guys"], ["knowledge", "check"]):
        done = run(*arguments, ALLY_KNOWLEDGE="nowhere")
        assert (done.exit_code, done.stdout) == (2, "")
        assert "ALLY_KNOWLEDGE: nowhere is not a folder" in done.stderr


@pytest.mark.parametrize(
    "entry",
    [
        "test-word",
        "manel",
        "tip-pay-data",
        "sc-minutes",
        "five-ds",
        "st-cv-study",
        "re-toolkit",
        "goodwin",
        "goodwin-2018",
        "define.usage",
    ],
)
def test_an_entry_is_shown_as_people_see_it(entry: str, run: Any, house: Path) -> None:
    done = run("knowledge", "show", entry, ALLY_KNOWLEDGE=str(house))
    assert done.exit_code == 0
    assert len(done.stdout) > 20


def test_an_entry_of_two_kinds_is_shown_as_both(run: Any, knowledge: Knowledge) -> None:
    done = run("knowledge", "show", "manel", "--lang", "fr")
    checklist = knowledge.checklists["manel"]
    assert (checklist.intro.fr or checklist.intro.en) in done.stdout
    term = knowledge.glossary["manel"]
    assert (term.definition.fr or term.definition.en) in done.stdout


def test_an_entry_that_is_not_there_is_said(run: Any) -> None:
    done = run("knowledge", "show", "no-such-entry")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "no-such-entry" in done.stderr


def test_stats_count_every_kind(run: Any, house: Path, knowledge: Knowledge) -> None:
    done = run("knowledge", "stats", ALLY_KNOWLEDGE=str(house))
    assert done.exit_code == 0
    counts = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines()[1:]}
    assert set(counts) == set(KINDS)
    for kind, (entries, french) in counts.items():
        assert int(entries) == len(getattr(knowledge, kind)) + (kind == "glossary")
        assert 0 <= int(french) <= int(entries)


def test_what_was_not_reviewed_for_long_is_listed(
    run: Any, house: Path, knowledge: Knowledge
) -> None:
    old = TERM.replace("2026-03-08", "2019-03-08")
    (house / "glossary" / "a.yaml").write_text(old, encoding="utf-8")
    done = run("knowledge", "stale", "--months", "60", ALLY_KNOWLEDGE=str(house))
    assert done.exit_code == 1
    assert done.stdout.splitlines() == ["2019-03-08  glossary  test-word"]
    fresh = run("knowledge", "stale", "--months", "600", ALLY_KNOWLEDGE=str(house))
    assert fresh.exit_code == 0


@pytest.fixture(scope="module")
def schemas() -> dict[str, Any]:
    done = CliRunner().invoke(main, ["knowledge", "schema"])
    assert done.exit_code == 0
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_there_is_a_schema_of_every_kind(schemas: dict[str, Any], run: Any) -> None:
    assert set(schemas) == set(KINDS)
    for kind, schema in schemas.items():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert json.loads(run("knowledge", "schema", kind).stdout) == schema


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_takes_what_ships_and_no_unknown_key(kind: str, schemas: dict[str, Any]) -> None:
    judge = jsonschema.Draft202012Validator(schemas[kind])
    paths = [path for path in SHIPPED.rglob("*.yaml") if path.relative_to(SHIPPED).parts[0] in
             (kind, f"{kind}.yaml")]  # fmt: skip
    assert paths
    for path in paths:
        entries = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        assert list(judge.iter_errors(entries)) == []
        for wrong in (
            [{**entries[0], "colour": "red"}],
            [{key: value for key, value in entries[0].items() if key != "id"}],
            [{**entries[0], "id": 5}],
            {"entries": entries},
        ):
            assert not judge.is_valid(wrong)


# --- as a process of its own


def test_the_exit_status_reaches_the_shell(house: Path) -> None:
    assert ally("knowledge", "check", str(house)).returncode == 0
    assert ally("knowledge", "stats").returncode == 0
    assert ally("ask", "manel").returncode == 0
    assert ally("ask").returncode == 2
    (house / "glossary" / "a.yaml").write_text(TERM.replace("bias", "biass"), encoding="utf-8")
    done = ally("knowledge", "check", str(house))
    assert done.returncode == 1
    assert f"{house}/glossary/a.yaml:2: test-word:".encode() in done.stdout


@pytest.mark.parametrize("options", [(), ("--json",)], ids=["in words", "as data"])
def test_what_is_not_utf_8_is_answered_as_well(options: tuple[str, ...]) -> None:
    done = ally("ask", *options, b"zzqx caf\xe9")
    assert b"Traceback" not in done.stderr
    assert done.returncode == 0
    assert "zzqx" in done.stdout.decode("utf-8")


def test_accents_come_through() -> None:
    done = ally("ask", "--lang", "fr", "zzqx é œ 👋")
    assert done.returncode == 0
    assert "zzqx é œ 👋" in done.stdout.decode("utf-8")

"""The package for Teams: whole, honest in both languages, ours alone, and the same every time."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
import time_machine
from click.testing import CliRunner, Result

from adapters.cli import main
from adapters.teams.dialogs import CHECK
from adapters.teams.manifest import MOST_COMMANDS, for_all, listed
from adapters.teams.package import teams_version
from bot.commands.table import COMMANDS
from bot.dispatch import dispatch
from bot.knowledge import Knowledge
from bot.memory import Memory
from bot.messages import Language, Outcome, Place, Request
from tests.adapters.teams.png import pixels
from tests.conftest import NOON

URL = "https://ally.example.org"
BOT = "0a0a0a0a-1111-4222-8333-444444444444"
OUT = "ally-nudge-teams.zip"

# How long a text may be, by where it stands in the manifest.
# https://learn.microsoft.com/microsoftteams/platform/resources/schema/localization-schema
LONGEST = {
    r"name\.short": 30,
    r"name\.full": 100,
    r"description\.short": 80,
    r"description\.full": 4000,
    r"staticTabs\[\d+\]\.name": 128,
    r"bots\[0\]\.commandLists\[\d+\]\.commands\[\d+\]\.title": 128,
    r"bots\[0\]\.commandLists\[\d+\]\.commands\[\d+\]\.description": 4000,
    r"composeExtensions\[0\]\.commands\[\d+\]\.title": 32,
    r"composeExtensions\[0\]\.commands\[\d+\]\.description": 128,
    r"composeExtensions\[0\]\.commands\[\d+\]\.parameters\[\d+\]\.title": 32,
    r"composeExtensions\[0\]\.commands\[\d+\]\.parameters\[\d+\]\.description": 128,
}

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `ally teams package` with these arguments, in an empty folder and without settings."""
    monkeypatch.chdir(tmp_path)
    for name in ("ALLY_KNOWLEDGE", "ALLY_PUBLIC_URL", "TEAMS_APP_ID", "TEAMS_TARGETED"):
        monkeypatch.delenv(name, raising=False)

    def ally(*arguments: str, **changed: str) -> Result:
        return CliRunner().invoke(main, ["teams", "package", *arguments], env=changed)

    return ally


@pytest.fixture
def packed(run: Run) -> ZipFile:
    """The package of a server and a bot."""
    return unpacked(run("--url", URL, "--app-id", BOT))


@pytest.fixture
def manifest(packed: ZipFile) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(packed.read("manifest.json"))
    return made


@pytest.fixture
def texts(packed: ZipFile, manifest: dict[str, Any]) -> dict[Language, dict[str, str]]:
    """What people read of the package, by language and by where it stands in the manifest."""
    english = {
        place: text
        for place, text in strings(manifest)
        if any(re.fullmatch(pattern, place) for pattern in LONGEST)
    }
    french = json.loads(packed.read("fr.json"))
    del french["$schema"]
    return {"en": english, "fr": french}


def unpacked(done: Result, path: str = OUT) -> ZipFile:
    assert done.exit_code == 0, done.output
    return ZipFile(BytesIO(Path(path).read_bytes()))


def strings(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every string of a manifest with its place, such as `bots[0].botId`."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from strings(inner, f"{place}[{number}]")
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from strings(inner, f"{place}.{name}".removeprefix("."))


# --- the zip


def test_the_zip_holds_what_the_manifest_names_and_nothing_else(packed: ZipFile, manifest: Any):
    languages = [other["file"] for other in manifest["localizationInfo"]["additionalLanguages"]]
    assert languages == ["fr.json"]
    assert sorted(manifest["icons"].values()) == ["color.png", "outline.png"]
    named = ["manifest.json", *languages, *manifest["icons"].values()]
    assert sorted(packed.namelist()) == sorted(named)
    assert packed.testzip() is None


def test_the_same_input_gives_the_same_bytes(run: Run):
    made = []
    for day in ("2026-03-08", "2031-11-30"):
        with time_machine.travel(day):
            assert run("--url", URL, "--app-id", BOT).exit_code == 0
        made.append(Path(OUT).read_bytes())
    assert made[0] == made[1]


def test_a_package_that_is_there_is_replaced(run: Run):
    Path(OUT).write_bytes(b"x" * 100_000)
    assert unpacked(run("--url", URL, "--app-id", BOT)).testzip() is None
    assert Path(OUT).stat().st_size < 100_000


# --- the icons


def test_the_colour_icon_has_its_symbol_in_the_middle_of_a_full_square(
    packed: ZipFile, manifest: Any
):
    rows = pixels(packed.read("color.png"))
    assert {len(rows), *map(len, rows)} == {192}
    middle = range(48, 144)
    around = {
        colour
        for y, row in enumerate(rows)
        for x, colour in enumerate(row)
        if not (x in middle and y in middle)
    }
    assert around == {tuple(bytes.fromhex(manifest["accentColor"][1:]))}
    assert len({colour for y in middle for colour in rows[y][48:144]}) > 2


def test_the_outline_is_white_on_nothing(packed: ZipFile):
    rows = pixels(packed.read("outline.png"))
    assert {len(rows), *map(len, rows)} == {32}
    assert {colour[:3] for row in rows for colour in row} == {(255, 255, 255)}
    alphas = [alpha for row in rows for *_, alpha in row]
    assert alphas.count(0) > 300
    assert alphas.count(255) > 100


# --- the texts


def test_every_text_is_translated_and_none_is_too_long(texts: dict[Language, dict[str, str]]):
    assert list(texts["fr"]) == list(texts["en"])
    assert len(texts["en"]) > 30
    for spoken in texts.values():
        for place, text in spoken.items():
            (limit,) = (most for known, most in LONGEST.items() if re.fullmatch(known, place))
            assert 0 < len(text) <= limit, place
    same = {place for place, text in texts["en"].items() if texts["fr"][place] == text}
    assert same == {"name.short"}


def test_no_text_names_a_platform(packed: ZipFile, texts: dict[Language, dict[str, str]]):
    for name in packed.namelist():
        assert b"slack" not in packed.read(name).lower()
    for spoken in texts.values():
        for text in spoken.values():
            assert not re.search(r"\b(teams|microsoft|office|discord|zoom)\b", text, re.I)


def test_the_names_and_descriptions_are_what_a_store_takes(
    texts: dict[Language, dict[str, str]], knowledge: Knowledge
):
    for language, spoken in texts.items():
        assert spoken["name.short"] == knowledge.say("help.heading", language)
        assert spoken["name.short"] in knowledge.say("welcome.heading", language)
        short = spoken["description.short"]
        assert re.findall(r"[.!?]", short) == ["."]
        assert short.endswith(".")
        assert not re.search(r"\bapp", short, re.I)
        assert len(spoken["description.full"].split()) <= 500


# --- the commands


def titles(texts: dict[str, str], commands: int) -> list[str]:
    pattern = rf"bots\[0\]\.commandLists\[{commands}\]\.commands\[\d+\]\.title"
    return [text for place, text in texts.items() if re.fullmatch(pattern, place)]


@pytest.mark.parametrize("commands", [0, 1], ids=["in a personal chat", "in a channel"])
def test_commands_are_listed_by_the_word_that_is_typed(
    commands: int, texts: dict[Language, dict[str, str]], knowledge: Knowledge
):
    for language, spoken in texts.items():
        listing = titles(spoken, commands)
        assert 0 < len(listing) <= 12
        assert listing[0] == knowledge.say("command.help", language)
        assert len({title.casefold() for title in listing}) == len(listing)
        assert not any(title.startswith("/") for title in listing)


SCOPES = {
    "personal": (0, Place("T")),
    "team": (1, Place("T", "C", "thread", public=True)),
    "groupChat": (1, Place("T", "C", public=True)),
}


def answered(text: str, place: Place, language: Language, knowledge: Knowledge) -> Outcome:
    return dispatch(Request("teams:T/U", text, NOON, place), Memory(language), knowledge)


@pytest.mark.parametrize("scope", SCOPES)
def test_every_listed_command_is_answered_where_it_is_listed(
    scope: str, manifest: Any, texts: dict[Language, dict[str, str]], knowledge: Knowledge
):
    commands, place = SCOPES[scope]
    assert scope in manifest["bots"][0]["commandLists"][commands]["scopes"]
    english, french = titles(texts["en"], commands), titles(texts["fr"], commands)
    for language in ("en", "fr"):
        outcomes = [answered(title, place, language, knowledge) for title in english]
        assert [answered(title, place, language, knowledge) for title in french] == outcomes
        assert not {"choices", "nothing"} & {outcome.result for outcome in outcomes}
        replies = [outcome.reply.plain_text for outcome in outcomes]
        assert all(replies)
        assert len(set(replies)) == len(replies)
        apart = [title for title, outcome in zip(english, outcomes, strict=True) if outcome.aside]
        assert apart == ([] if scope == "personal" else ["check", "before", "say"])


def test_what_is_private_is_not_offered_where_others_read_along(
    texts: dict[Language, dict[str, str]], knowledge: Knowledge
):
    private = replace(COMMANDS[0], id="reminders", public=False)
    assert for_all([*COMMANDS, private]) == for_all(COMMANDS)
    for commands, offered in enumerate((COMMANDS, for_all(COMMANDS))):
        words = [knowledge.say(f"command.{command.id}", "en") for command in listed(offered)]
        assert titles(texts["en"], commands) == words


def test_a_list_that_is_full_keeps_the_first_commands_of_every_group():
    def table(*rows: str) -> Sequence[Any]:
        named = (row.split("-") for row in rows)
        return [replace(COMMANDS[0], id=row[-1], group=row[0]) for row in named]

    many = table(
        *(f"words-w{number}" for number in range(5)),
        *(f"moment-m{number}" for number in range(5)),
        "-close",
        *(f"time-t{number}" for number in range(5)),
        *(f"about-a{number}" for number in range(3)),
        "about-help",
    )
    kept = [command.id for command in listed(many)]
    assert kept == "help w0 w1 w2 m0 m1 m2 t0 t1 t2 a0 a1".split()
    assert len(kept) == MOST_COMMANDS
    few = table("words-w0", "-close", "about-help")
    assert [command.id for command in listed(few)] == ["help", "w0"]


def test_a_term_is_looked_up_beside_the_message_box(manifest: Any):
    (extension,) = manifest["composeExtensions"]
    command, _ = extension["commands"]
    assert (command["id"], command["type"], command["initialRun"]) == ("lookUp", "query", True)
    assert [parameter["name"] for parameter in command["parameters"]] == ["term"]
    assert command["context"] == ["compose", "commandBox"]


def test_the_wording_of_a_message_is_checked_from_its_menu(
    manifest: Any, texts: dict[Language, dict[str, str]]
):
    (extension,) = manifest["composeExtensions"]
    _, command = extension["commands"]
    assert (command["id"], command["type"], command["fetchTask"]) == (CHECK, "action", True)
    assert command["context"] == ["message"]
    place = "composeExtensions[0].commands[1].title"
    assert [texts[language][place] for language in ("en", "fr")] == [
        "Check wording",
        "Vérifier la formulation",
    ]


# --- what it is for, and what it may do


def test_every_address_is_the_servers_own(manifest: Any):
    addresses = {text for place, text in strings(manifest) if "://" in text and place != "$schema"}
    assert addresses == {f"{URL}/", f"{URL}/privacy", f"{URL}/support#terms"}
    assert manifest["validDomains"] == ["ally.example.org"]


def test_it_asks_for_no_permission(manifest: Any):
    asking = {"authorization", "webApplicationInfo", "permissions", "devicePermissions"}
    assert not asking & set(manifest)
    (bot,) = manifest["bots"]
    assert bot["scopes"] == ["personal", "team", "groupChat"]
    assert bot["supportsFiles"] is False
    assert bot["isNotificationOnly"] is False


READS = {
    "en": ("It reads nothing but what is sent to it.", "It receives the new messages"),
    "fr": ("ne lit que ce qu'on lui envoie.", "reçoit les nouveaux messages"),
}


def test_where_nudges_are_wanted_each_team_is_asked_to_let_it_read_along(run: Run, manifest: Any):
    """Nothing else is asked for, and what it reads is said before anybody adds it."""
    packed = unpacked(run("--url", URL, "--app-id", BOT, "--nudges"))
    made = json.loads(packed.read("manifest.json"))
    permission = {"name": "ChannelMessage.Read.Group", "type": "Application"}
    assert made.pop("authorization") == {"permissions": {"resourceSpecific": [permission]}}
    assert made.pop("webApplicationInfo") == {"id": BOT, "resource": f"{URL}/"}
    french = json.loads(packed.read("fr.json"))
    told = {"en": made["description"].pop("full"), "fr": french["description.full"]}
    for language, (only, along) in READS.items():
        assert only not in told[language]
        assert along in told[language]
        assert 0 < len(told[language]) <= 4000
        assert len(told[language].split()) <= 500
        assert "{" not in told[language]
    assert READS["en"][0] in manifest["description"].pop("full")
    assert made == manifest


def test_nudges_are_off_unless_they_are_asked_for(run: Run, packed: ZipFile):
    arguments = ("--url", URL, "--app-id", BOT)
    for more, changed in ((["--no-nudges"], {}), ([], {"NUDGES": "1", "TEAMS_NUDGES": "1"})):
        again = unpacked(run(*arguments, *more, **changed))
        assert [again.read(name) for name in packed.namelist()] == [
            packed.read(name) for name in packed.namelist()
        ]


def test_the_package_has_an_id_of_its_own_that_stays(run: Run, manifest: Any):
    def made(url: str, bot: str) -> Any:
        return json.loads(unpacked(run("--url", url, "--app-id", bot)).read("manifest.json"))

    own = UUID(manifest["id"])
    assert own != UUID(BOT)
    assert made("https://elsewhere.example.org/", BOT.upper())["id"] == manifest["id"]
    assert made(URL, BOT.replace("0a", "0b"))["id"] != manifest["id"]
    for place in (manifest["bots"][0], manifest["composeExtensions"][0]):
        assert place["botId"] == BOT


def test_slash_commands_are_there_where_answers_can_be_private_in_channels(run: Run, manifest: Any):
    arguments = ("--url", URL, "--app-id", BOT)
    for done in (run(*arguments, "--targeted"), run(*arguments, TEAMS_TARGETED="1")):
        (bot,) = json.loads(unpacked(done).read("manifest.json"))["bots"]
        assert bot["supportsTargetedMessages"] is True
        assert [one.get("triggers") for one in bot["commandLists"]] == [None, ["mention", "slash"]]
    for off in ("", "0", "false"):
        done = run(*arguments, TEAMS_TARGETED=off)
        assert json.loads(unpacked(done).read("manifest.json")) == manifest
    assert "supportsTargetedMessages" not in manifest["bots"][0]
    assert not any("triggers" in one for one in manifest["bots"][0]["commandLists"])


@pytest.mark.parametrize(
    ("released", "expected"),
    [
        ("0.1.0", "0.1.0"),
        ("2.10", "2.10.0"),
        ("3", "3.0.0"),
        ("1.2.3.4", "1.2.3"),
        ("1.2rc1", "1.2.0"),
        ("1.2.0.dev5+g1a2b3c4", "1.2.0"),
        ("1.2.3.post4", "1.2.3"),
    ],
)
def test_a_version_is_three_numbers(released: str, expected: str):
    assert teams_version(released) == expected


def test_the_version_is_that_of_the_program(manifest: Any):
    assert manifest["version"] == teams_version(version("ally-nudge"))


# --- the command line


def test_settings_are_read_where_nothing_is_given(run: Run, packed: ZipFile):
    done = run(ALLY_PUBLIC_URL=f"{URL}/", TEAMS_APP_ID=f" {BOT} ")
    again = unpacked(done)
    assert [again.read(name) for name in packed.namelist()] == [
        packed.read(name) for name in packed.namelist()
    ]
    given = run("--url", "https://other.example", ALLY_PUBLIC_URL=URL, TEAMS_APP_ID=BOT)
    assert b"https://other.example/privacy" in unpacked(given).read("manifest.json")


def test_it_says_what_was_written_and_what_comes_next(run: Run):
    done = run("--url", URL, "--app-id", BOT, "--out", "mine.zip")
    assert unpacked(done, "mine.zip").testzip() is None
    assert not Path(OUT).exists()
    assert "mine.zip" in done.stdout
    assert f"{URL}/api/messages" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ([], ["ALLY_PUBLIC_URL", "TEAMS_APP_ID"]),
        (["--url", URL], ["TEAMS_APP_ID"]),
        (["--app-id", BOT], ["ALLY_PUBLIC_URL"]),
        (["--url", "http://ally.example.org", "--app-id", BOT], ["ALLY_PUBLIC_URL"]),
        (["--url", "ally.example.org", "--app-id", BOT], ["ALLY_PUBLIC_URL"]),
        (["--url", "https://localhost", "--app-id", BOT], ["ALLY_PUBLIC_URL"]),
        (["--url", "https://", "--app-id", BOT], ["ALLY_PUBLIC_URL"]),
        (["--url", f"{URL}/?a=b", "--app-id", BOT], ["ALLY_PUBLIC_URL"]),
        (["--url", f"{URL} x", "--app-id", BOT], ["ALLY_PUBLIC_URL"]),
        (["--url", "https://u:p@ally.example.org", "--app-id", BOT], ["ALLY_PUBLIC_URL"]),
        (["--url", URL, "--app-id", "ally"], ["TEAMS_APP_ID"]),
        (["--url", URL, "--app-id", BOT[:-1]], ["TEAMS_APP_ID"]),
        (["--url", URL, "--app-id", f"{{{BOT}}}"], ["TEAMS_APP_ID"]),
        (["--url", URL, "--app-id", BOT.replace("-", "")], ["TEAMS_APP_ID"]),
    ],
    ids=lambda value: " ".join(value) or "nothing",
)
def test_what_is_missing_or_wrong_is_said_all_at_once(
    arguments: list[str], named: list[str], run: Run
):
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    for name in ("ALLY_PUBLIC_URL", "TEAMS_APP_ID"):
        assert (name in done.stderr) is (name in named)
    assert not Path(OUT).exists()


def test_a_place_that_cannot_be_written_to_is_said(run: Run):
    Path("folder").mkdir()
    for out in ("folder", "nowhere/x.zip"):
        done = run("--url", URL, "--app-id", BOT, "--out", out)
        assert (done.exit_code, done.stdout) == (2, "")
        assert out in done.stderr


def test_a_setting_that_is_neither_yes_nor_no_is_said(run: Run):
    done = run("--url", URL, "--app-id", BOT, TEAMS_TARGETED="perhaps")
    assert done.exit_code == 2
    assert "targeted" in done.stderr
    assert not Path(OUT).exists()

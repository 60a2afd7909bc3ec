"""The `ally` program. Thin: it reads arguments, calls, prints, and chooses the exit status.

0 done; 1 found something wrong and said so; 2 wrong usage or settings. What is heavy is imported
by the command that needs it.
"""

import gc
import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from bot.memory import Memory
from bot.messages import LANGUAGES, Language


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ally-nudge")
def main() -> None:
    """Ally Nudge: a hand in the moment to be an ally to the women you work with."""


@main.command()
def chat() -> None:
    """Talk to the bot here; works from a pipe as well."""
    from adapters.terminal import chat as talk

    talk(_knowledge())


def _asking(command: Any) -> Any:
    for option in (
        click.argument("text", nargs=-1),
        click.option("--json", "as_json", is_flag=True, help="Print the answer as data."),
        click.option("--jsonl", is_flag=True, help="JSON lines from standard input."),
        click.option("--lang", type=click.Choice(LANGUAGES), help="Answer in this language."),
    ):
        command = option(command)
    return command


@main.command()
@_asking
def ask(text: tuple[str, ...], as_json: bool, jsonl: bool, lang: Language | None) -> None:
    """Ask one thing: a word, a question or a command."""
    _answer("", text, as_json, jsonl, lang)


@main.command()
@_asking
def say(text: tuple[str, ...], as_json: bool, jsonl: bool, lang: Language | None) -> None:
    """Tell what happened; get lines to say."""
    _answer("say ", text, as_json, jsonl, lang)


def _answer(
    command: str, text: tuple[str, ...], as_json: bool, jsonl: bool, lang: Language | None
) -> None:
    from adapters.json_lines import answer_lines, as_data, stdin_lines
    from adapters.terminal import ask as ask_once

    if bool(text) == jsonl:
        raise click.UsageError("give a TEXT, or --jsonl and the texts on standard input")
    knowledge = _knowledge()
    if jsonl:
        answer_lines(
            stdin_lines(),
            sys.stdout.buffer,
            lambda line, language: as_data(
                ask_once(command + line["text"], knowledge, Memory(language or lang))
            ),
        )
        return
    outcome = ask_once(command + " ".join(text), knowledge, Memory(lang))
    if as_json:
        click.echo(json.dumps(as_data(outcome), ensure_ascii=False, indent=2))
    else:
        click.echo(outcome.reply.plain_text)


@main.command()
@_asking
@click.option("--zone", default="UTC", show_default=True, help="Where it is, by IANA name.")
def when(
    text: tuple[str, ...], as_json: bool, jsonl: bool, lang: Language | None, zone: str
) -> None:
    """Say how a phrase of time is understood, with the next dates."""
    from datetime import UTC, datetime

    from adapters.json_lines import answer_lines, stdin_lines
    from adapters.when import as_data, in_words
    from adapters.zones import use_packaged_zones

    if bool(text) == jsonl:
        raise click.UsageError("give a TEXT, or --jsonl and the texts on standard input")
    use_packaged_zones()
    knowledge = _knowledge()
    if jsonl:
        answer_lines(
            stdin_lines(),
            sys.stdout.buffer,
            lambda asked, language: as_data({"zone": zone} | asked, language or lang, knowledge),
        )
        return
    said = " ".join(text)
    if as_json:
        found = as_data({"text": said, "zone": zone}, lang, knowledge)
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    words, understood = in_words(said, lang, datetime.now(UTC), zone, knowledge)
    click.echo(words)
    sys.exit(0 if understood else 1)


@main.command()
def migrate() -> None:
    """Bring the database up to date."""
    from adapters.settings import SettingsError, read_settings
    from adapters.store.engine import StoreError, connect
    from adapters.store.migrating import migrate as bring_up_to_date

    try:
        engine = connect(read_settings().database)
        bring_up_to_date(engine)
    except SettingsError as error:
        _fail(2, "The settings are not right:", error.problems)
    except StoreError as error:
        _fail(2, "The database cannot be used:", [str(error)])
    click.echo("The database is up to date.")


@main.command()
@click.option("--now", help="The instant that it is, with its offset; by default the present one.")
def deliver(now: str | None) -> None:
    """Send what is due, once: for tests, and where cron looks after the time."""
    import asyncio
    from datetime import UTC, datetime

    from adapters import app, logs
    from adapters.content import Content
    from adapters.delivery.runner import AnotherDelivererError
    from adapters.settings import SettingsError, read_settings

    try:
        at = datetime.fromisoformat(now) if now else datetime.now(UTC)
        if at.tzinfo is None:
            raise ValueError
    except ValueError:
        raise click.UsageError("--now is an instant such as 2026-03-09T12:00:00Z") from None
    try:
        settings = read_settings()
        logs.configure(settings.ally_log_level)
        asyncio.run(app.deliver_once(settings, Content(settings.ally_knowledge), at))
    except SettingsError as error:
        _fail(2, "The settings need a change:", error.problems)
    except AnotherDelivererError as error:
        _fail(1, "Nothing was delivered:", [str(error)])


@main.command()
@click.option("--deliver/--no-deliver", default=True, help="Whether to send what is due as well.")
def serve(deliver: bool) -> None:
    """Run the server for the chat platforms that are configured."""
    import asyncio

    from adapters import app, logs
    from adapters.content import Content
    from adapters.settings import SettingsError, read_settings
    from bot.knowledge import KnowledgeError

    try:
        settings = read_settings()
        if not (settings.slack or settings.teams):
            click.echo(app.NOT_CONNECTED, err=True)
            sys.exit(2)
        logs.configure(settings.ally_log_level)
        asyncio.run(app.serve(settings, Content(settings.ally_knowledge), deliver=deliver))
    except SettingsError as error:
        _fail(2, "The settings need a change:", error.problems)
    except KnowledgeError as error:
        _fail(1, "The content cannot be used:", list(map(str, error.problems)))
    except OSError as error:
        _fail(2, "The server cannot start:", [f"{error.strerror or error}; check HOST and PORT"])


@main.group()
def knowledge() -> None:
    """Look after the content."""


@knowledge.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="List warnings too, and count them as errors.")
def check(folder: Path | None, strict: bool) -> None:
    """Check all content, or FOLDER: an organization's own, or a whole knowledge base."""
    from adapters.editing import report

    sys.exit(report(folder or _overlay(), strict))


@knowledge.command()
@click.argument("entry")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Show it in this language.")
def show(entry: str, lang: Language | None) -> None:
    """Show an entry by its id, as people see it."""
    from adapters.editing import preview

    shown = preview(_knowledge(), entry, lang)
    if shown is None:
        _fail(1, f"There is no entry {entry}.", ["ally knowledge stats lists what there is"])
    click.echo(shown)


@knowledge.command()
def stats() -> None:
    """Count the entries, and how many are whole in French."""
    from adapters.editing import counts

    click.echo(counts(_knowledge()))


@knowledge.command()
@click.option("--months", default=12, show_default=True, help="Older than this.")
def stale(months: int) -> None:
    """List entries that nobody has reviewed for a long time."""
    from adapters.editing import unreviewed

    found = unreviewed(_knowledge(), months)
    click.echo("\n".join(found) or f"Everything was reviewed within {months} months.")
    sys.exit(1 if found else 0)


@knowledge.command()
@click.argument("kind", required=False)
def schema(kind: str | None) -> None:
    """Print the JSON Schema of the files of a KIND (glossary, tips, …), or of all kinds."""
    from adapters.editing import schemas

    found = schemas()
    if kind and kind not in found:
        _fail(2, f"There is no kind {kind}.", [f"the kinds are {', '.join(found)}"])
    click.echo(json.dumps(found[kind] if kind else found, ensure_ascii=False, indent=2))


@main.group()
def slack() -> None:
    """What a Slack admin needs."""


@slack.command()
@click.option("--url", help="The https address of the server; by default ALLY_PUBLIC_URL.")
@click.option("--socket", is_flag=True, help="For Socket Mode: no public address.")
@click.option("--mentions/--no-mentions", default=True, help="Answer @mentions in channels.")
@click.option("--direct/--no-direct", default=True, help="Answer direct messages.")
def manifest(url: str | None, socket: bool, mentions: bool, direct: bool) -> None:
    """Print the app manifest to create the Slack app from."""
    from adapters.slack.manifest import manifest as make

    address = (url or os.environ.get("ALLY_PUBLIC_URL", "")).rstrip("/")
    if not socket and not address.startswith("https://"):
        raise click.UsageError(
            "where will the server be? give --url https://…, set ALLY_PUBLIC_URL, or use --socket"
        )
    made = make("" if socket else address, mentions=mentions, direct=direct)
    click.echo(json.dumps(made, ensure_ascii=False, indent=2))


@main.group()
def teams() -> None:
    """What a Teams admin needs."""


@teams.command()
@click.option(
    "--url",
    envvar="ALLY_PUBLIC_URL",
    default="",
    help="The https address of the server; by default ALLY_PUBLIC_URL.",
)
@click.option(
    "--app-id",
    envvar="TEAMS_APP_ID",
    default="",
    help="The Microsoft App ID of the Azure Bot; by default TEAMS_APP_ID.",
)
@click.option(
    "--targeted/--no-targeted",
    envvar="TEAMS_TARGETED",
    help="Private answers in channels, and slash commands; by default TEAMS_TARGETED.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default="ally-nudge-teams.zip",
    show_default=True,
    help="The file to write.",
)
def package(url: str, app_id: str, targeted: bool, out: Path) -> None:
    """Write the app package to upload to Teams."""
    from importlib.metadata import version

    from adapters.teams.manifest import MESSAGES_PATH
    from adapters.teams.package import package as make
    from adapters.teams.package import problems

    address, bot = url.strip().rstrip("/"), app_id.strip().lower()
    if wrong := problems(address, bot):
        _fail(2, "The package cannot be made yet:", wrong)
    made = make(address, bot, version("ally-nudge"), _knowledge(), targeted=targeted)
    try:
        out.write_bytes(made)
    except OSError as error:
        _fail(2, f"{out} cannot be written:", [f"{error.strerror or error}; choose another --out"])
    click.echo(
        f"{out} is written. Next:\n"
        f"  1. Azure Bot, Configuration: set the messaging endpoint to {address}{MESSAGES_PATH}, "
        "and add the Microsoft Teams channel.\n"
        "  2. Teams admin center, Teams apps, Manage apps: upload the file. To try it yourself "
        "first: Teams, Apps, Manage your apps, Upload an app."
    )


def _overlay() -> Path | None:
    folder = os.environ.get("ALLY_KNOWLEDGE")
    return Path(folder) if folder else None


def _knowledge() -> Any:
    """The content; with an organization's own where ALLY_KNOWLEDGE names it."""
    from adapters.content import load_for_once
    from bot.knowledge import KnowledgeError

    gc.disable()  # what is loaded stays: looking for garbage in it takes a third of the time
    try:
        return load_for_once(_overlay(), _own_folder() / "cache")
    except KnowledgeError as error:
        _fail(1, "The content cannot be used:", list(map(str, error.problems)))
    finally:
        gc.freeze()
        gc.enable()


def _own_folder() -> Path:
    """Where this program keeps its own files for this user."""
    return Path(click.get_app_dir("ally-nudge", force_posix=True))


def _fail(status: int, what: str, problems: list[str]) -> Any:
    click.echo("\n".join([what, *(f"  {problem}" for problem in problems)]), err=True)
    sys.exit(status)

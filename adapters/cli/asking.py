"""Talking to the bot from a terminal: `ally chat`, `ask`, `say` and `when`."""

import json
import sys
from typing import Any

import click

from adapters.cli.loading import load_knowledge
from bot.memory import Memory
from bot.messages import LANGUAGES, Language


@click.command()
def chat() -> None:
    """Talk to the bot here; works from a pipe as well."""
    from adapters.terminal import chat as talk

    talk(load_knowledge())


def takes_text(command: Any) -> Any:
    """The argument and the options of what looks at a text."""
    for option in (
        click.argument("text", nargs=-1),
        click.option("--json", "as_json", is_flag=True, help="Print the answer as data."),
        click.option("--jsonl", is_flag=True, help="JSON lines from standard input."),
        click.option("--lang", type=click.Choice(LANGUAGES), help="Answer in this language."),
    ):
        command = option(command)
    return command


@click.command()
@takes_text
def ask(text: tuple[str, ...], as_json: bool, jsonl: bool, lang: Language | None) -> None:
    """Ask one thing: a word, a question or a command."""
    _answer("", text, as_json, jsonl, lang)


@click.command()
@takes_text
def say(text: tuple[str, ...], as_json: bool, jsonl: bool, lang: Language | None) -> None:
    """Tell what happened; get lines to say."""
    _answer("say ", text, as_json, jsonl, lang)


def _answer(
    command: str, text: tuple[str, ...], as_json: bool, jsonl: bool, lang: Language | None
) -> None:
    from adapters.json_lines import answer_lines, as_data, stdin_lines
    from adapters.terminal import ask as ask_once

    _either(text, jsonl)
    knowledge = load_knowledge()
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


@click.command()
@takes_text
@click.option("--zone", default="UTC", show_default=True, help="Where it is, by IANA name.")
def when(
    text: tuple[str, ...], as_json: bool, jsonl: bool, lang: Language | None, zone: str
) -> None:
    """Say how a phrase of time is understood, with the next dates."""
    from datetime import UTC, datetime

    from adapters.json_lines import answer_lines, stdin_lines
    from adapters.when import as_data, in_words
    from adapters.zones import use_packaged_zones

    _either(text, jsonl)
    use_packaged_zones()
    knowledge = load_knowledge()
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


def _either(text: tuple[str, ...], jsonl: bool) -> None:
    if bool(text) == jsonl:
        raise click.UsageError("give a TEXT, or --jsonl and the texts on standard input")

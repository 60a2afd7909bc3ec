"""Kinder words for a text from a terminal, a hook or another program: `ally wording`."""

import json
import sys

import click

from adapters.cli.asking import takes_text
from adapters.cli.ending import said_why
from adapters.cli.loading import load_knowledge
from bot.messages import Language

BROKEN = 2
"""Where the content cannot be used: 1 is for what was found."""


@click.command()
@takes_text
@click.option("--false-alarms", is_flag=True, help="Count what was called a false alarm instead.")
def wording(
    text: tuple[str, ...], as_json: bool, jsonl: bool, lang: Language | None, false_alarms: bool
) -> None:
    """Find words that leave people out, in TEXT or on standard input.

    Ends with 0 where nothing is found, and with 1 where something is.
    """
    if false_alarms and (text or as_json or jsonl):
        raise click.UsageError("--false-alarms stands alone")
    if jsonl and (text or as_json):
        raise click.UsageError("--jsonl takes its texts from standard input, and stands alone")
    if false_alarms:
        _count()
    elif jsonl:
        _answer_lines(lang)
    else:
        _look(" ".join(text) if text else _piped(), as_json, lang)


def _look(text: str, as_json: bool, lang: Language | None) -> None:
    from adapters.wording import as_data, in_lines

    # What is not UTF-8 arrives as halves of characters that cannot be printed again.
    text = text.encode("utf-8", errors="replace").decode("utf-8")
    knowledge = load_knowledge(BROKEN)
    if as_json:
        data = as_data(text, lang, knowledge)
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        sys.exit(1 if data["findings"] else 0)
    lines = list(in_lines(text, lang, knowledge))
    if lines:
        click.echo("\n".join(lines))
    sys.exit(1 if lines else 0)


def _piped() -> str:
    # a program may be started without any standard input
    if sys.stdin is None or sys.stdin.isatty():
        raise click.UsageError("give a TEXT, or a text on standard input: ally wording < FILE")
    return sys.stdin.buffer.read().decode("utf-8-sig", errors="replace")


def _answer_lines(lang: Language | None) -> None:
    from adapters.json_lines import answer_lines, stdin_lines
    from adapters.wording import as_data

    knowledge = load_knowledge(BROKEN)
    answer_lines(
        stdin_lines(),
        sys.stdout.buffer,
        lambda asked, language: as_data(asked["text"], language or lang, knowledge),
    )


def _count() -> None:
    """Of each rule how often; nothing else of it is stored."""
    from adapters.settings import read_settings
    from adapters.store.engine import StoreError, connect, reading
    from adapters.store.migrating import behind
    from adapters.store.nudging import counted_false_alarms

    with said_why():
        engine = connect(read_settings().database)
        if behind(engine):
            raise StoreError("it is not up to date; run: ally migrate")
        with reading(engine) as connection:
            counted = counted_false_alarms(connection)
    lines = [f"{times} {rule}" for rule, times in counted.items()]
    click.echo("\n".join(lines) or "No rule was called a false alarm.")

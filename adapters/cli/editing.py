"""The editors' tools: `ally knowledge check`, `show`, `stats`, `stale` and `schema`."""

import json
import sys
from pathlib import Path

import click

from adapters.cli.ending import fail
from adapters.cli.loading import load_knowledge, overlay
from bot.messages import LANGUAGES, Language


@click.group()
def knowledge() -> None:
    """Look after the content."""


@knowledge.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="List warnings too, and count them as errors.")
def check(folder: Path | None, strict: bool) -> None:
    """Check all content, or FOLDER: an organization's own, or a whole knowledge base."""
    from adapters.editing import report

    sys.exit(report(folder or overlay(), strict))


@knowledge.command()
@click.argument("entry")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Show it in this language.")
def show(entry: str, lang: Language | None) -> None:
    """Show an entry by its id, as people see it."""
    from adapters.editing import preview

    shown = preview(load_knowledge(), entry, lang)
    if shown is None:
        fail(1, f"There is no entry {entry}.", ["ally knowledge stats lists what there is"])
    click.echo(shown)


@knowledge.command()
def stats() -> None:
    """Count the entries, and how many are whole in French."""
    from adapters.editing import counts

    click.echo(counts(load_knowledge()))


@knowledge.command()
@click.option("--months", default=12, show_default=True, help="Older than this.")
def stale(months: int) -> None:
    """List entries that nobody has reviewed for a long time."""
    from adapters.editing import unreviewed

    found = unreviewed(load_knowledge(), months)
    click.echo("\n".join(found) or f"Everything was reviewed within {months} months.")
    sys.exit(1 if found else 0)


@knowledge.command()
@click.argument("kind", required=False)
def schema(kind: str | None) -> None:
    """Print the JSON Schema of the files of a KIND (glossary, tips, …), or of all kinds."""
    from adapters.editing import schemas

    found = schemas()
    if kind and kind not in found:
        fail(2, f"There is no kind {kind}.", [f"the kinds are {', '.join(found)}"])
    click.echo(json.dumps(found[kind] if kind else found, ensure_ascii=False, indent=2))

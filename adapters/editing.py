"""The editors' tools: check the content, look at an entry, count, find what is old."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from pydantic import TypeAdapter

from adapters.content import SHIPPED
from adapters.terminal import ask
from bot.commands.rule_checks import wrong_rules
from bot.knowledge import Knowledge
from bot.knowledge.fields import Entry
from bot.knowledge.library import KINDS
from bot.knowledge.load import examine
from bot.memory import Memory
from bot.messages import Language

# How each kind of entry is asked for.
_ASKED = {
    "glossary": "define {}",
    "tips": "tip {}",
    "scenarios": "say {}",
    "checklists": "checklist {}",
    "facts": "fact {}",
    "resources": "resources {}",
}

# An organization's own folder adds to what ships; one with all of these stands by itself.
_IN_EVERY_BASE = ("glossary", "interface", "trees", "words")


def report(folder: Path | None, strict: bool) -> int:
    """Print everything that is wrong with the content; the exit status."""
    whole = folder is not None and all((folder / kind).is_dir() for kind in _IN_EVERY_BASE)
    base, overlay = (folder, None) if whole and folder else (SHIPPED, folder)
    _, problems = examine(base, overlay, wrong_rules)
    errors = [problem for problem in problems if problem.severity == "error"]
    warnings = [problem for problem in problems if problem.severity == "warning"]
    for problem in errors:
        click.echo(str(problem))
    # What ships warns of every text that is not in French yet; an editor's own comes first.
    listed = [one for one in warnings if strict or (overlay and one.file.startswith(str(overlay)))]
    for problem in listed:
        click.echo(f"{problem} (warning)")
    hint = "" if len(listed) == len(warnings) else " (--strict lists them all)"
    click.echo(f"{len(errors)} errors, {len(warnings)} warnings{hint}")
    return 1 if errors or (strict and warnings) else 0


def preview(knowledge: Knowledge, entry_id: str, language: Language | None) -> str | None:
    """An entry as people see it; None where there is none of that id."""
    shown = [
        ask(question.format(entry_id), knowledge, Memory(language)).reply.plain_text
        for kind, question in _ASKED.items()
        if entry_id in getattr(knowledge, kind)
    ]
    for kind in KINDS.keys() - _ASKED.keys():
        if entry := getattr(knowledge, kind).get(entry_id):
            shown.append(json.dumps(entry.model_dump(), ensure_ascii=False, indent=2))
    return "\n\n".join(shown) or None


def counts(knowledge: Knowledge) -> str:
    """A table of kinds: how many entries, how many of them whole in French."""
    lines = [f"{'':12}{'entries':>8}{'in French':>11}"]
    for kind in KINDS:
        entries = getattr(knowledge, kind).values()
        french = sum('"fr":null' not in entry.model_dump_json() for entry in entries)
        lines.append(f"{kind:12}{len(entries):>8}{french:>11}")
    return "\n".join(lines)


def unreviewed(knowledge: Knowledge, months: int) -> list[str]:
    """Entries whose last review is longer ago, oldest first."""
    today = datetime.now().astimezone().date()
    found = []
    for kind in KINDS:
        for entry in getattr(knowledge, kind).values():
            if isinstance(entry, Entry):
                day = date.fromisoformat(entry.reviewed)
                age = (today.year - day.year) * 12 + today.month - day.month
                if age - (today.day < day.day) >= months:
                    found.append(f"{entry.reviewed}  {kind}  {entry.id}")
    return sorted(found)


def schemas() -> dict[str, Any]:
    """The JSON Schema of a file of each kind."""
    return {kind: TypeAdapter(list[model]).json_schema() for kind, model in KINDS.items()}  # type: ignore[valid-type]

"""The knowledge base as one frozen value, and what can be wrong with its files."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from bot.knowledge import entries, wording_rules
from bot.knowledge.fields import in_language
from bot.messages import Language

# Folder (or file) of the knowledge base -> what its entries are.
KINDS: dict[str, type[BaseModel]] = {
    "sources": entries.Source,
    "topics": entries.Topic,
    "glossary": entries.Term,
    "tips": entries.Tip,
    "scenarios": entries.Scenario,
    "checklists": entries.Checklist,
    "trees": entries.Tree,
    "facts": entries.Fact,
    "resources": entries.Resource,
    "interface": entries.Wording,
    "alarms": entries.Alarm,
    "words": entries.Words,
    "wording": wording_rules.WordingRule,
    "guards": wording_rules.WordingGuard,
    "classes": wording_rules.WordClass,
}

# Entries that commands name themselves: an overlay may replace them, but not remove them.
NEEDED = {
    ("glossary", "five-ds"),
    ("glossary", "manel"),
    ("checklists", "five-ds"),
    ("checklists", "manel"),
    ("resources", "re-support"),
    ("trees", "goodwin"),
    ("trees", "unwomen"),
    ("guards", "distress"),
}


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Knowledge:
    """All entries by id. Compared and hashed by identity: one load is one value."""

    sources: Mapping[str, entries.Source]
    topics: Mapping[str, entries.Topic]
    glossary: Mapping[str, entries.Term]
    tips: Mapping[str, entries.Tip]
    scenarios: Mapping[str, entries.Scenario]
    checklists: Mapping[str, entries.Checklist]
    trees: Mapping[str, entries.Tree]
    facts: Mapping[str, entries.Fact]
    resources: Mapping[str, entries.Resource]
    interface: Mapping[str, entries.Wording]
    alarms: Mapping[str, entries.Alarm]
    words: Mapping[str, entries.Words]
    wording: Mapping[str, wording_rules.WordingRule]
    guards: Mapping[str, wording_rules.WordingGuard]
    classes: Mapping[str, wording_rules.WordClass]

    def say(self, key: str, language: Language, **values: object) -> str:
        """One of the bot's own sentences, filled in."""
        return in_language(self.interface[key], language).format(**values)


def dump(knowledge: Knowledge) -> dict[str, dict[str, Any]]:
    """Checked knowledge as plain values, from which `build` makes it again."""
    return {
        kind: {
            entry_id: entry.model_dump(exclude_unset=True)
            for entry_id, entry in getattr(knowledge, kind).items()
        }
        for kind in KINDS
    }


def build(values: Mapping[str, Mapping[str, Any]]) -> Knowledge:
    """Knowledge from plain values; raises ValueError where they are not of its shape."""
    found: dict[str, Any] = {
        kind: {entry_id: model.model_validate(value) for entry_id, value in values[kind].items()}
        for kind, model in KINDS.items()
    }
    return Knowledge(**found)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong with the content: where, what, and what to do."""

    file: str
    line: int
    id: str
    message: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: {self.id}: " if self.id else f"{self.file}:{self.line}: "
        return where + self.message


class KnowledgeError(Exception):
    """The content cannot be used. `problems` lists everything that is wrong with it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems

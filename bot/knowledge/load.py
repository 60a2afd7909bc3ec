"""From a folder of YAML files to one Knowledge, or to a list of everything wrong with it.

A house overlay is a second folder of the same shape: an entry with a known id replaces the one
that ships, `disabled: true` removes it, a new id adds one.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.knowledge import check, strict_yaml
from bot.knowledge.library import KINDS, NEEDED, Knowledge, KnowledgeError, Problem


@dataclass(frozen=True, slots=True)
class Raw:
    """One entry as it stands in a file."""

    kind: str
    id: str
    value: dict[str, Any]
    file: str
    document: strict_yaml.Document
    index: int

    def problem(self, path: tuple[int | str, ...], message: str) -> Problem:
        return Problem(self.file, self.document.line((self.index, *path)), self.id, message)

    @property
    def disabled(self) -> bool:
        return self.value.get("disabled") is True


Check = Callable[[Knowledge], Iterable[check.Finding]]
"""Finds what is wrong with entries that only what works with them can tell."""


def load(folder: Path, overlay: Path | None = None, *checks: Check) -> Knowledge:
    """Read, validate and cross-check everything; raises KnowledgeError with every mistake."""
    knowledge, problems = examine(folder, overlay, *checks)
    errors = tuple(problem for problem in problems if problem.severity == "error")
    if errors:
        raise KnowledgeError(errors)
    return knowledge


def examine(
    folder: Path, overlay: Path | None = None, *checks: Check
) -> tuple[Knowledge, list[Problem]]:
    """The knowledge as far as it could be read, and all problems sorted by place."""
    problems: list[Problem] = []
    merged: dict[tuple[str, str], Raw] = {}
    blanks: dict[str, frozenset[str]] = {}
    for root in (folder, overlay) if overlay else (folder,):
        if not root.is_dir():
            message = "this folder does not exist; check the path (ALLY_KNOWLEDGE for your own)"
            problems.append(Problem(str(root), 1, "", message))
            continue
        own: dict[tuple[str, str], Raw] = {}
        for raw in _entries(root, problems):
            first = own.setdefault((raw.kind, raw.id), raw)
            if first is not raw:
                where = f"{first.file}:{first.document.line((first.index,))}"
                problems.append(raw.problem(("id",), f"{raw.id} is already used at {where}"))
        for key, raw in own.items():
            if raw.disabled and key not in merged:
                message = f"there is no {raw.id} in {raw.kind} to remove; check the id"
                problems.append(raw.problem(("disabled",), message))
        merged |= own
        if root is folder:
            blanks = {
                raw.id: _blanks(raw.value.get("en"))
                for raw in own.values()
                if raw.kind == "interface"
            }
    removed = {key for key, raw in merged.items() if raw.disabled}
    for key in sorted(removed):
        if key in NEEDED or key[0] == "interface":
            message = "the bot needs this entry; replace it rather than remove it"
            problems.append(merged[key].problem(("disabled",), message))
    merged = {key: raw for key, raw in merged.items() if key not in removed}
    for kind, entry_id in sorted(NEEDED - merged.keys() - removed):
        message = f"this entry is missing from {kind}; a command needs it"
        problems.append(Problem(str(folder), 1, entry_id, message))

    found: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    known: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for (kind, entry_id), raw in merged.items():
        known[kind].add(entry_id)
        try:
            found[kind][entry_id] = KINDS[kind].model_validate(_without(raw.value, removed))
        except ValidationError as error:
            problems += (raw.problem(*_explain(detail, raw)) for detail in error.errors())
        raw.value.clear()  # what comes next takes its room
    knowledge = Knowledge(**found)
    further = (found for look in checks for found in look(knowledge))
    for finding in chain(check.findings(knowledge, known, blanks), further):
        raw = merged[finding.kind, finding.id]
        line = raw.document.line((raw.index, *finding.path))
        problems.append(Problem(raw.file, line, raw.id, finding.message, finding.severity))
    return knowledge, sorted(set(problems))


def _blanks(text: Any) -> frozenset[str]:
    try:
        return check.blanks(text) if isinstance(text, str) else frozenset()
    except ValueError:  # reported where the sentence is checked
        return frozenset()


# Keys that name entries of another kind; what an overlay removes is no longer named.
_NAMING = {"related": "glossary", "sources": "sources"}


def _without(value: dict[str, Any], removed: set[tuple[str, str]]) -> dict[str, Any]:
    """An entry that no longer names what an overlay has removed."""
    if not removed:
        return value
    kept = dict(value)
    for key, kind in _NAMING.items():
        if isinstance(kept.get(key), list):
            kept[key] = [name for name in kept[key] if (kind, name) not in removed]
    if isinstance(kept.get("items"), list):
        kept["items"] = [
            _without(item, removed) if isinstance(item, dict) else item for item in kept["items"]
        ]
    return kept


def _entries(root: Path, problems: list[Problem]) -> Iterator[Raw]:
    for path in _files(root):
        file = str(path)
        kind = Path(path.relative_to(root).parts[0]).stem
        if kind not in KINDS:
            near = get_close_matches(kind, KINDS, 1)
            advice = f"did you mean {near[0]}?" if near else f"the kinds are {', '.join(KINDS)}"
            problems.append(Problem(file, 1, "", f"nothing is read from {kind}; {advice}"))
            continue
        try:
            document = strict_yaml.read(path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            problems.append(Problem(file, 1, "", "this is not UTF-8 text; save it as UTF-8"))
            continue
        for mistake in document.mistakes:
            problems.append(Problem(file, mistake.line, "", mistake.message))
        if not document.empty and not isinstance(document.value, list):
            problems.append(
                Problem(file, 1, "", 'a file is a list: each entry begins with "- id:"')
            )
            continue
        for index, value in enumerate(document.value or ()):
            entry_id = value.get("id") if isinstance(value, dict) else None
            if isinstance(value, dict) and isinstance(entry_id, str):
                yield Raw(kind, entry_id, value, file, document, index)
            else:
                line = document.line((index,))
                problems.append(Problem(file, line, "", 'an entry begins with "- id: some-name"'))


def _files(root: Path) -> Iterable[Path]:
    for path in sorted(root.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
        if path.suffix in (".yaml", ".yml") and path.is_file() and not hidden:
            yield path


def _explain(detail: ErrorDetails, raw: Raw) -> tuple[tuple[int | str, ...], str]:
    """A validation error as the place to look at and a sentence that says what to do."""
    path = detail["loc"]
    name = ".".join(str(step) for step in path)
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return path[:-1], f"{name} is missing; add it"
        case "extra_forbidden":
            near = get_close_matches(str(path[-1]), _keys(KINDS[raw.kind]), 1)
            advice = f"did you mean {near[0]}?" if near else "remove it"
            return path, f"{name} is not a key that is known here; {advice}"
        case "string_type":
            return path, f"{name} has to be text; put it in quotes"
        case "string_too_short":
            return path, f"{name} is empty; write it or remove the line"
        case "bool_type":
            return path, f"{name} has to be true or false"
        case "tuple_type":
            return path, f"{name} has to be a list"
        case "too_short":
            return path, f"{name} needs at least {context['min_length']} entries"
        case "literal_error":
            return path, f"{name} has to be one of {context['expected']}"
        case "model_type" | "dict_type" | "model_attributes_type":
            return path, f"{name} needs keys of its own, such as en: and fr:"
        case "string_pattern_mismatch":
            return (
                path,
                f"{name}: {detail['input']!r} {_PATTERN_ADVICE.get(context['pattern'], '')}",
            )
    return path, f"{name}: {detail['msg']}"


_PATTERN_ADVICE = {
    r"^\d{4}-\d{2}-\d{2}$": 'has to be a date such as "2026-03-08"',
    r"^https://[^\s<>|]+$": "has to be a link that begins with https://",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "has to be lower-case letters, digits and hyphens",
    r"^[a-z]+(-[a-z]+)*$": "has to be lower-case letters and hyphens",
    r"^[a-z]+(\.[a-z_]+)+$": "has to be lower-case words joined by dots",
}


def _keys(model: type[BaseModel]) -> set[str]:
    keys = set(model.model_fields)
    for field in model.model_fields.values():
        inner = field.annotation
        for candidate in (inner, *getattr(inner, "__args__", ())):
            if isinstance(candidate, type) and issubclass(candidate, BaseModel):
                keys |= set(candidate.model_fields)
    return keys

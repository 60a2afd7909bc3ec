"""Cross-checks: what one entry alone cannot show to be wrong."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Literal

from pydantic import BaseModel

from bot.knowledge.entries import Checklist, Term, Tip, Tree
from bot.knowledge.fields import Entry, Name, Text
from bot.knowledge.folding import fold
from bot.knowledge.library import Knowledge

TIP_WORDS = {"en": 60, "fr": 70}
"""A tip is read between two patients; source and buttons do not count."""

# The narrowest limit of any platform: a button's label (75, with words around it), a heading (150),
# all text of a message (12,000; the longest kind has a dozen paragraphs).
_LIMITS = {"name": 60, "title": 58, "label": 70}
_TITLES_OF_WORKS = 110
_PARAGRAPH = 900


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with an entry."""

    kind: str
    id: str
    path: tuple[int | str, ...]
    message: str
    severity: Literal["error", "warning"] = "error"


def findings(
    knowledge: Knowledge,
    known: Mapping[str, Collection[str]],
    known_blanks: Mapping[str, Collection[str]],
) -> Iterator[Finding]:
    """Everything that is wrong between entries, and every text that is too long or missing.

    `known` has the ids of each kind, with those of entries too broken to be in the knowledge:
    what refers to them is not wrong on that account. `known_blanks` has what the bot fills into
    each of its own sentences.
    """
    yield from _references(knowledge, known)
    yield from _aliases(knowledge)
    for tree in knowledge.trees.values():
        yield from _tree(tree)
    for kind, entry in _all(knowledge):
        yield from _texts(kind, entry)
        if isinstance(entry, Entry):
            yield from _date(kind, entry)
        if isinstance(entry, Tip):
            yield from _length(entry)
    yield from _interface(knowledge, known_blanks)


def _all(knowledge: Knowledge) -> Iterator[tuple[str, BaseModel]]:
    for kind in (
        "topics", "glossary", "tips", "scenarios", "checklists", "trees", "facts", "resources",
    ):  # fmt: skip
        for entry in getattr(knowledge, kind).values():
            yield kind, entry


def _references(knowledge: Knowledge, known: Mapping[str, Collection[str]]) -> Iterator[Finding]:
    targets = {
        "related": ("a term of the glossary", known["glossary"]),
        "sources": ("a source", known["sources"]),
        "topics": ("a topic", known["topics"]),
        "topic": ("a topic", known["topics"]),
    }
    for kind, entry in _all(knowledge):
        entry_id: str = entry.id  # type: ignore[attr-defined]
        for path, name, value in _ids(entry):
            what, there = targets[name]
            if value not in there:
                yield Finding(kind, entry_id, path, f"{value} is not {what}; check the id")
            elif (kind, name, value) == ("glossary", "related", entry_id):
                yield Finding(kind, entry_id, path, "an entry is not related to itself")


def _ids(entry: BaseModel) -> Iterator[tuple[tuple[int | str, ...], str, str]]:
    """The ids of other entries that an entry names, with their place and the key they stand in."""
    for name in ("related", "sources", "topics"):
        for index, value in enumerate(getattr(entry, name, ())):
            yield (name, index), name, value
    if isinstance(topic := getattr(entry, "topic", None), str):
        yield ("topic",), "topic", topic
    if isinstance(entry, Checklist):
        for number, item in enumerate(entry.items):
            for index, value in enumerate(item.sources):
                yield ("items", number, "sources", index), "sources", value


def _aliases(knowledge: Knowledge) -> Iterator[Finding]:
    owner: dict[str, Term] = {}
    for term in knowledge.glossary.values():
        names: list[tuple[tuple[int | str, ...], str]] = [
            (("name", "en"), term.name.en),
            (("name", "fr"), term.name.fr),
            *((("aliases", "en", index), alias) for index, alias in enumerate(term.aliases.en)),
            *((("aliases", "fr", index), alias) for index, alias in enumerate(term.aliases.fr)),
        ]
        for path, name in names:
            first = owner.setdefault(fold(name), term)
            if first is not term:
                message = f"{name!r} already leads to {first.id}; a name leads to one term"
                yield Finding("glossary", term.id, path, message)


def _tree(tree: Tree) -> Iterator[Finding]:
    if tree.start not in tree.questions:
        message = f"start: {tree.start} is not one of its questions"
        yield Finding("trees", tree.id, ("start",), message)
        return
    reached: set[str] = set()
    looping: set[str] = set()

    def walk(node: str, above: tuple[str, ...]) -> None:
        if node in above:
            looping.add(node)
        elif node not in reached:
            reached.add(node)
            if node in tree.questions:
                for answer in tree.questions[node].answers:
                    walk(answer.to, (*above, node))

    walk(tree.start, ())
    for name, question in tree.questions.items():
        for index, answer in enumerate(question.answers):
            if answer.to not in tree.questions and answer.to not in tree.ends:
                path = ("questions", name, "answers", index, "to")
                message = f"{answer.to} is neither a question nor an end of this tree"
                yield Finding("trees", tree.id, path, message)
        for key, count in Counter(answer.key for answer in question.answers).items():
            if count > 1:
                message = f"the answer {key} stands here twice"
                yield Finding("trees", tree.id, ("questions", name), message)
    for node in sorted(looping):
        message = f"{node} leads back to itself; a tree has no loop"
        yield Finding("trees", tree.id, ("questions", node), message)
    for group, names in (("questions", tree.questions), ("ends", tree.ends)):
        for name in names:
            if name not in reached:
                message = f"nothing leads to {name}; add an answer that does, or remove it"
                yield Finding("trees", tree.id, (group, name), message)


def _texts(kind: str, entry: BaseModel) -> Iterator[Finding]:
    entry_id: str = entry.id  # type: ignore[attr-defined]
    untranslated = False
    for path, name, text in _both(entry, ()):
        of_a_work = kind == "resources" and name == "title"
        limit = _TITLES_OF_WORKS if of_a_work else _LIMITS.get(name, _PARAGRAPH)
        for language in ("en", "fr"):
            written = getattr(text, language)
            if written and len(written) > limit:
                message = f"{name} has {len(written)} characters; at most {limit} are shown"
                yield Finding(kind, entry_id, (*path, language), message)
        untranslated |= text.fr is None
    if untranslated:
        message = "not whole in French yet; add the missing fr:"
        yield Finding(kind, entry_id, (), message, "warning")


def _both(
    value: object, path: tuple[int | str, ...], name: str = ""
) -> Iterator[tuple[tuple[int | str, ...], str, Text | Name]]:
    match value:
        case Text() | Name():
            yield path, name, value
        case tuple():
            for index, item in enumerate(value):
                yield from _both(item, (*path, index), name)
        case dict():
            for key, item in value.items():
                yield from _both(item, (*path, key), name)
        case BaseModel():
            for key, item in value:
                yield from _both(item, (*path, key), key)


def _date(kind: str, entry: Entry) -> Iterator[Finding]:
    try:
        date.fromisoformat(entry.reviewed)
    except ValueError:
        yield Finding(kind, entry.id, ("reviewed",), f"{entry.reviewed} is not a day that exists")


def _length(tip: Tip) -> Iterator[Finding]:
    for language, limit in TIP_WORDS.items():
        texts = [getattr(text, language) or "" for text in (tip.title, tip.text, tip.if_then)]
        words = sum(len(text.split()) for text in texts)
        if words > limit:
            message = f"title, text and if_then have {words} words in {language}; at most {limit}"
            yield Finding("tips", tip.id, ("text", language), message)


def _interface(
    knowledge: Knowledge, known_blanks: Mapping[str, Collection[str]]
) -> Iterator[Finding]:
    for wording in knowledge.interface.values():
        if wording.fr is None:
            yield Finding("interface", wording.id, (), "fr is missing; add it", "warning")
        allowed = known_blanks.get(wording.id, ())
        wrong = [
            Finding("interface", wording.id, (language,), f"{language}: {message}")
            for language in ("en", "fr")
            for message in _misfilled(getattr(wording, language) or "", allowed)
        ]
        yield from wrong
        if not wrong and wording.fr and blanks(wording.en) != blanks(wording.fr):
            message = "en and fr do not have the same {…}; make them equal"
            yield Finding("interface", wording.id, ("fr",), message)


def _misfilled(text: str, allowed: Collection[str]) -> Iterator[str]:
    try:
        unknown = blanks(text).difference(allowed)
    except ValueError:
        yield "a { or } has no partner; write {{ or }} for the sign itself"
        return
    for name in sorted(unknown):
        there_are = ", ".join(f"{{{blank}}}" for blank in sorted(allowed)) or "plain words"
        yield f"{{{name}}} is not filled in here; use only {there_are}"


def blanks(text: str) -> frozenset[str]:
    """The names between braces that a sentence of the bot leaves to be filled in.

    Raises ValueError where the braces do not fit together.
    """
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)

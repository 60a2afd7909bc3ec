"""Looking entries up: what of each kind the search may find, indexed once per knowledge base."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.knowledge import Knowledge
from bot.knowledge.entries import Checklist, Fact, Resource, Scenario, Term, Text, Tip, Topic
from bot.knowledge.folding import fold
from bot.matching.index import Findable, Index, build
from bot.matching.lexicon import Lexicon, lexicon
from bot.matching.search import Found, search
from bot.messages import Language


def find(knowledge: Knowledge, kind: str, query: str) -> Found:
    """The entries of a kind that a query means."""
    return search(index(knowledge, kind), query)


@lru_cache(maxsize=32)
def index(knowledge: Knowledge, kind: str) -> Index:
    """The index of a kind; made when it is first asked for."""
    return build(_lexicon(knowledge), FINDABLE[kind](knowledge))


def prepare(knowledge: Knowledge) -> None:
    """Make every index now, so that nobody's question waits for one."""
    for kind in FINDABLE:
        index(knowledge, kind)


@lru_cache(maxsize=4)
def _lexicon(knowledge: Knowledge) -> Lexicon:
    return lexicon(knowledge.words.values())


def _whole(*texts: Text | None) -> str:
    return " ".join(text.en + " " + (text.fr or "") for text in texts if text is not None)


def _term(term: Term) -> Findable:
    return Findable(
        id=term.id,
        names=(term.id, term.name.en, term.name.fr, *term.aliases.en, *term.aliases.fr),
        phrases=(*term.described_as.en, *term.described_as.fr),
        text=_whole(term.definition, term.why),
        lookalikes=term.lookalikes,
    )


def _tip(tip: Tip) -> Findable:
    return Findable(
        id=tip.id,
        names=(tip.id, tip.title.en, *([tip.title.fr] if tip.title.fr else ())),
        phrases=(*tip.described_as.en, *tip.described_as.fr),
        text=_whole(tip.text, tip.if_then),
    )


def _scenario(scenario: Scenario) -> Findable:
    return Findable(
        id=scenario.id,
        names=(scenario.id,),
        phrases=(
            scenario.title.en,
            scenario.said.en,
            *scenario.described_as.en,
            *scenario.described_as.fr,
        ),
        text=_whole(scenario.setting, scenario.why),
    )


def _checklist(checklist: Checklist) -> Findable:
    return Findable(
        id=checklist.id,
        names=(
            checklist.id,
            checklist.name.en,
            *([checklist.name.fr] if checklist.name.fr else ()),
            *checklist.aliases.en,
            *checklist.aliases.fr,
        ),
        text=_whole(checklist.intro, *(item.text for item in checklist.items)),
    )


def _fact(fact: Fact) -> Findable:
    return Findable(
        id=fact.id,
        names=(fact.id, fact.title.en, *fact.aliases.en, *fact.aliases.fr),
        text=_whole(fact.text, fact.where),
    )


def _resource(resource: Resource) -> Findable:
    return Findable(
        id=resource.id,
        names=(resource.id, resource.title.en),
        text=_whole(resource.about),
    )


def _topic(topic: Topic) -> Findable:
    return Findable(
        id=topic.id,
        names=(topic.id, topic.name.en, topic.name.fr, *topic.aliases.en, *topic.aliases.fr),
    )


FINDABLE: dict[str, Callable[[Knowledge], Iterable[Findable]]] = {
    "term": lambda knowledge: map(_term, knowledge.glossary.values()),
    "tip": lambda knowledge: map(_tip, knowledge.tips.values()),
    "scenario": lambda knowledge: map(_scenario, knowledge.scenarios.values()),
    "checklist": lambda knowledge: map(_checklist, knowledge.checklists.values()),
    "fact": lambda knowledge: map(_fact, knowledge.facts.values()),
    "resource": lambda knowledge: map(_resource, knowledge.resources.values()),
    "topic": lambda knowledge: map(_topic, knowledge.topics.values()),
}


@dataclass(frozen=True, slots=True)
class Shelf:
    """Entries to take from: all of a kind, those on a topic, or those that a search found."""

    ids: tuple[str, ...]
    name: str = ""
    """What leads here again: a topic or ids. Never what somebody typed; buttons carry it."""
    score: float = 1.0
    ranked: bool = False
    """Whether the first is the best."""


def shelf(
    knowledge: Knowledge, kind: str, topics: Mapping[str, Sequence[str]], wanted: str
) -> Shelf:
    """What "pay", "re-goodwin" or "who takes notes" leads to; `topics` of each entry by id."""
    if not fold(wanted):
        return Shelf(tuple(topics))
    ids = tuple(wanted.split())
    if all(entry in topics for entry in ids):
        return Shelf(ids, wanted, ranked=True)
    found = find(knowledge, "topic", wanted)
    if found.result == "answer":
        on_topic = tuple(entry for entry, about in topics.items() if found.hits[0].id in about)
        if on_topic:
            return Shelf(on_topic, found.hits[0].id)
    found = find(knowledge, kind, wanted)
    if found.result == "nothing":
        return Shelf(())
    hits = found.hits[:1] if found.result == "answer" else found.hits
    ids = tuple(hit.id for hit in hits)
    return Shelf(ids, " ".join(ids), hits[0].score, ranked=True)


def topic_names(knowledge: Knowledge, language: Language, topics: Iterable[Sequence[str]]) -> str:
    """The topics there is something on, for a sentence."""
    there = {topic for about in topics for topic in about}
    names = [topic.name for topic in knowledge.topics.values() if topic.id in there]
    return ", ".join(sorted((getattr(name, language) for name in names), key=fold))

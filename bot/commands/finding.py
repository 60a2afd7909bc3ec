"""Looking entries up: what of each kind the search may find, indexed once per knowledge base."""

from collections.abc import Callable, Iterable
from functools import lru_cache

from bot.knowledge import Knowledge
from bot.knowledge.entries import Checklist, Fact, Resource, Scenario, Term, Tip, Topic
from bot.knowledge.fields import Text
from bot.matching.index import Findable, Index, build
from bot.matching.lexicon import Lexicon, lexicon
from bot.matching.search import Found, search


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
        find(knowledge, kind, "what is this")  # the first question makes all of an index


@lru_cache(maxsize=4)
def _lexicon(knowledge: Knowledge) -> Lexicon:
    return lexicon(knowledge.words.values())


def _whole(*texts: Text | None) -> str:
    return " ".join(text.en + " " + (text.fr or "") for text in texts if text is not None)


def _each(*texts: Text) -> tuple[str, ...]:
    return tuple(words for text in texts for words in (text.en, text.fr) if words)


def _term(term: Term) -> Findable:
    return Findable(
        id=term.id,
        names=term.names,
        phrases=(*term.described_as.en, *term.described_as.fr, *_each(term.definition)),
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
            *_each(scenario.title, scenario.said),
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

"""Taking entries one after another: all of a kind, those on a topic, or those a search found.

Tips, figures and resources are asked for like this: "tip", "tip pay", "fact st-titles", "tip who
takes the notes".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from bot.commands.call import Call
from bot.commands.finding import find
from bot.commands.paging import after, following
from bot.knowledge import Knowledge
from bot.knowledge.folding import fold
from bot.messages import Language, Outcome, Reply, Text

Topics = Mapping[str, Sequence[str]]
"""Entry -> the topics it is about, for all entries of a kind."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Entries to take from; none where nothing fits."""

    ids: tuple[str, ...]
    name: str = ""
    """What leads here again: a topic or ids. Never what somebody typed; buttons carry it."""
    score: float = 1.0
    ranked: bool = False
    """Whether the first is the best."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One entry from a shelf, and what to ask for to get another."""

    id: str
    more: str
    score: float


def shelf(knowledge: Knowledge, kind: str, topics: Topics, wanted: str) -> Shelf:
    """What "pay", "re-goodwin" or "who takes notes" leads to."""
    if not fold(wanted):
        return Shelf(tuple(topics))
    ids = tuple(wanted.lower().split())
    if all(entry in topics for entry in ids):
        return Shelf(ids, " ".join(ids), ranked=True)
    found = find(knowledge, "topic", wanted)
    if found.result == "answer":
        on_topic = tuple(entry for entry, about in topics.items() if found.hits[0].id in about)
        if on_topic:
            return Shelf(on_topic, found.hits[0].id)
    found = find(knowledge, kind, wanted)
    if found.result == "nothing":
        return Shelf(())
    ids = tuple(hit.id for hit in found.hits[: 1 if found.result == "answer" else None])
    return Shelf(ids, " ".join(ids), found.hits[0].score, ranked=True)


def take(call: Call, kind: str, topics: Topics) -> Taken | None:
    """The entry that is asked for, or the one after it: "pay after tip-range".

    What is not ranked comes in a shuffled order of each person's own, from where today's date
    falls; so the same day gives the same entry and "another" goes through all of them.
    """
    wanted, previous = after(call.argument, topics)
    there = shelf(call.knowledge, kind, topics, wanted)
    if not there.ids:
        return None
    if there.ranked:
        chosen = following(there.ids, previous, 0)
    else:
        order = sorted(there.ids, key=lambda entry: _shuffle(call.request.person, entry))
        chosen = following(order, previous, call.request.at.toordinal())
    more = there.name if len(there.ids) > 1 else topics[chosen][0]
    return Taken(chosen, more, there.score)


def nothing(call: Call, command: str, topics: Topics) -> Outcome:
    """Says that nothing fits, and what there is something on."""
    listed = topic_names(call.knowledge, call.language, topics.values())
    parts = (
        Text(call.say(f"{command}.nothing", query=call.echo, topics=listed)),
        call.button(call.say(f"{command}.any"), command),
    )
    return Outcome(Reply(parts), "nothing")


def topic_names(knowledge: Knowledge, language: Language, topics: Iterable[Sequence[str]]) -> str:
    """The topics there is something on, for a sentence."""
    there = {topic for about in topics for topic in about}
    names = [topic.name for topic in knowledge.topics.values() if topic.id in there]
    return ", ".join(sorted((getattr(name, language) for name in names), key=fold))


def _shuffle(person: str, entry: str) -> bytes:
    return sha256(f"{person} {entry}".encode()).digest()

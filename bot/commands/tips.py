"""One tip at a time. The order is a shuffle of each person's own; the button carries the place."""

from collections.abc import Sequence
from hashlib import sha256

from bot.commands.call import Call, language_note, share_button, source_note
from bot.commands.finding import shelf, topic_names
from bot.commands.paging import AFTER, after, following
from bot.knowledge.entries import Tip
from bot.messages import Heading, Match, Outcome, Part, Reply, Text


def tip(call: Call) -> Outcome:
    """One tip, on a topic where one is named."""
    wanted, previous = after(call.argument, call.knowledge.tips)
    topics = {tip.id: (tip.topic,) for tip in call.knowledge.tips.values()}
    found = shelf(call.knowledge, "tip", topics, wanted)
    if not found.ids:
        names = topic_names(call.knowledge, call.language, topics.values())
        parts = (
            Text(call.say("tip.nothing", query=call.echo, topics=names)),
            call.button(call.say("tip.any"), "tip"),
        )
        return Outcome(Reply(parts), "nothing")
    order = found.ids if found.ranked else _shuffled(call.request.person, found.ids)
    start = 0 if found.ranked else call.request.at.toordinal()
    chosen = call.knowledge.tips[following(order, previous, start)]
    more = found.name if len(found.ids) > 1 else chosen.topic
    match = Match("tip", chosen.id, call.pick(chosen.title), found.score)
    return Outcome(Reply(_card(call, chosen, more)), "answer", (match,))


def _shuffled(person: str, ids: Sequence[str]) -> Sequence[str]:
    """The same order every time for one person, another one for the next."""
    return sorted(ids, key=lambda entry: sha256(f"{person} {entry}".encode()).digest())


def _card(call: Call, tip: Tip, more: str) -> tuple[Part, ...]:
    related = [call.knowledge.glossary[term] for term in tip.related[:2]]
    return (
        Heading(call.pick(tip.title)),
        Text(call.pick(tip.text)),
        Text(call.pick(tip.if_then)),
        source_note(call, tip),
        *language_note(call, tip.title, tip.text, tip.if_then),
        call.button(call.say("tip.another"), "tip", f"{more} {AFTER} {tip.id}".strip()),
        *(call.button(call.title(term.name), "define", term.id) for term in related),
        *share_button(call, "tip", tip.id),
    )

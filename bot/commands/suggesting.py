"""Terms for a search box: those that fit what somebody has typed so far."""

from collections import Counter
from dataclasses import replace

from bot.commands.call import Call
from bot.commands.finding import find, index
from bot.commands.glossary import define
from bot.knowledge import Knowledge
from bot.knowledge.entries import Term
from bot.knowledge.folding import fold
from bot.messages import Button, Offer, Outcome, Reply, Text

MOST = 8
MOST_BUTTONS = 5


def suggest(call: Call) -> Outcome:
    """Names that begin like this, the shortest in front, then what a question would find; with
    nothing typed, the terms that others lead to most.
    """
    terms = _fitting(call.knowledge, fold(call.argument))[:MOST]
    if not terms:
        return Outcome(Reply((Text(call.say("suggest.nothing")),)), "nothing")
    buttons = [call.button(call.title(term.name), "define", term.id) for term in terms]
    reply = Reply((Text(call.say("suggest.some")), *buttons[:MOST_BUTTONS]))
    return Outcome(reply, "answer", offers=tuple(_offer(call, term) for term in terms))


def _fitting(knowledge: Knowledge, typed: str) -> list[Term]:
    terms = knowledge.glossary
    if not typed:
        asked = Counter(other for term in terms.values() for other in term.related)
        return sorted(terms.values(), key=lambda term: -asked[term.id])
    names = index(knowledge, "term")
    begin = [
        (not name.startswith(typed), len(name), name, names.ids[entry])
        for name, entry in names.exact.items()
        if f" {typed}" in f" {name}"
    ]
    found = [hit.id for hit in find(knowledge, "term", typed).hits]
    return [terms[term] for term in dict.fromkeys((*(term for *_, term in sorted(begin)), *found))]


def _offer(call: Call, term: Term) -> Offer:
    """What `define` says of a term, without anything to press."""
    answer = define(replace(call, argument=term.id)).reply
    shown = tuple(part for part in answer.parts if not isinstance(part, Button))
    return Offer(call.title(term.name), call.pick(term.definition), Reply(shown))

"""Figures with their scope and their source, and where to read on."""

from bot.commands.call import Call, language_note, share_button, source_note
from bot.commands.paging import AFTER, asked, more_button
from bot.commands.shelves import nothing, shelf, take
from bot.knowledge.entries import Fact, Resource
from bot.messages import Heading, Link, Match, Note, Outcome, Part, Reply, Text

RESOURCES_AT_ONCE = 4


def fact(call: Call) -> Outcome:
    """A figure, with country, year, sample, source and what people do about it."""
    topics = {entry.id: (entry.topic,) for entry in call.knowledge.facts.values()}
    taken = take(call, "fact", topics)
    if taken is None:
        return nothing(call, "fact", topics)
    chosen = call.knowledge.facts[taken.id]
    match = Match("fact", chosen.id, call.pick(chosen.title), taken.score)
    return Outcome(Reply(_figure(call, chosen, taken.more)), "answer", (match,))


def resources(call: Call) -> Outcome:
    """Where to read on."""
    wanted, number = asked(call.argument)
    topics = {entry.id: entry.topics for entry in call.knowledge.resources.values()}
    found = shelf(call.knowledge, "resource", topics, wanted)
    if not found.ids:
        return nothing(call, "resources", topics)
    pages = -(-len(found.ids) // RESOURCES_AT_ONCE)
    number = min(number, pages)
    ids = found.ids[(number - 1) * RESOURCES_AT_ONCE :][:RESOURCES_AT_ONCE]
    shown = [call.knowledge.resources[entry] for entry in ids]
    parts: list[Part] = [Heading(call.say("resources.heading"))]
    for entry in shown:
        parts += _resource(call, entry)
    parts += language_note(call, *(entry.about for entry in shown))
    if pages > 1:
        parts.append(more_button(call, "resources", found.name, number, pages))
    parts += share_button(call, "resources", f"{found.name} page {number}".strip())
    matches = (Match("resource", entry.id, call.pick(entry.title), found.score) for entry in shown)
    return Outcome(Reply(tuple(parts)), "answer", tuple(matches))


def _figure(call: Call, entry: Fact, more: str) -> tuple[Part, ...]:
    scope = [call.pick(entry.where), entry.year]
    if entry.sample:
        scope.append(call.pick(entry.sample))
    terms = [call.knowledge.glossary[term] for term in entry.related[:2]]
    return (
        Heading(call.pick(entry.title)),
        Text(call.pick(entry.text)),
        Text(", ".join(scope), call.say("label.scope")),
        *([Text(call.pick(entry.caveat), call.say("label.caveat"))] if entry.caveat else ()),
        Text(call.pick(entry.effort), call.say("label.effort")),
        source_note(call, entry),
        *language_note(call, entry.title, entry.text, entry.effort, entry.caveat),
        call.button(call.say("fact.another"), "fact", f"{more} {AFTER} {entry.id}".strip()),
        *(call.button(call.title(term.name), "define", term.id) for term in terms),
        *share_button(call, "fact", entry.id),
    )


def _resource(call: Call, entry: Resource) -> tuple[Part, ...]:
    """A title with what it is; the link, or how to find it where no link is known."""
    title, about = call.pick(entry.title), call.pick(entry.about)
    if entry.url:
        return (Link(title, entry.url), Text(about))
    return (Text(about, title), *([Note(call.pick(entry.where))] if entry.where else ()))

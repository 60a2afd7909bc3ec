"""The glossary: one term, or a way to browse them all."""

from collections import Counter

from bot.commands.call import Call, language_note, same, share_button, source_note
from bot.commands.finding import find
from bot.commands.paging import asked, paged
from bot.knowledge.entries import Term
from bot.knowledge.folding import fold
from bot.matching.search import Found
from bot.messages import Button, Heading, Match, Note, Outcome, Part, Reply, Text

MOST_RELATED = 3


def define(call: Call) -> Outcome:
    """The term that is asked for, the nearest ones, or how to get further."""
    if not fold(call.argument):
        return _usage(call)
    found = find(call.knowledge, "term", call.argument)
    matches = tuple(_match(call, hit.id, hit.score) for hit in found.hits)
    match found.result:
        case "answer":
            term = call.knowledge.glossary[found.hits[0].id]
            return Outcome(Reply(_card(call, term)), "answer", matches)
        case "choices":
            parts: tuple[Part, ...] = (
                Text(call.say("define.choices", query=call.echo)),
                *(call.button(match.title, "define", match.id) for match in matches),
                *_moment(call),
            )
            return Outcome(Reply(parts), "choices", matches)
        case "nothing":
            return Outcome(Reply(_nothing(call)), "nothing")


def glossary(call: Call) -> Outcome:
    """All terms, by topic or by letter."""
    wanted, number = asked(call.argument)
    if not wanted:
        return _topics(call, number)
    terms = call.knowledge.glossary.values()
    letter = fold(wanted)
    if len(letter) == 1:
        title, again = call.say("glossary.letter", letter=letter.upper()), letter
        chosen = [term for term in terms if fold(call.pick(term.name)).startswith(letter)]
    else:
        found = find(call.knowledge, "topic", wanted)
        again = found.hits[0].id if found.result == "answer" else ""
        chosen = [term for term in terms if term.topic == again]
        if not chosen:
            return define(call)
        title = call.pick(call.knowledge.topics[again].name)
    if not chosen:
        parts = (
            Text(call.say("glossary.none", query=letter.upper())),
            call.button(call.say("glossary.button"), "glossary"),
        )
        return Outcome(Reply(parts), "nothing")
    chosen.sort(key=lambda term: fold(call.pick(term.name)))
    lines = [call.title(term.name) for term in chosen]
    buttons = [call.button(call.title(term.name), "define", term.id) for term in chosen]
    rows = paged(call, "glossary", again, number, lines, buttons)
    return Outcome(Reply((Heading(title), *rows)))


def _topics(call: Call, number: int) -> Outcome:
    counts = Counter(term.topic for term in call.knowledge.glossary.values())
    topics = [topic for topic in call.knowledge.topics.values() if counts[topic.id]]
    lines = [f"{call.title(topic.name)} ({counts[topic.id]})" for topic in topics]
    buttons = [call.button(call.title(topic.name), "glossary", topic.id) for topic in topics]
    parts = (
        Heading(call.say("glossary.heading", count=counts.total())),
        Text(call.say("glossary.intro", prefix=call.request.prefix)),
        *paged(call, "glossary", "", number, lines, buttons),
    )
    return Outcome(Reply(parts))


def _card(call: Call, term: Term) -> tuple[Part, ...]:
    name = call.title(term.name)
    related = [call.knowledge.glossary[other] for other in term.related[:MOST_RELATED]]
    checks = [tree for tree in call.knowledge.trees.values() if term.id in tree.related]
    buttons: list[Part] = [
        call.button(call.title(other.name), "define", other.id)
        for other in related[: MOST_RELATED - bool(checks)]
    ]
    if checks:
        buttons.insert(0, call.button(call.say("check.button"), "check"))
    return (
        Heading(name),
        *_also(call, term),
        Text(call.pick(term.definition)),
        Text(call.pick(term.why), call.say("label.why")),
        *([Text(call.pick(term.note), call.say("label.note"))] if term.note else ()),
        source_note(call, term),
        *language_note(call, term.definition, term.why, term.note),
        *buttons,
        *share_button(call, "define", term.id),
    )


def _also(call: Call, term: Term) -> tuple[Part, ...]:
    """Says which word was understood, where it is not the name that was typed."""
    words = fold(call.argument)
    if any(f" {fold(name)} " in f" {words} " for name in term.names):
        return ()
    if any(same(call.argument.replace(" ", ""), name.replace(" ", "")) for name in term.names):
        return ()
    return (Note(call.say("define.closest", query=call.echo)),)


def _match(call: Call, term: str, score: float) -> Match:
    return Match("term", term, call.title(call.knowledge.glossary[term].name), score)


def _usage(call: Call) -> Outcome:
    examples = ("manel", "sponsorship", "microaggression")
    buttons = tuple(
        call.button(call.title(call.knowledge.glossary[term].name), "define", term)
        for term in examples
        if term in call.knowledge.glossary
    )
    parts: tuple[Part, ...] = (
        Text(call.say("define.usage", example=call.typed(call.say("usage.define")))),
        *buttons,
        call.button(call.say("glossary.button"), "glossary"),
    )
    return Outcome(Reply(parts))


def _moment(call: Call) -> tuple[Button, ...]:
    """A way to `say`, where the words sound like something that happened."""
    found: Found = find(call.knowledge, "scenario", call.argument)
    if found.result != "answer":
        return ()
    scenario = call.knowledge.scenarios[found.hits[0].id]
    label = call.say("define.moment", title=call.pick(scenario.title))
    return (call.button(label, "say", scenario.id),)


def _nothing(call: Call) -> tuple[Part, ...]:
    return (
        Text(call.say("define.nothing", query=call.echo)),
        Note(call.say("define.propose")),
        *_moment(call),
        call.button(call.say("glossary.button"), "glossary"),
        call.button(call.say("help.button"), "help"),
    )

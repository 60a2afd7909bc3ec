"""One tip at a time, and a reminder to practise it."""

from bot.commands.call import Call, language_note, share_button, source_note
from bot.commands.paging import AFTER
from bot.commands.shelves import Topics, nothing, take
from bot.knowledge.entries import Tip
from bot.messages import Button, Heading, Match, Outcome, Part, Reply, Text

PRACTISE = ("tomorrow", "week", "mondays")


def tip(call: Call) -> Outcome:
    """One tip, on a topic where one is named."""
    topics = _topics(call)
    taken = take(call, "tip", topics)
    if taken is None:
        return nothing(call, "tip", topics)
    chosen = call.knowledge.tips[taken.id]
    match = Match("tip", chosen.id, call.pick(chosen.title), taken.score)
    return Outcome(Reply(_card(call, chosen, taken.more)), "answer", (match,))


def practise(call: Call) -> Outcome:
    """When to be reminded of a tip, to pick from."""
    tip = call.knowledge.tips.get(call.argument.strip().lower())
    if tip is None:
        return nothing(call, "tip", _topics(call))
    times = {name: call.say(f"practise.{name}_time") for name in PRACTISE}
    choices = (
        call.button(call.say(f"practise.{name}"), "remind", f"{tip.id} {time}")
        for name, time in times.items()
    )
    example = call.typed(call.line("remind", f"{tip.id} {call.say('practise.example_time')}"))
    parts = (
        Heading(call.pick(tip.title)),
        Text(call.pick(tip.if_then)),
        *language_note(call, tip.title, tip.if_then),
        Text(call.say("practise.when", example=example)),
        *choices,
    )
    return Outcome(Reply(parts))


def tip_parts(call: Call, tip: Tip) -> tuple[Part, ...]:
    """A tip as everybody reads it, wherever it comes."""
    return (
        Heading(call.pick(tip.title)),
        Text(call.pick(tip.text)),
        Text(call.pick(tip.if_then)),
        source_note(call, tip),
        *language_note(call, tip.title, tip.text, tip.if_then),
    )


def practise_button(call: Call, tip: Tip) -> Button:
    """*Remind me to practise this*."""
    return call.button(call.say("practise.button"), "practise", tip.id)


def _topics(call: Call) -> Topics:
    return {tip.id: (tip.topic,) for tip in call.knowledge.tips.values()}


def _card(call: Call, tip: Tip, more: str) -> tuple[Part, ...]:
    related = [call.knowledge.glossary[term] for term in tip.related[:2]]
    return (
        *tip_parts(call, tip),
        call.button(call.say("tip.another"), "tip", f"{more} {AFTER} {tip.id}".strip()),
        practise_button(call, tip),
        *(call.button(call.title(term.name), "define", term.id) for term in related),
        *share_button(call, "tip", tip.id),
    )

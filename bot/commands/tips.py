"""One tip at a time."""

from bot.commands.call import Call, language_note, share_button, source_note
from bot.commands.paging import AFTER
from bot.commands.shelves import nothing, take
from bot.knowledge.entries import Tip
from bot.messages import Heading, Match, Outcome, Part, Reply, Text


def tip(call: Call) -> Outcome:
    """One tip, on a topic where one is named."""
    topics = {tip.id: (tip.topic,) for tip in call.knowledge.tips.values()}
    taken = take(call, "tip", topics)
    if taken is None:
        return nothing(call, "tip", topics)
    chosen = call.knowledge.tips[taken.id]
    match = Match("tip", chosen.id, call.pick(chosen.title), taken.score)
    return Outcome(Reply(_card(call, chosen, taken.more)), "answer", (match,))


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

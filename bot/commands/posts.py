"""What the bot says of its own accord, because somebody asked for it at an earlier time."""

from datetime import datetime

from bot.commands.call import Call, language_note, source_note
from bot.commands.paging import AFTER
from bot.commands.reminding import snooze_buttons
from bot.commands.tips import practise_button, tip_parts
from bot.commands.words import word
from bot.knowledge import Knowledge
from bot.language import Language
from bot.memory import NOTHING
from bot.messages import Heading, Mention, Note, Part, Reply, Request, Text


def reminder_post(
    knowledge: Knowledge,
    language: Language,
    at: datetime,
    words: str,
    entry: str,
    reminder: str,
) -> Reply:
    """A reminder that is due: what it is about, what fits, why it comes and how to stop it."""
    call = Call(Request("", "", at), language, "", knowledge, NOTHING)
    stop = call.line("reminders", f"cancel {reminder}")
    parts: tuple[Part, ...] = (
        Heading(call.say("reminders.post")),
        Text(words),
        *_fitting(call, entry),
        Note(call.say("reminders.why", command=stop)),
        *snooze_buttons(call, reminder),
    )
    return Reply(parts)


def tip_post(
    knowledge: Knowledge, language: Language, at: datetime, prefix: str, tip: str, owner: str
) -> Reply:
    """A channel's tip: the tip, who set it up and how to stop it, and what can be pressed.

    Raises ValueError where there is no such tip.
    """
    chosen = knowledge.tips.get(tip)
    if chosen is None:
        raise ValueError(f"no tip {tip}")
    call = Call(Request("", "", at, prefix=prefix), language, "", knowledge, NOTHING)
    lines = {
        name: call.typed(call.line("weekly", word(knowledge, name, language)))
        for name in ("pause", "off")
    }
    stop = call.say("weekly.post_stop", **lines)
    signed = f"{call.say('weekly.byline')} {stop}"
    parts: tuple[Part, ...] = (
        *tip_parts(call, chosen),
        Mention(signed, owner, call.say("name.colleague")) if owner else Note(stop),
        call.button(call.say("weekly.more_button"), "tip", f"{chosen.topic} {AFTER} {chosen.id}"),
        practise_button(call, chosen),
    )
    return Reply(parts)


def word_post(
    knowledge: Knowledge, language: Language, at: datetime, prefix: str, channel: str, reason: str
) -> Reply:
    """To who set a channel's tips up: nothing can be posted there, and what to do."""
    call = Call(Request("", "", at, prefix=prefix), language, "", knowledge, NOTHING)
    resume = call.typed(call.line("weekly", word(knowledge, "resume", language)))
    parts = (
        Heading(call.say("weekly.stopped")),
        Mention(call.say("weekly.stopped_where"), channel, call.say("name.channel")),
        Text(call.say(f"weekly.stopped_{reason}", command=resume)),
    )
    return Reply(parts)


def _fitting(call: Call, entry: str) -> tuple[Part, ...]:
    kind, _, entry_id = entry.partition(":")
    if kind == "tip" and (tip := call.knowledge.tips.get(entry_id)):
        return (
            Text(call.pick(tip.text), call.pick(tip.title)),
            Text(call.pick(tip.if_then)),
            source_note(call, tip),
            *language_note(call, tip.text),
        )
    if kind == "term" and (term := call.knowledge.glossary.get(entry_id)):
        return (
            Text(call.pick(term.definition), call.title(term.name)),
            source_note(call, term),
            *language_note(call, term.definition),
        )
    return ()

"""What the bot says of its own accord, because somebody asked for it at an earlier time."""

from datetime import datetime

from bot.commands.call import Call, language_note, source_note
from bot.commands.reminding import snooze_buttons
from bot.knowledge import Knowledge
from bot.language import Language
from bot.memory import NOTHING
from bot.messages import Heading, Note, Part, Reply, Request, Text


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

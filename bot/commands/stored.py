"""What is stored on a person: shown on request, and gone on request."""

from collections.abc import Iterator

from bot.commands.call import Call
from bot.commands.reminding import line
from bot.memory import ForgetPerson
from bot.messages import Bullets, Heading, Note, Outcome, Part, Reply, Text
from bot.schedule.zones import place


def my_data(call: Call) -> Outcome:
    """Everything that is stored on the person, in words."""
    settings = tuple(_settings(call))
    reminders = tuple(line(call, reminder) for reminder in call.memory.reminders)
    listed = ((settings, call.say("data.settings")), (reminders, call.say("data.reminders")))
    stored: tuple[Part, ...] = tuple(Bullets(items, label) for items, label in listed if items)
    parts = (
        Heading(call.say("data.heading")),
        *(stored or (Text(call.say("data.nothing")),)),
        Note(call.say("data.note")),
        *([call.button(call.say("forget.button"), "forget")] if stored else []),
        call.button(call.say("privacy.button"), "privacy"),
    )
    return Outcome(Reply(parts))


def forget(call: Call) -> Outcome:
    """All of it goes, at once."""
    parts = (Heading(call.say("forget.heading")), Text(call.say("forget.text")))
    return Outcome(Reply(parts), changes=(ForgetPerson(call.request.person),))


def _settings(call: Call) -> Iterator[str]:
    memory = call.memory
    if memory.language:
        yield call.say("data.language", name=call.say(f"language.{memory.language}"))
    if memory.zone:
        yield call.say("data.zone", zone=place(memory.zone, call.language))

"""What is stored on a person: shown on request, and gone on request."""

from collections.abc import Iterator

from bot.commands.call import Call
from bot.commands.channel_tips import rule
from bot.commands.reminding import line
from bot.commands.times import said_instant
from bot.commands.wording import called
from bot.memory import ForgetPerson
from bot.messages import Bullets, Heading, Mention, Note, Outcome, Part, Reply, Text
from bot.schedule.zones import place


def my_data(call: Call) -> Outcome:
    """Everything that is stored on the person, in words."""
    settings = tuple(_settings(call))
    reminders = tuple(line(call, reminder) for reminder in call.memory.reminders)
    listed = ((settings, call.say("data.settings")), (reminders, call.say("data.reminders")))
    stored: tuple[Part, ...] = (
        *(Bullets(items, label) for items, label in listed if items),
        *_weeklies(call),
    )
    parts = (
        Heading(call.say("data.heading")),
        *(stored or (Text(call.say("data.nothing")),)),
        Note(call.say("data.note")),
        *([call.button(call.say("forget.button"), "forget")] if stored else []),
        call.button(call.say("privacy.button"), "privacy"),
    )
    return Outcome(Reply(parts), file=call.say("data.file") if stored else "")


def forget(call: Call) -> Outcome:
    """All of it goes, at once."""
    parts = (Heading(call.say("forget.heading")), Text(call.say("forget.text")))
    return Outcome(Reply(parts), changes=(ForgetPerson(call.request.person),))


def _weeklies(call: Call) -> Iterator[Part]:
    for channel, weekly in call.memory.owned:
        text = call.say("data.weekly", rule=rule(call, weekly))
        yield Mention(text, channel, call.say("name.channel"))


def _settings(call: Call) -> Iterator[str]:
    memory = call.memory
    if memory.language:
        yield call.say("data.language", name=call.say(f"language.{memory.language}"))
    if memory.zone:
        yield call.say("data.zone", zone=place(memory.zone, call.language))
    if call.request.person in memory.house.managers:
        yield call.say("data.manager")
    yield from _nudging(call)


def _nudging(call: Call) -> Iterator[str]:
    own, rules = call.memory.nudging, call.knowledge.wording
    if own.on:
        yield call.say("data.nudging_on")
    if own.muted:
        # a rule that is no more has no words: its id is what is stored
        named = (called(call, rules[id]) if id in rules else id for id in sorted(own.muted))
        yield call.say("data.nudging_muted", rules=", ".join(named))
    if own.snoozed_until:
        until = said_instant(own.snoozed_until, call.zone, call.language)
        yield call.say("data.nudging_quiet", until=until)

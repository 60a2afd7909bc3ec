"""What holds for a whole workspace: who may set up tips, its language, its time zone."""

from collections.abc import Callable
from dataclasses import replace

from bot.commands.call import Call, sentence
from bot.commands.personal import AUTOMATIC, named_language
from bot.commands.words import parted
from bot.knowledge.folding import fold
from bot.memory import Change, House, Memory, Preferences, SetHouse, SetPreferences
from bot.messages import Bullets, Heading, Mention, Note, Outcome, Part, Reply, Text
from bot.schedule.zones import place, zone


def settings(call: Call) -> Outcome:
    """What is set; an admin or a manager may change it."""
    name, rest = parted(call.knowledge, call.argument, tuple(_CHANGES))
    if name and not call.manages:
        return sentence(call, "settings.refused")
    return _CHANGES[name](replace(call, argument=rest)) if name else _shown(call, call.memory)


def _shown(call: Call, memory: Memory, *changes: Change) -> Outcome:
    language, where = memory.workspace_language, memory.workspace_zone
    who = "settings.restricted" if memory.house.restricted else "settings.everyone"
    spoken = call.say(f"language.{language}") if language else call.say("settings.as_written")
    near = place(where, call.language) if where else call.say("settings.each_own")
    parts: tuple[Part, ...] = (
        Heading(call.say("settings.heading")),
        Text(call.say(who), call.say("settings.who")),
        *_managers(call, memory.house),
        Text(spoken, call.say("settings.language")),
        Text(near, call.say("settings.zone")),
        *_how(call),
    )
    return Outcome(Reply(parts), changes=changes)


def _managers(call: Call, house: House) -> tuple[Part, ...]:
    text, unnamed = call.say("settings.manager"), call.say("name.colleague")
    return tuple(Mention(text, person, unnamed) for person in sorted(house.managers))


def _how(call: Call) -> tuple[Part, ...]:
    """What can be typed to change it, for those who may."""
    if not call.manages:
        return (Note(call.say("settings.refused")),)
    lines = call.say("settings.examples").split("|")
    typed = tuple(call.typed(call.line("settings", line)) for line in lines)
    return (Bullets(typed, call.say("settings.change")),)


def _who_schedules(call: Call) -> Outcome:
    """weekly everyone, or weekly managers."""
    who, _ = parted(call.knowledge, call.argument, ("everyone", "managers"))
    if not who:
        return _shown(call, call.memory)
    return _housed(call, replace(call.memory.house, restricted=who == "managers"))


def _add(call: Call) -> Outcome:
    return _managed_by(call, call.memory.house.managers | {*call.request.mentioned})


def _remove(call: Call) -> Outcome:
    return _managed_by(call, call.memory.house.managers - {*call.request.mentioned})


def _managed_by(call: Call, managers: frozenset[str]) -> Outcome:
    if not call.request.mentioned:
        return sentence(call, "settings.whom")
    return _housed(call, replace(call.memory.house, managers=managers))


def _language(call: Call) -> Outcome:
    asked, memory = fold(call.argument), call.memory
    if asked in AUTOMATIC:
        return _preferring(call, replace(memory, workspace_language=None))
    if name := named_language(asked):
        return _preferring(call, replace(memory, workspace_language=name))
    return _shown(call, memory)


def _zone(call: Call) -> Outcome:
    found = zone(call.argument)
    if found is None:
        return sentence(call, "timezone.unknown", query=call.echo)
    return _preferring(call, replace(call.memory, workspace_zone=found))


def _housed(call: Call, house: House) -> Outcome:
    after = replace(call.memory, house=house)
    return _shown(replace(call, memory=after), after, SetHouse(call.request.workspace, house))


def _preferring(call: Call, after: Memory) -> Outcome:
    preferences = Preferences(after.workspace_language, after.workspace_zone)
    change = SetPreferences(call.request.workspace, preferences)
    return _shown(call, after, change)


_CHANGES: dict[str, Callable[[Call], Outcome]] = {
    "weekly": _who_schedules,
    "add": _add,
    "remove": _remove,
    "language": _language,
    "zone": _zone,
}

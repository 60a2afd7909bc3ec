"""Nudges about wording: chosen by each person, allowed in each channel, private always."""

from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.commands.call import Call, sentence
from bot.commands.times import said_instant
from bot.commands.wording import called, found_in, lines
from bot.commands.words import parted, word
from bot.knowledge import Knowledge
from bot.knowledge.folding import fold
from bot.memory import AllowNudges, EndNudges, Memory, Nudging, SetNudging
from bot.messages import (
    LONGEST_REQUEST,
    Bullets,
    Heading,
    Note,
    Outcome,
    Part,
    Reply,
    Request,
    Text,
)
from bot.schedule.phrases import understand
from bot.schedule.understood import Ask, Once

MOST_SHOWN = 3
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Nudge:
    """What an author is told, and the rules it is about."""

    reply: Reply
    rules: tuple[str, ...]


def nudge(
    request: Request, memory: Memory, knowledge: Knowledge, lately: Container[str]
) -> Nudge | None:
    """What the author of a new message hears of it; None where they want or need nothing.

    Only rules whose words hardly ever mean something else; none that they muted or heard of lately;
    and of a long document nothing.
    """
    own = memory.nudging
    if not (memory.nudged_here and own.on) or _quiet(own, request):
        return None
    if len(request.text) > LONGEST_REQUEST:
        return None
    language = memory.language or memory.channel.language or memory.workspace_language
    found = [
        one
        for one in found_in(knowledge, request.text, language)
        if knowledge.wording[one.rule].mode == "offer"
        and one.rule not in own.muted
        and one.rule not in lately
    ]
    if not found:
        return None
    rules = tuple(dict.fromkeys(one.rule for one in found))
    call = Call(request, language or found[0].language, "", knowledge, memory)
    off = call.typed(call.line("nudges", word(knowledge, "off", call.language)))
    first = knowledge.wording[rules[0]]
    parts: tuple[Part, ...] = (
        *((Note(call.say("nudge.origin")),) if request.place.elsewhere else ()),
        Heading(call.say("nudge.heading")),
        Text(call.say("nudge.text")),
        Bullets(tuple(lines(call, found, MOST_SHOWN))),
        Text(call.pick(first.why)),
        Note(call.say("nudge.why", command=off)),
        call.button(call.say("nudges.dismiss_button"), "close"),
        call.button(
            call.say("nudges.mute_button", words=called(call, first)),
            "nudges",
            f"{word(knowledge, 'mute', call.language)} {first.id}",
        ),
        call.button(
            call.say("nudges.snooze_button"), "nudges", word(knowledge, "snooze", call.language)
        ),
    )
    return Nudge(Reply(parts), rules)


def nudges(call: Call) -> Outcome:
    """nudges on, off, mute <rule>, snooze <time>; here on or off, by an admin."""
    name, rest = parted(call.knowledge, call.argument, tuple(_DOING))
    if not call.request.overhears and name in ("", "on", "here"):
        return Outcome(Reply((Heading(call.say("nudges.heading")), Text(call.say("nudges.deaf")))))
    return _DOING[name](replace(call, argument=rest)) if name else _shown(call, call.memory.nudging)


def _quiet(own: Nudging, request: Request) -> bool:
    return own.snoozed_until is not None and request.at < own.snoozed_until


def _shown(call: Call, own: Nudging) -> Outcome:
    """How things are, for the person and in the channel."""
    changed = own != call.memory.nudging
    until = own.snoozed_until
    muted = [call.knowledge.wording[id] for id in sorted(own.muted) if id in call.knowledge.wording]
    named = ", ".join(called(call, rule) for rule in muted)
    parts: tuple[Part, ...] = (
        Heading(call.say("nudges.heading")),
        Text(call.say("nudges.on") if own.on else call.say("nudges.off")),
        *(
            (Text(call.say("nudges.snoozed", until=said_instant(until, call.zone, call.language))),)
            if until and _quiet(own, call.request)
            else ()
        ),
        *((Text(call.say("nudges.muted", rules=named)),) if muted else ()),
        *_channel(call),
        _switch(call, own),
    )
    changes = (SetNudging(call.request.person, own),) if changed else ()
    return Outcome(Reply(parts), changes=changes)


def _channel(call: Call) -> tuple[Part, ...]:
    if not call.request.channel:
        return ()
    allowed = call.memory.nudged_here
    return (Note(call.say("nudges.here_on") if allowed else call.say("nudges.here_off")),)


def _switch(call: Call, own: Nudging) -> Part:
    name = "off" if own.on else "on"
    label = call.say("nudges.off_button") if own.on else call.say("nudges.on_button")
    return call.button(label, "nudges", word(call.knowledge, name, call.language))


def _on(call: Call) -> Outcome:
    return _shown(call, replace(call.memory.nudging, on=True, snoozed_until=None))


def _off(call: Call) -> Outcome:
    return _shown(call, replace(call.memory.nudging, on=False))


def _mute(call: Call) -> Outcome:
    return _rule(call, call.memory.nudging.muted | {call.argument})


def _unmute(call: Call) -> Outcome:
    return _rule(call, call.memory.nudging.muted - {call.argument})


def _rule(call: Call, muted: frozenset[str]) -> Outcome:
    if call.argument not in call.knowledge.wording:
        mute = word(call.knowledge, "mute", call.language)
        example = call.typed(call.line("nudges", f"{mute} w-guys"))
        return Outcome(Reply((Text(call.say("nudges.which", example=example)),)), "nothing")
    return _shown(call, replace(call.memory.nudging, muted=muted))


def _snooze(call: Call) -> Outcome:
    """Quiet for a week, or until a time."""
    _, said = parted(call.knowledge, call.argument, ("until",))
    if not fold(said):
        until = call.request.at + WEEK
        return _shown(call, replace(call.memory.nudging, snoozed_until=until))
    match understand(said, call.language, call.request.at, call.zone):
        case Once(at) | Ask(Once(at)):
            return _shown(call, replace(call.memory.nudging, snoozed_until=at))
    example = call.typed(call.say("nudges.snooze_example"))
    return Outcome(Reply((Text(call.say("nudges.until_when", example=example)),)), "nothing")


def _here(call: Call) -> Outcome:
    """An admin allows them in a channel, which hears of it; or ends them."""
    name, _ = parted(call.knowledge, call.argument, ("on", "off"))
    channel = call.request.channel
    if not channel:
        return sentence(call, "nudges.where")
    if not name:
        return _shown(call, call.memory.nudging)
    if not call.manages:
        return sentence(call, "nudges.refused")
    if name == "off":
        return Outcome(Reply((Text(call.say("nudges.ended")),)), changes=(EndNudges(channel),))
    on = call.line("nudges", word(call.knowledge, "on", call.language))
    notice: tuple[Part, ...] = (
        Heading(call.say("nudges.notice")),
        Text(call.say("nudges.notice_text")),
        Note(
            call.say(
                "nudges.notice_how", on=call.aloud(on), privacy=call.aloud(call.line("privacy"))
            )
        ),
    )
    return Outcome(
        Reply((Text(call.say("nudges.allowed", command=call.aloud(on))),)),
        introduction=None if call.memory.nudged_here else Reply(notice),
        unshared=Reply((Text(call.say("weekly.invite")),)),
        changes=(AllowNudges(channel),),
    )


_DOING: dict[str, Callable[[Call], Outcome]] = {
    "on": _on,
    "off": _off,
    "mute": _mute,
    "unmute": _unmute,
    "snooze": _snooze,
    "here": _here,
}

"""A channel's tips: set up in a sentence, looked at, paused, changed, ended.

Anybody there may look. Pausing is for everybody but guests; setting up and changing too, unless the
workspace leaves that to its managers.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from bot.commands.call import Call, sentence
from bot.commands.channel_tips import (
    changed,
    following,
    next_dates,
    rule,
    status,
    steps,
    tips_on,
    upcoming,
)
from bot.commands.personal import named_language
from bot.commands.setting_up import in_words, introduced, no_such_topic, set_up, topic_of
from bot.commands.times import reading, said_instant
from bot.commands.tips import tip_parts
from bot.commands.words import parted, word
from bot.knowledge.folding import fold
from bot.memory import EndWeekly, Preferences, SaveWeekly, SetPreferences, Weekly
from bot.messages import Button, Note, Outcome, Part, Reply, Text
from bot.schedule.phrases import understand
from bot.schedule.plan import pick_tip
from bot.schedule.recurrence import shown
from bot.schedule.saying import say_date
from bot.schedule.understood import Ask, Once
from bot.schedule.zones import zone

PAUSES: dict[str, int] = {"fortnight": 14, "month": 28, "quarter": 84}
"""What a button says -> days."""


def weekly(call: Call) -> Outcome:
    """weekly <when> [about <topic>] [in <zone>], or one word on the tips that there are."""
    there = call.memory.weekly
    if not call.request.channel:
        return sentence(call, "weekly.where", example=call.typed(call.say("usage.weekly")))
    name, rest = parted(call.knowledge, call.argument, tuple(_DOING))
    if name and not (name in _ALONE and rest):
        if there is None:
            return _none(call)
        return _refusal(call, name) or _DOING[name](replace(call, argument=rest), there)
    if fold(call.argument):
        return _refusal(call, "") or set_up(call)
    return status(call, there) if there else _none(call)


def _refusal(call: Call, name: str) -> Outcome | None:
    """What somebody is told who may not do it; None where they may."""
    if name in _LOOKING:
        return None
    if call.request.role == "guest":
        return sentence(call, "weekly.guest")
    there = call.memory.weekly
    own = there is not None and there.owner == call.request.person
    if name in _PAUSING or own or call.manages or not call.memory.house.restricted:
        return None
    return sentence(call, "weekly.restricted")


def _none(call: Call) -> Outcome:
    """There are none; how to set them up."""
    example = call.aloud(call.say("usage.weekly"))
    suggested = call.button(call.say("weekly.suggested"), "weekly", call.say("weekly.monday"))
    parts: tuple[Part, ...] = (Text(call.say("weekly.none", example=example)),)
    return Outcome(Reply(parts if call.request.place.elsewhere else (*parts, suggested)))


def _preview(call: Call, weekly: Weekly) -> Outcome:
    """The tip that comes next, for the asker alone."""
    fitting = tips_on(call.knowledge, weekly.topic)
    chosen = pick_tip(fitting, dict(call.memory.used), call.request.channel)
    at = upcoming(weekly, call.request.at)
    if chosen is None or at is None:
        return status(call, weekly)
    when = said_instant(at, weekly.zone, call.language)
    spoken = replace(call, language=call.memory.channel.language or call.language)
    parts = (
        Note(call.say("weekly.preview", when=when)),
        *tip_parts(spoken, call.knowledge.tips[chosen]),
        *steps(call, "skip", "off"),
    )
    return Outcome(Reply(parts))


def _next(call: Call, weekly: Weekly) -> Outcome:
    """The next dates, by themselves."""
    dates = next_dates(call, weekly)
    if not dates:
        return status(call, weekly)
    return Outcome(Reply((*dates, *steps(call, "preview", "skip"))))


def _skip(call: Call, weekly: Weekly) -> Outcome:
    """The next post does not come; those after it do."""
    at = upcoming(weekly, call.request.at)
    if at is None:
        return status(call, weekly)
    skipped = say_date(shown(at, weekly.zone).date(), call.language)
    later = replace(weekly, next_at=following(weekly, at))
    back = call.button(
        call.say("weekly.unskip_button"), "weekly", word(call.knowledge, "resume", call.language)
    )
    said = call.say("weekly.skipped", skipped=skipped)
    return _resting(call, later, said, *([] if call.request.place.elsewhere else [back]))


def _pause(call: Call, weekly: Weekly) -> Outcome:
    """Until a date; a pause without an end would be forgotten."""
    _, until = parted(call.knowledge, call.argument, ("until",))
    now = call.request.at
    found = understand(until, call.language, now, weekly.zone)
    match found:
        case Once(at):
            day = at.date()
            said = call.say("weekly.paused", until=say_date(day, call.language))
            later = replace(weekly, paused_until=day)
            return _resting(call, later, said, *steps(call, "resume", "off"))
        case Ask(Once(at)):
            said = reading(call.knowledge, call.language, now, found)
            return Outcome(Reply((Text(said), *_pauses(call, {"yes": at.date()}))), "nothing")
    today = shown(now, weekly.zone).date()
    days = {name: today + timedelta(days=count) for name, count in PAUSES.items()}
    example = call.aloud(call.say("weekly.pause_example"))
    wrong = f"{reading(call.knowledge, call.language, now, found)} " if until else ""
    said = wrong + call.say("weekly.until_when", example=example)
    return Outcome(Reply((Text(said), *_pauses(call, days))))


def _pauses(call: Call, days: Mapping[str, date]) -> tuple[Button, ...]:
    """What can be pressed to pause until a date."""
    if call.request.place.elsewhere:
        return ()
    pause, until = (word(call.knowledge, name, call.language) for name in ("pause", "until"))
    return tuple(
        call.button(call.say(f"pause.{name}"), "weekly", f"{pause} {until} {day.isoformat()}")
        for name, day in days.items()
    )


def _resting(call: Call, weekly: Weekly, said: str, *steps: Part) -> Outcome:
    dates = next_dates(call, weekly)
    changes = (SaveWeekly(call.request.channel, weekly),)
    return Outcome(Reply((Text(said), *dates, *steps)), changes=changes)


def _resume(call: Call, weekly: Weekly) -> Outcome:
    """They go on; where they had been stopped, the channel has to take a message first."""
    at = following(weekly, call.request.at)
    on = replace(weekly, paused_until=None, stopped="", next_at=at)
    outcome = changed(call, on, "weekly.on")
    return introduced(call, on, outcome) if weekly.stopped else outcome


def _off(call: Call, weekly: Weekly) -> Outcome:
    """There are no more; the same ones can be set up again."""
    again = in_words(call, rule(call, weekly), weekly.topic)
    button = call.button(call.say("weekly.again_button"), "weekly", again)
    back = () if call.request.place.elsewhere else (button,)
    said = Text(call.say("weekly.off", rule=rule(call, weekly)))
    return Outcome(Reply((said, *back)), changes=(EndWeekly(call.request.channel),))


def _topic(call: Call, weekly: Weekly) -> Outcome:
    """What the tips are about: one topic, or everything."""
    about = "" if parted(call.knowledge, call.argument, ("any",))[0] else call.argument
    if not fold(about):
        return changed(call, replace(weekly, topic=""))
    topic = topic_of(call, about)
    if topic is None:
        return no_such_topic(call, about)
    return changed(call, replace(weekly, topic=topic))


def _language(call: Call, weekly: Weekly) -> Outcome:
    """The language of what is posted there."""
    if name := named_language(call.argument):
        own = Preferences(name, call.memory.channel.zone)
        said = Text(call.say(f"weekly.language_{name}"))
        changes = (SetPreferences(call.request.channel, own),)
        return Outcome(Reply((said, *steps(call, "preview"))), changes=changes)
    line = call.line("weekly", f"{word(call.knowledge, 'language', call.language)} fr")
    return sentence(call, "weekly.which_language", example=call.aloud(line))


def _zone(call: Call, weekly: Weekly) -> Outcome:
    """Where its hours are meant."""
    found = zone(call.argument)
    if found is None:
        return sentence(call, "timezone.unknown", query=call.echo)
    moved = replace(weekly, zone=found)
    return changed(call, replace(moved, next_at=following(moved, call.request.at)))


_DOING: dict[str, Callable[[Call, Weekly], Outcome]] = {
    "preview": _preview,
    "next": _next,
    "skip": _skip,
    "pause": _pause,
    "resume": _resume,
    "off": _off,
    "topic": _topic,
    "language": _language,
    "zone": _zone,
}
_ALONE = frozenset({"preview", "next", "skip", "resume", "off"})
"""Nothing follows them: "next Monday 10:00" is a time."""
_LOOKING = frozenset({"preview", "next"})
_PAUSING = frozenset({"skip", "pause", "resume"})

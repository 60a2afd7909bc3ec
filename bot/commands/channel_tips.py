"""A channel's tips in words: when they come, about what, what can be done about them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.commands.call import Call
from bot.commands.times import said_instant, said_rule
from bot.commands.words import word
from bot.knowledge import Knowledge
from bot.memory import SaveWeekly, Weekly
from bot.messages import Bullets, Heading, Mention, Note, Outcome, Part, Reply, Text
from bot.schedule.plan import Tip
from bot.schedule.recurrence import from_rrule, next_occurrence, occurrences, shown
from bot.schedule.saying import say_date

SHOWN_DATES = 3


def tips_on(knowledge: Knowledge, topic: str) -> Sequence[Tip]:
    """The tips on a topic; all of them where it is empty."""
    tips = knowledge.tips.values()
    return [Tip(tip.id, (tip.topic,)) for tip in tips if topic in ("", tip.topic)]


def rule(call: Call, weekly: Weekly) -> str:
    """When they come: "every Monday at 10:00 (Toronto)"."""
    return said_rule(weekly.rule, weekly.since, weekly.zone, call.language)


def following(weekly: Weekly, after: datetime) -> datetime | None:
    """The first time after an instant, pauses left out of account."""
    return next_occurrence(from_rrule(weekly.rule, weekly.since), weekly.zone, after)


def upcoming(weekly: Weekly, now: datetime) -> datetime | None:
    """The next post, after what was skipped and paused; None while nothing can be posted."""
    if weekly.stopped:
        return None
    at = weekly.next_at
    if at is None or at <= now:
        at = following(weekly, now)
    while at and weekly.paused_until and shown(at, weekly.zone).date() < weekly.paused_until:
        at = following(weekly, at)
    return at


def is_paused(weekly: Weekly, now: datetime) -> bool:
    """Whether there is a pause that is not over yet."""
    return weekly.paused_until is not None and shown(now, weekly.zone).date() < weekly.paused_until


def next_dates(call: Call, weekly: Weekly) -> tuple[Part, ...]:
    """The next few posts, as the clocks there will show them."""
    first = upcoming(weekly, call.request.at)
    if first is None:
        return ()
    later = occurrences(from_rrule(weekly.rule, weekly.since), weekly.zone, first, SHOWN_DATES - 1)
    said = tuple(said_instant(at, weekly.zone, call.language) for at in (first, *later))
    return (Bullets(said, call.say("label.next_dates")),)


def status(call: Call, weekly: Weekly, heading: str = "weekly.heading") -> Outcome:
    """When, about what, set up by whom, and what can be done about it."""
    topic = call.knowledge.topics.get(weekly.topic)
    paused = is_paused(weekly, call.request.at)
    hints = ("resume", "off") if weekly.stopped else ("preview", "skip", "pause", "off")
    parts: tuple[Part, ...] = (
        Heading(call.say(heading)),
        Text(_capital(rule(call, weekly))),
        *((Text(call.title(topic.name), call.say("weekly.about")),) if topic else ()),
        *_trouble(call, weekly),
        *next_dates(call, weekly),
        _owner(call, weekly),
        *steps(call, *(("preview", "resume", "off") if paused else hints)),
    )
    return Outcome(Reply(parts))


def steps(call: Call, *names: str) -> tuple[Part, ...]:
    """What can be done next: buttons in the channel; elsewhere, what to type there."""
    words = {name: word(call.knowledge, name, call.language) for name in names}
    if call.request.place.elsewhere:
        typed = (call.aloud(call.line("weekly", said)) for said in words.values())
        return (Note(call.say("weekly.in_channel", commands=" · ".join(typed))),)
    return tuple(
        call.button(call.say(f"weekly.{name}_button"), "weekly", said)
        for name, said in words.items()
    )


def changed(call: Call, weekly: Weekly, heading: str = "weekly.heading") -> Outcome:
    """How they are from now on, remembered."""
    shown_as = replace(call, memory=replace(call.memory, weekly=weekly))
    return replace(
        status(shown_as, weekly, heading), changes=(SaveWeekly(call.request.channel, weekly),)
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _trouble(call: Call, weekly: Weekly) -> tuple[Part, ...]:
    """Why nothing comes, where nothing does."""
    if weekly.stopped:
        resume = call.line("weekly", word(call.knowledge, "resume", call.language))
        return (Text(call.say(f"weekly.stopped_{weekly.stopped}", command=call.aloud(resume))),)
    if is_paused(weekly, call.request.at) and weekly.paused_until:
        until = say_date(weekly.paused_until, call.language)
        return (Text(call.say("weekly.paused", until=until)),)
    return ()


def _owner(call: Call, weekly: Weekly) -> Part:
    if not weekly.owner:
        return Note(call.say("weekly.nobody"))
    return Mention(call.say("weekly.owner"), weekly.owner, call.say("name.colleague"))

"""A channel's tips set up in one sentence: "every Monday at 10:00 about meetings in Toronto"."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.commands.call import Call
from bot.commands.channel_tips import changed, rule, tips_on
from bot.commands.finding import find
from bot.commands.shelves import topic_names
from bot.commands.times import reading, unsure_zone
from bot.commands.words import parted, word
from bot.memory import Preferences, SetPreferences, Weekly
from bot.messages import Heading, Mention, Note, Outcome, Reply, Text
from bot.schedule.phrases import understand
from bot.schedule.recurrence import Recurrence, next_occurrence, shown
from bot.schedule.saying import say_rule
from bot.schedule.splitting import Split, split
from bot.schedule.understood import Ask, Once, Recurring, Refused
from bot.schedule.zones import place

_EACH = ("", "every ", "chaque ")
"""What may be left out: "Monday 10:00" is every Monday here."""


def set_up(call: Call) -> Outcome:
    """Sets them up, or gives them another time; or says what is missing."""
    asked = None
    for found in _readings(call, call.zone):
        match found:
            case Split(about, Recurring() as when):
                return _kept(call, about, when)
            case Split(about, Ask(Recurring()) as ask) if asked is None:
                asked = _asked(call, about, ask)
    return asked or _refused(call)


def topic_of(call: Call, about: str) -> str | None:
    """The topic that some words name, where there are tips on it; None where there are none."""
    found = find(call.knowledge, "topic", about)
    if found.result != "answer" or not tips_on(call.knowledge, found.hits[0].id):
        return None
    return found.hits[0].id


def no_such_topic(call: Call, about: str) -> Outcome:
    """Says what there are tips on."""
    topics = [(tip.topic,) for tip in call.knowledge.tips.values()]
    listed = topic_names(call.knowledge, call.language, topics)
    said = call.say("tip.nothing", query=replace(call, argument=about).echo, topics=listed)
    return Outcome(Reply((Text(said),)), "nothing")


def in_words(call: Call, rule: str, topic: str) -> str:
    """What sets tips up when it is said: their rule, and what they are about."""
    return f"{rule} {call.say('weekly.about_words', topic=topic)}" if topic else rule


def introduced(call: Call, weekly: Weekly, outcome: Outcome) -> Outcome:
    """The channel hears of it first; where the bot may not speak there, nothing is remembered."""
    aloud = replace(call, language=call.memory.channel.language or call.language)
    pause = aloud.line("weekly", word(call.knowledge, "pause", aloud.language))
    said = (
        Heading(aloud.say("weekly.hello")),
        Text(aloud.say("weekly.hello_text", rule=rule(aloud, weekly))),
        Mention(aloud.say("weekly.byline"), call.request.person, aloud.say("name.colleague")),
        Note(
            aloud.say(
                "weekly.hello_note",
                pause=aloud.aloud(pause),
                privacy=aloud.aloud(aloud.line("privacy")),
            )
        ),
    )
    invite = Reply((Text(call.say("weekly.invite")),))
    return replace(outcome, introduction=Reply(said), unshared=invite)


def _readings(call: Call, zone: str) -> Iterator[Split]:
    """The ways to read the sentence; what stands before "about" may have a misspelt day in it."""
    now = call.request.at
    for each in _EACH:
        yield from split(each + call.argument, call.language, now, zone)
    time, about = _parted_at_topic(call)
    for each in _EACH if about else ():
        yield Split(about, understand(each + time, call.language, now, zone))


def _parted_at_topic(call: Call) -> tuple[str, str]:
    said = call.argument.split()
    for count in range(1, len(said)):
        topic, about = parted(call.knowledge, " ".join(said[count:]), ("about",))
        if topic:
            return " ".join(said[:count]), about
    return call.argument, ""


def _recurring(call: Call, zone: str) -> Recurring | None:
    found = (split.when for split in _readings(call, zone))
    return next((when for when in found if isinstance(when, Recurring)), None)


def _kept(call: Call, about: str, when: Recurring) -> Outcome:
    before = call.memory.weekly
    topic = before.topic if before else ""
    if about:
        named = topic_of(call, about)
        if named is None:
            return no_such_topic(call, about)
        topic = named
    weekly = Weekly(
        owner=call.request.person,
        rule=when.recurrence.rrule,
        since=when.recurrence.start,
        zone=when.zone,
        next_at=_first(call, when.recurrence, when.zone),
        topic=topic,
    )
    outcome = changed(call, weekly, "weekly.on")
    if unsure := unsure_zone(call, when, lambda zone: _recurring(call, zone)):
        outcome = replace(outcome, reply=Reply((*outcome.reply.parts, *unsure)))
    spoken = call.memory.channel.language or call.memory.workspace_language or "en"
    if spoken != call.language and not call.memory.channel.language:
        own = Preferences(call.language, call.memory.channel.zone)
        language = SetPreferences(call.request.channel, own)
        outcome = replace(outcome, changes=(*outcome.changes, language))
    new = before is None or bool(before.stopped)
    return introduced(call, weekly, outcome) if new else outcome


def _first(call: Call, recurrence: Recurrence, zone: str) -> datetime | None:
    """The first post: not on a day that had one already."""
    at = next_occurrence(recurrence, zone, call.request.at)
    latest = max((used for _, used in call.memory.used), default=None)
    if at and latest and shown(latest, zone).date() == shown(at, zone).date():
        return next_occurrence(recurrence, zone, at)
    return at


def _asked(call: Call, about: str, ask: Ask) -> Outcome:
    """A reading that is not sure, and a button that says it surely."""
    said = reading(call.knowledge, call.language, call.request.at, ask)
    if not isinstance(ask.proposal, Recurring) or call.request.place.elsewhere:
        return Outcome(Reply((Text(f"{said} {call.say('remind.again')}"),)), "nothing")
    sure = say_rule(ask.proposal.recurrence, call.language)
    where = place(ask.proposal.zone, call.language)
    yes = call.button(call.say("when.yes"), "weekly", in_words(call, f"{sure} ({where})", about))
    return Outcome(Reply((Text(said), yes)), "nothing")


def _refused(call: Call) -> Outcome:
    """What is wrong with the sentence, or that it is for one time only."""
    found = next(_readings(call, call.zone), None)
    when = found.when if found else Refused("nothing", "")
    if isinstance(when, Once) or (isinstance(when, Ask) and isinstance(when.proposal, Once)):
        said = call.say("weekly.once")
    else:
        said = reading(call.knowledge, call.language, call.request.at, when)
    return Outcome(Reply((Text(said),)), "nothing")

"""Private reminders: made in a sentence, matched to the knowledge, listed, put off, cancelled."""

from hashlib import sha256

from bot.commands.call import Call, sentence
from bot.commands.finding import find
from bot.commands.times import next_dates, reading, said_instant, said_rule, unsure_zone
from bot.knowledge import Knowledge
from bot.knowledge.folding import fold
from bot.memory import LONGEST_REMINDER, EndReminder, Reminder, SaveReminder
from bot.messages import Bullets, Button, Heading, Moment, Note, Outcome, Part, Reply, Text
from bot.schedule.phrases import understand
from bot.schedule.plan import Snooze, snoozes
from bot.schedule.recurrence import next_occurrence
from bot.schedule.saying import say
from bot.schedule.splitting import Split, split
from bot.schedule.understood import Ask, Once, Recurring, Refused

MOST_REMINDERS = 50
CANCELLED_AT_ONCE = 4
SNOOZES: dict[str, Snooze] = {
    "minutes": "20 minutes",
    "hour": "1 hour",
    "hours": "3 hours",
    "tomorrow": "tomorrow",
    "week": "next week",
}
"""What a button says -> what it means."""


def remind(call: Call) -> Outcome:
    """remind me <what> <when>: kept until it is over."""
    if not fold(call.argument):
        example = call.typed(call.say("usage.remind"))
        return sentence(call, "remind.usage", example=example)
    found = _read(call, call.zone)
    when = found.when
    if isinstance(when, Ask | Refused):
        said = reading(call.knowledge, call.language, call.request.at, when)
        again = call.say("remind.again") if isinstance(when, Ask) else ""
        return Outcome(Reply((Text(f"{said} {again}".rstrip()),)), "nothing")
    words = found.about
    for problem, wrong in (
        ("remind.what", not words),
        ("remind.long", len(words) > LONGEST_REMINDER),
        ("remind.many", len(call.memory.reminders) >= MOST_REMINDERS),
    ):
        if wrong:
            said = call.say(problem, most=LONGEST_REMINDER, reminders=MOST_REMINDERS)
            return Outcome(Reply((Text(said),)), "nothing")
    return _kept(call, _reminder(call, words, when), when)


def reminders(call: Call) -> Outcome:
    """The person's own; or "cancel", "done" or "snooze" with the id of one."""
    words = call.argument.split()
    if len(words) >= 2:
        known = {reminder.id: reminder for reminder in call.memory.reminders}
        reminder = known.get(words[1])
        if reminder is None:
            return Outcome(Reply((Text(call.say("reminders.gone")), _all(call))))
        match words[0].lower():
            case "cancel" | "annuler":
                return _ended(call, reminder, "reminders.cancelled")
            case "done" | "fait":
                return _done(call, reminder)
            case "snooze" | "reporter" if len(words) == 3 and words[2] in SNOOZES:
                return _put_off(call, reminder, SNOOZES[words[2]])
    return _listed(call)


def line(call: Call, reminder: Reminder) -> str:
    """A reminder in a list: its words, and when."""
    return f"{reminder.words} – {_when(call, reminder)}"


def snooze_buttons(call: Call, reminder: str) -> tuple[Button, ...]:
    """*Done*, and the ways to put it off."""
    done = call.button(call.say("reminders.done_button"), "reminders", f"done {reminder}")
    return (
        done,
        *(
            call.button(call.say(f"snooze.{key}"), "reminders", f"snooze {reminder} {key}")
            for key in SNOOZES
        ),
    )


def fitting(knowledge: Knowledge, words: str) -> str:
    """What of the knowledge words are about, such as "tip:tip-credit"; empty where nothing is."""
    for kind in ("tip", "term"):
        found = find(knowledge, kind, words)
        if found.result == "answer" or (found.result == "choices" and kind == "tip"):
            return f"{kind}:{found.hits[0].id}"
    topic = find(knowledge, "topic", words)
    if topic.result == "answer":
        for tip in knowledge.tips.values():
            if tip.topic == topic.hits[0].id:
                return f"tip:{tip.id}"
    return ""


def _reminder(call: Call, words: str, when: Once | Recurring) -> Reminder:
    at = call.request.at
    made = sha256(f"{call.request.person} {at.isoformat()} {words}".encode()).hexdigest()[:10]
    entry = fitting(call.knowledge, words)
    if isinstance(when, Once):
        return Reminder(made, words, entry, "", when.at.date(), when.zone, when.at)
    rule, zone = when.recurrence, when.zone
    following = next_occurrence(rule, zone, at)
    return Reminder(made, words, entry, rule.rrule, rule.start, zone, following)


def _kept(call: Call, reminder: Reminder, when: Once | Recurring) -> Outcome:
    dates = next_dates(when, call.request.at, call.language) if isinstance(when, Recurring) else ()
    parts: tuple[Part, ...] = (
        Heading(call.say("remind.heading")),
        Text(reminder.words),
        _said(call, when),
        *unsure_zone(call, when, lambda zone: _read(call, zone).when),
        *((Bullets(dates, call.say("label.next_dates")),) if dates else ()),
        *_matched(call, reminder.entry),
        call.button(call.say("reminders.cancel_button"), "reminders", f"cancel {reminder.id}"),
        _all(call),
    )
    return Outcome(Reply(parts), changes=(SaveReminder(call.request.person, reminder),))


def _said(call: Call, when: Once | Recurring) -> Part:
    words = say(when, call.language, call.request.at)
    return Moment(words, when.at) if isinstance(when, Once) else Text(words)


def _read(call: Call, zone: str) -> Split:
    """What about, and when; buttons say what about by the id of a tip."""
    first, _, rest = call.argument.partition(" ")
    if tip := call.knowledge.tips.get(first):
        when = understand(rest, call.language, call.request.at, zone)
        return Split(call.pick(tip.title), when)
    found = split(call.argument, call.language, call.request.at, zone)
    return found[0] if found else Split("", Refused("nothing", ""))


def _matched(call: Call, entry: str) -> tuple[Part, ...]:
    """Says what will come along, where something fits."""
    match entry.split(":"):
        case ["tip", tip] if tip in call.knowledge.tips:
            title = call.pick(call.knowledge.tips[tip].title)
        case ["term", term] if term in call.knowledge.glossary:
            title = call.title(call.knowledge.glossary[term].name)
        case _:
            return ()
    return (Note(call.say("remind.fits", title=title)),)


def _listed(call: Call) -> Outcome:
    own = [reminder for reminder in call.memory.reminders if reminder.next_at is not None]
    if not own:
        example = call.typed(call.say("usage.remind"))
        return sentence(call, "reminders.none", example=example)
    buttons = tuple(
        call.button(
            call.say("reminders.cancel_one", number=number), "reminders", f"cancel {reminder.id}"
        )
        for number, reminder in enumerate(own[:CANCELLED_AT_ONCE], 1)
    )
    lines = tuple(f"{number}. {line(call, one)}" for number, one in enumerate(own, 1))
    return Outcome(Reply((Heading(call.say("reminders.heading")), Bullets(lines), *buttons)))


def _ended(call: Call, reminder: Reminder, key: str) -> Outcome:
    change = EndReminder(call.request.person, reminder.id)
    return Outcome(Reply((Text(call.say(key)), _all(call))), changes=(change,))


def _done(call: Call, reminder: Reminder) -> Outcome:
    if not reminder.rule:
        return _ended(call, reminder, "reminders.done")
    again = call.say("reminders.done_again", when=_when(call, reminder))
    return Outcome(Reply((Text(again), _all(call))))


def _put_off(call: Call, reminder: Reminder, choice: Snooze) -> Outcome:
    """A time of its own for once; the reminder itself stays as it is."""
    until = snoozes(call.request.at, call.zone)[choice]
    later = _reminder(call, reminder.words, Once(until, call.zone))
    said = call.say("reminders.snoozed", when=said_instant(until, call.zone, call.language))
    changes = (SaveReminder(call.request.person, later),)
    return Outcome(Reply((Text(said), _all(call))), changes=changes)


def _when(call: Call, reminder: Reminder) -> str:
    if reminder.rule:
        return said_rule(reminder.rule, reminder.since, reminder.zone, call.language)
    if reminder.next_at is None:
        return call.say("reminders.over")
    return said_instant(reminder.next_at, reminder.zone, call.language)


def _all(call: Call) -> Button:
    return call.button(call.say("reminders.button"), "reminders")

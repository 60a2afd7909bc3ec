"""What a phrase of time was understood to say, put into words: to confirm, to ask, to refuse."""

from collections.abc import Callable
from datetime import date, datetime

from bot.commands.call import Call
from bot.knowledge import Knowledge
from bot.messages import Language, Note, Part
from bot.schedule.recurrence import from_rrule, occurrences, shown
from bot.schedule.saying import say, say_date, say_rule
from bot.schedule.understood import Ask, Once, Recurring, Refused, Understood
from bot.schedule.zones import place

NEXT_DATES = 3
_FAR_AWAY = "Asia/Tokyo"
"""Where no phrase means the same as in Greenwich, unless it says its zone or needs none."""


def reading(knowledge: Knowledge, language: Language, now: datetime, found: Understood) -> str:
    """One sentence: the reading with weekday, date, time and zone, a question, or what is wrong."""
    match found:
        case Recurring() | Once():
            return say(found, language, now)
        case Ask(proposal, about):
            mended = ", ".join(
                knowledge.say("when.mended", language, said=word.said, meant=word.meant)
                for word in about
                if word.meant
            )
            meant = say(proposal, language, now)
            if not mended:
                return knowledge.say("when.ask", language, reading=meant)
            return knowledge.say("when.ask_mended", language, reading=meant, mended=mended)
        case Refused(reason, words):
            said = knowledge.say(f"when.{reason}", language, words=words)
            return f"{said} {knowledge.say('when.examples', language)}"


def unsure_zone(
    call: Call, found: Recurring | Once, again: Callable[[str], Understood | None]
) -> tuple[Part, ...]:
    """Says so where nobody knows the person's zone and it matters.

    `again` reads the same words in another zone.
    """
    if call.known_zone:
        return ()
    other = again(_FAR_AWAY)
    match found, other:
        case (Once(at), Once(there)) if at == there:
            return ()
        case (Recurring(_, zone), Recurring(_, there)) if zone == there:
            return ()
    example = call.typed(call.say("usage.timezone"))
    return (Note(call.say("timezone.unsure", example=example)),)


def said_rule(rule: str, since: date, zone: str, language: Language) -> str:
    """A stored rule with its zone: "every Monday at 10:00 (Toronto)"."""
    return f"{say_rule(from_rrule(rule, since), language)} ({place(zone, language)})"


def said_instant(at: datetime, zone: str, language: Language) -> str:
    """An instant as the clocks of a zone show it: weekday, date, time and zone."""
    return say(Once(shown(at, zone), zone), language, at)


def next_dates(found: Recurring, now: datetime, language: Language) -> tuple[str, ...]:
    """The next few times, as they will be on the clock there."""
    return tuple(
        f"{say_date(local.date(), language)}, {local:%H:%M}"
        for at in occurrences(found.recurrence, found.zone, now, NEXT_DATES)
        for local in (shown(at, found.zone),)
    )

"""What a phrase of time was understood to say, put into words: to confirm, to ask, to refuse."""

from datetime import datetime

from bot.knowledge import Knowledge
from bot.messages import Language
from bot.schedule.recurrence import occurrences, shown
from bot.schedule.saying import say, say_date
from bot.schedule.understood import Ask, Once, Recurring, Refused, Understood

NEXT_DATES = 3


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


def next_dates(found: Recurring, now: datetime, language: Language) -> tuple[str, ...]:
    """The next few times, as they will be on the clock there."""
    return tuple(
        f"{say_date(local.date(), language)}, {local:%H:%M}"
        for at in occurrences(found.recurrence, found.zone, now, NEXT_DATES)
        for local in (shown(at, found.zone),)
    )

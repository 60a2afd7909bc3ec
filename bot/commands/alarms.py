"""Words of self-harm or present danger: they are known before anything else is looked at."""

from functools import lru_cache

from bot.knowledge import Knowledge
from bot.knowledge.folding import fold


def alarming(knowledge: Knowledge, text: str) -> bool:
    """Whether a text has words of self-harm or present danger."""
    phrases, exceptions = _alarms(knowledge)
    words = f" {fold(text)} "
    for phrase in exceptions:
        words = words.replace(phrase, " … ")
    firsts = phrases.keys() & set(words.split())
    return any(phrase in words for first in firsts for phrase in phrases[first])


@lru_cache(maxsize=4)
def _alarms(knowledge: Knowledge) -> tuple[dict[str, list[str]], tuple[str, ...]]:
    """Folded phrases that alarm, by their first words, and those in which they do not."""
    alarms = knowledge.alarms.values()
    phrases: dict[str, list[str]] = {}
    for alarm in alarms:
        for phrase in (*alarm.phrases.en, *alarm.phrases.fr):
            phrases.setdefault(fold(phrase).partition(" ")[0], []).append(f" {fold(phrase)} ")
    unless = (phrase for alarm in alarms for phrase in (*alarm.unless.en, *alarm.unless.fr))
    return phrases, tuple(f" {fold(phrase)} " for phrase in unless)

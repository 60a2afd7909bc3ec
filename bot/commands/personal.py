"""What a person sets for themselves: the language of the answers and the time zone."""

from dataclasses import replace

from bot.commands.call import Call, sentence
from bot.knowledge.folding import fold
from bot.language import LANGUAGES, Language
from bot.memory import Change, Preferences, SetPreferences
from bot.messages import Outcome, Reply, Text
from bot.schedule.recurrence import shown
from bot.schedule.zones import place, zone

LANGUAGE_NAMES: dict[Language, frozenset[str]] = {
    "en": frozenset({"en", "english", "anglais"}),
    "fr": frozenset({"fr", "french", "francais"}),
}
AUTOMATIC = frozenset({"auto", "automatic", "automatique"})


def language(call: Call) -> Outcome:
    """The language that answers come in, or none so that it follows what is typed."""
    asked = fold(call.argument)
    if asked in AUTOMATIC:
        return _set(call, "language.automatic", language=None)
    if name := named_language(asked):
        return _set(replace(call, language=name), "language.set", language=name)
    buttons = (
        call.button(call.say(f"language.{name}"), "language", name) for name in (*LANGUAGES, "auto")
    )
    return Outcome(Reply((Text(call.say("language.usage")), *buttons)))


def named_language(text: str) -> Language | None:
    """The language that somebody names, in either of the two."""
    asked = fold(text)
    return next((name for name, words in LANGUAGE_NAMES.items() if asked in words), None)


def timezone(call: Call) -> Outcome:
    """The zone that times are meant in."""
    if not fold(call.argument):
        now = place(call.zone, call.language)
        example = call.typed(call.say("usage.timezone"))
        return sentence(call, "timezone.now", zone=now, example=example)
    found = zone(call.argument)
    if found is None:
        return sentence(call, "timezone.unknown", query=call.echo)
    clock = shown(call.request.at, found)
    said = call.say(
        "timezone.set", zone=place(found, call.language), name=found, time=f"{clock:%H:%M}"
    )
    change = SetPreferences(call.request.person, Preferences(call.memory.language, found))
    return Outcome(Reply((Text(said),)), changes=(change,))


def _set(call: Call, key: str, language: Language | None) -> Outcome:
    change: Change = SetPreferences(call.request.person, Preferences(language, call.memory.zone))
    return Outcome(Reply((Text(call.say(key)),)), changes=(change,))

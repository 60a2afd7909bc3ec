"""Everything that can be said to the bot by typing what it offers and pressing what it shows."""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from bot.commands.table import COMMANDS
from bot.dispatch import dispatch
from bot.knowledge import Knowledge
from bot.memory import NOTHING
from bot.messages import LANGUAGES, Language, Outcome, Place, Request

Walked = tuple[Request, Outcome]

LOCALES: dict[Language, str] = {"en": "en-CA", "fr": "fr-CA"}
CHATS = (Place("W"), Place("W", "C"), Place("W", "C", public=True))
"""One to one, where there is nobody to share with; in a channel; where everybody reads along."""

_NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)

# The command that shows an entry of each kind; topics narrow what a command takes from.
_SHOWN_BY = {
    "glossary": ("define",),
    "tips": ("tip",),
    "scenarios": ("say",),
    "checklists": ("checklist",),
    "facts": ("fact",),
    "resources": ("resources",),
    "topics": ("glossary", "tip", "fact", "resources"),
}


def reachable(knowledge: Knowledge) -> Iterator[Walked]:
    """Breadth first: what can be typed, then every button of every reply, until nothing is new."""
    starts = [
        Request("test:walker", text, _NOON, place, LOCALES[language])
        for language in LANGUAGES
        for place in CHATS
        for text in typed(knowledge, language)
    ]
    waiting = deque(dict.fromkeys(starts))
    seen = set(waiting)
    while waiting:
        request = waiting.popleft()
        outcome = dispatch(request, NOTHING, knowledge)
        yield request, outcome
        for button in outcome.reply.buttons:
            press = replace(request, text=button.command)
            if press not in seen:
                seen.add(press)
                waiting.append(press)


def typed(knowledge: Knowledge, language: Language) -> Iterator[str]:
    """Where the walk begins: every word and example of every command, and every entry."""
    for name in (*(command.id for command in COMMANDS), "share"):
        yield knowledge.say(f"command.{name}", language)
        yield from knowledge.say(f"aliases.{name}", language).split("|")
    for command in COMMANDS:
        yield knowledge.say(f"usage.{command.id}", language)
    for kind, commands in _SHOWN_BY.items():
        for name in commands:
            word = knowledge.say(f"command.{name}", language)
            yield from (f"{word} {entry}" for entry in getattr(knowledge, kind))

"""The small words that follow a command: "pause", "until", "off", in both languages."""

from collections.abc import Sequence

from bot.knowledge import Knowledge
from bot.knowledge.folding import fold
from bot.messages import LANGUAGES, Language


def parted(knowledge: Knowledge, text: str, names: Sequence[str]) -> tuple[str, str]:
    """Which of some words a text begins with, and the rest; an empty name where with none."""
    said = text.split()
    for length in range(min(3, len(said)), 0, -1):
        spelled = fold(" ".join(said[:length]))
        for name in names:
            if spelled in _spellings(knowledge, name):
                rest = text.split(maxsplit=length)[length:]
                return name, rest[0].strip() if rest else ""
    return "", text.strip()


def word(knowledge: Knowledge, name: str, language: Language) -> str:
    """A word as buttons use it."""
    return knowledge.say(f"word.{name}", language).split("|")[0]


def _spellings(knowledge: Knowledge, name: str) -> set[str]:
    said = (knowledge.say(f"word.{name}", language) for language in LANGUAGES)
    return {fold(spelling) for words in said for spelling in words.split("|")}

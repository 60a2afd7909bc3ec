"""Kinder wording for people and for other programs: `ally wording`."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from adapters.terminal import shown
from bot.commands.wording import found_in
from bot.knowledge import Knowledge
from bot.knowledge.fields import in_language
from bot.messages import Language
from bot.wording.rewriting import fitted


def as_data(text: str, language: Language | None, knowledge: Knowledge) -> dict[str, Any]:
    """The fields of an answer line; offsets are in code points, the end exclusive."""
    return {
        "findings": [
            {
                "start": one.start,
                "end": one.end,
                "text": one.text,
                "rule": one.rule,
                "alternatives": list(fitted(one)),
                "why": _why(knowledge, one.rule, language or one.language),
            }
            for one in found_in(knowledge, text, language)
        ]
    }


def in_lines(text: str, language: Language | None, knowledge: Knowledge) -> Iterator[str]:
    """What a person reads: where each finding is, and below the first of a rule why."""
    breaks = [place for place, char in enumerate(text) if char == "\n"]
    explained: set[str] = set()
    for one in found_in(knowledge, text, language):
        speaks = language or one.language
        line = bisect_left(breaks, one.start)
        column = one.start - (breaks[line - 1] if line else -1)
        written, instead = " ".join(one.text.split()), ", ".join(fitted(one))
        swap = knowledge.say("wording.swap", speaks, written=shown(written), instead=instead)
        yield f"{line + 1}:{column}: {swap} ({one.rule})"
        if one.rule not in explained:
            explained.add(one.rule)
            yield f"    {_why(knowledge, one.rule, speaks)}"


def _why(knowledge: Knowledge, rule: str, language: Language) -> str:
    return in_language(knowledge.wording[rule].why, language)

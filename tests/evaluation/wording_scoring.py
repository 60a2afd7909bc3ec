"""How well wording findings fit labelled messages: `python -m tests.evaluation.wording_scoring en`.

A line of a set is {"id", "lang", "class", "text"}; ⟦ and ⟧ stand around what is to be found. A span
counts where both of its ends are right.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from adapters.content import SHIPPED
from bot.commands.wording import found_in
from bot.knowledge import Knowledge
from bot.knowledge.load import load
from bot.messages import LANGUAGES

Span = tuple[int, int]

FOLDER = Path(__file__).parent / "wording"


@dataclass(frozen=True, slots=True)
class Message:
    """A message with what is to be found in it."""

    id: str
    language: str
    kind: str
    text: str
    spans: frozenset[Span]


def messages(half: str) -> Iterator[Message]:
    """The labelled messages of a half: "tuning" or "held_out"."""
    for path in sorted(FOLDER.glob(f"{half}_*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            text, spans = unmarked(told["text"])
            yield Message(told["id"], told["lang"], told["class"], text, spans)


def unmarked(text: str) -> tuple[str, frozenset[Span]]:
    """A text without its marks, and where they were."""
    plain, spans, start = "", set(), 0
    for char in text:
        if char == "⟦":
            start = len(plain)
        elif char == "⟧":
            spans.add((start, len(plain)))
        else:
            plain += char
    return plain, frozenset(spans)


@dataclass
class Score:
    """Counts over some messages."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    clean: int = 0
    """Messages in which nothing is to be found."""
    clean_flagged: int = 0
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(class, right or wrong or missed or flagged) -> how often."""

    def __str__(self) -> str:
        return (
            f"F1 {self.f1:.3f} (right {self.right}, wrong {self.wrong}, missed {self.missed}); "
            f"clean messages flagged {self.clean_flagged} of {self.clean} ({self.flagged:.1%})"
        )

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall of spans."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    @property
    def flagged(self) -> float:
        """The share of clean messages in which something is found."""
        return self.clean_flagged / max(1, self.clean)


Find = Callable[[str, str], frozenset[Span]]
"""What is found in a text of a language."""


def score(labelled: Iterable[Message], find: Find) -> dict[str, Score]:
    """By language."""
    scores: dict[str, Score] = {}
    for message in labelled:
        found = find(message.text, message.language)
        own = scores.setdefault(message.language, Score())
        counts = {
            "right": len(found & message.spans),
            "wrong": len(found - message.spans),
            "missed": len(message.spans - found),
        }
        own.right += counts["right"]
        own.wrong += counts["wrong"]
        own.missed += counts["missed"]
        own.clean += not message.spans
        own.clean_flagged += bool(found and not message.spans)
        own.kinds.update({(message.kind, what): count for what, count in counts.items() if count})
    return scores


def told(scores: dict[str, Score]) -> str:
    """The figures, and those of each class."""
    lines = []
    for language, own in sorted(scores.items()):
        lines.append(f"{language}: {own}")
        for kind in sorted({kind for kind, _ in own.kinds}):
            counts = (f"{what} {own.kinds[kind, what]}" for what in ("right", "wrong", "missed"))
            lines.append(f"    {kind:20} {', '.join(counts)}")
    return "\n".join(lines)


def finder(knowledge: Knowledge) -> Find:
    """What rules find; the language is a hint, as a person's setting is."""
    return lambda text, language: frozenset(
        (one.start, one.end)
        for one in found_in(knowledge, text, "fr" if language == "fr" else "en")
    )


def main() -> None:
    """Prints the figures of tuning, and what went wrong there; of held_out its totals alone."""
    find = finder(load(SHIPPED))
    if "held_out" in sys.argv[1:]:
        for language, own in score(messages("held_out"), find).items():
            sys.stdout.write(f"{language}: {own}\n")
        return
    languages = sys.argv[1:] or LANGUAGES
    chosen = [message for message in messages("tuning") if message.language in languages]
    for message in chosen:
        found = find(message.text, message.language)
        for start, end in sorted(found - message.spans):
            sys.stdout.write(f"wrong  {message.id} [{message.text[start:end]}] {message.text}\n")
        for start, end in sorted(message.spans - found):
            sys.stdout.write(f"missed {message.id} [{message.text[start:end]}] {message.text}\n")
    sys.stdout.write(told(score(chosen, find)) + "\n")


if __name__ == "__main__":
    main()

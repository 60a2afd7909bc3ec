"""How often look-ups are right, by class: the measure behind the figures in RESULTS.md.

Run it to see them: `python -m tests.evaluation.scoring tuning --misses`.
"""

import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.commands.finding import find
from bot.knowledge import Knowledge
from bot.knowledge.load import load
from bot.matching.search import Found

HERE = Path(__file__).parent
KNOWLEDGE = HERE.parent.parent / "knowledge"


@dataclass(frozen=True)
class Case:
    """A text, what it should find (nothing, if out of domain) and its class."""

    text: str
    expect: tuple[str, ...]
    kind: str


@dataclass(frozen=True)
class Score:
    """Of a class: how many, how many with the right entry first, how many wrongly sure."""

    count: int
    first: int
    confident: int
    wrong: int

    @property
    def top1(self) -> float:
        return self.first / self.count

    @property
    def confident_wrong(self) -> float:
        return self.wrong / self.count


def cases(part: str, name: str) -> list[Case]:
    rows = yaml.safe_load((HERE / part / f"{name}.yaml").read_text(encoding="utf-8"))
    return [
        Case(row["text"], tuple(row["expect"]), f"{row.get('lang', '')} {row['class']}".strip())
        for row in rows
    ]


def judge(case: Case, found: Found) -> tuple[bool, bool]:
    """Whether the first hit is right, and whether it is surely wrong."""
    right = bool(found.hits) and found.hits[0].id in case.expect
    if not case.expect:
        return found.result != "answer", found.result == "answer"
    return right, found.result == "answer" and not right


def score(knowledge: Knowledge, kind: str, rows: list[Case]) -> dict[str, Score]:
    """Scores by class, with the total under "all"."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for case in rows:
        found = find(knowledge, kind, case.text)
        first, wrong = judge(case, found)
        for group in (case.kind, "all"):
            for place, value in enumerate((True, first, found.result == "answer", wrong)):
                counts[group][place] += value
    return {group: Score(*values) for group, values in counts.items()}


SETS = {
    "lookups_en": "term",
    "lookups_fr": "term",
    "out_of_domain": "term",
    "near_misses": "term",
    "scenarios": "scenario",
    "chat": "scenario",
    "chat_more": "scenario",
}


def report(part: str, misses: bool) -> None:
    knowledge = load(KNOWLEDGE)
    for name, kind in SETS.items():
        if not (HERE / part / f"{name}.yaml").exists():
            continue
        rows = cases(part, name)
        for group, result in score(knowledge, kind, rows).items():
            print(  # noqa: T201
                f"{name:14} {group:18} {result.count:4}  first {result.top1:.3f}"
                f"  sure {result.confident / result.count:.3f}"
                f"  surely wrong {result.confident_wrong:.3f}"
            )
        for case in rows if misses else ():
            found = find(knowledge, kind, case.text)
            first, wrong = judge(case, found)
            if wrong or not first:
                hits = [(hit.id, hit.score) for hit in found.hits]
                print("   ", "WRONG" if wrong else "miss ", case, found.result, hits)  # noqa: T201


if __name__ == "__main__":
    report(sys.argv[1], "--misses" in sys.argv)

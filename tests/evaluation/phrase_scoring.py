"""How often phrases of time are understood exactly, by class and by language.

Any program that keeps the contract of `ally when --jsonl` can be measured:
`python -m tests.evaluation.phrase_scoring tuning --misses` or, for another program,
`python -m tests.evaluation.phrase_scoring held_out -- their-program --its-option`.
Of the held-out half only the figures are shown.
"""

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.adapters.running import PROGRAM, ROOT, environment

HERE = Path(__file__).parent / "phrases"
PARTS = ("tuning", "held_out")
WHEN = [*PROGRAM, "when", "--jsonl"]
PATIENCE_SECONDS = 300

ASKED = ("id", "lang", "text", "now", "zone", "after")
RECURRING = ("freq", "interval", "weekdays", "ordinal", "monthday", "hour", "minute")

Line = Mapping[str, Any]


@dataclass
class Score:
    """Of a group: how many, how many exactly right, needlessly refused, and taken for another."""

    count: int = 0
    exact: int = 0
    refused: int = 0
    misread: int = 0


def lines(part: str) -> list[Line]:
    text = (HERE / f"{part}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def answers(asked: Sequence[Line], program: Sequence[str] = WHEN) -> dict[str, Line]:
    """What the program says to each line, by id; it never sees what is expected."""
    said = "".join(json.dumps({key: line[key] for key in ASKED}) + "\n" for line in asked)
    done = subprocess.run(
        program,
        input=said.encode(),
        capture_output=True,
        timeout=PATIENCE_SECONDS,
        cwd=ROOT,
        env=environment(),
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"the program ended with {done.returncode}: {done.stderr.decode()[-500:]}")
    heard = [json.loads(line) for line in done.stdout.decode().split("\n") if line.strip()]
    return {answer["id"]: answer for answer in heard}


def wrong(line: Line, answer: Line) -> list[str]:
    """The fields in which an answer differs from what is expected; none if it is exactly right."""
    expected = line["expected"]
    if answer.get("kind") != expected["kind"]:
        return ["kind"]
    if expected["kind"] == "error":
        return []
    found = [] if _is_one_of(answer.get("zone"), expected["zone"]) else ["zone"]
    if "at" in expected:
        if _instant(answer.get("at")) != _instant(expected["at"]):
            found.append("at")
    else:
        found += [name for name in RECURRING if _plain(answer, name) != _plain(expected, name)]
    if [_instant(text) for text in answer.get("next") or ()] != [
        _instant(text) for text in expected["next"]
    ]:
        found.append("next")
    return found


def score(asked: Sequence[Line], said: Mapping[str, Line]) -> dict[str, Score]:
    """Scores by class and by language, with the total under "all"."""
    scores: dict[str, Score] = defaultdict(Score)
    for line in asked:
        answer = said.get(line["id"], {})
        right = not wrong(line, answer)
        refused = not right and answer.get("kind") == "error"
        for group in (line["class"], line["lang"], "all"):
            scores[group].count += 1
            scores[group].exact += right
            scores[group].refused += refused
            scores[group].misread += not right and not refused
    return scores


def _is_one_of(zone: object, allowed: str | Sequence[str]) -> bool:
    return zone in ([allowed] if isinstance(allowed, str) else allowed)


def _plain(fields: Line, name: str) -> object:
    """A field without the difference between nothing, none and an empty list."""
    value = fields.get(name)
    return frozenset(map(str, value or ())) if name == "weekdays" else value


def _instant(text: object) -> datetime | str | None:
    """The instant that a text names; a text that names none is only like itself."""
    if text is None:
        return None
    try:
        instant = datetime.fromisoformat(str(text))
    except ValueError:
        return f"no instant: {text}"
    return instant if instant.tzinfo else f"no offset: {text}"


def report(part: str, misses: bool, program: Sequence[str]) -> None:
    asked = lines(part)
    said = answers(asked, program)
    print(f"{'':16} count  exact  refused  misread")  # noqa: T201
    for group, result in score(asked, said).items():
        print(  # noqa: T201
            f"{group:16} {result.count:5}  {result.exact / result.count:5.3f}"
            f"  {result.refused:7}  {result.misread:7}"
        )
    for line in asked if misses else ():
        answer = said.get(line["id"], {})
        if found := wrong(line, answer):
            print(f"\n{line['id']} {line['text'][:200]!r}: {', '.join(found)}")  # noqa: T201
            print("   asked   ", {key: line[key] for key in ASKED[3:]})  # noqa: T201
            print("   expected", line["expected"])  # noqa: T201
            print("   answered", str(answer)[:1000])  # noqa: T201


def main(arguments: Sequence[str]) -> None:
    own, program = list(arguments), WHEN
    if "--" in own:
        own, program = own[: own.index("--")], own[own.index("--") + 1 :]
    match own:
        case ["tuning", "--misses"]:
            report("tuning", True, program)
        case ["tuning" | "held_out" as part]:
            report(part, False, program)
        case ["held_out", "--misses"]:
            raise SystemExit("what is held out is counted, never shown")
        case _:
            raise SystemExit("usage: phrase_scoring tuning|held_out [--misses] [-- PROGRAM …]")


if __name__ == "__main__":
    main(sys.argv[1:])

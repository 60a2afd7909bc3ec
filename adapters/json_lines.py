"""JSON lines: one object in, one object out, so that other programs can ask."""

import json
import sys
from collections.abc import Callable, Iterable
from typing import Any, BinaryIO

from bot.messages import LANGUAGES, Language, Outcome

Answer = Callable[[dict[str, Any], Language | None], dict[str, Any]]
"""From a line (its "text" is a string) and its language to the answer; ValueError says what else
is wrong with the line.
"""


def as_data(outcome: Outcome) -> dict[str, Any]:
    """An outcome as plain data: result, entries best first, and the whole text."""
    return {
        "outcome": outcome.result,
        "entries": [
            {"kind": match.kind, "id": match.id, "title": match.title, "score": match.score}
            for match in outcome.matches
        ],
        "text": outcome.reply.plain_text,
    }


def answer_lines(lines: Iterable[bytes], out: BinaryIO, answer: Answer) -> None:
    """Answer every line; one that cannot be read gets an error and the rest goes on."""
    for line in lines:
        if line.strip():
            out.write(_written(_one(line, answer)) + b"\n")
            out.flush()


def stdin_lines() -> Iterable[bytes]:
    """The lines of standard input as they come."""
    return iter(sys.stdin.buffer.readline, b"")


def _written(result: dict[str, Any]) -> bytes:
    try:
        return json.dumps(result, ensure_ascii=False, allow_nan=False).encode()
    except UnicodeEncodeError:  # an id with half of a surrogate pair goes back escaped, as it came
        return json.dumps(result, allow_nan=False).encode()
    except ValueError:
        return json.dumps({"id": None, "error": '"id" is not a number of JSON'}).encode()


def _one(line: bytes, answer: Answer) -> dict[str, Any]:
    try:
        asked = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        return {"id": None, "error": "this line is not JSON in UTF-8"}
    if not isinstance(asked, dict):
        return {"id": None, "error": 'a line is an object such as {"id": 1, "text": "manel"}'}
    known = {"id": asked.get("id")}
    text, language = asked.get("text"), asked.get("lang")
    if not isinstance(text, str):
        return known | {"error": '"text" is missing; it has to be a string'}
    if language is not None and language not in LANGUAGES:
        return known | {"error": f'"lang" has to be one of {", ".join(LANGUAGES)}'}
    try:
        return known | answer(asked, language)
    except ValueError as error:
        return known | {"error": str(error)}

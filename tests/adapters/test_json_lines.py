"""JSON lines: one object in, one object out; whatever comes in, the rest goes on."""

import json
import select
import subprocess
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest

from adapters.json_lines import answer_lines, as_data
from adapters.terminal import ask
from bot.knowledge import Knowledge
from bot.memory import Memory
from tests.adapters.running import PROGRAM, ROOT, SECONDS, ally, environment


def strictly(text: bytes) -> Any:
    """JSON as every reader takes it: NaN and Infinity are none."""

    def refuse(name: str) -> None:
        raise ValueError(name)

    return json.loads(text.decode("utf-8"), parse_constant=refuse)


@pytest.fixture
def answers(knowledge: Knowledge) -> Any:
    def say(*lines: bytes | dict[str, Any]) -> list[dict[str, Any]]:
        sent = [
            line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines
        ]
        out = BytesIO()
        answer_lines(
            sent,
            out,
            lambda asked, lang: as_data(ask(asked["text"], knowledge, Memory(lang))),
        )
        return [strictly(line) for line in out.getvalue().splitlines()]

    return say


@pytest.mark.parametrize(
    ("text", "outcome", "kind", "entry"),
    [
        ("manel", "answer", "term", "manel"),
        ("what does manle mean?", "answer", "term", "manel"),
        ("glass", "choices", "term", None),
        ("zzqx vlorp", "nothing", None, None),
        ("help", "command", None, None),
        ("", "command", None, None),
        ("i want to die", "command", None, None),
        ("tip tip-pay-data", "answer", "tip", "tip-pay-data"),
        ("say sc-minutes", "answer", "scenario", "sc-minutes"),
        ("checklist manel", "answer", "checklist", "manel"),
        ("fact st-cv-study", "answer", "fact", "st-cv-study"),
        ("resources re-toolkit", "answer", "resource", "re-toolkit"),
    ],
)
def test_an_answer_has_what_was_found_best_first(
    text: str, outcome: str, kind: str | None, entry: str | None, answers: Any
) -> None:
    (said,) = answers({"id": 7, "lang": "en", "text": text})
    assert list(said) == ["id", "outcome", "entries", "text"]
    assert (said["id"], said["outcome"]) == (7, outcome)
    assert said["text"].strip()
    assert all(list(found) == ["kind", "id", "title", "score"] for found in said["entries"])
    scores = [found["score"] for found in said["entries"]]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert {found["kind"] for found in said["entries"]} == ({kind} if kind else set())
    if entry:
        assert said["entries"][0]["id"] == entry


def test_the_title_is_in_the_language_asked_for(answers: Any) -> None:
    said = answers(
        {"id": 1, "lang": "en", "text": "pay gap"}, {"id": 2, "lang": "fr", "text": "pay gap"}
    )
    assert [found["entries"][0]["id"] for found in said] == ["pay-gap", "pay-gap"]
    assert said[0]["entries"][0]["title"] != said[1]["entries"][0]["title"]


def test_without_a_language_the_text_tells_it(answers: Any) -> None:
    french, null = answers(
        {"id": 1, "text": "qu'est-ce qu'un manel?"},
        {"id": 2, "lang": None, "text": "qu'est-ce qu'un manel?"},
    )
    assert "Pourquoi" in french["text"]
    assert french["text"] == null["text"]


@pytest.mark.parametrize(
    "number", [1, 0, -1, 1.5, "a", "é", "", None, True, [1, {"b": 2}], {"a": None}, 10**30]
)
def test_the_id_comes_back_as_it_was(number: Any, answers: Any) -> None:
    (said,) = answers({"id": number, "text": "manel"})
    assert said["id"] == number
    assert type(said["id"]) is type(number)


def test_an_id_that_is_missing_comes_back_as_null(answers: Any) -> None:
    (said,) = answers({"text": "manel"})
    assert said["id"] is None
    assert said["outcome"] == "answer"


@pytest.mark.parametrize(
    ("line", "number"),
    [
        (b"not json\n", None),
        (b'{"id": 5, "text": "manel"\n', None),
        (b'{"id": 5, "text": "man\xe9l"}\n', None),
        (b"\xff\xfe\x00\n", None),
        (b"[1, 2]\n", None),
        (b'"manel"\n', None),
        (b"null\n", None),
        (b"5\n", None),
        (b"[" * 100_000 + b"\n", None),
        (b'{"id": ' + b"9" * 5000 + b', "text": "manel"}\n', None),
        (b'{"id": 5}\n', 5),
        (b'{"id": 5, "text": null}\n', 5),
        (b'{"id": 5, "text": 12}\n', 5),
        (b'{"id": 5, "text": ["manel"]}\n', 5),
        (b'{"id": 5, "text": "manel", "lang": "de"}\n', 5),
        (b'{"id": 5, "text": "manel", "lang": "EN"}\n', 5),
        (b'{"id": 5, "text": "manel", "lang": 1}\n', 5),
        (b'{"id": 5, "text": "manel", "lang": ["en"]}\n', 5),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_bad_line_gets_an_error_and_the_rest_goes_on(
    line: bytes, number: int | None, answers: Any
) -> None:
    first, bad, last = answers({"id": 1, "text": "manel"}, line, {"id": 3, "text": "manel"})
    assert (bad["id"], list(bad)) == (number, ["id", "error"])
    assert bad["error"].strip()
    assert [first["id"], last["id"]] == [1, 3]
    assert first["text"] == last["text"]


@pytest.mark.parametrize(
    "line",
    [
        rb'{"id": "\ud800", "text": "manel"}' + b"\n",
        rb'{"id": {"\udfff": 1}, "text": "manel"}' + b"\n",
        b'{"id": NaN, "text": "manel"}\n',
        b'{"id": -Infinity, "text": "manel"}\n',
        b'{"id": 1e999, "text": "manel"}\n',
        rb'{"id": 2, "text": "zzqx \ud83d"}' + b"\n",
        rb'{"id": 2, "text": "\u0000\u2028manel"}' + b"\n",
        rb'{"id": 2, "text": "manel", "lang": "\ud800"}' + b"\n",
        b'{"id": ' + b"[" * 985 + b"]" * 985 + b', "text": "manel"}\n',
    ],
    ids=lambda line: repr(line)[:40],
)
def test_whatever_comes_in_json_goes_out(line: bytes, answers: Any) -> None:
    odd, last = answers(line, {"id": 3, "text": "manel"})
    assert "id" in odd
    assert last["id"] == 3


def test_empty_lines_and_other_line_ends_are_no_lines(answers: Any) -> None:
    said = answers(b"\n", b"  \r\n", b'{"id": 1, "text": "manel"}\r\n', b"\t\n")
    assert [line["id"] for line in said] == [1]


def test_other_keys_are_let_be(answers: Any) -> None:
    (said,) = answers({"id": 1, "text": "manel", "user": "x", "at": 5})
    assert said["outcome"] == "answer"


def test_a_line_out_has_no_line_end_inside(answers: Any) -> None:
    said = answers({"id": "a\nb", "text": "help"}, {"id": 2, "text": "zz\nqx"})
    assert [line["id"] for line in said] == ["a\nb", 2]


# --- as a process


def test_many_lines_come_back_with_their_ids() -> None:
    lines = [{"id": n, "lang": ("en", "fr")[n % 2], "text": "manel"} for n in range(300)]
    lines[100] = {"id": 100, "lang": "de", "text": "manel"}
    sent = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    done = ally("ask", "--jsonl", said=sent + b'\xff{"id": 301}\nlast')
    assert (done.returncode, done.stderr) == (0, b"")
    said = [strictly(line) for line in done.stdout.splitlines()]
    assert [line["id"] for line in said] == [*range(300), None, None]
    assert [line["id"] for line in said if "error" in line] == [100, None, None]
    assert "Manel" in said[0]["text"]


def test_the_language_of_the_command_holds_where_a_line_has_none() -> None:
    sent = b'{"id": 1, "text": "manel"}\n{"id": 2, "lang": "en", "text": "manel"}\n'
    done = ally("ask", "--jsonl", "--lang", "fr", said=sent)
    french, english = (strictly(line)["text"] for line in done.stdout.splitlines())
    assert "Pourquoi" in french
    assert "Why" in english


def test_what_happened_is_answered_with_scenarios() -> None:
    texts = ["she was asked to take the notes again", "zzqx vlorp", "help", ""]
    sent = "".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts))
    done = ally("say", "--jsonl", said=sent.encode())
    said = [strictly(line) for line in done.stdout.splitlines()]
    assert [line["id"] for line in said] == [0, 1, 2, 3]
    assert said[0]["entries"][0]["id"] == "sc-minutes"
    assert said[1]["outcome"] == "nothing"
    assert {found["kind"] for line in said for found in line["entries"]} <= {"scenario"}


@pytest.fixture
def talking() -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(
        [*PROGRAM, "ask", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=environment(),
        bufsize=0,
    )
    yield process
    process.kill()
    process.communicate(timeout=SECONDS)


def test_a_line_is_answered_while_the_pipe_is_open(talking: "subprocess.Popen[bytes]") -> None:
    assert talking.stdin
    assert talking.stdout
    for number in range(3):
        talking.stdin.write(json.dumps({"id": number, "text": "manel"}).encode() + b"\n")
        assert select.select([talking.stdout], [], [], SECONDS)[0], "no answer while it waits"
        assert strictly(talking.stdout.readline())["id"] == number
    talking.stdin.close()
    talking.stdin = None
    assert talking.wait(timeout=SECONDS) == 0


def test_a_reader_that_leaves_is_no_fault(talking: "subprocess.Popen[bytes]") -> None:
    assert talking.stdin
    assert talking.stdout
    talking.stdin.write(b'{"id": 1, "text": "manel"}\n')
    assert select.select([talking.stdout], [], [], SECONDS)[0]
    talking.stdout.close()
    talking.stdout = None
    try:
        for number in range(50):
            talking.stdin.write(json.dumps({"id": number, "text": "manel"}).encode() + b"\n")
    except BrokenPipeError:
        pass
    _, complaints = talking.communicate(timeout=SECONDS)
    assert b"Traceback" not in complaints

"""Log lines: JSON, with known fields only, and without a word of what was said."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from adapters import logs

CANARY = "zebedee"


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Logging is one for the whole process: leave it as it was found."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    captured = capsys.readouterr()
    assert captured.err == ""
    return [json.loads(line) for line in captured.out.splitlines()]


def test_a_line_is_json_with_level_and_time(capsys: pytest.CaptureFixture[str]):
    logs.configure("INFO")
    structlog.get_logger().info("turn", platform="slack", milliseconds=1.5)
    (line,) = lines(capsys)
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "turn", "level": "info", "platform": "slack", "milliseconds": 1.5}


@pytest.mark.parametrize(
    "field", ["text", "person", "user", "channel", "body", "token", "response_url", "headers"]
)
def test_a_field_that_is_not_known_is_dropped(capsys: pytest.CaptureFixture[str], field: str):
    logs.configure("INFO")
    structlog.get_logger().info("turn", **{field: CANARY})
    (line,) = lines(capsys)
    assert set(line) == {"event", "level", "timestamp"}


@pytest.mark.parametrize(
    ("level", "written"),
    [
        ("DEBUG", ["debug", "info", "warning", "error"]),
        ("INFO", ["info", "warning", "error"]),
        ("WARNING", ["warning", "error"]),
        ("ERROR", ["error"]),
    ],
)
def test_lines_below_the_level_are_not_written(
    capsys: pytest.CaptureFixture[str], level: str, written: list[str]
):
    logs.configure(level)
    for name in ("debug", "info", "warning", "error"):
        getattr(structlog.get_logger(), name)("x")
    assert [line["level"] for line in lines(capsys)] == written


@pytest.mark.parametrize("name", ["asyncio", "aiohttp.server", "slack_bolt.App", "slack_sdk.web"])
def test_what_a_library_says_is_noted_without_its_words(
    capsys: pytest.CaptureFixture[str], name: str
):
    logs.configure("DEBUG")
    logger = logging.getLogger(name)
    try:
        raise ValueError(CANARY)
    except ValueError:
        logger.exception("failed on %s", CANARY, extra={"text": CANARY})
    captured = capsys.readouterr()
    assert CANARY not in captured.out + captured.err
    line = json.loads(captured.out)
    assert (line["level"], line["logger"], line["error"]) == ("error", name, "ValueError")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("slack_bolt.AsyncApp", False),
        ("slack_sdk.web.async_client", False),
        ("aiohttp.access", False),
        ("asyncio", True),
        ("aiohttp.server", True),
    ],
)
def test_of_talkative_libraries_only_errors_are_noted(
    capsys: pytest.CaptureFixture[str], name: str, said: bool
):
    logs.configure("DEBUG")
    logging.getLogger(name).warning("%s", CANARY)
    captured = capsys.readouterr()
    assert CANARY not in captured.out + captured.err
    assert bool(captured.out) is said


def test_what_libraries_think_of_small_things_is_not_noted(capsys: pytest.CaptureFixture[str]):
    logs.configure("DEBUG")
    logging.getLogger("asyncio").info("%s", CANARY)
    logging.getLogger("asyncio").debug("%s", CANARY)
    assert lines(capsys) == []

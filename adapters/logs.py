"""Log lines: what kind of thing happened and how long it took, never who or what was said."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

# What a line may say. Anything else is a slip, and is dropped before it is written.
FIELDS = frozenset(
    "event level timestamp platform kind command result milliseconds error status method address "
    "entries problems advice logger retry delivery schedule failure waiting skipped count".split()
)

# These warn of every small thing; only that something failed in them is worth a line.
_TALKATIVE = ("slack_bolt", "slack_sdk", "aiohttp.access")


def configure(level: str) -> None:
    """JSON lines on standard output."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            _only_known_fields,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.WriteLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(handlers=[_ToStructlog()], level=logging.WARNING, force=True)


def _only_known_fields(
    _logger: Any, _method: str, fields: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    return {name: value for name, value in fields.items() if name in FIELDS}


class _ToStructlog(logging.Handler):
    """What libraries log: that they did and where, without the words, which may quote anybody."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith(_TALKATIVE) and record.levelno < logging.ERROR:
            return
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        structlog.get_logger().log(
            record.levelno, "library message", logger=record.name, error=error
        )

"""The only place where a platform meets the core: one request in, one outcome out."""

from time import perf_counter

import structlog

from adapters.content import Content
from bot.dispatch import dispatch
from bot.memory import NOTHING
from bot.messages import Outcome, Reply, Request, Text

log = structlog.get_logger()


def take_turn(request: Request, content: Content, platform: str) -> Outcome:
    """The answer to a request; a fault becomes one calm sentence and a log line."""
    started = perf_counter()
    try:
        outcome = dispatch(request, NOTHING, content.knowledge)
        error = ""
    except Exception as fault:  # the one net: whatever breaks, the person gets an answer
        error = type(fault).__name__
        outcome = Outcome(Reply((Text(content.knowledge.say("trouble.text", "en")),)))
    log.info(
        "turn",
        platform=platform,
        result=outcome.result,
        milliseconds=round(1000 * (perf_counter() - started), 1),
        error=error,
    )
    return outcome

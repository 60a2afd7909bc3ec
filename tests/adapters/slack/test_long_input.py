"""A hundred thousand characters at once: answered within a second, and nobody else waits."""

import asyncio
from time import monotonic

import pytest

from tests.adapters.answering import until
from tests.adapters.slack.fake_slack import FakeSlack
from tests.adapters.slack.judging import words
from tests.adapters.slack.people import Person, settle
from tests.adapters.slack.serving import Bot

SIZE = 100_000
ANSWERED_SECONDS = 3.0
"""As long as the platform waits; what takes more than linear time takes minutes."""
WAITING_SECONDS = 1.5

LONG = {
    "one word": "a" * SIZE,
    "brackets": "(" * SIZE,
    "angles": "<" * SIZE,
    "half mentions": "<@U|" * (SIZE // 4),
    "mentions": "<@U1|sam> " * (SIZE // 10),
    "entities": "&amp;" * (SIZE // 5),
    "bars": "<" + "|" * SIZE,
    "nested quotes": '"“«' * (SIZE // 6) + '»”"' * (SIZE // 6),
    "zero width": "\u200b" * SIZE,
    "emoji": "👩🏽‍⚕️" * (SIZE // 5),
    "accents": "e" + "\u0301" * SIZE,
    "near matches": "manle " * (SIZE // 6),
    "near matches, each another": " ".join(f"mansplainin{number}" for number in range(6000)),
    "hyphens": "a-" * (SIZE // 2),
    "spaces": "what" + " " * SIZE + "manel",
    "lines": "\n" * SIZE + "manel",
    "commands": "share " * (SIZE // 6),
    "numbers": "panel " + "9" * SIZE,
}


@pytest.mark.parametrize("asking", ["", "say ", "wording guys "], ids=str.strip)
@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
async def test_a_long_command_is_answered_and_nobody_waits(
    bot: Bot, slack: FakeSlack, text: str, asking: str
):
    person, somebody = Person(bot), Person(bot)
    started = monotonic()
    message, other = await asyncio.gather(
        person.asks(asking + text), _after_a_moment(somebody.types("help"))
    )
    assert monotonic() - started < ANSWERED_SECONDS
    assert other.seconds < WAITING_SECONDS
    assert message["response_type"] == "ephemeral"


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
async def test_a_long_direct_message_is_answered_and_nobody_waits(
    bot: Bot, slack: FakeSlack, text: str
):
    person, somebody = Person(bot, channel="D0LONG"), Person(bot)
    started = monotonic()
    _, other = await asyncio.gather(person.writes(text), _after_a_moment(somebody.types("help")))
    await until(lambda: slack.called("chat.postMessage"))
    assert monotonic() - started < ANSWERED_SECONDS
    assert other.seconds < WAITING_SECONDS
    (call,) = slack.called("chat.postMessage")
    assert words(call.arguments)


async def test_a_long_press_is_answered(person: Person):
    assert await person.presses("define " + "a" * SIZE)
    await settle(person.bot)


async def _after_a_moment(asking):
    await asyncio.sleep(0.005)  # the long one comes first
    return await asking

"""What the wording check costs: messages, hostile texts, and channels that do not have it."""

import asyncio
import json
import os
import subprocess
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from random import Random
from time import perf_counter
from typing import cast

import pytest

from adapters.content import Content
from adapters.nudging import Nudges
from adapters.turn import Store
from bot.commands.wording import found_in, rules
from bot.knowledge import Knowledge
from bot.memory import NOTHING, Memory
from bot.messages import LONGEST_REQUEST, Place, Request
from bot.wording.findings import Finding, findings
from bot.wording.rewriting import rewritten
from tests.benchmarks.conftest import Figure
from tests.conftest import NOON, shipped
from tests.evaluation.wording_scoring import messages

pytestmark = pytest.mark.figures

LENGTH = 80
ROUNDS = 10
ROUNDS_OF_ALEX = 3
KILOBYTE = 1024
ALEX = Path(__file__).with_name("alex_speed.mjs")

Each = Callable[[str], object]


def of_length(text: str) -> str:
    """A text cut or said again until it has the length of a message."""
    return (text + " ") * (LENGTH // len(text) + 1)


def typed() -> list[str]:
    """Messages of one length, more than half of them with a word that a rule looks for."""
    return [of_length(message.text)[:LENGTH] for message in messages("tuning")]


def seconds(each: Each, texts: Sequence[str], rounds: int = ROUNDS) -> float:
    """What all of some texts take, in the best of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        started = perf_counter()
        for text in texts:
            each(text)
        best = min(best, perf_counter() - started)
    return best


def check(text: str) -> object:
    return found_in(shipped(), text, None)


def test_messages(figure: Figure) -> None:
    texts = typed()
    assert {len(text) for text in texts} == {LENGTH}
    found = sum(bool(found_in(shipped(), text, None)) for text in texts)
    assert len(texts) / 5 < found < len(texts)
    a_second = len(texts) / seconds(check, texts)
    figure(
        f"messages of {LENGTH} characters a second (words found in {found} of {len(texts)})",
        a_second,
        at_least=10_000,
    )


def test_messages_against_alex(figure: Figure) -> None:
    folder = Path(os.environ.get("ALLY_NODE") or os.devnull)
    if not (folder / "node_modules" / "alex").is_dir():
        pytest.skip("ALLY_NODE names no folder with alex")
    english = [one.text for one in messages("tuning") if one.language == "en"]
    texts = [of_length(text)[:LENGTH] for text in english[::3]]
    ended = subprocess.run(
        ["node", ALEX, folder, str(ROUNDS_OF_ALEX)],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    told = json.loads(ended.stdout)
    assert told["found"] > 0
    ours = seconds(check, texts, ROUNDS_OF_ALEX)
    figure(
        f"the same English messages: {len(texts) / ours:.0f} a second, alex "
        f"{len(texts) / told['seconds']:.0f}, times as fast",
        told["seconds"] / ours,
        at_least=20,
    )


# --- hostile texts

UNITS = {
    "findings alone": "guys ",
    "findings in two languages": "hey guys les gars ",
    "capitals": "GUYS ",
    "sentences": "Guys. ",
    "bullets": "• guys\n",
    "a word that is often looked at": "he ",
    "each doctor he": "each doctor he ",
    "each-doctor-he": "each-doctor-he-",
    "one long word": "a",
    "a word many times in a word": "guys",
    "underscores": "guys_",
    "backticks": "`",
    "backticks and lines": "`\n",
    "blocks of code": "``` ",
    "two backticks": "`` ` ",
    "straight quotes": '"',
    "straight quotes apart": ' "',
    "opening quotes": "“",
    "opening quotes apart": " “a",
    "opening guillemets": "« ",
    "low quotes": "„a ",
    "single quotes": " 'a",
    "single curly quotes": " ‘a",
    "ends of single quotes": "a' ",
    "quoted words": "“guys” ",
    "quoted lines": "> guys\n",
    "escaped quoted lines": "&gt; guys\n",
    "emoji": "👩🏽‍⚕️",
    "emoji codes": ":man: ",
    "colons": ":a",
    "letters with two marks": "e\u0301\u0323",
    "marks out of order": "\u0301\u0323",
    "mentions": "@guys ",
    "links of mentions": "<@U1|guys> ",
    "mentions without an end": "<@",
    "links without an end": "<https://a|",
    "links and strokes": "<https://a" + "|" * 500,
    "addresses": "https://a.example/guys ",
    "addresses without an end": "www.",
    "domains": "a-a.",
    "addresses of people": "a@a.",
    "halves of addresses of people": "a.a",
    "paths": "/a",
    "paths of hyphens": "/-",
    "hyphens": "-",
    "full stops": ".",
    "blanks": " ",
    "blank lines": "\n \t",
    "channels": "#",
    "zero": "\x00",
    "letters that grow": "İ",
    "numbers": "1 ",
    "names": "Ana ",
}


MADE_OF_RULES = {
    "all pronouns": "each every doctor nurse he she his her ",
    "frames": "he his him himself she her a the each every doctor nurse user if when ",
    "sentences": "if a doctor says he has his own and each nurse she her ",
    "names": "Each Doctor Bob He ",
    "talk about a word": "the word guys ",
}
"""What somebody would send who has read the rules."""


def hostile(unit: str, size: int) -> str:
    """Something that is found, so that nobody looks away, and then one thing again and again."""
    return ("hey guys " + unit * (size // len(unit) + 1))[:size]


def every_word(size: int) -> str:
    """Every word that any pattern has, in no order, again and again."""
    forms = list(rules(shipped()).every_form)
    words = {word for form in forms for step in form.pattern.steps for word in step.words}
    mixed = sorted(words)
    Random(1).shuffle(mixed)
    return (" ".join(mixed) * (size // len(mixed)))[:size]


def look(text: str) -> Sequence[Finding]:
    return findings(text, rules(shipped()), None)


def rewrite(text: str) -> object:
    return rewritten(text, look(text))


@pytest.fixture(scope="module")
def hostile_texts() -> Mapping[str, str]:
    size = 100 * KILOBYTE
    return {name: hostile(unit, size) for name, unit in UNITS.items()} | {
        "every word": every_word(size)
    }


def test_hostile_texts(hostile_texts: Mapping[str, str], figure: Figure) -> None:
    took = {name: 1000 * seconds(look, [text], rounds=5) for name, text in hostile_texts.items()}
    *_, slow, slowest = sorted(took, key=took.__getitem__)
    what = f"100 KB, the worst of {len(took)} hostile texts ({slowest}; next {slow}"
    figure(f"{what}, {took[slow]:.0f} ms), ms", took[slowest], at_most=200)


def test_texts_made_of_the_rules(figure: Figure) -> None:
    texts = {name: hostile(unit, 100 * KILOBYTE) for name, unit in MADE_OF_RULES.items()}
    texts["every word of every pattern"] = every_word(100 * KILOBYTE)
    took = {name: 1000 * seconds(look, [text], rounds=5) for name, text in texts.items()}
    slowest = max(took, key=took.__getitem__)
    figure(
        f"100 KB, the worst of {len(took)} texts made of the rules ({slowest}), ms",
        took[slowest],
        at_most=2000,
    )


def test_nobody_else_waits_long_in_a_chat(hostile_texts: Mapping[str, str], figure: Figure) -> None:
    units = {**hostile_texts, **MADE_OF_RULES}
    texts = [hostile(unit, LONGEST_REQUEST) for unit in units.values()]
    slowest = max(1000 * seconds(look, [text], rounds=3) for text in texts)
    figure(f"the worst of {len(texts)} texts as long as chats read, ms", slowest, at_most=100)


@pytest.mark.parametrize("name", ["findings alone", "each doctor he", "opening quotes apart"])
def test_time_grows_with_length_alone(name: str, figure: Figure) -> None:
    """From 1 KB over 32 KB to 1 MB, with the text rewritten."""
    unit = UNITS[name]
    small, middle, large = (
        seconds(rewrite, [hostile(unit, size * KILOBYTE)], rounds) / size
        for size, rounds in ((1, 50), (32, 5), (1024, 2))
    )
    figure(f"1 MB: {name}, times the cost of a character in 32 KB", large / middle, at_most=2.5)
    figure(f"32 KB: {name}, times the cost of a character in 1 KB", middle / small, at_most=2.5)


# --- channels without nudges


class NobodyThere:
    """A store with nothing in it that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    async def recall(self, request: Request, needs: frozenset[str], once: str = "") -> Memory:
        self.asked += 1
        return NOTHING


class Shipped:
    """Content that does not change."""

    @property
    def knowledge(self) -> Knowledge:
        return shipped()


async def nothing(request: Request) -> None:
    return None


async def microseconds(each: Callable[[Request], Awaitable[object]], request: Request) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        started = perf_counter()
        for _ in range(1000):
            await each(request)
        best = min(best, perf_counter() - started)
    return 1000 * best


def test_a_channel_without_nudges(figure: Figure) -> None:
    store = NobodyThere()
    nudges = Nudges(cast(Content, Shipped()), cast(Store, store))
    request = Request("test:W/somebody", "hey guys " * 9, NOON, Place("W", "C"))

    async def both() -> tuple[float, float]:
        return await microseconds(nudges.of, request), await microseconds(nothing, request)

    of_nudges, of_nothing = asyncio.run(both())
    assert store.asked == 1
    figure(
        f"a message there, µs more than the {of_nothing:.2g} of nothing at all",
        of_nudges - of_nothing,
        at_most=5,
    )

"""Every card, before judges that are not ours: Microsoft's types for cards, and its parser.

`ALLY_NODE` names a folder with node_modules that hold typescript, @microsoft/teams.cards and
adaptivecards.
"""

import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from adapters.teams.render import Card, card
from bot.dispatch import dispatch
from bot.knowledge import Knowledge
from bot.memory import NOTHING
from bot.messages import LANGUAGES, Outcome, Reply, Request, Text
from tests.conftest import NOON, shipped
from tests.walk import LOCALES, reachable

pytestmark = pytest.mark.judges

NEEDED = ("typescript", "@microsoft/teams.cards", "adaptivecards")
PARSE = Path(__file__).with_name("parse_cards.js")
TYPES = 'import type { IAdaptiveCard } from "@microsoft/teams.cards";\n'
MOST_SECONDS = 120


@pytest.fixture(scope="module")
def node() -> Path:
    folder = Path(os.environ.get("ALLY_NODE") or os.devnull)
    if not all((folder / "node_modules" / name).is_dir() for name in NEEDED):
        pytest.skip(f"ALLY_NODE names no folder with {' and '.join(NEEDED)}")
    return folder


@pytest.fixture(scope="module")
def cards(knowledge: Knowledge) -> dict[str, str]:
    """Every card there can be, as JSON -> what leads to it."""
    found: dict[str, str] = {}
    for said, reply in replies(knowledge):
        found.setdefault(json.dumps(card(reply)), said)
        if said.startswith("wording"):
            found.setdefault(json.dumps(card(reply, in_dialog=True)), said)
    assert len(found) > 3000
    return found


def replies(knowledge: Knowledge) -> Iterator[tuple[str, Reply]]:
    """What can be reached, what can be looked up, and what is said where something is wrong."""
    for request, outcome in (*reachable(knowledge), *looked_up(knowledge)):
        aside = outcome.aside and (outcome.aside.written, outcome.aside.refused)
        offered = (offer.reply for offer in outcome.offers)
        for reply in (outcome.reply, outcome.shared, outcome.unshared, *(aside or ()), *offered):
            if reply is not None:
                yield request.text, reply
    for key in ("trouble.text", "tenant.refused", "press.unknown"):
        for language in LANGUAGES:
            yield key, Reply((Text(knowledge.say(key, language)),))


def looked_up(knowledge: Knowledge) -> Iterator[tuple[Request, Outcome]]:
    """Every term by each of its names, typed into the search box, and what nothing fits."""
    for language in LANGUAGES:
        word = knowledge.say("command.suggest", language)
        names = {name for term in knowledge.glossary.values() for name in term.names}
        for name in ("", "zzqqx", "zzz [x](https://evil.test) <b>", *sorted(names)):
            request = Request("test:walker", f"{word} {name}", NOON, locale=LOCALES[language])
            yield request, dispatch(request, NOTHING, knowledge)


def of_types(node: Path, folder: Path, judged: list[str]) -> dict[int, str]:
    """Cards by number -> what TypeScript has against them."""
    (folder / "node_modules").symlink_to(node / "node_modules")
    source = folder / "cards.ts"
    lines = (f"const c{number}: IAdaptiveCard = {text};" for number, text in enumerate(judged))
    source.write_text(TYPES + "\n".join(lines))
    options = "--noEmit --strict --skipLibCheck --module esnext --moduleResolution bundler".split()
    ended = subprocess.run(
        [node / "node_modules/.bin/tsc", *options, source],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=MOST_SECONDS,
        check=False,
    )
    errors = re.findall(r"^cards\.ts\((\d+),\d+\): (error .*)", ended.stdout, re.MULTILINE)
    assert (ended.returncode == 0) is (errors == []), ended.stdout
    return {int(line) - 2: error for line, error in errors}


def of_parser(node: Path, judged: list[str]) -> dict[int, list[str]]:
    """Cards by number -> what the parser has against them."""
    ended = subprocess.run(
        ["node", PARSE],
        input=f"[{','.join(judged)}]",
        cwd=node,
        capture_output=True,
        text=True,
        timeout=MOST_SECONDS,
        check=True,
    )
    found = json.loads(ended.stdout)
    assert len(found) == len(judged)
    return {number: faults for number, faults in enumerate(found) if faults}


def test_every_card_is_of_the_published_type(node: Path, tmp_path: Path, cards: dict[str, str]):
    assert of_types(node, tmp_path, list(cards)) == {}


def test_every_card_is_understood_whole_by_the_parser(node: Path, cards: dict[str, str]):
    assert of_parser(node, list(cards)) == {}


Spoil = Callable[[Card], Any]

# What can be wrong with a card; which judges see it: its types, its parser.
SPOILED: dict[str, tuple[Spoil, bool, bool]] = {
    "nothing": (lambda card: None, False, False),
    "an unknown element": (lambda card: heading(card).update(type="TextBlok"), True, True),
    "an unknown run": (lambda card: run(card).update(type="TextRum"), True, True),
    "an unknown action": (lambda card: press(card).update(type="Action.Exec"), True, True),
    "an unknown fallback": (lambda card: submit(card).update(type="Action.Sub"), True, True),
    "an element that is too new": (lambda card: card["body"].append(ICON), False, True),
    "a size that is none": (lambda card: heading(card).update(size="Huge"), True, True),
    "a style that is none": (lambda card: heading(card).update(style="header"), True, True),
    "a spacing that is none": (lambda card: paragraph(card).update(spacing="Wide"), True, True),
    "a misspelt property": (lambda card: heading(card).update(wrapp=True), True, True),
    "a misspelt property of a run": (lambda card: run(card).update(subtle=True), True, True),
    "a misspelt property of an action": (lambda card: press(card).update(verbs=1), True, True),
    "a misspelt property of the card": (lambda card: card.update(speek="x"), True, True),
    "a property of another element": (lambda card: run(card).update(wrap=True), True, True),
    "a word for yes": (lambda card: heading(card).update(wrap="yes"), True, True),
    "a number for a text": (lambda card: heading(card).update(text=3), True, True),
    "no text": (lambda card: heading(card).pop("text"), True, False),
    "no text in a run": (lambda card: run(card).pop("text"), True, False),
    "no type": (lambda card: card.pop("type"), True, False),
    "no type of an element": (lambda card: heading(card).pop("type"), True, True),
    "no body": (lambda card: card.pop("body"), True, False),
    "no version": (lambda card: card.pop("version"), False, True),
    "a version that is none": (lambda card: card.update(version="one"), True, True),
    "a version to come": (lambda card: card.update(version="1.9"), True, True),
    "a version that is too new": (lambda card: card.update(version="1.6"), False, True),
    "a version without headings": (lambda card: card.update(version="1.1"), False, True),
    "too many actions": (lambda card: card["actions"].extend(7 * [press(card)]), False, True),
    "one id for two": (lambda card: [part.update(id="a") for part in card["body"]], False, True),
}
ICON = {"type": "Icon", "name": "Add"}


def heading(card: Card) -> Card:
    return dict_of(card["body"][0], "TextBlock")


def paragraph(card: Card) -> Card:
    return dict_of(card["body"][1], "RichTextBlock")


def run(card: Card) -> Card:
    return dict_of(paragraph(card)["inlines"][0], "TextRun")


def press(card: Card) -> Card:
    return dict_of(card["actions"][0], "Action.Execute")


def submit(card: Card) -> Card:
    return dict_of(press(card)["fallback"], "Action.Submit")


def dict_of(element: Card, kind: str) -> Card:
    assert element["type"] == kind
    return element


def spoiled() -> Iterator[str]:
    request = Request("test:walker", "define manel", NOON)
    text = json.dumps(card(dispatch(request, NOTHING, shipped()).reply))
    for spoil, *_ in SPOILED.values():
        one = json.loads(text)
        spoil(one)
        yield json.dumps(one)


def test_the_judge_of_types_sees_what_is_wrong(node: Path, tmp_path: Path):
    seen = of_types(node, tmp_path, list(spoiled()))
    verdict = {name: number in seen for number, name in enumerate(SPOILED)}
    assert verdict == {name: by_types for name, (_, by_types, _) in SPOILED.items()}


def test_the_parser_sees_what_is_wrong(node: Path):
    seen = of_parser(node, list(spoiled()))
    verdict = {name: number in seen for number, name in enumerate(SPOILED)}
    assert verdict == {name: by_parser for name, (*_, by_parser) in SPOILED.items()}

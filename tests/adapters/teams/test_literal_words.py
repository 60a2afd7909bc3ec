"""What somebody typed is shown as it was typed: nobody is called, nothing becomes a link."""

import json
from typing import Any

import pytest

from tests.adapters.teams.fake_teams import BOT, Call
from tests.adapters.teams.judging import buttons, opened, words
from tests.adapters.teams.people import NAME, Person
from tests.adapters.teams.seeing import texts
from tests.adapters.teams.serving import Bot

ALL = "[x](https://evil) *b* _i_ `c` # h <b>x</b> & @everyone"
TYPED = {
    "everything": ALL,
    "a link": "[x](https://evil.test)",
    "an address": "https://evil.test www.evil.test a@b.test",
    "an address in brackets": "<https://evil.test>",
    "emphasis": "*b* **b** _i_ __i__ ~~s~~ ***bi***",
    "code": "`c` ```c```",
    "a heading": "# h",
    "a quote": "> q",
    "a list": "- l",
    "a number": "1. l",
    "HTML": '<b>x</b> <img src="https://evil.test/x.png"> <script>x</script>',
    "a date to fill in": "{{DATE(2026-01-01T00:00:00Z)}} {{TIME(2026-01-01T00:00:00Z)}}",
    "a template": "${evil} {person} {prefix} {query}",
    "backslashes": "\\*b\\* \\n \\",
    "everybody": "@everyone @here @channel @General",
    "quotes": "“a” « b » \"co\" 'co'",
    "emoji codes": ":smile: (smile) :-)",
    "a table": "| a | b |",
    "right to left": "\u202etfel ot\u202c",
}

# What is no term is said back.
ASKING = ["define {}", "zzqqx {}", "define zzqqx {}", "tip {}", "fact {}", "resources {}"]


def judge(message: dict[str, Any]) -> None:
    """Nothing is live in it: what was typed stands in text runs, which know no markup."""
    card = message["attachments"][0]["content"] if "attachments" in message else message
    assert message.get("entities") is None
    assert "msteams" not in card
    assert [address for address in opened(card) if "evil" in address] == []
    blocks = [element["text"] for element in card["body"] if element["type"] == "TextBlock"]
    assert [text for text in blocks if "evil" in text or "zzqqx" in text] == []
    runs = [run for element in card["body"] for run in element.get("inlines", [])]
    assert {run["type"] for run in runs} <= {"TextRun"}
    assert not any("selectAction" in run for run in runs)


def echo(call: Call) -> str:
    """What the card says, and that the notification and old clients say it too."""
    judge(call.body)
    shown = words(call.card)
    first = shown.partition("\n")[0]
    assert first in call.body["summary"]
    assert first in call.card["fallbackText"]
    return shown


@pytest.mark.parametrize("kind", ["personal", "channel"])
@pytest.mark.parametrize("typed", TYPED.values(), ids=list(TYPED))
async def test_the_words_are_shown_as_they_were_typed(bot: Bot, typed: str, kind: Any):
    person = Person(bot, kind)
    (call,) = await person.says(f"zzqqx {typed}")
    assert f"zzqqx {typed}" in echo(call)
    for asking in ("zzqqx", "define zzqqx"):
        card = await person.presses(f"{asking} {typed}")
        assert f"zzqqx {typed}" in words(card)
        judge(card)


@pytest.mark.parametrize("typed", TYPED.values(), ids=list(TYPED))
@pytest.mark.parametrize("asking", ASKING)
async def test_nothing_that_was_typed_comes_alive(person: Person, asking: str, typed: str):
    card = await person.presses(asking.format(typed))
    judge(card)
    for text in texts(card.get("actions", [])):
        assert "evil" not in text


@pytest.mark.parametrize("typed", list("*_~`#[]()<>&\\|-+.@"))
async def test_a_single_sign_after_any_command_comes_not_alive(person: Person, typed: str):
    for command in ("glossary", "checklist", "tip", "panel", "help", "check", "say"):
        card = await person.presses(f"{command} {typed}b{typed}")
        judge(card)
        card = await person.presses(f"{command} {typed}")
        judge(card)


async def test_a_mention_that_was_only_typed_calls_nobody(bot: Bot):
    for kind in ("personal", "channel"):
        person = Person(bot, kind)
        for typed in ("<at>Somebody</at>", "<at>Everyone</at>", '<at id="0">Somebody</at>'):
            (call,) = await person.says(f"zzqqx {typed}")
            judge(call.body)
            assert "zzqqx" in words(call.card)
            assert "<at" not in call.body["summary"]


async def test_a_mention_of_a_person_is_a_name_and_calls_nobody(bot: Bot):
    person = Person(bot, "channel")
    entities = [
        {"type": "mention", "text": f"<at>{NAME}</at>", "mentioned": {"id": BOT, "name": NAME}},
        {"type": "mention", "text": "<at>*Sam*</at>", "mentioned": {"id": "29:1S", "name": "x"}},
    ]
    text = f"<at>{NAME}</at> zzqqx <at>*Sam*</at>"
    (call,) = await person.after(person.message("", text=text, entities=entities))
    assert "zzqqx @*Sam*" in echo(call)


@pytest.mark.parametrize("command", ["tip", "fact", "resources", "glossary", "checklist", "define"])
async def test_buttons_do_not_carry_what_somebody_wrote(person: Person, command: str):
    """A button says ids and state; what somebody tells the bot may be personal."""
    (call,) = await person.says(f"{command} bias for Zebedee")
    assert buttons(call.card)
    assert "zebedee" not in json.dumps(call.card.get("actions", [])).lower()


async def test_the_private_answer_says_nothing_of_it_in_the_channel(bot: Bot):
    person = Person(bot, "channel")
    *_, line = await person.says(f"say zebedee {ALL}")
    assert line.conversation == person.conversation
    assert [text for text in texts(line.body) if "zebedee" in text or "evil" in text] == []

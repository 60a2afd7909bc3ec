"""Going through many entries; the place is in the button and nowhere else."""

from datetime import UTC, datetime

import pytest

from bot.commands.call import Call
from bot.commands.paging import PRESSED_AT_ONCE, after, asked, following, paged
from bot.knowledge import Knowledge
from bot.memory import NOTHING
from bot.messages import Bullets, Button, Request

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("argument", "wanted", "number"),
    [
        ("", "", 1),
        ("bias", "bias", 1),
        ("bias page 2", "bias", 2),
        ("bias PAGE 2", "bias", 2),
        ("bias 2", "bias", 2),
        ("page 3", "", 3),
        ("3", "", 3),
        ("bias page 0", "bias", 1),
        ("  bias   page  2  ", "bias", 2),
        ("office housework page 12", "office housework", 12),
        ("web 3000", "web 3000", 1),
        ("page", "page", 1),
        ("bias page two", "bias page two", 1),
        ("5ds", "5ds", 1),
        ("9" * 400, "9" * 400, 1),
    ],
    ids=lambda value: str(value)[:20],
)
def test_the_page_is_at_the_end(argument: str, wanted: str, number: int) -> None:
    assert asked(argument) == (wanted, number)


@pytest.mark.parametrize(
    ("argument", "wanted", "previous"),
    [
        ("", "", ""),
        ("pay", "pay", ""),
        ("pay after tip-range", "pay", "tip-range"),
        ("after tip-range", "", "tip-range"),
        ("  my  pay  after  tip-range ", "my pay", "tip-range"),
        ("afternoon", "afternoon", ""),
        ("after a mistake", "after a mistake", ""),
        ("after lunch", "after lunch", ""),
        ("tip-range", "tip-range", ""),
        ("pay after tip-gone", "pay after tip-gone", ""),
    ],
)
def test_the_one_before_follows_a_word(argument: str, wanted: str, previous: str) -> None:
    assert after(argument, {"tip-range", "tip-pay-data"}) == (wanted, previous)


def test_entries_go_around() -> None:
    ids = ("a", "b", "c")
    assert [following(ids, previous, 0) for previous in ids] == ["b", "c", "a"]
    assert [following(ids, "", start) for start in range(4)] == ["a", "b", "c", "a"]
    assert following(ids, "gone", 1) == "b"
    assert following(("a",), "a", 99) == "a"


@pytest.mark.parametrize("count", [1, 4, 5, 8, 9, 30])
def test_every_row_is_on_one_page(count: int, knowledge: Knowledge) -> None:
    call = Call(Request("p", "", NOON), "en", "", knowledge, NOTHING)
    rows = [Button(str(row), f"define {row}") for row in range(count)]
    number, seen = 1, []
    for _ in range(-(-count // PRESSED_AT_ONCE)):
        bullets, *shown = paged(call, "glossary", "bias", number, ["a", "b"], rows)
        assert bullets == Bullets(("a", "b"))
        seen += [button for button in shown if button in rows]
        more = [button for button in shown if button not in rows]
        assert len(more) == (count > PRESSED_AT_ONCE)
        if more:
            assert asked(more[0].command.removeprefix("glossary "))[0] == "bias"
            number = asked(more[0].command)[1]
    assert seen == rows
    assert number == 1  # around to the first

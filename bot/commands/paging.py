"""Going through many entries: a page at a time, or one after another.

The place is in the button: "bias page 2", "pay after tip-range".
"""

import re
from collections.abc import Container, Sequence

from bot.commands.call import Call
from bot.messages import Bullets, Button, Part

PRESSED_AT_ONCE = 4

AFTER = "after"

_PAGE = re.compile(r"(?:^|\s)(?:page\s+)?(\d{1,3})$", re.IGNORECASE)


def asked(argument: str) -> tuple[str, int]:
    """What is asked for and which page of it: "bias page 2" is ("bias", 2)."""
    argument = argument.strip()
    if found := _PAGE.search(argument):
        return argument[: found.start()].strip(), max(1, int(found[1]))
    return argument, 1


def paged(
    call: Call, command: str, wanted: str, number: int, lines: Sequence[str], rows: Sequence[Button]
) -> tuple[Part, ...]:
    """All lines, the buttons of one page, and a button for the next page."""
    pages = -(-len(rows) // PRESSED_AT_ONCE)
    number = min(number, pages)
    first = (number - 1) * PRESSED_AT_ONCE
    more: tuple[Part, ...] = ()
    if pages > 1:
        more = (more_button(call, command, wanted, number, pages),)
    return (Bullets(tuple(lines)), *rows[first : first + PRESSED_AT_ONCE], *more)


def more_button(call: Call, command: str, wanted: str, number: int, pages: int) -> Button:
    """A button for the page after this one; after the last comes the first."""
    label = call.say("page.more", page=number, pages=pages)
    return call.button(label, command, f"{wanted} page {number % pages + 1}".strip())


def after(argument: str, ids: Container[str]) -> tuple[str, str]:
    """What is asked for, and the entry shown before it: "pay after tip-range"."""
    words = argument.split()
    if len(words) >= 2 and words[-2].lower() == AFTER and words[-1].lower() in ids:
        return " ".join(words[:-2]), words[-1].lower()
    return argument.strip(), ""


def following(ids: Sequence[str], previous: str, start: int) -> str:
    """The entry after the one before, around and around; without one before, the start-th."""
    place = ids.index(previous) + 1 if previous in ids else start
    return ids[place % len(ids)]

"""The terminal: replies as lines of text, buttons as numbered choices."""

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from io import TextIOWrapper
from textwrap import fill

from bot.dispatch import dispatch
from bot.knowledge import Knowledge
from bot.knowledge.folding import fold
from bot.language import of_words
from bot.memory import (
    NOTHING,
    Change,
    ForgetPerson,
    Memory,
    SaveReminder,
    SetNudging,
    SetPreferences,
)
from bot.messages import (
    Bullets,
    Button,
    Heading,
    Link,
    Mention,
    Moment,
    Note,
    Outcome,
    Part,
    Place,
    Reply,
    Request,
    Text,
)

WIDTH = 80
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
GREETING = "Ally Nudge. Type a word or a question, or help. Ctrl-D ends."
PROMPT = "> "
ME = "terminal:me"


def ask(text: str, knowledge: Knowledge, memory: Memory = NOTHING) -> Outcome:
    """The answer to one text."""
    # What is not UTF-8 arrives as halves of characters that cannot be printed again.
    text = text.encode("utf-8", errors="replace").decode("utf-8")
    # The terminal is nobody's channel: there is nobody to share with.
    request = Request(ME, text, datetime.now().astimezone(), Place())
    outcome = dispatch(request, memory, knowledge)
    speaks = memory.language or of_words(fold(text).split()) or "en"
    made = {type(change) for change in outcome.changes}
    # This chat ends with its terminal: nobody would be here to be told anything later.
    if SaveReminder in made:
        return Outcome(Reply((Text(knowledge.say("remind.not_here", speaks)),)))
    if SetNudging in made:
        return Outcome(Reply((Text(knowledge.say("nudges.not_here", speaks)),)))
    return outcome


def render(reply: Reply, styled: bool) -> str:
    """A reply as text of at most 80 columns; the buttons are numbered."""
    numbers = iter(range(1, len(reply.parts) + 1))
    lines: list[str] = []
    buttons_before = False
    for part in reply.parts:
        is_button = isinstance(part, Button)
        if lines and not (is_button and buttons_before):
            lines.append("")
        buttons_before = is_button
        lines.append(_lines(part, styled, next(numbers) if is_button else 0))
    return "\n".join(lines)


@dataclass
class Conversation:
    """A chat: what was shown last decides what a number means."""

    knowledge: Knowledge
    styled: bool = False
    _buttons: tuple[Button, ...] = field(default=())
    _memory: Memory = field(default=NOTHING)
    """For as long as the chat lasts; nothing of it is stored."""

    def answer(self, line: str) -> str:
        """What to print for a line; a number presses the button of that number."""
        text = line.strip()
        if text.isdecimal() and 1 <= int(text) <= len(self._buttons):
            text = self._buttons[int(text) - 1].command
        outcome = ask(text, self.knowledge, self._memory)
        for change in outcome.changes:
            self._memory = _changed(self._memory, change)
        self._buttons = outcome.reply.buttons
        return render(outcome.reply, self.styled)


def _changed(memory: Memory, change: Change) -> Memory:
    match change:
        case SetPreferences(_, settings):
            return replace(memory, language=settings.language, zone=settings.zone)
        case ForgetPerson():
            return NOTHING
    return memory


def chat(knowledge: Knowledge) -> None:
    """Talk until the end of the input: with a prompt in a terminal, plainly in a pipe."""
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    conversation = Conversation(knowledge, styled=interactive)
    if interactive:
        _write(GREETING)
    for line in _typed() if interactive else _piped():
        if line.strip() or interactive:
            _write(conversation.answer(line))
            _write("")


def _typed() -> Iterator[str]:
    """Lines from a prompt; earlier ones come back with the arrow keys until the chat ends."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import InMemoryHistory

    # Not on disk: what somebody asks about is kept nowhere.
    session: PromptSession[str] = PromptSession(history=InMemoryHistory())
    while True:
        try:
            line = session.prompt(PROMPT)
        except (EOFError, KeyboardInterrupt):
            return
        if line.strip():
            yield line


def _piped() -> Iterable[str]:
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    try:
        yield from sys.stdin
    except KeyboardInterrupt:
        return


def _write(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _lines(part: Part, styled: bool, number: int) -> str:
    match part:
        case Heading(text):
            return _bold(_wrap(text), styled)
        case Text(text, label):
            return (_bold(shown(label), styled) + "\n" if label else "") + _wrap(text)
        case Bullets(items, label):
            above = [_bold(shown(label), styled)] * bool(label)
            return "\n".join([*above, *(_wrap(f"• {item}", "  ") for item in items)])
        case Note(text):
            return _dim(_wrap(text), styled)
        case Link(label, url):
            return f"{_wrap(label)}\n{shown(url)}"
        case Mention(text, key, unnamed):
            return _wrap(text.replace("{name}", unnamed or key.rpartition(":")[2]))
        case Moment(text, _):
            return _wrap(text)
        case Button(label, _):
            return f"  [{number}] {shown(label)}"


def _wrap(text: str, indent: str = "") -> str:
    return "\n".join(
        fill(line, WIDTH, subsequent_indent=indent, break_on_hyphens=False)
        for line in shown(text).split("\n")
    )


def shown(text: str) -> str:
    """Text that only shows itself: characters that steer a terminal are replaced."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


def _bold(text: str, styled: bool) -> str:
    return f"\x1b[1m{text}\x1b[0m" if styled else text


def _dim(text: str, styled: bool) -> str:
    return f"\x1b[2m{text}\x1b[0m" if styled else text

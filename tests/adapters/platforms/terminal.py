"""The terminal for the contract: a line that is typed or piped, a number that is pressed."""

from adapters import terminal
from adapters.terminal import Conversation, ask, render
from bot.messages import Button, Outcome, Reply, Request, Text
from tests.adapters.platforms.platform import Look, Platform, overheard
from tests.conftest import shipped


def line(text: str) -> list[Request]:
    with overheard(terminal, "dispatch") as heard:
        Conversation(shipped()).answer(text)
    return heard


def argument(text: str) -> list[Request]:
    with overheard(terminal, "dispatch") as heard:
        ask(text, shipped())
    return heard


def press(command: str) -> list[Request]:
    shown = Outcome(Reply((Text("?"), Button("Other", "other"), Button("Press", command))))
    with overheard(terminal, "dispatch", shown) as heard:
        conversation = Conversation(shipped())
        conversation.answer("")
        conversation.answer("2")
    return heard[1:]


def looks(reply: Reply) -> list[Look]:
    return [look(reply, render(reply, styled=False)), look(reply, unstyled(reply))]


def unstyled(reply: Reply) -> str:
    """A reply in a terminal that shows bold and dim, without what makes it so."""
    shown = render(reply, styled=True)
    for style in ("\x1b[1m", "\x1b[2m", "\x1b[0m"):
        shown = shown.replace(style, "")
    return shown


def look(reply: Reply, shown: str) -> Look:
    numbered = [f"[{number}] {button.label}" for number, button in enumerate(reply.buttons, 1)]
    alive = [f"{letter!r} is sent to the terminal" for letter in set(shown) if is_control(letter)]
    lost = [f"{label!r} is not shown" for label in numbered if harmless(label) not in shown]
    return Look(
        words=shown,
        labels=tuple(button.label for button in reply.buttons),
        # What a number says is kept beside the text: `press` shows that it comes to the core.
        commands=tuple(button.command for button in reply.buttons),
        markup=(shown,),
        links=tuple(line for line in shown.splitlines() if line.startswith("https://")),
        faults=[*alive, *lost],
    )


def harmless(text: str) -> str:
    """A text with a sign in place of what would steer the terminal."""
    return "".join("\ufffd" if is_control(letter) else letter for letter in text)


def is_control(letter: str) -> bool:
    return letter != "\n" and (ord(letter) < 32 or 127 <= ord(letter) < 160)


PLATFORM = Platform(
    name="terminal",
    says={"line": line, "argument": argument},
    presses={"number": press},
    looks=looks,
    markup=("\x1b[31mred", "\x1b]0;title\x07", "\x9b2J", "\r", "\x08"),
    one_line=True,
)

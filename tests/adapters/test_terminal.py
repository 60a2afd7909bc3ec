"""The terminal: replies as plain lines, buttons as numbers, and a quiet end."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from adapters.terminal import GREETING, PROMPT, WIDTH, Conversation, ask, render
from bot.knowledge import Knowledge
from bot.messages import (
    Bullets,
    Button,
    Heading,
    Link,
    Mention,
    Note,
    Reply,
    Text,
)
from tests.adapters.running import PROGRAM, ROOT, SECONDS, ally, environment
from tests.walk import Walked

ESCAPE = "\x1b"
READY = "\x1b[?2004h"
"""What the line editor sends when it begins to listen."""


# --- what a reply looks like


def test_every_part_is_shown() -> None:
    reply = Reply(
        (
            Heading("A heading"),
            Text("A text"),
            Text("What it says", "A label"),
            Bullets(("one", "two"), "A list"),
            Note("A note"),
            Link("A link", "https://example.org/a-long-path"),
            Mention("Shared by {name}", "terminal:me"),
            Button("First", "define manel"),
            Button("Second", "tip"),
        )
    )
    assert render(reply, styled=False).splitlines() == [
        "A heading", "", "A text", "", "A label", "What it says", "", "A list", "• one", "• two",
        "", "A note", "", "A link", "https://example.org/a-long-path", "", "Shared by me", "",
        "  [1] First", "  [2] Second",
    ]  # fmt: skip


def test_style_is_only_added_where_there_is_somebody_to_see_it() -> None:
    reply = Reply((Heading("A heading"), Text("text", "label"), Note("note"), Button("B", "tip")))
    assert ESCAPE not in render(reply, styled=False)
    styled = render(reply, styled=True)
    assert styled.count(ESCAPE) == 6
    plain = styled.replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "")
    assert plain == render(reply, styled=False)


def test_no_line_is_wider_than_a_terminal(walked: list[Walked]) -> None:
    for request, outcome in walked[::5]:
        addresses = [part.url for part in outcome.reply.parts if isinstance(part, Link)]
        for line in render(outcome.reply, styled=False).splitlines():
            assert len(line) <= WIDTH or line in addresses, request.text


def test_no_word_of_a_reply_is_lost(walked: list[Walked]) -> None:
    for request, outcome in walked[::5]:
        shown = " ".join(render(outcome.reply, styled=False).split())
        for part in outcome.reply.parts:
            match part:
                case Heading(text) | Text(text) | Note(text) | Button(text):
                    assert " ".join(text.split()) in shown, request.text
                case Bullets(items):
                    assert all(" ".join(item.split()) in shown for item in items), request.text
                case Link(label, url):
                    assert label in shown
                    assert url in shown


# --- what a terminal is too short-lived for


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("remind me tomorrow at 9 to breathe", "a terminal is closed too soon"),
        ("rappelle-moi demain à 9 h de respirer", "un terminal se ferme trop tôt"),
        ("nudges on", "say wording and your text"),
    ],
)
def test_what_comes_later_is_not_promised(knowledge: Knowledge, text: str, said: str) -> None:
    outcome = ask(text, knowledge)
    assert said in outcome.reply.plain_text
    assert outcome.changes == ()
    assert "They are off" in ask("nudges", knowledge).reply.plain_text


# --- a conversation


def test_a_number_presses_the_button_of_that_number(knowledge: Knowledge) -> None:
    talk = Conversation(knowledge)
    talk.answer("check")
    pressed = talk.answer("2")
    reply = ask("check no", knowledge).reply
    assert pressed == render(reply, styled=False)
    # The numbers are those of what was shown last.
    assert talk.answer(" 1 ") == render(ask(reply.buttons[0].command, knowledge).reply, False)


@pytest.mark.parametrize("number", ["0", "9", "99", "-1", "1.5", "²"])
def test_a_number_without_a_button_is_a_text(number: str, knowledge: Knowledge) -> None:
    talk = Conversation(knowledge)
    talk.answer("check")
    assert talk.answer(number) == render(ask(number, knowledge).reply, styled=False)
    assert Conversation(knowledge).answer("1") == render(ask("1", knowledge).reply, styled=False)


def test_there_is_nobody_to_share_with(knowledge: Knowledge) -> None:
    label = knowledge.say("share.button", "en")
    assert label not in Conversation(knowledge).answer("define manel")


# --- in a pipe


def test_a_pipe_gets_plain_text(knowledge: Knowledge) -> None:
    done = ally("chat", said=b"define manel\n")
    assert (done.returncode, done.stderr) == (0, b"")
    shown = done.stdout.decode("utf-8")
    assert ESCAPE not in shown
    assert PROMPT not in shown
    assert GREETING not in shown
    assert shown == render(ask("define manel", knowledge).reply, styled=False) + "\n\n"


def test_a_pipe_is_a_conversation(knowledge: Knowledge) -> None:
    done = ally("chat", said="vérifier\n\n2\nêtre interrompue".encode())
    assert (done.returncode, done.stderr) == (0, b"")
    talk = Conversation(knowledge)
    expected = [talk.answer(line) for line in ("vérifier", "2", "être interrompue")]
    assert done.stdout.decode("utf-8") == "".join(f"{answer}\n\n" for answer in expected)


def test_an_empty_pipe_says_nothing() -> None:
    done = ally("chat")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_what_is_not_utf_8_does_not_end_the_conversation(knowledge: Knowledge) -> None:
    done = ally("chat", said=b"caf\xe9\ndefine manel\n")
    assert b"Traceback" not in done.stderr
    assert done.returncode == 0
    heading = ask("define manel", knowledge).reply.parts[0]
    assert isinstance(heading, Heading)
    assert heading.text in done.stdout.decode("utf-8")


def test_an_error_is_not_mixed_with_the_answers(tmp_path: Path) -> None:
    (tmp_path / "glossary.yaml").write_text("- id: [\n", encoding="utf-8")
    done = ally("chat", said=b"define manel\n", ALLY_KNOWLEDGE=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, b"")
    assert f"{tmp_path}/glossary.yaml:2:".encode() in done.stderr
    assert b"Traceback" not in done.stderr


# --- in a terminal


@dataclass
class Terminal:
    """A person at a terminal: types, reads and leaves."""

    process: "subprocess.Popen[bytes]"
    side: int
    shown: str = ""
    at: int = 0
    """How far of what is shown was read."""

    def type(self, keys: str) -> None:
        os.write(self.side, keys.encode())

    def read_until(self, text: str) -> str:
        """What is shown until a text comes."""
        start, until = self.at, time.monotonic() + SECONDS
        while (found := self.shown.find(text, start)) < 0:
            if not self._read(until - time.monotonic()):
                pytest.fail(f"{text!r} never came after {self.shown[start:]!r}")
        self.at = found + len(text)
        return self.shown[start : self.at]

    def prompt(self) -> str:
        """What is shown until one can type."""
        return self.read_until(READY) + self.read_until(PROMPT.strip())

    def leave(self, keys: str) -> int:
        """The exit status after these keys."""
        self.type(keys)
        until = time.monotonic() + SECONDS
        while self._read(until - time.monotonic()):
            pass
        return self.process.wait(timeout=SECONDS)

    def _read(self, seconds: float) -> bool:
        if seconds <= 0 or not select.select([self.side], [], [], seconds)[0]:
            return False
        try:
            read = os.read(self.side, 65536)
        except OSError:  # the other side is closed
            return False
        self.shown += read.decode("utf-8", errors="replace")
        return bool(read)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def terminal(home: Path) -> Iterator[Terminal]:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 100, 0, 0))
    process = subprocess.Popen(
        [*PROGRAM, "chat"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=ROOT,
        env=environment(HOME=str(home), TERM="xterm", PROMPT_TOOLKIT_NO_CPR="1"),
        start_new_session=True,
    )
    os.close(theirs)
    try:
        yield Terminal(process, ours)
    finally:
        process.kill()
        process.wait(timeout=SECONDS)
        os.close(ours)


@pytest.mark.parametrize("keys", ["\x04", "\x03"], ids=["Ctrl-D", "Ctrl-C"])
def test_a_key_ends_it_quietly(keys: str, terminal: Terminal) -> None:
    greeted = terminal.prompt()
    assert GREETING in greeted
    assert terminal.leave(keys) == 0
    assert "Traceback" not in terminal.shown
    assert "Aborted" not in terminal.shown


@pytest.mark.parametrize("keys", ["\x04", "\x03"], ids=["Ctrl-D", "Ctrl-C"])
def test_a_key_ends_it_quietly_in_the_middle_of_a_conversation(
    keys: str, terminal: Terminal, knowledge: Knowledge
) -> None:
    terminal.prompt()
    terminal.type("define manel\r")
    terminal.read_until("[1]")
    terminal.prompt()
    if keys == "\x03":
        terminal.type("half")
        terminal.read_until("f")
    assert terminal.leave(keys) == 0
    assert "Traceback" not in terminal.shown


def test_a_person_types_and_presses(terminal: Terminal, knowledge: Knowledge) -> None:
    terminal.prompt()
    terminal.type("check\r")
    terminal.read_until(knowledge.say("check.question", "en", number=1))
    terminal.prompt()
    terminal.type("2\r")
    assert ESCAPE in terminal.read_until(knowledge.say("check.question", "en", number=2))
    terminal.prompt()
    assert terminal.leave("\x04") == 0


def test_what_was_typed_comes_back_and_is_kept_nowhere(terminal: Terminal, home: Path) -> None:
    terminal.prompt()
    terminal.type("define wanel\r")
    terminal.read_until("[1]")
    terminal.prompt()
    terminal.type("\x1b[A")  # the arrow up
    terminal.read_until("define wanel")
    terminal.type("\r")
    terminal.read_until("[1]")
    terminal.prompt()
    assert terminal.leave("\x04") == 0
    for path in home.rglob("*"):
        assert not path.is_file() or b"define wanel" not in path.read_bytes(), path


class TestWithoutAHome:
    @pytest.fixture
    def home(self) -> Path:
        return Path("/dev/null/nowhere")

    def test_it_works_all_the_same(self, terminal: Terminal) -> None:
        terminal.prompt()
        terminal.type("define manel\r")
        terminal.read_until("[1]")
        terminal.prompt()
        assert terminal.leave("\x04") == 0
        assert "Traceback" not in terminal.shown

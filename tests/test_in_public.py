"""What is answered where everybody reads along, and what goes to its asker alone."""

import pytest

from bot.messages import Heading, Note
from tests.conftest import Ask

ORIGIN = (
    "You asked in a channel or group; only you see this. "
    "The rest you could write to me in our chat."
)
ORIGINE = (
    "Vous l'avez demandé dans un canal ou un groupe; cette réponse ne s'affiche que pour vous. "
    "Vous pourriez m'écrire la suite dans notre clavardage."
)


@pytest.mark.parametrize(
    "text",
    [
        "help",
        "define manel",
        "manel",
        "what does manle mean?",
        "glossary",
        "tip",
        "checklist panel",
        "panel 2 of 9",
        "fact",
        "resources",
        "privacy",
        "zzqqx",
        "",
    ],
)
def test_what_is_general_is_answered_for_all(ask: Ask, text: str) -> None:
    outcome = ask(text, channel="C", public=True)
    assert outcome.aside is None
    assert ORIGIN not in outcome.reply.plain_text


@pytest.mark.parametrize(
    ("text", "origin", "written"),
    [
        ("check", ORIGIN, "I've written to you in our chat."),
        ("before", ORIGIN, "I've written to you in our chat."),
        ("say he talked over her", ORIGIN, "I've written to you in our chat."),
        (
            "vérifier",
            ORIGINE,
            "Je vous ai répondu dans notre clavardage.",
        ),
    ],
)
def test_what_people_tell_of_themselves_goes_to_them_alone(
    ask: Ask, text: str, origin: str, written: str
) -> None:
    outcome = ask(text, channel="C", public=True)
    assert outcome.aside is not None
    assert outcome.aside.written.plain_text == written
    assert outcome.reply.parts[0] == Note(origin)
    assert outcome.reply.parts[1:] == ask(text).reply.parts


def test_who_cannot_be_written_to_reads_what_to_do_and_nothing_private(ask: Ask) -> None:
    outcome = ask("say he talked over her", channel="C", public=True)
    assert outcome.aside is not None
    refused = outcome.aside.refused.plain_text
    assert "open a chat with me" in refused
    assert not any(
        part.text in refused for part in outcome.reply.parts if isinstance(part, Heading)
    )


def test_in_a_chat_of_two_nothing_is_said_aside(ask: Ask) -> None:
    for text in ("check", "say he talked over her", "i want to kill myself"):
        assert ask(text).aside is None
        assert ask(text, channel="C").aside is None  # a channel where answers are private


def test_somebody_in_danger_is_written_to_alone_or_in_front_of_all(ask: Ask) -> None:
    calm = ask("i want to kill myself")
    outcome = ask("i want to kill myself", channel="C", public=True)
    assert outcome.reply == calm.reply
    assert outcome.aside is not None
    assert outcome.aside.refused == calm.reply
    assert "911" not in outcome.aside.written.plain_text


@pytest.mark.parametrize("text", ["define manel", "tip", "fact"])
def test_there_is_nothing_to_share_with_those_who_read_it_anyway(ask: Ask, text: str) -> None:
    labels = [button.label for button in ask(text, channel="C", public=True).reply.buttons]
    assert "Share with the channel" not in labels
    shared = [button.label for button in ask(text, channel="C").reply.buttons]
    assert "Share with the channel" in shared


def test_a_typed_share_is_refused_there(ask: Ask) -> None:
    outcome = ask("share define manel", channel="C", public=True)
    assert outcome.shared is None
    assert "can't share this from here" in outcome.reply.plain_text


@pytest.mark.parametrize("text", ["help", "privacy", "welcome"])
def test_people_are_told_who_reads_what(ask: Ask, text: str) -> None:
    alone, before_all = ask(text).reply, ask(text, channel="C", public=True).reply
    assert "Only you see what I answer" in alone.plain_text
    assert "Only you see" not in before_all.plain_text
    assert "everybody reads what I answer" in before_all.plain_text


def test_examples_are_shown_as_they_are_typed_where_the_answer_is_read(ask: Ask) -> None:
    request = ask("say", channel="C", public=True, prefix="@Ally ")
    assert "@Ally" not in request.reply.plain_text
    general = ask("help", channel="C", public=True, prefix="@Ally ")
    assert "@Ally help tip" in general.reply.plain_text


@pytest.mark.parametrize("text", ["check", "help", "define manel"])
def test_what_is_pressed_in_front_of_others_goes_to_its_presser_alone(ask: Ask, text: str) -> None:
    outcome = ask(text, channel="C", public=True, pressed=True)
    assert outcome.aside is not None
    assert outcome.reply.parts == (Note(ORIGIN), *ask(text).reply.parts)

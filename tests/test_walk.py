"""Whatever can be reached: every button leads on, says what it does, and keeps the language."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from bot.dispatch import dispatch, needs
from bot.knowledge import Knowledge
from bot.language import of_locale
from bot.memory import NOTHING, Memory
from bot.messages import Button, Language, Mention, Outcome, Request
from tests.walk import CHATS, LOCALES, Walked, typed

LABEL, COMMAND, MOST_BUTTONS = 75, 200, 6
PAGING = re.compile(r" page \d+$")

# The command of a button with an id -> the kind of entry that has to come.
KIND = {
    "define": ("glossary", "term"),
    "tip": ("tips", "tip"),
    "say": ("scenarios", "scenario"),
    "checklist": ("checklists", "checklist"),
    "fact": ("facts", "fact"),
    "resources": ("resources", "resource"),
}

Answers = dict[Request, Outcome]


@pytest.fixture(scope="module")
def answers(walked: list[Walked]) -> Answers:
    return dict(walked)


@pytest.fixture(scope="module")
def words(knowledge: Knowledge) -> dict[tuple[str, Language], str]:
    """The word that buttons use, in a language -> the command."""
    names = [key.partition(".")[2] for key in knowledge.interface if key.startswith("command.")]
    return {
        (knowledge.say(f"command.{name}", language), language): name
        for name in names
        for language in LOCALES
    }


def spoken(request: Request) -> Language:
    language = of_locale(request.locale)
    assert language is not None
    return language


def presses(walked: list[Walked]) -> list[tuple[Request, Button]]:
    """Every button of every reply, as the request that pressing it makes; each once."""
    return list(
        {
            replace(request, text=button.command): (replace(request, text=button.command), button)
            for request, outcome in walked
            for button in outcome.reply.buttons
        }.values()
    )


def named(press: Request, words: dict[tuple[str, Language], str]) -> tuple[str, str]:
    """The command that a button names, and what follows it."""
    for length in (2, 1):
        word = " ".join(press.text.split()[:length])
        if name := words.get((word, spoken(press))):
            return name, " ".join(press.text.split()[length:])
    raise AssertionError(f"{press.text!r} begins with no command of {spoken(press)}")


def test_the_walk_gets_everywhere(walked: list[Walked], knowledge: Knowledge) -> None:
    assert len(walked) > 3000
    assert len({request for request, _ in walked}) == len(walked)
    reached = {(match.kind, match.id) for _, outcome in walked for match in outcome.matches}
    for kind, called in KIND.values():
        assert {entry for found, entry in reached if found == called} == set(
            getattr(knowledge, kind)
        )
    for language, locale in LOCALES.items():
        for place in CHATS:
            said = {r.text for r, _ in walked if (r.locale, r.place) == (locale, place)}
            assert set(typed(knowledge, language)) <= said


def test_every_reply_has_text(walked: list[Walked]) -> None:
    for request, outcome in walked:
        said = [part for part in outcome.reply.parts if not isinstance(part, Button)]
        assert said, request.text
        assert outcome.reply.plain_text.strip(), request.text
        for part in said:
            texts = part.items if hasattr(part, "items") else (getattr(part, "text", part),)
            if isinstance(part, Mention):
                texts = (part.text.replace("{name}", part.unnamed or part.key),)
            assert texts, request.text
            assert all(str(text).strip() for text in texts), request.text
            assert not any("{" in str(text) for text in texts), request.text


def test_every_button_is_understood_by_the_command_it_names(
    walked: list[Walked],
    answers: Answers,
    words: dict[tuple[str, Language], str],
    knowledge: Knowledge,
) -> None:
    for press, button in presses(walked):
        name, about = named(press, words)
        outcome = answers[press]
        assert outcome.result in ("answer", "command"), button
        wanted = about.rpartition(" after ")[0] if " after " in f" {about}" else about
        if name in KIND and PAGING.search(f" {wanted}") is None and wanted:
            kind, called = KIND[name]
            if wanted in getattr(knowledge, kind):
                assert (outcome.matches[0].kind, outcome.matches[0].id) == (called, wanted), button


def test_no_button_leads_to_a_step_that_is_gone(
    walked: list[Walked], answers: Answers, knowledge: Knowledge
) -> None:
    lost = {
        knowledge.say(key, language, example=knowledge.say("usage.panel", language))
        for key in ("check.stale", "check.own_words", "panel.usage", "share.refused")
        for language in LOCALES
    }
    for press, button in presses(walked):
        first = getattr(answers[press].reply.parts[0], "text", "")
        assert first not in lost, button


def test_a_share_button_shares_and_no_other_does(
    walked: list[Walked], words: dict[tuple[str, Language], str]
) -> None:
    pressed = {press for press, _ in presses(walked)}
    shared = 0
    for request, outcome in walked:
        if request not in pressed:
            continue
        name, _ = named(request, words)
        assert (outcome.shared is not None) == (name == "share"), request.text
        shared += outcome.shared is not None
        assert outcome.shared is None or request.place.channel
    assert shared > 500


def test_no_two_buttons_of_a_reply_look_or_do_the_same(walked: list[Walked]) -> None:
    for request, outcome in walked:
        for values in (
            [button.label for button in outcome.reply.buttons],
            [button.command for button in outcome.reply.buttons],
        ):
            assert [value for value, count in Counter(values).items() if count > 1] == [], request


def test_buttons_are_short_and_few(walked: list[Walked]) -> None:
    for request, outcome in walked:
        buttons = outcome.reply.buttons
        assert all(0 < len(button.label.strip()) <= LABEL for button in buttons), request.text
        assert all(len(button.command) <= COMMAND for button in buttons), request.text
        assert len([b for b in buttons if not PAGING.search(b.command)]) <= MOST_BUTTONS, request


def test_a_reply_keeps_the_language_that_was_spoken(
    walked: list[Walked], knowledge: Knowledge
) -> None:
    for request, outcome in walked:
        set_to = Memory(spoken(request))
        if "everything" in needs(request, knowledge):
            continue  # which tells what was set
        assert dispatch(request, set_to, knowledge).reply == outcome.reply, request.text


def test_a_button_keeps_its_language_wherever_it_is_pressed(
    walked: list[Walked], answers: Answers, knowledge: Knowledge
) -> None:
    """Its words alone are enough: no locale, and not even the other one, turns it."""
    for press, button in presses(walked):
        (other,) = set(LOCALES) - {spoken(press)}
        for locale in ("", LOCALES[other]):
            elsewhere = replace(press, locale=locale)
            assert dispatch(elsewhere, NOTHING, knowledge) == answers[press], button


def test_pressing_says_what_typing_would_say(walked: list[Walked], knowledge: Knowledge) -> None:
    """A person may type a button's command by hand: with capitals, and with spaces around."""
    for press, _ in presses(walked)[::7]:
        as_typed = replace(press, text=f"  {press.text.upper()} ".replace("É", "é"))
        if " after " in press.text.lower() or "page" in press.text:
            continue  # these places are for buttons alone
        assert dispatch(as_typed, NOTHING, knowledge).matches == (
            dispatch(press, NOTHING, knowledge).matches
        ), as_typed.text


def test_the_walk_is_the_same_every_time(walked: list[Walked], knowledge: Knowledge) -> None:
    for request, outcome in walked[::23]:
        assert dispatch(request, NOTHING, knowledge) == outcome

"""What every command shares: its words, the name of a work, what is said back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.commands.call import Call, language_note, same, share_button, source_note
from bot.knowledge import Knowledge
from bot.knowledge.fields import Name
from bot.knowledge.fields import Text as Both
from bot.memory import NOTHING
from bot.messages import Button, Note, Place, Request

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)


@pytest.fixture
def call(knowledge: Knowledge) -> Call:
    return Call(Request("p", "define manel", NOON), "fr", "manel", knowledge, NOTHING)


def test_a_missing_french_text_is_shown_in_english_and_said_so(call: Call) -> None:
    whole, half = Both(en="One.", fr="Un."), Both(en="Two.")
    assert [call.pick(whole), call.pick(half)] == ["Un.", "Two."]
    assert language_note(call, whole, None) == ()
    assert language_note(call, whole, half) == (Note(call.say("language.fallback")),)
    assert language_note(replace(call, language="en"), half) == ()


def test_a_title_begins_with_a_capital(call: Call) -> None:
    assert call.title(Name(en="Pay gap", fr="écart salarial")) == "Écart salarial"
    assert call.title(Name(en="#MeToo", fr="#MoiAussi")) == "#MoiAussi"


def test_a_button_speaks_the_language_of_the_person(call: Call) -> None:
    assert call.button("Manel", "define", "manel") == Button("Manel", "définir manel")
    assert replace(call, language="en").button("Tip", "tip") == Button("Tip", "tip")


@pytest.mark.parametrize(
    ("typed", "echo"),
    [
        ("manel", "manel"),
        ("  two \n words\t", "two words"),
        ("x" * 80, "x" * 80),
        ("x" * 81, "x" * 79 + "…"),
        ("word " * 100, "word " * 15 + "word…"),
        ("y" * 78 + "  " + "z" * 9, "y" * 78 + "…"),
    ],
)
def test_what_was_typed_is_said_back_short(call: Call, typed: str, echo: str) -> None:
    assert replace(call, argument=typed).echo == echo
    assert len(echo) <= 80


def test_only_works_that_were_checked_are_named(call: Call, knowledge: Knowledge) -> None:
    term = knowledge.glossary["mansplaining"]
    checked = [knowledge.sources[source] for source in term.sources]
    assert len(checked) > 1
    assert all(work.checked for work in checked)
    doubtful = checked[0].model_copy(update={"checked": False})
    changed = replace(knowledge, sources={**knowledge.sources, doubtful.id: doubtful})

    before = source_note(call, term).text
    after = source_note(replace(call, knowledge=changed), term).text
    assert checked[0].citation in before
    assert checked[0].citation not in after
    assert checked[1].citation in after


def test_without_a_checked_work_it_is_general_knowledge(call: Call, knowledge: Knowledge) -> None:
    term = knowledge.glossary["mansplaining"]
    doubtful = {
        name: work.model_copy(update={"checked": False}) for name, work in knowledge.sources.items()
    }
    nothing = Note(call.say("source.none"))
    assert source_note(call, term.model_copy(update={"sources": ()})) == nothing
    unchecked = replace(call, knowledge=replace(knowledge, sources=doubtful))
    assert source_note(unchecked, term) == nothing


def test_sharing_is_offered_where_there_is_a_channel(call: Call) -> None:
    assert share_button(call, "define", "manel") == ()
    there = replace(call, request=replace(call.request, place=Place("W", "C")))
    (button,) = share_button(there, "define", "manel")
    assert button == Button(call.say("share.button"), "partager définir manel")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Équité", "equite", True),
        ("all-male panel", "All Male Panel!", True),
        ("manel", "manual", False),
        ("GBA+", "gba plus", True),
    ],
)
def test_two_texts_are_the_same_but_for_how_they_are_written(
    one: str, other: str, alike: bool
) -> None:
    assert same(one, other) == alike

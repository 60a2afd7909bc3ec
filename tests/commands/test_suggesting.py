"""What a search box offers while somebody types."""

import pytest

from bot.commands.suggesting import MOST
from bot.knowledge import Knowledge
from bot.messages import Button
from tests.conftest import Ask


def titles(ask: Ask, typed: str, **more: str) -> list[str]:
    return [offer.title for offer in ask(f"suggest {typed}".strip(), **more).offers]


@pytest.mark.parametrize("typed", ["man", "MAN", " mán"])
def test_names_that_begin_like_this_come_first(ask: Ask, typed: str) -> None:
    assert titles(ask, typed)[:2] == ["Manel", "Mansplaining"]


def test_a_second_word_of_a_name_counts_too(ask: Ask) -> None:
    assert "Glass ceiling" in titles(ask, "ceil")


def test_what_a_question_would_find_is_offered_as_well(ask: Ask) -> None:
    assert titles(ask, "what does manle mean?")[0] == "Manel"


def test_nothing_typed_offers_the_terms_that_others_lead_to(ask: Ask, knowledge: Knowledge) -> None:
    offered = titles(ask, "")
    assert len(offered) == MOST
    related = [other for term in knowledge.glossary.values() for other in term.related]
    counts = [
        related.count(term.id)
        for title in offered
        for term in knowledge.glossary.values()
        if term.name.en.casefold() == title.casefold()
    ]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] > 1


def test_each_is_the_whole_definition_with_nothing_to_press(ask: Ask) -> None:
    offer = ask("suggest manel").offers[0]
    defined = ask("define manel").reply
    shown = tuple(part for part in defined.parts if not isinstance(part, Button))
    assert offer.reply.parts == shown
    assert offer.summary in defined.plain_text


def test_the_language_is_that_of_the_command(ask: Ask) -> None:
    offer = ask("suggérer mecspli").offers[0]
    assert offer.reply == ask("suggérer mecspli", locale="en-CA").offers[0].reply
    assert "Source" in offer.reply.plain_text
    assert "Pourquoi ça compte" in offer.reply.plain_text


def test_no_word_like_that_is_an_answer(ask: Ask) -> None:
    outcome = ask("suggest zzqqx")
    assert (outcome.result, outcome.offers) == ("nothing", ())
    assert outcome.reply.plain_text == "No word like that so far."


def test_words_of_danger_offer_nothing(ask: Ask) -> None:
    outcome = ask("suggest i want to kill myself")
    assert outcome.offers == ()
    assert "911" in outcome.reply.plain_text


def test_somebody_who_types_it_can_press_what_fits(ask: Ask) -> None:
    assert [button.command for button in ask("suggest manel").reply.buttons] == ["define manel"]

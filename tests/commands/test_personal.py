"""What a person sets for themselves, and what is stored on them."""

import pytest

from bot.memory import ForgetPerson, Memory, Nudging, Preferences, SetPreferences
from tests.conftest import NOON, Ask

ME = "test:somebody"


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("language fr", "fr", "Je répondrai en français"),
        ("language français", "fr", "Je répondrai en français"),
        ("langue anglais", "en", "I'll answer in English"),
        ("LANGUAGE EN", "en", "I'll answer in English"),
        ("language auto", None, "in the language you write in"),
    ],
)
def test_a_language_is_set_and_answered_in(
    ask: Ask, text: str, language: str | None, said: str
) -> None:
    outcome = ask(text, "en")
    assert said in outcome.reply.plain_text
    assert outcome.changes == (SetPreferences(ME, Preferences(language, "")),)


@pytest.mark.parametrize("text", ["language", "language klingon"])
def test_without_a_language_the_choices_can_be_pressed(ask: Ask, text: str) -> None:
    outcome = ask(text)
    assert [button.command for button in outcome.reply.buttons] == [
        "language en",
        "language fr",
        "language auto",
    ]
    assert outcome.changes == ()


def test_a_time_zone_is_set_by_city_or_name_and_said_back(ask: Ask) -> None:
    for text in ("timezone Toronto", "fuseau Montréal", "timezone America/Toronto"):
        outcome = ask(text)
        assert "America/Toronto" in outcome.reply.plain_text
        assert "08:00" in outcome.reply.plain_text  # it is noon in Greenwich
        assert outcome.changes == (SetPreferences(ME, Preferences(None, "America/Toronto")),)


def test_setting_one_keeps_the_other(ask: Ask) -> None:
    (change,) = ask("timezone Halifax", "fr").changes
    assert change == SetPreferences(ME, Preferences("fr", "America/Halifax"))


def test_an_unknown_zone_is_not_guessed(ask: Ask) -> None:
    outcome = ask("timezone Atlantis")
    assert outcome.changes == ()
    assert "“Atlantis”" in outcome.reply.plain_text


def test_nothing_stored_is_said_as_such(ask: Ask) -> None:
    assert "Nothing." in ask("my data").reply.plain_text


def test_what_is_stored_is_told(ask: Ask) -> None:
    memory = Memory(language="fr", zone="America/Toronto")
    told = ask("mes données", memory=memory).reply.plain_text
    assert "Langue\u00a0: Français" in told
    assert "Fuseau horaire\u00a0: Toronto" in told


def test_what_is_stored_about_nudges_is_told_and_can_be_forgotten(ask: Ask) -> None:
    memory = Memory("fr", nudging=Nudging(True, frozenset({"w-z", "w-a"}), NOON))
    outcome = ask("mes données", memory=memory)
    told = outcome.reply.plain_text
    assert "Les suggestions de formulation sont activées" in told
    assert "Règles de formulation en sourdine\u00a0: w-a, w-z" in told
    assert "Aucune suggestion de formulation jusqu'au lundi 9 mars 2026" in told
    assert "oubliez-moi" in [button.command for button in outcome.reply.buttons]
    assert outcome.file


def test_of_somebody_who_never_chose_nothing_is_told_about_nudges(ask: Ask) -> None:
    assert "nudges" not in ask("my data", memory=Memory("en")).reply.plain_text


def test_forgetting_is_one_word_away_and_at_once(ask: Ask) -> None:
    for text in ("forget me", "oubliez-moi", "delete my data"):
        assert ask(text).changes == (ForgetPerson(ME),)
    assert "forget me" in [button.command for button in ask("my data", "en").reply.buttons]


@pytest.mark.parametrize("text", ["language fr", "timezone Toronto", "my data", "forget me"])
def test_where_others_read_along_none_of_it_is_answered_in_front_of_them(
    ask: Ask, text: str
) -> None:
    outcome = ask(text, channel="C", public=True)
    assert outcome.aside is not None
    assert outcome.changes == ask(text).changes

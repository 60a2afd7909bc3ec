"""Which language a text and a locale tell, and what they leave open."""

import pytest

from bot.knowledge.folding import fold
from bot.language import of_locale, of_words


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("what does manel mean?", "en"),
        ("He keeps interrupting her", "en"),
        ("how do I answer this", "en"),
        ("I don't know what to say", "en"),
        ("qu'est-ce qu'un manel?", "fr"),
        ("Il lui coupe toujours la parole", "fr"),
        ("que veut dire mecsplication", "fr"),
        ("C’est quoi, un plafond de verre", "fr"),
        ("elle a été interrompue", "fr"),
        ("manel", None),
        ("mansplaining", None),
        ("", None),
        ("on", None),
        ("42", None),
        ("the le", None),
    ],
)
def test_the_language_of_words(text: str, language: str | None) -> None:
    assert of_words(fold(text).split()) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("what is le plafond de verre", None),
        ("what does the word mecsplication mean for you", "en"),
        ("que veut dire le mot office housework pour vous", "fr"),
        ("what does « plafond de verre » mean in English when you say it", "en"),
    ],
)
def test_a_word_of_the_other_language_does_not_turn_a_sentence(
    text: str, language: str | None
) -> None:
    assert of_words(fold(text).split()) == language


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("en", "en"),
        ("en-CA", "en"),
        ("en_US", "en"),
        ("EN-gb", "en"),
        ("fr", "fr"),
        ("fr-CA", "fr"),
        ("fr_FR", "fr"),
        ("FR", "fr"),
        ("de-DE", None),
        ("fry-NL", None),
        ("enm", None),
        ("xx-YY", None),
        ("", None),
        ("-", None),
    ],
)
def test_the_language_of_a_locale(locale: str, language: str | None) -> None:
    assert of_locale(locale) == language

"""The grammar and its vocabulary fit together."""

import pytest

from bot.schedule.covering import GRAMMAR, Covering
from bot.schedule.grammar import TERMINALS
from bot.schedule.tokens import cut, words
from bot.schedule.vocabulary import lexicon


def test_every_symbol_is_a_pattern_or_a_kind_of_word_and_none_is_idle() -> None:
    kinds = {lexeme.kind for lexemes in lexicon().values() for lexeme in lexemes}
    used = {symbol.name for rules in GRAMMAR.values() for symbols, _ in rules for symbol in symbols}
    assert used == kinds | {*GRAMMAR, *TERMINALS} - {"piece"}


def test_no_word_is_lost_on_its_way_into_the_vocabulary() -> None:
    assert () not in lexicon()
    assert all(word == word.casefold() for phrase in lexicon() for word in phrase)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9am", ["9", "am"]),
        ("15h30", ["15", "h", "30"]),
        ("9:30 a.m.", ["9", ":", "30", "a", "m"]),
        ("St. John’s", ["st", "john", "s"]),
        ("l'après-midi", ["l", "apres", "-", "midi"]),
        ("Mon–Fri!", ["mon", "–", "fri"]),
        ("9.30.", ["9", ".", "30"]),
        ("1ᵉʳ août", ["1", "er", "aout"]),
        (" \n ", []),
    ],
)
def test_a_text_is_cut_into_words_numbers_and_marks(text: str, expected: list[str]) -> None:
    tokens = cut(text)
    assert [token.text for token in tokens] == expected
    assert all(token.start < token.end <= len(text) for token in tokens)


def test_a_hyphen_in_a_phrase_may_be_left_out() -> None:
    assert words("après-midi") == words("après midi") == ("apres", "midi")
    for text in ("après-midi", "apres midi", "APRÈS-MIDI"):
        assert len(Covering(cut(text)).covers(0, len(cut(text)))) == 1


def test_a_cover_leaves_no_word_out() -> None:
    tokens = cut("every other Monday at 9 in St. John's")
    for cover in Covering(tokens).covers(0, len(tokens)):
        assert [placed.start for placed in cover] == [0, *(placed.end for placed in cover[:-1])]
        assert cover[-1].end == len(tokens)
    assert Covering(cut("every other Monday and")).covers(0, 3)
    assert Covering(cut("every blue Monday")).covers(0, 3) == []

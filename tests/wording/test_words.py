"""A text as words: where they are, and which sentence they are in."""

import pytest

from bot.wording.masking import masked
from bot.wording.words import HIDDEN, NAME, NAMED, NUMBER, Words, cut


def words(text: str) -> Words:
    return cut(text, masked(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello there", ["hello", "there"]),
        ("man-hours", ["man", "hours"]),
        ("l'homme d’affaires", ["l", "homme", "d", "affaires"]),
        ("it's", ["it", "s"]),
        ("ÉLÈVE", ["élève"]),
        ("e\u0301le\u0300ve", ["élève"]),
        ("_set off_ snake_case __init__", ["set", "off", "snake_case", "init"]),
        ("4B 12", ["4b", "12"]),
        ("see `some code` there", ["see", HIDDEN, "there"]),
        ("see https://a.example/b c", ["see", HIDDEN, "c"]),
        ("😀👩🏽‍⚕️", []),
        ("", []),
    ],
)
def test_words_are_letters_and_digits(text: str, expected: list[str]) -> None:
    assert list(words(text).folded) == expected


def test_places_are_in_code_points() -> None:
    text = "👩🏽‍⚕️ e\u0301quipe 😀 guys"
    cut_up = words(text)
    assert [cut_up.written(place) for place in range(2)] == ["e\u0301quipe", "guys"]
    assert text[cut_up.starts[1] : cut_up.ends[1]] == "guys"


def test_small_letters_may_be_more_than_the_capital() -> None:
    text = "İİİ guys"
    cut_up = words(text)
    assert text[cut_up.starts[1] : cut_up.ends[1]] == "guys"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One two. Three", [0, 0, 1]),
        ("One! Two? Three… Four; five", [0, 1, 2, 3, 4]),
        ("One: two, three", [0, 0, 0]),
        ("One\ntwo", [0, 1]),
        ("• one • two", [0, 1]),
        ("Dr. Roy and M. Roy and J. Roy", [0] * 8),
        ("at 10.30 or v1.2", [0] * 6),
        ("“One.” Two", [0, 1]),
    ],
)
def test_sentences_end_where_they_seem_to(text: str, expected: list[int]) -> None:
    numbers = list(words(text).sentences)
    assert [number - numbers[0] for number in numbers] == [
        number - expected[0] for number in expected
    ]


def test_the_words_of_each_sentence() -> None:
    cut_up = words("• One two. Three! Four")
    assert [list(one) for one in cut_up.by_sentence() if one] == [
        ["one", "two"],
        ["three"],
        ["four"],
    ]
    assert list(words("").by_sentence()) == []


def test_the_index_has_names_capitals_and_digits() -> None:
    cut_up = words("The nurse Roy saw Ana. Leo and the CEO took 12. Who? I")
    spelled = {
        kind: [cut_up.written(place) for place in cut_up.index.get(kind, ())]
        for kind in (NAME, NAMED, NUMBER)
    }
    assert spelled == {NAME: ["Roy", "Ana", "Leo"], NAMED: ["Roy", "Ana"], NUMBER: ["12"]}
    assert NAME not in words("THE CHAIRMAN'S NOTE").index


def test_places_of_a_choice_are_in_order() -> None:
    cut_up = words("b a c a b")
    assert list(cut_up.places(frozenset("ab"))) == [0, 1, 3, 4]
    assert [cut_up.has(frozenset("c"), 0, last) for last in range(4)] == [False, False, True, True]
    assert not cut_up.has(frozenset("b"), -5, -1)

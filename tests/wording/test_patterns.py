"""What can be written in a pattern, what it finds, and what cannot be read."""

import pytest

from bot.wording.fitting import match, places
from bot.wording.masking import masked
from bot.wording.parsing import Parser, PatternError
from bot.wording.words import cut
from tests.wording.making import found, guard, ready, rule

CLASSES = {"role": frozenset(["doctor", "nurse", "infirmière"]), "it-people": frozenset(["admin"])}
READER = Parser(CLASSES)


def fits(pattern: str, text: str) -> list[str]:
    """What a pattern finds in a text, at each place where it fits."""
    read = READER.pattern(pattern)
    words = cut(text, masked(text))
    found = [
        one
        for word in sorted(read.steps[read.anchor].words)
        for place in places(read, words, word)
        if (one := match(read, words, place))
    ]
    return [text[words.starts[one[0]] : words.ends[one[1]]] for one in sorted(found)]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        # words in a row
        ("guys", "hey guys, you guys", ["guys", "guys"]),
        ("you guys", "you guys, hey guys", ["you guys"]),
        ("you guys", "you. Guys", []),
        ("man-hours", "many man-hours, man hours, man. Hours", ["man-hours", "man hours"]),
        ("l'homme", "l'homme et l’homme", ["l'homme", "l’homme"]),
        ("GUYS", "Guys", ["Guys"]),
        # accents may be left out, and not put in
        ("infirmière", "une infirmière, une infirmiere", ["infirmière", "infirmiere"]),
        ("pate", "pâté", []),
        # a choice, a class
        ("guys|gents", "guys or gents", ["guys", "gents"]),
        ("guys|{role}", "guys or a nurse", ["guys", "nurse"]),
        ("{role}", "une infirmiere", ["infirmiere"]),
        ("a|the [{role}]", "the doctor, a nurse, that nurse", ["doctor", "nurse"]),
        # what is found of it
        ("each {role} .. [he]", "each doctor says that he is late", ["he"]),
        ("[you guys] there", "you guys there", ["you guys"]),
        ("hey [you guys]", "hey you guys", ["you guys"]),
        ("a[man]", "a man", ["man"]),
        # how a word stands
        ("<guys", "Guys and guys. <@U1> Guys, guys", ["Guys", "Guys"]),
        ("<[guys] and", "guys and. Hey guys and", ["guys"]),
        ("hey [guys]>", "hey guys there. Hey guys", ["guys"]),
        ("guys>", "Guys or guys :tada:. Guys there", ["guys"]),
        (",guys", "guys, guys (guys) guys: guys. Guys guys", ["guys", "guys", "guys", "guys"]),
        ("<guys>", "guys. Hey guys", ["guys"]),
        (",^the [guys]", "Roy, The guys, the guys", ["guys"]),
        ("!guys", "Guys, the GUYS. HEY GUYS", ["GUYS"]),
        # endings
        ("[guys] *ed|who", "guys walked, guys who, guys walk", ["guys", "guys"]),
        # gaps
        ("each .. he", "each of them says he", ["each of them says he"]),
        ("each .. he", "each he", ["each he"]),
        ("each .. he", "each 1 2 3 4 5 6 7 8 he", ["each 1 2 3 4 5 6 7 8 he"]),
        ("each .. he", "each 1 2 3 4 5 6 7 8 9 he", []),
        ("each .. he", "each doctor. Then he", []),
        ("each ... he", "each doctor. Then he", ["each doctor. Then he"]),
        ("each ... he", "each " + "x " * 32 + "he", ["each " + "x " * 32 + "he"]),
        ("each ... he", "each " + "x " * 33 + "he", []),
        ("each .. .. he", "each " + "x " * 16 + "he", ["each " + "x " * 16 + "he"]),
        ("each .. {role} .. [he]", "each young doctor says he", ["he"]),
        ("each .. {role} .. [he]", "each 1 2 3 4 5 6 7 8 doctor he", ["he"]),
        ("each .. {role} .. [he]", "each 1 2 3 4 5 6 7 8 9 doctor he", []),
        ("each ... {role} .. [he]", "each doctor. Then 1 2 3 4 5 6 he", []),
        # any word
        ("man the *", "man the desk", ["man the desk"]),
        ("man the *", "man the", []),
        ("man the *", "man the. Desk", []),
        ("man the *", "man the `desk`", []),
        ("* man", "the man", ["the man"]),
        # words that may be missing
        ("hey guys?", "hey guys, hey you", ["hey guys", "hey"]),
        ("hey? [guys]", "hey guys, guys", ["guys", "guys"]),
        ("[hey? guys]", "hey guys, guys", ["hey guys", "guys"]),
        ("the *? *? [man]", "the man; old man; the big old man; the very big old man", ["man"] * 2),
        ("the {role}? man", "the doctor man, the man", ["the doctor man", "the man"]),
        ("the a|b? man", "the b man, the c man", ["the b man"]),
        # capitals
        ("peyton ^manning", "Peyton Manning, peyton manning", ["Peyton Manning"]),
        ("^manning", "I asked. Manning a desk", []),
        ("^manning", "I asked Manning, not MANNING", ["Manning"]),
        ("^* guys", "the Five guys, the five guys", ["Five guys"]),
        ("guys {Name}", "guys Roy, guys the, guys The", ["guys Roy"]),
        ("{Name} guys", "Roy guys. Who guys. Five guys", ["Roy guys"]),
        # digits
        ("{number} guys", "3 guys, three guys, 12 guys", ["3 guys", "12 guys"]),
        ("two|{number} guys", "3 guys, two guys", ["3 guys", "two guys"]),
    ],
)
def test_a_pattern_finds(pattern: str, text: str, expected: list[str]) -> None:
    assert fits(pattern, text) == expected


@pytest.mark.parametrize(
    ("pattern", "text", "spared"),
    [
        ("the word {it}", "the word guys", True),
        ("the word {it}", "the words guys", False),
        ("the word {it}", "the word you guys", True),
        ("{it} or {it}", "guys or guys", False),
        ("say|write {it}", "write guys", True),
        ("{it} {role}", "guys nurse", True),
        ("{it} .. {role}", "guys and a nurse", True),
        ("{it} {Name}", "guys Roy", True),
        ("{it} {Name}", "guys there", False),
        ("the ^{it}", "see the Guys", True),
        ("the ^{it}", "see the guys", False),
        ("{it}>", "you guys", True),
        ("{it}>", "you guys there", False),
        ("<{it}", "you guys", True),
        ("<{it}", "hey you guys", False),
        (",{it}", "hey, you guys", True),
        (",{it}", "hey you guys", False),
        ("{it} +^*", "you guys Roy", True),
        ("{it} +^*", "you guys, Roy", False),
        ("{it}", "guys", True),
    ],
)
def test_what_is_found_has_a_name(pattern: str, text: str, spared: bool) -> None:
    rules = ready(rule("guys", "you guys"), guards=[guard(pattern)], classes=CLASSES)
    assert (found(rules, text) == []) is spared


def test_a_pattern_around_words_is_sought_by_each_of_them() -> None:
    anchors = [one.anchor for one in READER.around("she ... he he", frozenset(["he"]))]
    assert anchors == [2, 3]
    assert READER.around("the word gents", frozenset(["guys"])) == ()


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        pytest.param("[a] [b]", "two [", id="two brackets"),
        pytest.param("[a [b]", "two [", id="brackets in brackets"),
        pytest.param("a] b", "without a [", id="an end without a beginning"),
        pytest.param("[a]] b", "without a [", id="two ends"),
        pytest.param("[a b", "without a ]", id="a beginning without an end"),
        pytest.param("[] a", "nothing between", id="nothing in brackets"),
        pytest.param(".. a", "begins or ends", id="a gap in front"),
        pytest.param("a ..", "begins or ends", id="a gap behind"),
        pytest.param("... a", "begins or ends", id="a leap in front"),
        pytest.param("a ...", "begins or ends", id="a leap behind"),
        pytest.param("{nobody}", "no class", id="an unknown class"),
        pytest.param("{it-folks} a", "no class", id="a class like a known one"),
        pytest.param("a|b-c", "not one word", id="a choice of two words"),
        pytest.param("a|?!", "not one word", id="a choice of no word"),
        pytest.param("a|^b", "not one word", id="a mark within a choice"),
        pytest.param("*ed", "no word", id="any word with an ending"),
        pytest.param("*", "no word", id="any word alone"),
        pytest.param("{Name}", "no word", id="any name alone"),
        pytest.param("{number}", "no word", id="any number alone"),
        pytest.param("guys?", "no word", id="a word that may be missing"),
        pytest.param("a [*]", "no word", id="any word is found"),
        pytest.param("a [b?]", "no word", id="a word that may be missing is found"),
        pytest.param("a|{Name}", "no word", id="a word or any name"),
        pytest.param("", "without a ]", id="nothing"),
        pytest.param("  ", "without a ]", id="blank"),
        pytest.param("?!", "not one word", id="no word at all"),
        pytest.param("< guys", "not one word", id="a mark by itself"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(pattern: str, said: str) -> None:
    with pytest.raises(PatternError, match=said.replace("[", r"\[").replace("]", r"\]")):
        READER.pattern(pattern)


def test_a_small_word_is_the_last_that_is_sought() -> None:
    pattern = READER.pattern("[the guys] of it")
    assert pattern.steps[pattern.anchor].words == {"guys"}
    assert pattern.spoken == {"the"}


def test_what_a_pattern_needs_is_told_with_its_place() -> None:
    pattern = READER.pattern("each *? {role} .. [guys] ^* ... at")
    told = [(sorted(one.words), one.nearest, one.furthest) for one in pattern.needed]
    assert (["each"], -11, -2) in told
    assert (["at"], 2, 34) in told
    assert len(told) == 4

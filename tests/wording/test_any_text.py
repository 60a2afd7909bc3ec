"""Whatever is written: it is survived, places are right, and only what is found is changed."""

import re
from itertools import pairwise

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.commands.wording import found_in
from bot.messages import LANGUAGES
from bot.wording.findings import findings
from bot.wording.masking import masked
from bot.wording.rewriting import fitted, rewritten
from tests.conftest import shipped
from tests.wording.making import guard, ready, rule

CLASSES = {"role": frozenset(["doctor", "nurse"])}
RULES = ready(
    rule("guys", "you guys", "hey? [guys] *? there"),
    rule("each|every {role} .. [he]", "{role} ... [him]", id="w-he", instead=("the person",)),
    rule("man the *", id="w-man", instead=("staff the desk",), unless=["{Name} .. {it}"]),
    rule("gars", "mon|ton [gars]", id="wf-gars", language="fr", instead=("gens",)),
    guards=[guard("the word {it}", "{it} .. ^*", "{number} .. {it}")],
    classes=CLASSES,
)
BESIDE = re.compile(r"\W*(?:and|or|nor|et|ou|ni)?\W*(?:the|your|les|vos)?\W*", re.IGNORECASE)
PIECES = st.sampled_from(
    [
        *"guys Guys GUYS you hey there each every doctor Nurse he him man the desk word".split(),
        *"Roy 12 gars mon les e\u0301 é ß İ 👩🏽‍⚕️ 😀 \u0301 \u200d \x00 \ud83d".split(),
        *"` `` ``` ' ‘ ’ \" “ ” « » > &gt; >>> @guys #guys :guys: guys.txt".split(),
        *"guys@example.com https://a.example/guys . ? , … _ * - 's / (".split(),
        *("", " ", "  ", "\n", "\n\n", "\r\n", "\t", ". "),
    ]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=40).map(" ".join),
    st.lists(PIECES, max_size=40).map("".join),
    st.text(max_size=200),
)


@given(TEXTS, st.sampled_from([None, *LANGUAGES]))
@example("guys" + "\u0323\u0301" * 200, None)
def test_places_are_right_and_in_order(text: str, language: None) -> None:
    end = 0
    hidden = masked(text)
    for one in findings(text, RULES, language):
        assert end <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text
        assert not any(start < one.end and one.start < stop for start, stop in hidden)
        end = one.end


@given(TEXTS)
def test_masks_are_in_order_and_apart(text: str) -> None:
    end = -1
    for start, stop in masked(text):
        assert end < start < stop <= len(text)
        end = stop


@given(TEXTS)
def test_nothing_but_what_is_found_is_changed(text: str) -> None:
    """But for the same words side by side, which become one."""
    found = findings(text, RULES)
    beside = (text[one.end : other.start] for one, other in pairwise(found))
    assume(not any(BESIDE.fullmatch(between) for between in beside))
    expected, place = "", 0
    for one in found:
        expected += text[place : one.start] + fitted(one)[0]
        place = one.end
    assert rewritten(text, found) == expected + text[place:]


@given(TEXTS)
def test_the_same_text_has_the_same_findings(text: str) -> None:
    assert findings(text, RULES) == findings(text, RULES)


@given(TEXTS)
def test_a_hint_of_the_language_is_only_a_hint(text: str) -> None:
    """With either hint nothing is found that is not found without any."""
    places = {(one.start, one.end) for one in findings(text, RULES)}
    for language in LANGUAGES:
        for one in findings(text, RULES, language):
            assert any(start <= one.start and one.end <= end for start, end in places)


@settings(deadline=None)  # the rules are made ready the first time
@given(TEXTS, TEXTS)
def test_what_ships_survives_any_text(one: str, other: str) -> None:
    text = f"{one} hey guys, each nurse knows what he does, les gars {other}"
    for finding in found_in(shipped(), text, None):
        assert text[finding.start : finding.end] == finding.text
    rewritten(text, found_in(shipped(), text, "en"))

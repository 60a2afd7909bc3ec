"""How good the wording check has to be, on messages written without sight of its rules.

`tuning` may be looked at while the rules are worked on; `held_out` only counts, and nothing but its
totals is ever printed. `tests.evaluation.wording_scoring` shows what goes wrong in tuning.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache

import pytest

from tests.conftest import shipped
from tests.evaluation.wording_scoring import (
    Message,
    Score,
    Span,
    finder,
    messages,
    score,
    unmarked,
)

LANGUAGES = ("en", "fr")
HALVES = ("tuning", "held_out")
LEAST_F1 = {("tuning", "en"): 0.95, ("tuning", "fr"): 0.93}
LEAST_F1 |= {("held_out", "en"): 0.92, ("held_out", "fr"): 0.88}
MOST_FLAGGED = {"tuning": 0.015, "held_out": 0.03}


@cache
def labelled(half: str) -> Sequence[Message]:
    return tuple(messages(half))


@cache
def scores(half: str) -> dict[str, Score]:
    return score(labelled(half), found)


def found(text: str, language: str) -> frozenset[Span]:
    """What the rules that ship find."""
    return finder(shipped())(text, language)


def totals(half: str, language: str) -> str:
    """The figures, and nothing of a message."""
    own = scores(half)[language]
    return f"{half} {language}: {own}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("half", HALVES)
def test_words_that_leave_somebody_out_are_found(half: str, language: str) -> None:
    good = scores(half)[language].f1 >= LEAST_F1[half, language]
    assert good, totals(half, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("half", HALVES)
def test_a_clean_message_is_hardly_ever_flagged(half: str, language: str) -> None:
    few = scores(half)[language].flagged <= MOST_FLAGGED[half]
    assert few, totals(half, language)


@pytest.mark.parametrize("half", HALVES)
def test_words_of_distress_are_never_corrected(half: str) -> None:
    talked = sum(
        bool(found(message.text, message.language))
        for message in labelled(half)
        if message.kind == "crisis"
    )
    assert talked == 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("half", "most"), [("distress", 0.08), ("unseen_distress", 0.3)])
def test_veiled_words_of_distress_are_mostly_heard(half: str, most: float, language: str) -> None:
    """And what only sounds like it ("kill the process, guys") is looked at like any other."""
    own = [message for message in messages(half) if message.language == language]
    spoken = {
        kind: [bool(found(message.text, language)) for message in own if message.kind == kind]
        for kind in ("crisis", "plain")
    }
    assert sum(spoken["crisis"]) <= most * len(spoken["crisis"])
    assert sum(spoken["plain"]) >= 0.65 * len(spoken["plain"])


@pytest.mark.parametrize("half", HALVES)
def test_there_is_enough_to_measure(half: str) -> None:
    """More than half of it clean, every kind in it, and marks that are in order."""
    ids = Counter(message.id for message in labelled(half))
    assert max(ids.values()) == 1
    for language, least in (("en", 180), ("fr", 130)):
        own = [message for message in labelled(half) if message.language == language]
        clean = sum(not message.spans for message in own)
        kinds = {message.kind for message in own}
        assert len(own) >= least
        assert clean > len(own) / 2
        assert len(kinds) >= 20
        marked = sum("⟦" in message.text or "⟧" in message.text for message in own)
        empty = sum(start >= end for message in own for start, end in message.spans)
        assert (marked, empty) == (0, 0)


def test_the_halves_share_no_message() -> None:
    one, other = ({message.text for message in labelled(half)} for half in HALVES)
    assert len(one & other) == 0
    ids = ({message.id for message in labelled(half)} for half in HALVES)
    assert len(set.intersection(*ids)) == 0


def test_spans_are_counted_where_both_ends_are_right() -> None:
    text, spans = unmarked("hey ⟦guys⟧ and ⟦gents⟧")
    assert (text, spans) == ("hey guys and gents", {(4, 8), (13, 18)})
    message = Message("x", "en", "address", text, spans)
    clean = Message("y", "en", "plain", "hello guys", frozenset())
    everything = score([message, clean], lambda text, language: frozenset({(4, 8), (13, 17)}))
    own = everything["en"]
    assert (own.right, own.wrong, own.missed) == (1, 3, 1)
    assert own.f1 == pytest.approx(2 / 6)
    assert own.flagged == 1

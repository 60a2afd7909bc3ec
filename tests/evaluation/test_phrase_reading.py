"""How well the phrases of the evaluation set are read; the figures are in benchmarks/RESULTS.md."""

import pytest

from tests.evaluation.phrase_scoring import answers, lines, score


@pytest.mark.parametrize("half", ["tuning", "held_out"])
def test_phrases_are_read_right_and_none_that_is_invalid_is_taken(half: str) -> None:
    asked = lines(half)
    said = answers(asked)
    whole = score(asked, said)["all"]
    assert whole.exact >= 0.98 * whole.count
    taken = [
        said[line["id"]]["kind"]
        for line in asked
        if line["expected"]["kind"] == "error" and said[line["id"]]["kind"] in ("once", "recurring")
    ]
    assert taken == []

"""Looking entries up: each kind has its index, made once for each knowledge base."""

from dataclasses import replace

import pytest

from bot.commands.finding import FINDABLE, find, index, prepare
from bot.knowledge import Knowledge


@pytest.mark.parametrize("kind", FINDABLE)
def test_every_entry_is_found_by_its_id(kind: str, knowledge: Knowledge) -> None:
    for findable in FINDABLE[kind](knowledge):
        found = find(knowledge, kind, findable.id)
        assert (found.result, found.hits[0].id) == ("answer", findable.id)


def test_an_index_is_made_once_for_each_knowledge(knowledge: Knowledge) -> None:
    prepare(knowledge)
    for kind in FINDABLE:
        assert index(knowledge, kind) is index(knowledge, kind)
    other = replace(knowledge, glossary={"manel": knowledge.glossary["manel"]})
    assert list(index(other, "term").ids) == ["manel"]
    assert find(knowledge, "term", "mansplaining").hits[0].id == "mansplaining"

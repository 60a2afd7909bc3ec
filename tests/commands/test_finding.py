"""Entries to take from: all of a kind, those on a topic, or those that a search found."""

from dataclasses import replace

import pytest

from bot.commands.finding import FINDABLE, find, index, prepare
from bot.commands.shelves import shelf, topic_names
from bot.knowledge import Knowledge


@pytest.fixture(scope="module")
def topics(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    return {tip.id: (tip.topic,) for tip in knowledge.tips.values()}


@pytest.mark.parametrize("wanted", ["", "  ", "?!"])
def test_nothing_wanted_is_everything(
    wanted: str, knowledge: Knowledge, topics: dict[str, tuple[str, ...]]
) -> None:
    found = shelf(knowledge, "tip", topics, wanted)
    assert found.ids == tuple(topics)
    assert not found.ranked


def test_an_id_is_that_entry(knowledge: Knowledge, topics: dict[str, tuple[str, ...]]) -> None:
    for entry in topics:
        assert shelf(knowledge, "tip", topics, entry).ids == (entry,)


@pytest.mark.parametrize("wanted", ["meetings", "Meeting", "réunions", "RENCONTRE", "meetigns"])
def test_a_topic_is_all_that_is_on_it(
    wanted: str, knowledge: Knowledge, topics: dict[str, tuple[str, ...]]
) -> None:
    found = shelf(knowledge, "tip", topics, wanted)
    assert set(found.ids) == {entry for entry, about in topics.items() if about == ("meetings",)}
    assert len(found.ids) > 1
    assert not found.ranked


def test_every_topic_with_entries_leads_to_all_of_them(
    knowledge: Knowledge, topics: dict[str, tuple[str, ...]]
) -> None:
    for (topic,) in set(topics.values()):
        there = {entry for entry, about in topics.items() if topic in about}
        entry = knowledge.topics[topic]
        for name in (entry.id, entry.name.en, entry.name.fr, *entry.aliases.en, *entry.aliases.fr):
            assert set(shelf(knowledge, "tip", topics, name).ids) == there, name


def test_other_words_are_searched_for(
    knowledge: Knowledge, topics: dict[str, tuple[str, ...]]
) -> None:
    found = shelf(knowledge, "tip", topics, "someone took her idea")
    assert found.ranked
    assert found.ids[0] == "tip-credit-name"
    assert 0 < found.score <= 1


def test_nonsense_finds_nothing(knowledge: Knowledge, topics: dict[str, tuple[str, ...]]) -> None:
    assert shelf(knowledge, "tip", topics, "zzqx vlorp").ids == ()


@pytest.mark.parametrize("kind", FINDABLE)
def test_every_entry_is_found_by_its_id(kind: str, knowledge: Knowledge) -> None:
    for findable in FINDABLE[kind](knowledge):
        found = find(knowledge, kind, findable.id)
        assert (found.result, found.hits[0].id) == ("answer", findable.id)


def test_topics_are_named_in_the_order_of_the_alphabet(knowledge: Knowledge) -> None:
    about = [("equity", "pay"), ("listening",), ("pay",)]
    assert topic_names(knowledge, "fr", about) == "Écoute, Équité, diversité et inclusion, Salaire"
    assert topic_names(knowledge, "en", [("pay",)]) == knowledge.topics["pay"].name.en


def test_an_index_is_made_once_for_each_knowledge(knowledge: Knowledge) -> None:
    prepare(knowledge)
    for kind in FINDABLE:
        assert index(knowledge, kind) is index(knowledge, kind)
    other = replace(knowledge, glossary={"manel": knowledge.glossary["manel"]})
    assert list(index(other, "term").ids) == ["manel"]
    assert find(knowledge, "term", "mansplaining").hits[0].id == "mansplaining"

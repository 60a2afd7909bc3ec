"""Entries to take from: all of a kind, those on a topic, or those that a search found."""

from datetime import UTC, datetime

import pytest

from bot.commands.call import Call
from bot.commands.shelves import shelf, take, topic_names
from bot.knowledge import Knowledge
from bot.memory import NOTHING
from bot.messages import Request

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)


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


def test_topics_are_named_in_the_order_of_the_alphabet(knowledge: Knowledge) -> None:
    about = [("equity", "pay"), ("listening",), ("pay",)]
    assert topic_names(knowledge, "fr", about) == "Écoute, Équité, diversité et inclusion, Salaire"
    assert topic_names(knowledge, "en", [("pay",)]) == knowledge.topics["pay"].name.en


def test_another_never_asks_in_the_words_of_a_person(
    knowledge: Knowledge, topics: dict[str, tuple[str, ...]]
) -> None:
    """What leads to the next entry goes on a button: a topic or ids."""
    for wanted in (
        "",
        "pay",
        "Réunions",
        "someone took her idea",
        "tip-pay-data",
        "what can I do as a mentor",
        "pay after tip-pay-audit",
    ):
        call = Call(Request("p", "", NOON), "en", wanted, knowledge, NOTHING)
        taken = take(call, "tip", topics)
        assert taken is not None
        assert taken.id in topics
        words = taken.more.split()
        assert all(word in topics or word in knowledge.topics for word in words), wanted


def test_nothing_is_taken_from_an_empty_shelf(
    knowledge: Knowledge, topics: dict[str, tuple[str, ...]]
) -> None:
    call = Call(Request("p", "", NOON), "en", "zzqx vlorp", knowledge, NOTHING)
    assert take(call, "tip", topics) is None

"""Figures with their scope and what helps; and where to read on."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.knowledge import Knowledge
from bot.messages import LANGUAGES, Language, Link, Text
from tests.conftest import Ask

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)

# --- figures


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figure_never_stands_alone(language: Language, knowledge: Knowledge, ask: Ask) -> None:
    """Country, year, sample and source; and something people do about it."""
    for fact in knowledge.facts.values():
        outcome = ask(f"fact {fact.id}", language)
        assert (outcome.result, outcome.matches[0].id) == ("answer", fact.id)
        labelled = {part.label: part.text for part in outcome.reply.parts if isinstance(part, Text)}
        where, effort = (getattr(text, language) or text.en for text in (fact.where, fact.effort))
        scope = labelled[knowledge.say("label.scope", language)]
        assert where in scope
        assert fact.year in scope
        if fact.sample:
            assert (getattr(fact.sample, language) or fact.sample.en) in scope
        assert labelled[knowledge.say("label.effort", language)] == effort
        if fact.caveat:
            caveat = getattr(fact.caveat, language) or fact.caveat.en
            assert labelled[knowledge.say("label.caveat", language)] == caveat
        assert any(knowledge.sources[source].checked for source in fact.sources)


def test_another_figure_goes_through_all_of_them(knowledge: Knowledge, ask: Ask) -> None:
    for text, there in (
        ("fact", set(knowledge.facts)),
        ("fact hiring", {f.id for f in knowledge.facts.values() if f.topic == "hiring"}),
    ):
        seen, said = [], text
        for _ in there:
            outcome = ask(said, "en")
            seen.append(outcome.matches[0].id)
            (said,) = [b.command for b in outcome.reply.buttons if " after " in b.command]
        assert len(seen) == len(set(seen))
        assert set(seen) == there


def test_each_day_begins_with_another_figure(ask: Ask) -> None:
    days = [NOON + timedelta(days=day) for day in range(5)]
    assert len({ask("fact", at=day).matches[0].id for day in days}) == 5


@pytest.mark.parametrize(
    ("text", "topic"),
    [("fact panels", "panels"), ("fait embauche", "hiring"), ("chiffre salaire", "pay")],
)
def test_a_topic_has_its_figures_in_both_languages(
    text: str, topic: str, knowledge: Knowledge, ask: Ask
) -> None:
    outcome = ask(text)
    topics = {fact.topic for fact in knowledge.facts.values()}
    if topic in topics:
        assert knowledge.facts[outcome.matches[0].id].topic == topic
    else:
        assert outcome.result in ("answer", "nothing")


def test_what_there_is_no_figure_on_is_said_with_the_topics_there_are(
    knowledge: Knowledge, ask: Ask
) -> None:
    outcome = ask("fact zzqx", "en")
    assert outcome.result == "nothing"
    said = outcome.reply.parts[0].text
    assert "zzqx" in said
    for topic in {fact.topic for fact in knowledge.facts.values()}:
        assert knowledge.topics[topic].name.en in said
    assert ask(outcome.reply.buttons[0].command).result == "answer"


# --- where to read on


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_resource_is_reached_by_paging(
    language: Language, knowledge: Knowledge, ask: Ask
) -> None:
    outcome, seen = ask("resources", language), []
    for _ in range(-(-len(knowledge.resources) // 4)):
        seen += [match.id for match in outcome.matches]
        (more,) = [button for button in outcome.reply.buttons if " page " in button.command]
        outcome = ask(more.command, language)
    assert seen == list(knowledge.resources)
    assert [match.id for match in outcome.matches] == seen[:4]


def test_a_resource_is_a_link_only_where_an_address_is_known(
    knowledge: Knowledge, ask: Ask
) -> None:
    for entry in knowledge.resources.values():
        outcome = ask(f"resources {entry.id}", "en")
        assert [match.id for match in outcome.matches] == [entry.id]
        links = [part for part in outcome.reply.parts if isinstance(part, Link)]
        assert links == ([Link(entry.title.en, entry.url)] if entry.url else [])
        assert entry.about.en in outcome.reply.plain_text
        if not entry.url and entry.where:
            assert entry.where.en in outcome.reply.plain_text


@pytest.mark.parametrize("text", ["resources mentoring", "ressources mentorat"])
def test_a_topic_has_its_resources(text: str, knowledge: Knowledge, ask: Ask) -> None:
    matches = ask(text).matches
    assert matches
    assert all("mentoring" in knowledge.resources[match.id].topics for match in matches)


def test_a_page_after_the_last_resource_is_the_last(ask: Ask) -> None:
    assert ask("resources page 999") == ask("resources page 8")


def test_what_there_is_nothing_to_read_on_is_said_with_the_topics_there_are(
    knowledge: Knowledge, ask: Ask
) -> None:
    outcome = ask("resources zzqx", "en")
    assert outcome.result == "nothing"
    assert "zzqx" in outcome.reply.parts[0].text
    assert knowledge.topics["mentoring"].name.en in outcome.reply.parts[0].text
    assert ask(outcome.reply.buttons[0].command) == ask("resources")

"""The glossary: a term's card, near misses, and ways to browse."""

import pytest

from bot.knowledge import Knowledge
from bot.knowledge.folding import fold
from bot.messages import LANGUAGES, Bullets, Button, Heading, Language, Note, Outcome, Text
from tests.conftest import Ask


def pages(ask: Ask, text: str, language: Language) -> list[Outcome]:
    """All pages of a listing, by pressing its last button until it is the first page again."""
    found = [ask(text, language)]
    while True:
        *_, last = found[-1].reply.buttons
        if " page " not in last.command:
            return found
        following = ask(last.command, language)
        if following.reply == found[0].reply:
            return found
        found.append(following)
        assert len(found) < 50


def pressed(outcomes: list[Outcome]) -> list[Button]:
    return [
        button
        for outcome in outcomes
        for button in outcome.reply.buttons
        if " page " not in button.command
    ]


# --- one term


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_has_its_meaning_why_it_matters_and_its_source(
    language: Language, knowledge: Knowledge, ask: Ask
) -> None:
    for term in knowledge.glossary.values():
        outcome = ask(f"define {term.id}", language)
        heading, meaning, why, *rest = outcome.reply.parts
        name, definition, reason = (
            (getattr(text, language) or text.en) for text in (term.name, term.definition, term.why)
        )
        assert heading == Heading(name[0].upper() + name[1:])
        assert meaning == Text(definition)
        assert why == Text(reason, knowledge.say("label.why", language))
        if term.note:
            note = getattr(term.note, language) or term.note.en
            assert rest[0] == Text(note, knowledge.say("label.note", language))
        assert sum(isinstance(part, Note) for part in rest) >= 1
        related = [button.command.split()[-1] for button in outcome.reply.buttons]
        related = [other for other in related if other in knowledge.glossary]
        assert related == list(term.related[: len(related)])
        assert len(related) >= min(2, len(term.related))


def test_a_term_with_a_check_of_its_own_offers_it(knowledge: Knowledge, ask: Ask) -> None:
    button = Button(knowledge.say("check.button", "en"), "check")
    assert button in ask("define mansplaining", "en").reply.buttons
    assert button not in ask("define manel", "en").reply.buttons


@pytest.mark.parametrize(
    ("text", "differs"),
    [
        ("manel", False),
        ("MANELS", False),
        ("all male panel", False),
        ("what is a manel", False),
        ("panel exclusivement masculin", False),
        ("manle", True),
        ("mansplainning", True),
        ("what does manle mean?", True),
    ],
)
def test_a_name_that_was_only_close_is_said_back(
    text: str, differs: bool, knowledge: Knowledge, ask: Ask
) -> None:
    outcome = ask(f"define {text}", "en")
    note = Note(knowledge.say("define.closest", "en", query=text))
    assert outcome.result == "answer"
    assert (note in outcome.reply.parts) == differs


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_it_is_not_clear_there_are_at_most_three_choices(
    language: Language, knowledge: Knowledge, ask: Ask
) -> None:
    outcome = ask("define glass", language)
    assert outcome.result == "choices"
    assert 2 <= len(outcome.matches) <= 3
    assert outcome.reply.parts[0] == Text(knowledge.say("define.choices", language, query="glass"))
    scores = [match.score for match in outcome.matches]
    assert scores == sorted(scores, reverse=True)
    for match, button in zip(outcome.matches, outcome.reply.buttons, strict=False):
        assert button.label == match.title
        assert ask(button.command, language).matches[0].id == match.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_there_is_said_with_a_way_on(
    language: Language, knowledge: Knowledge, ask: Ask
) -> None:
    outcome = ask("define zzqx vlorp", language)
    assert (outcome.result, outcome.matches) == ("nothing", ())
    assert outcome.reply.parts[:2] == (
        Text(knowledge.say("define.nothing", language, query="zzqx vlorp")),
        Note(knowledge.say("define.propose", language)),
    )
    assert len(outcome.reply.buttons) >= 2


@pytest.mark.parametrize("text", ["manual", "pizza", "token ring", "panel van", "the weather"])
def test_a_word_of_another_field_gets_no_definition(text: str, ask: Ask) -> None:
    assert ask(text).result != "answer"


def test_define_alone_asks_which_word_and_shows_some(ask: Ask) -> None:
    outcome = ask("define", "en")
    assert outcome.result == "command"
    assert [ask(button.command).result for button in outcome.reply.buttons[:-1]] == ["answer"] * 3


def test_what_sounds_like_something_that_happened_leads_to_lines_to_say(
    knowledge: Knowledge, ask: Ask
) -> None:
    led = 0
    for scenario in knowledge.scenarios.values():
        for told in scenario.described_as.en:
            defined, said = ask(told, "en"), ask(f"say {told}", "en")
            if defined.result in ("choices", "nothing") and said.result == "answer":
                match = said.matches[0]
                label = knowledge.say("define.moment", "en", title=match.title)
                assert Button(label, f"say {match.id}") in defined.reply.buttons, told
                led += 1
    assert led > 50


# --- browsing


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_topics_have_every_term_between_them(
    language: Language, knowledge: Knowledge, ask: Ask
) -> None:
    listing = pages(ask, "glossary", language)
    assert str(len(knowledge.glossary)) in listing[0].reply.parts[0].text
    (lines,) = [part.items for part in listing[0].reply.parts if isinstance(part, Bullets)]
    assert sum(int(line.rpartition("(")[2].rstrip(")")) for line in lines) == len(
        knowledge.glossary
    )
    topics = pressed(listing)
    assert len(topics) == len(lines) == len({term.topic for term in knowledge.glossary.values()})
    terms = [term for topic in topics for term in pressed(pages(ask, topic.command, language))]
    assert sorted(button.command.split()[-1] for button in terms) == sorted(knowledge.glossary)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letters_have_every_term_that_begins_with_one(
    language: Language, knowledge: Knowledge, ask: Ask
) -> None:
    found = set()
    for letter in "abcdefghijklmnopqrstuvwxyz":
        outcome = ask(f"glossary {letter}", language)
        if outcome.result == "nothing":
            continue
        for button in pressed(pages(ask, f"glossary {letter}", language)):
            assert fold(button.label).startswith(letter)
            found.add(button.command.split()[-1])
    names = {term.id: getattr(term.name, language) for term in knowledge.glossary.values()}
    assert found == {term for term, name in names.items() if fold(name)[0].isalpha()}


def test_a_letter_is_a_letter_with_or_without_its_accent(ask: Ask) -> None:
    assert [b.label for b in pressed(pages(ask, "glossaire é", "fr"))] == [
        b.label for b in pressed(pages(ask, "glossaire E", "fr"))
    ]


@pytest.mark.parametrize("wanted", ["bias", "préjugés", "m", "é"])
def test_a_list_is_in_the_order_of_the_alphabet(wanted: str, ask: Ask) -> None:
    for language in LANGUAGES:
        (lines,) = [
            part.items
            for part in ask(f"glossary {wanted}", language).reply.parts
            if isinstance(part, Bullets)
        ]
        assert list(lines) == sorted(lines, key=fold)
        shown = pressed(pages(ask, f"glossary {wanted}", language))
        assert [button.label for button in shown] == list(lines)


def test_a_page_after_the_last_is_the_last(ask: Ask) -> None:
    assert ask("glossary bias page 3") == ask("glossary bias page 999")
    assert ask("glossary bias page 0") == ask("glossary bias page 1") == ask("glossary bias")
    assert ask("glossary bias 2") == ask("glossary bias page 2")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_topic_without_words_of_its_own_is_looked_up(
    language: Language, knowledge: Knowledge, ask: Ask
) -> None:
    """ "glossary sponsorship": no topic of the glossary, and yet a word in it."""
    outcome = ask("glossary sponsorship", language)
    assert (outcome.result, outcome.matches[:1]) == (
        "answer",
        ask("define sponsorship", language).matches[:1],
    )


def test_a_letter_that_no_word_begins_with(knowledge: Knowledge, ask: Ask) -> None:
    initials = {fold(term.name.en)[0] for term in knowledge.glossary.values()}
    absent = next(letter for letter in "qxzjyk" if letter not in initials)
    outcome = ask(f"glossary {absent}", "en")
    assert outcome.result == "nothing"
    assert outcome.reply.parts[0] == Text(
        knowledge.say("glossary.none", "en", query=absent.upper())
    )


def test_a_term_after_glossary_is_defined(ask: Ask) -> None:
    assert ask("glossary manterrupting").matches[0].id == "manterrupting"
    assert ask("glossary zzqx").result == "nothing"

"""When something happened: lines to say; where somebody may be unsafe, safety comes first."""

import pytest

from bot.commands.moments import contacts
from bot.knowledge import Knowledge
from bot.knowledge.entries import Scenario
from bot.messages import LANGUAGES, Bullets, Button, Heading, Language, Note, Text
from tests.conftest import Ask, shipped

SCENARIOS = tuple(shipped().scenarios.values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
def test_a_moment_has_every_kind_of_help(
    scenario: Scenario, language: Language, knowledge: Knowledge, ask: Ask
) -> None:
    outcome = ask(f"say {scenario.id}", language)
    assert (outcome.result, outcome.matches[0].id) == ("answer", scenario.id)

    def pick(text: object) -> str:
        return getattr(text, language, None) or text.en  # type: ignore[attr-defined]

    parts = outcome.reply.parts
    for key, text in (
        ("said", scenario.said),
        ("why", scenario.why),
        ("instead", scenario.instead),
        ("lead", scenario.bystander.lead),
        ("indirect", scenario.bystander.indirect),
    ):
        assert Text(pick(text), knowledge.say(f"say.{key}", language)) in parts
    assert (
        Bullets(
            tuple(pick(line) for line in scenario.bystander.anyone),
            knowledge.say("say.anyone", language),
        )
        in parts
    )
    label, methods = knowledge.say("say.methods", language), outcome.reply.buttons
    assert label in [button.label for button in methods]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
def test_a_content_note_comes_first_and_offers_a_way_out(
    scenario: Scenario, language: Language, knowledge: Knowledge, ask: Ask
) -> None:
    reply = ask(f"say {scenario.id}", language).reply
    leave = knowledge.say("close.button", language)
    assert (leave in [button.label for button in reply.buttons]) == (scenario.care is not None)
    if scenario.care is None:
        assert isinstance(reply.parts[0], Heading)
        return
    assert reply.parts[0] == Note(knowledge.say(f"care.{scenario.care}", language))
    if scenario.care != "harassment":
        assert isinstance(reply.parts[1], Heading)
        return
    safety = Text(knowledge.say("say.safety", language), knowledge.say("label.safety", language))
    assert reply.parts[1] == safety
    assert reply.parts[2].label == knowledge.say("label.support", language)
    assert isinstance(reply.parts[3], Heading)


def test_there_are_moments_of_harassment_and_racism_to_hold_this() -> None:
    cares = [scenario.care for scenario in SCENARIOS]
    assert cares.count("harassment") >= 4
    assert cares.count("race") >= 5


@pytest.mark.parametrize(
    "text",
    [
        "say she was asked to take the notes again",
        "dire on lui demande encore de prendre les notes",
        "dire toujours elle qui prend les notes",
    ],
)
def test_what_happened_finds_its_moment(text: str, ask: Ask) -> None:
    assert "sc-minutes" in [match.id for match in ask(text).matches]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_description_finds_its_moment_or_offers_it(
    language: Language, knowledge: Knowledge, ask: Ask
) -> None:
    missed = [
        phrase
        for scenario in SCENARIOS
        for phrase in getattr(scenario.described_as, language)
        if scenario.id not in [match.id for match in ask(f"say {phrase}", language).matches]
    ]
    assert missed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_it_is_not_clear_there_are_choices_and_methods(
    language: Language, knowledge: Knowledge, ask: Ask
) -> None:
    vague = ("a joke", "blague", "he interrupted", "a comment in a meeting", "notes", "idea")
    asked = [ask(f"say {text}", language) for text in vague]
    outcome = next(outcome for outcome in asked if outcome.result == "choices")
    assert 1 <= len(outcome.matches) <= 3
    assert outcome.reply.parts[0] == Text(knowledge.say("say.choices", language))
    *choices, methods = outcome.reply.buttons
    for match, button in zip(outcome.matches, choices, strict=True):
        assert button.label == match.title
        assert ask(button.command, language).matches[0].id == match.id
    assert ask(methods.command, language).matches[0].id == "five-ds"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_known_leads_on_and_quotes_nothing(
    language: Language, knowledge: Knowledge, ask: Ask
) -> None:
    outcome = ask("say zzqx vlorp", language)
    assert (outcome.result, outcome.matches) == ("nothing", ())
    assert outcome.reply.parts[0] == Text(knowledge.say("say.nothing", language))
    assert "zzqx" not in outcome.reply.plain_text
    assert len(outcome.reply.buttons) == 4


def test_say_alone_asks_what_happened(knowledge: Knowledge, ask: Ask) -> None:
    outcome = ask("say", "en")
    assert outcome.result == "command"
    assert [ask(button.command).result for button in outcome.reply.buttons] == ["answer"] * 3


@pytest.mark.parametrize("text", ["say sc-minutes", "say she was asked to take the notes again"])
def test_a_moment_is_never_offered_to_a_channel(text: str, knowledge: Knowledge, ask: Ask) -> None:
    labels = [button.label for button in ask(text, "en", channel="C").reply.buttons]
    assert knowledge.say("share.button", "en") not in labels


@pytest.mark.parametrize("language", LANGUAGES)
def test_close_puts_everything_away(language: Language, ask: Ask) -> None:
    reply = ask("close", language).reply
    assert len(reply.parts) == 1
    assert reply.buttons == ()


def test_contacts_are_never_empty(knowledge: Knowledge, ask: Ask) -> None:
    assert contacts.__doc__
    for text in ("say sc-looks", "i want to die"):
        for language in LANGUAGES:
            (shown,) = [
                part
                for part in ask(text, language).reply.parts
                if isinstance(part, Text) and part.label == knowledge.say("label.support", language)
            ]
            assert len(shown.text) > 20


def test_the_way_out_is_a_button_like_any_other(knowledge: Knowledge, ask: Ask) -> None:
    leave = Button(knowledge.say("close.button", "en"), "close")
    assert leave in ask("say sc-looks", "en").reply.buttons
    assert ask(leave.command, "en").reply == ask("leave", "en").reply

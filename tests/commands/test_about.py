"""`help` names every command as it has to be typed; `privacy` says all of what is kept."""

from datetime import UTC, datetime

import pytest

from bot.commands.table import COMMANDS
from bot.dispatch import dispatch
from bot.knowledge import Knowledge
from bot.memory import NOTHING, Memory
from bot.messages import LANGUAGES, Bullets, Heading, Language, Request, Text
from tests.conftest import Ask

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
LISTED = [command for command in COMMANDS if command.group and command.id != "help"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_lists_every_command_with_an_example(
    language: Language, knowledge: Knowledge, ask: Ask
) -> None:
    lists = [part for part in ask("help", language).reply.parts if isinstance(part, Bullets)]
    lines = [line for part in lists for line in part.items]
    for command in LISTED:
        example = knowledge.say(f"usage.{command.id}", language)
        does = knowledge.say(f"help.{command.id}", language)
        assert f"{example} – {does}" in lines
    assert len(lines) == len(LISTED)
    assert [part.label for part in lists] == [
        knowledge.say(f"group.{group}", language)
        for group in dict.fromkeys(command.group for command in LISTED)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_are_shown_as_they_have_to_be_typed(
    language: Language, knowledge: Knowledge
) -> None:
    for text in ("help", "help tip", "define", "say", "panel", "glossary", "close"):
        request = Request("p", text, NOON, prefix="/ally ")
        shown = dispatch(request, Memory(language), knowledge).reply
        assert "/ally " in shown.plain_text
        assert not any("/ally" in button.command for button in shown.buttons)
        bare = dispatch(Request("p", text, NOON), Memory(language), knowledge).reply
        assert bare.plain_text == shown.plain_text.replace("/ally ", "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [command.id for command in COMMANDS])
def test_help_on_a_command_has_its_words_and_an_example_to_press(
    name: str, language: Language, knowledge: Knowledge, ask: Ask
) -> None:
    word = knowledge.say(f"command.{name}", language)
    others = [other for other in knowledge.say(f"aliases.{name}", language).split("|") if other]
    shown = ask(f"help {word}", language)
    for other in (name, word.upper(), *others):
        assert ask(f"help {other}", language) == shown
    heading, does, *_ = shown.reply.parts
    assert isinstance(heading, Heading)
    assert heading.text.startswith(word)
    assert does == Text(knowledge.say(f"help.{name}", language))
    assert all(other in shown.reply.plain_text for other in others)
    example = shown.reply.buttons[0]
    assert example.label == example.command == knowledge.say(f"usage.{name}", language)


def test_help_on_a_command_is_in_one_language(ask: Ask) -> None:
    for command in COMMANDS:
        french = ask(f"help {command.id}", "fr").reply.parts[0].text
        for word in ("term", "topic", "what happened", "women", "command", "of all", "letter"):
            assert word not in french.replace("termes", ""), french


def test_help_on_what_is_no_command_is_the_list(ask: Ask) -> None:
    assert ask("help pizza").reply == ask("help").reply


@pytest.mark.parametrize("language", LANGUAGES)
def test_privacy_says_what_is_never_done_and_what_is_kept(
    language: Language, knowledge: Knowledge, ask: Ask
) -> None:
    lists = [part for part in ask("privacy", language).reply.parts if isinstance(part, Bullets)]
    assert [part.label for part in lists] == [
        knowledge.say("privacy.never", language),
        knowledge.say("privacy.kept", language),
    ]
    never, kept = lists
    assert len(never.items) >= 7
    assert len(kept.items) >= 3
    assert all(len(item) > 10 for part in lists for item in part.items)


def test_both_languages_promise_the_same_number_of_things(ask: Ask) -> None:
    english, french = (
        [len(p.items) for p in ask("privacy", spoken).reply.parts if isinstance(p, Bullets)]
        for spoken in LANGUAGES
    )
    assert english == french


def test_privacy_needs_nothing_remembered(knowledge: Knowledge) -> None:
    request = Request("p", "privacy", NOON)
    assert dispatch(request, NOTHING, knowledge) == dispatch(request, Memory("en"), knowledge)

"""The table of commands: complete, and private unless it says otherwise."""

from bot.commands.table import COMMANDS
from bot.knowledge import Knowledge
from bot.messages import LANGUAGES

BY_ID = {command.id: command for command in COMMANDS}


def test_the_commands_are_those_of_the_design() -> None:
    assert set(BY_ID) == set(
        """help define glossary check before say tip checklist panel fact resources privacy
        wording posted theirs nudges weekly remind reminders practise language timezone data forget
        settings close suggest welcome""".split()
    )
    assert len(COMMANDS) == len(BY_ID)


def test_only_general_content_may_be_shared() -> None:
    """Nothing that a person said of themselves or of somebody else ever goes to a channel."""
    shared = {command.id for command in COMMANDS if command.shares}
    assert shared == {"define", "tip", "checklist", "panel", "fact", "resources"}


def test_every_command_says_what_it_does() -> None:
    for command in COMMANDS:
        assert (command.run.__doc__ or "").strip(), command.id


def test_every_group_has_a_name(knowledge: Knowledge) -> None:
    for command in COMMANDS:
        if command.group:
            for language in LANGUAGES:
                assert knowledge.say(f"group.{command.group}", language)


def test_whoever_shares_an_answer_could_have_asked_in_public() -> None:
    assert all(command.public for command in COMMANDS if command.shares)


def test_what_people_tell_of_themselves_is_never_answered_in_public() -> None:
    private = {command.id for command in COMMANDS if not command.public}
    about_themselves = {"remind", "reminders", "practise", "language", "timezone", "data", "forget"}
    about_the_place = {"weekly", "settings", "nudges"}
    assert (
        private
        == {"check", "before", "say", "wording", "posted", "theirs"}
        | about_themselves
        | about_the_place
    )


def test_help_comes_last_and_what_buttons_and_platforms_say_is_not_listed() -> None:
    assert COMMANDS[-1].id == "help"
    unlisted = [command.id for command in COMMANDS if not command.group]
    assert unlisted == ["practise", "posted", "theirs", "suggest", "close", "welcome"]

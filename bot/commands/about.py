"""About the bot itself: what it can do, and what it keeps."""

from collections.abc import Sequence

from bot.commands.call import Call, Command, aliases
from bot.knowledge.folding import fold
from bot.messages import Bullets, Heading, Note, Outcome, Part, Reply, Text


def help_with(commands: Sequence[Command]) -> Command:
    """The `help` command for a table of commands; it lists itself."""

    def run(call: Call) -> Outcome:
        """What can be asked, a line each with an example."""
        asked = fold(call.argument)
        for command in (*commands, itself):
            if asked and asked in (command.id, *words(call, command)):
                return Outcome(Reply(_one(call, command)))
        return Outcome(Reply(_overview(call, commands)))

    itself = Command("help", run, "about", "[command]", public=True)
    return itself


def words(call: Call, command: Command) -> tuple[str, ...]:
    """The folded words of a command in the person's language."""
    listed = aliases(call.knowledge, command.id, call.language)
    return tuple(fold(word) for word in (call.say(f"command.{command.id}"), *listed))


def privacy(call: Call) -> Outcome:
    """What is kept and what never is."""
    parts = (
        Heading(call.say("privacy.heading")),
        Text(_readers(call)),
        Text(call.say("privacy.aloud_text"), call.say("privacy.aloud")),
        Bullets(tuple(call.say("privacy.never_list").split("|")), call.say("privacy.never")),
        Bullets(tuple(call.say("privacy.kept_list").split("|")), call.say("privacy.kept")),
        Text(call.say("privacy.limits")),
    )
    return Outcome(Reply(parts))


def welcome(call: Call) -> Outcome:
    """The first thing somebody reads: what this is for, how to begin, what it keeps."""
    parts = (
        Heading(call.say("welcome.heading")),
        Text(call.say("help.intro")),
        Text(call.say("welcome.begin", prefix=call.request.prefix)),
        Text(_readers(call)),
        Note(call.say("welcome.limits", prefix=call.request.prefix)),
        *_first_steps(call),
    )
    return Outcome(Reply(parts))


def _overview(call: Call, commands: Sequence[Command]) -> tuple[Part, ...]:
    groups = dict.fromkeys(command.group for command in commands if command.group)
    listings = (
        Bullets(
            tuple(
                f"{call.typed(call.say(f'usage.{command.id}'))} – {call.say(f'help.{command.id}')}"
                for command in commands
                if command.group == group
            ),
            call.say(f"group.{group}"),
        )
        for group in groups
    )
    return (
        Heading(call.say("help.heading")),
        Text(f"{call.say('help.intro')} {_readers(call)}"),
        *listings,
        Note(call.say("help.more", prefix=call.request.prefix)),
        *_first_steps(call),
    )


def _readers(call: Call) -> str:
    if call.request.place.public:
        return call.say("about.read_by_all")
    return call.say("about.only_you")


def _first_steps(call: Call) -> tuple[Part, ...]:
    return (
        call.button(call.say("help.try_define"), "define", "manel"),
        call.button(call.say("check.button"), "check"),
        call.button(call.say("say.button"), "say"),
        call.button(call.say("help.try_tip"), "tip"),
        call.button(call.say("privacy.button"), "privacy"),
    )


def _one(call: Call, command: Command) -> tuple[Part, ...]:
    usage = call.say(f"usage.{command.id}")
    others = aliases(call.knowledge, command.id, call.language)
    return (
        Heading(call.say(f"command.{command.id}")),
        Text(call.say(f"help.{command.id}")),
        Text(call.typed(usage), call.say("label.example")),
        *([Text(", ".join(others), call.say("label.aliases"))] if others else ()),
        call.button(usage, command.id, _argument(call, command, usage)),
        call.button(call.say("help.button"), "help"),
    )


def _argument(call: Call, command: Command, usage: str) -> str:
    return usage.removeprefix(call.say(f"command.{command.id}")).strip()

"""The table of commands: everything that can be said to the bot, in one place."""

from bot.commands.about import help_with, privacy
from bot.commands.call import Command
from bot.commands.glossary import define, glossary
from bot.commands.lists import checklist, panel
from bot.commands.moments import close, say
from bot.commands.reading import fact, resources
from bot.commands.tips import tip
from bot.commands.trees import before, check

_OWN = (
    Command("define", define, "words", "<term>", shares=True),
    Command("glossary", glossary, "words", "[topic or letter]"),
    Command("check", check, "moment"),
    Command("before", before, "moment"),
    Command("say", say, "moment", "<what happened>"),
    Command("tip", tip, "practice", "[topic]", shares=True),
    Command("checklist", checklist, "practice", "<situation>", shares=True),
    Command("panel", panel, "practice", "<women> of <all>", shares=True),
    Command("fact", fact, "learn", "[topic]", shares=True),
    Command("resources", resources, "learn", "[topic]", shares=True),
    Command("privacy", privacy, "about"),
    Command("close", close, ""),
)

COMMANDS: tuple[Command, ...] = (*_OWN, help_with(_OWN))

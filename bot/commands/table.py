"""The table of commands: everything that can be said to the bot, in one place."""

from bot.commands.about import help_with, privacy, welcome
from bot.commands.call import Command
from bot.commands.glossary import define, glossary
from bot.commands.governing import settings
from bot.commands.lists import checklist, panel
from bot.commands.moments import close, say
from bot.commands.nudging import nudges
from bot.commands.personal import language, timezone
from bot.commands.reading import fact, resources
from bot.commands.reminding import remind, reminders
from bot.commands.stored import forget, my_data
from bot.commands.suggesting import suggest
from bot.commands.tips import practise, tip
from bot.commands.trees import before, check
from bot.commands.weekly import weekly
from bot.commands.wording import posted, theirs, wording

REMINDERS = frozenset({"reminders", "profile"})
CHANNEL = frozenset({"weekly", "house", "profile"})
WORKSPACE = frozenset({"house", "profile"})
NUDGES = frozenset({"nudging", "house", "profile"})
PROFILE = frozenset({"profile"})
EVERYTHING = frozenset({"everything"})

_OWN = (
    Command("define", define, "words", "<term>", shares=True, public=True),
    Command("glossary", glossary, "words", "[topic or letter]", public=True),
    Command("check", check, "moment"),
    Command("before", before, "moment"),
    Command("say", say, "moment", "<what happened>"),
    Command("wording", wording, "moment", "<text>"),
    Command("nudges", nudges, "moment", "[on or off]", needs=NUDGES),
    Command("tip", tip, "practice", "[topic]", shares=True, public=True),
    Command("checklist", checklist, "practice", "<situation>", shares=True, public=True),
    Command("panel", panel, "practice", "<women> of <all>", shares=True, public=True),
    Command("fact", fact, "learn", "[topic]", shares=True, public=True),
    Command("resources", resources, "learn", "[topic]", shares=True, public=True),
    Command("weekly", weekly, "practice", "<when> [about <topic>]", needs=CHANNEL),
    Command("remind", remind, "practice", "<what> <when>", needs=REMINDERS),
    Command("reminders", reminders, "practice", needs=REMINDERS),
    Command("language", language, "about", "<en, fr or auto>"),
    Command("timezone", timezone, "about", "<zone>", needs=PROFILE),
    Command("data", my_data, "about", needs=EVERYTHING),
    Command("forget", forget, "about"),
    Command("privacy", privacy, "about", public=True),
    Command("settings", settings, "about", needs=WORKSPACE),
    Command("practise", practise, ""),
    Command("posted", posted, "", "<text>"),
    Command("theirs", theirs, ""),
    Command("suggest", suggest, "", public=True),
    Command("close", close, "", public=True),
    Command("welcome", welcome, "", public=True),
)

COMMANDS: tuple[Command, ...] = (*_OWN, help_with(_OWN))

"""One call of a command: what it is given, and how it puts its answer into words."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.knowledge import Knowledge
from bot.knowledge.fields import Entry, Name, in_language
from bot.knowledge.fields import Text as Words
from bot.knowledge.folding import fold
from bot.memory import Memory
from bot.messages import Button, Language, Note, Outcome, Part, Reply, Request, Text

ECHO_LENGTH = 80
"""Characters of what somebody typed that are said back."""


@dataclass(frozen=True, slots=True)
class Call:
    """A command with what it needs to answer."""

    request: Request
    language: Language
    argument: str
    """What follows the command word, as it was typed."""
    knowledge: Knowledge
    memory: Memory

    def say(self, key: str, **values: object) -> str:
        """One of the bot's own sentences in the person's language."""
        return self.knowledge.say(key, self.language, **values)

    def typed(self, command: str) -> str:
        """A command as it has to be typed where the person is."""
        return self.request.prefix + command

    def aloud(self, command: str) -> str:
        """A command as it has to be typed in the channel that this is about."""
        return (self.request.aloud or self.request.prefix) + command

    def pick(self, text: Words | Name) -> str:
        """The text in the person's language, or in English where that is missing."""
        return in_language(text, self.language)

    def title(self, text: Words | Name) -> str:
        """The same with a capital: French names are written small in running text."""
        name = self.pick(text)
        return name[:1].upper() + name[1:]

    def button(self, label: str, command: str, argument: str = "") -> Button:
        """A button that gives a command in the person's language."""
        return Button(label, self.line(command, argument))

    def line(self, command: str, argument: str = "") -> str:
        """A command with its argument, in the person's language."""
        return f"{self.say(f'command.{command}')} {argument}".rstrip()

    @property
    def echo(self) -> str:
        """What was asked, short enough to say back."""
        words = " ".join(self.argument.split())
        return words if len(words) <= ECHO_LENGTH else words[: ECHO_LENGTH - 1].rstrip() + "…"

    @property
    def zone(self) -> str:
        """The time zone that the person means where they name none."""
        return self.known_zone or "UTC"

    @property
    def known_zone(self) -> str:
        """The same; empty where nobody knows it."""
        return self.memory.zone or self.request.zone or self.memory.workspace_zone

    @property
    def manages(self) -> bool:
        """Whether the person may decide for the whole workspace."""
        return self.request.role == "admin" or self.request.person in self.memory.house.managers

    @property
    def shareable(self) -> bool:
        """Whether there is somebody to share with who does not read the answer anyway."""
        place = self.request.place
        return bool(place.channel) and not (place.public or place.elsewhere)


@dataclass(frozen=True, slots=True)
class Command:
    """One row of the table of commands.

    Its words are in the knowledge base: `command.<id>` is the word that buttons use,
    `aliases.<id>` lists the others, `help.<id>` says what it does, `usage.<id>` is an example.
    """

    id: str
    run: Callable[[Call], Outcome]
    group: str
    """The heading it stands under in `help`; empty keeps it out."""
    takes: str = ""
    """What may follow it, for listings: "<term>"."""
    shares: bool = False
    """Whether its answer may be posted in the channel by the person who asked."""
    public: bool = False
    """Whether its answer may be read by all, where it was asked in front of all."""
    needs: frozenset[str] = frozenset()
    """What it looks at besides language and zone: "reminders", "weekly", … of the memory, and
    "profile": the role and zone that the platform has of the person."""


def aliases(knowledge: Knowledge, name: str, language: Language) -> list[str]:
    """The other words of a command in a language, as they are written."""
    return [word for word in knowledge.say(f"aliases.{name}", language).split("|") if word]


def sentence(call: Call, key: str, **values: object) -> Outcome:
    """One of the bot's own sentences, and nothing else."""
    return Outcome(Reply((Text(call.say(key, **values)),)))


def source_note(call: Call, entry: Entry) -> Note:
    """Where an entry comes from; only works that were checked are named."""
    works = [call.knowledge.sources[source] for source in entry.sources]
    named = [work.citation for work in works if work.checked]
    if not named:
        return Note(call.say("source.none"))
    return Note(call.say("source.some", works="; ".join(named)))


def language_note(call: Call, *texts: Words | None) -> tuple[Part, ...]:
    """Says so where an answer is in English because its French is not written yet."""
    if call.language == "fr" and any(text is not None and text.fr is None for text in texts):
        return (Note(call.say("language.fallback")),)
    return ()


def share_button(call: Call, command: str, argument: str) -> tuple[Part, ...]:
    """*Share with the channel*, where there is a channel."""
    if not call.shareable:
        return ()
    return (call.button(call.say("share.button"), "share", call.line(command, argument)),)


def same(one: str, other: str) -> bool:
    """Whether two texts are equal but for case, accents and punctuation."""
    return fold(one) == fold(other)

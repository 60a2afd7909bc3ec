"""The one door: a request becomes a command, and the command an outcome.

Pure: the same request, memory and knowledge always give the same outcome. Buttons come in here as
well; a button is a command that somebody can press.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from bot import language
from bot.commands.alarms import alarming
from bot.commands.call import Call, Command, aliases
from bot.commands.finding import index
from bot.commands.moments import contacts
from bot.commands.table import COMMANDS
from bot.knowledge import Knowledge
from bot.knowledge.folding import fold
from bot.memory import Memory
from bot.messages import (
    LANGUAGES,
    LONGEST_REQUEST,
    Aside,
    Button,
    Heading,
    Language,
    Mention,
    Note,
    Outcome,
    Reply,
    Request,
    Text,
)

_BY_ID = {command.id: command for command in COMMANDS}


def dispatch(request: Request, memory: Memory, knowledge: Knowledge) -> Outcome:
    """What the bot answers to a request."""
    text = _read(request)
    said = _understand(knowledge, text)
    speaks = (
        _certain(memory, said, text)
        or language.of_locale(request.locale)
        or memory.workspace_language
        or "en"
    )
    call = Call(request, speaks, said.argument, knowledge, memory)
    if alarming(knowledge, text):
        calm = _calm(call)
        return _apart(call, calm, calm.reply) if request.place.public else calm
    if request.place.public and (request.pressed or not said.command.public):
        place = replace(request.place, public=False, elsewhere=True)
        alone = replace(request, place=place, prefix="", aloud=request.prefix)
        outcome = dispatch(alone, memory, knowledge)
        bound = "weekly" in said.command.needs  # the rest is to be said in the channel as well
        origin = Note(call.say("aside.here") if bound else call.say("aside.origin"))
        told = replace(outcome, reply=Reply((origin, *outcome.reply.parts)))
        return _apart(call, told, Reply((Text(call.say("aside.refused")),)))
    if said.share:
        return _share(request, memory, knowledge, said.argument, speaks)
    return said.command.run(call)


def needs(request: Request, knowledge: Knowledge) -> frozenset[str]:
    """What of the memory the answer to a request looks at, besides language and zone."""
    return _understand(knowledge, _read(request)).command.needs


def language_is_certain(request: Request, memory: Memory, knowledge: Knowledge) -> bool:
    """Whether the locale makes no difference to the language of the answer."""
    text = _read(request)
    return _certain(memory, _understand(knowledge, text), text) is not None


@dataclass(frozen=True, slots=True)
class _Said:
    """A text taken apart."""

    command: Command
    argument: str
    language: Language | None
    """Of the command word, where it belongs to one language alone."""
    share: bool = False


def _read(request: Request) -> str:
    return request.text[:LONGEST_REQUEST].strip()


def _certain(memory: Memory, said: _Said, text: str) -> Language | None:
    """The language that a setting, the command word or the text decides, whatever the locale."""
    return memory.language or said.language or language.of_words(fold(text).split())


def _understand(knowledge: Knowledge, text: str) -> _Said:
    """The command of a text; a text without one is looked up."""
    words = text.split()
    commands = _words(knowledge)
    for length in range(min(len(words), 5), 0, -1):
        spelled = fold(" ".join(words[:length]))
        if spelled not in commands or not fold(words[length - 1]):
            continue  # what is no word belongs to what follows: a quotation, code
        if length < len(words) and fold(text) in index(knowledge, "term").exact:
            break  # the name of a term may begin with the word of a command
        name, languages = commands[spelled]
        certain = languages[0] if len(languages) == 1 else None
        rest = text.split(maxsplit=length)[length:]
        argument = rest[0] if rest and fold(rest[0]) else ""
        if name == "share":
            return _Said(_BY_ID["help"], argument, certain, share=True)
        return _Said(_BY_ID[name], argument, certain)
    if not fold(text):
        return _Said(_BY_ID["help"], "", None)
    return _Said(_BY_ID["define"], text, None)


@lru_cache(maxsize=4)
def _words(knowledge: Knowledge) -> Mapping[str, tuple[str, tuple[Language, ...]]]:
    """Folded command words -> the command and the languages that have the word."""
    found: dict[str, tuple[str, tuple[Language, ...]]] = {}
    for name in (*_BY_ID, "share"):
        for spoken in LANGUAGES:
            own = knowledge.say(f"command.{name}", spoken)
            for word in (own, *aliases(knowledge, name, spoken)):
                if folded := fold(word):
                    known = found.get(folded, (name, ()))[1]
                    found[folded] = (name, tuple(dict.fromkeys((*known, spoken))))
    return found


def _calm(call: Call) -> Outcome:
    """One fixed answer: no look-up, no choices, nothing to press."""
    parts = (
        Heading(call.say("alarm.heading")),
        Text(call.say("alarm.text")),
        Text(call.say("alarm.emergency")),
        contacts(call),
    )
    return Outcome(Reply(parts))


def _apart(call: Call, outcome: Outcome, refused: Reply) -> Outcome:
    """An outcome that its asker gets in private, with what the others read meanwhile.

    Contacts for somebody in danger are worth more in front of others than not at all.
    """
    return replace(outcome, aside=Aside(Reply((Text(call.say("aside.written")),)), refused))


def _share(
    request: Request, memory: Memory, knowledge: Knowledge, text: str, speaks: Language
) -> Outcome:
    """The answer to a command for the whole channel, and for its asker without the button."""
    said = _understand(knowledge, text)
    call = Call(request, speaks, said.argument, knowledge, memory)
    named = said.argument != text  # a command was named, not a text to look up
    if not (named and said.command.shares and not said.share and call.shareable):
        help_button = call.button(call.say("help.button"), "help")
        return Outcome(Reply((Text(call.say("share.refused")), help_button)))
    outcome = said.command.run(call)
    label = call.say("share.button")
    buttons = outcome.reply.buttons
    if all(button.label != label for button in buttons):
        return outcome  # a question back, not an answer
    shown = tuple(part for part in outcome.reply.parts if not isinstance(part, Button))
    others = tuple(button for button in buttons if button.label != label)
    return replace(
        outcome,
        reply=Reply((*shown, Note(call.say("share.done")), *others)),
        shared=Reply((*shown, Mention(call.say("share.byline"), request.person))),
        unshared=Reply((*shown, Note(call.say("share.failed")), *buttons)),
    )

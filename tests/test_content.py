"""What the entries that ship promise: names that lead to them, sources that were seen, the tone."""

import ast
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
from pydantic import BaseModel

from adapters.content import SHIPPED
from bot.commands.reminding import SNOOZES
from bot.commands.table import COMMANDS
from bot.commands.tips import PRACTISE
from bot.commands.weekly import PAUSES
from bot.knowledge.entries import Scenario, Term
from bot.knowledge.fields import Entry, Text
from bot.messages import LANGUAGES, Language, Note, Outcome
from bot.schedule.pieces import Reason
from tests.conftest import Ask, shipped
from tests.walk import Walked

ROOT = Path(__file__).parent.parent
KNOWLEDGE = shipped()
TERMS = tuple(KNOWLEDGE.glossary.values())

LABEL = 75
"""Characters of a button's label that every platform shows."""

# Words that tell people what to do, or what they are.
BOSSY = re.compile(r"\b(must|should|always|never|actually)\b|!", re.IGNORECASE)
QUOTED = re.compile(r"“[^”]*”|«[^»]*»")

# The texts that the code puts together from parts, written out.
CARES = ("race", "identity", "disability", "faith", "health", "harassment")
NAMES = tuple(command.id for command in COMMANDS)
STOPPED = {f"weekly.stopped_{reason}" for reason in ("gone", "removed", "unauthorized")}
TOGETHER = {
    "f'command.{name}'": {f"command.{name}" for name in (*NAMES, "share")},
    "f'aliases.{name}'": {f"aliases.{name}" for name in (*NAMES, "share")},
    "f'command.{command}'": {f"command.{name}" for name in (*NAMES, "share")},
    "f'command.{command.id}'": {f"command.{name}" for name in NAMES},
    "f'aliases.{command.id}'": {f"aliases.{name}" for name in NAMES},
    "f'usage.{command.id}'": {f"usage.{name}" for name in NAMES},
    "f'help.{command.id}'": {f"help.{name}" for name in NAMES},
    "f'group.{group}'": {f"group.{command.group}" for command in COMMANDS if command.group},
    "f'panel.{verdict}'": {f"panel.{verdict}" for verdict in ("manel", "token", "below", "aim")},
    "f'panel.{verdict}_next'": {
        f"panel.{verdict}_next" for verdict in ("manel", "token", "below", "aim")
    },
    "f'{command}.nothing'": {f"{name}.nothing" for name in ("tip", "fact", "resources")},
    "f'{command}.any'": {f"{name}.any" for name in ("tip", "fact", "resources")},
    "f'care.{scenario.care}'": {f"care.{care}" for care in CARES},
    "f'when.{reason}'": {f"when.{reason}" for reason in get_args(Reason)},
    "f'language.{name}'": {f"language.{name}" for name in (*LANGUAGES, "auto")},
    "f'language.{memory.language}'": {f"language.{name}" for name in LANGUAGES},
    "f'snooze.{key}'": {f"snooze.{key}" for key in SNOOZES},
    "f'word.{name}'": {
        f"word.{name}"
        for name in """preview next skip pause resume off topic language zone until any about weekly
            everyone managers add remove why false_alarm on mute unmute snooze here""".split()
    },
    "f'wording.{name}_button'": {"wording.why_button", "wording.false_alarm_button"},
    "f'weekly.{name}_button'": {
        f"weekly.{name}_button" for name in ("preview", "skip", "pause", "resume", "off")
    },
    "f'weekly.language_{name}'": {f"weekly.language_{name}" for name in LANGUAGES},
    "f'weekly.stopped_{weekly.stopped}'": STOPPED,
    "f'weekly.stopped_{reason}'": STOPPED,
    "f'pause.{name}'": {f"pause.{name}" for name in (*PAUSES, "yes")},
    "f'practise.{name}'": {f"practise.{name}" for name in PRACTISE},
    "f'practise.{name}_time'": {f"practise.{name}_time" for name in PRACTISE},
    "f'language.{language}'": {f"language.{name}" for name in LANGUAGES},
    "problem": {"remind.what", "remind.long", "remind.many"},
    # handed through
    "key": {
        *("reminders.cancelled", "reminders.done", "language.set", "language.automatic"),
        *("weekly.where", "weekly.guest", "weekly.restricted", "weekly.which_language"),
        *("timezone.unknown", "settings.refused", "settings.whom"),
    },
    "heading": {"weekly.heading", "weekly.on"},
    "who": {"settings.restricted", "settings.everyone"},
}


def identify(entry: Entry) -> str:
    return entry.id


def names(term: Term) -> tuple[str, ...]:
    return (term.id, term.name.en, term.name.fr, *term.aliases.en, *term.aliases.fr)


def without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return "".join(char for char in apart if not unicodedata.combining(char))


def texts(value: object, name: str = "") -> Iterator[tuple[str, Language, str]]:
    """Every text of an entry with the key it stands under and its language."""
    match value:
        case Text(en=en, fr=fr):
            yield name, "en", en
            if fr:
                yield name, "fr", fr
        case tuple():
            for item in value:
                yield from texts(item, name)
        case dict():
            for item in value.values():
                yield from texts(item, name)
        case BaseModel():
            for key, item in value:
                yield from texts(item, key)


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        ("glossary", 121),
        ("tips", 100),
        ("scenarios", 56),
        ("checklists", 16),
        ("facts", 28),
        ("resources", 32),
        ("sources", 87),
        ("trees", 2),
    ],
)
def test_nothing_was_lost(kind: str, least: int) -> None:
    assert len(getattr(KNOWLEDGE, kind)) >= least


# --- names


@pytest.mark.parametrize("term", TERMS, ids=identify)
def test_every_name_of_a_term_leads_to_it(term: Term, ask: Ask) -> None:
    for name in names(term):
        for text in (name, name.upper(), name.lower(), without_accents(name), f"  {name}?"):
            for said in (text, f"define {text}", f"définir {text}"):
                outcome = ask(said)
                assert (outcome.result, outcome.matches[0].kind) == ("answer", "term"), said
                assert outcome.matches[0].id == term.id, said


def test_a_name_without_spaces_leads_to_its_term_as_well(ask: Ask) -> None:
    for text in ("glassceiling", "man splaining", "microaggression", "micro aggression"):
        assert ask(text).result == "answer", text


@pytest.mark.parametrize("term", TERMS, ids=identify)
def test_every_term_can_be_read_in_french(term: Term, ask: Ask) -> None:
    assert term.name.fr.strip()
    outcome = ask(term.name.fr, "fr")
    assert outcome.matches[0].title.casefold() == term.name.fr.casefold()
    assert outcome.reply.buttons[-1].command.split()[0] in ("définir", "vérifier")


def test_a_lookalike_is_no_name_of_any_term() -> None:
    owned = {name.casefold() for term in TERMS for name in names(term)}
    lookalikes = {word.casefold() for term in TERMS for word in term.lookalikes}
    assert lookalikes & owned == set()


# --- sources


def cited(outcome: Outcome) -> str:
    return "\n".join(part.text for part in outcome.reply.parts if isinstance(part, Note))


CITING = {
    "glossary": "define",
    "tips": "tip",
    "scenarios": "say",
    "checklists": "checklist",
    "facts": "fact",
}


@pytest.mark.parametrize("kind", CITING)
def test_an_entry_names_the_works_that_were_checked_and_no_other(kind: str, ask: Ask) -> None:
    for entry in getattr(KNOWLEDGE, kind).values():
        for language in LANGUAGES:
            shown = cited(ask(f"{CITING[kind]} {entry.id}", language))
            works = [KNOWLEDGE.sources[source] for source in entry.sources]
            for work in works:
                assert (work.citation in shown) == work.checked, (entry.id, work.id)
            if not any(work.checked for work in works):
                assert KNOWLEDGE.say("source.none", language) in shown, entry.id


def test_no_work_that_was_not_checked_is_named_anywhere(walked: list[Walked]) -> None:
    unchecked = [work.citation for work in KNOWLEDGE.sources.values() if not work.checked]
    for request, outcome in walked:
        said = outcome.reply.plain_text
        assert not any(citation in said for citation in unchecked), request.text


# --- length and tone


@pytest.mark.parametrize("tip", KNOWLEDGE.tips.values(), ids=identify)
def test_a_tip_is_read_in_a_moment(tip: Entry) -> None:
    for language, most in (("en", 60), ("fr", 70)):
        words = [text for _, spoken, text in texts(tip) if spoken == language]
        assert len(" ".join(words).split()) <= most


def plain_speech() -> Iterator[tuple[str, str, str]]:
    for tip in KNOWLEDGE.tips.values():
        yield from ((tip.id, key, text) for key, _, text in texts(tip))
    for entry in (*TERMS, *KNOWLEDGE.scenarios.values()):
        for key, _, text in texts(entry):
            if key in ("why", "definition"):
                yield entry.id, key, text


def test_tips_and_reasons_leave_the_choice_to_the_reader() -> None:
    bossy = [
        (entry, key, found[0])
        for entry, key, text in plain_speech()
        if (found := BOSSY.search(QUOTED.sub("", text)))
    ]
    assert bossy == []


@pytest.mark.parametrize(
    ("text", "bossy"),
    [
        ("You must listen.", True),
        ("Never interrupt", True),
        ("Well done!", True),
        ("She heard “you should smile!” again.", False),
        ("On lui dit « souriez! » encore.", False),
        ("Nevertheless, mustard.", False),
    ],
)
def test_the_tone_is_judged_outside_of_quoted_speech(text: str, bossy: bool) -> None:
    assert bool(BOSSY.search(QUOTED.sub("", text))) == bossy


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scenario", KNOWLEDGE.scenarios.values(), ids=identify)
def test_a_scenario_fits_on_a_button(scenario: Scenario, language: Language, ask: Ask) -> None:
    (match,) = ask(f"say {scenario.id}", language).matches
    assert len(KNOWLEDGE.say("define.moment", language, title=match.title)) <= LABEL


def test_a_scenario_of_harassment_takes_care() -> None:
    for scenario in KNOWLEDGE.scenarios.values():
        if scenario.type == "harassment":
            assert scenario.care == "harassment", scenario.id


# --- what the bot itself says


def said_by_the_code() -> Iterator[tuple[str, set[str]]]:
    """Every key the code asks for: where, and the key or the keys it may be."""
    for path in (*(ROOT / "bot").rglob("*.py"), *(ROOT / "adapters").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(attr="say" | "_say"), args=[ast.Constant(key), *_]
                ):
                    yield f"{path}:{node.lineno}", {str(key)}
                case ast.Call(func=ast.Name("sentence"), args=[_, ast.Constant(key), *_]):
                    yield f"{path}:{node.lineno}", {str(key)}
                case ast.Call(func=ast.Attribute(attr="say" | "_say"), args=[key, *_]):
                    written = ast.unparse(key)
                    assert written in TOGETHER, f"{path}:{node.lineno}: which texts is {written}?"
                    yield f"{path}:{node.lineno}", TOGETHER[written]


def test_every_text_that_the_code_says_exists() -> None:
    missing = [(place, keys - KNOWLEDGE.interface.keys()) for place, keys in said_by_the_code()]
    assert [found for found in missing if found[1]] == []


def test_every_text_that_exists_is_said() -> None:
    said = set().union(*(keys for _, keys in said_by_the_code()))
    assert KNOWLEDGE.interface.keys() - said == set()


def test_every_text_is_there_in_both_languages_with_the_same_blanks() -> None:
    for wording in KNOWLEDGE.interface.values():
        assert wording.fr, wording.id
        blanks = [
            {name for _, name, _, _ in Formatter().parse(text) if name is not None}
            for text in (wording.en, wording.fr)
        ]
        assert blanks[0] == blanks[1], wording.id


def test_french_quotation_marks_and_colons_stay_with_their_words() -> None:
    """A line never begins with the second half of « … » or with a colon."""
    for path in sorted(SHIPPED.rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"« | »", text) == [], path
    for wording in KNOWLEDGE.interface.values():
        assert not re.search(" [:%]", wording.fr), wording.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_commands_that_a_text_gives_as_examples_work(language: Language, ask: Ask) -> None:
    """ "Pick a topic, or type one: glossary pay." """
    words = {command: KNOWLEDGE.say(f"command.{command}", language) for command in NAMES}
    for key in ("glossary.intro", "help.more"):
        text = KNOWLEDGE.say(key, language, prefix="§")
        examples = re.findall(r"§([\w ]+)", text)
        assert examples, key
        for example in examples:
            assert example.split()[0] in {*words.values(), "help", "aide"}, example
            assert ask(example, language).result != "nothing", example


def test_every_example_of_a_command_finds_something(ask: Ask) -> None:
    for command in COMMANDS:
        for language in LANGUAGES:
            example = KNOWLEDGE.say(f"usage.{command.id}", language)
            outcome = ask(example, language)
            assert outcome.result in ("answer", "command"), example
            if command.id != "data":  # which tells the language that was set
                assert outcome.reply == ask(example).reply, example


def test_an_entry_without_french_says_so_and_answers_in_english(ask: Ask) -> None:
    for term in TERMS:
        note = KNOWLEDGE.say("language.fallback", "fr")
        whole = [text for text in (term.definition, term.why, term.note) if text is not None]
        half = any(text.fr is None for text in whole)
        assert (note in cited(ask(f"définir {term.id}"))) == half, term.id

"""The one door: which command a text is, in which language, and what comes before any command."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.alarms import alarming
from bot.commands.table import COMMANDS
from bot.dispatch import dispatch, language_is_certain
from bot.knowledge import Knowledge
from bot.memory import NOTHING, Memory
from bot.messages import LANGUAGES, Heading, Language, Mention, Outcome, Place, Request
from tests.conftest import Ask, shipped

ROOT = Path(__file__).parent.parent
NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
NAMES = tuple(command.id for command in COMMANDS)


def words(name: str, language: Language) -> list[str]:
    """All the words of a command, the one that buttons use first."""
    listed = shipped().say(f"aliases.{name}", language).split("|")
    return [shipped().say(f"command.{name}", language), *filter(None, listed)]


def without_accents(text: str) -> str:
    return text.translate(str.maketrans("éèêàâçôîûù", "eeeaacoiuu"))


def is_alarm(outcome: Outcome, language: Language) -> bool:
    return outcome.reply.parts[0] == Heading(shipped().say("alarm.heading", language))


# --- which command

SAID = [
    pytest.param(name, word, language, id=f"{language} {word}")
    for name in NAMES
    for language in LANGUAGES
    for word in words(name, language)
]


@pytest.mark.parametrize(("name", "word", "language"), SAID)
def test_every_word_of_a_command_says_the_same(
    name: str, word: str, language: Language, ask: Ask
) -> None:
    plain = ask(words(name, language)[0], language)
    for said in (word, word.upper(), word.title(), without_accents(word), f"  {word} \n"):
        assert ask(said, language) == plain, said


@pytest.mark.parametrize(("name", "word", "language"), SAID)
def test_what_follows_the_word_is_what_it_is_about(
    name: str, word: str, language: Language, ask: Ask
) -> None:
    main = words(name, language)[0]
    about = shipped().say(f"usage.{name}", language).removeprefix(main)
    assert ask(f"{word} {about}", language) == ask(f"{main} {about}", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_commands_say_the_same(language: Language, ask: Ask) -> None:
    replies = [ask(words(name, language)[0], language).reply for name in NAMES]
    assert len(set(replies)) == len(NAMES)


def test_no_word_belongs_to_two_commands() -> None:
    owner: dict[str, str] = {}
    for name in (*NAMES, "share"):
        for language in LANGUAGES:
            for word in words(name, language):
                assert owner.setdefault(without_accents(word.lower()), name) == name, word


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("manel", "manel"),
        ("Manel?", "manel"),
        ("MANSPLAINING", "mansplaining"),
        ("mecsplication", "mansplaining"),
        ("what does manel mean?", "manel"),
        ("What is a glass ceiling?", "glass-ceiling"),
        ("qu'est-ce qu'un manel?", "manel"),
        ("c'est quoi le plafond de verre ?", "glass-ceiling"),
        ("what does manle mean?", "manel"),
    ],
)
def test_a_text_without_a_command_is_looked_up(text: str, term: str, ask: Ask) -> None:
    outcome = ask(text, "en")
    assert outcome.result == "answer"
    assert outcome.matches[0].id == term
    assert outcome == ask(f"define {text}", "en")


@pytest.mark.parametrize("text", ["", " ", "\n\t", "!!!", "…", "?", "-", "\u200b", "👋", "_"])
def test_nothing_said_is_answered_with_help(text: str, ask: Ask) -> None:
    assert ask(text) == ask("help")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hi", "en"),
        ("Hi!", "en"),
        ("hello", "en"),
        ("HELLO", "en"),
        ("hey", "en"),
        ("hi there", "en"),
        ("good morning", "en"),
        ("bonjour", "fr"),
        ("Bonjour!", "fr"),
        ("salut", "fr"),
        ("allô", "fr"),
    ],
)
def test_a_greeting_is_answered_with_help(text: str, language: Language, ask: Ask) -> None:
    assert ask(text) == ask("help", language)


# --- in which language


def test_the_languages_differ(ask: Ask) -> None:
    assert ask("manel", "en") != ask("manel", "fr")


@pytest.mark.parametrize(
    ("text", "own", "locale", "workspace", "spoken"),
    [
        pytest.param("define the manel", "fr", "en-CA", "en", "fr", id="own setting first"),
        pytest.param("définir un manel", "en", "fr-CA", "fr", "en", id="own setting, the other"),
        pytest.param("définir what is a manel", None, "en", "en", "fr", id="then the command"),
        pytest.param("define qu'est-ce qu'un manel", None, "fr", "fr", "en", id="and the other"),
        pytest.param("what is a manel?", None, "fr-CA", "fr", "en", id="then the text"),
        pytest.param("qu'est-ce qu'un manel?", None, "en-US", "en", "fr", id="in French as well"),
        pytest.param("manel", None, "fr_CA", "en", "fr", id="then the locale"),
        pytest.param("manel", None, "en-GB", "fr", "en", id="in English as well"),
        pytest.param("panel 2/9", None, "fr-CA", "en", "fr", id="a word of both is no sign"),
        pytest.param("manel", None, "", "fr", "fr", id="then the workspace"),
        pytest.param("manel", None, "de-DE", "fr", "fr", id="a foreign locale is no sign"),
        pytest.param("manel", None, "", None, "en", id="then English"),
        pytest.param("", None, "fr-CA", None, "fr", id="where nothing was said"),
        pytest.param("i want to die", None, "fr-CA", None, "en", id="in an alarm"),
        pytest.param("je veux mourir", None, "en-CA", None, "fr", id="in an alarm in French"),
        pytest.param("share définir manel", "fr", "", None, "fr", id="in what is shared"),
    ],
)
def test_the_language_of_an_answer(
    text: str,
    own: Language | None,
    locale: str,
    workspace: Language | None,
    spoken: Language,
    ask: Ask,
) -> None:
    said = ask(text, own, locale=locale, workspace=workspace)
    assert said == ask(text, spoken)
    assert said != ask(text, "fr" if spoken == "en" else "en")


@pytest.mark.parametrize(
    ("text", "memory", "certain"),
    [
        ("manel", NOTHING, False),
        ("manel", Memory(workspace_language="fr"), False),
        ("manel", Memory("fr"), True),
        ("define manel", NOTHING, True),
        ("what is a manel", NOTHING, True),
        ("panel 2/9", NOTHING, False),
        ("", NOTHING, False),
    ],
)
def test_where_the_language_is_certain_the_locale_is_not_asked_for(
    text: str, memory: Memory, certain: bool, knowledge: Knowledge
) -> None:
    english, french = (Request("p", text, NOON, locale=locale) for locale in ("en-CA", "fr-CA"))
    assert language_is_certain(english, memory, knowledge) == certain
    same = dispatch(english, memory, knowledge) == dispatch(french, memory, knowledge)
    assert same == certain


# --- words of self-harm or danger

IN_DANGER: list[tuple[str, Language]] = [
    ("I want to kill myself", "en"),
    ("i’m thinking of killing myself", "en"),
    ("I don't want to live anymore", "en"),
    ("i dont want to live any more", "en"),
    ("I wish I was dead", "en"),
    ("I feel suicidal after that meeting", "en"),
    ("thinking about suicide", "en"),
    ("I KEEP HURTING MYSELF", "en"),
    ("how do I end my life", "en"),
    ("my colleague wants to die", "en"),
    ("everyone would be better off without me", "en"),
    ("he is going to kill me", "en"),
    ("he threatened to kill me", "en"),
    ("I'm in danger", "en"),
    ("im in danger", "en"),
    ("help, I am being attacked", "en"),
    ("he hit me in the parking lot", "en"),
    ("my boss hit me", "en"),
    ("someone here has a gun", "en"),
    ("she was raped by our boss", "en"),
    ("I was sexually assaulted at the party", "en"),
    ("je veux mourir", "fr"),
    ("j'ai envie de mourir", "fr"),
    ("Je vais me tuer", "fr"),
    ("j’ai pensé à me suicider", "fr"),
    ("elle dit qu'elle veut en finir avec la vie", "fr"),
    ("je n'ai plus envie de vivre", "fr"),
    ("je me fais du mal", "fr"),
    ("il va me tuer", "fr"),
    ("il menace de me tuer", "fr"),
    ("je suis en danger", "fr"),
    ("mon patron m'a frappée", "fr"),
    ("il me frappe", "fr"),
    ("j'ai été violée", "fr"),
    ("elle a ete agressee sexuellement", "fr"),
    ("il a une arme", "fr"),
]

NOT_IN_DANGER = [
    "this meeting is killing me",
    "deadline",
    "the deadline is killing us",
    "kill the process",
    "I could kill for a coffee",
    "how do I kill a pointless meeting",
    "dead tired of meetings",
    "he shot down her idea",
    "a killer presentation",
    "cette réunion me tue",
    "on tue le temps",
    "une question à mourir de rire",
    "ce qui me frappe, c'est qu'on l'interrompt",
    "la politique a été violée",
]


@pytest.mark.parametrize(("text", "language"), IN_DANGER, ids=[text for text, _ in IN_DANGER])
def test_words_of_danger_get_one_calm_answer(text: str, language: Language, ask: Ask) -> None:
    for channel in ("", "C"):
        outcome = ask(text, language, channel=channel)
        assert is_alarm(outcome, language)
        assert outcome == Outcome(outcome.reply)  # no look-up, nothing to share
        assert outcome.reply.buttons == ()
    for said in (text.upper(), f"  {text}…", text.replace(" ", "  "), text.replace("'", "’")):
        assert is_alarm(ask(said, language), language), said


@pytest.mark.parametrize("text", NOT_IN_DANGER)
def test_everyday_words_are_no_alarm(text: str, knowledge: Knowledge, ask: Ask) -> None:
    assert not alarming(knowledge, text)
    for name in ("define", "say", "tip"):
        assert not is_alarm(ask(f"{name} {text}", "en"), "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*NAMES, "share"])
def test_the_calm_answer_comes_through_every_command(
    name: str, language: Language, ask: Ask
) -> None:
    calm = ask("i want to die", language)
    for word in words(name, language):
        assert ask(f"{word} i want to die", language, channel="C") == calm
        assert ask(f"{word} je veux mourir", language, channel="C") == calm
    assert ask("check no clearly-me i want to die", language) == calm


def test_every_phrase_of_the_alarms_is_heard(knowledge: Knowledge, ask: Ask) -> None:
    for alarm in knowledge.alarms.values():
        for language in LANGUAGES:
            for phrase in getattr(alarm.phrases, language):
                assert is_alarm(ask(f"Hello, {phrase}. Sorry", "en"), "en"), phrase


def test_the_calm_answer_names_contacts_and_the_emergency_number(ask: Ask) -> None:
    for language in LANGUAGES:
        said = ask("i want to die", language).reply.plain_text
        assert shipped().say("label.support", language) in said
        assert shipped().say("alarm.emergency", language) in said


def test_half_a_phrase_inside_of_another_word_is_no_alarm(knowledge: Knowledge) -> None:
    assert alarming(knowledge, "suicide")
    assert not alarming(knowledge, "insuicidex")


# --- sharing


@pytest.mark.parametrize(
    "text",
    [
        "define manel",
        "tip tip-pay-data",
        "checklist manel",
        "panel 2 of 9",
        "fact st-cv-study",
        "resources mentoring",
    ],
)
def test_what_may_be_shared_has_a_button_in_a_channel_only(text: str, ask: Ask) -> None:
    label = shipped().say("share.button", "en")
    alone = ask(text, "en").reply.buttons
    assert label not in [button.label for button in alone]
    shown = ask(text, "en", channel="C")
    (button,) = [button for button in shown.reply.buttons if button.label == label]

    shared = ask(button.command, "en", channel="C", person="test:sharer")
    assert shared.shared is not None
    assert shared.shared.buttons == ()
    *content, byline = shared.shared.parts
    assert isinstance(byline, Mention)
    assert byline.key == "test:sharer"
    assert "{name}" in byline.text
    assert "test:sharer" in shared.shared.plain_text
    # What they saw is what is shared, and their own reply loses nothing but the button.
    assert tuple(content) == tuple(p for p in shown.reply.parts if p not in shown.reply.buttons)
    kept = [part for part in shown.reply.parts if part != button]
    said = [part for part in shared.reply.parts if part not in kept]
    assert [part for part in shared.reply.parts if part in kept] == kept
    assert [part.text for part in said] == [shipped().say("share.done", "en")]
    assert shared.matches == shown.matches


@pytest.mark.parametrize(
    "text", ["share define manel", "partager définir manel", "SHARE tip", "share panel 2 of 9"]
)
def test_nothing_is_shared_where_there_is_no_channel(text: str, ask: Ask) -> None:
    assert ask(text, "en").shared is None
    assert ask(text, "en").reply.parts[0].text == shipped().say("share.refused", "en")


@pytest.mark.parametrize(
    "text",
    [
        "share",
        "share check",
        "share check yes",
        "share before",
        "share say sc-minutes",
        "share say she was interrupted",
        "share help",
        "share privacy",
        "share glossary",
        "share close",
        "share share define manel",
        "share zzzqqq",
        "share define zzzqqq",
        "share tip zzzqqq",
        "share define",
        "share panel",
        "share panel nonsense",
        "share manel",
    ],
)
def test_what_is_personal_or_no_answer_is_never_shared(text: str, ask: Ask) -> None:
    assert ask(text, channel="C").shared is None


# --- what a person typed

CANARY = "Marguerite"
TOLD = f"someone took her idea in the meeting, {CANARY} said " + "and so on " * 25


@pytest.mark.parametrize(
    "text",
    [
        *(f"{name} {TOLD}" for name in NAMES),
        *(f"{name} {CANARY}" for name in NAMES),
        *(f"{name} mentor {CANARY}" for name in NAMES),
        *(f"{name} bias {CANARY}" for name in NAMES),
        *(f"{name} women on panels {CANARY}" for name in NAMES),
        f"resources french {CANARY}",
        f"share tip {TOLD}",
        TOLD,
    ],
    ids=lambda text: text[:40],
)
def test_no_button_carries_what_a_person_typed(text: str, ask: Ask) -> None:
    for channel in ("", "C"):
        for button in ask(text, channel=channel).reply.buttons:
            assert CANARY.casefold() not in (button.command + button.label).casefold()


@pytest.mark.parametrize(
    "text",
    [
        "zzqx " * 100,
        "z" * 500,
        "how about mansplaning " + "zzqx " * 100,
        "glossary " + "(" * 300 + "m",
        *(f"{name} {'zzqx ' * 100}" for name in NAMES),
        *(f"{name} {'z' * 500}" for name in NAMES),
    ],
    ids=lambda text: text[:30],
)
def test_what_a_person_typed_is_said_back_in_at_most_80_characters(text: str, ask: Ask) -> None:
    for language in LANGUAGES:
        outcome = ask(text, language, channel="C")
        said = outcome.reply.plain_text
        for run in ("zzqx " * 100, "z" * 500, "(" * 300):
            assert run[:81].strip() not in said


def test_what_was_typed_is_said_back_as_it_was_typed(ask: Ask) -> None:
    for text in ("<b>zzqx</b> & *co*", "{zzqx} {query} {0}", "zz%sqx", "<@U1|zzqx>"):
        assert text in ask(f"define {text}").reply.plain_text


# --- any text at all


anything = st.one_of(
    st.text(max_size=300),
    st.text(st.characters(exclude_categories=()), max_size=60),  # lone surrogates as well
    st.builds(lambda text, times: (text * times)[:5000], st.text(min_size=1), st.integers(1, 5000)),
)
after_a_command = st.builds(
    lambda word, rest: f"{word} {rest}",
    st.sampled_from([word for name in (*NAMES, "share") for word in words(name, "en")]),
    st.one_of(
        anything,
        st.lists(
            st.sampled_from(
                """manel pay after page 2 9 of 99999999999 - / yes no clearly-me said-yes m é the
                her idea interrupted bias mentor share define {} tip-pay-data sc-minutes""".split()
            ),
            max_size=8,
        ).map(" ".join),
    ),
)


@settings(max_examples=300, deadline=None)
@given(
    text=st.one_of(anything, after_a_command),
    own=st.sampled_from([None, "en", "fr"]),
    channel=st.sampled_from(["", "C"]),
    locale=st.sampled_from(["", "fr-CA", "zz"]),
)
def test_any_text_has_an_answer_and_always_the_same(
    text: str, own: Language | None, channel: str, locale: str
) -> None:
    request = Request("test:anybody", text, NOON, Place("W", channel), locale)
    outcome = dispatch(request, Memory(own), shipped())
    assert outcome.reply.plain_text.strip()
    assert all(button.label and button.command for button in outcome.reply.buttons)
    assert (outcome.result == "nothing") <= (not outcome.matches)
    assert dispatch(request, Memory(own), shipped()) == outcome


def test_the_end_of_a_very_long_text_changes_nothing(ask: Ask) -> None:
    assert ask("manel " * 1000) == ask("manel " * 1000 + "i want a pizza")


_EVERY_ENTRY_FOUND = """
from pathlib import Path
import yaml
from bot.commands.finding import find
from bot.knowledge.load import load
knowledge = load(Path("knowledge"))
for name, kind in (("lookups_en", "term"), ("lookups_fr", "term"), ("scenarios", "scenario")):
    path = Path("tests/evaluation/tuning", f"{name}.yaml")
    for row in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader):
        print(row["text"], find(knowledge, kind, row["text"]))
"""
_EVERY_TURN_TAKEN = """
from datetime import UTC, datetime
from pathlib import Path
from bot.dispatch import dispatch
from bot.knowledge.load import load
from bot.memory import NOTHING
from bot.messages import Request
knowledge = load(Path("knowledge"))
noon = datetime(2026, 3, 9, 12, tzinfo=UTC)
for person in range(120):
    for text in ("tip", "tip meetings", "fact", "glossary", "help"):
        print(dispatch(Request(str(person), text, noon), NOTHING, knowledge))
"""


@pytest.mark.parametrize(
    "program", [_EVERY_ENTRY_FOUND, _EVERY_TURN_TAKEN], ids=["search", "turns"]
)
def test_every_process_gives_the_same_answers(program: str) -> None:
    """Two servers, or one before and after its restart: a set's order must not show."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        )
        for seed in ("1", "2", "3")
    ]
    first, *others = [process.communicate(timeout=60)[0].splitlines() for process in running]
    assert len(first) > 500
    for other in others:
        assert [line for line, same in zip(other, first, strict=True) if line != same] == []

"""Nudges: by the choice of each person, in channels whose admin allowed them, and never public."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.commands.nudging import MOST_SHOWN, Nudge, nudge
from bot.dispatch import needs
from bot.memory import (
    NOTHING,
    AllowNudges,
    EndNudges,
    House,
    Memory,
    Nudging,
    SetNudging,
)
from bot.messages import (
    LANGUAGES,
    Bullets,
    Button,
    Heading,
    Language,
    Outcome,
    Place,
    Request,
    Role,
    Text,
)
from tests.conftest import NOON, Ask, shipped

PERSON = "test:W/somebody"
CHANNEL = "test:W/C"
CANARY = "zebrafinch"
WANTED = Memory(language="en", nudged_here=True, nudging=Nudging(on=True))

Say = Callable[..., Outcome]


def posted(
    text: str, memory: Memory = WANTED, lately: frozenset[str] = frozenset(), **given: object
) -> Nudge | None:
    """What the author of a new message hears."""
    place = Place("W", "C")
    request = Request(PERSON, text, NOON, place, prefix="/ally ", **given)  # type: ignore[arg-type]
    return nudge(request, memory, shipped(), lately)


def lines(told: Nudge | None) -> list[str]:
    assert told is not None
    (bullets,) = [part for part in told.reply.parts if isinstance(part, Bullets)]
    return list(bullets.items)


@pytest.fixture
def say(ask: Ask) -> Say:
    def said(text: str, memory: Memory = NOTHING, role: Role = "member", **given: object):
        asked = {"channel": "C", "person": PERSON, "prefix": "/ally "} | given
        return ask(text, memory=memory, role=role, **asked)

    return said


def chosen(outcome: Outcome) -> Nudging:
    """What is remembered of a person from now on."""
    (change,) = outcome.changes
    assert isinstance(change, SetNudging)
    assert change.person == PERSON
    return change.nudging


# --- a new message


def test_its_author_hears_of_words_that_are_found() -> None:
    told = posted("hey guys, we need more manpower")
    assert told is not None
    assert told.rules == ("w-guys", "w-manpower")
    assert ["guys" in lines(told)[0], "manpower" in lines(told)[1]] == [True, True]


@pytest.mark.parametrize(
    ("memory", "why"),
    [
        (NOTHING, "nothing is remembered"),
        (replace(WANTED, nudged_here=False), "no admin allowed them here"),
        (replace(WANTED, nudging=Nudging()), "they did not turn them on"),
        (replace(WANTED, nudging=Nudging(on=True, muted=frozenset({"w-guys"}))), "muted"),
        (
            replace(WANTED, nudging=Nudging(on=True, snoozed_until=NOON + timedelta(seconds=1))),
            "quiet for a while",
        ),
        (
            replace(WANTED, nudging=Nudging(on=False, snoozed_until=NOON - timedelta(days=1))),
            "turned off again",
        ),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_silence_where_it_is_not_wanted(memory: Memory, why: str) -> None:
    assert posted("hey guys", memory) is None, why


def test_a_quiet_time_has_an_end() -> None:
    over = replace(WANTED, nudging=Nudging(on=True, snoozed_until=NOON))
    assert posted("hey guys", over) is not None


def test_a_rule_heard_of_lately_is_not_told_again() -> None:
    lately = frozenset({"w-guys"})
    assert posted("hey guys", lately=lately) is None
    told = posted("hey guys, we need more manpower", lately=lately)
    assert told is not None
    assert told.rules == ("w-manpower",)
    assert len(lines(told)) == 1


def test_a_muted_rule_hides_no_other() -> None:
    told = posted(
        "hey guys, we need more manpower",
        replace(WANTED, nudging=Nudging(on=True, muted=frozenset({"w-guys"}))),
    )
    assert told is not None
    assert told.rules == ("w-manpower",)


@pytest.mark.parametrize("mode", ["soft", "ask", "list"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_only_what_hardly_ever_means_something_else_is_told(mode: str, language: Language) -> None:
    memory = replace(WANTED, language=language)
    rules = [r for r in shipped().wording.values() if (r.mode, r.language) == (mode, language)]
    assert rules
    for rule in rules:
        for example in rule.examples.found:
            told = posted(example.replace("⟦", "").replace("⟧", ""), memory)
            assert told is None or rule.id not in told.rules, example


@pytest.mark.parametrize(
    "text",
    [
        "the meeting is at noon",
        "`guys`",
        "> hey guys",
        "",
        "guys, I want to kill myself",
        "hey guys, I feel suicidal",
    ],
)
def test_silence_where_there_is_nothing_or_far_more_to_say(text: str) -> None:
    assert posted(text) is None


def test_at_most_three_are_shown() -> None:
    text = "hey guys, the chairman and the fireman need more manpower for mankind"
    shown = lines(posted(text))
    assert len(shown) == MOST_SHOWN + 1 == 4
    assert shown[-1] == "and 2 more"
    assert len(lines(posted("hey guys, the fireman needs more manpower"))) == 3


def test_nothing_of_the_message_but_the_words_found_is_said() -> None:
    told = posted(f"hey guys, the {CANARY} is here")
    assert told is not None
    assert CANARY not in told.reply.plain_text
    for button in told.reply.buttons:
        assert "guys" not in button.command.replace("w-guys", "")


def test_it_is_kind_short_and_says_who_sees_it_and_how_to_stop() -> None:
    told = posted("hey guys")
    assert told is not None
    said = told.reply.plain_text
    assert "Only you see this" in said
    assert "/ally nudges off" in said
    assert shipped().wording["w-guys"].why.en in said
    shown = [part for part in told.reply.parts if not isinstance(part, Button)]
    spoken = [getattr(part, "text", "") or " ".join(getattr(part, "items", ())) for part in shown]
    assert len(" ".join(spoken).split()) <= 60
    assert isinstance(shown[0], Heading)


def test_its_buttons_do_what_they_say(say: Say) -> None:
    told = posted("hey guys")
    assert told is not None
    close, mute, snooze = told.reply.buttons
    assert close.command == "close"
    assert "guys" in mute.label
    assert chosen(say(mute.command, WANTED, pressed=True)).muted == {"w-guys"}
    until = chosen(say(snooze.command, WANTED, pressed=True)).snoozed_until
    assert until == NOON + timedelta(days=7)


@pytest.mark.parametrize(
    ("memory", "text", "word"),
    [
        (WANTED, "salut les gars, on se voit demain", "Only you"),
        (replace(WANTED, language="fr"), "hey guys, see you at the meeting", "que vous"),
        (replace(WANTED, language=None), "salut les gars, on se voit demain", "que vous"),
        (replace(WANTED, language=None), "hey guys, see you at the meeting", "Only you"),
    ],
)
def test_it_speaks_the_language_of_the_person_or_of_the_text(
    memory: Memory, text: str, word: str
) -> None:
    told = posted(text, memory)
    assert told is not None
    assert word in told.reply.plain_text


# --- the command


def test_it_looks_at_the_choice_the_house_and_the_role() -> None:
    for text in ("nudges on", "suggestions activer"):
        request = Request(PERSON, text, NOON)
        assert needs(request, shipped()) == {"nudging", "house", "profile"}


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("nudges on", Nudging(), Nudging(on=True)),
        ("suggestions activer", Nudging(), Nudging(on=True)),
        ("nudges off", Nudging(on=True), Nudging()),
        ("suggestions désactiver", Nudging(on=True), Nudging()),
        ("nudges on", Nudging(on=True, snoozed_until=NOON), Nudging(on=True)),
        ("nudges mute w-guys", Nudging(), Nudging(muted=frozenset({"w-guys"}))),
        ("nudges unmute w-guys", Nudging(muted=frozenset({"w-guys"})), Nudging()),
        (
            "nudges off",
            Nudging(on=True, muted=frozenset({"w-guys"})),
            Nudging(muted=frozenset({"w-guys"})),
        ),
        (
            "nudges snooze",
            Nudging(on=True),
            Nudging(on=True, snoozed_until=NOON + timedelta(days=7)),
        ),
        (
            "nudges snooze until 11 March 2026 at 10:00",
            Nudging(on=True),
            Nudging(on=True, snoozed_until=NOON + timedelta(days=1, hours=22)),
        ),
    ],
)
def test_a_choice_is_remembered(say: Say, text: str, before: Nudging, after: Nudging) -> None:
    assert chosen(say(text, Memory(nudging=before))) == after


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("nudges", Nudging(on=True)),
        ("nudges on", Nudging(on=True)),
        ("nudges off", Nudging()),
        ("nudges mute", Nudging()),
        ("nudges mute w-nothing", Nudging()),
        ("nudges unmute w-guys", Nudging()),
        ("nudges snooze until blursday", Nudging(on=True)),
        ("nudges snooze every Monday", Nudging(on=True)),
        ("nudges please", Nudging()),
    ],
)
def test_where_nothing_changes_nothing_is_remembered(say: Say, text: str, before: Nudging) -> None:
    assert say(text, Memory(nudging=before)).changes == ()


def test_it_shows_how_things_are(say: Say) -> None:
    own = Nudging(on=True, muted=frozenset({"w-guys"}), snoozed_until=NOON + timedelta(days=1))
    shown = say("nudges", Memory(nudging=own, nudged_here=True)).reply
    texts = [part.text for part in shown.parts if isinstance(part, Text)]
    assert any("10 March 2026" in text for text in texts)
    assert any("guys" in text for text in texts)
    (switch,) = shown.buttons
    assert switch.command == "nudges off"


@pytest.mark.parametrize("text", ["nudges", "nudges on", "nudges mute w-guys", "nudges here"])
def test_a_choice_is_nobody_elses_business(say: Say, text: str) -> None:
    outcome = say(text, public=True)
    assert outcome.aside is not None
    assert outcome.shared is None
    assert outcome.introduction is None
    assert say(f"share {text}").shared is None


# --- in a channel


MANAGES = Memory(house=House(managers=frozenset({PERSON})))


@pytest.mark.parametrize(
    ("role", "memory", "may"),
    [
        ("admin", NOTHING, True),
        ("member", MANAGES, True),
        ("unknown", MANAGES, True),
        ("member", NOTHING, False),
        ("guest", NOTHING, False),
        ("unknown", NOTHING, False),
    ],
)
@pytest.mark.parametrize("said", ["on", "off"])
def test_who_may_allow_them(say: Say, role: Role, memory: Memory, may: bool, said: str) -> None:
    outcome = say(f"nudges here {said}", memory, role)
    change = AllowNudges(CHANNEL) if said == "on" else EndNudges(CHANNEL)
    assert outcome.changes == ((change,) if may else ())
    assert (outcome.introduction is not None) is (may and said == "on")


def test_the_channel_hears_of_it_once_and_of_nobody(say: Say) -> None:
    outcome = say("nudges here on", role="admin")
    assert outcome.introduction is not None
    assert "/ally nudges on" in outcome.introduction.plain_text
    assert "/ally privacy" in outcome.introduction.plain_text
    assert "somebody" not in outcome.introduction.plain_text
    assert outcome.unshared is not None
    again = say("nudges here on", Memory(nudged_here=True), "admin")
    assert again.introduction is None


def test_to_allow_them_turns_them_on_for_nobody(say: Say) -> None:
    outcome = say("nudges here on", role="admin")
    assert not any(isinstance(change, SetNudging) for change in outcome.changes)


def test_in_a_chat_of_two_there_is_nothing_to_allow(say: Say) -> None:
    assert say("nudges here on", role="admin", channel="").changes == ()

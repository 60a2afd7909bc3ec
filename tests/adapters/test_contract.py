"""What holds on every platform: the same words, the same answers, nothing lost, nothing alive.

A new platform is a module in `platforms` and a line in PLATFORMS.
"""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import adapters
from bot.commands.call import ECHO_LENGTH
from bot.dispatch import dispatch
from bot.knowledge import Knowledge
from bot.memory import NOTHING
from bot.messages import Heading, Outcome, Reply, Request
from tests.adapters.platforms import slack, teams, terminal
from tests.adapters.platforms.made_up import at_the_limits, hostile, refused
from tests.adapters.platforms.platform import Platform
from tests.adapters.platforms.promises import replies, wrong
from tests.conftest import NOON, shipped
from tests.walk import CHATS, Walked, reachable

PLATFORMS = (slack.PLATFORM, teams.PLATFORM, terminal.PLATFORM)

WAYS = [
    pytest.param(platform, way, id=f"{platform.name}: {way}")
    for platform in PLATFORMS
    for way in platform.says
]
BUTTONS = [
    pytest.param(platform, place, id=f"{platform.name}: {place}")
    for platform in PLATFORMS
    for place in platform.presses
]
SILENT = [
    pytest.param(platform, what, id=f"{platform.name}: {what}")
    for platform in PLATFORMS
    for what in platform.silent
]
EVERYWHERE = [pytest.param(platform, id=platform.name) for platform in PLATFORMS]

SAID = [
    "help", "HELP", "aide", "manel", "define manel", "définir manel", "what does manle mean?",
    "“manel”?", "qu'est-ce qu'un plafond de verre?", "glossary m", "check", "before", "tip",
    "conseil", "say he talked over her", "panel 2 of 9", "fact pay", "resources", "privacy",
    "zzqqx", "i want to kill myself", "mansplaining check", "welcome", "share define manel",
    "define R&D <b> & \"co\" 'x'", "1", "?", "🙂",
]  # fmt: skip
PRESSED = ["define manel", "check yes", "vérifier", "tip after tip-range", "share tip", "help"]

NASTY = [sample for platform in PLATFORMS for sample in platform.markup]


def test_every_platform_keeps_the_contract() -> None:
    there = {path.parent.name for path in Path(adapters.__path__[0]).rglob("render.py")}
    assert {platform.name for platform in PLATFORMS} == {*there, "terminal"}


# --- what comes in


def anywhere(request: Request) -> Request:
    """The same words, whoever says them wherever."""
    return Request("test:somebody", request.text.strip(), NOON)


def only(requests: list[Request]) -> Request:
    (request,) = requests
    return request


@pytest.mark.parametrize("text", SAID)
@pytest.mark.parametrize(("platform", "way"), WAYS)
def test_the_same_words_are_the_same_request(
    platform: Platform, way: str, text: str, knowledge: Knowledge
) -> None:
    request = only(platform.says[way](text))
    assert anywhere(request) == Request("test:somebody", text, NOON)
    assert request.person.startswith(f"{platform.name}:")
    assert request.at.tzinfo
    expected = dispatch(anywhere(request), NOTHING, knowledge)
    here = replace(request, person="test:somebody", at=NOON)
    if not text.startswith("share"):  # that is refused where there is nobody
        assert found(dispatch(here, NOTHING, knowledge)) == found(expected)


def found(outcome: Outcome) -> tuple[object, ...]:
    """What an outcome has in common wherever it is said."""
    commands = [button.command for button in outcome.reply.buttons]
    unshared = [command for command in commands if command.split()[0] not in ("share", "partager")]
    headings = [part for part in outcome.reply.parts if isinstance(part, Heading)]
    return outcome.result, outcome.matches, headings, unshared


@pytest.mark.parametrize("command", PRESSED)
@pytest.mark.parametrize(("platform", "place"), BUTTONS)
def test_pressing_is_typing(
    platform: Platform, place: str, command: str, knowledge: Knowledge
) -> None:
    request = only(platform.presses[place](command))
    assert bare(request) in [bare(only(say(command))) for say in platform.says.values()]
    answer = dispatch(request, NOTHING, knowledge)
    assert answer.aside or not request.place.public  # its answer is for whoever presses


def bare(request: Request) -> Request:
    """A request without what pressing and typing do not have in common."""
    place = replace(request.place, thread="")
    return replace(request, text=request.text.strip(), at=NOON, place=place, pressed=False)


@pytest.mark.parametrize(("platform", "what"), SILENT)
def test_what_nobody_says_to_the_bot_has_no_effect(platform: Platform, what: str) -> None:
    assert platform.silent[what]() == []


LETTERS = st.characters(exclude_categories=["Cs"])
PIECES = st.sampled_from(
    ["é", "e\u0301", "👩🏽‍⚕️", "🇨🇦", "שלום", "\u202eabc\u202c", "“”‘’«»", "'\"", "\u200b", "\u00a0",
     "\n", "\t", "&amp;", "&", "<", ">", "\\", "%20", "+", "=", "@", "#", "|", "\u2028", *NASTY]
)  # fmt: skip
ANY_TEXT = st.lists(LETTERS | PIECES, min_size=1, max_size=30).map("".join)
NO_CONTROLS = st.lists(
    st.characters(exclude_categories=["Cs", "Cc"])
    | PIECES.filter(lambda piece: not any(map(terminal.is_control, piece))),
    min_size=1,
    max_size=30,
).map("".join)


def typable(platform: Platform, text: str) -> str:
    return " ".join(text.splitlines()) if platform.one_line else text


def same(text: str) -> str:
    """Hard spaces count as spaces; those around a text do not count."""
    return text.replace("\u00a0", " ").strip()


@pytest.mark.parametrize(("platform", "way"), WAYS)
@settings(max_examples=40, deadline=None)
@given(text=ANY_TEXT)
def test_words_arrive_as_they_were_typed(platform: Platform, way: str, text: str) -> None:
    text = f"zzq {typable(platform, text)} zzq"
    assert same(only(platform.says[way](text)).text) == same(text)


@pytest.mark.parametrize("platform", EVERYWHERE)
@settings(max_examples=100, deadline=None)
@given(text=NO_CONTROLS)
def test_what_somebody_typed_is_said_back_as_it_was_typed(platform: Platform, text: str) -> None:
    say_back(platform, text)


@pytest.mark.parametrize("text", NASTY, ids=repr)
@pytest.mark.parametrize("platform", EVERYWHERE)
def test_nothing_that_somebody_typed_comes_alive(platform: Platform, text: str) -> None:
    say_back(platform, text)


def say_back(platform: Platform, text: str) -> None:
    """Ask for something that nobody knows, in every way there is, and look at the answer."""
    for say in platform.says.values():
        request = only(say(f"define zzq {typable(platform, text)}"))
        outcome = dispatch(request, NOTHING, shipped())
        if outcome.result == "nothing":
            words = " ".join(request.text.split()).removeprefix("define ")
            assert words[: ECHO_LENGTH - 1].rstrip() in outcome.reply.plain_text
        assert wrong([outcome.reply], platform) == []


# --- what goes out


@pytest.mark.parametrize("platform", EVERYWHERE)
def test_everything_that_can_be_said_is_shown_whole(
    platform: Platform, walked: list[Walked]
) -> None:
    said = replies(walked)
    assert len(said) > 3000
    assert wrong(said, platform) == []


PARTS = ("Heading", "Text", "Bullets", "Note", "Link", "Button", "alive", "limit")


@cache
def made_up(letters: str) -> list[Reply]:
    """What is said where every text is as long as may be, where most can be pressed."""
    return replies(reachable(at_the_limits(shipped(), letters)), CHATS[1:2])


@cache
def over(platform: Platform, letters: str) -> list[tuple[str, str]]:
    return wrong(made_up(letters), platform)


def test_the_made_up_knowledge_is_as_long_as_the_check_allows(knowledge: Knowledge) -> None:
    assert refused(at_the_limits(knowledge, "abcdé")) == []
    long = refused(at_the_limits(knowledge, "abcdé", more=1))
    assert len(long) > 2000
    assert all("at most" in finding.message for finding in long)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("platform", EVERYWHERE)
def test_what_the_check_allows_is_shown_whole(platform: Platform, part: str) -> None:
    assert [fault for kind, fault in over(platform, "abcdé") if kind == part] == []


@cache
def hostile_replies(markup: tuple[str, ...]) -> list[Reply]:
    return replies(reachable(hostile(shipped(), markup)), CHATS[1:2])[::2]


@pytest.mark.parametrize("source", EVERYWHERE)
@pytest.mark.parametrize("platform", EVERYWHERE)
def test_nothing_in_the_content_comes_alive(platform: Platform, source: Platform) -> None:
    said = hostile_replies(source.markup)
    assert len(said) > 500
    assert wrong(said, platform) == []

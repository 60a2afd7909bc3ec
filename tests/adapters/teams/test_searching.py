"""The search box beside the message: what it shows while somebody types, and what is picked."""

from typing import Any

import pytest

from bot.knowledge import Knowledge
from tests.adapters.teams.fake_teams import FakeTeams
from tests.adapters.teams.judging import CARD, heading, words
from tests.adapters.teams.people import Person, settle
from tests.adapters.teams.seeing import seen
from tests.adapters.teams.serving import Bot

PREVIEW = "application/vnd.microsoft.card.thumbnail"
MOST_SHOWN = 25
SOON_SECONDS = 1.0


def judge(found: dict[str, Any], teams: FakeTeams) -> list[str]:
    """Look at what can be picked; the headings of it."""
    assert found.keys() == {"type", "attachmentLayout", "attachments"}
    assert (found["type"], found["attachmentLayout"]) == ("result", "list")
    assert 0 < len(found["attachments"]) <= MOST_SHOWN
    for attachment in found["attachments"]:
        assert attachment.keys() == {"contentType", "content", "preview"}
        assert attachment["contentType"] == CARD
        assert "actions" not in attachment["content"]
        preview = attachment["preview"]
        assert preview["contentType"] == PREVIEW
        assert preview["content"].keys() == {"title", "text"}
        assert preview["content"]["title"] == heading(attachment["content"])
        assert preview["content"]["text"].rstrip("…") in words(attachment["content"])
        assert 0 < len(preview["content"]["text"]) <= 120
    return [heading(attachment["content"]) for attachment in found["attachments"]]


async def headings(person: Person, term: str, **more: Any) -> list[str]:
    return judge(await person.looks_up(term, **more), person.bot.teams)


def parameters(*named: Any, command: Any = "lookUp") -> dict[str, Any]:
    return {"value": {"commandId": command, "parameters": list(named)}}


@pytest.mark.parametrize("typed", ["m", "ma", "man", "mane", "manel", "Manel", " MANEL ", "mânel"])
async def test_while_somebody_types_the_words_that_fit_are_shown(person: Person, typed: str):
    found = await headings(person, typed)
    assert "Manel" in found
    if len(typed.strip()) > 3:
        assert found[0] == "Manel"
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("kind", ["personal", "channel", "groupChat"])
async def test_the_box_works_wherever_a_message_is_written(bot: Bot, teams: FakeTeams, kind: Any):
    assert (await headings(Person(bot, kind), "manel"))[0] == "Manel"
    await settle(bot)
    assert teams.calls == []


async def test_what_is_picked_says_what_asking_says(person: Person):
    (call,) = await person.says("define manel")
    picked = (await person.looks_up("manel"))["attachments"][0]["content"]
    assert picked["body"] == call.card["body"]


async def test_an_open_box_shows_something_before_anybody_types(person: Person):
    found = await headings(person, "")
    assert len(found) > 3
    assert await headings(person, "x", **parameters()) == found
    assert (
        await headings(person, "x", **parameters({"name": "initialRun", "value": "true"})) == found
    )
    assert await headings(person, "x", **parameters({"name": "term", "value": ""})) == found
    assert await headings(person, "x", **parameters({"name": "term", "value": " "})) == found


@pytest.mark.parametrize("locale", ["fr-CA", "fr-FR"])
async def test_someone_whose_teams_is_french_finds_french(bot: Bot, locale: str):
    person = Person(bot, locale=locale)
    assert (await headings(person, "mecs"))[0] == "Mecsplication"
    (first, *_) = (await person.looks_up("manel"))["attachments"]
    assert "Pourquoi ça compte" in words(first["content"])


async def test_a_french_word_is_found_in_english_too(person: Person):
    found = await headings(person, "mecsplication")
    assert found[0] == "Mansplaining"


@pytest.mark.parametrize("typed", ["manle", "what is a manel?", "manel?", "panel with only men"])
async def test_a_typo_or_a_question_finds_it_too(person: Person, typed: str):
    assert (await headings(person, typed))[0] == "Manel"


@pytest.mark.parametrize(("locale", "language"), [("en-US", "en"), ("fr-CA", "fr"), ("xx", "en")])
@pytest.mark.parametrize("typed", ["zzqqx", "zzqqx blorb", "🙈 zzqqx", "a" * 5000, "x" * 100_000])
async def test_where_nothing_fits_a_line_says_so(
    bot: Bot, knowledge: Knowledge, typed: str, locale: str, language: Any
):
    person = Person(bot, locale=locale)
    posted = await bot.deliver(person.query(typed))
    assert posted.seconds < SOON_SECONDS
    nothing = {"type": "message", "text": knowledge.say("suggest.nothing", language)}
    assert await person.looks_up(typed) == nothing


@pytest.mark.parametrize(
    "typed",
    [
        "words", "help", "check", "say", "share", "share define manel", "define", "close", "tip",
        "glossary", "panel 2 of 9", "suggest", "suggest manel", "des mots",
    ],
)  # fmt: skip
async def test_a_command_is_a_word_like_any_other(person: Person, typed: str):
    """What is found is a word of the glossary, and never the answer to a command."""
    found = await person.looks_up(typed)
    if found["type"] == "message":
        assert found["text"] == "No word like that so far."
    else:
        assert judge(found, person.bot.teams) != await headings(person, "")


@pytest.mark.parametrize(
    "typed", ["<b>x</b>", "[x](https://evil.test)", "*", "((((", "\u200b", "'"]
)
async def test_odd_signs_break_nothing(person: Person, typed: str):
    found = await person.looks_up(typed)
    assert found["type"] == "message" or judge(found, person.bot.teams)


# What is not for the box.


@pytest.mark.parametrize("command", ["glossary", "lookup", "", None, 5, ["lookUp"], {"x": 1}])
async def test_another_box_is_answered_with_nothing(person: Person, command: Any):
    asked = person.query("manel", **parameters({"name": "term", "value": "x"}, command=command))
    posted = await person.bot.deliver(asked)
    assert (posted.status, posted.message) == (200, {})


@pytest.mark.parametrize("value", [None, [], "manel", 5, {}])
async def test_a_query_of_no_box_is_answered_with_nothing(person: Person, value: Any):
    posted = await person.bot.deliver(person.query("manel", value=value))
    assert (posted.status, posted.message) == (200, {})


@pytest.mark.parametrize(
    "listed",
    [
        None,
        {},
        "manel",
        [5],
        [None],
        [[]],
        [{"name": "term"}],
        [{"name": "term", "value": 5}],
        [{"name": "term", "value": ["manel"]}],
        [{"name": "term", "value": {"x": "manel"}}],
        [{"name": "other", "value": "manel"}],
        [{"value": "manel"}],
    ],
    ids=str,
)
async def test_a_query_without_words_shows_what_an_open_box_shows(person: Person, listed: Any):
    value = {"commandId": "lookUp", "parameters": listed}
    assert await headings(person, "x", value=value) == await headings(person, "")


async def test_the_words_are_found_among_other_parameters(person: Person):
    asked = parameters(
        5, {"name": "initialRun", "value": "true"}, {"name": "term", "value": "manel"}
    )
    assert (await headings(person, "x", **asked))[0] == "Manel"


@pytest.mark.parametrize(
    "name",
    [
        "composeExtension/fetchTask",
        "composeExtension/submitAction",
        "composeExtension/queryLink",
        "composeExtension/anonymousQueryLink",
        "composeExtension/selectItem",
        "composeExtension/querySettingUrl",
        "composeExtension/setting",
        "task/fetch",
        "task/submit",
        "signin/verifyState",
        "signin/tokenExchange",
        "fileConsent/invoke",
        "actionableMessage/executeAction",
        "config/fetch",
        "message/submitAction",
        "COMPOSEEXTENSION/QUERY",
        "",
    ],
)
@pytest.mark.parametrize("kind", ["personal", "channel"])
async def test_another_invoke_is_answered_with_nothing(
    bot: Bot, teams: FakeTeams, name: str, kind: Any
):
    person = Person(bot, kind)
    for asked in (person.query("manel", name=name), person.execute("help", name=name)):
        posted = await bot.deliver(asked)
        assert (posted.status, posted.message) == (200, {})
    posted = await bot.deliver(person.query("manel", name=name, value=None))
    assert (posted.status, posted.message) == (200, {})
    await settle(bot)
    assert teams.calls == []


async def test_looking_up_leaves_no_trace_in_the_chat(person: Person, teams: FakeTeams):
    for typed in ("m", "manel", "zzqqx"):
        await person.looks_up(typed)
    (call,) = await person.says("manel")
    assert "Manel" in seen(call)
    assert teams.calls == [call]

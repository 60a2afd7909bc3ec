"""Slash commands: a private answer within a second, and always a way on."""

import pytest

from bot.knowledge import Knowledge
from tests.adapters.slack.fake_slack import FakeSlack
from tests.adapters.slack.judging import buttons, heading, words
from tests.adapters.slack.people import Person, settle

WITHIN_SECONDS = 1


async def test_what_does_manle_mean_is_answered_with_manel(
    person: Person, slack: FakeSlack, knowledge: Knowledge
):
    posted = await person.types("what does manle mean?")
    message, manel = posted.message, knowledge.glossary["manel"]
    assert posted.seconds < WITHIN_SECONDS
    assert message["response_type"] == "ephemeral"
    assert heading(message) == manel.name.en
    assert manel.definition.en in words(message)
    assert knowledge.say("label.why", "en") in words(message)
    assert manel.why.en in words(message)
    assert all(
        knowledge.sources[source].citation in words(message)
        for source in manel.sources
        if knowledge.sources[source].checked
    )
    assert words(message).count("Source") == 1
    await settle(person.bot)
    assert slack.calls == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "help",
        "HELP",
        "  help  ",
        "?",
        "hello",
        "AIDE",
        "xyzzy plugh",
        "🙂",
        "share",
        "partager",
    ],
)
async def test_whatever_is_typed_there_is_a_next_step(person: Person, text: str):
    message = await person.asks(text)
    assert message["response_type"] == "ephemeral"
    assert buttons(message)


@pytest.mark.parametrize("text", ["help", "HELP", "hElp", "", "  "])
async def test_help_is_the_same_in_any_case(person: Person, text: str):
    assert heading(await person.asks(text)) == heading(await person.asks("help"))


@pytest.mark.parametrize(
    "text",
    [4000 * "x", "manel " * 800, "what does " + 3900 * "é", "say " + 3900 * "&", 4000 * "<"],
    ids=["one word", "many words", "accents", "ampersands", "brackets"],
)
async def test_a_long_text_is_answered_as_well(person: Person, text: str):
    message = await person.asks(text)
    assert message["response_type"] == "ephemeral"
    assert buttons(message)


async def test_the_answer_is_the_same_when_the_name_of_the_person_is_strange(person: Person):
    """Names say nothing: people are known by their ids."""
    usual = await person.asks("what is a manel?")
    assert await person.asks("what is a manel?", user_name="<!channel>") == usual


@pytest.mark.parametrize("user", ["W0FAKE1", "U0FAKE1"])
async def test_people_of_an_enterprise_are_answered_too(person: Person, user: str):
    message = await person.asks(
        "what is a manel?", user_id=user, enterprise_id="E0FAKE", is_enterprise_install="true"
    )
    assert heading(message) == "Manel"


@pytest.mark.parametrize("command", ["/ally", "/ALLY", "/ally-test"])
async def test_the_command_may_have_been_renamed(person: Person, command: str):
    assert heading(await person.asks("what is a manel?", command)) == "Manel"


async def test_mansplaining_starts_the_check(person: Person, knowledge: Knowledge):
    tree = knowledge.trees["goodwin"]
    message = await person.asks("", "/mansplaining")
    assert heading(message) == tree.title.en
    assert tree.questions[tree.start].ask.en in words(message)
    assert message["response_type"] == "ephemeral"


@pytest.mark.parametrize("command", ["/ally", "/mansplaining"])
@pytest.mark.parametrize("channel_name", ["payload-team", "payload={}", "ssl_check"])
async def test_the_name_of_a_channel_does_not_matter(bot, command: str, channel_name: str):
    person = Person(bot, channel_name=channel_name)
    message = await person.asks("", command)
    assert buttons(message)


@pytest.mark.parametrize(
    "text", ["define payload", "payload=1", "payload={}", "&payload={}", "ssl_check=1"]
)
async def test_the_words_of_slacks_forms_are_just_words(person: Person, text: str):
    message = await person.asks(text)
    assert text.removeprefix("define ") in words(message)


async def test_two_people_get_their_own_answers(bot):
    one, two = Person(bot), Person(bot)
    first = await one.asks("what is a manel?")
    second = await two.asks("définir tokenisme")
    assert heading(first) != heading(second)

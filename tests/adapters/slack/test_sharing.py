"""Sharing: one press, one post for everybody that names who shared it; never anything else."""

import asyncio

import pytest

from bot.knowledge import Knowledge
from tests.adapters.answering import until
from tests.adapters.slack.fake_slack import DEAD, Answer, FakeSlack
from tests.adapters.slack.judging import buttons, heading, words
from tests.adapters.slack.people import Person, settle
from tests.adapters.slack.serving import Bot

SHARE = "share define manel"

SHAREABLE = ["define manel", "tip meetings", "checklist manel", "panel 2 of 9", "fact", "resources"]


def share_of(message) -> str:
    """What the Share button of a message says."""
    (value,) = [value for value in buttons(message) if value.startswith(("share", "partager"))]
    return value


@pytest.mark.parametrize("asked", [*SHAREABLE, "définir manel", "conseil réunions"])
async def test_one_press_of_share_makes_one_post_that_names_the_sharer(
    person: Person, slack: FakeSlack, asked: str
):
    before = await person.asks(asked)
    url = slack.response_url()
    await person.press(share_of(before), url)
    await settle(person.bot)
    (post,) = slack.public
    *shown, byline = post["blocks"]
    assert shown == [block for block in before["blocks"] if block["type"] != "actions"]
    assert f"<@{person.user}>" in byline["elements"][0]["text"]
    assert post["replace_original"] is False
    private = [posted for posted in url.posts if posted["response_type"] == "ephemeral"]
    assert len(url.posts) == 2
    (after,) = private
    assert after["replace_original"] is True
    assert heading(after) == heading(before)
    share = buttons(before)[share_of(before)]
    assert sorted([*buttons(after).values(), share]) == sorted(buttons(before).values())
    assert slack.called("chat.postMessage") == []


async def test_the_text_of_a_post_names_the_sharer_as_slack_does(person: Person, slack: FakeSlack):
    """Notifications and screen readers have the text alone."""
    await person.presses(SHARE)
    await settle(person.bot)
    (post,) = slack.public
    assert "slack:" not in post["text"]


@pytest.mark.parametrize("presses", [2, 5])
async def test_pressing_again_and_again_makes_one_post(
    person: Person, slack: FakeSlack, presses: int
):
    await person.asks("define manel")
    urls = [slack.response_url() for _ in range(presses)]
    await asyncio.gather(*(person.press(SHARE, url) for url in urls))
    await person.press(SHARE, slack.response_url())
    await settle(person.bot)
    assert len(slack.public) == 1


async def test_two_answers_can_both_be_shared(person: Person, slack: FakeSlack):
    await person.presses(SHARE)
    person.message = "1790000009.000000"
    await person.presses(SHARE)
    await settle(person.bot)
    assert len(slack.public) == 2


async def test_two_people_can_share_the_same_thing(bot: Bot, slack: FakeSlack):
    one = Person(bot)
    two = Person(bot, channel=one.channel)
    await one.presses(SHARE)
    await two.presses(SHARE)
    await settle(bot)
    assert len(slack.public) == 2


async def test_in_a_thread_it_is_shared_in_the_thread(person: Person, slack: FakeSlack):
    await person.presses(SHARE, thread="1790000000.000001")
    await settle(person.bot)
    (post,) = slack.public
    assert post["thread_ts"] == "1790000000.000001"
    assert post["replace_original"] is False


async def test_where_the_response_url_is_dead_the_bot_posts_it_itself(
    person: Person, slack: FakeSlack
):
    await person.press(SHARE, slack.response_url(DEAD), thread="1790000000.000001")
    await settle(person.bot)
    (post,) = slack.public
    assert (post["channel"], post["thread_ts"]) == (person.channel, "1790000000.000001")
    assert len(slack.called("chat.postMessage")) == 1
    (told,) = slack.called("chat.postEphemeral")
    assert told.arguments["user"] == person.user


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "answer",
    [
        Answer.error("not_in_channel"),
        Answer.error("is_archived"),
        Answer.error("ratelimited", status=429, headers={"Retry-After": "0"}),
        Answer("oops", 500, content_type="text/plain"),
    ],
    ids=["not in the channel", "archived", "429", "500"],
)
async def test_who_shares_in_vain_is_told_so(
    person: Person, slack: FakeSlack, knowledge: Knowledge, answer: Answer, language
):
    slack.answers["chat.postMessage"] = answer
    value = f"{knowledge.say('command.share', language)} "
    value += f"{knowledge.say('command.define', language)} manel"
    slack.locales[person.user] = language
    await person.press(value, slack.response_url(DEAD))
    await until(lambda: slack.called("chat.postEphemeral"))
    assert slack.public == []
    (told,) = slack.called("chat.postEphemeral")
    assert told.arguments["user"] == person.user
    assert knowledge.say("share.failed", language) in words(told.arguments)


async def test_what_could_not_be_shared_can_be_shared_later(person: Person, slack: FakeSlack):
    slack.answers["chat.postMessage"] = Answer.error("not_in_channel")
    slack.answers["chat.postEphemeral"] = Answer.error("user_not_in_channel")
    await person.press(SHARE, slack.response_url(DEAD))
    await until(lambda: slack.called("chat.postEphemeral"))
    assert slack.public == []
    slack.answers.clear()
    await person.press(SHARE, slack.response_url())
    await settle(person.bot)
    assert len(slack.public) == 1


async def test_a_post_whose_answer_is_lost_is_not_posted_again(person: Person, slack: FakeSlack):
    """Slack may have taken it; a second one in front of everybody is worse than none."""
    slack.answers["chat.postMessage"] = Answer(hangs_up=True)
    await person.press(SHARE, slack.response_url(DEAD))
    await asyncio.sleep(1.6)  # Slack's library would try again within a second and a half
    assert len(slack.called("chat.postMessage", channel=person.channel)) == 1


@pytest.mark.parametrize(
    "value",
    [
        "share",
        "share help",
        "share privacy",
        "share check no",
        "share before",
        "share say sc-minutes",
        "share glossary",
        "share share define manel",
        "share define qqqqqq",
        "share manual",
        "share close",
    ],
)
async def test_what_cannot_be_shared_stays_private(person: Person, slack: FakeSlack, value: str):
    message = await person.presses(value)
    assert message["response_type"] == "ephemeral"
    await settle(person.bot)
    assert slack.public == []


@pytest.mark.parametrize("asked", SHAREABLE)
async def test_between_two_there_is_nobody_to_share_with(bot: Bot, slack: FakeSlack, asked: str):
    person = Person(bot, channel="D0FAKE1", channel_name="directmessage")
    message = await person.asks(asked)
    assert not [value for value in buttons(message) if value.startswith("share")]
    await person.presses(f"share {asked}")
    await settle(bot)
    assert slack.public == []


async def test_what_is_typed_shares_as_a_press_does(
    person: Person, slack: FakeSlack, knowledge: Knowledge
):
    slack.sharers.add(person.user)
    url = slack.response_url()
    await person.types(SHARE, url=url)
    await until(lambda: len(url.posts) == 2)
    public, private = url.posts
    assert slack.public == [public]
    assert private["response_type"] == "ephemeral"
    assert knowledge.say("share.done", "en") in words(private)


async def test_who_types_it_twice_shares_it_twice(person: Person, slack: FakeSlack):
    slack.sharers.add(person.user)
    for _ in range(2):
        url = slack.response_url()
        await person.types(SHARE, url=url)
        await until(lambda url=url: len(url.posts) == 2)
    assert len(slack.public) == 2


async def test_what_is_said_to_the_bot_in_the_channel_can_be_shared_too(
    person: Person, slack: FakeSlack
):
    slack.sharers.add(person.user)
    await person.mentions(SHARE, thread_ts="1790000000.000001")
    await until(lambda: slack.called("chat.postEphemeral"))
    await settle(person.bot)
    (post,) = slack.public
    assert (post["channel"], post["thread_ts"]) == (person.channel, "1790000000.000001")


async def test_what_is_written_between_two_stays_there(bot: Bot, slack: FakeSlack):
    person = Person(bot, channel="D0FAKE8")
    await person.writes(SHARE)
    await until(lambda: slack.called("chat.postMessage"))
    (call,) = slack.calls
    assert call.arguments["channel"] == person.channel
    assert slack.public == []

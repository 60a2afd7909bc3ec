"""Answers after the ack: through the response_url, once; without it privately, once; else not."""

import asyncio

import pytest

from tests.adapters.answering import until
from tests.adapters.slack.fake_slack import DEAD, EPHEMERAL_ERRORS, Answer, FakeSlack
from tests.adapters.slack.judging import buttons, heading
from tests.adapters.slack.people import Person, settle
from tests.adapters.slack.serving import Bot

REFUSALS = [
    pytest.param(DEAD, id="expired"),
    pytest.param(Answer.error("used_url", status=404), id="used up"),
    pytest.param(Answer("", 410), id="gone"),
    pytest.param(Answer("", 500), id="out of order"),
]


async def test_no_response_url_is_used_more_often_than_needed(person: Person, slack: FakeSlack):
    """Five times within half an hour is what Slack allows."""
    url = slack.response_url()
    await person.types("manel", url=url)
    await url.first()
    urls = []
    for value in ("check", "check no", "define tokenism", "tip", "share tip tip-amplify", "help"):
        urls.append(slack.response_url())
        await person.press(value, urls[-1])
    await settle(person.bot)
    assert [len(used.posts) for used in (url, *urls)] == [1, 1, 1, 1, 1, 2, 1]


@pytest.mark.parametrize("answer", REFUSALS)
async def test_a_command_is_then_answered_to_one_person_alone(
    person: Person, slack: FakeSlack, answer: Answer
):
    url = slack.response_url(answer)
    await person.types("manel", url=url)
    await until(lambda: slack.called("chat.postEphemeral"))
    await settle(person.bot)
    (call,) = slack.called("chat.postEphemeral")
    assert (call.arguments["channel"], call.arguments["user"]) == (person.channel, person.user)
    assert heading(call.arguments) == "Manel"
    assert len(url.posts) == 1


@pytest.mark.parametrize("answer", REFUSALS)
async def test_a_press_is_then_answered_to_one_person_alone(
    person: Person, slack: FakeSlack, answer: Answer
):
    url = slack.response_url(answer)
    await person.press("define manel", url, thread="1790000000.000001")
    await until(lambda: slack.called("chat.postEphemeral"))
    await settle(person.bot)
    (call,) = slack.calls
    assert call.arguments["user"] == person.user
    assert call.arguments["thread_ts"] == "1790000000.000001"
    assert len(url.posts) == 1


async def test_in_the_chat_of_two_it_is_a_message_there(bot: Bot, slack: FakeSlack):
    person = Person(bot, channel="D0FAKE3", channel_name="directmessage")
    await person.press("define manel", slack.response_url(DEAD))
    await until(lambda: slack.calls)
    (call,) = slack.calls
    assert (call.method, call.arguments["channel"]) == ("chat.postMessage", person.channel)


@pytest.mark.parametrize("error", EPHEMERAL_ERRORS)
async def test_where_that_fails_too_nothing_is_tried_again(
    person: Person, slack: FakeSlack, error: str
):
    slack.answers["chat.postEphemeral"] = Answer.error(error)
    url = slack.response_url(DEAD)
    await person.press("define manel", url)
    await until(lambda: slack.called("chat.postEphemeral"))
    await settle(person.bot)
    assert [call.method for call in slack.calls] == ["chat.postEphemeral"]
    assert (len(url.posts), slack.public) == (1, [])


@pytest.mark.parametrize(
    "answer",
    [
        Answer.error("ratelimited", status=429, headers={"Retry-After": "1"}),
        Answer("oops", 500, content_type="text/plain"),
        Answer("{", 200),
    ],
    ids=["429", "500", "broken"],
)
async def test_trouble_in_slack_does_not_trouble_the_bot(
    person: Person, slack: FakeSlack, answer: Answer
):
    slack.answers["chat.postEphemeral"] = answer
    await person.press("define manel", slack.response_url(DEAD))
    await until(lambda: slack.called("chat.postEphemeral"))
    slack.answers.clear()
    assert heading(await person.asks("define manel")) == "Manel"
    assert len(slack.called("chat.postEphemeral")) == 1
    assert slack.public == []


def foreign(slack: FakeSlack) -> list[str]:
    """Addresses that are none of Slack's, and one of which somebody listens at."""
    sink = slack.sink
    return [
        f"http://{sink}/commands/1",
        f"https://{sink}/commands/1",
        f"http://{slack.host}@{sink}/commands/1",
        f"http://hooks.slack.com@{sink}/commands/1",
        f"https://hooks.slack.com@{sink}/commands/1",
        f"https://hooks.slack.com:x@{sink}/commands/1",
        f"https://{sink}#@hooks.slack.com/",
        f"https://{sink}\\@hooks.slack.com/",
        f"//{sink}/commands/1",
        f"http://{sink.replace('127.0.0.1', 'localhost')}/commands/1",
        f"http://{sink.replace('127.0.0.1', '2130706433')}/commands/1",
        f"http://{sink.replace('127.0.0.1', '[::ffff:127.0.0.1]')}/commands/1",
        "http://hooks.slack.com/commands/1",
        "https://127.0.0.1/commands/1",
        "https://hooks.slack.com.evil.test/commands/1",
        "https://evil.test/hooks.slack.com",
        "file:///etc/passwd",
        "ftp://hooks.slack.com/x",
        "hooks.slack.com/commands/1",
        "https://hooks.slack.com:8443/commands/1",
        "",
    ]


async def test_nothing_is_sent_to_any_other_address(bot: Bot, slack: FakeSlack):
    """A command is answered in the ack then, a press by a message to one person."""
    for address in foreign(slack):
        person = Person(bot)
        posted = await person.types("manel", response_url=address)
        assert heading(posted.message) == "Manel", address
        await person.presses_elsewhere(address)
        await settle(bot)
        (call,) = slack.called("chat.postEphemeral", user=person.user)
        assert heading(call.arguments) == "Manel"


async def test_what_is_acked_first_is_not_sent_to_any_other_address_either(
    bot: Bot, slack: FakeSlack
):
    for address in foreign(slack)[:3]:
        person = Person(bot)
        posted = await person.types("settings", response_url=address)
        assert (posted.status, posted.text) == (200, "")
        await until(lambda person=person: slack.called("chat.postEphemeral", user=person.user))


async def test_no_redirect_is_followed(person: Person, slack: FakeSlack):
    for status in (301, 302, 303, 307, 308):
        to_sink = {"Location": f"http://{slack.sink}/"}
        await person.press("define manel", slack.response_url(Answer("", status, headers=to_sink)))
    await until(lambda: len(slack.called("chat.postEphemeral")) == 5)


async def test_no_redirect_of_the_web_api_is_followed(bot: Bot, slack: FakeSlack):
    for status in (302, 307, 308):
        to_sink = {"Location": f"http://{slack.sink}/"}
        slack.answers["chat.postEphemeral"] = Answer("", status, headers=to_sink)
        slack.answers["users.info"] = Answer("", status, headers=to_sink)
        await Person(bot).press("define manel", slack.response_url(DEAD))
        await Person(bot).asks("manel")
    await settle(bot)
    assert len(slack.called("chat.postEphemeral")) == 3


async def test_an_answer_waits_for_nobody_elses(person: Person, slack: FakeSlack):
    slow = slack.response_url(Answer(delay=3))
    await person.press("define manel", slow)
    async with asyncio.timeout(1):
        message = await Person(person.bot).presses("define manel")
    assert buttons(message)
    slack.hurry()
    await settle(person.bot)
    assert slack.calls == []

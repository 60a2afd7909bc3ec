"""A channel's tips, from the sentence that sets them up to what is pressed under one."""

from datetime import timedelta

import pytest
import pytest_asyncio

from tests.adapters.answering import until
from tests.adapters.slack.fake_slack import Answer, FakeSlack
from tests.adapters.slack.judging import buttons, heading, words
from tests.adapters.slack.mondays import at_ten, monday_before_the_clocks_change, next_monday
from tests.adapters.slack.people import Person, settle
from tests.adapters.slack.serving import Bot


@pytest.fixture
def bot(quiet: Bot) -> Bot:
    return quiet


async def test_the_channel_hears_of_it_first_and_then_it_is_remembered(
    person: Person, slack: FakeSlack
):
    await person.asks("settings")  # so Slack need not be asked: it is acked first all the same
    slack.answers["chat.postMessage"] = Answer(delay=0.5)
    slack.sharers.add(person.user)
    url = slack.response_url()
    posted = await person.types("weekly every Monday at 10:00", url=url)
    assert (posted.status, posted.text) == (200, "")
    assert posted.seconds < 0.5
    await until(lambda: slack.called("chat.postMessage"))
    assert person.bot.stored("channel FROM weeklies") == []
    assert url.posts == []
    told = await url.first()
    (introduction,) = slack.public
    assert introduction["channel"] == person.channel
    assert "thread_ts" not in introduction
    assert f"<@{person.user}>" in introduction["text"]
    assert "/ally weekly pause" in words(introduction)
    assert (told["response_type"], told["replace_original"]) == ("ephemeral", False)
    assert heading(told) == "The weekly tip is on"
    assert "Toronto" in words(told)
    (row,) = person.bot.stored("channel, owner, zone FROM weeklies")
    assert row == (
        f"slack:T0FAKE/{person.channel}",
        f"slack:T0FAKE/{person.user}",
        "America/Toronto",
    )


@pytest.mark.parametrize(
    "answer",
    [
        Answer.error("not_in_channel"),
        Answer.error("channel_not_found"),
        Answer.error("is_archived"),
        Answer.error("restricted_action_read_only_channel"),
        Answer.error("ratelimited", status=429, headers={"Retry-After": "0"}),
        Answer("oops", 500, content_type="text/plain"),
    ],
    ids=["not in it", "private", "archived", "read only", "429", "500"],
)
async def test_where_the_bot_may_not_post_nothing_is_set_up(
    person: Person, slack: FakeSlack, answer: Answer
):
    """A response_url would reach the channel all the same, and the tips never would."""
    slack.answers["chat.postMessage"] = answer
    told = await person.sets_up()
    assert "/invite" in words(told)
    assert told["response_type"] == "ephemeral"
    assert slack.public == []
    assert len(slack.called("chat.postMessage", channel=person.channel)) == 1
    assert person.bot.stored("channel FROM weeklies") == []


async def test_an_introduction_whose_answer_is_lost_is_not_posted_again(
    person: Person, slack: FakeSlack
):
    """Slack may have taken it, or not; tips that nobody was told of would be worse."""
    slack.answers["chat.postMessage"] = Answer(hangs_up=True)
    assert "/invite" in words(await person.sets_up())
    assert len(slack.called("chat.postMessage", channel=person.channel)) == 1
    assert person.bot.stored("channel FROM weeklies") == []


async def test_between_two_there_is_no_channel_to_post_in(bot: Bot, slack: FakeSlack):
    person = Person(bot, channel="D0FAKE9", channel_name="directmessage")
    assert "belongs to a channel" in words(await person.asks("weekly every Monday at 10:00"))
    await settle(bot)
    assert slack.called("chat.postMessage") == []
    assert person.bot.stored("channel FROM weeklies") == []


async def test_it_can_be_set_up_by_a_mention_as_well(person: Person, slack: FakeSlack):
    slack.sharers.add(person.user)
    await person.mentions("weekly every Monday at 10:00", thread_ts="1790000000.000001")
    await until(lambda: slack.called("chat.postEphemeral"))
    (introduction,) = slack.public
    assert "thread_ts" not in introduction
    (told,) = slack.called("chat.postEphemeral")
    assert heading(told.arguments) == "The weekly tip is on"


async def test_four_weeks_bring_four_tips_on_time_though_the_clocks_change(
    person: Person, slack: FakeSlack
):
    await person.sets_up()
    slack.public.clear()
    first, headings = monday_before_the_clocks_change(), set()
    for week in range(4):
        due = at_ten(first + timedelta(days=7 * week))
        await person.bot.deliver(due - timedelta(minutes=2))
        assert len(slack.public) == week
        await person.bot.deliver(due)
        assert len(slack.public) == week + 1
        tip = slack.public[-1]
        assert tip["channel"] == person.channel
        assert f"<@{person.user}>" in tip["text"]
        assert "/ally weekly off" in words(tip)
        assert [*buttons(tip).values()] == ["More like this", "Remind me to practise"]
        headings.add(heading(tip))
    assert len(headings) == 4
    offsets = {at_ten(first + timedelta(days=7 * week)).hour for week in range(4)}
    assert len(offsets) == 2


@pytest_asyncio.fixture(loop_scope="session")
async def tip(person: Person, slack: FakeSlack) -> dict:
    """A tip that everybody in the channel sees."""
    await person.sets_up()
    await person.bot.deliver(at_ten(next_monday()))
    return slack.public[-1]


async def test_what_is_pressed_under_a_tip_is_answered_to_the_presser_alone(
    tip: dict, person: Person, slack: FakeSlack
):
    colleague = Person(person.bot, channel=person.channel)
    posts = len(slack.public)
    for value, label in buttons(tip).items():
        answer = await colleague.presses(value, public=True)
        assert (answer["response_type"], answer["replace_original"]) == ("ephemeral", False)
        if label == "More like this":
            assert heading(answer) not in ("", heading(tip))
        else:
            assert heading(answer) == heading(tip)
            (monday,) = [said for said, label in buttons(answer).items() if "Monday" in label]
            kept = await colleague.presses(monday)
            assert kept["replace_original"] is True
    await settle(person.bot)
    assert len(slack.public) == posts
    (row,) = person.bot.stored("person, zone FROM reminders")
    assert row == (f"slack:T0FAKE/{colleague.user}", "America/Toronto")


async def test_a_tip_that_was_pressed_stays_where_the_answer_finds_no_way(
    tip: dict, person: Person, slack: FakeSlack
):
    """The answer goes to the presser by their id then, and to nobody else."""
    posts = len(slack.public)
    gone = slack.response_url(Answer("", 410))
    await person.press(next(iter(buttons(tip))), gone, public=True)
    await until(lambda: slack.called("chat.postEphemeral", user=person.user))
    assert gone.posts[0]["replace_original"] is False
    assert len(slack.public) == posts


async def test_a_tip_cannot_come_where_the_bot_was_thrown_out(person: Person, slack: FakeSlack):
    """Who set them up hears of it once, in private, with what to do."""
    await person.sets_up()
    slack.calls.clear()
    slack.refusals[person.channel] = Answer.error("not_in_channel")
    for week in range(2):
        await person.bot.deliver(at_ten(next_monday() + timedelta(days=7 * week)))
    assert len(slack.called("chat.postMessage", channel=person.channel)) == 1
    (word,) = slack.called("chat.postMessage", channel=person.user)
    assert "/ally weekly resume" in words(word.arguments)
    assert f"<#{person.channel}>" in word.arguments["text"]
    assert person.bot.stored("stopped FROM weeklies") == [("removed",)]
    assert "Invite me" in words(await person.asks("weekly"))
    assert "/invite" in words(await person.asks("weekly resume"))
    slack.refusals.clear()
    assert "is on" in heading(await person.asks("weekly resume"))
    assert person.bot.stored("stopped FROM weeklies") == [("",)]


async def test_whoever_set_it_up_and_is_forgotten_is_named_no_more(
    person: Person, slack: FakeSlack
):
    await person.sets_up()
    await person.asks("forget me")
    await person.bot.deliver(at_ten(next_monday()))
    tip = slack.public[-1]
    assert person.user not in str(tip)
    assert "/ally weekly off" in words(tip)

"""Nudges in a channel: for the author alone, where they and an admin want them, and only then."""

import asyncio
from pathlib import Path

import pytest
import pytest_asyncio

from adapters.slack.app import Slack
from bot.knowledge import Knowledge
from bot.memory import NOTHING, Memory
from bot.messages import Request
from tests.adapters.answering import until
from tests.adapters.platforms.platform import Forgetful
from tests.adapters.platforms.slack import Known, Nowhere, Untold
from tests.adapters.slack.conftest import StartBot
from tests.adapters.slack.fake_slack import EPHEMERAL_ERRORS, GONE, Answer, FakeSlack
from tests.adapters.slack.judging import buttons, heading, words
from tests.adapters.slack.people import (
    BOT_USER,
    TEAM,
    WRITTEN_BY_NOBODY,
    Person,
    delivery,
    message,
    settle,
)
from tests.adapters.slack.serving import Bot

SAID = "hey guys, quick update"


@pytest.fixture
def bot(quiet: Bot) -> Bot:
    return quiet


async def allow(channel: str, bot: Bot) -> Person:
    """An admin allows nudges in a channel."""
    admin = Person(bot, channel=channel)
    bot.slack.people[admin.user] = {"is_admin": True}
    bot.slack.sharers.add(admin.user)
    await admin.asks("nudges here on")
    return admin


@pytest_asyncio.fixture(loop_scope="session")
async def willing(person: Person, slack: FakeSlack) -> Person:
    """Somebody who wants nudges, in a channel that allows them."""
    await allow(person.channel, person.bot)
    await person.asks("nudges on")
    slack.calls.clear()
    slack.public.clear()
    return person


@pytest_asyncio.fixture(loop_scope="session")
async def neighbour(willing: Person) -> Person:
    """Somebody like that who speaks next: what was said before had its effect then."""
    other = Person(willing.bot, channel=willing.channel)
    await other.asks("nudges on")
    return other


async def nudged(neighbour: Person, *others: Person) -> bool:
    """Whether others were told anything, and nobody but them and the neighbour was."""
    slack = neighbour.bot.slack
    await neighbour.says(SAID)
    await until(lambda: slack.called("chat.postEphemeral", user=neighbour.user))
    await settle(neighbour.bot)
    told = [call.arguments["user"] for call in slack.called("chat.postEphemeral")]
    assert slack.called("chat.postMessage") == []
    assert slack.public == []
    assert sorted(told) in (
        [neighbour.user],
        sorted([neighbour.user, *(other.user for other in others)]),
    )
    return len(told) > 1


async def test_who_wants_it_is_told_alone(willing: Person, slack: FakeSlack, knowledge: Knowledge):
    assert (await willing.says(SAID)).status == 200
    await until(lambda: slack.calls)
    await settle(willing.bot)
    (call,) = slack.calls
    assert call.method == "chat.postEphemeral"
    told = call.arguments
    assert (told["channel"], told["user"]) == (willing.channel, willing.user)
    assert "thread_ts" not in told
    assert heading(told) == knowledge.say("nudge.heading", "en")
    assert "“guys”: everyone" in words(told)
    assert "/ally nudges off" in words(told)
    assert [*buttons(told)] == ["close", "nudges mute w-guys", "nudges snooze"]
    assert slack.public == []


async def test_in_a_thread_it_is_told_there(willing: Person, slack: FakeSlack):
    await willing.says(SAID, thread_ts="1790000000.000001")
    await until(lambda: slack.calls)
    (call,) = slack.called("chat.postEphemeral")
    assert call.arguments["thread_ts"] == "1790000000.000001"


@pytest.mark.parametrize(
    "event",
    [
        {"channel_type": "group"},
        {"subtype": "thread_broadcast", "thread_ts": "1790000000.000001"},
        {"subtype": "file_share"},
        {"subtype": "me_message"},
    ],
    ids=str,
)
async def test_a_persons_own_words_are_looked_at_in_whatever_shape(
    willing: Person, neighbour: Person, event: dict
):
    await willing.says(SAID, **event)
    assert await nudged(neighbour, willing)


@pytest.mark.parametrize(
    "event",
    [
        pytest.param({"text": "good morning, all"}, id="nothing to tell"),
        pytest.param({"text": "guys, I want to kill myself"}, id="danger"),
        pytest.param({"text": "`guys`"}, id="code"),
        pytest.param({"text": f"<@{BOT_USER}> hey guys"}, id="said to the bot"),
        pytest.param({"text": f"hey guys, ask <@{BOT_USER}|ally>"}, id="about the bot"),
        *WRITTEN_BY_NOBODY,
        pytest.param({"edited": {"user": "U1", "ts": "1790000000.000001"}}, id="edited"),
        pytest.param({"user_team": "T0ELSE"}, id="of another organization"),
        pytest.param({"source_team": "T0ELSE"}, id="from another organization"),
        pytest.param({"team": "T0ELSE"}, id="another organization's"),
        pytest.param({"channel_type": "im"}, id="to one"),
        pytest.param({"channel_type": "mpim"}, id="to a few"),
        pytest.param({"channel_type": "app_home"}, id="to the app"),
        pytest.param({"type": "app_mention", "subtype": "channel_join"}, id="a notice"),
    ],
)
async def test_what_is_no_new_message_of_a_colleague_is_not_looked_at(
    willing: Person, neighbour: Person, slack: FakeSlack, event: dict
):
    if event.get("channel_type") == "im":
        event = event | {"text": " "}  # words there are said to the bot
    await willing.says(SAID, **event)
    assert not await nudged(neighbour, willing)


async def test_an_edit_is_not_looked_at(willing: Person, neighbour: Person):
    inner = message(willing, SAID) | {"edited": {"user": willing.user}}
    await willing.says("", subtype="message_changed", message=inner, hidden=True, user=None)
    assert not await nudged(neighbour, willing)


async def test_who_did_not_ask_for_it_is_not_told(neighbour: Person):
    colleague = Person(neighbour.bot, channel=neighbour.channel)
    await colleague.says(SAID)
    assert not await nudged(neighbour, colleague)


async def test_where_no_admin_allowed_it_nobody_is_told(willing: Person, neighbour: Person):
    willing.channel = "C0ELSEWHERE"
    await willing.says(SAID)
    assert not await nudged(neighbour, willing)


@pytest.mark.parametrize(
    "said", ["nudges off", "nudges mute w-guys", "nudges snooze", "nudges snooze until tomorrow"]
)
async def test_who_wants_to_be_left_alone_is(willing: Person, neighbour: Person, said: str):
    await willing.asks(said)
    await willing.says(SAID)
    assert not await nudged(neighbour, willing)


@pytest.mark.parametrize("button", ["nudges mute w-guys", "nudges snooze"])
async def test_who_presses_below_a_nudge_is_left_alone(
    willing: Person, slack: FakeSlack, button: str
):
    await willing.says("hey guys, we need more manpower")
    await until(lambda: slack.calls)
    answer = await willing.presses(button)
    assert answer["replace_original"] is True
    assert button.removeprefix("nudges ") in ("mute w-guys", "snooze")
    (kept,) = willing.bot.stored("muted, snoozed_until FROM nudging")
    assert any(kept)


async def test_a_nudge_that_is_dismissed_goes_away(willing: Person, slack: FakeSlack):
    await willing.says(SAID)
    await until(lambda: slack.calls)
    slack.calls.clear()
    assert await willing.presses("close") == GONE
    await settle(willing.bot)
    assert slack.calls == []


async def test_what_everybody_sees_cannot_be_dismissed_by_one(willing: Person, slack: FakeSlack):
    answer = await willing.presses("close", public=True)
    assert (answer["response_type"], answer["replace_original"]) == ("ephemeral", False)


async def test_of_the_same_words_somebody_hears_once_a_day(willing: Person, neighbour: Person):
    for _ in range(3):
        await willing.says(SAID)
    await willing.says("thanks guys", thread_ts="1790000000.000001")
    assert await nudged(neighbour, willing)


async def test_of_other_words_they_hear_as_well(willing: Person, slack: FakeSlack):
    await willing.says(SAID)
    await until(lambda: len(slack.calls) == 1)
    await willing.says("we need more manpower")
    await until(lambda: len(slack.calls) == 2)
    assert "manpower" in words(slack.calls[1].arguments)


async def test_nobody_hears_of_their_words_all_the_time(willing: Person, slack: FakeSlack):
    for number, word in enumerate(("guys", "manpower", "mankind"), start=1):
        await willing.says(f"{word}: we need them")
        await until(lambda number=number: len(slack.calls) == number)
    await willing.says("the firemen are here")
    await settle(willing.bot)
    assert len(slack.calls) == 3


@pytest.mark.parametrize(
    "answer",
    [
        *(pytest.param(Answer.error(code), id=code) for code in EPHEMERAL_ERRORS),
        pytest.param(
            Answer.error("ratelimited", status=429, headers={"Retry-After": "0"}), id="429"
        ),
        pytest.param(Answer("oops", 500, content_type="text/plain"), id="500"),
        pytest.param(Answer(hangs_up=True), id="hung up"),
    ],
)
async def test_a_nudge_that_does_not_reach_its_author_reaches_nobody(
    willing: Person, slack: FakeSlack, answer: Answer
):
    """It is not tried again, not posted, and not written to them elsewhere."""
    slack.answers["chat.postEphemeral"] = answer
    await willing.says(SAID)
    await until(lambda: slack.called("chat.postEphemeral"))
    await asyncio.sleep(0.3)
    await settle(willing.bot)
    assert [call.method for call in slack.calls] == ["chat.postEphemeral"]
    assert slack.public == []
    last = willing.bot.output.splitlines()[-5:]
    assert any('"not sent"' in line and '"chat.postEphemeral"' in line for line in last)
    assert "quick update" not in willing.bot.output


async def test_the_channel_is_told_once_that_an_admin_allowed_it(
    person: Person, slack: FakeSlack, knowledge: Knowledge
):
    admin = await allow(person.channel, person.bot)
    (notice,) = slack.public
    assert notice["channel"] == person.channel
    assert heading(notice) == knowledge.say("nudges.notice", "en")
    assert "/ally nudges on" in words(notice)
    assert admin.user not in str(notice)
    await admin.asks("nudges here on")
    assert len(slack.public) == 1
    assert person.bot.stored("channel FROM nudged_channels") == [
        (f"slack:{TEAM}/{person.channel}",)
    ]
    await admin.asks("nudges here off")
    assert person.bot.stored("channel FROM nudged_channels") == []


async def test_where_the_bot_may_not_read_channels_nudges_say_so(
    person: Person, slack: FakeSlack, knowledge: Knowledge
):
    """Until it was installed again, by a press that needs no restart."""
    reason = knowledge.say("nudges.deaf", "en")
    slack.people[person.user] = {"is_admin": True}
    slack.sharers.add(person.user)
    slack.scopes = "commands,chat:write,users:read"
    for said in ("nudges", "nudges on", "nudges here on"):
        answer = await person.asks(said)
        assert reason in words(answer)
        assert buttons(answer) == {}
    assert slack.public == []
    assert person.bot.stored("channel FROM nudged_channels") == []
    slack.scopes += ",groups:history"
    assert reason not in words(await Person(person.bot).asks("nudges"))
    await person.asks("nudges here on")
    assert len(slack.public) == 1


@pytest.mark.parametrize("flags", [{}, {"is_restricted": True}], ids=["member", "guest"])
async def test_nobody_else_can_allow_it(person: Person, slack: FakeSlack, flags: dict):
    slack.people[person.user] = flags
    assert "Only an admin" in words(await person.asks("nudges here on"))
    await allow(person.channel, person.bot)
    assert "Only an admin" in words(await person.asks("nudges here off"))
    assert len(slack.public) == 1
    assert len(person.bot.stored("channel FROM nudged_channels")) == 1


async def test_where_the_channel_cannot_be_told_it_is_not_allowed(person: Person, slack: FakeSlack):
    slack.answers["chat.postMessage"] = Answer.error("not_in_channel")
    slack.people[person.user] = {"is_admin": True}
    slack.sharers.add(person.user)
    assert "/invite" in words(await person.asks("nudges here on"))
    assert person.bot.stored("channel FROM nudged_channels") == []


async def test_what_an_admin_allows_holds_at_once(person: Person, slack: FakeSlack):
    """Though the channel was known to have no nudges a moment ago."""
    await person.asks("nudges on")
    await person.says(SAID)
    await settle(person.bot)
    assert slack.called("chat.postEphemeral") == []
    await allow(person.channel, person.bot)
    await person.says(SAID)
    await until(lambda: slack.called("chat.postEphemeral", user=person.user))


async def test_what_an_admin_allows_by_a_mention_holds_at_once(person: Person, slack: FakeSlack):
    await person.asks("nudges on")
    await person.says(SAID)
    await settle(person.bot)
    slack.people[person.user] = {"is_admin": True}
    person.bot.slack.sharers.add(person.user)
    admin = Person(person.bot, channel=person.channel)
    slack.people[admin.user] = {"is_admin": True}
    await admin.mentions("nudges here on")
    await until(lambda: slack.called("chat.postEphemeral", user=admin.user))
    await person.says(SAID)
    await until(lambda: slack.called("chat.postEphemeral", user=person.user))


async def test_what_an_admin_ends_ends_at_once(willing: Person, neighbour: Person):
    elsewhere = Person(willing.bot, user=willing.user)
    await allow(elsewhere.channel, willing.bot)
    admin = Person(willing.bot, channel=elsewhere.channel)
    willing.bot.slack.people[admin.user] = {"is_admin": True}
    await admin.asks("nudges here off")
    willing.bot.slack.calls.clear()
    willing.bot.slack.public.clear()
    await elsewhere.says(SAID)
    assert not await nudged(neighbour, willing)


async def test_one_message_told_to_two_processes_again_and_again_is_one_nudge(
    start_bot: StartBot, slack: FakeSlack, tmp_path: Path
):
    database = f"sqlite:///{tmp_path}/ally.db"
    bots = [await start_bot("--no-deliver", DATABASE_URL=database) for _ in range(2)]
    person = Person(bots[0])
    await allow(person.channel, bots[0])
    await person.asks("nudges on")
    event = delivery(message(person, SAID))
    for _ in range(2):
        posts = [bot.event(event) for bot in bots]
        assert {posted.status for posted in await asyncio.gather(*posts)} == {200}
    for bot in bots:
        await settle(bot)
    assert len(slack.called("chat.postEphemeral", user=person.user)) == 1


async def test_without_a_database_nobody_is_told_and_nothing_breaks(
    start_bot: StartBot, slack: FakeSlack, tmp_path: Path
):
    file = tmp_path / "ally.db"
    bot = await start_bot("--no-deliver", DATABASE_URL=f"sqlite:///{file}")
    person = Person(bot)
    await allow(person.channel, bot)
    await person.asks("nudges on")
    with bot.database() as database:
        database.execute("DROP TABLE nudging")
    assert (await person.says(SAID)).status == 200
    await settle(bot)
    assert slack.called("chat.postEphemeral") == []
    assert '"not nudged"' in bot.output


async def test_nothing_of_a_message_is_stored_or_written(
    start_bot: StartBot, slack: FakeSlack, tmp_path: Path
):
    file = tmp_path / "ally.db"
    bot = await start_bot("--no-deliver", DATABASE_URL=f"sqlite:///{file}", ALLY_LOG_LEVEL="DEBUG")
    person = Person(bot)
    await allow(person.channel, bot)
    await person.asks("nudges on")
    said = "hey guys, zebedee needs more manpower"
    await person.says(said)
    await until(lambda: slack.called("chat.postEphemeral", user=person.user))
    shown = await person.checks(said)
    assert "zebedee" in words(shown)
    for button in buttons(shown):
        assert "zebedee" not in button
        await person.presses(button)
    await person.presses("wording false alarm w-guys")
    await person.checks(said, "U0ELSE")
    await settle(bot)
    assert bot.stored("rule, times FROM false_alarms") == [("w-guys", 1)]
    assert await bot.stop() == 0
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert len(kept) >= 2
    assert not [content for content in kept if b"zebedee" in content]
    assert person.user not in bot.output


async def test_a_channel_without_nudges_is_asked_for_once_in_a_while():
    """Whatever is said there: the settings are read no more than once a minute."""
    asked = []

    class Counting(Forgetful):
        async def recall(self, request: Request, *_: object) -> Memory:
            asked.append(request.channel)
            return NOTHING

    slack = Slack(Known(), Nowhere(), Untold(), Counting())
    one, other = Person(None), Person(None)
    for _ in range(50):
        for person in (one, other):
            await slack.on_event(delivery(message(person, SAID)))
    assert asked == [f"slack:{TEAM}/{one.channel}", f"slack:{TEAM}/{other.channel}"]

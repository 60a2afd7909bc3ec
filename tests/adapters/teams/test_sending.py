"""What goes out to Teams: how the connector's answers are taken, and the token it is sent with."""

import asyncio
from itertools import pairwise
from time import monotonic
from typing import Any

import pytest

from tests.adapters.teams.answering import Answer, until
from tests.adapters.teams.conftest import StartBot
from tests.adapters.teams.fake_login import FakeLogin
from tests.adapters.teams.fake_teams import FakeTeams
from tests.adapters.teams.people import Person, settle
from tests.adapters.teams.serving import Bot

MOST_TRIES = 5
PATIENCE = 15.0
"""How long a test waits for what is sent again: every try waits longer than the one before."""

# Whatever is wrong with it, it stays so: sending it again would not help.
FINAL = {
    "bad request": Answer.error(400, "BadSyntax"),
    "unauthorized": Answer.error(401, "BotNotAuthorized"),
    "writes blocked": Answer.error(403, "MessageWritesBlocked"),
    "blocked by the person": Answer.error(403, "ConversationBlockedByUser"),
    "not in the roster": Answer.error(403, "BotNotInConversationRoster"),
    "disabled by the admin": Answer.error(403, "BotDisabledByAdmin"),
    "wrong host": Answer.error(403, "InvalidBotApiHost"),
    "no conversation": Answer.error(404, "ConversationNotFound"),
    "no message": Answer.error(404, "ActivityNotFoundInConversation"),
    "too large": Answer.error(413, "MessageSizeTooBig"),
    "out of order": Answer.error(500, "ServiceError"),
    "no JSON": Answer(400, "<html>oops</html>", content_type="text/html"),
    "an error that is none": Answer.data({"error": "x"}, 403),
    "a code that is none": Answer.data({"error": {"code": ["x"]}}, 403),
    # Taken, though nobody can read the answer.
    "taken without a word": Answer(202, ""),
    "taken with odd words": Answer(200, "[[[", content_type="text/plain"),
    # It may have arrived: twice is worse than the doubt.
    "hangs up": Answer(hangs_up=True),
}


async def test_what_stays_wrong_is_sent_once(bot: Bot, teams: FakeTeams):
    """All at once, with a little time for what should not come."""
    people = {name: Person(bot) for name in FINAL}
    for name, person in people.items():
        teams.will_answer(person.conversation, FINAL[name])
    posted = await asyncio.gather(*(bot.deliver(who.message("help")) for who in people.values()))
    assert {accepted.status for accepted in posted} == {202}
    await until(lambda: all(person.calls for person in people.values()))
    await asyncio.sleep(1.5)
    assert {name: len(person.calls) for name, person in people.items()} == dict.fromkeys(FINAL, 1)
    answered = await asyncio.gather(*(who.says("help") for who in people.values()))
    assert {len(calls) for calls in answered} == {1}, "one refusal is no reason to fall silent"


# https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
PASSING = (412, 429, 502, 503, 504)


async def test_what_passes_is_sent_again_until_it_is_taken(bot: Bot, teams: FakeTeams):
    people = {(status, times): Person(bot) for status in PASSING for times in (1, 2)}
    for (status, times), person in people.items():
        teams.will_answer(person.conversation, *(times * [Answer.error(status)]))
    await asyncio.gather(*(bot.deliver(person.message("help")) for person in people.values()))
    await until(
        lambda: all(who.calls[-1:] and who.calls[-1].answer.accepts for who in people.values()),
        PATIENCE,
    )
    await settle(bot)
    for (status, times), person in people.items():
        calls = person.calls
        accepted = [call.answer.accepts for call in calls]
        assert (status, accepted) == (status, [*times * [False], True])
        assert all(call.body == calls[0].body for call in calls), "the same each time"
        waits = [later.at - earlier.at for earlier, later in pairwise(calls)]
        assert min(waits) > 0.2
        assert waits == sorted(waits), "each time a longer wait"


async def test_sending_again_comes_to_an_end(bot: Bot, teams: FakeTeams):
    people = {status: Person(bot) for status in PASSING}
    for status, person in people.items():
        teams.always_answers(person.conversation, Answer.error(status))
    given_up = bot.output.count("not sent")
    await asyncio.gather(*(bot.deliver(person.message("help")) for person in people.values()))
    await until(lambda: bot.output.count("not sent") == given_up + len(PASSING), PATIENCE)
    assert all(2 < len(person.calls) <= MOST_TRIES for person in people.values())


async def test_who_is_told_to_wait_waits(bot: Bot, teams: FakeTeams):
    waits = {"2": 2, "3": 3}
    people = {name: Person(bot) for name in waits}
    for name, person in people.items():
        again = Answer.error(429, "Throttled", headers={"Retry-After": name})
        teams.will_answer(person.conversation, again)
    await asyncio.gather(*(bot.deliver(person.message("help")) for person in people.values()))
    await until(lambda: all(len(who.calls) == 2 for who in people.values()), PATIENCE)
    for name, person in people.items():
        refused, taken = person.calls
        assert waits[name] - 0.01 < taken.at - refused.at < waits[name] + 2


@pytest.mark.parametrize(
    "wait", ["abc", "-1", "1e9", "", "0", "١", "Wed, 21 Oct 2026 07:28:00 GMT"]
)
async def test_a_time_that_nobody_can_read_is_no_time(person: Person, teams: FakeTeams, wait: str):
    again = Answer.error(429, headers={"Retry-After": wait})
    teams.will_answer(person.conversation, again)
    await person.bot.deliver(person.message("help"))
    await until(lambda: len(person.calls) == 2)


async def test_a_time_without_end_is_not_waited_for(start_bot: StartBot, teams: FakeTeams):
    bot = await start_bot()
    person = Person(bot)
    teams.always_answers(person.conversation, Answer.error(429, headers={"Retry-After": "86400"}))
    await bot.deliver(person.message("help"))
    await until(lambda: person.calls)
    started = monotonic()
    assert await bot.stop() == 0
    assert monotonic() - started < 5
    assert len(person.calls) == 1


async def test_one_who_waits_holds_up_nobody_else(bot: Bot, teams: FakeTeams):
    waiting = [Person(bot) for _ in range(100)]
    for person in waiting:
        teams.always_answers(person.conversation, Answer(201, delay=5))
    await asyncio.gather(*(bot.deliver(person.message("help")) for person in waiting))
    other = Person(bot)
    started = monotonic()
    await bot.deliver(other.message("help"))
    await until(lambda: other.calls)
    assert monotonic() - started < 1


# A chat of two, and cards that are changed.


@pytest.mark.parametrize("status", [400, 401, 403, 404, 500])
@pytest.mark.parametrize("kind", ["channel", "groupChat"])
async def test_where_no_chat_can_be_opened_nothing_private_is_said(
    bot: Bot, teams: FakeTeams, status: int, kind: Any
):
    person = Person(bot, kind)
    teams.will_answer_chats(Answer.error(status, "BotNotInConversationRoster"))
    calls = await person.says("check")
    assert len(teams.chats_asked_for(person.user)) == 1
    (line,) = teams.sent_to(person.conversation)
    assert len(calls) == 2
    assert "chat" in line.text
    assert "attachments" not in line.body


async def test_a_chat_is_asked_for_again_where_that_may_help(bot: Bot, teams: FakeTeams):
    person = Person(bot, "channel")
    teams.will_answer_chats(Answer.error(429), Answer.error(503))
    await bot.deliver(person.message("check"))
    await until(lambda: teams.sent_to(person.conversation), PATIENCE)
    await settle(bot)
    assert len(teams.chats_asked_for(person.user)) == 3
    assert len(teams.sent_alone(person.user)) == 1


async def test_where_the_private_answer_is_refused_the_channel_does_not_get_it(
    bot: Bot, teams: FakeTeams
):
    person = Person(bot, "channel")
    await person.says("check")
    teams.will_answer(teams.chats[person.user], Answer.error(403, "ConversationBlockedByUser"))
    calls = await person.says("before")
    private = [call for call in calls if call.conversation == teams.chats[person.user]]
    (line,) = [call for call in calls if call.conversation == person.conversation]
    assert len(private) == 1
    assert "attachments" not in line.body
    assert line.text != teams.sent_to(person.conversation)[0].text, "it was not written to them"


async def test_a_card_that_is_gone_is_followed_by_a_new_one(person: Person, teams: FakeTeams):
    teams.will_answer(person.conversation, Answer.error(404, "ActivityNotFoundInConversation"))
    changed, sent = await person.submits("define manel")
    assert (changed.method, sent.method) == ("PUT", "POST")
    assert changed.card == sent.card


async def test_a_card_is_changed_in_its_place(person: Person, teams: FakeTeams):
    pressed = teams.new_message(person.conversation)
    (call,) = await person.submits("define manel", replyToId=pressed)
    assert (call.method, call.activity) == ("PUT", pressed)


@pytest.mark.parametrize(
    "answer",
    [Answer.error(403), Answer.error(500), Answer(hangs_up=True)],
    ids=["403", "500", "lost"],
)
async def test_a_card_that_may_still_stand_is_not_followed_by_another(
    person: Person, teams: FakeTeams, answer: Answer
):
    teams.will_answer(person.conversation, answer)
    # Changing it twice to the same changes it once, so that one may be repeated.
    assert {call.method for call in await person.submits("define manel")} == {"PUT"}


# The token.


async def test_one_token_is_enough_for_many(start_bot: StartBot, teams: FakeTeams):
    bot = await start_bot()
    people = [Person(bot) for _ in range(50)]
    teams.login.answers["token"] = _slow_token(teams.login)
    await asyncio.gather(*(bot.deliver(person.message("help")) for person in people))
    await until(lambda: all(person.calls for person in people))
    for person in people[:5]:
        await person.says("help")
    assert teams.login.count("token") == 1
    assert len({call.bearer for call in teams.calls}) == 1


def _slow_token(login: FakeLogin) -> Answer:
    login.tokens["slow-token"] = monotonic() + 3600
    given = {"token_type": "Bearer", "expires_in": 3600, "access_token": "slow-token"}
    return Answer.data(given, delay=0.3)


async def test_a_token_is_not_used_to_its_last_moment(start_bot: StartBot, teams: FakeTeams):
    """The connector's clock may be ahead, and the way there takes a while."""
    bot = await start_bot()
    person = Person(bot)
    teams.login.token_seconds = 2
    await person.says("help")
    await asyncio.sleep(1.8)
    await person.says("help")
    assert teams.login.count("token") == 2
    assert len({call.bearer for call in person.calls}) == 2


async def test_a_token_that_is_refused_is_not_used_again(start_bot: StartBot, teams: FakeTeams):
    bot = await start_bot()
    person = Person(bot)
    teams.will_answer(person.conversation, Answer.error(401, "Unauthorized"))
    await person.says("help")
    await person.says("help")
    assert teams.login.count("token") == 2


BROKEN = {
    "refused": Answer(400, '{"error": "invalid_client", "error_description": "x"}'),
    "unauthorized": Answer(401, '{"error": "invalid_client"}'),
    "out of order": Answer(500, "oops"),
    "no JSON": Answer(200, "oops"),
    "a list": Answer(200, "[]"),
    "nothing in it": Answer(200, "{}"),
    "an odd token": Answer.data({"access_token": 5, "expires_in": 3600}),
    "an empty token": Answer.data({"access_token": "", "expires_in": 3600}),
    "no time": Answer.data({"access_token": "opaque-odd-token"}),
    "hangs up": Answer(hangs_up=True),
}


async def test_without_a_token_nothing_is_sent_and_nothing_breaks(
    start_bot: StartBot, teams: FakeTeams
):
    bot = await start_bot()
    person = Person(bot)
    for answer in BROKEN.values():
        teams.login.answers["token"] = answer
        teams.login.asked.clear()
        assert (await bot.deliver(person.message("help"))).status == 202
        await until(lambda: teams.login.asked)
        await asyncio.sleep(0.05)
        assert teams.calls == []
    teams.login.answers.clear()
    assert len(await person.says("help")) >= 1, "as soon as there is one it goes on"
    assert "opaque-odd-token" not in bot.output


async def test_a_token_that_does_not_come_holds_up_nothing_else(
    start_bot: StartBot, teams: FakeTeams
):
    bot = await start_bot()
    person = Person(bot)
    teams.login.answers["token"] = Answer(delay=20)
    for _ in range(3):
        posted = await bot.deliver(person.message("help"))
        assert (posted.status, posted.seconds < 1) == (202, True)
    await until(lambda: teams.login.count("token"))
    assert (await person.press("define manel")).status == 200
    assert await bot.get("/healthz") == 200
    teams.hurry()
    assert await bot.stop() == 0

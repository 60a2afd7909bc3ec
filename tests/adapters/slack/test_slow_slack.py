"""While Slack itself is slow, everybody still gets an ack in time and their answer afterwards."""

import asyncio

from tests.adapters.answering import until
from tests.adapters.slack.fake_slack import Answer, FakeSlack
from tests.adapters.slack.people import Person, settle
from tests.adapters.slack.serving import Bot

SLACKS_PATIENCE = 3.0
OURS = 1.0


async def test_a_hundred_at_once_are_acked_in_time_and_answered_later(bot: Bot, slack: FakeSlack):
    slow = Answer(delay=SLACKS_PATIENCE + 0.5)
    for method in ("users.info", "chat.postMessage", "chat.postEphemeral", "auth.test"):
        slack.answers[method] = slow
    commands, presses, mentions = ([Person(bot) for _ in range(25)] for _ in range(3))
    writers = [Person(bot, channel=f"D0SLOW{number}") for number in range(25)]
    urls = [slack.response_url(slow) for _ in range(50)]
    posted = await asyncio.gather(
        *(person.types("manel", url=url) for person, url in zip(commands, urls[:25], strict=True)),
        *(person.press("manel", url) for person, url in zip(presses, urls[25:], strict=True)),
        *(person.mentions("manel") for person in mentions),
        *(person.writes("manel") for person in writers),
    )
    assert [(ack.status, ack.text) for ack in posted] == 100 * [(200, "")]
    assert max(ack.seconds for ack in posted) < OURS
    slack.hurry()
    sent = ("chat.postEphemeral", "chat.postMessage")
    await until(
        lambda: sum(len(url.posts) for url in urls) + sum(len(slack.called(m)) for m in sent) == 100
    )
    assert all(len(url.posts) == 1 for url in urls)
    asked = {call.arguments["user"] for call in slack.called("chat.postEphemeral")}
    assert asked == {person.user for person in mentions}
    await settle(bot)

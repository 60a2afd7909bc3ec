"""What people say, and what lets the bot in at Slack, is in no line that the server writes."""

import json

from tests.adapters.slack.conftest import StartBot
from tests.adapters.slack.fake_slack import DEAD, TOKEN, Answer, FakeSlack
from tests.adapters.slack.people import BOT_USER, Person, settle
from tests.adapters.slack.serving import FORM, JSON, SECRET

CANARY = "zebedee"
SAID = f"define {CANARY}"


async def test_nothing_that_was_said_is_written(start_bot: StartBot, slack: FakeSlack):
    bot = await start_bot(ALLY_LOG_LEVEL="DEBUG")
    person, writer = Person(bot), Person(bot, channel="D0CANARY")
    urls = [slack.response_url(answer) for answer in (Answer(), DEAD, Answer("", 500))]
    for method in ("users.info", "chat.postEphemeral", "chat.postMessage"):
        slack.answers[method] = Answer.error("internal_error", status=500)
    for url in urls:
        for text in (SAID, CANARY, f"share {SAID}", f"say {CANARY} <@U1|{CANARY}>"):
            await person.types(text, url=url, user_name=CANARY, channel_name=CANARY)
            await person.press(text, url)
            await person.mentions(text)
            await person.says(f"hey guys, {text}")
            await person.chooses(f"hey guys, {text}", slack.response_url(url.answer))
            await writer.writes(text)
            await writer.writes(text, subtype="bot_message")
    slack.answers.clear()
    await person.types(SAID, response_url=f"https://evil.test/{CANARY}")
    await person.types(SAID, response_url=f"http://[{CANARY}")
    for body, kind in (
        (CANARY.encode(), JSON),
        (f'{{"{CANARY}": '.encode(), JSON),
        (f'{{"type": "{CANARY}"}}'.encode(), JSON),
        (f"payload={CANARY}".encode(), FORM),
        (f"{CANARY}={CANARY}".encode(), FORM),
        (json.dumps({"type": "block_actions", "actions": [], "x": CANARY}).encode(), JSON),
        (json.dumps({"type": "event_callback", "event": {"type": CANARY}}).encode(), JSON),
        (f"text={CANARY}%ff".encode(), FORM),
        (CANARY.encode(), CANARY),
    ):
        await bot.post(body, kind)
        await bot.post(body, kind, headers={"X-Slack-Signature": f"v0={CANARY}"})
        await bot.post(body, kind, headers={"X-Slack-Request-Timestamp": CANARY})
    await settle(bot)
    slack.public.clear()
    assert await bot.stop() == 0
    secrets = (CANARY, TOKEN, SECRET, BOT_USER, person.user, person.channel, writer.channel)
    assert [secret for secret in (*secrets, *bot.signatures) if secret in bot.output] == []
    assert [url.url for url in urls if url.url in bot.output] == []
    lines = [json.loads(line) for line in bot.output.splitlines()]
    assert len([line for line in lines if line["event"] == "turn"]) > 30
    assert len([line for line in lines if line["event"] == "not sent"]) > 10
    known = {"event", "level", "timestamp", "platform", "result", "milliseconds", "error",
             "method", "status", "address", "logger"}  # fmt: skip
    assert {name for line in lines for name in line} <= known

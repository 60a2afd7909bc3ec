"""What people say, and what lets the bot in at Teams, is in no line that the server writes."""

import json
from itertools import product

from tests.adapters.teams.answering import Answer, until
from tests.adapters.teams.conftest import StartBot
from tests.adapters.teams.fake_login import APP, APP_SECRET, TENANT, UNPUBLISHED, claims
from tests.adapters.teams.fake_teams import BOT, FakeTeams
from tests.adapters.teams.people import Person, settle

CANARY = "zebedee"
SAID = f"define {CANARY}"

KNOWN = {"event", "level", "timestamp", "platform", "result", "milliseconds", "error", "method",
         "status", "address", "logger"}  # fmt: skip


async def test_nothing_that_was_said_is_written(start_bot: StartBot, teams: FakeTeams):
    bot = await start_bot(ALLY_LOG_LEVEL="DEBUG")
    people = [Person(bot, kind, name=CANARY) for kind in ("personal", "channel", "groupChat")]
    told = Answer.data({"error": {"code": "BadSyntax", "message": CANARY}, "x": CANARY}, 400)
    answers = (None, told, Answer(500, CANARY), Answer(hangs_up=True))
    teams.login.answers["token"] = Answer(400, json.dumps({"error": CANARY}))
    await bot.deliver(people[0].message(SAID))
    await settle_without_token(teams)
    for person, answer in product(people, answers):
        for text in (SAID, CANARY, f"say {CANARY}", f"check {CANARY}", "check"):
            for activity in (
                person.message(text),
                person.submit(text),
                person.execute(text),
                person.query(text),
                person.message(text, locale=CANARY, id=f"{CANARY}-{text}"),
                person.message(text, attachments=[{"contentType": CANARY, "content": CANARY}]),
                person.activity("messageUpdate", text=text),
                person.activity("invoke", name=CANARY, value={"x": text}),
                person.activity(CANARY, text=text),
            ):
                if answer is not None:
                    teams.will_answer(person.conversation, answer)
                    teams.will_answer_chats(answer)
                await bot.deliver(activity)
    for body in (
        CANARY.encode(),
        f'{{"{CANARY}": '.encode(),
        f'{{"type": "{CANARY}"}}'.encode(),
        json.dumps({"type": "message", "from": CANARY, "x": [CANARY]}).encode(),
        f'{{"type": "message", "text": "{CANARY}", "value": {{"command": 5}}}}'.encode(),
    ):
        await bot.post(body)
        await bot.post(body, CANARY)
        await bot.post(body, authorization=f"Bearer {CANARY}")
        await bot.post(body, authorization=CANARY)
    said = people[0].message(SAID)
    for changed in (
        {"serviceurl": CANARY},
        {"iss": CANARY},
        {"aud": CANARY},
        {"exp": CANARY},
        {CANARY: CANARY},
    ):
        token = bot.signed(claims(teams.service_url, **changed))
        await bot.deliver(said, authorization=f"Bearer {token}")
    token = bot.signed(claims(teams.service_url), UNPUBLISHED, kid=CANARY)
    await bot.deliver(said, authorization=f"Bearer {token}")
    for address in (f"https://evil.test/{CANARY}", f"http://[{CANARY}", CANARY):
        await bot.deliver(Person(bot, service_url=address).message(SAID))
    await settle(bot)
    assert await bot.stop() == 0
    secrets = [CANARY, APP, APP_SECRET, TENANT, BOT, teams.login.token_url, *bot.tokens]
    secrets += [*teams.login.tokens, *(person.user for person in people)]
    secrets += [person.where for person in people]
    assert [secret for secret in secrets if secret in bot.output] == []
    lines = [json.loads(line) for line in bot.output.splitlines()]
    assert len([line for line in lines if line["event"] == "turn"]) > 100
    assert len([line for line in lines if line["event"] == "not sent"]) > 20
    assert len([line for line in lines if line["event"] == "activity refused"]) > 10
    assert {name for line in lines for name in line} <= KNOWN


async def settle_without_token(teams: FakeTeams) -> None:
    """Wait until it asked for a token and was refused; from then on there is one."""
    await until(lambda: teams.login.count("token"))
    teams.login.answers.clear()

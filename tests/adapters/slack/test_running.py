"""The server as a process: what stops its start, what a host asks of it, how it ends."""

import asyncio
import shlex
import socket
from pathlib import Path

import pytest

from bot.knowledge import Knowledge
from tests.adapters.answering import until
from tests.adapters.slack.conftest import StartBot
from tests.adapters.slack.fake_slack import APP_TOKEN, TOKEN, Answer, FakeSlack
from tests.adapters.slack.judging import heading
from tests.adapters.slack.people import Person
from tests.adapters.slack.serving import SECRET, Bot, run

ROOT = Path(__file__).parents[3]

GOOD = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET, "PORT": "0"}

# What can be wrong is a matter of the settings' own tests; here, that it stops the server.
WRONG = {
    "SLACK_BOT_TOKEN": {"SLACK_BOT_TOKEN": ""},
    "SLACK_SIGNING_SECRET": {"SLACK_SIGNING_SECRET": ""},
    "PORT": {"PORT": "http"},
    "ALLY_ALLOWED_HOSTS": {"ALLY_ALLOWED_HOSTS": "127.0.0.1:9"},
    "SLACK_API_URL": {"SLACK_API_URL": "http://127.0.0.1:9/api/"},
}


async def test_wrong_settings_stop_the_start_and_are_named(tmp_path: Path):
    """All at once, for each is a process of its own."""
    ended = await asyncio.gather(*(run(tmp_path, {**GOOD, **wrong}) for wrong in WRONG.values()))
    for name, (status, output) in zip(WRONG, ended, strict=True):
        assert (name, status) == (name, 2)
        assert name in output
        assert SECRET not in output
        assert "Traceback" not in output


async def test_an_app_token_that_slack_refuses_stops_the_start(slack: FakeSlack, tmp_path: Path):
    slack.answers["apps.connections.open"] = Answer.error("invalid_auth")
    settings = Bot(slack, tmp_path, SLACK_APP_TOKEN=APP_TOKEN).settings
    status, output = await run(tmp_path, settings)
    assert status == 2
    assert "SLACK_APP_TOKEN" in output
    assert APP_TOKEN not in output


async def test_a_slack_that_is_out_of_order_does_not_stop_the_start(
    start_bot: StartBot, slack: FakeSlack
):
    slack.answers["apps.connections.open"] = Answer("oops", 500, content_type="text/plain")
    bot = await start_bot(SLACK_APP_TOKEN=APP_TOKEN)
    assert heading(await Person(bot).asks("what is a manel?")) == "Manel"
    assert await bot.stop() == 0
    assert APP_TOKEN not in bot.output


async def test_with_nothing_configured_it_says_how_to_begin(tmp_path: Path):
    status, output = await run(tmp_path, {})
    assert status == 2
    assert "ally chat" in output
    assert "ally slack manifest" in output


async def test_broken_content_stops_the_start_and_is_named(tmp_path: Path):
    (tmp_path / "glossary").mkdir()
    (tmp_path / "glossary" / "ours.yaml").write_text("- id: manel\n  nmae: x\n")
    status, output = await run(tmp_path, {**GOOD, "ALLY_KNOWLEDGE": str(tmp_path)})
    assert status == 1
    assert "ours.yaml:" in output
    assert "Traceback" not in output


async def test_a_port_that_is_taken_stops_the_start(bot: Bot, tmp_path: Path):
    status, output = await run(tmp_path, {**GOOD, "PORT": str(bot.port)})
    assert status == 2
    assert "PORT" in output
    assert "Traceback" not in output


async def test_what_a_host_asks_for_health_is_answered(bot: Bot):
    assert await bot.get("/healthz") == 200
    assert await bot.get("/readyz") == 200


async def test_the_command_of_the_procfile_takes_the_port_it_is_given(
    slack: FakeSlack, tmp_path: Path, knowledge: Knowledge
):
    name, _, command = (ROOT / "Procfile").read_text().strip().partition(": ")
    assert name == "web"
    host, *program = shlex.split(command)
    assert host == "HOST=0.0.0.0"  # a host's router comes from outside; a test stays at home
    bot = Bot(slack, tmp_path)
    try:
        await bot.start("env", "HOST=127.0.0.1", *program)
        assert heading(await Person(bot).asks("help")) == knowledge.say("help.heading", "en")
    finally:
        assert await bot.stop() == 0


async def test_it_listens_to_this_machine_alone_unless_told_otherwise(bot: Bot):
    listening = Path("/proc/net/tcp").read_text() if Path("/proc/net/tcp").exists() else ""
    mine = [line.split()[1] for line in listening.splitlines() if f":{bot.port:04X} " in line]
    if not mine:
        pytest.skip("this system does not tell who listens where")
    assert all(address.startswith("0100007F") for address in mine)


async def test_what_was_acked_is_still_answered_at_the_end(start_bot: StartBot, slack: FakeSlack):
    bot = await start_bot()
    slack.answers["users.info"] = Answer('{"ok": true, "user": {}}', delay=0.5)
    commanding, pressing, mentioning = (Person(bot) for _ in range(3))
    urls = [slack.response_url(), slack.response_url()]
    await commanding.types("manel", url=urls[0])
    await pressing.press("manel", urls[1])
    await mentioning.mentions("manel")
    await until(lambda: len(slack.called("users.info")) == 3)
    bot.terminate()
    assert await bot.stop() == 0
    assert [len(url.posts) for url in urls] == [1, 1]
    assert len(slack.called("chat.postEphemeral", user=mentioning.user)) == 1


async def test_the_end_comes_soon_though_slack_keeps_a_connection_open(
    start_bot: StartBot, slack: FakeSlack
):
    bot = await start_bot()
    with socket.create_connection(("127.0.0.1", bot.port)):
        bot.terminate()
        async with asyncio.timeout(5):
            assert await bot.stop() == 0

"""The server as a process: what stops its start, what a host asks of it, how it ends."""

import asyncio
import shlex
import socket
from pathlib import Path

import pytest

from bot.knowledge import Knowledge
from tests.adapters.slack.conftest import StartBot
from tests.adapters.slack.fake_slack import TOKEN, Answer, FakeSlack, until
from tests.adapters.slack.judging import heading
from tests.adapters.slack.people import Person
from tests.adapters.slack.serving import SECRET, Bot, free_port, run

ROOT = Path(__file__).parents[3]

GOOD = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET, "PORT": "0"}
ELSEWHERE = "http://127.0.0.1:9/api/"

WRONG = [
    pytest.param({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN", id="no token"),
    pytest.param({"SLACK_SIGNING_SECRET": ""}, "SLACK_SIGNING_SECRET", id="no secret"),
    pytest.param({"SLACK_BOT_TOKEN": "xoxp-1"}, "SLACK_BOT_TOKEN", id="a person's token"),
    pytest.param({"SLACK_APP_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN", id="no app token"),
    pytest.param({"PORT": "http"}, "PORT", id="no port"),
    pytest.param({"PORT": "70000"}, "PORT", id="port too high"),
    pytest.param({"ALLY_ENV": "staging"}, "ALLY_ENV", id="no such environment"),
    pytest.param({"ALLY_LOG_LEVEL": "chatty"}, "ALLY_LOG_LEVEL", id="no such level"),
    pytest.param({"ALLY_KNOWLEDGE": "/nowhere"}, "ALLY_KNOWLEDGE", id="no such folder"),
    pytest.param({"ALLY_PUBLIC_URL": "http://a.test"}, "ALLY_PUBLIC_URL", id="not https"),
    pytest.param(
        {"ALLY_ALLOWED_HOSTS": "127.0.0.1:9"}, "ALLY_ALLOWED_HOSTS", id="hosts in production"
    ),
    pytest.param(
        {"ALLY_ALLOWED_HOSTS": "127.0.0.1:9", "ALLY_ENV": "development"},
        "ALLY_ALLOWED_HOSTS",
        id="hosts in development",
    ),
    pytest.param({"SLACK_API_URL": ELSEWHERE}, "SLACK_API_URL", id="another Slack in production"),
    pytest.param(
        {"SLACK_API_URL": ELSEWHERE, "ALLY_ENV": "test"}, "SLACK_API_URL", id="unnamed in a test"
    ),
    pytest.param(
        {"SLACK_API_URL": "https://slack.com.evil.test/api/"}, "SLACK_API_URL", id="a lookalike"
    ),
]


async def test_wrong_settings_stop_the_start_and_are_named(tmp_path: Path):
    """All together, for each is a process of its own."""
    cases = [(dict(row.values[0]), row.values[1], row.id) for row in WRONG]
    turns = asyncio.Semaphore(4)

    async def start(settings: dict[str, str]) -> tuple[int, str]:
        async with turns:
            return await run(tmp_path, {**GOOD, **settings})

    ended = await asyncio.gather(*(start(settings) for settings, _, _ in cases))
    assert [
        (name, status, output)
        for (_, setting, name), (status, output) in zip(cases, ended, strict=True)
        if status != 2 or setting not in output or SECRET in output or "Traceback" in output
    ] == []


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


async def test_settings_may_stand_in_a_file(slack: FakeSlack, tmp_path: Path):
    port = free_port()
    (tmp_path / ".env").write_text(f"PORT={port}\nSLACK_BOT_TOKEN=xoxb-file\n")
    bot = Bot(slack, tmp_path)
    bot.port = port
    bot.settings.pop("PORT")
    try:
        await bot.start()
        assert await bot.get("/healthz") == 200
    finally:
        assert await bot.stop() == 0


@pytest.mark.parametrize("how", ["command", "press", "mention"])
async def test_what_was_acked_is_still_answered_at_the_end(
    start_bot: StartBot, slack: FakeSlack, how: str
):
    bot = await start_bot()
    slack.answers["users.info"] = Answer('{"ok": true, "user": {}}', delay=0.5)
    person, url = Person(bot), slack.response_url()
    match how:
        case "command":
            await person.types("manel", url=url)
        case "press":
            await person.press("manel", url)
        case "mention":
            await person.mentions("manel")
    await until(lambda: slack.called("users.info"))
    bot.terminate()
    assert await bot.stop() == 0
    assert len(url.posts) + len(slack.called("chat.postEphemeral")) == 1


async def test_the_end_comes_soon_though_slack_keeps_a_connection_open(
    start_bot: StartBot, slack: FakeSlack
):
    bot = await start_bot()
    with socket.create_connection(("127.0.0.1", bot.port)):
        bot.terminate()
        async with asyncio.timeout(5):
            assert await bot.stop() == 0

"""The server as a process for Teams: what stops its start, what it serves, how it ends."""

import asyncio
import socket
from pathlib import Path

from tests.adapters.serving import run
from tests.adapters.teams.answering import Answer, until
from tests.adapters.teams.conftest import StartBot
from tests.adapters.teams.fake_login import APP, APP_SECRET, TENANT
from tests.adapters.teams.fake_teams import FakeTeams
from tests.adapters.teams.people import Person
from tests.adapters.teams.serving import Bot, settings_for

GOOD = {
    "TEAMS_APP_ID": APP,
    "TEAMS_APP_SECRET": APP_SECRET,
    "TEAMS_TENANT_ID": TENANT,
    "PORT": "0",
}

# What can be wrong is a matter of the settings' own tests; here, that it stops the server.
WRONG = {
    "TEAMS_APP_ID": {"TEAMS_APP_ID": ""},
    "TEAMS_APP_SECRET": {"TEAMS_APP_SECRET": ""},
    "TEAMS_TENANT_ID": {"TEAMS_TENANT_ID": ""},
    "TEAMS_ANONYMOUS": {"TEAMS_ANONYMOUS": "1"},
    "TEAMS_OPENID_URL": {"TEAMS_OPENID_URL": "http://127.0.0.1:9/keys"},
    "TEAMS_TOKEN_URL": {"TEAMS_TOKEN_URL": "http://127.0.0.1:9/token"},
    "ALLY_ALLOWED_HOSTS": {"ALLY_ALLOWED_HOSTS": "127.0.0.1:9"},
}
NOBODY = {"TEAMS_APP_ID": "", "TEAMS_APP_SECRET": "", "TEAMS_TENANT_ID": ""}
ANYBODY = {
    "TEAMS_ANONYMOUS in production": {"TEAMS_ANONYMOUS": "1"},
    "TEAMS_ANONYMOUS for the world": {
        "TEAMS_ANONYMOUS": "1",
        "ALLY_ENV": "test",
        "HOST": "0.0.0.0",
    },
}


async def test_wrong_settings_stop_the_start_and_are_named(tmp_path: Path):
    """All at once, for each is a process of its own."""
    wrong = {name: {**GOOD, **changed} for name, changed in WRONG.items()}
    wrong |= {name: {**GOOD, **NOBODY, **changed} for name, changed in ANYBODY.items()}
    ended = await asyncio.gather(*(run(tmp_path, settings) for settings in wrong.values()))
    for name, (status, output) in zip(wrong, ended, strict=True):
        assert (name, status) == (name, 2)
        assert name.split()[0] in output
        assert APP_SECRET not in output
        assert "Traceback" not in output


async def test_teams_alone_is_served_without_the_other_platform(bot: Bot):
    assert await bot.get("/healthz") == 200
    assert await bot.get("/readyz") == 200
    assert await bot.get("/slack/events") == 404


async def test_what_was_accepted_is_still_answered_at_the_end(
    start_bot: StartBot, teams: FakeTeams
):
    bot = await start_bot()
    people = [Person(bot), Person(bot, "channel")]
    for person in people:
        teams.will_answer(person.conversation, Answer(201, delay=0.5))
    teams.will_answer_chats(Answer(201, delay=0.5))
    await bot.deliver(people[0].message("help"))
    await bot.deliver(people[1].message("check"))
    await until(lambda: len(teams.calls) == 2)
    bot.terminate()
    assert await bot.stop() == 0
    assert len(people[0].calls) == 1
    assert len(teams.sent_alone(people[1].user)) == 1
    assert len(teams.sent_to(people[1].conversation)) == 1


async def test_the_end_comes_soon_though_a_connection_stays_open(start_bot: StartBot):
    bot = await start_bot()
    with socket.create_connection(("127.0.0.1", bot.port)):
        bot.terminate()
        async with asyncio.timeout(5):
            assert await bot.stop() == 0


async def test_the_server_starts_though_the_login_cannot_be_reached(
    teams: FakeTeams, tmp_path: Path
):
    nowhere = f"http://{teams.sink}/none"
    settings = settings_for(teams) | {"TEAMS_OPENID_URL": nowhere, "TEAMS_TOKEN_URL": nowhere}
    hosts = {"ALLY_ALLOWED_HOSTS": f"{teams.host},{teams.sink}"}
    bot = Bot(teams, tmp_path, **settings | hosts)
    await bot.start()  # and connects to nothing: the keys are fetched when they are needed
    assert await bot.stop() == 0

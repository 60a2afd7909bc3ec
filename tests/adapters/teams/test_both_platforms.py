"""One server for Teams and Slack: trouble with one of them is no trouble for the other."""

import asyncio
from pathlib import Path

from tests.adapters.serving import Posted
from tests.adapters.slack.fake_slack import FakeSlack
from tests.adapters.slack.people import Person as SlackPerson
from tests.adapters.slack.serving import Bot as SlackBot
from tests.adapters.teams.answering import Answer, until
from tests.adapters.teams.fake_teams import FakeTeams
from tests.adapters.teams.people import Person
from tests.adapters.teams.serving import Bot, settings_for

SLACKS_PATIENCE = 3.0
TEAMS_PATIENCE = 10.0


async def test_keys_that_do_not_come_hold_up_nobody_on_the_other_platform(
    teams: FakeTeams, tmp_path: Path
):
    slack = FakeSlack(teams.links)
    await slack.start()
    hosts = f"{slack.host},{teams.host}"
    settings = settings_for(teams) | {"ALLY_ALLOWED_HOSTS": hosts}
    commanding = SlackBot(slack, tmp_path, **settings)
    bot = Bot(teams, tmp_path, PORT=str(commanding.port))
    teams.login.answers["metadata"] = Answer(delay=2 * TEAMS_PATIENCE)
    try:
        await commanding.start()
        bot.reach()
        waiting = [asyncio.create_task(bot.deliver(Person(bot).message("help"))) for _ in range(20)]

        async def command() -> Posted:
            return await SlackPerson(commanding).types("what is a manel?")

        commands = [asyncio.create_task(command()) for _ in range(25)]
        await until(lambda: teams.login.count("metadata"))
        acks = await asyncio.gather(*commands, *(command() for _ in range(25)))
        assert {ack.status for ack in acks} == {200}
        assert max(ack.seconds for ack in acks) < SLACKS_PATIENCE
        assert not any(task.done() for task in waiting)
        refused = await asyncio.gather(*waiting)
        assert {posted.status for posted in refused} <= {401, 503}
        assert max(posted.seconds for posted in refused) < TEAMS_PATIENCE
        assert teams.calls == []
        teams.login.answers.clear()
        teams.hurry()
        assert len(await Person(bot).says("help")) == 1
    finally:
        await bot.leave()
        assert await commanding.stop() == 0, commanding.output
        await slack.stop()
    assert slack.faults == []

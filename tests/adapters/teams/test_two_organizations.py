"""Two organizations whose people, channels and teams have equal ids: nothing of one is seen, used
or deleted by the other.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.adapters.teams.fake_teams import FakeTeams
from tests.adapters.teams.judging import words
from tests.adapters.teams.keeping import asks, asks_aloud, deliver, in_days, kept
from tests.adapters.teams.people import Kind, Person
from tests.adapters.teams.seeing import seen
from tests.adapters.teams.serving import Bot

OTHER = "another-tenant"


@pytest.fixture
def bot(keeper: Bot) -> Bot:
    """A server that leaves delivering to `ally deliver`."""
    return keeper


def pair(bot: Bot, kind: Kind) -> tuple[Person, Person]:
    """Somebody of ours, and somebody elsewhere who has all the same ids."""
    ours = Person(bot, kind)
    theirs = replace(ours, tenant=OTHER, service_url=bot.teams.service_url_of("emea"))
    theirs.is_known_as(tenantId=None)  # one and the same answer is given about both of them
    return ours, theirs


async def test_settings_and_reminders_are_of_one_of_them(
    bot: Bot, teams: FakeTeams, tmp_path: Path
):
    ours, theirs = pair(bot, "personal")
    await asks(ours, "language fr")
    made = await asks(ours, "rappelle-moi de créditer Zebedee tous les jours à 10 h")
    assert "Zebedee" in words(made.card)
    for asked in ("reminders", "my data"):
        told = await asks(theirs, asked)
        assert "Zebedee" not in str(told.body)
    assert "You have no reminders" in seen(await asks(theirs, "reminders"))
    await asks(theirs, "forget me")
    await theirs.after(theirs.installation("remove"))
    told = await asks(ours, "rappels")
    assert "Zebedee" in words(told.card)
    told = await asks(ours, "mes données")
    assert "Zebedee" in words(told.card)
    teams.calls.clear()
    await deliver(bot, tmp_path, in_days(2, 10))
    assert [(call.region, call.conversation) for call in teams.calls] == [
        ("amer", ours.conversation)
    ]


async def test_a_channels_tips_are_of_one_of_them(bot: Bot, teams: FakeTeams, tmp_path: Path):
    ours, theirs = pair(bot, "channel")
    await asks_aloud(ours, "weekly every day at 10:00")
    for said in ("weekly", "weekly off", "weekly pause until next month"):
        sent = await asks_aloud(theirs, said)
        assert "no weekly tip yet" in seen(sent[-2])
    for event in ("channelDeleted", "teamDeleted"):
        told = theirs.activity("conversationUpdate")
        told["channelData"]["eventType"] = event
        await theirs.after(told)
    await theirs.after(theirs.installation("remove"))
    teams.calls.clear()
    await deliver(bot, tmp_path, in_days(2, 10))
    assert [(call.region, call.conversation) for call in teams.calls] == [("amer", ours.channel)]
    assert {read.region for read in teams.reads[-1:]} == {"amer"}


async def test_both_have_their_own(bot: Bot, teams: FakeTeams, tmp_path: Path):
    ours, theirs = pair(bot, "channel")
    await asks_aloud(ours, "weekly every day at 10:00")
    await asks_aloud(theirs, "weekly every day at 10:00")
    await asks_aloud(theirs, "weekly off")
    await asks_aloud(theirs, "weekly every day at 11:00")
    assert len(kept(tmp_path, "SELECT id FROM weeklies")) == 2
    teams.calls.clear()
    await deliver(bot, tmp_path, in_days(2, 10))
    assert [call.region for call in teams.calls] == ["amer"]
    await deliver(bot, tmp_path, in_days(2, 11))
    assert [call.region for call in teams.calls] == ["amer", "emea"]


async def test_a_manager_of_one_is_none_of_the_other(bot: Bot, tmp_path: Path):
    ours, theirs = pair(bot, "channel")
    await ours.after(ours.installation("add"))
    await theirs.after(theirs.installation("add-upgrade"))
    assert kept(tmp_path, "SELECT person FROM managers") == [ours.key]

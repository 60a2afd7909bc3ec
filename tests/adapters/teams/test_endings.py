"""The bot is taken out, or a channel or team ends: what was kept goes, and nothing more comes."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.teams.conftest import StartBot
from tests.adapters.teams.fake_teams import BOT, FakeTeams
from tests.adapters.teams.judging import heading
from tests.adapters.teams.keeping import asks, asks_aloud, deliver, in_days, kept, rows_naming
from tests.adapters.teams.people import Kind, Person, settle
from tests.adapters.teams.seeing import is_french, seen
from tests.adapters.teams.serving import Bot

WEEKLY = "weekly every day at 10:00"
REMINDER = "remind me about sponsorship every day at 10:00"


@pytest.fixture
def bot(keeper: Bot) -> Bot:
    """A server that leaves delivering to `ally deliver`."""
    return keeper


async def kept_in(bot: Bot, kind: Kind, **more: Any) -> Person:
    """Somebody with a reminder and a language, or with tips in their channel or group."""
    person = Person(bot, kind, **more)
    if kind == "personal":
        await asks(person, REMINDER)
        await asks(person, "language fr")
    else:
        await asks_aloud(person, WEEKLY)
    return person


def left(person: Person, **changed: Any) -> dict[str, Any]:
    """The bot is taken out of where this person is."""
    members = {"membersRemoved": [{"id": BOT}], "membersAdded": None}
    return person.joins(**{**members, **changed})


def happens(person: Person, event: str) -> dict[str, Any]:
    """Something becomes of the channel or team where this person is."""
    told = person.activity("conversationUpdate")
    return {**told, "channelData": {**told["channelData"], "eventType": event}}


ENDS: dict[str, tuple[Kind, Any]] = {
    "taken out of a chat": ("personal", lambda who: who.installation("remove")),
    "gone from a chat": ("personal", left),
    "taken out of a team": ("channel", lambda who: who.installation("remove")),
    "gone from a team": ("channel", left),
    "taken out of a group": ("groupChat", lambda who: who.installation("remove")),
    "gone from a group": ("groupChat", left),
    "channel deleted": ("channel", lambda who: happens(who, "channelDeleted")),
    "team deleted": ("channel", lambda who: happens(who, "teamDeleted")),
    "team deleted for good": ("channel", lambda who: happens(who, "teamHardDeleted")),
    "team archived": ("channel", lambda who: happens(who, "teamArchived")),
}
STAYS: dict[str, tuple[Kind, Any]] = {
    "upgrade of a chat": ("personal", lambda who: who.installation("add-upgrade")),
    "end of an upgrade of a chat": ("personal", lambda who: who.installation("remove-upgrade")),
    "upgrade of a team": ("channel", lambda who: who.installation("add-upgrade")),
    "end of an upgrade of a team": ("channel", lambda who: who.installation("remove-upgrade")),
    "somebody else left": ("channel", lambda who: left(who, membersRemoved=[{"id": "29:1SAM"}])),
    "channel renamed": ("channel", lambda who: happens(who, "channelRenamed")),
    "channel made": ("channel", lambda who: happens(who, "channelCreated")),
    "channel back": ("channel", lambda who: happens(who, "channelRestored")),
    "team renamed": ("channel", lambda who: happens(who, "teamRenamed")),
    "team back": ("channel", lambda who: happens(who, "teamUnarchived")),
    "in a message": (
        "channel",
        lambda who: {**happens(who, "teamDeleted"), "type": "messageReaction"},
    ),
}


async def test_what_ends_leaves_nothing_and_gets_nothing(
    bot: Bot, teams: FakeTeams, tmp_path: Path
):
    """Each of them at once, each told twice; then everything that is due goes out."""
    ended = {name: await kept_in(bot, kind) for name, (kind, _) in ENDS.items()}
    stays = {name: await kept_in(bot, kind) for name, (kind, _) in STAYS.items()}
    everybody = [(ended[name], tell) for name, (_, tell) in ENDS.items()]
    everybody += [(stays[name], tell) for name, (_, tell) in STAYS.items()]
    teams.calls.clear()
    for person, tell in everybody * 2:
        assert (await bot.deliver(tell(person))).status == 202
    await settle(bot)
    await asyncio.sleep(0.3)
    assert {call.path: call.body for call in teams.calls} == {}, "and nobody is told"
    await deliver(bot, tmp_path, in_days(2, 10))
    got = {call.conversation for call in teams.calls}
    assert {name for name, person in ended.items() if person.channel in got} == set()
    assert {name for name, person in stays.items() if person.channel not in got} == set()
    for name, person in ended.items():
        assert rows_naming(tmp_path, person.where) == [], name
    for name in ("taken out of a chat", "gone from a chat"):
        assert rows_naming(tmp_path, ended[name].user) == [], name


async def test_a_team_ends_with_all_its_channels_and_nothing_else_does(
    bot: Bot, teams: FakeTeams, tmp_path: Path
):
    one, two, other = [await kept_in(bot, "channel") for _ in range(3)]
    mine = Person(bot, user=one.user)
    await asks(mine, REMINDER)
    said = two.message("weekly")
    said["channelData"]["team"] = {"id": one.team}
    await two.after(said)
    await asyncio.sleep(0.3)
    await one.after(happens(one, "teamDeleted"))
    teams.calls.clear()
    await deliver(bot, tmp_path, in_days(2, 10))
    got = {call.conversation for call in teams.calls}
    assert got == {other.channel, mine.conversation}


async def test_a_channel_ends_alone(bot: Bot, teams: FakeTeams, tmp_path: Path):
    """What is told in one channel may be of another one of the same team."""
    here, there = await kept_in(bot, "channel"), await kept_in(bot, "channel")
    told = happens(here, "channelDeleted")
    told["channelData"]["channel"] = {"id": there.channel}
    await bot.deliver(told)
    await settle(bot)
    teams.calls.clear()
    await deliver(bot, tmp_path, in_days(2, 10))
    assert [call.conversation for call in teams.calls] == [here.channel]


@pytest.mark.parametrize("kind", ["personal", "channel"])
async def test_who_comes_back_begins_anew(bot: Bot, teams: FakeTeams, tmp_path: Path, kind: Kind):
    person = await kept_in(bot, kind)
    await person.after(person.installation("remove"))
    (welcome,) = await person.after(person.installation("add"))
    assert heading(welcome.card) == "Hello, I'm Ally Nudge"
    assert not is_french(welcome.card)
    teams.calls.clear()
    await deliver(bot, tmp_path, in_days(2, 10))
    assert teams.calls == []
    if kind == "personal":
        told = await asks(person, "reminders")
        assert "You have no reminders" in seen(told)
    await kept_in(bot, kind, where=person.where, user=person.user)
    teams.calls.clear()
    await deliver(bot, tmp_path, in_days(4, 10))
    assert [call.conversation for call in teams.calls] == [person.channel]


async def test_who_installs_it_for_others_is_a_manager(bot: Bot, tmp_path: Path):
    alone, first, second = Person(bot), Person(bot, "channel"), Person(bot, "groupChat")
    for person in (alone, first, second):
        await person.after(person.installation("add"))
        await person.after(person.installation("add-upgrade"))
    await asyncio.sleep(0.2)
    assert kept(tmp_path, "SELECT person FROM managers") == [first.key]


async def test_an_organization_that_is_not_served_ends_and_begins_nothing(
    start_bot: StartBot, bot: Bot, tmp_path: Path
):
    people = [await kept_in(bot, kind) for kind in ("personal", "channel", "groupChat")]
    before = [rows_naming(tmp_path, person.where) for person in people]
    assert all(before)
    url = f"sqlite:///{tmp_path}/ally.db"
    other = await start_bot("--no-deliver", DATABASE_URL=url, TEAMS_ALLOWED_TENANTS="another")
    for person in people:
        for event in ("remove", "add"):
            await other.deliver(person.installation(event))
        for event in ("channelDeleted", "teamDeleted"):
            await other.deliver(happens(person, event))
        await other.deliver(left(person))
        await other.deliver(person.message("forget me", serviceUrl=bot.teams.service_url_of("x")))
    await settle(bot)
    await asyncio.sleep(0.5)
    assert [rows_naming(tmp_path, person.where) for person in people] == before
    assert kept(tmp_path, "SELECT person FROM managers") == []
    assert not any("/x/" in url for url in kept(tmp_path, "SELECT service_url FROM addresses"))


@pytest.mark.parametrize(
    "data",
    [None, [], "x", {"eventType": 5}, {"eventType": "channelDeleted"}, {"eventType": "teamDeleted"}]
    + [{"eventType": "channelDeleted", "channel": channel} for channel in (None, 5, {"id": ["x"]})]
    + [{"eventType": "teamDeleted", "team": team} for team in ("x", {}, {"id": ""})],
)
async def test_odd_ends_are_none(bot: Bot, tmp_path: Path, data: Any):
    person = await kept_in(bot, "channel")
    told = person.activity("conversationUpdate", channelData=data)
    assert (await bot.deliver(told)).status == 202
    await settle(bot)
    assert kept(tmp_path, "SELECT channel FROM weeklies")

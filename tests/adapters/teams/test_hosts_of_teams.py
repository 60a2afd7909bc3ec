"""Where the bot sends to: Teams' own service and login, whatever an activity or an answer says."""

import asyncio
from typing import Any

import pytest

from tests.adapters.teams.answering import Answer, until
from tests.adapters.teams.conftest import StartBot
from tests.adapters.teams.fake_teams import FakeTeams
from tests.adapters.teams.people import Person, settle
from tests.adapters.teams.serving import Bot


def foreign(teams: FakeTeams) -> list[str]:
    """Addresses that are not Teams', in shapes that are taken for one when read carelessly."""
    host, sink = teams.host, teams.sink
    port = sink.partition(":")[2]
    return [
        "https://evil.example/",
        f"http://{sink}/amer/",
        f"https://{sink}/amer/",
        f"http://localhost:{port}/",
        f"http://[::1]:{port}/",
        f"http://2130706433:{port}/",
        f"http://127.1:{port}/",
        "https://169.254.169.254/latest/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://evil-smba.trafficmanager.net/",
        "https://trafficmanager.net/",
        "https://evil.trafficmanager.net/",
        "https://evil.example/smba.trafficmanager.net/",
        "https://evil.example?smba.trafficmanager.net/",
        "https://evil.example#smba.trafficmanager.net/",
        "https://smba.trafficmanager.net@evil.example/",
        "https://smba.trafficmanager.net:x@evil.example/",
        "https://evil.example\\@smba.trafficmanager.net/",
        "https://user:word@smba.trafficmanager.net/",
        "https://smba.trafficmanager.net:8443/",
        "http://smba.trafficmanager.net/",
        "//smba.trafficmanager.net/",
        "smba.trafficmanager.net",
        "file:///etc/passwd",
        "ftp://smba.trafficmanager.net/",
        "https://smba。trafficmanager.net/",
        "https://smba.trafficmanager.net\n.evil.example/",
        " https://smba.trafficmanager.net/",
        "https://smba.trafficmanager.net /",
        "https://",
        "nonsense",
        f"http://{host}@{sink}/",
        f"http://{host}:x@{sink}/",
        f"http://{sink}/{host}/",
        f"http://{sink}#@{host}/",
        f"http://{sink}\\@{host}/",
        f"http://{host}.evil.example/",
    ]


async def test_nothing_is_sent_to_where_teams_does_not_live(start_bot: StartBot, teams: FakeTeams):
    """Though Teams itself vouched for it: whoever has its key must not get the bot's token."""
    bot = await start_bot()
    for address in foreign(teams):
        for person in (
            Person(bot, service_url=address),
            Person(bot, "channel", service_url=address),
        ):
            for activity in (
                person.message("check"),
                person.submit("help"),
                person.execute("help"),
                person.query("manel"),
                person.installation("add"),
            ):
                posted = await bot.deliver(activity)
                assert (address, posted.status) in ((address, 403), (address, 401))
                assert posted.text == ""
    await asyncio.sleep(0.2)
    assert teams.calls == []
    assert teams.login.count("token") == 0
    assert len(await Person(bot).says("help")) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_the_connector_leads_nowhere_else(bot: Bot, teams: FakeTeams, status: int):
    person, asking = Person(bot), Person(bot, "channel")
    teams.will_answer(person.conversation, Answer.elsewhere(f"http://{teams.sink}/x", status))
    assert len(await person.says("help")) == 1
    teams.will_answer_chats(Answer.elsewhere(f"http://{teams.sink}/x", status))
    calls = await asking.says("check")
    assert [call.makes_chat for call in calls] == [True, False]
    # Not even to another place of its own.
    teams.will_answer(person.conversation, Answer.elsewhere(teams.service_url, status))
    assert len(await person.says("help")) == 1


@pytest.mark.parametrize("status", [302, 307])
async def test_the_login_leads_nowhere_else(start_bot: StartBot, teams: FakeTeams, status: int):
    bot = await start_bot()
    person = Person(bot)
    away = Answer.elsewhere(f"http://{teams.sink}/x", status)
    for what in ("metadata", "keys"):
        teams.login.answers = {what: away}
        assert (await bot.deliver(person.message("help"))).status in (401, 503)
    teams.login.answers = {"token": away}
    assert (await bot.deliver(person.message("help"))).status == 202
    await until(lambda: teams.login.count("token"))
    await asyncio.sleep(0.1)
    assert teams.calls == []
    teams.login.answers.clear()
    assert len(await person.says("help")) >= 1


async def test_the_metadata_lead_nowhere_else(start_bot: StartBot, teams: FakeTeams):
    bot = await start_bot()
    teams.login.answers["metadata"] = Answer.data({"jwks_uri": f"http://{teams.sink}/keys"})
    posted = await bot.deliver(Person(bot).message("help"))
    assert posted.status in (401, 503)
    await asyncio.sleep(0.1)


async def test_the_newest_address_of_the_service_is_the_one_that_is_used(
    bot: Bot, teams: FakeTeams
):
    person = Person(bot)
    await person.says("help")
    moved = teams.service_url_of("emea")
    await person.says("help", serviceUrl=moved)
    await person.says("help", serviceUrl=moved.rstrip("/"))
    assert [call.region for call in person.calls] == ["amer", "emea", "emea"]


ODD = [
    "a:1/../../../evil",
    "a:1?x=1&isTargetedActivity=true#y",
    "19:é ü@thread.v2",
    "%2e%2e%2f%00",
    "..",
    "a:1;messageid=5",
    "a\\b",
    "a\r\nX: y",
]


@pytest.mark.parametrize("odd", ODD)
async def test_an_id_stays_one_part_of_a_path(bot: Bot, teams: FakeTeams, odd: str):
    teams.conversations.add(odd)
    for changed in ({"conversation": {"id": odd, "conversationType": "personal"}}, {"id": odd}):
        person = Person(bot)
        said = person.message("help", **changed)
        await bot.deliver(said)
        await settle(bot)
        sent = [(call.conversation, call.activity) for call in teams.calls]
        assert sent in ([], [(said["conversation"]["id"], said["id"])])
        teams.calls.clear()


# Whom the bot serves.


STRANGERS = "00000000-0000-4000-8000-00000000dead"


async def test_without_a_list_everybody_who_reaches_the_bot_is_served(bot: Bot):
    (call,) = await Person(bot, tenant=STRANGERS).says("what is a manel?")
    assert call.card


def _said(answer: Any) -> str:
    return str(answer).casefold()


async def test_strangers_are_refused_politely_and_told_nothing_else(
    start_bot: StartBot, teams: FakeTeams
):
    ours = "7E4A0000-0000-4000-8000-0000000000F0"  # in capitals, as some portals show it
    bot = await start_bot(TEAMS_ALLOWED_TENANTS=f"another, {ours}")
    assert (await Person(bot).says("what is a manel?"))[0].card
    for kind in ("personal", "channel", "groupChat"):
        person = Person(bot, kind, tenant=STRANGERS)
        for text in ("what is a manel?", "check", "say he called her a girl"):
            (call,) = await person.says(text)
            assert call.conversation == person.conversation
            assert call.text
            assert "attachments" not in call.body
            assert "men alone" not in _said(call.body)
    person = Person(bot, tenant=STRANGERS)
    for activity in (person.execute("define manel"), person.query("manel")):
        posted = await bot.deliver(activity)
        assert posted.status == 200
        assert "men alone" not in _said(posted.text)
    for call in await person.submits("define manel"):
        assert "men alone" not in _said(call.body)
    await bot.deliver(person.installation("add"))
    await settle(bot)
    assert "men alone" not in _said([call.body for call in person.calls])
    assert all("attachments" not in call.body for call in person.calls)


async def test_who_comes_from_nowhere_is_a_stranger(start_bot: StartBot):
    bot = await start_bot(TEAMS_ALLOWED_TENANTS="another")
    person = Person(bot)
    odd: tuple[Any, ...] = (None, {}, {"tenant": None}, {"tenant": {"id": 5}})
    for data in odd:
        for said in (
            person.message("what is a manel?", channelData=data),
            person.message("what is a manel?", channelData=data, conversation=_nowhere(person)),
        ):
            for call in await person.after(said):
                assert "men alone" not in _said(call.body)


def _nowhere(person: Person) -> dict[str, Any]:
    return {"id": person.conversation, "conversationType": "personal"}

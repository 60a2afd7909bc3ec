"""What somebody is in their Slack, and what they may do then; and the time zone they have there."""

import pytest

from tests.adapters.answering import until
from tests.adapters.slack.conftest import StartBot
from tests.adapters.slack.fake_slack import Answer, FakeSlack
from tests.adapters.slack.judging import heading, words
from tests.adapters.slack.people import Person, delivery, mention, settle
from tests.adapters.slack.serving import Bot

WEEKLY = "weekly every Monday at 10:00"
REFUSED = "Guests can look, but not change"


@pytest.fixture
def bot(quiet: Bot) -> Bot:
    return quiet


@pytest.mark.parametrize("flag", ["is_restricted", "is_ultra_restricted", "is_stranger"])
async def test_a_guest_sets_up_no_tips(person: Person, slack: FakeSlack, flag: str):
    slack.people[person.user] = {flag: True}
    assert REFUSED in words(await person.asks(WEEKLY))
    await settle(person.bot)
    assert slack.called("chat.postMessage") == []
    assert person.bot.stored("channel FROM weeklies") == []


async def test_people_of_other_organizations_are_guests_whatever_slack_tells(
    person: Person, slack: FakeSlack
):
    slack.people[person.user] = {"is_admin": True}
    home = {"id": person.user, "username": "somebody", "team_id": "T0ELSEWHERE"}
    assert REFUSED in words(await person.presses(WEEKLY, user=home))
    event = mention(person, WEEKLY) | {"user_team": "T0ELSEWHERE"}
    await person.bot.event(delivery(event, is_ext_shared_channel=True))
    await until(lambda: slack.called("chat.postEphemeral"))
    (call,) = slack.called("chat.postEphemeral")
    assert REFUSED in words(call.arguments)
    assert person.bot.stored("channel FROM weeklies") == []


async def test_an_admin_leaves_the_tips_to_managers_and_names_one(bot: Bot, slack: FakeSlack):
    admin, member, manager = Person(bot), Person(bot), Person(bot)
    slack.people[admin.user] = {"is_owner": True}
    refused = await member.asks("settings weekly managers")
    assert "Only an admin of this workspace" in words(refused)
    assert "Managers and admins only" in words(await admin.asks("settings weekly managers"))
    assert "only managers set up" in words(await member.asks(WEEKLY))
    slack.sharers.add(manager.user)
    assert f"<@{manager.user}>" in words(await admin.asks(f"settings add <@{manager.user}|kim>"))
    assert bot.stored("person FROM managers") == [(f"slack:T0FAKE/{manager.user}",)]
    assert heading(await manager.sets_up()) == "The weekly tip is on"
    assert heading(await admin.sets_up()) == "The weekly tip is on"
    assert [post["channel"] for post in slack.public] == [manager.channel, admin.channel]


async def test_nobody_is_named_by_words_alone(bot: Bot, slack: FakeSlack):
    admin = Person(bot)
    slack.people[admin.user] = {"is_admin": True}
    assert "Whom?" in words(await admin.asks("settings add @kim &lt;@U0FAKE&gt;"))
    assert bot.stored("person FROM managers") == []


async def test_one_question_tells_language_zone_and_role(person: Person, slack: FakeSlack):
    slack.locales[person.user] = "fr-CA"
    assert heading(await person.asks("manel")) == "Panel exclusivement masculin"
    await person.asks("rappelle-moi de féliciter Kim demain à 9 h")
    await person.asks("settings")
    await settle(person.bot)
    assert len(slack.called("users.info")) == 1


@pytest.mark.parametrize(
    ("told", "zone"),
    [
        pytest.param({"tz": "Europe/Paris"}, "Paris", id="Paris"),
        pytest.param({"tz": "America/St_Johns"}, "St. John", id="half an hour off"),
        pytest.param({"tz": "Mars/Olympus"}, "UTC", id="no zone there is"),
        pytest.param({"tz": None}, "UTC", id="none"),
        pytest.param({"tz": 5}, "UTC", id="no name"),
    ],
)
async def test_times_are_meant_in_the_zone_that_somebody_has_in_slack(
    person: Person, slack: FakeSlack, told: dict, zone: str
):
    slack.people[person.user] = told
    kept = words(await person.asks("remind me about sponsorship tomorrow at 9:00"))
    assert zone in kept
    assert ("I don't know your time zone" in kept) is (zone == "UTC")


async def test_without_a_zone_of_their_own_that_of_the_workspace_counts(bot: Bot, slack: FakeSlack):
    admin, person = Person(bot), Person(bot)
    slack.people |= {admin.user: {"is_admin": True}, person.user: {"tz": None}}
    await admin.asks("settings zone Vancouver")
    said = "remind me about sponsorship tomorrow at 9:00"
    assert "Vancouver" in words(await person.asks(said))
    await person.asks("timezone Halifax")
    assert "Halifax" in words(await person.asks(said))


async def test_a_slow_slack_delays_no_ack_and_the_answer_comes_without_it(
    person: Person, slack: FakeSlack
):
    slack.people[person.user] = {"is_restricted": True}
    slack.answers["users.info"] = Answer(delay=5)
    url = slack.response_url()
    posted = await person.types("settings", url=url)
    assert (posted.status, posted.text) == (200, "")
    assert posted.seconds < 0.5
    assert heading(await url.first(seconds=3)) == "Settings of this workspace"


async def test_without_the_scope_everything_else_works(start_bot: StartBot, slack: FakeSlack):
    bot = await start_bot("--no-deliver")
    slack.answers["users.info"] = Answer.error("missing_scope")
    admin, person = Person(bot), Person(bot)
    slack.people[admin.user] = {"is_admin": True}
    assert "Only an admin" in words(await admin.asks("settings weekly managers"))
    told = await person.sets_up("weekly every Monday at 10:00 in Toronto")
    assert heading(told) == "The weekly tip is on"
    kept = await person.asks("remind me about sponsorship tomorrow at 9:00")
    assert "I don't know your time zone" in words(kept)
    assert "scope" not in words(kept)
    assert len(slack.called("users.info")) == 1

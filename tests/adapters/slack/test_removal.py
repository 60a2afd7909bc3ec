"""A workspace that takes the bot away leaves nothing behind, however Slack tells it."""

from datetime import timedelta

import pytest

from adapters.store.tables import metadata
from tests.adapters.slack.fake_slack import FakeSlack
from tests.adapters.slack.judging import heading, words
from tests.adapters.slack.mondays import at_ten, next_monday
from tests.adapters.slack.people import BOT_USER, TEAM, Person, revoked, settle, uninstalled
from tests.adapters.slack.serving import Bot

OTHER = "T0OTHER"


@pytest.fixture
def bot(quiet: Bot) -> Bot:
    return quiet


async def moves_in(person: Person) -> None:
    """Somebody leaves traces in every way there is, and who has the same id elsewhere some too."""
    bot, slack = person.bot, person.bot.slack
    await person.sets_up()
    for said in ("language en", "timezone Toronto", "remind me about sponsorship on 1 May at 9:00"):
        await person.asks(said)
        await person.asks(said, team_id=OTHER)
    admin = Person(bot)
    slack.people[admin.user] = {"is_admin": True}
    slack.sharers.add(admin.user)
    await admin.asks(f"settings add <@{admin.user}|sam>")
    await admin.asks("settings weekly managers")
    await bot.deliver(at_ten(next_monday()))
    kept = {"preferences", "houses", "managers", "reminders", "weeklies", "used_tips", "deliveries"}
    assert traces(bot, TEAM) == {*kept, "limits"}


def traces(bot: Bot, team: str) -> set[str]:
    """The tables that have the name of a workspace, anywhere."""
    return {
        table
        for table in metadata.tables
        for row in bot.stored(f"* FROM {table}")
        if any(f"slack:{team}" in str(value) for value in row)
    }


ORDERS = {
    "uninstalled": [uninstalled],
    "revoked": [lambda: revoked(bot=[BOT_USER])],
    "first the one": [uninstalled, lambda: revoked(bot=[BOT_USER], oauth=["U1"])],
    "first the other": [lambda: revoked(bot=[BOT_USER]), uninstalled],
    "again and again": [uninstalled, uninstalled, lambda: revoked(bot=[BOT_USER]), uninstalled],
}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
async def test_nothing_stays_and_nothing_goes_out_and_a_new_start_is_new(
    person: Person, slack: FakeSlack, order: list
):
    await moves_in(person)
    elsewhere = traces(person.bot, OTHER)
    for event in order:
        posted = await person.bot.event(event())
        assert (posted.status, posted.text) == (200, "")
        assert traces(person.bot, TEAM) == set()
    assert traces(person.bot, OTHER) == elsewhere != set()
    slack.calls.clear()
    await person.bot.deliver(at_ten(next_monday() + timedelta(days=7)))
    assert slack.called("chat.postMessage") == []
    assert "You have no reminders" in words(await person.asks("reminders"))
    assert "Nothing." in words(await person.asks("my data"))
    assert "no weekly tip yet" in words(await person.asks("weekly"))
    assert heading(await person.sets_up()) == "The weekly tip is on"
    for name in (TEAM, person.user, person.channel):
        assert name not in person.bot.output


@pytest.mark.parametrize(
    "tokens",
    [{"oauth": ["U1"]}, {"oauth": ["U1"], "bot": []}, {}],
    ids=["of a person", "of no bot", "of nobody"],
)
async def test_the_token_of_a_person_is_not_the_bots(person: Person, tokens: dict):
    await person.asks("remind me to thank Ann tomorrow")
    assert (await person.bot.event(revoked(**tokens))).status == 200
    assert "thank Ann" in words(await person.asks("reminders"))


async def test_what_the_database_could_not_do_slack_tells_again(person: Person):
    await person.asks("remind me to thank Ann tomorrow")
    event = uninstalled()
    with person.bot.database() as database:
        database.execute("BEGIN IMMEDIATE")
        posted = await person.bot.event(event)
        assert posted.status == 503
        assert posted.seconds < 3
        database.rollback()
    again = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_error"}
    assert (await person.bot.event(event, headers=again)).status == 200
    assert traces(person.bot, TEAM) == set()


async def test_what_slack_tells_late_does_not_end_a_new_start(person: Person):
    event = uninstalled()
    assert (await person.bot.event(event)).status == 200
    await person.asks("remind me to thank Ann tomorrow")
    assert (await person.bot.event(event, headers={"X-Slack-Retry-Num": "1"})).status == 200
    assert "thank Ann" in words(await person.asks("reminders"))


async def test_what_was_known_of_people_is_forgotten_too(person: Person, slack: FakeSlack):
    for _ in range(2):
        await person.asks("manel")
    assert len(slack.called("users.info")) == 1
    await person.bot.event(uninstalled())
    await person.asks("manel")
    await settle(person.bot)
    assert len(slack.called("users.info")) == 2

"""Channels where the bot reads along: who posts there, who allowed nudges, and who wants them."""

from typing import Any

from tests.adapters.teams.answering import until
from tests.adapters.teams.fake_teams import Call
from tests.adapters.teams.keeping import asks
from tests.adapters.teams.people import Person, settle
from tests.adapters.teams.serving import Bot

ADMIN = "29:1ADMIN"
SAID = "Hey guys, we start at nine"


def posting(person: Person, text: str, html: str = "", **changed: Any) -> dict[str, Any]:
    """A message to everybody in the channel, with no mention of the bot."""
    page = html or f"<div><div>{text}</div></div>"
    said: dict[str, Any] = {
        "text": text,
        "textFormat": "plain",
        "attachments": [{"contentType": "text/html", "content": page}],
    }
    return person.activity("message", **{**said, **changed})


def editing(person: Person, message: dict[str, Any], text: str) -> dict[str, Any]:
    """The author changes what they posted."""
    changed = posting(person, text, id=message["id"])
    data = changed["channelData"] | {"eventType": "editMessage"}
    return changed | {"type": "messageUpdate", "channelData": data}


def deleting(person: Person, message: dict[str, Any]) -> dict[str, Any]:
    """The author takes back what they posted."""
    changed = person.activity("messageDelete", id=message["id"])
    data = changed["channelData"] | {"eventType": "softDeleteMessage"}
    return changed | {"channelData": data}


async def posts(person: Person, text: str = SAID, html: str = "", **changed: Any) -> list[Call]:
    """Writes to everybody in the channel; what the bot sent then, anywhere."""
    return await tells(person, posting(person, text, html, **changed))


async def tells(person: Person, activity: dict[str, Any]) -> list[Call]:
    """Teams tells the bot of something; what the bot sent then, anywhere."""
    seen = len(person.bot.teams.calls)
    posted = await person.bot.deliver(activity)
    assert (posted.status, posted.text) == (202, "")
    await settle(person.bot)
    return person.bot.teams.calls[seen:]


async def wants(person: Person, command: str = "nudges on") -> Call:
    """Says so in the own chat with the bot."""
    return await asks(alone(person), command)


def alone(person: Person) -> Person:
    """The same person in the own chat with the bot."""
    return Person(person.bot, user=person.user, tenant=person.tenant, locale=person.locale)


async def allow(person: Person, command: str = "nudges here on") -> None:
    """The admin says so in the channel where somebody is."""
    bot = person.bot
    admin = Person(bot, person.kind, person.tenant, user=ADMIN, where=person.where)
    first = Person(bot, "channel", person.tenant, user=ADMIN)
    await bot.deliver(first.installation("add"))
    await settle(bot)
    before = len(bot.teams.calls)
    await bot.deliver(admin.message(command))
    await until(lambda: any(_ends(call) for call in bot.teams.calls[before:]), 15)
    await settle(bot)


def _ends(call: Call) -> bool:
    """Whether it is the last that is said: the line in the thread, or the answer in its place."""
    return call.targeted or bool(call.activity)


async def author(bot: Bot, **given: Any) -> Person:
    """Somebody who wants nudges, in a channel where they are allowed."""
    person = Person(bot, "channel", **given)
    await allow(person)
    await wants(person)
    bot.teams.calls.clear()
    bot.teams.reads.clear()
    return person

"""What comes in over HTTP: nothing breaks the server, and what is not for the bot has no effect."""

import asyncio
import gzip
import json
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from tests.adapters.serving import JSON
from tests.adapters.teams.answering import Answer, until
from tests.adapters.teams.fake_teams import BOT, FakeTeams
from tests.adapters.teams.people import Person, settle
from tests.adapters.teams.serving import Bot

DEEP = b'{"type": "message", "value": ' + 90_000 * b"[" + 90_000 * b"]" + b"}"
HELP = b'{"type": "message", "text": "help"}'

_numbers = count(1)

# Body, content type and what is answered.
MALFORMED = [
    pytest.param(HELP, "", 415, id="no content type"),
    pytest.param(HELP, "text/plain", 415, id="text"),
    pytest.param(HELP, "nonsense", 415, id="no content type that there is"),
    pytest.param(HELP, "application/x-www-form-urlencoded", 415, id="form"),
    pytest.param(HELP, "multipart/form-data; boundary=x", 415, id="multipart"),
    pytest.param(b"", "", 415, id="nothing at all"),
    pytest.param(b"", JSON, 400, id="empty"),
    pytest.param(b"{", JSON, 400, id="half an object"),
    pytest.param(b"nonsense", JSON, 400, id="no JSON"),
    pytest.param(b"[]", JSON, 400, id="array"),
    pytest.param(b'"text"', JSON, 400, id="string"),
    pytest.param(b"null", JSON, 400, id="null"),
    pytest.param(b"5", JSON, 400, id="number"),
    pytest.param(b"{}", JSON, 400, id="empty object"),
    pytest.param(b'{"text": "help"}', JSON, 400, id="no type"),
    pytest.param(b'{"type": ""}', JSON, 400, id="empty type"),
    pytest.param(b'{"type": 5}', JSON, 400, id="a number for a type"),
    pytest.param(b'{"type": ["message"]}', JSON, 400, id="a list of types"),
    pytest.param(b'{"type": "\xff"}', JSON, 400, id="not UTF-8"),
    pytest.param(HELP.decode().encode("utf-16"), JSON, 400, id="UTF-16"),
    pytest.param(DEEP, JSON, 400, id="nested too deeply"),
    pytest.param(b'{"type": "message", "value": ' + 9999 * b"9" + b"}", JSON, 400, id="too long"),
    pytest.param(b'{"type": "' + 2 * 1024 * 1024 * b"x" + b'"}', JSON, 413, id="two megabytes"),
]


@pytest.mark.parametrize(("body", "content_type", "status"), MALFORMED)
async def test_nonsense_is_refused_and_breaks_nothing(
    bot: Bot, teams: FakeTeams, body: bytes, content_type: str, status: int
):
    posted = await bot.post(body, content_type)
    assert posted.status == status
    assert "Traceback" not in posted.text
    unvouched = await bot.post(body, content_type, authorization="")
    assert 400 <= unvouched.status < 500
    await settle(bot)
    assert teams.calls == []


async def test_a_small_body_that_grows_large_is_refused(bot: Bot):
    body = gzip.compress(b'{"type": "' + 4 * 1024 * 1024 * b"x" + b'"}')
    posted = await bot.post(body, headers={"Content-Encoding": "gzip", "Connection": "close"})
    assert posted.status == 413
    posted = await bot.post(
        b"nonsense", headers={"Content-Encoding": "gzip", "Connection": "close"}
    )
    assert posted.status == 400
    await settle(bot)


async def test_json_may_name_its_encoding(person: Person):
    body = json.dumps(person.message("définir manel"), ensure_ascii=False).encode()
    posted = await person.bot.post(body, "application/json; charset=utf-8")
    assert posted.status == 202
    await until(lambda: person.calls)


async def test_only_posts_are_taken(bot: Bot):
    assert await bot.get("/api/messages") == 405


async def test_a_message_is_accepted_before_it_is_answered(person: Person, teams: FakeTeams):
    teams.always_answers(person.conversation, Answer(201, delay=5))
    posted = await person.bot.deliver(person.message("help"))
    assert (posted.status, posted.text) == (202, "")
    assert posted.seconds < 1
    await until(lambda: person.calls)


async def test_a_press_is_answered_though_the_connector_is_slow(person: Person, teams: FakeTeams):
    teams.always_answers(person.conversation, Answer(201, delay=5))
    await person.bot.deliver(person.message("help"))
    await until(lambda: person.calls)
    posted = await person.press("define manel")
    assert posted.status == 200
    assert posted.seconds < 1


# What is not for the bot.


def _edited(kind: str, event: str) -> dict[str, Any]:
    return {"type": kind, "channelData": {"eventType": event, "tenant": {"id": "T"}}}


WITHOUT_EFFECT: dict[str, dict[str, Any]] = {
    "typing": {"type": "typing"},
    "a type that nobody knows": {"type": "noSuchType"},
    "a message's type in capitals": {"type": "MESSAGE"},
    "the end of a conversation": {"type": "endOfConversation", "code": "completedSuccessfully"},
    "an event": {"type": "event", "name": "x", "value": {"command": "help"}},
    "a trace": {"type": "trace", "name": "x"},
    "a reaction": {
        "type": "messageReaction",
        "reactionsAdded": [{"type": "like"}],
        "replyToId": "1790000000000",
    },
    "a reaction that is taken back": {
        "type": "messageReaction",
        "reactionsRemoved": [{"type": "like"}],
    },
    "an edit": _edited("messageUpdate", "editMessage"),
    "an edit that is taken back": _edited("messageUpdate", "undeleteMessage"),
    "a deletion": _edited("messageDelete", "softDeleteMessage"),
    "a new channel": _edited("conversationUpdate", "channelCreated"),
    "a channel that is gone": _edited("conversationUpdate", "channelDeleted"),
    "a team with a new name": _edited("conversationUpdate", "teamRenamed"),
    "a team that is kept away": _edited("conversationUpdate", "teamArchived"),
    "somebody who joins": {"type": "conversationUpdate", "membersAdded": [{"id": "29:x"}]},
    "somebody who leaves": {"type": "conversationUpdate", "membersRemoved": [{"id": "29:x"}]},
    "the bot that leaves": {"type": "conversationUpdate", "membersRemoved": [{"id": BOT}]},
    "an upgrade": {"type": "installationUpdate", "action": "add-upgrade"},
    "a removal by upgrade": {"type": "installationUpdate", "action": "remove-upgrade"},
    "a removal": {"type": "installationUpdate", "action": "remove"},
    "an action that nobody knows": {"type": "installationUpdate", "action": "explode"},
    "the bot itself": {"from": {"id": BOT, "name": "Ally Nudge"}},
    "another bot": {"from": {"id": "28:another", "name": "Another"}},
    "a bot by its role": {"from": {"id": "29:x", "role": "bot"}},
    "nobody": {"from": None},
    "somebody without an id": {"from": {"name": "Somebody"}},
    "no conversation": {"conversation": None},
    "a conversation without an id": {"conversation": {"conversationType": "personal"}},
}


@pytest.mark.parametrize("changed", WITHOUT_EFFECT.values(), ids=list(WITHOUT_EFFECT))
@pytest.mark.parametrize("kind", ["personal", "channel"])
async def test_what_is_not_for_the_bot_has_no_effect(
    bot: Bot, teams: FakeTeams, changed: dict[str, Any], kind: Any
):
    person = Person(bot, kind)
    posted = await bot.deliver(person.message("help", **changed))
    assert (posted.status, posted.text) == (202, "")
    await settle(bot)
    assert teams.calls == []


@pytest.mark.parametrize(
    "name",
    ["", "noSuchName", "task/fetch", "composeExtension/submitAction", "signin/tokenExchange"],
)
async def test_an_invoke_that_nobody_knows_is_answered_with_nothing(
    person: Person, teams: FakeTeams, name: str
):
    posted = await person.bot.deliver(person.execute("help", name=name))
    assert (posted.status, posted.message) == (200, {})
    await settle(person.bot)
    assert teams.calls == []


async def test_others_talk_in_a_channel_undisturbed(bot: Bot, teams: FakeTeams):
    for kind in ("channel", "groupChat"):
        person = Person(bot, kind)
        said = person.message("help", text="help", entities=[])
        assert await person.after(said) == []
        other = {"id": "29:other", "name": "Another"}
        mention = {"type": "mention", "text": "<at>Another</at>", "mentioned": other}
        said = person.message("help", text="<at>Another</at> help", entities=[mention])
        assert await person.after(said) == []
    assert teams.calls == []


# The same once more.


async def test_the_same_message_again_has_no_effect(person: Person):
    said = person.message("help")
    assert len(await person.after(said)) == 1
    assert await person.after(said) == []
    posted = await asyncio.gather(*(person.bot.deliver(said) for _ in range(10)))
    assert {again.status for again in posted} == {202}
    await settle(person.bot)
    assert len(person.calls) == 1


async def test_the_same_message_many_times_at_once_is_answered_once(person: Person):
    said = person.message("help")
    posted = await asyncio.gather(*(person.bot.deliver(said) for _ in range(20)))
    assert {again.status for again in posted} == {202}
    await settle(person.bot)
    assert len(person.calls) == 1


async def test_the_same_press_again_in_an_old_client_has_no_effect(person: Person):
    said = person.submit("define manel")
    assert len(await person.after(said)) == 1
    assert await person.after(said) == []


async def test_the_same_number_elsewhere_is_another_message(bot: Bot):
    first, second = Person(bot), Person(bot)
    said = first.message("help")
    assert len(await first.after(said)) == 1
    assert len(await second.after(second.message("help", id=said["id"]))) == 1


async def test_equal_ids_in_two_organizations_are_two_messages(bot: Bot):
    ours = Person(bot)
    theirs = Person(bot, tenant="another-tenant", user=ours.user, where=ours.where)
    said = ours.message("help")
    assert len(await ours.after(said)) == 1
    assert len(await theirs.after(theirs.message("help", id=said["id"]))) == 1


# Odd values in every place.


def _variations(value: Any) -> Iterator[Any]:
    """An activity with each of its values in turn gone or replaced by something unfitting."""
    if not isinstance(value, dict | list):
        return
    keys = range(len(value)) if isinstance(value, list) else list(value)
    for key in keys:
        for unfitting in (None, True, 5, "", [], {}, [5], {"x": 5}):
            changed = value.copy()
            changed[key] = unfitting
            yield changed
        changed = value.copy()
        del changed[key]
        yield changed
        for inner in _variations(value[key]):
            changed = value.copy()
            changed[key] = inner
            yield changed


ACTIVITIES = {
    "a message": lambda bot: Person(bot).message("help"),
    "a message in a channel": lambda bot: Person(bot, "channel").message("check"),
    "a message in a group": lambda bot: Person(bot, "groupChat").message("check"),
    "a press": lambda bot: Person(bot).execute("define manel"),
    "a press in an old client": lambda bot: Person(bot).submit("define manel"),
    "a press in a channel": lambda bot: Person(bot, "channel").submit("define manel"),
    "a query": lambda bot: Person(bot).query("manel"),
    "an installation": lambda bot: Person(bot).installation("add"),
    "an installation in a team": lambda bot: Person(bot, "channel").installation("add"),
    "a conversation that begins": lambda bot: Person(bot).joins(),
}


@pytest.mark.parametrize("make", ACTIVITIES.values(), ids=list(ACTIVITIES))
async def test_no_value_of_an_activity_breaks_the_server(bot: Bot, teams: FakeTeams, make: Any):
    activity = make(bot)
    variations = list(_variations(activity))
    assert len(variations) > 200
    for variation in variations:
        if variation.get("id") == activity["id"]:  # or it would be the same message again
            variation["id"] = f"odd-{next(_numbers)}"
    for start in range(0, len(variations), 20):
        batch = [bot.deliver(variation) for variation in variations[start : start + 20]]
        statuses = {posted.status for posted in await asyncio.gather(*batch)}
        assert statuses <= {200, 202, 400, 401, 403}
    await settle(bot, quiet_seconds=1.5)  # hundreds of answers are on their way


async def test_half_a_character_breaks_nothing(person: Person):
    half = "manel \ud83d"
    for activity in (person.message(half), person.message(half, locale=half), person.submit(half)):
        assert len(await person.after(activity)) == 1
    await person.presses(half)
    await person.looks_up(half)

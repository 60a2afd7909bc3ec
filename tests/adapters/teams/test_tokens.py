"""Whose requests are heard: those that Teams vouches for, whatever else is sent along."""

import asyncio
from collections.abc import Callable
from time import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.adapters.teams.answering import Answer, until
from tests.adapters.teams.conftest import StartBot
from tests.adapters.teams.fake_login import (
    FIRST,
    OF_ANOTHER_CHANNEL,
    UNENDORSED,
    UNPUBLISHED,
    Key,
    claims,
    sign,
)
from tests.adapters.teams.fake_teams import FakeTeams
from tests.adapters.teams.people import Person, settle
from tests.adapters.teams.serving import Bot

EMULATOR = "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"
MOST_FETCHES = 6
"""How often the keys may be fetched, whatever keys are named within seconds."""


async def test_what_teams_vouches_for_is_heard(person: Person):
    (call,) = await person.says("what is a manel?")
    assert call.card


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(lambda now: {"exp": now - 200}, id="just expired"),
        pytest.param(lambda now: {"nbf": now + 200}, id="valid in a moment"),
        pytest.param(lambda now: {"another": "claim"}, id="with a claim that nobody knows"),
    ],
)
async def test_clocks_may_be_a_little_off(person: Person, changed: Callable[[int], dict[str, Any]]):
    token = person.bot.signed(claims(person.service_url, **changed(int(time()))))
    posted = await person.bot.deliver(person.message("help"), authorization=f"Bearer {token}")
    assert posted.status == 202
    await until(lambda: person.calls)


def _with_public_key_as_secret(service_url: str) -> str:
    """A token whose maker takes the published key for a shared secret."""
    public = FIRST.private.public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    header = jwt.utils.base64url_encode(b'{"alg":"HS256","typ":"JWT","kid":"the-first-key"}')
    body = sign(claims(service_url)).split(".")[1].encode()
    signed = jwt.get_algorithm_by_name("HS256").sign(header + b"." + body, pem)
    return b".".join((header, body, jwt.utils.base64url_encode(signed))).decode()


def _tampered(service_url: str) -> str:
    """A signed token with the words of another one."""
    head, _, signature = sign(claims(service_url)).split(".")
    return ".".join((head, sign(claims(service_url, x="y")).split(".")[1], signature))


def _claims(**changed: Any) -> Callable[[str], str]:
    return lambda url: "Bearer " + sign(claims(url, **changed))


def _signed(key: Key = FIRST, **headers: Any) -> Callable[[str], str]:
    return lambda url: "Bearer " + sign(claims(url), key, **headers)


NOW = int(time())

REFUSED = [
    pytest.param(lambda _: "", id="nothing"),
    pytest.param(lambda _: "Bearer", id="a scheme alone"),
    pytest.param(lambda _: "Bearer abc", id="no token"),
    pytest.param(lambda _: "Bearer a.b.c", id="no token of three parts"),
    pytest.param(lambda _: "Bearer " + 5000 * "a", id="a long one"),
    pytest.param(lambda _: "Bearer é.é.é", id="not ASCII"),
    pytest.param(lambda url: sign(claims(url)), id="no scheme"),
    pytest.param(lambda url: "Basic " + sign(claims(url)), id="another scheme"),
    pytest.param(lambda url: "Bearer " + sign(claims(url))[:-6], id="cut off"),
    pytest.param(lambda url: "Bearer " + _tampered(url), id="words of another token"),
    pytest.param(lambda url: "Bearer " + _with_public_key_as_secret(url), id="HS256, public key"),
    pytest.param(
        lambda url: "Bearer " + jwt.encode(claims(url), 32 * "s", "HS256", {"kid": FIRST.kid}),
        id="HS256",
    ),
    pytest.param(
        lambda url: "Bearer " + jwt.encode(claims(url), "", "none", {"kid": FIRST.kid}), id="none"
    ),
    pytest.param(
        lambda url: "Bearer " + jwt.encode(claims(url), FIRST.private, "RS384", {"kid": FIRST.kid}),
        id="RS384",
    ),
    pytest.param(_claims(aud="00000000-0000-4000-8000-00000000beef"), id="another bot"),
    pytest.param(_claims(aud=None), id="no bot"),
    pytest.param(_claims(aud=5), id="a number for a bot"),
    pytest.param(_claims(iss="https://api.botframework.com/"), id="almost the issuer"),
    pytest.param(_claims(iss="https://evil.example"), id="another issuer"),
    pytest.param(_claims(iss=EMULATOR), id="the emulator"),
    pytest.param(_claims(iss=None), id="no issuer"),
    pytest.param(_claims(exp=NOW - 3600), id="expired"),
    pytest.param(_claims(exp=NOW - 400), id="expired for more than five minutes"),
    pytest.param(_claims(exp=None), id="for ever"),
    pytest.param(_claims(exp="soon"), id="until no time"),
    pytest.param(_claims(nbf=NOW + 3600, exp=NOW + 7200), id="not yet valid"),
    pytest.param(_claims(serviceurl=None), id="no service"),
    pytest.param(_claims(serviceurl="https://smba.trafficmanager.net/amer/"), id="another service"),
    pytest.param(_claims(serviceurl=""), id="an empty service"),
    pytest.param(lambda url: "Bearer " + sign(claims(url.rstrip("/"))), id="almost the service"),
    pytest.param(lambda url: "Bearer " + sign(claims(url.upper())), id="the service in capitals"),
    pytest.param(_signed(UNPUBLISHED), id="a key that nobody knows"),
    pytest.param(_signed(UNENDORSED), id="a key for no channel"),
    pytest.param(_signed(OF_ANOTHER_CHANNEL), id="a key for other channels"),
    pytest.param(_signed(UNPUBLISHED, kid=FIRST.kid), id="signed with another key"),
    pytest.param(_signed(kid=""), id="no name of a key"),
    pytest.param(_signed(kid="../../etc/passwd"), id="a path for a key"),
]


@pytest.mark.parametrize("authorization", REFUSED)
async def test_what_teams_does_not_vouch_for_is_refused(
    person: Person, teams: FakeTeams, authorization: Callable[[str], str]
):
    said = authorization(person.service_url)
    for activity in (person.message("help"), person.execute("help"), person.installation("add")):
        posted = await person.bot.deliver(activity, authorization=said)
        assert (posted.status, posted.text) == (401, "")
    await settle(person.bot)
    assert teams.calls == []


async def test_a_key_is_not_fetched_from_where_a_token_says(bot: Bot, teams: FakeTeams):
    elsewhere = f"http://{teams.sink}/keys"
    token = bot.signed(
        claims(teams.service_url), UNPUBLISHED, jku=elsewhere, x5u=elsewhere, jwk=UNPUBLISHED.public
    )
    posted = await bot.deliver(Person(bot).message("help"), authorization=f"Bearer {token}")
    assert posted.status == 401
    await settle(bot)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"serviceUrl": ""}, id="an empty service"),
        pytest.param({"serviceUrl": None}, id="no service"),
        pytest.param({"serviceUrl": 5}, id="a number for a service"),
        pytest.param({"serviceUrl": ["http://x"]}, id="a list of services"),
        pytest.param({"channelId": None}, id="no channel"),
        pytest.param({"channelId": "emulator"}, id="a channel that the key is not for"),
        pytest.param({"channelId": ["msteams"]}, id="a list of channels"),
    ],
)
@pytest.mark.parametrize("claimed", ["the right one", "an empty one", "none"])
async def test_an_activity_that_the_token_is_not_for_is_refused(
    person: Person, teams: FakeTeams, changed: dict[str, Any], claimed: str
):
    service_url = {"the right one": person.service_url, "an empty one": "", "none": None}[claimed]
    token = person.bot.signed(claims("x", serviceurl=service_url))
    activity = person.message("help", **changed)
    posted = await person.bot.deliver(activity, authorization=f"Bearer {token}")
    assert posted.status == 401
    await settle(person.bot)
    assert teams.calls == []


# The keys.


async def test_keys_are_fetched_once_for_many(start_bot: StartBot, teams: FakeTeams):
    bot = await start_bot()
    assert teams.login.asked == []
    people = [Person(bot) for _ in range(20)]
    await asyncio.gather(*(bot.deliver(person.message("help")) for person in people))
    await until(lambda: all(person.calls for person in people))
    assert (teams.login.count("metadata"), teams.login.count("keys")) == (1, 1)


async def test_a_new_key_is_fetched_when_it_is_first_used(start_bot: StartBot, teams: FakeTeams):
    bot = await start_bot()
    person = Person(bot)
    await person.says("help")
    key = teams.login.rotate()

    async def deliver() -> int:
        token = bot.signed(claims(person.service_url), key)
        said = person.message("help")
        return (await bot.deliver(said, authorization=f"Bearer {token}")).status

    assert await asyncio.gather(*(deliver() for _ in range(10))) == 10 * [202]
    await until(lambda: len(person.calls) == 11)
    assert teams.login.count("keys") == 2
    old = await bot.deliver(person.message("help"))
    assert old.status == 401, "a key that is no longer published is no longer good"


async def test_keys_that_nobody_knows_do_not_make_it_fetch_for_ever(
    start_bot: StartBot, teams: FakeTeams
):
    bot = await start_bot()
    person = Person(bot)
    await person.says("help")

    async def deliver(number: int) -> int:
        token = bot.signed(claims(person.service_url), UNPUBLISHED, kid=f"unknown-{number}")
        said = person.message("help")
        return (await bot.deliver(said, authorization=f"Bearer {token}")).status

    for number in range(20):
        assert await deliver(number) == 401
    assert await asyncio.gather(*map(deliver, range(20, 100))) == 80 * [401]
    assert teams.login.count("metadata") <= MOST_FETCHES
    assert len(await person.says("help")) == 1, "the known key is still good"


WITHOUT_KEYS = [
    ("metadata", Answer(500, "oops")),
    ("metadata", Answer(200, "oops")),
    ("metadata", Answer.data([])),
    ("metadata", Answer.data({})),
    ("metadata", Answer.data({"jwks_uri": 5})),
    ("metadata", Answer.data({"jwks_uri": "nonsense"})),
    ("metadata", Answer(hangs_up=True)),
    ("keys", Answer(503, "")),
    ("keys", Answer.data({})),
    ("keys", Answer.data({"keys": 5})),
    ("keys", Answer.data({"keys": [5, None, {}]})),
    ("keys", Answer(hangs_up=True)),
]


@pytest.mark.parametrize("start", range(0, len(WITHOUT_KEYS), 3))
async def test_nobody_is_heard_while_there_are_no_keys(
    start_bot: StartBot, teams: FakeTeams, start: int
):
    """A few for each server, for none asks for keys all the time."""
    bot = await start_bot()
    person = Person(bot)
    for what, answer in WITHOUT_KEYS[start : start + 3]:
        teams.login.answers = {what: answer}
        teams.login.asked.clear()
        posted = await bot.deliver(person.message("help"))
        assert posted.status in (401, 503)
        assert what in teams.login.asked
    teams.login.answers = {}
    assert len(await person.says("help")) == 1


async def test_a_key_that_cannot_be_read_does_not_spoil_the_others(
    start_bot: StartBot, teams: FakeTeams
):
    odd: list[Any] = [
        {"kty": "RSA", "kid": "no-numbers", "endorsements": ["msteams"]},
        {"kty": "RSA", "kid": "odd-numbers", "n": "*", "e": 5, "endorsements": ["msteams"]},
        {"kty": "RSA", "kid": "odd-channels", "n": "AQAB", "e": "AQAB", "endorsements": 5},
        {"kty": "EC", "crv": "P-256", "kid": "another-kind", "x": "x", "y": "y"},
        {"kid": 5},
        "no key at all",
    ]
    teams.login.answers["keys"] = Answer.data({"keys": [*odd, FIRST.public, *odd]})
    bot = await start_bot()
    assert len(await Person(bot).says("help")) == 1


async def test_old_keys_stay_good_while_new_ones_cannot_be_fetched(
    start_bot: StartBot, teams: FakeTeams
):
    bot = await start_bot()
    person = Person(bot)
    await person.says("help")
    teams.login.answers["metadata"] = Answer(500, "oops")
    token = bot.signed(claims(person.service_url), UNPUBLISHED)
    posted = await bot.deliver(person.message("help"), authorization=f"Bearer {token}")
    assert posted.status in (401, 503)
    assert len(await person.says("help")) == 1


async def test_without_an_app_id_everybody_on_this_machine_is_heard(
    start_bot: StartBot, teams: FakeTeams
):
    teams.login.anonymous = True
    nobody = {"TEAMS_APP_ID": "", "TEAMS_APP_SECRET": "", "TEAMS_TENANT_ID": ""}
    bot = await start_bot(TEAMS_ANONYMOUS="1", **nobody)
    person = Person(bot)
    posted = await bot.deliver(person.message("help"), authorization="")
    assert posted.status == 202
    await until(lambda: person.calls)
    assert teams.login.asked == []

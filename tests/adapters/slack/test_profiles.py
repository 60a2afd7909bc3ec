"""What Slack tells of people, remembered for a while and for so many people."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import profiles
from adapters.slack.profiles import KEPT_SECONDS, NOBODY, ROLE_SECONDS, Profile, Profiles
from tests.adapters.slack.fake_slack import TOKEN, Answer, FakeSlack

SAM, KIM = "slack:T1/U0SAM", "slack:T1/U0KIM"


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(profiles, "monotonic", made)
    return made


@pytest_asyncio.fixture(loop_scope="session")
async def people(slack: FakeSlack, clock: Clock) -> AsyncIterator[Profiles]:
    async with aiohttp.ClientSession() as session:
        yield Profiles(AsyncWebClient(TOKEN, base_url=slack.api, session=session))


async def locale_of(people: Profiles, person: str) -> str:
    return (await people.of(person)).locale


async def test_nobody_is_known_at_first(people: Profiles):
    assert people.known(SAM) is None
    assert people.known(SAM, role=True) is None


async def test_one_question_by_the_id_of_the_person_tells_all(people: Profiles, slack: FakeSlack):
    slack.locales["U0SAM"] = "fr-CA"
    profile = Profile("fr-CA", "America/Toronto", "member")
    assert await people.of(SAM) == profile
    assert people.known(SAM) == people.known(SAM, role=True) == profile
    assert people.known(KIM) is None
    (call,) = slack.called("users.info")
    assert call.arguments["user"] == "U0SAM"


GUESTS = ["is_restricted", "is_ultra_restricted", "is_stranger"]
ADMINS = ["is_admin", "is_owner", "is_primary_owner"]


@pytest.mark.parametrize(
    ("told", "role"),
    [
        pytest.param({}, "member", id="nothing more"),
        *(pytest.param({flag: True}, "guest", id=flag) for flag in GUESTS),
        *(pytest.param({flag: True}, "admin", id=flag) for flag in ADMINS),
        pytest.param({"is_admin": True, "is_restricted": True}, "guest", id="both"),
        pytest.param({"is_admin": None}, "unknown", id="untold"),
        pytest.param({"is_admin": "true"}, "unknown", id="no flag"),
    ],
)
async def test_guests_and_admins_are_told_from_members(
    people: Profiles, slack: FakeSlack, told: dict[str, Any], role: str
):
    slack.people["U0SAM"] = told
    assert (await people.of(SAM, role=True)).role == role


@pytest.mark.parametrize(
    ("told", "zone"),
    [
        ("America/St_Johns", "America/St_Johns"),
        ("Asia/Calcutta", "Asia/Calcutta"),
        ("Mars/Olympus", ""),
        ("../../etc/passwd", ""),
        ("America", ""),
        ("", ""),
        (None, ""),
        (-18000, ""),
    ],
)
async def test_only_a_zone_that_there_is_counts(
    people: Profiles, slack: FakeSlack, told: object, zone: str
):
    slack.people["U0SAM"] = {"tz": told}
    assert (await people.of(SAM)).zone == zone


async def test_language_and_zone_are_kept_for_a_day(
    people: Profiles, slack: FakeSlack, clock: Clock
):
    slack.locales["U0SAM"] = "fr-CA"
    await people.of(SAM)
    slack.locales["U0SAM"] = "en-CA"
    clock.now += KEPT_SECONDS - 1
    assert await people.of(SAM) == Profile("fr-CA", "America/Toronto", "unknown")
    clock.now += 1
    assert people.known(SAM) is None
    assert await locale_of(people, SAM) == "en-CA"


async def test_what_a_person_is_was_asked_within_ten_minutes(
    people: Profiles, slack: FakeSlack, clock: Clock
):
    slack.people["U0SAM"] = {"is_admin": True}
    await people.of(SAM, role=True)
    slack.people.clear()
    clock.now += ROLE_SECONDS - 1
    assert (await people.of(SAM, role=True)).role == "admin"
    clock.now += 1
    assert people.known(SAM, role=True) is None
    assert (await people.of(SAM)).role == "unknown"
    assert (await people.of(SAM, role=True)).role == "member"
    assert len(slack.called("users.info")) == 2


async def test_who_was_an_admin_is_none_while_slack_does_not_tell(
    people: Profiles, slack: FakeSlack, clock: Clock
):
    """Their language and zone stay as they were told within the day."""
    slack.people["U0SAM"] = {"is_admin": True}
    await people.of(SAM, role=True)
    clock.now += ROLE_SECONDS
    slack.answers["users.info"] = Answer.error("internal_error")
    expected = Profile("en-US", "America/Toronto", "unknown")
    assert await people.of(SAM, role=True) == expected
    too_many = Answer.error("ratelimited", status=429, headers={"Retry-After": "30"})
    slack.answers["users.info"] = too_many
    assert await people.of(SAM, role=True) == expected
    assert people.known(SAM, role=True) == expected
    clock.now += KEPT_SECONDS
    assert await people.of(SAM, role=True) == NOBODY


async def test_the_same_id_elsewhere_is_somebody_else(people: Profiles, slack: FakeSlack):
    await people.of(SAM)
    assert people.known("slack:T2/U0SAM") is None


async def test_those_asked_for_longest_ago_are_forgotten_first(
    people: Profiles, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(profiles, "MOST_PEOPLE", 2)
    for person in (SAM, KIM, "slack:T1/U0MAX"):
        await people.of(person)
    assert people.known(SAM) is None
    assert people.known(KIM) is not None


async def test_a_workspace_is_forgotten_with_its_people(people: Profiles):
    for person in (SAM, KIM, "slack:T12/U0SAM"):
        await people.of(person)
    people.forget("slack:T1")
    assert (people.known(SAM), people.known(KIM)) == (None, None)
    assert people.known("slack:T12/U0SAM") is not None


async def test_a_missing_scope_holds_for_everybody_and_for_a_day(
    people: Profiles, slack: FakeSlack, clock: Clock
):
    slack.answers["users.info"] = Answer.error("missing_scope")
    assert await people.of(SAM) == NOBODY
    assert people.known(SAM) == people.known(KIM, role=True) == NOBODY
    assert await people.of(KIM, role=True) == NOBODY
    assert len(slack.called("users.info")) == 1
    slack.answers.clear()
    clock.now += KEPT_SECONDS
    assert await locale_of(people, KIM) == "en-US"


async def test_every_answer_tells_what_the_bot_may_do(
    people: Profiles, slack: FakeSlack, clock: Clock
):
    assert people.overhears
    slack.scopes = "commands,chat:write,users:read"
    await people.of(SAM)
    assert not people.overhears
    clock.now += KEPT_SECONDS
    slack.scopes = "commands, channels:history"
    slack.answers["users.info"] = Answer.error("missing_scope")
    await people.of(SAM)
    assert people.overhears


async def test_a_slow_slack_is_asked_again_next_time(
    people: Profiles, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(profiles, "PATIENCE_SECONDS", 0.05)
    slack.locales["U0SAM"] = "fr-CA"
    slack.answers["users.info"] = Answer(delay=5)
    assert await locale_of(people, SAM) == ""
    slack.answers.clear()
    assert await locale_of(people, SAM) == "fr-CA"


async def test_what_somebody_may_do_is_waited_for_a_little_longer(
    people: Profiles, slack: FakeSlack
):
    slack.answers["users.info"] = Answer('{"ok": true, "user": {"is_admin": true}}', delay=1.2)
    assert await people.of(SAM) == NOBODY
    assert (await people.of(SAM, role=True)).role == "admin"

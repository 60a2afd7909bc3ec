"""The languages of people, remembered for a day and for so many people."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import locales
from adapters.slack.locales import KEPT_SECONDS, Locales
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
    monkeypatch.setattr(locales, "monotonic", made)
    return made


@pytest_asyncio.fixture(loop_scope="session")
async def people(slack: FakeSlack, clock: Clock) -> AsyncIterator[Locales]:
    async with aiohttp.ClientSession() as session:
        yield Locales(AsyncWebClient(TOKEN, base_url=slack.api, session=session))


async def test_nobody_is_known_at_first(people: Locales):
    assert people.known(SAM) is None


async def test_a_locale_is_asked_by_the_id_of_the_person(people: Locales, slack: FakeSlack):
    slack.locales["U0SAM"] = "fr-CA"
    assert await people.of(SAM) == "fr-CA"
    assert people.known(SAM) == "fr-CA"
    assert people.known(KIM) is None
    assert [call.arguments["user"] for call in slack.called("users.info")] == ["U0SAM"]


async def test_it_is_kept_for_a_day(people: Locales, slack: FakeSlack, clock: Clock):
    slack.locales["U0SAM"] = "fr-CA"
    await people.of(SAM)
    slack.locales["U0SAM"] = "en-CA"
    clock.now += KEPT_SECONDS - 1
    assert await people.of(SAM) == "fr-CA"
    clock.now += 1
    assert people.known(SAM) is None
    assert await people.of(SAM) == "en-CA"


async def test_the_same_id_elsewhere_is_somebody_else(people: Locales, slack: FakeSlack):
    await people.of(SAM)
    assert people.known("slack:T2/U0SAM") is None


async def test_those_asked_for_longest_ago_are_forgotten_first(
    people: Locales, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(locales, "MOST_PEOPLE", 2)
    for person in (SAM, KIM, "slack:T1/U0MAX"):
        await people.of(person)
    assert people.known(SAM) is None
    assert people.known(KIM) == "en-US"


async def test_a_missing_scope_holds_for_everybody_and_for_a_day(
    people: Locales, slack: FakeSlack, clock: Clock
):
    slack.answers["users.info"] = Answer.error("missing_scope")
    assert await people.of(SAM) == ""
    assert (people.known(SAM), people.known(KIM)) == ("", "")
    assert await people.of(KIM) == ""
    assert len(slack.called("users.info")) == 1
    slack.answers.clear()
    clock.now += KEPT_SECONDS
    assert await people.of(KIM) == "en-US"


async def test_a_slow_slack_is_asked_again_next_time(
    people: Locales, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(locales, "PATIENCE_SECONDS", 0.05)
    slack.locales["U0SAM"] = "fr-CA"
    slack.answers["users.info"] = Answer(delay=5)
    assert await people.of(SAM) == ""
    slack.answers.clear()
    assert await people.of(SAM) == "fr-CA"

"""The language of an answer: of the words where they tell, else of the person's own Slack."""

from time import monotonic

import pytest

from bot.knowledge import Knowledge
from tests.adapters.answering import until
from tests.adapters.slack.conftest import StartBot
from tests.adapters.slack.fake_slack import TOKEN, Answer, FakeSlack
from tests.adapters.slack.judging import buttons, words
from tests.adapters.slack.people import Person, settle
from tests.adapters.slack.serving import Bot

FRENCH = ("définir", "vérifier", "partager")


def is_french(message) -> bool:
    """Whether all that can be pressed says French commands."""
    values = list(buttons(message))
    french = [value for value in values if value.split()[0] in FRENCH]
    assert values
    assert french in ([], values)
    return bool(french)


async def test_someone_whose_slack_is_french_is_answered_in_french(
    person: Person, slack: FakeSlack, knowledge: Knowledge
):
    slack.locales[person.user] = "fr-CA"
    url = slack.response_url()
    posted = await person.types("manel", url=url)
    assert (posted.status, posted.text) == (200, "")
    message = await url.first()
    assert is_french(message)
    assert knowledge.say("label.why", "fr") in words(message)
    assert message["response_type"] == "ephemeral"
    (call,) = slack.calls
    assert (call.method, call.token, call.arguments["user"]) == ("users.info", TOKEN, person.user)


async def test_the_language_is_asked_once(person: Person, slack: FakeSlack):
    slack.locales[person.user] = "fr-CA"
    await person.asks("manel")
    again = await person.types("tokenism")
    assert is_french(again.message)
    await person.presses("manel")
    await person.mentions("manel")
    await settle(person.bot)
    assert len(slack.called("users.info")) == 1


async def test_each_person_has_their_own_language(bot: Bot, slack: FakeSlack):
    english, french = Person(bot), Person(bot)
    slack.locales[french.user] = "fr-FR"
    assert not is_french(await english.asks("manel"))
    assert is_french(await french.asks("manel"))
    assert not is_french(await english.asks("manel"))
    assert len(slack.called("users.info")) == 2


@pytest.mark.parametrize(
    ("text", "french"),
    [
        ("what is a manel?", False),
        ("define manel", False),
        ("définir manel", True),
        ("qu'est-ce qu'un manel?", True),
        ("vérifier", True),
        ("check", False),
    ],
)
async def test_where_the_words_tell_slack_is_not_asked(
    person: Person, slack: FakeSlack, text: str, french: bool
):
    slack.locales[person.user] = "en-US" if french else "fr-CA"
    posted = await person.types(text)
    assert is_french(posted.message) is french
    assert slack.calls == []


@pytest.mark.parametrize(
    "locale", ["en-GB", "de-DE", "xx-YY", "", "frisian", None, 5, ["fr"], {"fr": 1}], ids=str
)
async def test_any_other_locale_means_english(person: Person, slack: FakeSlack, locale):
    slack.locales[person.user] = locale
    assert not is_french(await person.asks("manel"))


async def test_without_the_scope_slack_is_asked_no_more(start_bot: StartBot, slack: FakeSlack):
    bot = await start_bot()
    slack.answers["users.info"] = Answer.error("missing_scope", status=200)
    for person in (Person(bot), Person(bot)):
        message = await person.asks("manel")
        assert not is_french(message)
        assert "scope" not in words(message)
    assert len(slack.called("users.info")) == 1


FAILURES = [
    pytest.param(Answer.error("user_not_found"), id="no such person"),
    pytest.param(Answer.error("internal_error"), id="internal error"),
    pytest.param(Answer.error("internal_error", status=500), id="500"),
    pytest.param(Answer("oops", 500, content_type="text/plain"), id="500 in plain text"),
    pytest.param(Answer("<html>", 503, content_type="text/html"), id="503 in HTML"),
    pytest.param(Answer("ok", content_type="text/plain"), id="plain text"),
    pytest.param(Answer("<html>", content_type="text/html"), id="HTML"),
    pytest.param(Answer("{", 200), id="broken JSON"),
    pytest.param(Answer("[]", 200), id="array"),
    pytest.param(Answer('{"ok": true}', 200), id="nobody"),
    pytest.param(Answer('{"ok": true, "user": 5}', 200), id="no object"),
    pytest.param(Answer.error("ratelimited", status=429, headers={"Retry-After": "0"}), id="429"),
    pytest.param(Answer(hangs_up=True), id="hung up"),
]


@pytest.mark.parametrize("answer", FAILURES)
async def test_where_slack_does_not_tell_the_answer_comes_all_the_same(
    person: Person, slack: FakeSlack, answer: Answer
):
    slack.answers["users.info"] = answer
    url = slack.response_url()
    await person.types("manel", url=url)
    assert not is_french(await url.first(seconds=2))


async def test_where_slack_is_slow_the_ack_does_not_wait_and_the_answer_comes_within_a_second(
    person: Person, slack: FakeSlack
):
    slack.answers["users.info"] = Answer(delay=5)
    started, url = monotonic(), slack.response_url()
    posted = await person.types("manel", url=url)
    assert posted.seconds < 0.5
    message = await url.first()
    assert monotonic() - started < 1
    assert not is_french(message)


@pytest.mark.parametrize(
    "answer",
    [
        Answer.error("internal_error"),
        Answer.error("service_unavailable", status=503),
        Answer.error("ratelimited", status=429, headers={"Retry-After": "0"}),
    ],
    ids=["internal error", "503", "429"],
)
async def test_what_went_wrong_once_is_asked_again(
    person: Person, slack: FakeSlack, answer: Answer
):
    """Else a moment's trouble would turn the bot English for somebody for a day."""
    slack.locales[person.user] = "fr-CA"
    slack.answers["users.info"] = answer
    await person.asks("manel")
    slack.answers.clear()
    assert is_french(await person.asks("manel"))


async def test_who_is_asked_to_wait_waits(start_bot: StartBot, slack: FakeSlack):
    """A 429 holds for a method and the whole workspace, for as many seconds as it says."""
    bot = await start_bot()
    slack.answers["users.info"] = Answer.error(
        "ratelimited", status=429, headers={"Retry-After": "30"}
    )
    await Person(bot).asks("manel")
    await Person(bot).asks("manel")
    assert len(slack.called("users.info")) == 1


async def test_a_press_and_a_direct_message_speak_french_too(bot: Bot, slack: FakeSlack):
    presser, writer = Person(bot), Person(bot, channel="D0FAKE2")
    slack.locales |= {presser.user: "fr-CA", writer.user: "fr-CA"}
    assert is_french(await presser.presses("manel"))
    await writer.writes("manel")
    await until(lambda: slack.called("chat.postMessage"))
    (call,) = slack.called("chat.postMessage")
    assert is_french(call.arguments)

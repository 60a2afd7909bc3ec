"""*Check my wording* on a message: answered to its author alone, wherever it was written."""

import pytest

from bot.commands.wording import OWN, THEIRS
from bot.knowledge import Knowledge
from bot.knowledge.folding import fold
from bot.messages import LONGEST_REQUEST
from tests.adapters.answering import until
from tests.adapters.slack.fake_slack import DEAD, Answer, FakeSlack
from tests.adapters.slack.judging import buttons, heading, words
from tests.adapters.slack.people import Person, settle
from tests.adapters.slack.serving import Bot

SAID = "hey guys, we need more manpower"


@pytest.fixture
def bot(quiet: Bot) -> Bot:
    return quiet


@pytest.fixture
def refused(slack: FakeSlack) -> None:
    """Nothing but `commands` was granted, and the bot is in no channel."""
    slack.answers["users.info"] = Answer.error("missing_scope")
    for method in ("chat.postMessage", "chat.postEphemeral"):
        slack.answers[method] = Answer.error("not_in_channel")


@pytest.mark.parametrize("channel", ["C0SHORT", "G0SHORT", "D0SHORT"])
@pytest.mark.usefixtures("refused")
async def test_an_own_message_is_looked_at_wherever_it_was_written(
    bot: Bot, slack: FakeSlack, channel: str
):
    """In a channel, in a private one, and between two people, without the bot."""
    person = Person(bot, channel=channel)
    shown = await person.checks(SAID)
    assert (shown["response_type"], shown["replace_original"]) == ("ephemeral", False)
    assert "hey everyone, we need more staff" in words(shown)
    assert SAID not in str(shown)
    await settle(bot)
    assert [call for call in slack.calls if call.method != "users.info"] == []
    assert slack.public == []


async def test_it_is_acked_before_slack_is_asked_for_the_language(person: Person, slack: FakeSlack):
    slack.answers["users.info"] = Answer(delay=0.6)
    url = slack.response_url()
    posted = await person.chooses("hey guys", url)
    assert posted.seconds < 0.5
    assert url.posts == []
    assert await url.first()


async def test_the_answer_is_in_the_language_of_the_person(
    person: Person, slack: FakeSlack, knowledge: Knowledge
):
    slack.locales[person.user] = "fr-CA"
    shown = await person.checks("Salut les gars!")
    assert heading(shown) == knowledge.say("wording.heading", "fr")
    assert "Salut les collègues!" in words(shown)
    assert words(await person.checks("", "U0ELSE")) == knowledge.say("wording.theirs", "fr")


def test_what_the_platforms_say_is_a_command_in_both_languages(knowledge: Knowledge):
    """Else somebody who has French would be answered in English."""
    for id, said in (("posted", OWN), ("theirs", THEIRS)):
        for language in ("en", "fr"):
            spelled = knowledge.say(f"aliases.{id}", language).split("|")
            assert fold(said) in map(fold, [knowledge.say(f"command.{id}", language), *spelled])


@pytest.mark.parametrize(
    "about",
    [
        pytest.param({"author": "U0SOMEBODY"}, id="somebody else's"),
        pytest.param({"bot_id": "B1"}, id="a bot's"),
        pytest.param({"bot_id": "B1", "subtype": "bot_message", "author": "U0BOT"}, id="nameless"),
        pytest.param({"app_id": "A1"}, id="an app's"),
        pytest.param({"subtype": "channel_topic"}, id="a notice"),
    ],
)
async def test_what_others_wrote_is_left_alone_and_they_hear_nothing(
    person: Person, slack: FakeSlack, knowledge: Knowledge, about: dict
):
    shown = await person.checks(SAID, **about)
    assert words(shown) == knowledge.say("wording.theirs", "en")
    assert "guys" not in str(shown)
    assert list(buttons(shown)) == ["say"]
    assert "happened" in words(await person.presses("say"))
    await settle(person.bot)
    assert [call for call in slack.calls if call.method != "users.info"] == []
    assert slack.public == []


@pytest.mark.parametrize("text", ["", None, "  \n"])
async def test_a_message_without_words_is_answered_too(
    person: Person, knowledge: Knowledge, text: str | None
):
    shown = await person.checks(text, files=[{"id": "F1"}], subtype="file_share")
    assert words(shown) == knowledge.say("wording.wordless", "en")


@pytest.mark.parametrize(
    "text", ["```\nhey guys\n```", "`guys`", "&gt; hey guys\nno", "<https://guys.test>"]
)
async def test_code_quotations_and_addresses_are_not_the_authors_words(
    person: Person, knowledge: Knowledge, text: str
):
    assert knowledge.say("wording.nothing", "en") in words(await person.checks(text))


async def test_a_message_of_four_thousand_characters_is_shown_whole(person: Person):
    lines = [f"{number}. we look at point {number} & go on" for number in range(200)]
    text = "\n".join(lines)[:3990].rpartition("\n")[0]
    text += "\n" + "x" * (3990 - len(text)) + " hey guys"
    assert len(text) == 4000
    shown = await person.checks(text.replace("&", "&amp;"))
    kinder = text.removesuffix("guys") + "everyone"
    assert " ".join(kinder.split()) in " ".join(words(shown).split())
    assert all(line in words(shown) for line in kinder.splitlines())
    assert "characters" not in words(shown)


async def test_what_is_longer_than_what_is_read_is_said_to_be(person: Person, knowledge: Knowledge):
    shown = await person.checks("hey guys " + "x" * LONGEST_REQUEST)
    assert knowledge.say("wording.cut", "en") in words(shown)


async def test_what_is_live_in_a_message_is_only_words_in_the_answer(person: Person):
    said = "<!channel> <@U0SAM|sam> hey guys, *look* at &lt;!here&gt; :smile:"
    shown = await person.checks(said)
    assert "@channel @sam hey everyone, *look* at <!here> :smile:" in words(shown)


async def test_words_of_danger_get_the_calm_answer(person: Person, knowledge: Knowledge):
    shown = await person.checks("guys, I want to kill myself")
    assert heading(shown) == knowledge.say("alarm.heading", "en")


async def test_a_message_that_reads_like_a_command_is_none(person: Person, slack: FakeSlack):
    shown = await person.checks("false alarm w-guys")
    assert heading(shown) == "A kinder wording"
    assert person.bot.stored("rule FROM false_alarms") == []


async def test_what_is_pressed_under_the_answer_takes_its_place(person: Person, slack: FakeSlack):
    shown = await person.checks("hey guys")
    why, wrong = buttons(shown)
    assert (why, wrong) == ("wording why w-guys", "wording false alarm w-guys")
    told = await person.presses(why)
    assert (heading(told), told["replace_original"]) == ("Why I look at these words", True)
    await person.presses(wrong)
    assert person.bot.stored("rule, times FROM false_alarms") == [("w-guys", 1)]


@pytest.mark.parametrize("answer", [DEAD, Answer("", 500), Answer(hangs_up=True)])
async def test_an_answer_that_finds_no_way_goes_nowhere_else(
    person: Person, slack: FakeSlack, answer: Answer
):
    url = slack.response_url(answer)
    await person.chooses(SAID, url)
    await until(lambda: url.posts)
    await settle(person.bot)
    assert len(url.posts) == 1
    assert [call for call in slack.calls if call.method != "users.info"] == []


@pytest.mark.parametrize(
    "changed",
    [{"callback_id": "other"}, {"message": None}, {"message": "words"}, {"type": "shortcut"}],
    ids=str,
)
async def test_any_other_shortcut_is_acked_in_silence(person: Person, slack: FakeSlack, changed):
    url = slack.response_url()
    about = {"user": {"id": person.user}, "team": {"id": "T0FAKE"}, "response_url": url.url}
    payload = {"type": "message_action", "callback_id": "check_wording", **about, **changed}
    posted = await person.bot.interact(payload)
    assert (posted.status, posted.text) == (200, "")
    await settle(person.bot)
    assert url.posts == slack.calls == []

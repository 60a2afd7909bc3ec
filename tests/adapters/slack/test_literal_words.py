"""What somebody typed is shown as it was typed: nobody is called, nothing becomes a link."""

import json

import pytest

from tests.adapters.answering import until
from tests.adapters.slack.fake_slack import FakeSlack
from tests.adapters.slack.judging import buttons, words
from tests.adapters.slack.people import Person

# What Slack sends when somebody types each of these -> what they typed.
SPELLINGS = [
    pytest.param("<@U1|sam>", "@sam", id="person"),
    pytest.param("<@U0FAKE1>", "@U0FAKE1", id="person without a name"),
    pytest.param("<@W1>", "@W1", id="person of an enterprise"),
    pytest.param("<#C1|gen>", "#gen", id="channel"),
    pytest.param("<#C1|>", "#C1", id="private channel"),
    pytest.param("<!subteam^S1|@team>", "@team", id="group"),
    pytest.param("<!here>", "@here", id="everybody here"),
    pytest.param("<!channel|channel>", "@channel", id="everybody in the channel"),
    pytest.param("<https://evil.test/x?a=1&amp;b=2>", "https://evil.test/x?a=1&b=2", id="link"),
    pytest.param("<https://evil.test|ok.test>", "ok.test", id="link with words"),
    pytest.param("<mailto:a@b.test|a@b.test>", "a@b.test", id="address"),
    pytest.param("&lt;b&gt; &amp;", "<b> &", id="brackets"),
    pytest.param("&amp;lt;b&amp;gt; &amp;amp;", "&lt;b&gt; &amp;", id="entities"),
    pytest.param("&lt;!channel&gt; &lt;@U1&gt;", "<!channel> <@U1>", id="typed mention"),
    pytest.param("&lt;https://evil|ok&gt;", "<https://evil|ok>", id="typed link"),
    pytest.param("<!channel> <@U1> <https://evil|ok> & @everyone *_~`", "", id="not escaped"),
    pytest.param("*bold* _italic_ ~gone~ `code`", "*bold* _italic_ ~gone~ `code`", id="markup"),
    pytest.param("&gt; quote", "> quote", id="quote"),
    pytest.param(":smile: :+1::skin-tone-3:", ":smile: :+1::skin-tone-3:", id="emoji codes"),
    pytest.param("http://evil.test www.evil.test", "http://evil.test www.evil.test", id="address"),
    pytest.param("<", "<", id="half a bracket"),
    pytest.param("<<<>>>", "", id="empty brackets"),
    pytest.param("#general @everyone", "#general @everyone", id="names"),
]

# Neither is a term: what was asked is said back.
ASKING = ["define zzz {}", "xqz {}"]


@pytest.mark.parametrize("asking", ASKING)
@pytest.mark.parametrize(("sent", "typed"), SPELLINGS)
async def test_the_words_are_shown_as_they_were_typed(
    person: Person, asking: str, sent: str, typed: str
):
    message = await person.asks(asking.format(sent))
    assert typed in words(message)


@pytest.mark.parametrize(("sent", "typed"), SPELLINGS)
async def test_the_words_of_a_direct_message_too(bot, slack: FakeSlack, sent: str, typed: str):
    person = Person(bot, channel="D0FAKE")
    await person.writes(f"define zzz {sent}")
    await until(lambda: slack.called("chat.postMessage"))
    assert typed in words(slack.calls[-1].arguments)


async def test_a_name_in_a_question_does_not_hide_the_word(person: Person):
    message = await person.asks("what does <@U1|sam> mean by manel?")
    assert message["blocks"][0]["text"]["text"] == "Manel"


@pytest.mark.parametrize("command", ["tip", "fact", "resources", "glossary", "checklist", "define"])
async def test_buttons_do_not_carry_what_somebody_wrote(person: Person, command: str):
    """A button says ids and state; what somebody tells the bot may be personal."""
    message = await person.asks(f"{command} bias for Zebedee")
    assert buttons(message)
    assert "zebedee" not in json.dumps(list(buttons(message))).lower()

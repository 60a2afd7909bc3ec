"""*Check wording* in the menu of a message: a dialog for its author, nothing for anybody else."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge import Knowledge
from tests.adapters.teams.conftest import StartBot
from tests.adapters.teams.dialogs import (
    checks,
    message_of,
    opening,
    presses_there,
    pressing,
    shown,
)
from tests.adapters.teams.fake_teams import FakeTeams
from tests.adapters.teams.judging import buttons, heading, words
from tests.adapters.teams.keeping import asks, kept, rows_naming
from tests.adapters.teams.people import Kind, Person, settle
from tests.adapters.teams.serving import Bot

SAID = "<p>Hey guys, we start at nine</p>"
FOUND = "Hey everyone, we start at nine"
KINDS: list[Kind] = ["personal", "channel", "groupChat"]
CANARY = "zebedee"


async def nothing_sent(bot: Bot) -> bool:
    """Whether Teams was asked for nothing and sent nothing, not even by the dialog's afterwork."""
    teams = bot.teams
    await settle(bot)
    return (teams.calls, teams.reads) == ([], [])


@pytest.mark.parametrize("kind", KINDS)
async def test_the_author_sees_kinder_words_in_the_dialog_alone(bot: Bot, kind: Kind):
    person = Person(bot, kind)
    card = await checks(person, SAID)
    assert FOUND in words(card).splitlines()
    assert await nothing_sent(bot)


async def test_it_works_where_the_bot_is_no_member(bot: Bot, teams: FakeTeams):
    person = Person(bot, "channel")
    teams.conversations.clear()
    teams.members.clear()
    card = await checks(person, SAID)
    for command in (*buttons(card), "say", "remind me to rest tomorrow at 9", "settings"):
        await presses_there(person, command)
    assert await nothing_sent(bot)


async def test_it_says_what_typing_says(person: Person):
    (call,) = await person.says("wording Hey guys, we start at nine")
    card = await checks(person, SAID)
    assert card["body"] == call.card["body"]
    assert buttons(card) == buttons(call.card)


@pytest.mark.parametrize("locale", ["fr-CA", "en-CA"])
async def test_it_answers_in_the_language_of_the_message(bot: Bot, locale: str):
    person = Person(bot, locale=locale)
    french = await checks(person, "<p>Salut les gars, est-ce que vous venez avec nous?</p>")
    assert heading(french) == "Une formulation plus accueillante"
    assert all(command.startswith("formulation") for command in buttons(french))
    assert heading(await checks(person, SAID)) == "A kinder wording"


async def test_the_title_of_a_post_is_looked_at_as_well(person: Person):
    card = await checks(person, "<p>We start at nine</p>", subject="Hey guys")
    assert "Hey everyone\n\nWe start at nine" in words(card)


# What can be pressed.


async def test_every_button_is_answered_in_the_dialog(person: Person):
    pressed, waiting = set[str](), set(buttons(await checks(person, SAID)))
    while waiting and len(pressed) < 60:
        command = min(waiting)
        pressed.add(command)
        waiting |= set(buttons(await presses_there(person, command)))
        waiting -= pressed
    assert {"wording why w-guys", "wording false alarm w-guys"} <= pressed
    assert await nothing_sent(person.bot)


async def test_why_and_false_alarm_work_from_there(keeper: Bot, tmp_path: Path):
    person = Person(keeper, "channel")
    card = await checks(person, SAID)
    why, wrong = buttons(card)
    assert heading(await presses_there(person, why)) == "Why I look at these words"
    assert "Thank you" in words(await presses_there(person, wrong))
    assert kept(tmp_path, "SELECT times FROM false_alarms") == [1]
    assert rows_naming(tmp_path, person.user) == []


# What is forged, odd or somebody else's.


@pytest.mark.parametrize("locale", ["en-CA", "fr-CA"])
async def test_of_anothers_message_nothing_is_looked_at(
    bot: Bot, knowledge: Knowledge, locale: Any
):
    person, other = Person(bot, "channel", locale=locale), Person(bot)
    message = message_of(other, f"<p>hey guys {CANARY}</p>", subject="Hey guys")
    card = await shown(person, opening(person, message))
    assert knowledge.say("wording.theirs", locale[:2]) in words(card)
    assert CANARY not in json.dumps(card)
    assert "guys" not in json.dumps(card)
    (command,) = buttons(card)
    assert command in ("say", "dire")
    assert buttons(await presses_there(person, command))
    assert await nothing_sent(bot)


NOBODY: dict[str, Any] = {
    "a bot": {"user": None, "application": {"id": "28:x", "displayName": "x"}},
    "no id": {"user": {"displayName": "Somebody"}},
    "an empty id": {"user": {"id": ""}},
    "a number": {"user": {"id": 5}},
    "nothing": None,
}


@pytest.mark.parametrize("author", NOBODY.values(), ids=list(NOBODY))
async def test_whose_author_is_not_known_is_anothers(person: Person, author: Any):
    for user in ({"id": person.user}, {"id": person.user, "aadObjectId": ""}):
        activity = opening(person, message_of(person, SAID, **{"from": author}))
        card = await shown(person, activity | {"from": user})
        assert "everyone" not in words(card)


async def test_the_author_is_known_by_an_id_in_any_case(person: Person):
    message = message_of(person, SAID)
    message["from"]["user"]["id"] = message["from"]["user"]["id"].upper()
    assert FOUND in words(await shown(person, opening(person, message)))


HOSTILE = [
    "[x](https://evil.test)",
    "*b* _i_ `c`",
    "&lt;b&gt;x&lt;/b&gt;",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&lt;at&gt;Somebody&lt;/at&gt;",
    "{{DATE(2026-01-01T00:00:00Z)}}",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "<a href='https://evil.test'>here</a>",
    "<iframe src='https://evil.test'></iframe>",
    "<<<",
    "&#0; &#x110000; &#xd800;",
    "<p <b <i",
    "<!-- x --> <![CDATA[x]]> <?x?>",
]


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_nothing_in_a_message_is_live(person: Person, hostile: str):
    """Looked at as every card is; only its heading, which is ours, knows markup."""
    card = await checks(person, f"<p>Hey guys, it is nine {hostile}</p>")
    assert "Hey everyone, it is nine" in words(card)
    assert {element["type"] for element in card["body"][1:]} == {"RichTextBlock"}
    assert all(command.startswith("wording ") for command in buttons(card))


LITERAL = {
    "1 &lt; 2 &amp; 3": "1 < 2 & 3",
    "*b* [x](https://x.test) &lt;at&gt;Sam&lt;/at&gt;": "*b* [x](https://x.test) <at>Sam</at>",
    "<b>bold</b>ly <i>said</i>": "boldly said",
    "<a href='https://evil.test'>here</a>": "here",
    "<img src=x onerror=alert(1)>.": ".",
    "<script>alert(1)</script>.": ".",
    '<emoji id="smile" alt="🙂" title="Smile"></emoji>': "🙂",
    '<img itemtype="http://schema.skype.com/Emoji" alt="🙂" src="https://x.test">': "🙂",
    '<at id="0">Sam Lee</at>': "@Sam\u00a0Lee",
    "<code>a  b</code>": "`a b`",
    "<codeblock class='x'><code>a<br>  b</code></codeblock>": "\n```\na\n  b\n```",
    "<ul><li>a</li><li>b</li></ul>": "\na\nb",
    "<div><p>a</p>\n<p>&nbsp;</p>\n<p>b</p></div>": "\na\n\nb",
}


@pytest.mark.parametrize(("html", "text"), LITERAL.items())
async def test_what_is_written_is_shown_as_it_is(person: Person, html: str, text: str):
    card = await checks(person, f"Hey guys, it is nine {html}")
    assert f"Hey everyone, it is nine {text}".replace(" \n", "\n") in words(card)


APART = {
    "an answer": (
        '<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="1"><strong>Bob'
        "</strong><p>hey guys</p></blockquote><p>I agree</p>"
    ),
    "a quotation": (
        "<blockquote><blockquote><p>hey guys</p></blockquote>guys</blockquote><p>I agree</p>"
    ),
    "an answer in a chat": '<attachment id="1790"></attachment><p>I agree</p>',
    "code": "<p>I agree with <code>hey guys</code></p>",
    "a block of code": (
        '<p>I agree</p><codeblock class="Python"><code>guys = 1<br>x</code></codeblock>'
    ),
    "a name": '<p>I agree, <at id="0">Mary Guys</at></p>',
    "a name in a span": (
        '<p><span itemscope itemtype="http://schema.skype.com/Mention" itemid="0">Mary Guys'
        "</span> I agree</p>"
    ),
}


@pytest.mark.parametrize("content", APART.values(), ids=list(APART))
async def test_only_the_authors_own_words_are_looked_at(
    person: Person, knowledge: Knowledge, content: str
):
    assert knowledge.say("wording.nothing", "en") in words(await checks(person, content))
    card = await checks(person, f"{content}<p>So do they, guys</p>")
    assert "So do they, everyone" in words(card)
    assert "Bob" not in words(card)


EMPTY: list[Any] = ["", "<p></p>", "<p>&nbsp;</p>", '<img src="https://x.test/y.png">', None, 5, []]


@pytest.mark.parametrize("content", EMPTY, ids=str)
async def test_a_message_without_words_is_an_answer_too(
    person: Person, knowledge: Knowledge, content: Any
):
    card = await shown(person, opening(person, message_of(person, content)))
    assert knowledge.say("wording.wordless", "en") in words(card)
    for body in (None, "x", {}, {"content": {}}):
        assert await shown(person, opening(person, message_of(person, body=body))) == card


@pytest.mark.parametrize(
    "text", ["nudges on", "of others", "why", "false alarm", "help", "check", "forget me", "theirs"]
)
async def test_a_message_that_looks_like_a_command_is_only_a_message(person: Person, text: str):
    for content in (text, f"{text} x", f"{text} hey guys"):
        card = await checks(person, content)
        found = "everyone" in words(card) or "found nothing" in words(card)
        assert found, words(card)


async def test_text_that_is_no_html_is_taken_as_it_is(person: Person):
    body = {"contentType": "text", "content": "1 <b> 2 &amp; 3. Hey guys, hello"}
    card = await shown(person, opening(person, message_of(person, body=body)))
    assert "1 <b> 2 &amp; 3. Hey everyone, hello" in words(card)


LONG = {
    "words": "hey guys " + "word " * 798,
    "much to change": "guys " * 800,
    "emoji": "hey guys " + "🙈" * 3991,
    "accents": "hey guys " + "é" * 3991,
    "quotation marks": "hey guys " + 'x" ' * 1330,
    "lines": "hey guys" + "<br>x" * 1990,
}


@pytest.mark.parametrize("content", LONG.values(), ids=list(LONG))
async def test_four_thousand_characters_are_shown_whole(person: Person, content: str):
    card = await checks(person, content)
    text = content.replace("<br>", "\n").strip()
    assert any(text.replace("guys", kinder) in words(card) for kinder in ("everyone", "folks"))


async def test_of_a_longer_one_what_is_left_out_is_said(person: Person, knowledge: Knowledge):
    card = await checks(person, "hey guys " + "word " * 5000)
    assert knowledge.say("wording.cut", "en") in words(card)


@pytest.mark.parametrize(
    "content",
    [
        "a" * 100_000,
        "<" * 100_000,
        "<p>" * 33_000,
        "((((" * 20_000,
        "\u200b" * 50_000,
        "“" * 50_000,
    ],
    ids=lambda content: content[:4],
)
async def test_an_odd_message_holds_nothing_up(person: Person, content: str):
    posted = await person.bot.deliver(opening(person, message_of(person, content)))
    assert (posted.status, posted.seconds < 1) == (200, True)


FOREIGN: list[dict[str, Any]] = [
    {"commandId": "lookUp"},
    {"commandId": "checkMessage"},
    {"commandId": None},
    {"messagePayload": None},
    {"messagePayload": []},
    {"messagePayload": "hey guys"},
]


@pytest.mark.parametrize("changed", FOREIGN, ids=str)
async def test_another_dialog_is_answered_with_nothing(person: Person, changed: Any):
    posted = await person.bot.deliver(opening(person, message_of(person, SAID), **changed))
    assert (posted.status, posted.message) == (200, {})
    value = opening(person, None)["value"]
    for odd in (None, 5, [], "x", value | changed):
        posted = await person.bot.deliver(opening(person, None) | {"value": odd})
        assert (posted.status, posted.message) == (200, {})


@pytest.mark.parametrize("data", [None, {}, [], "help", {"command": ""}, {"command": 5}, {"x": 1}])
async def test_a_press_that_says_nothing_closes_the_dialog(person: Person, data: Any):
    for changed in ({"data": data}, {"data": {"command": "help"}, "commandId": "lookUp"}):
        posted = await person.bot.deliver(pressing(person, "help", **changed))
        assert (posted.status, posted.message) == (200, {})


async def test_a_forged_press_does_no_more_than_typing(keeper: Bot, tmp_path: Path):
    person, other = Person(keeper, "channel"), Person(keeper)
    await asks(other, "nudges on")
    before = kept(tmp_path, "SELECT person FROM nudging")
    for command in ("nudges here on", "weekly every Monday at 10:00", "settings weekly managers"):
        await presses_there(person, command)
    await presses_there(person, f"forget me {other.user}")
    assert await nothing_sent_by(keeper)
    assert kept(tmp_path, "SELECT person FROM nudging") == before
    assert kept(tmp_path, "SELECT channel FROM weeklies") == []
    assert kept(tmp_path, "SELECT channel FROM nudged_channels") == []


async def nothing_sent_by(bot: Bot) -> bool:
    await settle(bot)
    return [call for call in bot.teams.calls if call.conversation.startswith("19:")] == []


async def test_who_is_in_an_organization_that_is_not_served_is_told(
    start_bot: StartBot, knowledge: Knowledge
):
    bot = await start_bot(TEAMS_ALLOWED_TENANTS="00000000-0000-4000-8000-00000000beef")
    card = await checks(Person(bot, "channel"), SAID)
    assert knowledge.say("tenant.refused", "en") in words(card)
    assert "everyone" not in words(card)


async def test_a_message_elsewhere_is_no_address_to_write_to(keeper: Bot, tmp_path: Path):
    """A dialog may be opened in the chat of two other people; reminders must not go there."""
    person = Person(keeper)
    await asks(person, "remind me to rest tomorrow at 9")
    own = kept(tmp_path, "SELECT conversation FROM addresses")
    assert own == [person.conversation]
    elsewhere = Person(keeper, user=person.user)
    await checks(elsewhere, SAID)
    await elsewhere.looks_up("manel")
    await presses_there(elsewhere, "remind me to eat tomorrow at 9")
    await settle(keeper)
    assert kept(tmp_path, "SELECT conversation FROM addresses") == own


async def test_nothing_of_a_message_is_kept_or_logged(start_bot: StartBot, tmp_path: Path):
    bot = await start_bot(DATABASE_URL=f"sqlite:///{tmp_path}/ally.db", ALLY_LOG_LEVEL="DEBUG")
    person, other = Person(bot, "channel", name=CANARY), Person(bot)
    for author in (person, other):
        for content in (
            f"<p>hey guys {CANARY}</p>",
            CANARY,
            f"<{CANARY}>",
            f"i want to die {CANARY}",
        ):
            message = message_of(author, content, subject=CANARY)
            card = await shown(person, opening(person, message))
            for command in buttons(card):
                await shown(person, pressing(person, command, message))
    await settle(bot)
    assert await bot.stop() == 0
    assert CANARY not in bot.output
    with sqlite3.connect(tmp_path / "ally.db") as database:
        assert CANARY not in "\n".join(database.iterdump())
    assert person.user not in bot.output

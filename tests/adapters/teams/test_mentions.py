"""A mention of the bot is no part of what somebody says to it; the names of people are."""

from typing import Any

import pytest

from tests.adapters.teams.fake_teams import BOT, FakeTeams
from tests.adapters.teams.judging import heading, words
from tests.adapters.teams.people import NAME, Person
from tests.adapters.teams.seeing import seen
from tests.adapters.teams.serving import Bot

AT = f"<at>{NAME}</at>"
SAM = "29:1SAM"


def mention(text: str | None = AT, user: str = BOT, name: str | None = NAME) -> dict[str, Any]:
    """A mention as Teams lists it beside the text."""
    mentioned = {"id": user} if name is None else {"id": user, "name": name}
    said = {"type": "mention", "mentioned": mentioned}
    return said if text is None else {**said, "text": text}


# What Teams makes of "@Ally Nudge define ally" -> text, and what is listed beside it.
SPELLINGS: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "in front": (f"{AT} define ally", [mention()]),
    "without a space": (f"{AT}define ally", [mention()]),
    "at the end": (f"define ally {AT}", [mention()]),
    "in between": (f"define {AT} ally", [mention()]),
    "before a space that does not break": (f"{AT}\u00a0define\u00a0ally", [mention()]),
    "before the same as an entity": (f"{AT}&nbsp;define&nbsp;ally&nbsp;", [mention()]),
    "before a new line": (f"{AT}\ndefine ally\n", [mention()]),
    "before a new line of Windows": (f"{AT}\r\ndefine ally\r\n", [mention()]),
    "between many spaces": (f"  {AT}   define   ally  ", [mention()]),
    "twice": (f"{AT} {AT} define ally", [mention(), mention()]),
    "twice and listed once": (f"{AT} define ally {AT}", [mention()]),
    "in a paragraph": (f"<p>{AT}&nbsp;define ally</p>", [mention()]),
    "in a paragraph with a style": (f'<p style="x">{AT} define ally</p>', [mention()]),
    "in boxes": (f"<div><div>{AT}&nbsp;define ally</div>\n</div>", [mention()]),
    "in a paragraph of its own": (f"<p>{AT}</p><p>define ally</p>", [mention()]),
    "in bold": (f"<p><strong>{AT}</strong> define <b>ally</b></p>", [mention()]),
    "before a break": (f"<div>{AT}<br/>define ally</div>", [mention()]),
    "with a number": (
        f'<at id="0">{NAME}</at> define ally',
        [mention(f'<at id="0">{NAME}</at>')],
    ),
    "with a number that is not listed": (f'<at id="0">{NAME}</at> define ally', [mention()]),
    "in capitals": ("<AT>ALLY NUDGE</AT> define ally", [mention()]),
    "with other spaces than listed": ("<at>Ally\u00a0 Nudge</at> define ally", [mention()]),
    "listed with other entities": (
        "<at>Ally &amp; Nudge</at> define ally",
        [mention("<at>Ally & Nudge</at>")],
    ),
    "listed after much else": (f"{AT} define ally", [*[{"type": "x"}] * 20, mention()]),
}


@pytest.mark.parametrize("kind", ["channel", "personal"])
@pytest.mark.parametrize(("text", "entities"), SPELLINGS.values(), ids=list(SPELLINGS))
async def test_the_bots_name_is_not_part_of_what_is_said(
    bot: Bot, text: str, entities: list[dict[str, Any]], kind: Any
):
    person = Person(bot, kind)
    (call,) = await person.after(person.message("", text=text, entities=entities))
    assert words(call.card) == words(await Person(bot).presses("define ally"))
    assert heading(call.card) == "Ally"


@pytest.mark.parametrize(
    "listed",
    [
        pytest.param(mention(None), id="no text listed"),
        pytest.param(mention(NAME), id="the name alone"),
        pytest.param(mention(f"@{NAME}"), id="with a sign in front"),
        pytest.param(mention(name=None), id="no name listed"),
    ],
)
async def test_a_mention_that_is_listed_otherwise_is_found_too(bot: Bot, listed: dict[str, Any]):
    person = Person(bot, "channel")
    (call,) = await person.after(person.message("", text=f"{AT} define ally", entities=[listed]))
    assert heading(call.card) == "Ally"


@pytest.mark.parametrize("text_format", ["xml", "html"])
async def test_in_a_formatted_text_no_markup_is_part_of_what_is_said(bot: Bot, text_format: str):
    person = Person(bot, "channel")
    text = f"{AT} <b>define</b> <i>al</i>ly"
    said = person.message("", text=text, textFormat=text_format, entities=[mention()])
    (call,) = await person.after(said)
    assert heading(call.card) == "Ally"


# Others who are mentioned.


@pytest.mark.parametrize(
    ("text", "name", "shown"),
    [
        pytest.param("{bot} zzqqx {other}", "Sam Lee", "“zzqqx @Sam Lee”", id="after the words"),
        pytest.param("{other} zzqqx {bot}", "Sam Lee", "“@Sam Lee zzqqx”", id="first"),
        pytest.param("{bot} zzqqx {other}", "Zoë d’Arc", "“zzqqx @Zoë d’Arc”", id="accents"),
        pytest.param("{bot} zzqqx {other}", "Ally", "“zzqqx @Ally”", id="half of the bot's name"),
        pytest.param("<p>{bot}&nbsp;zzqqx&nbsp;{other}</p>", "Sam", "“zzqqx @Sam”", id="formatted"),
    ],
)
async def test_the_name_of_a_person_stays(bot: Bot, text: str, name: str, shown: str):
    person, other = Person(bot, "channel"), f"<at>{name}</at>"
    entities = [mention(), mention(other, SAM, name)]
    for listed in (entities, entities[::-1]):
        text_there = text.format(bot=AT, other=other)
        (call,) = await person.after(person.message("", text=text_there, entities=listed))
        assert shown in seen(call)


async def test_a_name_in_a_question_does_not_hide_the_word(bot: Bot):
    person, other = Person(bot, "channel"), "<at>Sam</at>"
    text = f"{AT} what does {other} mean by manel?"
    entities = [mention(), mention(other, SAM, "Sam")]
    (call,) = await person.after(person.message("", text=text, entities=entities))
    assert heading(call.card) == "Manel"


async def test_a_person_of_the_bots_name_does_not_confuse_it(bot: Bot):
    person = Person(bot, "channel")
    entities = [mention(), mention(user=SAM)]
    for text in (f"{AT} define ally {AT}", f"{AT} {AT} define ally"):
        (call,) = await person.after(person.message("", text=text, entities=entities))
        assert heading(call.card) == "Ally"


async def test_nobody_is_mentioned_by_the_bot(bot: Bot):
    person, other = Person(bot, "channel"), "<at>Sam</at>"
    entities = [mention(), mention(other, SAM, "Sam")]
    (call,) = await person.after(person.message("", text=f"{AT} qxz {other}", entities=entities))
    assert call.body.get("entities") is None
    assert "msteams" not in call.card


# What is said to others.

TO_OTHERS: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "nobody": ("define ally", []),
    "a person": ("<at>Sam</at> define ally", [mention("<at>Sam</at>", SAM, "Sam")]),
    "another bot": ("<at>Bo</at> define ally", [mention("<at>Bo</at>", "28:another", "Bo")]),
    "a person of the bot's name": (f"{AT} define ally", [mention(user=SAM)]),
    "the bot's name without a mention": (f"{AT} define ally", []),
    "the bot's name in letters": (f"@{NAME} define ally", []),
    "the whole channel": (
        "<at>General</at> define ally",
        [mention("<at>General</at>", "19:general@thread.tacv2", "General")],
    ),
    "the bot in what is no mention": (f"{AT} define ally", [{**mention(), "type": "x"}]),
}


@pytest.mark.parametrize("kind", ["channel", "groupChat"])
@pytest.mark.parametrize(("text", "entities"), TO_OTHERS.values(), ids=list(TO_OTHERS))
async def test_what_is_said_to_others_has_no_effect(
    bot: Bot, teams: FakeTeams, text: str, entities: list[dict[str, Any]], kind: Any
):
    person = Person(bot, kind)
    for said in (text, text.replace("define ally", "check")):
        assert await person.after(person.message("", text=said, entities=entities)) == []
    assert teams.calls == []


async def test_a_mention_of_nobody_is_none_of_the_bot(bot: Bot):
    """Not even where the activity does not say who the bot is."""
    person = Person(bot, "channel")
    nobody = {"type": "mention", "text": AT, "mentioned": {"name": NAME}}
    for recipient in ({}, {"name": NAME}, None):
        said = person.message("", text="define ally", entities=[nobody], recipient=recipient)
        assert await person.after(said) == []


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("zzqqx &lt;b&gt; &amp; b", "zzqqx <b> & b"),
        ("zzqqx &amp;lt;b&amp;gt;", "zzqqx &lt;b&gt;"),
        ("zzqqx &quot;co&quot; &#39;co&#39;", "zzqqx \"co\" 'co'"),
        ("zzqqx &lt;at&gt;Sam&lt;/at&gt;", "zzqqx <at>Sam</at>"),
        ("zzqqx a < b > b", "zzqqx a < b > b"),
        ("zzqqx &nope; &", "zzqqx &nope; &"),
    ],
)
async def test_entities_are_what_was_typed(person: Person, sent: str, typed: str):
    (call,) = await person.says(sent)
    assert f"“{typed}”" in seen(call)

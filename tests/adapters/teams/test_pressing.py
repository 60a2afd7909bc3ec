"""What a button does: it says its command, in the card it stands in and before nobody else."""

import asyncio
import json
from typing import Any

import pytest

from bot.knowledge import Knowledge
from tests.adapters.teams.answering import Answer
from tests.adapters.teams.fake_teams import Call, FakeTeams
from tests.adapters.teams.judging import buttons, heading, words
from tests.adapters.teams.people import ERROR_ANSWER, Kind, Person, settle
from tests.adapters.teams.serving import Bot

ENDS = [
    ("yes", "not"),
    ("no clearly-me yes", "probably"),
    ("no clearly-me no said-yes", "not"),
    ("no clearly-me no did-not-ask", "probably"),
    ("no clearly-me no said-no", "stop"),
    ("no same-or-unsure", "probably"),
    ("no they-do", "definitely"),
    ("no known-expert", "stop"),
]
COMMANDS = ["check no", "define manel", "tip meetings", "glossary", "vérifier no", "help", "manel"]
BEGINNINGS = {"en-CA": "help", "fr-CA": "aide"}


@pytest.fixture
def tree(knowledge: Knowledge) -> Any:
    return knowledge.trees["goodwin"]


def judge_end(card: dict[str, Any], tree: Any, end: str) -> None:
    assert heading(card) == tree.ends[end].label.en
    for text in (tree.ends[end].advice.en, tree.ends[end].line.en, tree.safety.en, tree.credit.en):
        assert text in words(card)


def test_these_are_all_ends(tree: Any):
    def ways(node: str, path: str = ""):
        if node in tree.ends:
            yield path.strip(), node
        else:
            for answer in tree.questions[node].answers:
                yield from ways(answer.to, f"{path} {answer.key}")

    assert sorted(ways(tree.start)) == sorted(ENDS)


# Action.Execute: the answer is the body.


@pytest.mark.parametrize(("path", "end"), ENDS, ids=[path for path, _ in ENDS])
async def test_the_check_leads_to_every_end(
    person: Person, teams: FakeTeams, tree: Any, path: str, end: str
):
    (call,) = await person.says("check")
    card, keys = call.card, path.split()
    for number in range(len(keys)):
        command = f"check {' '.join(keys[: number + 1])}"
        assert command in buttons(card)
        card = await person.presses(command)
    judge_end(card, tree, end)
    await settle(person.bot)
    assert teams.calls == [call]


async def test_back_shows_the_question_before(person: Person):
    shown = [await person.presses("check")]
    for answers in ("no", "no clearly-me", "no clearly-me no"):
        assert f"check {answers}" in buttons(shown[-1])
        shown.append(await person.presses(f"check {answers}"))
    card = await person.presses("check no clearly-me no said-no")
    for before, back in zip(
        reversed(shown), ("no clearly-me no", "no clearly-me", "no", ""), strict=True
    ):
        command = f"check {back}".strip()
        assert command in buttons(card)
        card = await person.presses(command)
        assert card == before


@pytest.mark.parametrize("path", ["no clearly-me", "no known-expert", "no clearly-me no said-no"])
async def test_starting_over_shows_the_first_question(person: Person, path: str):
    (first,) = await person.says("check")
    assert "check" in buttons(await person.presses(f"check {path}"))
    assert await person.presses("check") == first.card


@pytest.mark.parametrize("answers", ["no maybe", "yes no", "no they-do yes", "no gone-answer"])
async def test_a_button_of_an_older_check_leads_back_to_the_beginning(person: Person, answers: str):
    assert list(buttons(await person.presses(f"check {answers}"))) == ["check"]


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_press_says_what_typing_would_say(person: Person, command: str):
    (call,) = await person.says(command)
    assert await person.presses(command) == call.card


@pytest.mark.parametrize("kind", ["channel", "groupChat"])
async def test_in_public_a_press_shows_what_its_presser_alone_would_read(
    bot: Bot, knowledge: Knowledge, kind: Kind
):
    person = Person(bot, kind)
    _, sent, _ = await person.says("check no")
    card = await person.presses("check no")
    assert card["body"] == sent.card["body"]
    assert buttons(card) == buttons(sent.card)
    assert knowledge.say("about.only_you", "en") in words(await person.presses("help"))


@pytest.mark.parametrize("kind", ["channel", "groupChat"])
async def test_a_press_changes_nothing_that_others_see(bot: Bot, teams: FakeTeams, kind: Kind):
    person = Person(bot, kind)
    await asyncio.gather(*(person.presses(command) for command in COMMANDS))
    await person.presses("say she was interrupted")
    await person.presses("i want to kill myself")
    await settle(bot)
    assert teams.calls == []


@pytest.mark.parametrize("command", COMMANDS)
async def test_the_same_press_again_shows_the_same(person: Person, command: str):
    pressed = person.execute(command)
    posted = await asyncio.gather(*(person.bot.deliver(pressed) for _ in range(3)))
    assert len({(again.status, again.text) for again in posted}) == 1
    assert (await person.press(command)).text == posted[0].text


@pytest.mark.parametrize(("locale", "first"), BEGINNINGS.items())
async def test_every_button_of_every_answer_can_be_pressed(bot: Bot, locale: str, first: str):
    """From the list of commands to wherever pressing leads, with every card looked at."""
    person, pressed, waiting = Person(bot, locale=locale), set[str](), {first}
    while waiting:
        batch = sorted(waiting)[:50]
        pressed |= set(batch)
        cards = await asyncio.gather(*(person.presses(command) for command in batch))
        waiting |= {command for card in cards for command in buttons(card)}
        waiting -= pressed
    assert len(pressed) > 100


# What is none of our buttons.

FORGED: dict[str, Any] = {
    "another verb": {"action": {"verb": "delete", "data": {"command": "help"}}},
    "no verb": {"action": {"data": {"command": "help"}}},
    "a number for a verb": {"action": {"verb": 5, "data": {"command": "help"}}},
    "no data": {"action": {"verb": "press"}},
    "empty data": {"action": {"verb": "press", "data": {}}},
    "data that is a text": {"action": {"verb": "press", "data": "help"}},
    "data that is a list": {"action": {"verb": "press", "data": ["command"]}},
    "no command": {"action": {"verb": "press", "data": {"x": "help"}}},
    "an empty command": {"action": {"verb": "press", "data": {"command": ""}}},
    "a number for a command": {"action": {"verb": "press", "data": {"command": 5}}},
    "a list for a command": {"action": {"verb": "press", "data": {"command": ["help"]}}},
    "an object for a command": {"action": {"verb": "press", "data": {"command": {"x": "help"}}}},
    "no action": {"trigger": "manual"},
    "an action that is a text": {"action": "press"},
    "a list": [{"action": {"verb": "press", "data": {"command": "help"}}}],
    "a text": "press",
    "nothing": None,
}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("value", FORGED.values(), ids=list(FORGED))
async def test_what_is_none_of_our_buttons_is_refused_in_due_form(
    bot: Bot, teams: FakeTeams, knowledge: Knowledge, value: Any, language: Any
):
    person = Person(bot, locale=f"{language}-CA")
    posted = await person.press("help", value=value)
    assert (posted.status, posted.message["statusCode"]) == (200, 400)
    assert posted.message.keys() == {"statusCode", "type", "value"}
    assert posted.message["type"] == ERROR_ANSWER
    refused = {"code": "BadRequest", "message": knowledge.say("press.unknown", language)}
    assert posted.message["value"] == refused
    await settle(bot)
    assert teams.calls == []


@pytest.mark.parametrize("command", ["define " + "a" * 100_000, "no " * 50_000, "check " * 30_000])
async def test_a_long_press_is_answered_shortly(person: Person, command: str):
    posted = await person.press(command)
    assert posted.seconds < 1
    person.judge(posted.message["value"])


async def test_a_forged_command_is_only_words(person: Person):
    card = await person.presses("zzqqx *b* [x](https://evil.test) <at>Sam</at>")
    assert "“zzqqx *b* [x](https://evil.test) <at>Sam</at>”" in words(card)


async def test_the_card_carries_nothing_of_who_pressed_or_where(bot: Bot):
    for kind in ("personal", "channel"):
        person = Person(bot, kind, name="Zebedee")
        for command in ("help", "check no", "say she was interrupted"):
            carried = json.dumps(await person.presses(command))
            for who in (person.user, person.name, person.tenant, person.conversation):
                assert who not in carried


# Action.Submit: what clients send that know no Action.Execute.


async def changed(person: Person, command: str) -> Call:
    """The one call by which the pressed card is changed."""
    said = person.submit(command)
    (call,) = await person.after(said)
    assert (call.method, call.conversation) == ("PUT", person.conversation)
    assert call.activity == said["replyToId"]
    assert call.body["id"] == said["replyToId"]
    return call


@pytest.mark.parametrize(("path", "end"), ENDS, ids=[path for path, _ in ENDS])
async def test_the_check_leads_to_every_end_in_an_old_client(
    person: Person, tree: Any, path: str, end: str
):
    (call,) = await person.says("check")
    keys = path.split()
    for number in range(len(keys)):
        command = f"check {' '.join(keys[: number + 1])}"
        assert command in buttons(call.card)
        call = await changed(person, command)
    judge_end(call.card, tree, end)


@pytest.mark.parametrize("command", ["check no", "check", "define manel", "vérifier no"])
async def test_both_kinds_of_press_show_the_same(person: Person, command: str):
    assert (await changed(person, command)).card == await person.presses(command)


async def test_a_card_that_is_gone_is_sent_anew(person: Person, teams: FakeTeams):
    put, post = await person.submits("check no", replyToId="1700000000000")
    assert (put.method, put.activity, put.answer.status) == ("PUT", "1700000000000", 404)
    assert (post.method, post.conversation, post.activity) == ("POST", person.conversation, "")
    assert post.card == put.card
    assert "id" not in post.body


@pytest.mark.parametrize(
    "answer",
    [Answer.error(403, "MessageWritesBlocked"), Answer.error(500), Answer(hangs_up=True)],
    ids=["403", "500", "hung up"],
)
async def test_a_card_that_cannot_be_changed_is_not_sent_anew(
    person: Person, teams: FakeTeams, answer: Answer
):
    teams.will_answer(person.conversation, answer)
    assert {call.method for call in await person.submits("check no")} == {"PUT"}


async def test_a_press_that_names_no_card_is_answered_in_the_chat(person: Person):
    (call,) = await person.submits("check no", replyToId=None)
    assert (call.method, call.conversation) == ("POST", person.conversation)
    assert "check no they-do" in buttons(call.card)


@pytest.mark.parametrize("kind", ["channel", "groupChat"])
@pytest.mark.parametrize("command", ["check no", "define manel", "help"])
async def test_in_public_an_old_clients_press_is_answered_alone(
    bot: Bot, teams: FakeTeams, kind: Kind, command: str
):
    person = Person(bot, kind)
    asked, sent = await person.submits(command)
    assert [asked] == teams.chats_asked_for(person.user)
    assert [sent] == teams.sent_alone(person.user)
    assert buttons(sent.card) == buttons(await person.presses(command))
    assert teams.sent_to(person.conversation) == []


@pytest.mark.parametrize("status", [400, 403, 404, 500])
async def test_in_public_an_old_clients_press_that_cannot_be_answered_alone_is_not_answered(
    bot: Bot, teams: FakeTeams, status: int
):
    person = Person(bot, "channel")
    teams.will_answer_chats(Answer.error(status))
    assert [call.makes_chat for call in await person.submits("check no")] == [True]
    assert teams.sent_to(person.conversation) == []


@pytest.mark.parametrize("value", [{}, {"command": ""}, {"command": 5}, {"x": 1}, [], "help", 5])
async def test_a_submit_that_says_nothing_is_answered_with_what_can_be_done(
    person: Person, teams: FakeTeams, value: Any
):
    (call,) = await person.submits("help", value=value)
    assert (call.method, heading(call.card)) == ("POST", "Ally Nudge")
    others = Person(person.bot, "channel")
    assert await others.submits("help", value=value) == []


async def test_two_presses_in_an_old_client_change_the_card_twice(person: Person):
    first = person.submit("check no")
    (one,) = await person.after(first)
    back = person.submit("check", replyToId=first["replyToId"])
    (two,) = await person.after(back)
    assert (one.method, two.method) == ("PUT", "PUT")
    assert one.activity == two.activity
    assert heading(two.card) == "Am I mansplaining?"

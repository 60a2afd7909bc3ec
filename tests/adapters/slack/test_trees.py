"""The check, pressed through in Slack: every end, back, anew, twice, and by whichever process."""

import asyncio
from itertools import cycle

import pytest

from bot.knowledge import Knowledge
from tests.adapters.slack.fake_slack import FakeSlack
from tests.adapters.slack.judging import buttons, heading, words
from tests.adapters.slack.people import Person, settle
from tests.adapters.slack.serving import Bot

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


@pytest.fixture
def tree(knowledge: Knowledge):
    return knowledge.trees["goodwin"]


def test_these_are_all_ends(tree):
    def ways(node: str, path: str = ""):
        if node in tree.ends:
            yield path.strip(), node
        else:
            for answer in tree.questions[node].answers:
                yield from ways(answer.to, f"{path} {answer.key}")

    assert sorted(ways(tree.start)) == sorted(ENDS)


@pytest.mark.parametrize(("path", "end"), ENDS, ids=[path for path, _ in ENDS])
async def test_two_processes_lead_to_every_end_by_turns(
    bot: Bot, other: Bot, slack: FakeSlack, tree, path: str, end: str
):
    person, turns = Person(bot), cycle((other, bot))
    message = await person.asks("", "/mansplaining")
    keys = path.split()
    for number in range(len(keys)):
        person.bot = next(turns)
        value = f"check {' '.join(keys[: number + 1])}"
        assert value in buttons(message)
        message = await person.presses(value)
        assert message["replace_original"] is True
        assert message["response_type"] == "ephemeral"
    assert heading(message) == tree.ends[end].label.en
    assert tree.ends[end].advice.en in words(message)
    assert tree.ends[end].line.en in words(message)
    assert tree.safety.en in words(message)
    assert tree.credit.en in words(message)
    await settle(bot)
    await settle(other)
    assert [call.method for call in slack.calls] == ["users.info"] * len(slack.calls)


async def test_back_shows_the_question_before(person: Person):
    shown = [await person.asks("check")]
    for answers in ("no", "no clearly-me", "no clearly-me no"):
        assert f"check {answers}" in buttons(shown[-1])
        shown.append(await person.presses(f"check {answers}"))
    end = await person.presses("check no clearly-me no said-no")
    backwards = ("no clearly-me no", "no clearly-me", "no", "")
    for before, back in zip(reversed(shown), backwards, strict=True):
        value = f"check {back}".strip()
        assert value in buttons(end)
        end = await person.presses(value)
        assert end["blocks"] == before["blocks"]


@pytest.mark.parametrize("path", ["no clearly-me", "no known-expert", "no clearly-me no said-no"])
async def test_starting_over_shows_the_first_question(person: Person, path: str):
    first = await person.asks("check")
    message = await person.presses(f"check {path}")
    assert "check" in buttons(message)
    assert (await person.presses("check"))["blocks"] == first["blocks"]


async def test_two_presses_at_once_show_the_same_thing(person: Person, slack: FakeSlack):
    await person.asks("check")
    one, two = await asyncio.gather(person.presses("check no"), person.presses("check no"))
    assert one == two
    assert one["replace_original"] is True
    await settle(person.bot)
    assert slack.calls == []


@pytest.mark.parametrize("answers", ["no maybe", "yes no", "no they-do yes", "no gone-answer"])
async def test_a_stale_button_leads_back_to_the_beginning(person: Person, answers: str):
    first = await person.asks("check")
    message = await person.presses(f"check {answers}")
    assert list(buttons(message)) == ["check"]
    assert (await person.presses("check"))["blocks"] == first["blocks"]


async def test_a_press_says_what_typing_would_say(person: Person):
    for value in ("check no", "define manel", "tip meetings", "glossary", "vérifier no"):
        typed = await person.asks(value)
        assert (await person.presses(value))["blocks"] == typed["blocks"]


async def test_a_press_without_a_value_does_nothing(person: Person, slack: FakeSlack):
    url = slack.response_url()
    await person.press("check", url, actions=[{"type": "button", "action_id": "x"}])
    await settle(person.bot)
    assert (slack.calls, url.posts) == ([], [])


async def test_the_french_check_stays_french(person: Person, tree):
    message = await person.asks("vérifier")
    assert heading(message) == tree.title.fr
    message = await person.presses("vérifier no known-expert")
    assert heading(message) == tree.ends["stop"].label.fr
    assert all(value.startswith(("vérifier", "définir")) for value in buttons(message))

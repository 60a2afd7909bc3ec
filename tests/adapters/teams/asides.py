"""What is for its asker alone: how people ask for it, and what the others read meanwhile."""

import json
from typing import Any

from bot.knowledge import Knowledge
from tests.adapters.teams.answering import Answer, until
from tests.adapters.teams.fake_teams import BOT, Call
from tests.adapters.teams.judging import CARD, buttons, heading, words
from tests.adapters.teams.people import Kind, Person, settle
from tests.adapters.teams.seeing import texts
from tests.adapters.teams.serving import Bot

PUBLIC: list[Kind] = ["channel", "groupChat"]
PRIVATE = {
    "say": "say a colleague talked over her and zebedee laughed",
    "check": "check no clearly-me no said-no",
    "before": "before",
    "in French": "vérifier no they-do",
    "in the words of a command": "am I mansplaining",
}
TOLD, TESTED = PRIVATE["say"], PRIVATE["in French"]
IN_DANGER = "i want to kill myself, zebedee"
SHORT = 15
"""Texts up to this length, such as a size, say nothing."""
COMMON = {BOT, CARD, "http://adaptivecards.io/schemas/adaptive-card.json"}
"""Longer ones that stand in every card."""

# What may come back instead of a chat, or of a message that is taken.
REFUSALS = {
    "400": Answer.error(400, "BadArgument"),
    "403": Answer.error(403, "BotNotInConversationRoster"),
    "404": Answer.error(404, "ConversationNotFound"),
    "429 for a long time": Answer.error(429, headers={"Retry-After": "600"}),
    "500": Answer.error(500),
    "a redirect": Answer.elsewhere("https://evil.test/"),
    "hung up": Answer(hangs_up=True),
    "HTML": Answer(502, "<html>", content_type="text/html", headers={"Retry-After": "600"}),
}
NO_CHATS = REFUSALS | {
    "no id": Answer.data({"x": 1}, 201),
    "an empty id": Answer.data({"id": ""}, 201),
    "a number for an id": Answer.data({"id": 5}, 201),
    "a list": Answer.data([], 201),
    "no JSON": Answer(201, "nonsense"),
}


def open_chat(person: Person) -> str:
    """The chat of two that this person has with the bot already."""
    teams = person.bot.teams
    chat = teams.chats[person.user] = f"a:1-own-{person.where}"
    teams.conversations.add(chat)
    return chat


def read_by_all(person: Person) -> list[Call]:
    """What everybody in the channel or group could read."""
    calls = person.bot.teams.sent_to(person.conversation)
    return [call for call in calls if not call.targeted]


async def read_line(person: Person, seconds: float = 5) -> str:
    """The one line that everybody reads, once it is there."""
    await until(lambda: read_by_all(person), seconds)
    await settle(person.bot)
    (call,) = read_by_all(person)
    assert set(call.body) <= {"type", "from", "text", "textFormat"}
    return call.text


async def private_texts(bot: Bot, text: str) -> set[str]:
    """Everything that the answer says; none of it may be read by others."""
    card = await Person(bot).presses(text)
    private = {said for said in texts(card) if len(said) > SHORT} - COMMON
    assert len(private) > 3
    return private


def judge_nothing_private(person: Person, private: set[str]) -> None:
    """Look at every body that reached the channel, taken or not."""
    for call in read_by_all(person):
        body = json.dumps(call.body, ensure_ascii=False)
        assert [said for said in private if said in body] == []
        assert "zebedee" not in body
        assert "attachments" not in call.body


def says_it_in(text: str) -> Any:
    return "fr" if text.startswith("vérifier") else "en"


def judge_calm(card: dict[str, Any], knowledge: Knowledge, language: Any = "en") -> None:
    """One fixed answer, and nothing to press."""
    assert heading(card) == knowledge.say("alarm.heading", language)
    assert knowledge.say("alarm.emergency", language) in words(card)
    assert buttons(card) == {}
    assert "zebedee" not in json.dumps(card)

"""What comes by itself: a channel's tip, a word to who set it up, a reminder."""

import pytest

from bot.commands.posts import reminder_post, tip_post, word_post
from bot.commands.tips import PRACTISE
from bot.knowledge import Knowledge
from bot.memory import SaveReminder
from bot.messages import LANGUAGES, Language, Mention
from tests.conftest import NOON, Ask


def test_a_tip_names_who_set_it_up_and_how_to_stop_it(knowledge: Knowledge) -> None:
    post = tip_post(knowledge, "en", NOON, "/ally ", "tip-verb", "test:W/owner")
    (by,) = [part for part in post.parts if isinstance(part, Mention)]
    assert by.key == "test:W/owner"
    assert "/ally weekly pause" in by.text
    assert "/ally weekly off" in by.text
    unsigned = tip_post(knowledge, "en", NOON, "/ally ", "tip-verb", "")
    assert not [part for part in unsigned.parts if isinstance(part, Mention)]
    assert "/ally weekly off" in unsigned.plain_text


def test_a_tip_that_is_gone_is_not_posted(knowledge: Knowledge) -> None:
    with pytest.raises(ValueError, match="no tip"):
        tip_post(knowledge, "en", NOON, "", "tip-nobody-wrote", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_can_be_pressed_below_every_tip_works(
    knowledge: Knowledge, ask: Ask, language: Language
) -> None:
    for tip in knowledge.tips:
        more, practise = tip_post(knowledge, language, NOON, "", tip, "").buttons
        another = ask(more.command, language)
        assert another.result == "answer"
        topic = knowledge.tips[tip].topic
        assert (
            another.matches[0].id != tip
            or sum(t.topic == topic for t in knowledge.tips.values()) == 1
        )
        choices = ask(practise.command, language).reply.buttons
        assert len(choices) == len(PRACTISE)
        for choice in choices:
            (kept,) = ask(choice.command, language).changes
            assert isinstance(kept, SaveReminder)
            assert kept.reminder.entry == f"tip:{tip}"


@pytest.mark.parametrize("reason", ["gone", "removed", "unauthorized"])
def test_a_word_says_where_why_and_what_to_do(knowledge: Knowledge, reason: str) -> None:
    word = word_post(knowledge, "en", NOON, "/ally ", "test:W/C", reason)
    assert [part.key for part in word.parts if isinstance(part, Mention)] == ["test:W/C"]
    assert "/ally weekly resume" in word.plain_text


def test_a_reminder_says_why_it_comes_and_how_to_stop_it(knowledge: Knowledge) -> None:
    post = reminder_post(knowledge, "en", NOON, "credit Maria", "tip:tip-verb", "r1")
    assert "You asked me to remind you. To stop: reminders cancel r1" in post.plain_text
    assert knowledge.tips["tip-verb"].if_then.en in post.plain_text

"""Every kind of post is put into words, in both languages."""

import pytest

from adapters.delivery.composing import compose
from adapters.delivery.means import Post
from bot.knowledge import Knowledge
from bot.messages import LANGUAGES, Language, Mention, Reply
from bot.schedule.plan import Stop, after_failure
from tests.adapters.delivery.scenery import CHANNEL, MONDAY, OWNER

PREFIX = "/test "


def said(post: Post, knowledge: Knowledge, language: Language = "en") -> Reply:
    return compose(post, knowledge, language, MONDAY, PREFIX)


def mentioned(reply: Reply) -> list[str]:
    return [part.key for part in reply.parts if isinstance(part, Mention)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tip_names_who_set_it_up_and_how_to_stop_it(
    knowledge: Knowledge, language: Language
) -> None:
    for tip in knowledge.tips.values():
        reply = said(Post("tip", "weekly", tip.id, OWNER, CHANNEL), knowledge, language)
        assert mentioned(reply) == [OWNER]
        assert PREFIX in reply.plain_text
        assert tip.if_then.en in reply.plain_text or language == "fr"


def test_a_tip_of_nobody_who_is_known_names_nobody(knowledge: Knowledge) -> None:
    reply = said(Post("tip", "weekly", next(iter(knowledge.tips)), "", CHANNEL), knowledge)
    assert mentioned(reply) == []
    assert PREFIX in reply.plain_text


def test_a_tip_that_is_not_there_is_refused(knowledge: Knowledge) -> None:
    with pytest.raises(ValueError, match="no-such-tip"):
        said(Post("tip", "weekly", "no-such-tip", OWNER, CHANNEL), knowledge)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", ["gone", "removed"])
def test_a_word_says_where_the_tips_stopped_and_what_to_do(
    knowledge: Knowledge, language: Language, reason: str
) -> None:
    assert isinstance(after_failure(1, reason, None, ""), Stop)  # type: ignore[arg-type]
    post = Post("word", "weekly", "", OWNER, CHANNEL, reason=reason)
    reply = said(post, knowledge, language)
    assert mentioned(reply) == [CHANNEL]
    assert PREFIX in reply.plain_text


@pytest.mark.parametrize("entry", ["", "tip:tip-credit", "tip:gone", "term:manel"])
def test_a_reminder_says_its_words(knowledge: Knowledge, entry: str) -> None:
    reply = said(Post("reminder", "r1", entry, words="credit Maria"), knowledge)
    assert "credit Maria" in reply.plain_text
    assert "reminders cancel r1" in reply.plain_text

"""Where the topic ends and the time begins."""

from datetime import datetime
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.schedule.phrases import understand
from bot.schedule.splitting import LONGEST_TEXT, Split, split
from bot.schedule.understood import Ask, Refused
from tests.schedule.conftest import NOW, ZONE


def parted(text: str, now: datetime = NOW) -> tuple[Split, ...]:
    return split(text, None, now, ZONE)


@pytest.mark.parametrize(
    ("text", "about", "when"),
    [
        # the time last
        ("about sponsorship every other Friday at noon", "sponsorship", "every other Friday noon"),
        ("sponsorship every other Friday at noon", "sponsorship", "every other Friday noon"),
        ("to thank Mai at 9", "thank Mai", "at 9"),
        ("to call Victoria Monday at 9", "call Victoria", "Monday at 9"),
        ("to read chapter 3 Monday at 9", "read chapter 3", "Monday at 9"),
        ("to read chapter 3 Monday", "read chapter 3", "Monday"),
        ("about the Monday meeting tomorrow at 9", "the Monday meeting", "tomorrow at 9"),
        ("to send the weekly report Friday at 3", "send the weekly report", "Friday at 3"),
        ("to check in with June on June 3", "check in with June", "June 3"),
        ("to ask about the 5 in 10 minutes", "ask about the 5", "in 10 minutes"),
        ("to ask about the 2 pm meeting at noon", "ask about the 2 pm meeting", "at noon"),
        ("Thank Dr. Lee, Friday at 2", "Thank Dr. Lee", "Friday at 2"),
        ("to pause before I speak every weekday", "pause before I speak", "every weekday"),
        ("about manels the first Monday of the month", "manels", "first Monday of the month"),
        ("about women in panels on May 3", "women in panels", "May 3"),
        ("de citer son idée demain à 15h", "citer son idée", "demain à 15h"),
        ("d'inviter Ana lundi prochain à 10 h, heure de Paris", "inviter Ana",
         "lundi prochain à 10 h heure de Paris"),
        ("l'écoute active tous les vendredis à midi", "l'écoute active", "le vendredi midi"),
        # the time first
        ("every Friday at noon about sponsorship", "sponsorship", "every Friday at noon"),
        ("tomorrow at 3 to thank Bob", "thank Bob", "tomorrow at 3"),
        ("tomorrow to prepare for Friday", "prepare for Friday", "tomorrow"),
        ("tomorrow at 3 call Bob", "call Bob", "tomorrow at 3"),
        ("every Monday about women in medicine", "women in medicine", "every Monday"),
        ("demain à 15h de citer son idée", "citer son idée", "demain à 15h"),
        ("chaque lundi à 10 h sur les réunions", "les réunions", "chaque lundi à 10 h"),
        # both, a zone last
        ("weekly Monday 10:00 about meetings in Toronto", "meetings", "every Monday 10:00 Toronto"),
        ("weekly Monday 10:00 about meetings in Paris", "meetings", "every Monday 10:00 Paris"),
        ("tous les lundis à 9h au sujet des réunions, heure de Paris", "réunions",
         "every Monday 9 Paris time"),
        # nothing but a time
        ("every Monday", "", "every Monday"),
    ],
)  # fmt: skip
def test_the_longest_time_at_an_end_is_the_time(text: str, about: str, when: str) -> None:
    best = parted(text)[0]
    assert best.about == about
    assert best.when == understand(when, None, NOW, ZONE)
    assert not isinstance(best.when, Refused | Ask)


def test_a_zone_at_the_end_may_belong_to_the_topic() -> None:
    zoned, plain = parted("weekly Monday 10:00 about meetings in Paris")
    assert zoned == Split("meetings", understand("Mondays 10:00 in Paris", None, NOW, ZONE))
    assert plain == Split("meetings in Paris", understand("Mondays 10:00", None, NOW, ZONE))


@pytest.mark.parametrize(
    "text",
    [
        "to thank Mai in May at 9",
        "de remercier Mai en mai à 9h",
        "to plan for next Monday tomorrow at 9",
        "to practise every Modnay at 9",
        "to practise at 9 on Thrusday",
        "to give credit the second Monday at 9",
    ],
)
def test_a_time_that_may_be_only_a_part_of_one_is_asked(text: str) -> None:
    assert isinstance(parted(text)[0].when, Ask)


@pytest.mark.parametrize(
    ("text", "about", "reason"),
    [
        ("to give credit to Ana at 25:00", "give credit to Ana", "hour"),
        ("to write to Ana yesterday", "write to Ana", "past"),
        ("to write to Ana every 10 minutes", "write to Ana", "too_often"),
        ("to write on February 30", "write", "date"),
    ],
)
def test_what_is_wrong_with_the_time_is_told(text: str, about: str, reason: str) -> None:
    (found,) = parted(text)
    assert isinstance(found.when, Refused)
    assert (found.about, found.when.reason) == (about, reason)


@pytest.mark.parametrize(
    "text", ["", "to thank Bob", "to say hello to May", "about meetings in Toronto", "x" * 5000]
)
def test_without_a_time_there_is_nothing_to_part(text: str) -> None:
    assert [found for found in parted(text) if not isinstance(found.when, Refused)] == []


words = st.sampled_from(
    """to about call May Mai Monday every week in Paris at 9 noon on the second tomorrow lundi à 15
    h de le , . ( 3 pm mondya meeting chaque 25:00 next""".split()
)


@settings(deadline=None)
@given(st.text() | st.lists(words, max_size=14).map(" ".join))
def test_a_topic_is_always_a_part_of_the_text(text: str) -> None:
    for found in parted(text):
        assert found.about in text
        assert found == parted(text)[parted(text).index(found)]


@pytest.mark.parametrize("text", ["every ", "from monday to ", "mondya ", "premier lundi et "])
def test_parting_nonsense_takes_no_time(text: str) -> None:
    began = perf_counter()
    parted((text * LONGEST_TEXT)[:LONGEST_TEXT])
    parted(text * 100_000)
    assert perf_counter() - began < 2.0  # it takes a tenth

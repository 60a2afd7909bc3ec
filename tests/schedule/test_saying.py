"""What was understood is said back, in words that mean the same."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.messages import LANGUAGES, Language
from bot.schedule.phrases import understand
from bot.schedule.recurrence import WEEKDAYS, Recurrence, next_occurrence, shown
from bot.schedule.saying import say
from bot.schedule.understood import Once, Recurring
from tests.schedule.conftest import NOW, ZONE


@pytest.mark.parametrize(
    ("text", "english", "french"),
    [
        (
            "every other Friday noon",
            "every second Friday at 12:00 (Toronto), starting Friday 13 March 2026",
            "un vendredi sur deux à 12 h (Toronto), à partir du vendredi 13 mars 2026",
        ),
        ("mondays 9:30", "every Monday at 09:30 (Toronto)", "tous les lundis à 9 h 30 (Toronto)"),
        (
            "mon thu fri in London",
            "every Monday, Thursday and Friday at 09:00 (London)",
            "tous les lundis, jeudis et vendredis à 9 h (Londres)",
        ),
        (
            "weekdays at 8",
            "every weekday at 08:00 (Toronto)",
            "du lundi au vendredi à 8 h (Toronto)",
        ),
        ("daily at 7", "every day at 07:00 (Toronto)", "tous les jours à 7 h (Toronto)"),
        (
            "every 3 weeks on Mon and Tue",
            "every 3 weeks on Monday and Tuesday at 09:00 (Toronto), starting Monday 16 March 2026",
            "toutes les 3 semaines le lundi et le mardi à 9 h (Toronto), "
            "à partir du lundi 16 mars 2026",
        ),
        (
            "first Monday of the month",
            "the first Monday of the month at 09:00 (Toronto)",
            "le premier lundi du mois à 9 h (Toronto)",
        ),
        (
            "monthly on the 1st",
            "the 1st of the month at 09:00 (Toronto)",
            "le 1er du mois à 9 h (Toronto)",
        ),
        (
            "last day of the month",
            "the last day of the month at 09:00 (Toronto)",
            "le dernier jour du mois à 9 h (Toronto)",
        ),
        (
            "every 3 months on the 22nd",
            "every 3 months on the 22nd at 09:00 (Toronto), starting Sunday 22 March 2026",
            "tous les 3 mois le 22 à 9 h (Toronto), à partir du dimanche 22 mars 2026",
        ),
        (
            "every Monday starting June 1",
            "every Monday at 09:00 (Toronto), starting Monday 1 June 2026",
            "tous les lundis à 9 h (Toronto), à partir du lundi 1er juin 2026",
        ),
        (
            "tomorrow at 3",
            "Thursday 12 March 2026 at 15:00 (Toronto)",
            "jeudi 12 mars 2026 à 15 h (Toronto)",
        ),
        (
            "tomorrow at 3 in St. John's",
            "Thursday 12 March 2026 at 15:00 (St. John's)",
            "jeudi 12 mars 2026 à 15 h (Saint-Jean de Terre-Neuve)",
        ),
    ],
)
def test_a_time_is_said_with_day_hour_and_zone(text: str, english: str, french: str) -> None:
    found = understand(text, None, NOW, ZONE)
    assert isinstance(found, Recurring | Once)
    assert say(found, "en", NOW) == english
    assert say(found, "fr", NOW) == french


days = st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True).map(
    lambda chosen: tuple(day for day in WEEKDAYS if day in chosen)
)
counted = days.map(lambda chosen: chosen[:1]) | st.just(WEEKDAYS[:5])
common = {
    "interval": st.integers(1, 12),
    "hour": st.integers(0, 23),
    "minute": st.integers(0, 59),
    "start": st.dates(date(2026, 3, 11), date(2027, 12, 31)),
}
recurrences = st.one_of(
    st.builds(Recurrence, freq=st.just("daily"), **common),
    st.builds(Recurrence, freq=st.just("weekly"), weekdays=days, **common),
    st.builds(
        Recurrence,
        freq=st.just("monthly"),
        weekdays=counted,
        ordinal=st.sampled_from([1, 2, 3, 4, -1]),
        **common,
    ),
    st.builds(
        Recurrence,
        freq=st.just("monthly"),
        monthday=st.integers(1, 31) | st.just(-1),
        **common,
    ),
)
zones = st.sampled_from(
    """America/Toronto America/St_Johns Europe/London Asia/Kolkata UTC GMT Pacific/Apia
    America/Port-au-Prince America/Argentina/Buenos_Aires America/Montreal""".split()
)
languages = st.sampled_from(LANGUAGES)


@settings(max_examples=300, deadline=None)
@given(recurrences, zones, languages, languages)
def test_what_is_said_of_a_recurrence_is_understood_as_the_same(
    recurrence: Recurrence, zone: str, language: Language, reader: Language
) -> None:
    first = next_occurrence(replace(recurrence, interval=1), zone, NOW)
    assert first is not None
    meant = Recurring(replace(recurrence, start=first.date()), zone)
    assert understand(say(meant, language, NOW), reader, NOW, "Asia/Tokyo") == meant


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 3 * 365 * 24 * 60), zones, languages, languages)
def test_what_is_said_of_a_time_is_understood_as_the_same(
    minutes: int, zone: str, language: Language, reader: Language
) -> None:
    at = shown(NOW.astimezone(UTC) + timedelta(minutes=minutes), zone)
    hour_before = shown(at.astimezone(UTC) - timedelta(hours=1), zone)
    assume(hour_before.hour != at.hour)  # the second time a clock shows it cannot be said
    meant = Once(at, zone)
    assert understand(say(meant, language, NOW), reader, NOW, "Asia/Tokyo") == meant


def test_there_are_words_for_both_languages() -> None:
    assert set(LANGUAGES) == set(get_args(Language))
    now = datetime(2026, 3, 11, tzinfo=UTC)
    said = {say(Once(now, "UTC"), language, now) for language in LANGUAGES}
    assert len(said) == len(LANGUAGES)

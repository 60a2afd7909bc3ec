"""What people say about time, in both languages, and what is refused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages import Language
from bot.schedule.phrases import LONGEST_PHRASE, understand
from bot.schedule.pieces import Reason
from bot.schedule.recurrence import WEEKDAYS, Recurrence, occurrences
from bot.schedule.understood import Ask, Mended, Once, Recurring, Refused, Understood
from bot.schedule.vocabulary import lexicon
from tests.schedule.conftest import NOW, ZONE


def read(text: str, language: Language | None = None) -> Understood:
    return understand(text, language, NOW, ZONE)


def rule(understood: Understood) -> Recurrence:
    """The recurrence that is understood, its start aside."""
    assert isinstance(understood, Recurring), understood
    return replace(understood.recurrence, start=Recurrence("daily").start)


def once(understood: Understood) -> str:
    """The local time that is understood, and its zone where it is another."""
    assert isinstance(understood, Once), understood
    zone = "" if understood.zone == ZONE else f" {understood.zone}"
    return f"{understood.at:%a %Y-%m-%d %H:%M}{zone}"


def daily(hour: int = 9, minute: int = 0, interval: int = 1) -> Recurrence:
    return Recurrence("daily", interval, hour=hour, minute=minute)


def weekly(days: str, hour: int = 9, minute: int = 0, interval: int = 1) -> Recurrence:
    return Recurrence(
        "weekly",
        interval,
        tuple(day for day in WEEKDAYS if day in days.split()),
        hour=hour,
        minute=minute,
    )


def nth(ordinal: int, days: str, hour: int = 9, minute: int = 0, interval: int = 1) -> Recurrence:
    return replace(weekly(days, hour, minute), freq="monthly", ordinal=ordinal, interval=interval)


def monthday(day: int, hour: int = 9, minute: int = 0, interval: int = 1) -> Recurrence:
    return Recurrence("monthly", interval, monthday=day, hour=hour, minute=minute)


REPEATED = {
    daily(): """every day / daily / every morning / once a day / tous les jours / chaque jour
        / quotidien / chaque matin / une fois par jour / every day of the week""",
    daily(8): "daily at 8 / tous les jours à 8 h / every morning at 8 / à 8 h tous les jours",
    daily(12): "noon every day / every day at noon / tous les jours à midi / tous les midis",
    daily(0): "every day at midnight / tous les jours à minuit",
    daily(20): "every evening at 8 / tous les soirs à 8 h / chaque soir à 20 h / every night at 8",
    daily(18, interval=2): "every other day at 6pm / un jour sur deux à 18 h",
    daily(7, interval=3): "every 3 days at 7 / every third day at 7am / tous les trois jours à 7h",
    weekly("mon"): """every Monday / Mondays / each Monday at 9 / on Mondays at 9 / weekly Monday
        / weekly on Mondays / every week on Monday / Monday mornings / EVERY MONDAY AT 9 AM.
        / at 9 every Monday / 9am every Monday / every Mon 9:00 / every monday 0900
        / every Monday at 9! / every Monday at 9. / every Monday, at 9 o'clock
        / every Monday at nine / please every Monday
        / once a week on Monday / weekly, every Monday / tous les lundis / chaque lundi à 9 h
        / le lundi / le lundi à 9h / les lundis à 9 h 00 / le lundi matin / à tous les lundis
        / toutes les semaines le lundi / une fois par semaine le lundi / tous les lun. à 9h
        / hebdomadaire, le lundi / le lundi matin à neuf heures / tous les lundis svp""",
    weekly("mon", 10, 30): """Mondays at 10:30 / every Monday 10.30am / Mondays at half past ten
        / every Monday at ten thirty / tous les lundis à 10 h 30 / le lundi à dix heures et demie
        / le lundi 10h30 / le lundi à 10:30 / tous les lundis à dix heures trente""",
    weekly("fri", 12): """Fridays at noon / every Friday noon / every Friday at 12 / Fridays 12pm
        / tous les vendredis midi / chaque vendredi à midi / le vendredi à 12 h""",
    weekly("fri", 15): """every Friday at 3 / Friday afternoons at 3
        / Fridays 3 p.m. / Fridays 15:00
        / every Friday at 3 in the afternoon / tous les vendredis à 15 h / le vendredi 15h
        / tous les vendredis après-midi à 3 h / le vendredi à 3 h de l'après-midi""",
    weekly("fri", 17): """every Friday at the end of the day / Fridays at 5 / Fridays end of day
        / tous les vendredis en fin de journée / le vendredi, fin de journée""",
    weekly("tue", 9, 45): """every Tuesday at quarter to ten / Tuesdays 9:45 / le mardi à 9 h 45
        / tous les mardis à dix heures moins le quart / le mardi à 9h45""",
    weekly("mon wed fri"): """Mon, Wed and Fri / every Monday, Wednesday & Friday / Mon/Wed/Fri at 9
        / mon wed fri 9am / Mondays, Wednesdays, and Fridays at 9 / Monday, Wednesday and Friday
        / lundi, mercredi et vendredi / le lundi, le mercredi et le vendredi à 9 h
        / les lundis, mercredis et vendredis""",
    weekly("tue thu", 14): """every Tuesday and every Thursday at 2 / Tues & Thurs 2pm
        / tous les mardis et tous les jeudis à 14 h / les mardis et les jeudis à 14h""",
    weekly("mon tue wed thu fri", 8, 30): """every weekday at 8:30 / Monday to Friday 8:30
        / Mon-Fri 8:30 / Mondays through Fridays at 8:30 / weekday mornings at 8:30
        / every business day 8:30am / daily, Monday to Friday, at 8:30 / en semaine à 8 h 30
        / du lundi au vendredi à 8h30 / tous les jours de semaine à 8 h 30
        / chaque jour ouvrable à 8h30 / tous les matins de semaine à 8h30""",
    weekly("sat sun", 11): """weekends at 11 / every weekend at 11 / Saturdays and Sundays 11am
        / les fins de semaine à 11h / chaque week-end à 11 h / samedi et dimanche 11 h""",
    weekly("fri", 12, interval=2): """every other Friday at noon / every second Friday at noon
        / every 2 weeks on Friday at noon / Friday noon every two weeks / biweekly on Friday at 12
        / alternate Fridays at noon / fortnightly, Friday noon / once every two weeks Friday noon
        / un vendredi sur deux à midi / aux deux semaines le vendredi à midi
        / vendredi sur deux, midi
        / toutes les deux semaines le vendredi à 12 h / une semaine sur deux le vendredi à midi
        / tous les quinze jours le vendredi midi / le vendredi aux deux semaines, à midi""",
    weekly("mon thu", 10, interval=3): """every 3 weeks on Monday and Thursday at 10
        / toutes les trois semaines le lundi et le jeudi à 10 h""",
    nth(1, "mon", 10): """first Monday of the month 10am / the first Monday of every month at 10
        / every first Monday at 10 / monthly on the first Monday at 10 / 1st Monday monthly at 10
        / every month, first Monday, 10am / le premier lundi du mois à 10 h
        / chaque premier lundi du mois à 10h / tous les premiers lundis du mois à 10 h
        / chaque mois le premier lundi à 10h / le 1er lundi de chaque mois, 10 h""",
    nth(-1, "fri", 16): """last Friday of the month at 4 / every last Friday at 4pm
        / on the last Friday of each month at 16:00 / le dernier vendredi du mois à 16 h
        / tous les derniers vendredis du mois à 16h / chaque mois, le dernier vendredi, à 16 h""",
    nth(2, "tue", interval=2): """every 2 months on the second Tuesday
        / every other month on the second Tuesday / tous les deux mois le deuxième mardi""",
    nth(-1, "mon tue wed thu fri"): """last business day of the month
        / le dernier jour ouvrable du mois""",
    monthday(15): """the 15th of every month / on the 15th of the month / every 15th
        / monthly on the 15th / every month on the 15th / every month on day 15
        / le 15 de chaque mois / tous les 15 du mois / chaque mois le 15 / mensuel le 15
        / une fois par mois, le 15 / le 15e jour du mois""",
    monthday(1): """the first of the month / the first day of every month / on the 1st of each month
        / le premier du mois / le 1er de chaque mois / le premier jour du mois""",
    monthday(31): "monthly on the 31st / le 31 de chaque mois",
    monthday(-1, 17): """last day of the month at 5 / every month on the last day at 17:00
        / at the end of every month at 5pm / le dernier jour du mois à 17 h
        / à la fin de chaque mois à 17 h""",
    monthday(5, 8, interval=3): """every 3 months on the 5th at 8 / quarterly on the 5th at 8
        / tous les trois mois le 5 à 8 h / trimestriel, le 5 à 8h""",
}  # fmt: skip

ONCE = {
    # NOW is Wednesday 11 March 2026, 10:00
    "Wed 2026-03-11 10:30": """in 30 minutes / in half an hour / 30 minutes from now / in 30 min
        / dans 30 minutes / dans une demi-heure""",
    "Wed 2026-03-11 11:30": """in an hour and a half / in 1 hour 30 minutes / in 90 minutes
        / in 1h30 / dans une heure et demie / dans 1 h 30
        / dans une heure trente""",
    "Wed 2026-03-11 12:00": "in two hours / dans 2 heures / today at noon / ce midi / noon / midi",
    "Wed 2026-03-11 14:00": "this afternoon / cet après-midi / à 14 h / 2pm / at 2",
    "Wed 2026-03-11 17:00": "end of day / today at 5 / fin de journée / aujourd'hui à 17 h",
    "Wed 2026-03-11 18:00": "tonight / ce soir / this evening / aujourd’hui 18h",
    "Wed 2026-03-11 20:00": """tonight at 8 / 8pm tonight / this evening at 8 / ce soir à 8 h
        / ce soir 20h / Wednesday at 8 in the evening / mercredi à 8 h du soir""",
    "Thu 2026-03-12 00:00": "tonight at midnight / midnight / minuit / tomorrow at 12am",
    "Thu 2026-03-12 09:00": """tomorrow / tomorrow morning / tomorrow at 9 / 9am / demain / at nine
        / demain matin / demain à 9 h / Thursday / jeudi / next Thursday / this Thursday / le 12""",
    "Thu 2026-03-12 03:00": "tomorrow at 3am / 3 in the morning / demain à 3 h / 03:00 tomorrow",
    "Thu 2026-03-12 15:00": """tomorrow at 3 / tomorrow 15:00 / tomorrow afternoon at 3
        / at 3 tomorrow / demain à 15h / demain après-midi à 3 h / tomorrow, 3 p.m.""",
    "Thu 2026-03-12 08:45": "tomorrow at quarter to 9 / demain à neuf heures moins le quart",
    "Fri 2026-03-13 10:30": """the day after tomorrow at 10:30 / après-demain à 10 h 30
        / in 2 days at 10:30 / Friday 10:30 / vendredi 10h30 / ce vendredi à 10 h 30
        / Friday, March 13 at 10:30 / vendredi le 13 mars à 10h30 / le vendredi 13 mars, 10 h 30
        / March 13th, 2026 at 10:30 am / 2026-03-13 10:30 / 2026-03-13T10:30 / 13/03/2026 10:30
        / Friday the 13th at 10:30""",
    "Sat 2026-03-14 09:00": "in 3 days / three days from now / dans 3 jours / Saturday / samedi",
    "Sun 2026-03-15 09:00": "the 15th at 9 / le 15 / on the 15th / le 15 mars / March 15 / 15 mars",
    "Mon 2026-03-16 14:00": "Monday at 2 / next Monday at 2 / lundi prochain à 14 h / Monday 2",
    "Wed 2026-03-18 09:00": """next Wednesday / in a week / mercredi prochain / dans une semaine
        / Wednesday next week / mercredi de la semaine prochaine / next week on Wednesday
        / a week from today""",
    "Mon 2026-03-23 09:00": "a week from Monday / lundi en huit",
    "Mon 2026-04-06 09:00": "first Monday of April / le premier lundi d'avril / April 6",
    "Wed 2026-04-15 09:00": "the 15th of next month / le 15 du mois prochain / 15 avril",
    "Sun 2026-05-03 14:00": "May 3 at 2 / 3 May 2pm / the 3rd of May at 2 / le 3 mai à 14 h",
    "Wed 2027-03-10 09:00": "March 10 / le 10 mars / 10 March",
    "Tue 2028-02-29 09:00": "February 29 / le 29 février",
}  # fmt: skip

BUTTONED = {
    "America/Vancouver": """at 9 Pacific / at 9 in Vancouver / at 9 Vancouver time / at 9 PT
        / 9am pt / à 9 h, heure du Pacifique / à 9 h (Vancouver) / à 9h HNP / à 9 h à Victoria
        / 9:00 America/Vancouver / à 9 h (heure de Vancouver)""",
    "America/Toronto": """at 9 ET / 9am EST / 9 a.m. Eastern time / à 9 h HE / à 9 h, heure de l'Est
        / à 9 h heure normale de l'Est / à 9 h, heure de Montréal / at 9 in Québec City""",
    "America/Halifax": "at 9 AT / at 9 Atlantic time / à 9 h, heure de l'Atlantique",
    "America/St_Johns": "at 9 in St. John's / at 9 Newfoundland time / à 9 h à St. John's",
    "Europe/Paris": "at 9 in Paris / at 9 Paris time / à 9 h, heure de Paris / at 9 CET",
    "UTC": "at 9 UTC / 09:00 UTC / à 9 h UTC",
}

REFUSED: dict[Reason, str] = {
    "nothing": """hello / sometimes / de temps en temps / sponsorship / every / at / on the
        / someday / May / in May / next month / plus tard / when I can / ? / 5""",
    "unknown_words": """every Monday at 10am unless it rains / tous les lundis s'il ne pleut pas
        / maybe Monday / not Monday / Monday at 9 for the standup / Monday at / every Monday in May
        / every every Monday / Monday at 9:00 or so / tomorrow 9am UTC+5 / demain vers 9 h
        / 9 to 5 on Monday / 9-10am Monday / every May 3 / tous les 3 mai
        / every Monday at 10am'; DROP TABLE schedules; --""",
    "hour": """at 25:00 / every Monday at 24:00 / at 12:60 / at 9:7 / 13 am / 13:00 pm
        / 0 pm / at 99 / à 25 h / tous les lundis à 24 h / 9 h 75 / tomorrow at thirty / lundi 9""",
    "date": """February 30 / le 31 avril / 32 mars / on the 32nd / 2026-02-29 / 2026-13-01
        / fifth Monday of the month / the 32nd of every month / Monday March 17 / lundi 17 mars
        / last Monday""",
    "past": """yesterday / hier / today at 8am / aujourd'hui à 8 h / 2020-01-01 / March 10, 2026
        / 2 hours ago / il y a deux jours / avant-hier à midi / lundi dernier""",
    "too_often": """hourly / every hour / every 10 minutes / every 2 hours / twice a day
        / twice daily / toutes les heures / toutes les 30 minutes / trois fois par jour
        / every half hour""",
    "interval": """every 0 weeks / tous les 0 jours / every 0 Mondays / every 1000 weeks
        / every year / annually on March 8 / twice a week / deux fois par semaine / in 0 minutes
        / every second weekday""",
    "contradiction": """tomorrow every Monday / every Monday tomorrow / every Monday on the 15th
        / every day on Monday / 9 in the afternoon / tomorrow morning at 8pm / Monday Tuesday Monday
        / in 2 hours tomorrow / every Monday ET in Vancouver / Mondays March 16 / in 2 hours at noon
        / every Monday this morning / tomorrow morning in the afternoon / daily weekly
        / every 2 weeks every other Friday""",
    "several": """Monday at 9 and Tuesday at 10 / Mondays at 9am 10am / Monday or Tuesday
        / every Monday 10:00 and 14:00 / noon and midnight / first and third Monday of the month
        / le 1er et le 15 de chaque mois / lundi à 9 h ou à 10 h / every Monday every Tuesday""",
    "limits": """every Monday until June / tous les lundis jusqu'au 31 mai
        / every weekday except Friday / tous les jours sauf le dimanche""",
    "zone": """every Monday 9am Narnia time / every Monday at 9 in Narnia
        / tous les lundis à 9 h, heure de l'Atlantide / Monday at 9 (Narnia)""",
}  # fmt: skip


def each(table: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (" ".join(text.split()), expected)
        for expected, texts in table.items()
        for text in texts.split(" / ")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" ".join(text.split()), expected)
        for expected, texts in REPEATED.items()
        for text in texts.replace("\n", " ").split(" / ")
    ],
    ids=str,
)
def test_what_repeats(text: str, expected: Recurrence) -> None:
    assert rule(read(text)) == expected


@pytest.mark.parametrize(("text", "expected"), each(ONCE))
def test_what_happens_once(text: str, expected: str) -> None:
    assert once(read(text)) == expected


@pytest.mark.parametrize(("text", "zone"), each(BUTTONED))
def test_a_zone_in_the_phrase_wins(text: str, zone: str) -> None:
    found = understand(f"every Monday {text}", None, NOW, "Asia/Tokyo")
    assert isinstance(found, Recurring)
    assert (found.zone, rule(found)) == (zone, weekly("mon"))
    if "à" in text:
        assert understand(f"tous les lundis {text}", None, NOW, "Asia/Tokyo") == found


@pytest.mark.parametrize(("text", "reason"), each(REFUSED))
def test_what_is_refused(text: str, reason: Reason) -> None:
    found = read(text)
    assert isinstance(found, Refused), found
    assert found.reason == reason
    assert found.words in text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("every blursday at 9am", "blursday"),
        ("every Monday at 10am unless it rains", "unless it rains"),
        ("every Monday at 25:00", "at 25:00"),
        ("every Monday 9am Narnia time", "Narnia time"),
        ("February 30 at 9", "February 30"),
        ("every 0 weeks on Monday", "every 0 weeks"),
        ("every Monday at", "at"),
    ],
)
def test_a_refusal_names_the_words_it_is_about(text: str, words: str) -> None:
    found = read(text)
    assert isinstance(found, Refused)
    assert found.words == words


@pytest.mark.parametrize(
    ("text", "expected", "about"),
    [
        ("every mondya at 9", weekly("mon"), {"mondya": "monday"}),
        ("every Thrusday at noon", weekly("thu", 12), {"Thrusday": "thursday"}),
        ("every wensday at 2pm", weekly("wed", 14), {"wensday": "wednesday"}),
        ("evry Monday", weekly("mon"), {"evry": "every"}),
        ("every other Fridya noon", weekly("fri", 12, interval=2), {"Fridya": "friday"}),
        ("every munth on the 1st", monthday(1), {"munth": "month"}),
        ("Mondys and Fridys", weekly("mon fri"), {"Mondys": "mondays", "Fridys": "fridays"}),
        ("tous les vendrdis à 9 h", weekly("fri"), {"vendrdis": "vendredis"}),
        ("chaqe lundi à 9h", weekly("mon"), {"chaqe": "chaque"}),
    ],
)  # fmt: skip
def test_one_near_reading_of_a_misspelt_word_is_asked(
    text: str, expected: Recurrence, about: dict[str, str]
) -> None:
    found = read(text)
    assert isinstance(found, Ask)
    assert rule(found.proposal) == expected
    assert found.about == tuple(Mended(*both) for both in about.items())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Febuary 3", "Wed 2027-02-03 09:00"),
        ("tommorow at 9", "Thu 2026-03-12 09:00"),
        ("in 30 minuts", "Wed 2026-03-11 10:30"),
        ("demian à 9 h", "Thu 2026-03-12 09:00"),
        ("3 févirer à 9h", "Wed 2027-02-03 09:00"),
        # not misspelt, and yet not certain
        ("next week", "Mon 2026-03-16 09:00"),
        ("05/03/2026 at 9", "Sun 2026-05-03 09:00"),
    ],
)
def test_a_single_time_may_have_to_be_asked_too(text: str, expected: str) -> None:
    found = read(text)
    assert isinstance(found, Ask)
    assert once(found.proposal) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the second Tuesday at 10", nth(2, "tue", 10)),
        ("bimonthly on the 1st", monthday(1, interval=2)),
        ("bimonthly on the last day", monthday(-1, interval=2)),
        ("weekly at 9", weekly("wed")),
        ("tous les mois", monthday(11)),
    ],
)
def test_a_rule_that_leaves_something_open_is_asked(text: str, expected: Recurrence) -> None:
    found = read(text)
    assert isinstance(found, Ask)
    assert rule(found.proposal) == expected
    assert found.about == (Mended(text, ""),)


@pytest.mark.parametrize(
    "text",
    [
        "Tursday at 10",  # Tuesday, Thursday
        "every blursday",
        "every funday at 9",
        "chaque gloudi à 9 h",
        "every Monday 9am Tornoto time",  # a place is not guessed
        "mar. 3 avril mrs",
        "every mondya at 9 pm sharpp",
        "evry mondya thursdya",
    ],
)
def test_a_word_that_is_near_to_none_or_to_several_is_refused(text: str) -> None:
    assert isinstance(read(text), Refused)


# --- languages


@pytest.mark.parametrize(
    ("text", "language", "hour"),
    [
        ("every day at 3", "fr", 15),
        ("tous les jours à 3", "en", 3),
        ("every day 3:30", None, 15),
        ("tous les jours 3:30", None, 3),
        ("tous les jours à 3 h", "en", 3),
        ("every day at 03:30", None, 3),
        ("every day at 7", None, 7),
        ("every day at 6", None, 18),
        ("every day at 12", None, 12),
        ("every day at 0:30", None, 0),
        ("every day at 13", None, 13),
        ("every day at 23:15", None, 23),
        ("every day at 3am", "fr", 3),
    ],
)
def test_the_words_say_whose_hours_are_meant(
    text: str, language: Language | None, hour: int
) -> None:
    assert rule(read(text, language)).hour == hour


@pytest.mark.parametrize(("language", "hour"), [("en", 15), ("fr", 3), (None, 15)])
def test_where_the_words_dont_say_the_language_does(language: Language | None, hour: int) -> None:
    found = understand("2026-05-03 3:00", language, NOW, ZONE)
    assert isinstance(found, Once)
    assert found.at.hour == hour


# --- from when it counts


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("every 2 weeks on Wednesday at 11", "Wed 03-11 11:00", "Wed 03-25 11:00"),
        ("every 2 weeks on Wednesday at 10", "Wed 03-18 10:00", "Wed 04-01 10:00"),
        ("every 2 weeks on Monday and Friday", "Fri 03-13 09:00", "Mon 03-23 09:00"),
        ("every 3 days at 11", "Wed 03-11 11:00", "Sat 03-14 11:00"),
        ("every 2 months on the 10th", "Fri 04-10 09:00", "Wed 06-10 09:00"),
        ("every other Friday starting March 20", "Fri 03-20 09:00", "Fri 04-03 09:00"),
        ("every 2 weeks starting next Monday", "Mon 03-16 09:00", "Mon 03-30 09:00"),
        ("every Monday starting June 2", "Mon 06-08 09:00", "Mon 06-15 09:00"),
        ("à partir du 2 juin, tous les lundis", "Mon 06-08 09:00", "Mon 06-15 09:00"),
        ("tous les deux jours à partir de lundi", "Mon 03-16 09:00", "Wed 03-18 09:00"),
    ],
)
def test_it_counts_from_the_first_time_after_now_or_after_its_start(
    text: str, first: str, second: str
) -> None:
    found = read(text)
    assert isinstance(found, Recurring)
    times = occurrences(found.recurrence, found.zone, NOW, 2)
    assert [f"{at:%a %m-%d %H:%M}" for at in times] == [first, second]
    assert found.recurrence.start == times[0].date()


def test_today_is_where_the_person_is() -> None:
    late = datetime(2026, 3, 11, 3, 0, tzinfo=UTC)  # the evening before in Toronto
    assert understand("tomorrow", None, late, ZONE) == understand("March 11", None, late, ZONE)
    there = understand("tomorrow at 9 in Tokyo", None, late, ZONE)
    assert once(there) == "Thu 2026-03-12 09:00 Asia/Tokyo"


def test_a_time_that_the_clocks_skip_is_the_first_after_the_gap() -> None:
    before = datetime(2026, 3, 7, 15, tzinfo=UTC)
    assert once(understand("tomorrow at 2:30am", None, before, ZONE)) == "Sun 2026-03-08 03:00"
    hours = understand("in 24 hours", None, before, ZONE)
    assert isinstance(hours, Once)
    assert hours.at - before == timedelta(hours=24)


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../etc/passwd", "x" * 500, "\0"])
def test_a_zone_that_is_none_is_refused(zone: str) -> None:
    assert understand("tomorrow", None, NOW, zone) == Refused("zone", zone)


# --- whatever is typed

vocabulary = [" ".join(phrase) for phrase in lexicon()]
pieces = st.sampled_from([*vocabulary, "9", "15", "31", "0", "2026", "mondya", "xyz", "toronto"])
moments = st.datetimes(datetime(2001, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@settings(max_examples=300, deadline=None)
@given(st.text() | st.lists(pieces, max_size=9).map(" ".join), moments)
def test_no_text_is_too_strange(text: str, now: datetime) -> None:
    found = understand(text, None, now, ZONE)
    assert found == understand(text, None, now, ZONE)
    match found:
        case Once(at) | Ask(Once(at)):
            assert at > now
        case Recurring(recurrence, zone) | Ask(Recurring(recurrence, zone)):
            first = occurrences(recurrence, zone, now, 1)
            assert first[0] > now
            assert first[0].date() >= recurrence.start
        case Refused(words=words):
            assert words in text


@pytest.mark.parametrize("extra", ["xyz", "unless", "42:99", "%", "every"])
@pytest.mark.parametrize("text", ["every Monday at 9", "demain à 15 h", "le 15 de chaque mois"])
def test_a_word_too_many_refuses_the_whole(text: str, extra: str) -> None:
    assert not isinstance(read(text), Refused)
    for more in (f"{extra} {text}", f"{text} {extra}"):
        assert isinstance(read(more), Refused)


def test_a_long_text_is_refused_at_once() -> None:
    began = perf_counter()
    for text in ("every Monday " * 8000, "9" * 100_000, "(" * 100_000):
        assert read(text).reason == "too_long"  # type: ignore[union-attr]
    assert perf_counter() - began < 0.1


@pytest.mark.parametrize(
    "text",
    [
        "mon tue wed thu fri sat sun ",
        "every mon and ",
        "quarter to ",
        "1/",
        "at 9 ",
        "mar 3 h ",
        "un deux ",
        "mondya tuedsay mon ",
        "new york ",
    ],
)
def test_nonsense_takes_no_longer_than_sense(text: str) -> None:
    began = perf_counter()
    read((text * LONGEST_PHRASE)[: LONGEST_PHRASE - 4] + " 5 5")
    read((text * 30)[:120] + " 5 5")
    assert perf_counter() - began < 1.0  # it takes some hundredths

"""A channel's tips: the sentence that sets them up, who may, and everything after it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import cast

import pytest

from bot.memory import (
    EndWeekly,
    House,
    Memory,
    Preferences,
    SaveWeekly,
    SetPreferences,
    Weekly,
)
from bot.messages import LANGUAGES, Language, Mention, Outcome, Role, Text
from tests.conftest import NOON, Ask

CHANNEL = "test:C"  # the person of these tests is "test:somebody"
OWNER = "test:owner"
MONDAYS = Weekly(
    owner=OWNER,
    rule="FREQ=WEEKLY;BYDAY=MO;BYHOUR=10;BYMINUTE=0",
    since=date(2026, 3, 2),
    zone="America/Toronto",
    next_at=datetime(2026, 3, 9, 14, tzinfo=UTC),  # in two hours
)
IN_TORONTO = Memory(zone="America/Toronto")

Say = Callable[..., Outcome]


@pytest.fixture
def say(ask: Ask) -> Say:
    """Says something in a channel, by a member in Toronto, with some tips there or none."""

    def said(
        text: str,
        weekly: Weekly | None = None,
        *,
        role: Role = "member",
        memory: Memory = IN_TORONTO,
        **given: object,
    ) -> Outcome:
        channel = {"channel": "C", "prefix": "/ally ", "role": role} | given
        there = replace(memory, weekly=weekly, language=channel.pop("language", None))
        return ask(text, memory=there, **channel)

    return said


def saved(outcome: Outcome) -> Weekly:
    """The tips that are remembered from now on."""
    (change,) = [change for change in outcome.changes if isinstance(change, SaveWeekly)]
    assert change.channel.endswith("C")
    return change.weekly


@pytest.mark.parametrize(
    ("text", "rule", "zone", "topic"),
    [
        ("weekly Monday 10:00", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=10;BYMINUTE=0", "Toronto", ""),
        ("weekly every Monday at 10", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=10;BYMINUTE=0", "Toronto", ""),
        (
            "weekly Monday 10:00 about meetings in Halifax",
            "FREQ=WEEKLY;BYDAY=MO;BYHOUR=10;BYMINUTE=0",
            "Halifax",
            "meetings",
        ),
        (
            "weekly every other Friday noon on hiring",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=12;BYMINUTE=0",
            "Toronto",
            "hiring",
        ),
        ("hebdo lundi 9 h 30", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=30", "Toronto", ""),
        (
            "hebdo tous les mardis à 13 h sur les réunions",
            "FREQ=WEEKLY;BYDAY=TU;BYHOUR=13;BYMINUTE=0",
            "Toronto",
            "meetings",
        ),
        (
            "weekly first Monday of the month 10am",
            "FREQ=MONTHLY;BYDAY=1MO;BYHOUR=10;BYMINUTE=0",
            "Toronto",
            "",
        ),
    ],
)
def test_a_sentence_sets_them_up(say: Say, text: str, rule: str, zone: str, topic: str) -> None:
    outcome = say(text)
    weekly = saved(outcome)
    assert (weekly.rule, weekly.zone, weekly.topic) == (rule, f"America/{zone}", topic)
    assert weekly.owner == "test:somebody"
    assert weekly.next_at is not None
    assert weekly.next_at > NOON
    assert zone in outcome.reply.plain_text


def test_the_answer_has_the_rule_and_the_next_three_dates(say: Say) -> None:
    shown = say("weekly Monday 10:00").reply.plain_text
    assert "Every Monday at 10:00 (Toronto)" in shown
    for day in (9, 16, 23):
        assert f"Monday {day} March 2026 at 10:00 (Toronto)" in shown


def test_the_channel_hears_of_it_first(say: Say) -> None:
    outcome = say("weekly Monday 10:00")
    assert outcome.introduction is not None
    told = outcome.introduction.plain_text
    assert "every Monday at 10:00 (Toronto)" in told
    assert "/ally weekly pause" in told
    (by,) = [part for part in outcome.introduction.parts if isinstance(part, Mention)]
    assert by.key == "test:somebody"
    assert outcome.unshared is not None
    assert "Add me first" in outcome.unshared.plain_text


def test_it_hears_nothing_of_a_new_time(say: Say) -> None:
    outcome = say("weekly Tuesday 9:00", replace(MONDAYS, topic="meetings"))
    assert outcome.introduction is None
    assert saved(outcome).topic == "meetings"


def test_where_they_had_stopped_it_hears_of_it_again(say: Say) -> None:
    stopped = replace(MONDAYS, stopped="removed", next_at=None)
    for text in ("weekly Tuesday 9:00", "weekly resume"):
        outcome = say(text, stopped)
        assert outcome.introduction is not None
        assert saved(outcome).stopped == ""
        assert saved(outcome).next_at is not None


def test_a_day_that_had_its_tip_gets_no_second_one(say: Say) -> None:
    used = replace(IN_TORONTO, used=(("tip-verb", datetime(2026, 3, 9, 11, tzinfo=UTC)),))
    weekly = saved(say("weekly Monday 10:00", MONDAYS, memory=used))
    assert weekly.next_at == datetime(2026, 3, 16, 14, tzinfo=UTC)


def test_what_is_not_surely_understood_is_asked_and_a_press_says_it(say: Say) -> None:
    asked = say("weekly every Moday 10:00 about hiring")
    assert asked.changes == ()
    (yes,) = asked.reply.buttons
    assert "“Moday” as “monday”" in asked.reply.plain_text
    weekly = saved(say(yes.command))
    assert (weekly.rule, weekly.topic) == (MONDAYS.rule, "hiring")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("weekly tomorrow 9am", "one time only"),
        ("weekly next Monday 10:00", "one time only"),
        ("weekly at 25:00", "25:00"),
        ("weekly pizza", "no time"),
        ("weekly Monday 10:00 about pizza", "There are tips on: Bias"),
        ("weekly every five minutes", "too often"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_remembered(say: Say, text: str, said: str) -> None:
    outcome = say(text)
    assert said in outcome.reply.plain_text
    assert outcome.changes == ()
    assert outcome.introduction is None


def test_an_unknown_zone_of_the_person_is_said(say: Say) -> None:
    unsure = say("weekly Monday 10:00", memory=Memory()).reply.plain_text
    assert "I don't know your time zone, so this is UTC" in unsure
    sure = say("weekly Monday 10:00 in Toronto", memory=Memory()).reply.plain_text
    assert "UTC" not in sure


def test_in_a_chat_of_two_there_is_no_channel(say: Say) -> None:
    outcome = say("weekly Monday 10:00", channel="")
    assert "belongs to a channel" in outcome.reply.plain_text
    assert outcome.changes == ()


def test_tips_set_up_in_french_come_in_french(say: Say) -> None:
    (_, change) = say("hebdo tous les lundis à 10 h").changes
    assert isinstance(change, SetPreferences)
    assert change.preferences == Preferences("fr", "")
    told = say("hebdo tous les lundis à 10 h").introduction
    assert told is not None
    assert "tous les lundis à 10 h" in told.plain_text


def test_anybody_sees_how_they_are(say: Say) -> None:
    shown = say("weekly", replace(MONDAYS, topic="meetings"), role="guest").reply
    assert "Every Monday at 10:00 (Toronto)" in shown.plain_text
    assert "About: Meetings" in shown.plain_text
    assert [part.key for part in shown.parts if isinstance(part, Mention)] == [OWNER]
    assert "no weekly tip yet" in say("weekly").reply.plain_text


def test_who_forgot_themselves_is_not_named(say: Say) -> None:
    shown = say("weekly", replace(MONDAYS, owner="")).reply
    assert not [part for part in shown.parts if isinstance(part, Mention)]


def test_a_preview_is_the_tip_that_comes(say: Say) -> None:
    from bot.commands.channel_tips import tips_on
    from bot.schedule.plan import pick_tip
    from tests.conftest import shipped

    channel = saved_channel(say("weekly Monday 10:00"))
    chosen = pick_tip(tips_on(shipped(), ""), {}, channel)
    shown = say("weekly preview", MONDAYS).reply.plain_text
    assert shipped().tips[cast(str, chosen)].text.en in shown
    assert "Monday 9 March 2026 at 10:00 (Toronto)" in shown


def saved_channel(outcome: Outcome) -> str:
    (change,) = [change for change in outcome.changes if isinstance(change, SaveWeekly)]
    return change.channel


def test_the_next_one_is_skipped_and_may_come_after_all(say: Say) -> None:
    outcome = say("weekly skip", MONDAYS)
    assert "no tip on Monday 9 March 2026" in outcome.reply.plain_text
    skipped = saved(outcome)
    assert skipped.next_at == datetime(2026, 3, 16, 14, tzinfo=UTC)
    (back,) = outcome.reply.buttons
    assert saved(say(back.command, skipped)).next_at == MONDAYS.next_at


def test_skipping_twice_skips_two(say: Say) -> None:
    once = saved(say("weekly skip", MONDAYS))
    assert saved(say("weekly skip", once)).next_at == datetime(2026, 3, 23, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "weekly pause until 1 April",
        "weekly pause until 2026-04-01",
        "weekly pause April 1",
        "hebdo pause jusqu'au 1er avril",
    ],
)
def test_a_pause_has_an_end(say: Say, text: str) -> None:
    outcome = say(text, MONDAYS)
    paused = saved(outcome)
    assert paused.paused_until == date(2026, 4, 1)
    assert "6 " in outcome.reply.plain_text  # Monday 6 April comes first
    shown = say("weekly", paused).reply.plain_text
    assert "Paused until Wednesday 1 April 2026" in shown
    assert "9 March" not in shown
    assert saved(say("weekly resume", paused)).paused_until is None


def test_a_pause_without_an_end_asks_for_one(say: Say) -> None:
    for text in ("weekly pause", "weekly pause until pizza", "weekly pause until 3 March 2026"):
        outcome = say(text, MONDAYS)
        assert outcome.changes == ()
        assert "A pause needs an end" in outcome.reply.plain_text
        until = [saved(say(button.command, MONDAYS)) for button in outcome.reply.buttons]
        assert [paused.paused_until for paused in until] == [
            date(2026, 3, 23),
            date(2026, 4, 6),
            date(2026, 6, 1),
        ]


@pytest.mark.parametrize("zone", ["America/Toronto", "Europe/Paris", "UTC", "Asia/Kolkata"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_off_ends_them_and_a_press_sets_the_same_up_again(
    say: Say, language: Language, zone: str
) -> None:
    there = replace(MONDAYS, zone=zone, topic="meetings")
    outcome = say("weekly off", there, language=language)
    assert isinstance(outcome.changes[0], EndWeekly)
    (again,) = outcome.reply.buttons
    weekly = saved(say(again.command, language=language))
    assert (weekly.rule, weekly.zone, weekly.topic) == (MONDAYS.rule, zone, "meetings")


def test_topic_zone_and_language_are_changed_by_themselves(say: Say) -> None:
    assert saved(say("weekly topic hiring", MONDAYS)) == replace(MONDAYS, topic="hiring")
    assert saved(say("weekly topic any", replace(MONDAYS, topic="pay"))).topic == ""
    moved = saved(say("weekly zone Vancouver", MONDAYS))
    assert moved.zone == "America/Vancouver"
    assert moved.next_at == datetime(2026, 3, 9, 17, tzinfo=UTC)
    (change,) = say("weekly language fr", MONDAYS).changes
    assert isinstance(change, SetPreferences)
    assert change.preferences.language == "fr"
    for text in ("weekly topic pizza", "weekly zone Atlantis", "weekly language klingon"):
        assert say(text, MONDAYS).changes == ()


CHANGING = ("weekly Tuesday 9:00", "weekly off", "weekly topic pay", "weekly language fr")
PAUSING = ("weekly skip", "weekly pause until 1 April", "weekly resume")
LOOKING = ("weekly", "weekly preview", "weekly next")


@pytest.mark.parametrize("text", [*CHANGING, *PAUSING])
def test_guests_change_nothing(say: Say, text: str) -> None:
    outcome = say(text, MONDAYS, role="guest")
    assert outcome.changes == ()
    assert outcome.introduction is None
    assert "Guests can look" in outcome.reply.plain_text


@pytest.mark.parametrize("text", CHANGING)
def test_a_workspace_may_leave_it_to_its_managers(say: Say, text: str) -> None:
    restricted = replace(IN_TORONTO, house=House(restricted=True))
    refused = say(text, MONDAYS, memory=restricted)
    assert refused.changes == ()
    assert "only managers" in refused.reply.plain_text
    assert say(text, MONDAYS, memory=restricted, role="admin").changes
    named = replace(restricted, house=House(True, frozenset({"test:somebody"})))
    assert say(text, MONDAYS, memory=named).changes
    assert say(text, replace(MONDAYS, owner="test:somebody"), memory=restricted).changes


@pytest.mark.parametrize("text", PAUSING)
def test_anybody_there_may_pause_all_the_same(say: Say, text: str) -> None:
    restricted = replace(IN_TORONTO, house=House(restricted=True))
    assert saved(say(text, MONDAYS, memory=restricted))


def test_without_tips_there_is_nothing_to_pause(say: Say) -> None:
    for text in (*PAUSING, "weekly off", "weekly preview"):
        outcome = say(text)
        assert outcome.changes == ()
        assert "no weekly tip yet" in outcome.reply.plain_text


def test_in_front_of_others_the_rest_is_typed_in_the_channel(say: Say) -> None:
    """The answer stands in the chat of two, where a button would know no channel."""
    for text, there in (
        ("weekly Monday 10:00", None),
        ("weekly", None),
        ("weekly", MONDAYS),
        ("weekly skip", MONDAYS),
        ("weekly pause", MONDAYS),
        ("weekly off", MONDAYS),
        ("weekly every Moday 10:00", None),
    ):
        outcome = say(text, there, public=True, prefix="@Ally ")
        assert outcome.aside is not None
        assert outcome.reply.buttons == (), text
    shown = say("weekly", MONDAYS, public=True, prefix="@Ally ").reply.plain_text
    assert "@Ally weekly pause" in shown
    told = say("weekly Monday 10:00", public=True, prefix="@Ally ").introduction
    assert told is not None
    assert "@Ally weekly pause" in told.plain_text


def test_why_nothing_comes_is_said_with_what_to_do(say: Say) -> None:
    shown = say("weekly", replace(MONDAYS, stopped="removed", next_at=None)).reply
    (trouble,) = [p for p in shown.parts if isinstance(p, Text) and "Invite me" in p.text]
    assert "/ally weekly resume" in trouble.text
    assert [button.command for button in shown.buttons] == ["weekly resume", "weekly off"]

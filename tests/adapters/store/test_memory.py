"""What was changed is remembered: by whom, where, and no more than is needed."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, event, insert, select, update

from adapters.store.engine import reading
from adapters.store.memory import apply, recall
from adapters.store.naming import weekly_id
from adapters.store.tables import deliveries, preferences, reminders, used_tips, weeklies
from bot.memory import (
    NOTHING,
    Change,
    EndReminder,
    EndWeekly,
    ForgetPerson,
    House,
    Memory,
    Preferences,
    Reminder,
    SaveReminder,
    SaveWeekly,
    SetHouse,
    SetPreferences,
    Weekly,
)
from tests.adapters.store.filling import LATER, NOON, everything, fill

WORKSPACE = "made:w1"
ANNA, BEN = "made:w1/anna", "made:w1/ben"
TEAM, OTHER = "made:w1/team", "made:w1/other"
ALL = frozenset({"everything"})

WEEKLY = Weekly(ANNA, "FREQ=WEEKLY;BYDAY=MO", date(2026, 3, 2), "Europe/Paris", LATER, "meetings")
REMINDER = Reminder("r1", "call Béa 🦊", "tip:credit", "", date(2026, 3, 9), "Europe/Paris", LATER)


def change(engine: Engine, *changes: Change) -> None:
    with engine.begin() as connection:
        apply(connection, changes)


def memory(engine: Engine, person: str = ANNA, channel: str = TEAM, *needs: str) -> Memory:
    with reading(engine) as connection:
        return recall(connection, person, channel, WORKSPACE, frozenset(needs))


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements that are sent meanwhile, but those that begin and end a transaction."""
    seen: list[str] = []

    def see(_1: object, _2: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", see)
    yield seen
    event.remove(engine, "before_cursor_execute", see)


def test_of_somebody_new_nothing_is_remembered(engine: Engine) -> None:
    assert memory(engine, ANNA, TEAM, "everything") == NOTHING
    assert memory(engine, ANNA, "") == NOTHING


def test_settings_of_person_channel_and_workspace_are_kept_apart(engine: Engine) -> None:
    change(
        engine,
        SetPreferences(ANNA, Preferences("fr", "Europe/Paris")),
        SetPreferences(TEAM, Preferences("en", "UTC")),
        SetPreferences(WORKSPACE, Preferences("fr", "America/Toronto")),
    )
    whole = Memory("fr", "fr", "Europe/Paris", "America/Toronto", Preferences("en", "UTC"))
    assert memory(engine) == whole
    assert memory(engine, ANNA, "") == replace(whole, channel=Preferences())
    assert memory(engine, BEN, OTHER) == Memory(
        workspace_language="fr", workspace_zone="America/Toronto"
    )


def test_settings_change_and_go(engine: Engine) -> None:
    change(engine, SetPreferences(ANNA, Preferences("fr")))
    change(engine, SetPreferences(ANNA, Preferences(None, "UTC")))
    assert memory(engine) == Memory(zone="UTC")
    change(engine, SetPreferences(ANNA, Preferences()))
    assert everything_is_gone(engine)


def everything_is_gone(engine: Engine) -> bool:
    with reading(engine) as connection:
        return not any(everything(connection).values())


def test_a_language_of_a_newer_program_counts_as_none(engine: Engine) -> None:
    row = {"key": ANNA, "workspace": WORKSPACE, "language": "xx", "zone": "UTC"}
    with engine.begin() as connection:
        connection.execute(insert(preferences).values(row))
    assert memory(engine) == Memory(zone="UTC")


def test_the_rules_of_a_workspace_are_remembered(engine: Engine) -> None:
    for house in (
        House(True, frozenset({ANNA, BEN})),
        House(False, frozenset({BEN})),
        House(True),
        House(),
    ):
        change(engine, SetHouse(WORKSPACE, house))
        assert memory(engine, ANNA, "", "house").house == house
        assert memory(engine, ANNA, "").house == House()
    assert everything_is_gone(engine)


@pytest.mark.parametrize(
    "weekly",
    [
        pytest.param(WEEKLY, id="on one topic"),
        pytest.param(replace(WEEKLY, topic=""), id="on everything"),
        pytest.param(replace(WEEKLY, paused_until=date(2026, 4, 1)), id="paused"),
    ],
)
def test_the_tips_of_a_channel_are_remembered(engine: Engine, weekly: Weekly) -> None:
    change(engine, SaveWeekly(TEAM, weekly))
    assert memory(engine, BEN, TEAM, "weekly").weekly == weekly
    assert memory(engine, BEN, OTHER, "weekly").weekly is None
    assert memory(engine, BEN, TEAM).weekly is None


def test_tips_that_stopped_are_never_due(engine: Engine) -> None:
    change(engine, SaveWeekly(TEAM, replace(WEEKLY, stopped="gone")))
    with reading(engine) as connection:
        assert connection.scalar(select(weeklies.c.next_at)) is None
    assert memory(engine, ANNA, TEAM, "weekly").weekly == replace(
        WEEKLY, stopped="gone", next_at=None
    )
    change(engine, SaveWeekly(TEAM, WEEKLY))
    assert memory(engine, ANNA, TEAM, "weekly").weekly == WEEKLY


def test_a_channels_tips_keep_their_id_even_where_they_ended_meanwhile(engine: Engine) -> None:
    ids = set()
    for step in (
        SaveWeekly(TEAM, WEEKLY),
        SaveWeekly(TEAM, replace(WEEKLY, owner=BEN, topic="")),
        EndWeekly(TEAM),
        SaveWeekly(TEAM, WEEKLY),
    ):
        change(engine, step)
        with reading(engine) as connection:
            ids.update(connection.scalars(select(weeklies.c.id)))
    assert ids == {weekly_id(TEAM)}
    assert weekly_id(OTHER) not in ids


def waiting(engine: Engine) -> set[str]:
    with reading(engine) as connection:
        these = select(deliveries.c.id).where(deliveries.c.status == "waiting")
        return set(connection.scalars(these))


def filled(engine: Engine, person: str = ANNA, channel: str = TEAM) -> None:
    with engine.begin() as connection:
        fill(connection, person, channel)


def test_tips_that_end_take_back_what_waits_and_keep_the_rest(engine: Engine) -> None:
    filled(engine)
    filled(engine, "made:w2/zoe", "made:w2/team")
    before = waiting(engine)
    change(engine, EndWeekly(TEAM))
    gone = {f"{weekly_id(TEAM)}/tip9", f"word/{weekly_id(TEAM)}/word3"}
    assert before - waiting(engine) == gone
    remembered = memory(engine, ANNA, TEAM, "weekly")
    assert remembered.weekly is None
    assert remembered.used == (("t", NOON),)
    with reading(engine) as connection:
        log = connection.scalars(select(deliveries.c.id).where(deliveries.c.target == TEAM)).all()
    assert log == [f"{weekly_id(TEAM)}/tip2"]


@pytest.mark.parametrize(
    ("weekly", "goes"),
    [
        pytest.param(replace(WEEKLY, paused_until=date(2026, 3, 10)), False, id="paused"),
        pytest.param(replace(WEEKLY, paused_until=date(2026, 3, 9)), True, id="pause is over"),
        pytest.param(replace(WEEKLY, stopped="gone"), False, id="stopped"),
        pytest.param(replace(WEEKLY, topic="panels"), True, id="another topic"),
    ],
)
def test_a_tip_that_waits_is_taken_back_by_a_pause(
    engine: Engine, weekly: Weekly, goes: bool
) -> None:
    filled(engine)
    before = waiting(engine)
    change(engine, SaveWeekly(TEAM, weekly))
    assert before - waiting(engine) == (set() if goes else {f"{weekly_id(TEAM)}/tip9"})


def test_used_tips_come_with_the_channels_tips_the_oldest_first(engine: Engine) -> None:
    rows = [
        {"channel": channel, "tip": tip, "workspace": WORKSPACE, "used_at": NOON.replace(day=day)}
        for channel, tip, day in ((TEAM, "b", 2), (TEAM, "a", 9), (OTHER, "c", 3))
    ]
    with engine.begin() as connection:
        connection.execute(insert(used_tips), rows)
    used = (("b", NOON.replace(day=2)), ("a", NOON))
    assert memory(engine, ANNA, TEAM, "weekly").used == used
    assert memory(engine, ANNA, TEAM).used == ()


def test_reminders_come_the_next_one_first_and_those_that_are_over_last(engine: Engine) -> None:
    over = replace(REMINDER, id="r0", next_at=None)
    soon = replace(REMINDER, id="r9", rule="FREQ=DAILY", next_at=NOON)
    for reminder in (over, REMINDER, soon):
        change(engine, SaveReminder(ANNA, reminder))
    change(engine, SaveReminder(BEN, replace(REMINDER, id="r5")))
    assert memory(engine, ANNA, "", "reminders").reminders == (soon, REMINDER, over)
    assert memory(engine, ANNA, "").reminders == ()


def test_a_reminder_that_changes_keeps_when_it_fired_last(engine: Engine) -> None:
    change(engine, SaveReminder(ANNA, REMINDER))
    with engine.begin() as connection:
        connection.execute(update(reminders).values(fired_at=NOON))
    change(engine, SaveReminder(ANNA, replace(REMINDER, words="call Zoé", next_at=None)))
    with reading(engine) as connection:
        row = connection.execute(select(reminders)).one()
    assert (row.words, row.next_at, row.fired_at) == ("call Zoé", None, NOON)


def test_nobody_changes_or_ends_somebody_elses_reminder(engine: Engine) -> None:
    filled(engine)
    with reading(engine) as connection:
        before = everything(connection)
    for own in before["reminders"]:
        change(
            engine,
            SaveReminder(BEN, replace(REMINDER, id=own["id"])),
            EndReminder(BEN, own["id"]),
        )
    with reading(engine) as connection:
        assert everything(connection) == before


def test_a_reminder_that_ended_leaves_no_word_and_nothing_that_waits(engine: Engine) -> None:
    filled(engine)
    for reminder in memory(engine, ANNA, "", "reminders").reminders:
        change(engine, EndReminder(ANNA, reminder.id))
    assert memory(engine, ANNA, "", "reminders").reminders == ()
    assert waiting(engine) == {f"{weekly_id(TEAM)}/tip9", f"word/{weekly_id(TEAM)}/word3"}


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        pytest.param("'; DROP TABLE reminders; --", "'; DROP TABLE reminders; --", id="SQL"),
        pytest.param("a\0b", "ab", id="NUL"),
        pytest.param("half \ud83d", "half ?", id="half of a character"),
        pytest.param("🦊" * 200, "🦊" * 200, id="as long as may be"),
        pytest.param("%s %(x)s :x ? {x}", "%s %(x)s :x ? {x}", id="placeholders"),
    ],
)
def test_words_are_kept_as_they_are(engine: Engine, words: str, kept: str) -> None:
    change(engine, SaveReminder(ANNA, replace(REMINDER, words=words)))
    assert memory(engine, ANNA, "", "reminders").reminders == (replace(REMINDER, words=kept),)


def test_what_somebody_set_up_is_told_where_everything_is_asked_for(engine: Engine) -> None:
    change(engine, SaveWeekly(TEAM, WEEKLY), SaveWeekly(OTHER, replace(WEEKLY, topic="")))
    change(engine, SaveWeekly("made:w1/third", replace(WEEKLY, owner=BEN)))
    owned = ((OTHER, replace(WEEKLY, topic="")), (TEAM, WEEKLY))
    assert memory(engine, ANNA, "", "everything").owned == owned
    assert memory(engine, ANNA, "", "weekly", "reminders", "house").owned == ()


@pytest.mark.parametrize(
    ("needs", "statements"),
    [
        ((), 1),
        (("house",), 2),
        (("reminders",), 2),
        (("weekly",), 3),
        (("nudging",), 3),
        (("everything",), 8),
    ],
    ids=str,
)
def test_only_what_is_needed_is_asked_for(
    engine: Engine, needs: tuple[str, ...], statements: int
) -> None:
    with counted(engine) as seen:
        memory(engine, ANNA, TEAM, *needs)
    assert len(seen) == statements, seen


def test_all_changes_happen_or_none(engine: Engine) -> None:
    broken = replace(REMINDER, next_at=datetime(2026, 3, 9))  # noqa: DTZ001
    with pytest.raises(Exception, match="needs a zone"):
        change(engine, SetPreferences(ANNA, Preferences("fr")), SaveReminder(ANNA, broken))
    assert everything_is_gone(engine)


def test_many_at_once_neither_fail_nor_lose_anything(engine: Engine) -> None:
    def act(number: int) -> None:
        person = f"made:w1/p{number % 4}"
        reminder = replace(REMINDER, id=f"r{number}", words=f"no. {number}")
        for step in range(5):
            at = NOON + timedelta(minutes=step)
            change(
                engine,
                SaveReminder(person, replace(reminder, next_at=at.astimezone(UTC))),
                SetPreferences(WORKSPACE, Preferences("fr" if step % 2 else "en")),
                SaveWeekly(TEAM, replace(WEEKLY, owner=person)),
                SetHouse(WORKSPACE, House(True, frozenset({person, ANNA}))),
            )
            remembered = memory(engine, person, TEAM, "everything")
            assert reminder.id in {known.id for known in remembered.reminders}
            assert remembered.weekly is not None

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(act, range(8)))
    kept = [memory(engine, f"made:w1/p{place}", "", "reminders").reminders for place in range(4)]
    assert sorted(reminder.id for own in kept for reminder in own) == [f"r{n}" for n in range(8)]
    assert ANNA in memory(engine, ANNA, "", "house").house.managers


def test_forgetting_somebody_unknown_changes_nothing(engine: Engine) -> None:
    filled(engine)
    with reading(engine) as connection:
        before = everything(connection)
    change(engine, ForgetPerson("made:w1/nobody"), ForgetPerson("made:w1/ann"))
    with reading(engine) as connection:
        assert everything(connection) == before

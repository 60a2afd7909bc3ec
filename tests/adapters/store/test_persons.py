"""What is stored on a person is told to them whole, and gone whole where they want it gone."""

import json
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest
from sqlalchemy import Engine, insert, select

from adapters.store.engine import reading
from adapters.store.erasing import purge_channel, purge_workspace
from adapters.store.memory import apply
from adapters.store.naming import weekly_id
from adapters.store.tables import deliveries, reminders, weeklies
from adapters.store.telling import tell
from bot.memory import ForgetPerson
from tests.adapters.store.filling import LATER, everything, fill, naming

# One key begins like the other; one workspace too. "_" and "%" mean more in a pattern of SQL.
ANNA, ANNABEL = "made:w_1/anna", "made:w_1/annabel"
ZOE, YVES = "made:w_12/zoe", "made:wx1/yves"
TEAM, TEAM_B = "made:w_1/team", "made:w_1/team-b"
ZOES, YVES_S = "made:w_12/team", "made:wx1/team"


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """Two of one workspace and two of others did everything that can be done."""
    with engine.begin() as connection:
        for person, channel in ((ANNA, TEAM), (ANNABEL, TEAM_B), (ZOE, ZOES), (YVES, YVES_S)):
            fill(connection, person, channel)
    return engine


def test_nothing_in_any_table_names_a_person_who_was_forgotten(filled: Engine) -> None:
    with filled.begin() as connection:
        assert len(naming(connection, "anna")) >= 7
        apply(connection, [ForgetPerson(ANNA)])
    with reading(filled) as connection:
        left = naming(connection, "anna")
        assert all("annabel" in str(row) for rows in left.values() for row in rows), left
        assert not naming(connection, sha256(ANNA.encode()).hexdigest()[:8]).keys() - {"events"}


def test_a_delivery_that_is_made_at_the_same_moment_goes_too(filled: Engine) -> None:
    """Who forgets waits for a tick that is under way, and then takes what it made."""

    def forget() -> None:
        with filled.begin() as connection:
            apply(connection, [ForgetPerson(ANNA)])

    own = select(reminders).where(reminders.c.person == ANNA, reminders.c.next_at.is_not(None))
    with ThreadPoolExecutor(1) as thread:
        with filled.begin() as ticking:
            row = ticking.execute(own.with_for_update(skip_locked=True)).one()
            forgetting = thread.submit(forget)
            with pytest.raises(TimeoutError):
                forgetting.result(0.3)
            new = {"id": "new", "kind": "reminder", "schedule": row.id, "target": ANNA}
            new |= {"workspace": row.workspace, "local_date": LATER.date(), "due_at": LATER}
            new |= {"not_before": LATER, "status": "waiting"}
            ticking.execute(insert(deliveries).values(new))
        forgetting.result(10)
    with reading(filled) as connection:
        assert "new" not in {row["id"] for row in everything(connection)["deliveries"]}


def test_nothing_of_anybody_else_goes_with_a_person(filled: Engine) -> None:
    with filled.begin() as connection:
        others = [naming(connection, key) for key in (ANNABEL, ZOE, YVES)]
        used = everything(connection)["used_tips"]
        apply(connection, [ForgetPerson(ANNA)])
    with reading(filled) as connection:
        assert [naming(connection, key) for key in (ANNABEL, ZOE, YVES)] == others
        assert everything(connection)["used_tips"] == used


def test_the_tips_of_a_channel_go_on_without_the_name_of_who_set_them_up(filled: Engine) -> None:
    these = select(weeklies).where(weeklies.c.channel == TEAM)
    with filled.begin() as connection:
        before = connection.execute(these).mappings().one()
        apply(connection, [ForgetPerson(ANNA)])
        assert dict(connection.execute(these).mappings().one()) == dict(before) | {"owner": ""}


def test_everything_that_names_a_person_is_told_and_nothing_else(filled: Engine) -> None:
    with reading(filled) as connection:
        told = tell(connection, ANNABEL)
        named = naming(connection, ANNABEL)
    assert told == json.loads(json.dumps(named, default=lambda value: value.isoformat()))
    for other in (f"{ANNA}'", ZOE, YVES):
        assert other not in repr(told)


def test_what_is_told_holds_the_words_and_the_dates(filled: Engine) -> None:
    with reading(filled) as connection:
        reminders = tell(connection, ANNA)["reminders"]
    assert {row["words"][:4] for row in reminders} == {"x", "call"}
    assert {row["since"] for row in reminders} == {"2026-03-02"}
    assert {row["next_at"] for row in reminders} == {None, "2026-03-16T12:00:00+00:00"}


def test_of_somebody_new_nothing_is_told(filled: Engine) -> None:
    with reading(filled) as connection:
        assert tell(connection, "made:w_1/nobody") == {}


def test_nothing_of_a_workspace_is_left_where_the_bot_was_removed(filled: Engine) -> None:
    with filled.begin() as connection:
        others = [naming(connection, word) for word in ("made:w_12", "made:wx1")]
        purge_workspace(connection, "made:w_1")
    with reading(filled) as connection:
        left = naming(connection, "made:w_1")
        assert all("made:w_12" in str(row) for rows in left.values() for row in rows), left
        assert [naming(connection, word) for word in ("made:w_12", "made:wx1")] == others


def test_nothing_of_a_channel_is_left_where_the_bot_was_removed(filled: Engine) -> None:
    with filled.begin() as connection:
        others = [naming(connection, word) for word in (TEAM_B, "made:w_12", "made:wx1")]
        persons = len(naming(connection, ANNA)["reminders"])
        purge_channel(connection, TEAM)
    with reading(filled) as connection:
        left = naming(connection, TEAM)
        assert all(TEAM_B in str(row) for rows in left.values() for row in rows), left
        assert naming(connection, weekly_id(TEAM)) == {}
        assert [naming(connection, word) for word in (TEAM_B, "made:w_12", "made:wx1")] == others
        assert len(naming(connection, ANNA)["reminders"]) == persons

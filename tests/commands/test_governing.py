"""The settings of a workspace: everybody sees them, admins and managers change them."""

import pytest

from bot.memory import House, Memory, Preferences, SetHouse, SetPreferences
from bot.messages import Mention
from tests.conftest import Ask

SAM = "test:sam"
MANAGED = Memory(house=House(False, frozenset({"test:somebody"})))


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("settings weekly managers", House(restricted=True)),
        ("réglages hebdo gestionnaires", House(restricted=True)),
        ("settings add @sam", House(managers=frozenset({SAM}))),
    ],
)
def test_an_admin_decides_who_may_set_up_tips(ask: Ask, text: str, change: House) -> None:
    outcome = ask(text, role="admin", mentioned=(SAM,))
    assert outcome.changes == (SetHouse("test:somebody", change),)


def test_what_was_changed_is_shown_as_it_is_now(ask: Ask) -> None:
    shown = ask("settings weekly managers", role="admin").reply.plain_text
    assert "Who may set up weekly tips: Managers and admins only" in shown
    added = ask("settings add @sam", role="admin", mentioned=(SAM,)).reply
    assert [part.key for part in added.parts if isinstance(part, Mention)] == [SAM]


def test_a_manager_may_add_and_remove_others(ask: Ask) -> None:
    (added,) = ask("settings add @sam", memory=MANAGED, mentioned=(SAM,)).changes
    assert isinstance(added, SetHouse)
    assert added.house.managers == {SAM, "test:somebody"}
    both = Memory(house=added.house)
    (removed,) = ask("settings remove @sam", memory=both, mentioned=(SAM,)).changes
    assert isinstance(removed, SetHouse)
    assert removed.house.managers == {"test:somebody"}


@pytest.mark.parametrize(
    ("text", "preferences"),
    [
        ("settings language fr", Preferences("fr", "")),
        ("settings zone Toronto", Preferences(None, "America/Toronto")),
        ("réglages fuseau Montréal", Preferences(None, "America/Toronto")),
    ],
)
def test_language_and_zone_of_all_are_set(ask: Ask, text: str, preferences: Preferences) -> None:
    assert ask(text, role="admin").changes == (SetPreferences("test:somebody", preferences),)


def test_setting_one_keeps_the_other(ask: Ask) -> None:
    there = Memory(workspace_language="fr", workspace_zone="America/Halifax")
    (change,) = ask("settings language auto", role="admin", memory=there).changes
    assert isinstance(change, SetPreferences)
    assert change.preferences == Preferences(None, "America/Halifax")


@pytest.mark.parametrize(
    "text", ["settings weekly managers", "settings add @sam", "settings language fr"]
)
@pytest.mark.parametrize("role", ["member", "guest", "unknown"])
def test_others_look_and_change_nothing(ask: Ask, text: str, role: str) -> None:
    outcome = ask(text, role=role, mentioned=(SAM,))
    assert outcome.changes == ()
    assert "Only an admin" in outcome.reply.plain_text
    assert "Every member" in ask("settings", role=role).reply.plain_text


def test_what_is_missing_or_unknown_is_said(ask: Ask) -> None:
    for text, said in (
        ("settings add", "Whom?"),
        ("settings zone Atlantis", "I know no time zone “Atlantis”"),
        ("settings weekly", "Every member"),
        ("settings language klingon", "Every member"),
    ):
        outcome = ask(text, role="admin")
        assert outcome.changes == (), text
        assert said in outcome.reply.plain_text, text

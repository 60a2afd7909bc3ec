"""`ally when`: phrases of time for people and for other programs."""

import json
from typing import Any

import pytest

from tests.adapters.running import ally

NOW = "2026-03-11T10:00:00-04:00"


def lines(*asked: dict[str, Any]) -> list[dict[str, Any]]:
    said = "".join(json.dumps(one) + "\n" for one in asked).encode()
    done = ally("when", "--jsonl", said=said)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def asked(text: Any, **more: Any) -> dict[str, Any]:
    return {"id": 1, "lang": "en", "text": text, "now": NOW, "zone": "America/Toronto", **more}


def test_a_recurrence_comes_with_its_rule_and_what_follows() -> None:
    (answer,) = lines(
        asked(
            "every other Friday noon Vancouver time",
            after=[
                "2026-03-11T10:00:00-04:00",
                "2026-03-13T12:00:00-07:00",
                "2026-10-30T00:00:00Z",
            ],
        )
    )
    assert answer == {
        "id": 1,
        "kind": "recurring",
        "rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=12;BYMINUTE=0",
        "freq": "weekly",
        "interval": 2,
        "weekdays": ["fri"],
        "ordinal": None,
        "monthday": None,
        "hour": 12,
        "minute": 0,
        "zone": "America/Vancouver",
        "at": None,
        "next": [
            "2026-03-13T12:00:00-07:00",
            "2026-03-27T12:00:00-07:00",
            "2026-11-06T12:00:00-07:00",
        ],
        "message": "every second Friday at 12:00 (Vancouver), starting Friday 13 March 2026",
    }


def test_one_time_is_over_after_it() -> None:
    (answer,) = lines(asked("demain à 15h", lang="fr", after=[NOW, "2026-03-12T15:00:00-04:00"]))
    assert answer["kind"] == "once"
    assert answer["at"] == "2026-03-12T15:00:00-04:00"
    assert answer["next"] == ["2026-03-12T15:00:00-04:00", None]
    assert answer["message"] == "jeudi 12 mars 2026 à 15 h (Toronto)"


def test_a_slip_is_asked_about_with_a_proposal() -> None:
    (answer,) = lines(asked("mondy 10am", after=[NOW]))
    assert (answer["kind"], answer["hour"]) == ("ask", 10)
    assert answer["next"] == ["2026-03-16T10:00:00-04:00"]
    assert answer["message"].startswith("Do you mean Monday 16 March 2026 at 10:00 (Toronto)?")


@pytest.mark.parametrize(
    "text", ["at 25:00", "every blursday", "", "every 10 minutes", "yesterday"]
)
def test_what_is_not_understood_is_an_error_that_helps(text: str) -> None:
    (answer,) = lines(asked(text, after=[NOW]))
    assert (answer["kind"], answer["next"]) == ("error", [None])
    assert "For example" in answer["message"]


def test_a_line_that_cannot_be_read_does_not_stop_the_rest() -> None:
    answers = lines(
        asked(5),
        asked("tomorrow", now="soon"),
        asked("tomorrow", now="2026-03-11T10:00:00"),
        asked("tomorrow", after="never"),
        asked("tomorrow", zone=7),
        asked("tomorrow", zone="Mars/Olympus"),
        asked("tomorrow"),
    )
    assert ["error" in answer for answer in answers] == [True] * 5 + [False] * 2
    assert [answer.get("kind") for answer in answers[5:]] == ["error", "once"]


def test_a_person_sees_the_reading_and_the_next_dates() -> None:
    done = ally("when", "--lang", "fr", "--zone", "America/Toronto", "tous les lundis à 9 h")
    said = done.stdout.decode().splitlines()
    assert (done.returncode, said[0]) == (0, "tous les lundis à 9 h (Toronto)")
    assert len(said) == 4
    assert all(line.startswith("• lundi ") and line.endswith(", 09:00") for line in said[1:])
    assert ally("when", "every", "blursday").returncode == 1


def test_the_packaged_zones_count_and_not_the_systems() -> None:
    """British Columbia has stayed on summer time since 2026; systems' files may not know."""
    (answer,) = lines(asked("every day at 9 Vancouver time", after=["2026-12-01T00:00:00Z"]))
    assert answer["next"] == ["2026-12-01T09:00:00-07:00"]

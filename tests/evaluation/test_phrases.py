"""The files of phrases of time are sound: made as they say, and right by a slow way to reckon.

Which share of them the bot understands is measured by `tests.evaluation.phrase_scoring`.
"""

import json
import sys
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.knowledge.folding import fold
from tests.evaluation.phrase_scoring import PARTS, Line, answers, lines, main, score, wrong
from tests.evaluation.phrases.oracle import first_instant, next_instant, zone_named, zones

FILES = {part: lines(part) for part in PARTS}
DAY = timedelta(days=1)

# By hand: the last instant before the clocks change there, in the time of the place.
CHANGES = {
    "America/Toronto": ("2026-11-01T01:59-04:00", "2027-03-14T01:59-05:00"),
    "America/Halifax": ("2026-11-01T01:59-03:00", "2027-03-14T01:59-04:00"),
    "America/St_Johns": ("2026-11-01T01:59-02:30", "2027-03-14T01:59-03:30"),
    "Europe/Paris": ("2026-10-25T02:59+02:00", "2027-03-28T01:59+01:00"),
    "Europe/London": ("2026-10-25T01:59+01:00", "2027-03-28T00:59+00:00"),
    "Australia/Sydney": ("2026-10-04T01:59+10:00", "2027-04-04T02:59+11:00"),
}
WITHOUT_CHANGES = ("America/Vancouver", "America/Winnipeg", "UTC")


def timed(part: str) -> list[Line]:
    """The lines that mean a time."""
    return [line for line in FILES[part] if line["expected"]["kind"] != "error"]


def reckoned(line: Line) -> list[datetime | None]:
    now = datetime.fromisoformat(line["now"])
    return [
        next_instant(line["expected"], now, datetime.fromisoformat(after))
        for after in line["after"]
    ]


def written(line: Line) -> list[datetime | None]:
    return [text and datetime.fromisoformat(text) for text in line["expected"]["next"]]


def offset(zone: str, instant: datetime) -> timedelta | None:
    return instant.astimezone(zone_named(zone)).utcoffset()


# --- the way to reckon


@pytest.mark.parametrize(
    ("zone", "day", "clock", "instant"),
    [
        ("America/Toronto", "2027-03-13", (2, 30), "2027-03-13T02:30-05:00"),
        ("America/Toronto", "2027-03-14", (2, 30), "2027-03-14T03:00-04:00"),
        ("America/Toronto", "2026-11-01", (1, 30), "2026-11-01T01:30-04:00"),
        ("America/St_Johns", "2026-11-01", (1, 0), "2026-11-01T01:00-02:30"),
        ("America/Vancouver", "2026-12-24", (9, 0), "2026-12-24T09:00-07:00"),
        ("America/Vancouver", "2027-03-14", (2, 30), "2027-03-14T02:30-07:00"),
        ("America/Winnipeg", "2027-01-15", (9, 0), "2027-01-15T09:00-05:00"),
        ("Europe/London", "2027-03-28", (1, 0), "2027-03-28T02:00+01:00"),
        ("Europe/Paris", "2026-10-25", (2, 59), "2026-10-25T02:59+02:00"),
        ("Australia/Sydney", "2026-10-04", (2, 45), "2026-10-04T03:00+11:00"),
        ("Australia/Sydney", "2027-04-04", (2, 0), "2027-04-04T02:00+11:00"),
        ("UTC", "2026-11-01", (0, 0), "2026-11-01T00:00+00:00"),
    ],
)
def test_a_minute_that_is_skipped_or_comes_twice(
    zone: str, day: str, clock: tuple[int, int], instant: str
) -> None:
    found = first_instant(zone, date.fromisoformat(day), *clock)
    assert found == datetime.fromisoformat(instant)


TORONTO = {"kind": "recurring", "zone": "America/Toronto", "interval": 1, "hour": 9, "minute": 0}
AT_1_30 = TORONTO | {"freq": "daily", "hour": 1, "minute": 30}
FIFTEENTH = TORONTO | {"freq": "monthly", "monthday": 15}
THIRTY_FIRST = TORONTO | {"freq": "monthly", "monthday": 31}
LAST_DAY = TORONTO | {"freq": "monthly", "monthday": -1}
FIRST_MONDAY = TORONTO | {"freq": "monthly", "ordinal": 1, "weekdays": ["mon"]}
LAST_MONDAY = TORONTO | {"freq": "monthly", "ordinal": -1, "weekdays": ["mon"]}
FORTNIGHT = TORONTO | {"freq": "weekly", "weekdays": ["mon", "wed"], "interval": 2}
QUARTER = FIFTEENTH | {"interval": 3}


@pytest.mark.parametrize(
    ("expected", "now", "after", "instant"),
    [
        pytest.param(
            AT_1_30,
            "2026-10-30T12:00-04:00",
            "2026-11-01T01:30-04:00",
            "2026-11-02T01:30-05:00",
            id="a minute that comes twice counts once",
        ),
        pytest.param(
            FIFTEENTH,
            "2026-10-15T09:00-04:00",
            "2026-10-15T09:00-04:00",
            "2026-11-15T09:00-05:00",
            id="strictly after",
        ),
        pytest.param(
            THIRTY_FIRST,
            "2027-01-31T10:00-05:00",
            "2027-01-31T10:00-05:00",
            "2027-03-31T09:00-04:00",
            id="a month without a 31st is skipped",
        ),
        pytest.param(
            LAST_DAY,
            "2027-01-31T10:00-05:00",
            "2028-02-10T10:00-05:00",
            "2028-02-29T09:00-05:00",
            id="the last day of a leap February",
        ),
        pytest.param(
            FIRST_MONDAY,
            "2026-10-30T12:00-04:00",
            "2026-11-02T09:00-05:00",
            "2026-12-07T09:00-05:00",
            id="the first Monday",
        ),
        pytest.param(
            LAST_MONDAY,
            "2026-10-30T12:00-04:00",
            "2026-11-02T09:00-05:00",
            "2026-11-30T09:00-05:00",
            id="the last Monday is the fifth",
        ),
        pytest.param(
            FORTNIGHT,
            "2026-10-18T12:00-04:00",
            "2026-10-21T09:00-04:00",
            "2026-11-02T09:00-05:00",
            id="every other week, both days in the same week",
        ),
        pytest.param(
            QUARTER,
            "2026-10-30T12:00-04:00",
            "2026-11-15T09:00-05:00",
            "2027-02-15T09:00-05:00",
            id="every three months from the first after now",
        ),
    ],
)
def test_the_next_time_is_as_the_calendar_says(
    expected: Line, now: str, after: str, instant: str
) -> None:
    found = next_instant(expected, datetime.fromisoformat(now), datetime.fromisoformat(after))
    assert found == datetime.fromisoformat(instant)


# --- the files


@pytest.mark.parametrize("part", PARTS)
def test_every_next_time_is_reckoned_to_be_the_same(part: str) -> None:
    assert [line["id"] for line in timed(part) if reckoned(line) != written(line)] == []


@pytest.mark.parametrize("part", PARTS)
def test_a_zone_that_is_as_right_as_another_gives_the_same_times(part: str) -> None:
    differ = [
        (line["id"], zone)
        for line in timed(part)
        for zone in zones(line["expected"])
        if reckoned({**line, "expected": {**line["expected"], "zone": zone}}) != written(line)
    ]
    assert differ == []


@pytest.mark.parametrize("part", PARTS)
def test_times_are_written_in_the_clock_of_their_zone(part: str) -> None:
    other = [
        line["id"]
        for line in timed(part)
        for instant in written(line)
        if instant and instant.utcoffset() != offset(zones(line["expected"])[0], instant)
    ]
    assert other == []


@pytest.mark.parametrize("part", PARTS)
def test_nothing_is_asked_about_the_time_before_now(part: str) -> None:
    early = [
        line["id"]
        for line in FILES[part]
        for after in line["after"]
        if datetime.fromisoformat(after) < datetime.fromisoformat(line["now"])
    ]
    assert early == []


@pytest.mark.parametrize("part", PARTS)
def test_a_time_itself_is_asked_about(part: str) -> None:
    """Where next means strictly after, that is where a slip shows."""
    without = [
        line["id"]
        for line in timed(part)
        if not {datetime.fromisoformat(after) for after in line["after"]} & set(written(line))
    ]
    assert without == []


@pytest.mark.parametrize("part", PARTS)
def test_the_days_on_which_clocks_change_are_asked_about(part: str) -> None:
    asked = {
        (zone, datetime.fromisoformat(after).astimezone(UTC))
        for line in timed(part)
        for zone in zones(line["expected"])
        for after in line["after"]
    }
    for zone, changes in CHANGES.items():
        for change in map(datetime.fromisoformat, changes):
            moved = change + timedelta(minutes=1)
            assert offset(zone, change) == change.utcoffset() != offset(zone, moved)
            near = [instant - change for there, instant in asked if there == zone]
            assert any(-DAY <= apart <= timedelta(0) for apart in near), (zone, change)
            assert any(timedelta(0) < apart <= DAY * 2 for apart in near), (zone, change)
    assert set(WITHOUT_CHANGES) <= {zone for zone, _ in asked}


@pytest.mark.parametrize("part", PARTS)
def test_there_is_enough_of_everything(part: str) -> None:
    count = len(FILES[part])
    languages = Counter(line["lang"] for line in FILES[part])
    kinds = Counter(line["expected"]["kind"] for line in FILES[part])
    assert count >= 160
    assert languages["fr"] / count == pytest.approx(1 / 3, abs=0.02)
    assert kinds["error"] / count == pytest.approx(1 / 6, abs=0.02)
    assert kinds["ask"] >= 10
    assert kinds["once"] >= 40
    assert kinds["recurring"] >= 80


def test_both_halves_are_of_the_same_mix() -> None:
    tuning, held_out = (Counter(line["class"] for line in FILES[part]) for part in PARTS)
    assert tuning.keys() == held_out.keys()
    assert all(abs(tuning[name] - held_out[name]) <= 1 for name in tuning)


def test_no_id_and_no_text_comes_twice() -> None:
    everything = [line for part in PARTS for line in FILES[part]]
    assert len({line["id"] for line in everything}) == len(everything)
    texts = Counter(" ".join(fold(line["text"]).split()) for line in everything)
    assert [text for text, times in texts.items() if text and times > 1] == []


# --- the score


def perfect(line: Line) -> dict[str, object]:
    """An answer in other words: another offset, a null for an empty list, days turned round."""
    expected = dict(line["expected"])
    if expected["kind"] == "error":
        return {"kind": "error", "message": "no"}
    expected["zone"] = zones(expected)[-1]
    expected["next"] = [
        text and datetime.fromisoformat(text).astimezone(UTC).isoformat()
        for text in expected["next"]
    ]
    expected["weekdays"] = list(reversed(expected.get("weekdays") or ())) or None
    return expected


@pytest.mark.parametrize("part", PARTS)
def test_a_program_that_is_always_right_gets_everything(part: str) -> None:
    said = {line["id"]: perfect(line) for line in FILES[part]}
    total = score(FILES[part], said)["all"]
    assert (total.exact, total.refused, total.misread) == (len(FILES[part]), 0, 0)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "ask"),
        ("freq", "daily"),
        ("interval", 2),
        ("weekdays", ["mon", "tue"]),
        ("ordinal", 1),
        ("monthday", 1),
        ("hour", 22),
        ("minute", 1),
        ("zone", "America/Detroit"),
        ("next", []),
        ("next", ["soon"]),
        ("next", None),
    ],
)
def test_one_wrong_field_is_a_miss(name: str, value: object) -> None:
    line = FILES["tuning"][0]
    assert wrong(line, perfect(line)) == []
    assert wrong(line, perfect(line) | {name: value}) == [name]


@pytest.mark.parametrize(("name", "value"), [("at", None), ("at", "2027-01-01"), ("zone", "UTC")])
def test_one_wrong_field_of_a_single_time_is_a_miss(name: str, value: object) -> None:
    line = next(line for line in FILES["tuning"] if line["class"] == "weekday")
    assert wrong(line, perfect(line) | {name: value}) == [name]


def test_to_refuse_everything_is_right_only_for_what_must_be_refused() -> None:
    asked = FILES["tuning"]
    total = score(asked, {line["id"]: {"kind": "error"} for line in asked})["all"]
    must = sum(line["expected"]["kind"] == "error" for line in asked)
    assert (total.exact, total.refused, total.misread) == (must, len(asked) - must, 0)


def test_a_line_that_gets_no_answer_is_misread() -> None:
    asked = FILES["tuning"]
    assert score(asked, {})["all"].misread == len(asked)


LISTENER = """
import json, sys
for line in sys.stdin:
    heard = json.loads(line)
    print(json.dumps({"id": heard["id"], "kind": "error", "heard": heard}))
"""


def test_a_program_is_asked_line_by_line_and_never_told_what_is_expected() -> None:
    asked = FILES["tuning"]
    said = answers(asked, [sys.executable, "-c", LISTENER])
    assert list(said) == [line["id"] for line in asked]
    for line in asked:
        heard = said[line["id"]]["heard"]
        assert heard == {key: line[key] for key in line if key not in ("expected", "class")}


def test_a_program_that_ends_badly_is_no_score() -> None:
    with pytest.raises(SystemExit, match="ended with 3"):
        answers(FILES["tuning"][:1], [sys.executable, "-c", "raise SystemExit(3)"])


def test_figures_are_shown_by_class_and_language(capsys: pytest.CaptureFixture[str]) -> None:
    main(["held_out", "--", sys.executable, "-c", LISTENER])
    shown = capsys.readouterr().out
    groups = {line.split()[0] for line in shown.splitlines()[1:]}
    assert {"en", "fr", "all", "weekly", "monthly", "prose"} <= groups
    assert not any(json.dumps(line["text"]) in shown for line in FILES["held_out"] if line["text"])


def test_misses_are_shown_of_what_may_be_looked_at(capsys: pytest.CaptureFixture[str]) -> None:
    main(["tuning", "--misses", "--", sys.executable, "-c", LISTENER])
    assert "every Monday at 10am" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="never shown"):
        main(["held_out", "--misses"])

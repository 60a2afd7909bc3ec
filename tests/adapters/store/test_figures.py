"""How long it takes to remember: a command's answer waits for it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter_ns

import pytest
from sqlalchemy import Engine

from adapters.store.engine import connect, reading
from adapters.store.memory import recall
from adapters.store.migrating import migrate
from tests.adapters.store.filling import fill

pytestmark = pytest.mark.figures

PEOPLE = 2000
ROUNDS = 2000
MICROSECONDS = 200


def test_settings_are_recalled_within_200_microseconds(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/ally.db")
    migrate(engine)
    workspaces = [f"made:w{number % 50}" for number in range(PEOPLE)]
    keys = [(f"{one}/p{n}", f"{one}/c{n}", one) for n, one in enumerate(workspaces)]
    with engine.begin() as connection:
        for person, channel, _ in keys:
            fill(connection, person, channel)
    needs = ((), ("weekly",), ("reminders",), ("house",), ("nudging",), ("everything",))
    took = {needed: sorted(_recalls(engine, keys, frozenset(needed))) for needed in needs}
    engine.dispose()
    for needed, times in took.items():
        print(f"{' '.join(needed) or 'settings'}: {median(times):.0f} µs", end="; ")  # noqa: T201
    assert median(took[()]) <= MICROSECONDS


def _recalls(
    engine: Engine, keys: Sequence[tuple[str, str, str]], needs: frozenset[str]
) -> Iterator[float]:
    """Microseconds of each, the connection's way out of the pool and back included."""
    for number in range(ROUNDS):
        person, channel, workspace = keys[number * 7 % len(keys)]
        started = perf_counter_ns()
        with reading(engine) as connection:
            memory = recall(connection, person, channel, workspace, needs)
        yield (perf_counter_ns() - started) / 1000
        assert memory.language == "fr"

"""A deliverer is killed between claiming and sending: nothing is lost, and nothing comes twice."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep

from sqlalchemy import Engine

from tests.adapters.delivery.scenery import CHANNEL, add_weekly, rows
from tests.adapters.delivery.worker import noted, worker

COUNT = 100


def until(happened: Callable[[], bool], seconds: float = 30) -> None:
    end = monotonic() + seconds
    while not happened():
        assert monotonic() < end
        sleep(0.05)


def test_a_hundred_tips_and_two_workers_of_which_one_is_killed(
    engine: Engine, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    for number in range(COUNT):
        add_weekly(engine, f"weekly-{number}", channel=f"{CHANNEL}{number}", next_at=now)
    url = engine.url.render_as_string(hide_password=False)
    file = tmp_path / "noted"
    workers = [worker(url, file, "hangs")]
    try:
        until(lambda: len(noted(file, "begun")) >= 20)
        workers.append(worker(url, file))
        if engine.dialect.name == "postgresql":  # the other one goes on meanwhile
            until(lambda: len(noted(file, "accepted")) == COUNT - len(noted(file, "begun")))
        workers[0].kill()
        workers[0].wait()
        assert not set(noted(file, "begun")) & set(noted(file, "accepted"))
        workers.append(worker(url, file))
        until(lambda: {found.status for found in rows(engine)} == {"sent"})
        for living in workers[1:]:
            living.terminate()
        assert [living.wait(20) for living in workers[1:]] == [0, 0]
    finally:
        for one in workers:
            one.kill()
            one.wait()
    posts = Counter(noted(file, "accepted"))
    assert posts == {f"{CHANNEL}{number}": 1 for number in range(COUNT)}

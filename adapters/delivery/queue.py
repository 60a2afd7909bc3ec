"""Delivers from several processes, on PostgreSQL, through Procrastinate.

The row of a delivery is the truth. A job carries only its id and is deferred in the transaction
that makes the row; a job that comes too often or too early finds that in the row and does nothing.
What has lost its job gets another one, and what a dead process had goes on elsewhere.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import structlog
from procrastinate import App, BaseRetryStrategy, PsycopgConnector, RetryDecision
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job
from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, Engine, text

from adapters.delivery.means import Means
from adapters.delivery.runner import TICK_SECONDS
from adapters.delivery.sending import claim_some, in_thread, record_all, send, tick_by_clock

AT_ONCE = 20
"""How many a worker has under way; as many come twice at most where it is killed."""
SWEEP_SECONDS = 10.0
HEARTBEAT_SECONDS = 5.0
DEAD_SECONDS = 20.0
"""A worker that was not heard of for so long is dead."""
LOST_SECONDS = 10.0
"""A delivery that should have gone so long ago, and has no job, has lost it."""
POLL_SECONDS = 0.5
FINISH_SECONDS = 25.0
"""So long it waits for what is under way at the end: hosts kill what takes longer than 30."""
_TRY_AGAIN_SECONDS = 2.0
_MOST_SWEPT = 10_000

QUEUE = "deliveries"
TASK = "deliver"

log = structlog.get_logger()


class LaterError(Exception):
    """A delivery has to wait until an instant."""

    def __init__(self, at: datetime) -> None:
        super().__init__(f"not before {at.isoformat()}")
        self.at = at


class _Decided(BaseRetryStrategy):
    """The row says when it is tried again; where it could not be asked, soon."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        if isinstance(exception, LaterError):
            return RetryDecision(retry_at=exception.at)
        delivery = job.task_kwargs.get("delivery")
        log.error("job failed", delivery=delivery, error=type(exception).__name__)
        return RetryDecision(retry_in={"seconds": int(_TRY_AGAIN_SECONDS)})


def is_prepared(connection: Connection) -> bool:
    """Whether Procrastinate's tables are there."""
    return connection.scalar(text("SELECT to_regclass('procrastinate_jobs')")) is not None


def prepare_queue(connection: Connection) -> None:
    """Makes Procrastinate's tables where they are not there yet, within a transaction."""
    connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('ally-queue', 0))"))
    if not is_prepared(connection):
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute(SchemaManager.get_schema())  # many statements: only the driver takes them


_DEFER = text(
    "SELECT cardinality(procrastinate_defer_jobs_v1(ARRAY("
    "SELECT ROW(:queue, :task, 0, NULL, NULL, jsonb_build_object('delivery', id), NULL)"
    "::procrastinate_job_to_defer_v1 FROM unnest(CAST(:ids AS varchar[])) AS given (id))))"
)


def defer(connection: Connection, ids: Sequence[str]) -> None:
    """One job for each delivery, in the transaction that makes them."""
    connection.execute(_DEFER, {"queue": QUEUE, "task": TASK, "ids": list(ids)})


_LOST = text(
    "SELECT id FROM deliveries WHERE status = 'waiting' "
    "AND not_before < clock_timestamp() - make_interval(secs => :seconds) AND id NOT IN ("
    "SELECT args ->> 'delivery' FROM procrastinate_jobs "
    "WHERE task_name = :task AND status IN ('todo', 'doing')) LIMIT :most"
)


def defer_lost(engine: Engine, seconds: float = LOST_SECONDS) -> int:
    """New jobs for deliveries that have lost theirs; how many they were."""
    with engine.begin() as connection:
        mine = text("SELECT pg_try_advisory_xact_lock(hashtextextended('ally-sweep', 0))")
        if not connection.scalar(mine):
            return 0  # somebody else is at it
        asked = {"seconds": seconds, "task": TASK, "most": _MOST_SWEPT}
        ids = [row.id for row in connection.execute(_LOST, asked)]
        if ids:
            defer(connection, ids)
            log.info("deliveries deferred again", count=len(ids))
        return len(ids)


async def work(
    engine: Engine,
    means: Means,
    stopping: asyncio.Event,
    *,
    at_once: int = AT_ONCE,
    tick_seconds: float = TICK_SECONDS,
    sweep_seconds: float = SWEEP_SECONDS,
    heartbeat_seconds: float = HEARTBEAT_SECONDS,
    dead_seconds: float = DEAD_SECONDS,
    lost_seconds: float = LOST_SECONDS,
) -> None:
    """Delivers beside any number of others until it is told to stop, and finishes what it has."""
    means = replace(means, queue=defer)
    address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    app = App(connector=PsycopgConnector(conninfo=address, min_size=1, max_size=5))

    @app.task(name=TASK, queue=QUEUE, retry=_Decided())
    async def deliver(delivery: str) -> None:
        await _deliver(engine, means, delivery)

    async def tick() -> None:
        await in_thread(lambda: tick_by_clock(engine, means))

    async def sweep() -> None:
        await _take_back(app, dead_seconds)
        await in_thread(lambda: defer_lost(engine, lost_seconds))

    async def run_jobs() -> None:
        await app.run_worker_async(
            queues=[QUEUE],
            concurrency=at_once,
            install_signal_handlers=False,
            delete_jobs="always",
            fetch_job_polling_interval=POLL_SECONDS,
            update_heartbeat_interval=heartbeat_seconds,
            stalled_worker_timeout=dead_seconds,
            shutdown_graceful_timeout=FINISH_SECONDS,
        )

    async with app.open_async():
        parts = [
            asyncio.create_task(_every(tick_seconds, tick)),
            asyncio.create_task(_every(sweep_seconds, sweep)),
            asyncio.create_task(_every(_TRY_AGAIN_SECONDS, run_jobs)),
        ]
        await stopping.wait()
        for part in parts:
            part.cancel()  # jobs that are under way are waited for
        await asyncio.gather(*parts, return_exceptions=True)


async def _deliver(engine: Engine, means: Means, id: str) -> None:
    """The job: sends a delivery if it may go, and raises LaterError where it has to wait."""
    claimed = await in_thread(lambda: claim_some(engine, means, 1, only=id))
    for claim in claimed.claims:
        result = await send(claim, means)
        later = await _insist(lambda: record_all(engine, means, [(claim, result)]))  # noqa: B023
        if id in later:
            raise LaterError(later[id])
    if id in claimed.later:
        raise LaterError(claimed.later[id])


async def _insist(write: Callable[[], dict[str, datetime]]) -> dict[str, datetime]:
    """What was sent has to be written down, or it would be sent again."""
    for _ in range(10):
        try:
            return await in_thread(write)
        except Exception as error:
            log.error("not written down", error=type(error).__name__)
            await asyncio.sleep(_TRY_AGAIN_SECONDS)
    return await in_thread(write)


async def _take_back(app: App, dead_seconds: float) -> None:
    """What dead workers had goes back into the queue."""
    await app.job_manager.prune_stalled_workers(dead_seconds)
    stalled = await app.job_manager.get_stalled_jobs(
        queue=QUEUE, seconds_since_heartbeat=dead_seconds
    )
    for job in stalled:
        with suppress(ConnectorException):  # another worker was faster
            await app.job_manager.retry_job(job, retry_at=datetime.now(UTC))


async def _every(seconds: float, do: Callable[[], Awaitable[None]]) -> None:
    """Again and again; what goes wrong once may go well the next time."""
    while True:
        try:
            await do()
        except Exception as error:
            log.error("delivering failed", error=type(error).__name__)
        await asyncio.sleep(seconds)

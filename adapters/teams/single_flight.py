"""Work that many may ask for at once and that is done once for all of them."""

import asyncio
from collections.abc import Callable, Coroutine


class SingleFlight:
    """Runs `work` once at a time; whoever asks meanwhile waits for what is under way."""

    def __init__(self, work: Callable[[], Coroutine[None, None, None]]) -> None:
        self._work = work
        self._task: asyncio.Task[None] | None = None

    async def __call__(self) -> None:
        """Wait for it; one who stops waiting does not stop it for the others."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work())
        await asyncio.shield(self._task)

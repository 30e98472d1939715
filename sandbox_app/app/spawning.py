"""Coroutines started from the window: kept alive until they end, their failures told."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any


class Spawner:
    """Calling it starts a coroutine on the loop.

    Args:
        report: told of every exception that a coroutine ended with.
    """

    def __init__(
        self, loop: asyncio.AbstractEventLoop, report: Callable[[BaseException], None]
    ) -> None:
        self._loop = loop
        self._report = report
        # The loop itself keeps only weak references to its tasks.
        self._running: set[asyncio.Task[None]] = set()

    def __call__(self, work: Coroutine[Any, Any, None]) -> None:
        """Start it."""
        task = self._loop.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._done)

    async def close(self) -> None:
        """Cancel what still runs, and wait until it has ended."""
        running = tuple(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._report(error)

"""Long work in pieces: how it tells what is done, is cancelled, and lets requests through."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from time import perf_counter

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""

Cancelled = Callable[[], bool]
"""Asked before each one."""

Pause = Callable[[], Awaitable[None]]
"""Awaited between pieces; returns once others had their turn."""

_LONGEST = 0.004
"""Seconds of work between two pauses."""


@dataclass(slots=True)
class Pace:
    """Pauses whenever a piece of work took long enough, and then tells what is done."""

    total: int
    progress: Progress
    pause: Pause
    _since: float = field(default_factory=perf_counter)

    async def step(self, done: int) -> None:
        """Called after each small thing."""
        if perf_counter() - self._since >= _LONGEST or done >= self.total:
            self.progress(done, self.total)
            await self.pause()
            self._since = perf_counter()

"""Waiting on purpose: for a time, or until somebody has had enough of it."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from sandbox_app.domain.events import ConditionsChanged
from sandbox_app.operations.core import Core

Sleep = Callable[[float], Coroutine[Any, Any, object]]
"""Passes that many seconds of real time; a test hands in its own."""


Gone = Callable[[], Coroutine[Any, Any, object]]
"""Waits until the client has gone away."""


class Waiting:
    """Holds answers back for one server; whoever leaves, or its end, wakes them.

    Args:
        sleep: how time passes.
    """

    def __init__(self, core: Core, sleep: Sleep = asyncio.sleep) -> None:
        self._core = core
        self._sleep = sleep
        self._ending = asyncio.Event()
        self._hanging: dict[asyncio.Event, str] = {}
        self._unsubscribe = core.bus.subscribe(ConditionsChanged, self._conditions_changed)

    async def pause(self, seconds: float, gone: Gone) -> bool:
        """Let time pass; false where the client went, or the server ended, before it had."""
        first = await _first(self._sleep(seconds), gone(), self._ending.wait())
        return first == 0

    async def hang(self, fault_id: str, gone: Gone) -> None:
        """Wait until the client is gone, the fault is switched off or gone, or the server ends."""
        over = asyncio.Event()
        self._hanging[over] = fault_id
        try:
            await _first(over.wait(), gone(), self._ending.wait())
        finally:
            del self._hanging[over]

    def close(self) -> None:
        """Wake everybody who waits, for good."""
        self._ending.set()
        self._unsubscribe()

    def _conditions_changed(self, event: ConditionsChanged) -> None:
        active = {fault.id for fault in self._core.conditions.faults.at_requests}
        for over, fault_id in self._hanging.items():
            if fault_id not in active:
                over.set()


async def _first(*waits: Coroutine[Any, Any, object]) -> int:
    """Wait for the first of several, and let go of the others; which one it was."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    first = next(task for task in tasks if task in done)
    first.result()
    return tasks.index(first)

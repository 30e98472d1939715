"""The window's event loop: qasync's, which serves asyncio from Qt's own loop."""

import asyncio
from collections import deque
from collections.abc import Callable
from contextvars import Context
from typing import Any

from qasync import QEventLoop

_TURN = 0.004
"""Seconds after which what is left of a turn waits for the next, so that Qt gets to its events."""


class WindowLoop(QEventLoop):  # type: ignore[misc]  # qasync has no types
    """Runs what was called soon in turns: all that waits, with one Qt timer a turn.

    qasync itself starts and ends a timer for every callback, of which a request takes about five.
    As in asyncio's own loop callbacks run in the order they came, and what they call soon waits
    for the next turn.
    """

    def __init__(self, application: object) -> None:
        self._soon: deque[asyncio.Handle] = deque()
        self._turn_is_due = False
        super().__init__(application)

    def call_soon(
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        """Run the callback in the next turn."""
        handle = asyncio.Handle(callback, args, self, context)
        self._soon.append(handle)
        self._come_back()
        return handle

    def _come_back(self) -> None:
        if self._soon and not self._turn_is_due:
            self._turn_is_due = True
            super().call_soon(self._turn)

    def _turn(self) -> None:
        self._turn_is_due = False
        ends = self.time() + _TURN
        last = self._soon[-1] if self._soon else None
        try:
            while self._soon:
                handle = self._soon.popleft()
                # Before it runs, as it may run Qt's loop inside: what waits goes on in there.
                self._come_back()
                if not handle.cancelled():
                    handle._run()  # noqa: SLF001 - as every loop does; there is no other way
                if handle is last or self.time() >= ends:
                    break
        finally:
            self._come_back()

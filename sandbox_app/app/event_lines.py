"""Events as JSON lines on stdout; what is in them is told in `workbench.telling`.

Every line also has `at`: seconds since 1970 UTC.
"""

import asyncio
import json
from collections.abc import Callable

from sandbox_app.workbench.telling import is_told, members_of

_PAUSE = 0.05
"""Seconds that an event may wait, so that many of them cost one write."""

_compact = json.JSONEncoder(separators=(",", ":")).encode


class EventLines:
    """Writes events as lines, soon after they happened and in their order.

    Args:
        write: takes whole lines.
        now: the time to put on a line, in epoch seconds.
    """

    def __init__(self, write: Callable[[str], None], now: Callable[[], float]) -> None:
        self._write = write
        self._now = now
        self._waiting: list[tuple[object, float]] = []
        self._flushing: asyncio.TimerHandle | None = None

    def tell(self, event: object) -> None:
        """Write the event's line within the pause; call it from the loop's thread."""
        if not is_told(event):
            return
        self._waiting.append((event, self._now()))
        if self._flushing is None:
            self._flushing = asyncio.get_running_loop().call_later(_PAUSE, self.flush)

    def flush(self) -> None:
        """Write at once what waits."""
        if self._flushing is not None:
            self._flushing.cancel()
            self._flushing = None
        waiting, self._waiting = self._waiting, []
        lines = (_compact({**(members_of(event) or {}), "at": at}) for event, at in waiting)
        if waiting:
            self._write("".join(f"{line}\n" for line in lines))

"""The bridge from the event bus to the Live place: a queue, drained ten times a second."""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from sandbox_app.domain.bus import EventBus
from sandbox_app.domain.events import ExchangeFinished
from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.workbench.live.book import CAPACITY

DRAIN_MS = 100
_MOST_AT_ONCE = 1_000


class TrafficBridge(QObject):
    """Collects finished exchanges and hands them on in batches.

    Whatever the server does between two beats costs the window one signal. Under more load than
    the window can show, only the newest exchanges wait; the workspace has them all.

    Signals:
        drained: list of Exchange, oldest first, never empty.
    """

    drained = Signal(list)

    def __init__(self, bus: EventBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Exchange] = deque(maxlen=CAPACITY)
        self._unsubscribe: Callable[[], None] | None = bus.subscribe(
            ExchangeFinished, self._finished
        )
        self._beat = QTimer(self)
        self._beat.setInterval(DRAIN_MS)
        self._beat.timeout.connect(self.drain)

    def drain(self) -> None:
        """Hand on what waits, at most 1,000 exchanges; rests once nothing is left."""
        batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), _MOST_AT_ONCE))]
        if batch:
            self.drained.emit(batch)
        else:
            self._beat.stop()

    def forget(self) -> None:
        """Drop what waits: the list was cleared after it happened."""
        self._waiting.clear()

    def close(self) -> None:
        """Stop listening; what waits is dropped."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        self._beat.stop()
        self._waiting.clear()

    def _finished(self, event: ExchangeFinished) -> None:
        self._waiting.append(event.exchange)
        if not self._beat.isActive():
            self._beat.start()

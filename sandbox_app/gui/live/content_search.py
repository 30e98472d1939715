"""Looks into headers, bodies and tokens for a filter, a little per turn of the event loop."""

from collections.abc import Callable, Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.workbench.live.filters import Filter

_BUDGET = 0.006
"""Seconds per turn; a frame of the window has sixteen thousandths."""

_TELL_EVERY = 0.25


class ContentSearch(QObject):
    """Reads exchanges, newest first, until all are read, or until it is stopped.

    Args:
        read: everything about one exchange, `None` if it is not kept any more.

    Signals:
        found: there are new hits; show the list again.
        progressed: (read, all) so far; both are equal at the end.
    """

    found = Signal()
    progressed = Signal(int, int)

    def __init__(
        self, read: Callable[[str], ExchangeDetail | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._filter = Filter()
        self._left: Iterator[Exchange] = iter(())
        self._done = self._all = 0
        self._has_hits = False
        self._told = 0.0
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._go_on)

    @property
    def running(self) -> bool:
        """Whether there is more to read."""
        return self._turn.isActive()

    def start(self, wanted: Filter, exchanges: Callable[[], list[Exchange]]) -> None:
        """Read these for a filter, newest first; what was read before is passed over.

        Args:
            exchanges: asked for only where there is something to read.
        """
        was_running = self.running
        self.stop()
        if not wanted.reads:
            if was_running:
                self.progressed.emit(0, 0)
            return
        self._filter = wanted
        unread = [exchange for exchange in exchanges() if not wanted.is_read(exchange)]
        self._left, self._done, self._all = iter(unread), 0, len(unread)
        self._has_hits, self._told = False, perf_counter()
        if unread:
            self._turn.start()
        self.progressed.emit(0, self._all)

    def take_in(self, wanted: Filter, exchanges: list[Exchange]) -> None:
        """Read what just came in at once, so that it passes, or not, before it is shown."""
        if wanted.reads:
            for exchange in exchanges:
                wanted.read(exchange, self._read(exchange.id))

    def stop(self) -> None:
        """Read no more; what was found stays."""
        self._turn.stop()

    def _go_on(self) -> None:
        until = perf_counter() + _BUDGET
        while perf_counter() < until:
            exchange = next(self._left, None)
            if exchange is None:
                self._turn.stop()
                self._tell()
                return
            self._done += 1
            if self._filter.read(exchange, self._read(exchange.id)):
                self._has_hits = True
        if perf_counter() - self._told > _TELL_EVERY:
            self._tell()

    def _tell(self) -> None:
        self._told = perf_counter()
        if self._has_hits:
            self._has_hits = False
            self.found.emit()
        self.progressed.emit(self._done, self._all)

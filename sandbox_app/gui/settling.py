"""Many changes shown once: soon after the first, and seldom while they keep coming."""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

_SOON_MS = 50
_SELDOM_MS = 500


class Settling(QObject):
    """Tells that something changed, at most twice a second while changes keep coming.

    A change after a quiet while is told within 50 ms, so that a single edit shows at once; an
    import of thousands of users does not redraw everything for each of them.

    Signals:
        settled: show how things are now.
    """

    settled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._tell)
        self._since = QElapsedTimer()

    @property
    def waiting(self) -> bool:
        """Whether a change is still to be told."""
        return self._timer.isActive()

    def touch(self) -> None:
        """Something changed."""
        if not self._timer.isActive():
            busy = self._since.isValid() and self._since.elapsed() < _SELDOM_MS
            self._timer.start(_SELDOM_MS if busy else _SOON_MS)

    def stop(self) -> None:
        """Tell nothing any more."""
        self._timer.stop()

    def _tell(self) -> None:
        self._since.start()
        self.settled.emit()

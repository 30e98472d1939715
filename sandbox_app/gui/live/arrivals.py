"""Finished exchanges on their way into the list, which a person may hold up."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.workbench.live.book import CAPACITY

_AT_ONCE = 500


class Arrivals(QObject):
    """Hands exchanges on as they come; while paused they wait.

    Args:
        take_in: hears of exchanges, oldest first.
        show_pause: hears whether there is a pause, and how many wait.
    """

    def __init__(
        self,
        take_in: Callable[[Iterable[Exchange]], None],
        show_pause: Callable[[bool, int], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._take_in = take_in
        self._show_pause = show_pause
        self._paused = False
        self._waiting: list[Exchange] = []

    def come(self, exchanges: Iterable[Exchange]) -> None:
        """These were finished just now, oldest first."""
        if self._paused or self._waiting:
            self._waiting.extend(exchanges)
            del self._waiting[:-CAPACITY]
            if self._paused:
                self._show_pause(True, len(self._waiting))
            return
        self._take_in(exchanges)

    def pause(self, paused: bool) -> None:
        """Hold everything up from now on, or let it go on."""
        self._paused = paused
        self._show_pause(paused, len(self._waiting))
        if not paused:
            self._catch_up()

    def forget(self) -> None:
        """What waits shall never arrive."""
        self._waiting.clear()
        self._show_pause(self._paused, 0)

    def _catch_up(self) -> None:
        """Hand on what waited, a little per turn of the event loop."""
        if self._paused:
            return
        batch, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
        self._take_in(batch)
        if self._waiting:
            QTimer.singleShot(0, self, self._catch_up)

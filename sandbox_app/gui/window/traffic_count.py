"""How many requests there were, and how many refusals nobody has looked at."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from sandbox_app.domain.records.traffic import Exchange


class TrafficCount(QObject):
    """Counts what was answered since the workspace was opened.

    Signals:
        counted: (requests, refused).
        unseen_changed: int, refusals since Live was last looked at.
    """

    counted = Signal(int, int)
    unseen_changed = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._requests = self._refused = self._unseen = 0

    def take_in(self, exchanges: Sequence[Exchange], *, seen: bool) -> None:
        """Count these as well; `seen` is whether Live is what is looked at."""
        # The error page only repeats a refusal that was counted before.
        refused = sum(1 for one in exchanges if one.rule and one.step != "error page")
        self._requests += len(exchanges)
        self._refused += refused
        if not seen:
            self._unseen += refused
            self.unseen_changed.emit(self._unseen)
        self.tell()

    def see(self) -> None:
        """Live is looked at now."""
        self._unseen = 0
        self.unseen_changed.emit(0)

    def tell(self) -> None:
        """Tell the numbers as they are."""
        self.counted.emit(self._requests, self._refused)

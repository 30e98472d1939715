"""Whether a list stays at its newest row, and what came in while it did not."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractScrollArea

from sandbox_app.gui.components import Pill
from sandbox_app.gui.theme import Theme


class Following(QObject):
    """Follows the newest row while the list stands at the top.

    Scrolled away, it keeps what is on screen where it is and counts what arrived on a pill.

    Signals:
        changed: bool, whether it follows now.
    """

    changed = Signal(bool)

    def __init__(self, theme: Theme, rows: QAbstractScrollArea) -> None:
        super().__init__(rows)
        self._bar = rows.verticalScrollBar()
        self._quiet = False
        self.on = True
        """Whether the newest row stays in sight."""
        self.unseen = 0
        """How many rows arrived while it did not follow."""
        self.pill = Pill(theme, over=rows, upwards=True)
        self.pill.clicked.connect(lambda: self.turn(True))
        self._bar.valueChanged.connect(self._scrolled)

    def turn(self, on: bool) -> None:
        """Go to the newest row and stay there, or stay here."""
        if on:
            self.see_all()
            self._bar.setValue(0)
        if on != self.on:
            self.on = on
            self.changed.emit(on)

    def see_all(self) -> None:
        """Nothing that arrived is unseen any more."""
        self._set_unseen(0)

    def came_above(self, count: int, before: int, height: int) -> None:
        """New rows came in at the top.

        Args:
            before: pixels scrolled away when they came.
            height: how much higher the list is with them.
        """
        if self.on:
            return
        self.hold(before + height)
        if self._bar.value() > 0:
            self._set_unseen(self.unseen + count)

    def hold(self, value: int) -> None:
        """Scroll so that what is on screen stays there: nobody scrolled."""
        self._quiet = True
        self._bar.setValue(value)
        self._quiet = False

    def _scrolled(self, value: int) -> None:
        if self._quiet:
            return
        if value == 0:
            self.turn(True)
        elif self.on:
            self.turn(False)

    def _set_unseen(self, count: int) -> None:
        self.unseen = count
        self.pill.set_count(count)

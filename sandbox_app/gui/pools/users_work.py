"""A line that tells how far long work is, and lets it be cancelled."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sandbox_app.gui.components import Button, Label
from sandbox_app.gui.theme import Role, Theme


class WorkLine(QWidget):
    """Words, a number and Cancel; hidden while nothing is done.

    Signals:
        moved: more is done now.
    """

    moved = Signal(int, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._words = ""
        self._cancelled = False
        self.label = Label(theme, "", Role.BODY, "text2")
        self.cancel = Button(theme, "Cancel", size="small")
        self.cancel.clicked.connect(self.stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.label, 1)
        row.addWidget(self.cancel)
        self.busy = False
        self.hide()

    def begin(self, words: str, total: int) -> None:
        """Work begins."""
        self._words, self._cancelled, self.busy = words, False, True
        self.cancel.setEnabled(True)
        self.progress(0, total)
        self.show()

    def progress(self, done: int, total: int) -> None:
        """So much of it is done."""
        self.label.setText(f"{self._words}: {done:,} of {total:,}")
        self.moved.emit(done, total)

    def cancelled(self) -> bool:
        """Whether it shall end."""
        return self._cancelled

    def stop(self) -> None:
        """End it after the user it is at."""
        self._cancelled = True
        self.cancel.setEnabled(False)

    def end(self) -> None:
        """Nothing is done any more."""
        self.busy = False
        self.hide()

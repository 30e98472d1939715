"""The line below the list: what the workspace holds beyond it, and how far that was read."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sandbox_app.gui.components import Button, ElidedLabel
from sandbox_app.gui.theme import Role, Theme
from sandbox_app.workbench.live.older import OlderTraffic
from sandbox_app.workbench.live.words import count_words

_HEIGHT = 40


class OlderFooter(QWidget):
    """Says it in a line or two, with a button to read on or to stop.

    Signals:
        more_wanted: older requests shall be read.
        stop_wanted: reading shall end.
    """

    more_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._held = ElidedLabel(theme, "", Role.HELP, "text2")
        self._found = ElidedLabel(theme, "", Role.HELP, "text2")
        self.more = Button(theme, "More", variant="link", size="small")
        self.more.setAccessibleName("Show more older requests")
        self.stop = Button(theme, "Stop", variant="link", size="small", icon="stop")
        self.more.clicked.connect(lambda: self.more_wanted.emit())
        self.stop.clicked.connect(lambda: self.stop_wanted.emit())
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._row = QHBoxLayout(self)
        self._row.addLayout(self._lines, 1)
        self._lines.addStretch(1)
        self._lines.addWidget(self._held)
        self._lines.addWidget(self._found)
        self._lines.addStretch(1)
        self._row.addWidget(self.more)
        self._row.addWidget(self.stop)
        self.setAccessibleName("Older requests")
        self._restyle()
        theme.changed.connect(self._restyle)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return " · ".join(filter(None, (self._held.text(), self._found.text())))

    def show_state(self, older: OlderTraffic, *, rows: str, filtered: bool, reading: bool) -> None:
        """Tell how things stand.

        Args:
            rows: what the list is of, "login" or "request".
            filtered: whether a filter is set.
            reading: whether more is being read right now.
        """
        self.setVisible(bool(older.total))
        held = found = ""
        if older.total:
            held = _held_words(older, filtered)
            found = _found_words(older, rows, filtered, reading)
        self._held.setText(held)
        self._found.setText(found)
        self._found.setVisible(bool(found))
        self.setAccessibleDescription(self.words)
        had_focus = self.more.hasFocus() or self.stop.hasFocus()
        self.more.setVisible(not reading and not older.finished and not older.full)
        self.stop.setVisible(reading)
        if had_focus:
            (self.stop if reading else self.more).setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Sunken, with a hairline above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("sunken"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.color("line"))
        painter.end()

    def _restyle(self) -> None:
        px = self._theme.px
        self.setFixedHeight(px(_HEIGHT))
        self._row.setContentsMargins(px(20), px(1), px(8), 0)
        self._row.setSpacing(px(8))
        self.update()


def _held_words(older: OlderTraffic, filtered: bool) -> str:
    total = older.total or 0
    words = f"{count_words(total, 'older request')} in the workspace"
    if filtered or not older.finished:
        return words
    return f"All {words} are shown" if total > 1 else f"{words}, shown"


def _found_words(older: OlderTraffic, rows: str, filtered: bool, reading: bool) -> str:
    if not filtered and (older.finished or not older.found):
        return "reading …" if reading else ""
    words = _passing(older, rows) if filtered else f"{count_words(older.found, rows)} of them shown"
    if older.full:
        return f"{words}; the list is full, use a filter"
    if reading:
        return f"{words} · {older.looked_at:,} read …".replace(",", " ")
    return words


def _passing(older: OlderTraffic, rows: str) -> str:
    found = count_words(older.found, rows) if older.found else "none"
    if older.finished:
        return f"{found} {_pass(older.found)} the filter"
    if older.passing is not None:
        return f"{count_words(older.passing, 'request')} {_pass(older.passing)} the filter"
    return f"{found} found so far"


def _pass(count: int) -> str:
    return "passes" if count in (0, 1) else "pass"

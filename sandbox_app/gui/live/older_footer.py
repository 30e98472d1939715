"""The line below the list: what the workspace holds beyond it, and how far that was read."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sandbox_app.gui.components import Button, ElidedLabel
from sandbox_app.gui.theme import Role, Theme
from sandbox_app.workbench.live.older import OlderTraffic
from sandbox_app.workbench.live.words import count_words

_HEIGHT = 32


class OlderFooter(QWidget):
    """Says it in one line, with a button to read on or to stop.

    Signals:
        more_wanted: older requests shall be read.
        stop_wanted: reading shall end.
    """

    more_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = ElidedLabel(theme, "", Role.HELP, "text2")
        self.more = Button(theme, "Show more", variant="link", size="small")
        self.stop = Button(theme, "Stop", variant="link", size="small", icon="stop")
        self.more.clicked.connect(lambda: self.more_wanted.emit())
        self.stop.clicked.connect(lambda: self.stop_wanted.emit())
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self.more)
        self._row.addWidget(self.stop)
        self.setAccessibleName("Older requests")
        self._restyle()
        theme.changed.connect(self._restyle)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def show_state(self, older: OlderTraffic, *, rows: str, filtered: bool, reading: bool) -> None:
        """Tell how things stand.

        Args:
            rows: what the list is of, "login" or "request".
            filtered: whether a filter is set.
            reading: whether more is being read right now.
        """
        words = words_of(older, rows=rows, filtered=filtered, reading=reading)
        self._words.setText(words)
        self.setAccessibleDescription(words)
        self.setVisible(bool(words))
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
        self._row.setContentsMargins(px(20), 0, px(8), 0)
        self._row.setSpacing(px(8))
        self.update()


def words_of(older: OlderTraffic, *, rows: str, filtered: bool, reading: bool) -> str:
    """The line; empty where the workspace holds nothing beyond the list."""
    if not older.total:
        return ""
    held = f"{count_words(older.total, 'older request')} in the workspace"
    if filtered:
        return f"{held} · {_passing(older, rows, reading)}"
    if older.finished:
        return f"{_all(older.total)} shown"
    shown = f"{held} · {count_words(older.found, rows)} of them shown" if older.found else held
    if older.full:
        return f"{shown}, which is as many as the list holds; a filter finds the others"
    return f"{shown} · reading …" if reading else shown


def _all(total: int) -> str:
    if total == 1:
        return "The one older request in the workspace is"
    return f"All {count_words(total, 'older request')} in the workspace are"


def _passing(older: OlderTraffic, rows: str, reading: bool) -> str:
    if older.finished:
        found = count_words(older.found, rows) if older.found else "none"
        return f"{found} {_pass(older.found)} the filter"
    if older.passing is not None:
        words = f"{count_words(older.passing, 'request')} {_pass(older.passing)} the filter"
    else:
        found = count_words(older.found, rows) if older.found else "none"
        words = f"{found} found so far"
    if older.full:
        return f"{words}; the list is full, narrow the filter to see others"
    if not reading:
        return words
    return f"{words} · {count_words(older.looked_at, 'request')} read …"


def _pass(count: int) -> str:
    return "passes" if count in (0, 1) else "pass"

"""The bar above the list: filter, logins or requests, follow, pause, clear."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sandbox_app.gui.components import Button, Field, KeyHint, Label, Segments
from sandbox_app.gui.components.painting import paint_hairline
from sandbox_app.gui.theme import Role, Theme, metrics

_ROOMY = 800


class LiveToolbar(QWidget):
    """Reports what is wanted and shows what is the case; decides nothing.

    Signals:
        filter_changed: str, what stands in the field.
        list_wanted: focus shall go to the list (Down or Enter in the field).
        mode_chosen: "logins" or "requests".
        follow_wanted: bool.
        pause_wanted: bool.
        clear_wanted: the person wants an empty list.
    """

    filter_changed = Signal(str)
    list_wanted = Signal()
    mode_chosen = Signal(str)
    follow_wanted = Signal(bool)
    pause_wanted = Signal(bool)
    clear_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.filter = Field(
            theme,
            "Filter",
            placeholder="Filter: words from a path, client, user, rule or error",
            icon="filter",
        )
        self._count = Label(theme, "", Role.HELP, "text2")
        self.filter.add_trailing(self._count)
        self._hint = KeyHint(theme, "F")
        self.filter.add_trailing(self._hint)
        self.filter.textChanged.connect(self.filter_changed)
        self.filter.installEventFilter(self)
        self.mode = Segments(theme, "List by", [("logins", "Logins"), ("requests", "Requests")])
        self.mode.chosen.connect(self.mode_chosen)
        self.follow = Button(theme, "Following", variant="quiet", icon="check")
        self.pause = Button(theme, "Pause", variant="quiet", icon="pause")
        self.clear = Button(theme, "Clear", variant="quiet", icon="bin")
        self._follows = True
        self._paused = False
        self.follow.clicked.connect(lambda: self.follow_wanted.emit(not self._follows))
        self.pause.clicked.connect(lambda: self.pause_wanted.emit(not self._paused))
        self.clear.clicked.connect(lambda: self.clear_wanted.emit())
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.filter, 1)
        for widget in (self.mode, self.follow, self.pause, self.clear):
            self._row.addWidget(widget)
        self.show_follow(True)
        self._restyle()
        theme.changed.connect(self._restyle)

    def show_count(self, words: str) -> None:
        """How much is in the list: "8 logins"."""
        if words != self._count.text():
            self._count.setText(words)
            self._count.adjustSize()

    def show_follow(self, follows: bool) -> None:
        """Whether the list stays at the newest row."""
        self._follows = follows
        self.follow.set_icon("check" if follows else "chevron-up")
        self.follow.setText("Following" if follows else "Follow")

    def show_pause(self, paused: bool, waiting: int) -> None:
        """Whether the list stands still, and what waits meanwhile."""
        self._paused = paused
        self.pause.set_icon("play" if paused else "pause")
        resume = f"Resume ({waiting})" if waiting else "Resume"
        self.pause.setText(resume if paused else "Pause")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc empties the field, Down and Enter lead to the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                if not self.filter.text():
                    self.list_wanted.emit()
                self.filter.clear()
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.list_wanted.emit()
                return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow bar the words in the field need all of it."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        roomy = self.width() >= self._theme.px(_ROOMY)
        self._count.setVisible(roomy)
        self._hint.setVisible(roomy)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The hairline below."""
        painter = QPainter(self)
        paint_hairline(painter, self._theme, self.rect())
        painter.end()

    def _restyle(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(12), 0, px(8), 0)
        self._row.setSpacing(px(4))
        self.setFixedHeight(px(metrics.TOOLBAR))
        self._fold()

"""The bar above the list: filter, logins or requests, follow, pause, clear."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.components import Button, IconButton, KeyHint, Label, Segments
from sandbox_app.gui.components.painting import paint_hairline
from sandbox_app.gui.live.filter_field import FilterField
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.workbench.live.marks import Marks

_ROOMY = 800
_PAUSE = (
    "Hold the list: everything is still recorded, and shown on Resume. "
    "To record nothing, use File → Pause recording."
)


class LiveToolbar(QWidget):
    """Reports what is wanted and shows what is the case; decides nothing.

    Signals:
        filter_changed: Filter, what to show from now on.
        list_wanted: focus shall go to the list (Down or Enter in the field).
        stop_wanted: reading for the filter shall end.
        mode_chosen: "logins" or "requests".
        follow_wanted: bool.
        pause_wanted: bool.
        clear_wanted: the person wants an empty list.
    """

    filter_changed = Signal(object)
    list_wanted = Signal()
    stop_wanted = Signal()
    mode_chosen = Signal(str)
    follow_wanted = Signal(bool)
    pause_wanted = Signal(bool)
    clear_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        known: Callable[[], Iterable[Exchange]] = tuple,
        marks: Marks | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.filter = FilterField(theme, known, marks)
        self._stop = IconButton(theme, "stop", "Stop searching", side=20)
        self._stop.clicked.connect(lambda: self.stop_wanted.emit())
        self.filter.add_trailing(self.filter.resume)
        self.filter.resume.hide()
        self.filter.add_trailing(self._stop)
        self._stop.hide()
        self._count = Label(theme, "", Role.HELP, "text2")
        self.filter.add_trailing(self._count)
        self._hint = KeyHint(theme, "F")
        self.filter.add_trailing(self._hint)
        self.filter.add_trailing(self.filter.more)
        self.filter.filter_changed.connect(self.filter_changed)
        self.filter.list_wanted.connect(self.list_wanted)
        self.mode = Segments(theme, "List by", [("logins", "Logins"), ("requests", "Requests")])
        self.mode.chosen.connect(self.mode_chosen)
        self.follow = Button(theme, "Following", variant="quiet", icon="check")
        self.pause = Button(theme, "Pause", variant="quiet", icon="pause")
        self.pause.setToolTip(_PAUSE)
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

    def show_search(self, read: int, total: int) -> None:
        """How far the reading for the filter has come."""
        running = read < total
        self._stop.setVisible(running)
        if running:
            self.show_count(f"read {read:,} of {total:,}")

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

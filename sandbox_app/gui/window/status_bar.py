"""The bar along the bottom: counts, and anything that makes the sandbox unlike the real service."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from sandbox_app.gui.components import ElidedLabel, Segments, plain_tooltip
from sandbox_app.gui.components.painting import paint_icon, paint_text_elided
from sandbox_app.gui.serving import Phase, ServerState
from sandbox_app.gui.theme import Role, Theme, Token, metrics
from sandbox_app.workbench.live.words import count_words

_PADDING = 6
_GAP = 4


class StatusItem(QPushButton):
    """A fact in the status bar; pressing it leads to where the fact comes from."""

    def __init__(self, theme: Theme, tooltip: str) -> None:
        super().__init__()
        self._theme = theme
        self._words = ""
        self._icon_name = ""
        self._token: Token = "text2"
        self.setToolTip(plain_tooltip(tooltip))
        self.setAccessibleDescription(tooltip)
        self.setAutoDefault(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def say(self, words: str, token: Token = "text2", icon: str = "") -> None:
        """What it tells; a colour never comes without its icon."""
        self._words, self._token, self._icon_name = words, token, icon
        self.setText(words)
        self.setAccessibleName(words)
        self._restyle()

    def sizeHint(self) -> QSize:
        """Icon and words with a little air."""
        px = self._theme.px
        lead = px(metrics.ICON_INLINE + _GAP) if self._icon_name else 0
        words = self._theme.text_width(Role.HELP, self._words)
        return QSize(2 * px(_PADDING) + lead + words, px(metrics.SEGMENTS_SMALL))

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.sizeHint()

    def ring_box(self) -> tuple[QRect, int]:
        """Inside the bar, which has no room around it."""
        return self.rect().adjusted(3, 3, -3, -3), self._theme.px(metrics.RADIUS_CHECK)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon and words; underlined under the pointer."""
        painter = QPainter(self)
        theme, px = self._theme, self._theme.px
        left = px(_PADDING)
        if self._icon_name:
            slot = QRect(left, 0, px(metrics.ICON_INLINE), self.height())
            paint_icon(painter, theme, slot, self._icon_name, self._token, metrics.ICON_INLINE)
            left += px(metrics.ICON_INLINE + _GAP)
        box = QRect(left, 0, self.width() - left, self.height())
        taken = paint_text_elided(painter, theme, box, self._words, Role.HELP, self._token)
        if self.underMouse():
            baseline = (self.height() + theme.metrics(Role.HELP).ascent()) // 2
            painter.fillRect(QRect(left, baseline, taken, 1), theme.color(self._token))
        painter.end()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


class StatusBar(QWidget):
    """28 px of frame.

    Signals:
        live_wanted, home_wanted: a fact was pressed that comes from there.
        condition_wanted: str, the part of Conditions that a pressed fact comes from.
        watched_wanted: the fact about watched templates was pressed.
        mode_chosen: str, "light" or "dark".
    """

    live_wanted = Signal()
    home_wanted = Signal()
    condition_wanted = Signal(str)
    watched_wanted = Signal()
    mode_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._told: tuple[tuple[str, str], ...] = ()
        self.requests = StatusItem(theme, "Requests recorded since this start; show them in Live")
        self.refused = StatusItem(theme, "Requests refused since this start; show them in Live")
        self.unrecorded = StatusItem(theme, "Came in faster than they could be recorded")
        self.paused = StatusItem(theme, "Requests are answered and not recorded; show it in Live")
        self.reach = StatusItem(theme, "Who can reach the server; show it on Home")
        self.watched = StatusItem(theme, "Imported again when it changes; show it in the import")
        self.watched.clicked.connect(lambda: self.watched_wanted.emit())
        self._file = ElidedLabel(theme, "", Role.HELP, "text2", middle=True)
        self.mode = Segments(
            theme, "Theme", [("light", "Light", "sun"), ("dark", "Dark", "moon")], small=True
        )
        counts = (self.requests, self.refused, self.unrecorded, self.paused)
        for item in counts:
            item.clicked.connect(lambda: self.live_wanted.emit())
        self.reach.clicked.connect(lambda: self.home_wanted.emit())
        self.mode.chosen.connect(self.mode_chosen)
        self._row = QHBoxLayout(self)
        middle = Qt.AlignmentFlag.AlignVCenter
        for item in (*counts, self.reach, self.watched):
            self._row.addWidget(item, 0, middle)
        self._conditions = QHBoxLayout()
        self._row.addLayout(self._conditions)
        self._row.addStretch(1)
        self._row.addWidget(self._file, 0, middle)
        self._row.addWidget(self.mode, 0, middle)
        self.show_traffic(0, 0, 0)
        self.show_recording(False, 0)
        self.show_watched([])
        self._restyle()
        theme.changed.connect(self._restyle)

    def show_traffic(self, requests: int, refused: int, unrecorded: int) -> None:
        """Counts since this start."""
        self.requests.say(count_words(requests, "request"))
        if refused:
            self.refused.say(f"{refused} refused", "bad", "refused")
        else:
            self.refused.say("0 refused")
        self.unrecorded.say(f"{unrecorded} not recorded", "warn", "warning")
        self.unrecorded.setVisible(unrecorded > 0)

    def show_recording(self, paused: bool, passed: int) -> None:
        """Whether recording is paused, and how many requests passed meanwhile."""
        words = "recording paused"
        if passed:
            words += f", {count_words(passed, 'request')} passed"
        self.paused.say(words, "warn", "pause")
        self.paused.setVisible(paused)

    def show_server(self, state: ServerState) -> None:
        """Who can reach it."""
        if state.phase is Phase.STOPPED:
            self.reach.say("not serving")
        elif state.exposed_on:
            self.reach.say(f"reachable on {', '.join(state.exposed_on)}", "warn", "warning")
        else:
            self.reach.say("loopback only")

    def show_watched(self, paths: Sequence[Path]) -> None:
        """Which templates are imported again when they change."""
        names = paths[0].name if len(paths) == 1 else f"{len(paths)} templates"
        self.watched.say(f"watching {names}", icon="eye")
        self.watched.setVisible(bool(paths))

    def show_conditions(self, told: Sequence[tuple[str, str]]) -> None:
        """What is bent: the part of Conditions it comes from, and a few words each."""
        if told == self._told:
            return
        self._told = tuple(told)
        while (item := self._conditions.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for part, words in told:
            shown = StatusItem(
                self._theme, f"Unlike the real service: {words}; show it in Conditions"
            )
            shown.say(words, "warn", "clock" if part == "clock" else "warning")
            shown.clicked.connect(partial(self._want_condition, part))
            self._conditions.addWidget(shown, 0, Qt.AlignmentFlag.AlignVCenter)

    @property
    def conditions(self) -> list[str]:
        """The words on what is bent, in order."""
        return [words for _, words in self._told]

    def _want_condition(self, part: str, _checked: bool = False) -> None:
        self.condition_wanted.emit(part)

    def show_file(self, name: str, path: str) -> None:
        """Which workspace this is."""
        self._file.setText(name)
        self._file.setToolTip(plain_tooltip(path))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The grey frame and its hairline."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("chrome"))
        painter.fillRect(QRect(0, 0, self.width(), 1), self._theme.color("line"))
        painter.end()

    def _restyle(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(10), 1, px(10), 0)
        self._row.setSpacing(px(metrics.HALF))
        self._conditions.setSpacing(px(metrics.HALF))
        self.setFixedHeight(px(metrics.STATUS_BAR))
        self.mode.set_current("dark" if self._theme.is_dark else "light")

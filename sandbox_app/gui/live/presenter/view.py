"""Presenter mode: one login fills the window, arrow by arrow, at the pace of a room."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.gui.live.diagram import FOR_A_ROOM, DiagramCanvas
from sandbox_app.gui.live.presenter.bar import SECONDS, PresenterBar
from sandbox_app.gui.live.presenter.panel import StepPanel
from sandbox_app.gui.live.presenter.stage import StageTheme
from sandbox_app.gui.live.presenter.waiting import Waiting
from sandbox_app.gui.theme import Theme
from sandbox_app.operations.core import Core
from sandbox_app.workbench.live.presenting import Can, Pace, Presentation
from sandbox_app.workbench.live.sequence import Row, Step

_FACTORS = (0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6)
_USUAL_SECONDS = SECONDS[1]

_Key = Qt.Key
_ONWARD = {
    _Key.Key_Space,
    _Key.Key_Right,
    _Key.Key_Down,
    _Key.Key_PageDown,
    _Key.Key_Return,
    _Key.Key_Enter,
}
_BACK = {_Key.Key_Left, _Key.Key_Up, _Key.Key_PageUp, _Key.Key_Backspace}


class PresenterView(QWidget):
    """Shows a `Presentation` and drives it by keys, a clicker or time.

    Args:
        house: the window's theme; the presenter draws with one of its own beside it.

    Signals:
        left: back to the window.
        demo_wanted: a demo sign-in shall be run in the browser.
        reset_wanted: begin again with the next group; not yet confirmed.
        full_screen_wanted: bool.
    """

    left = Signal()
    demo_wanted = Signal()
    reset_wanted = Signal()
    full_screen_wanted = Signal(bool)

    def __init__(
        self,
        application: QApplication,
        house: Theme,
        core: Core,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = StageTheme(application, house)
        self._drawn: list[Row] = []
        self._masked = True
        self._full = False
        self._seconds = _USUAL_SECONDS
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._show)
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.timeout.connect(self._fit)
        self._slow = QTimer(self)
        self._slow.timeout.connect(self._turn)
        self.shown = Presentation(core, self._tell)
        self.bar = PresenterBar(self.theme)
        self.canvas = DiagramCanvas(self.theme, FOR_A_ROOM)
        self.panel = StepPanel(self.theme)
        self._build()
        self._connect()

    # Beginning and end.

    def begin(
        self,
        login_id: str = "",
        past: Iterable[tuple[Exchange, ExchangeDetail | None]] = (),
    ) -> None:
        """Show a login from its first arrow; without one, the next that begins."""
        self._drawn = []
        self.shown.begin(login_id, past)
        self.canvas.show_sequence(self.shown)
        self._show()
        self.setFocus()

    def end(self) -> None:
        """Hold nothing any more."""
        self._slow.stop()
        self._soon.stop()
        self._fitting.stop()
        self.shown.end()

    def save_state(self) -> dict[str, object]:
        """What to remember until the next presentation; plain values only."""
        return {
            "factor": self.theme.factor,
            "high": self.theme.is_high,
            "seconds": self._seconds,
            "holds_app": self.shown.holds_app,
        }

    def restore_state(self, state: Mapping[str, object]) -> None:
        """Take up what `save_state` gave, as far as it makes sense."""
        factor, seconds = state.get("factor"), state.get("seconds")
        if factor in _FACTORS:
            self.theme.set_factor(float(str(factor)))
        if seconds in SECONDS:
            self._seconds = int(str(seconds))
        self.theme.set_high(state.get("high") is True)
        self.shown.holds_app = state.get("holds_app") is True
        self._show_choices()

    def show_below_bar(self, widget: QWidget) -> None:
        """Take in what the window has to say meanwhile."""
        self._column.insertWidget(1, widget)

    def show_full_screen(self, full: bool) -> None:
        """Whether the window fills the screen."""
        self._full = full
        self._show_choices()

    # Keys and sizes.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space, arrows and a clicker turn the pages; letters switch."""
        key = event.key()
        if event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            event.ignore()
        elif key in _ONWARD:
            # A key that is kept down must not run through the whole login.
            if not event.isAutoRepeat():
                self.shown.go_on()
        elif key in _BACK:
            self.shown.go_back()
        elif key == _Key.Key_Escape:
            self.left.emit()
        elif key in self._switches:
            self._switches[key]()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything grows with the room there is."""
        super().resizeEvent(event)
        # Not while the layout is at it: it would not hear of the new sizes.
        self._fitting.start(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper, where nothing else is."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color("surface"))
        painter.end()

    # Inside.

    def _build(self) -> None:
        self._nothing = Waiting(self.theme)
        self.demo = self._nothing.demo
        self.demo.clicked.connect(lambda: self.demo_wanted.emit())
        self.canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.canvas.setVerticalScrollBarPolicy(off)
        self.canvas.setHorizontalScrollBarPolicy(off)
        self._paper = QStackedWidget()
        self._paper.addWidget(self._nothing)
        self._paper.addWidget(self.canvas)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._paper, 1)
        column.addWidget(self.panel)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Presenter")

    def _connect(self) -> None:
        bar = self.bar
        bar.leave_wanted.connect(self.left)
        bar.mask_wanted.connect(self._mask)
        bar.pace_chosen.connect(self._set_pace)
        bar.seconds_chosen.connect(self._set_seconds)
        bar.hold_app_wanted.connect(self._hold_app)
        bar.contrast_wanted.connect(self.theme.set_high)
        bar.full_screen_wanted.connect(self.full_screen_wanted)
        bar.size_wanted.connect(self._resize)
        bar.reset_wanted.connect(self.reset_wanted)
        self.panel.go_on_wanted.connect(self.shown.go_on)
        self.canvas.step_chosen.connect(self._chosen)
        self._switches: dict[int, Callable[[], object]] = {
            _Key.Key_A: bar.hold_app.trigger,
            _Key.Key_C: bar.contrast.trigger,
            _Key.Key_F11: bar.full.trigger,
            _Key.Key_M: lambda: self._mask(not self._masked),
            _Key.Key_Plus: lambda: self._resize(1),
            _Key.Key_Equal: lambda: self._resize(1),
            _Key.Key_Minus: lambda: self._resize(-1),
            _Key.Key_0: lambda: self._resize(0),
        }

    def _fit(self) -> None:
        self.theme.set_room(self.width(), self.height())

    def _tell(self) -> None:
        """Several things may change at once; they are shown once."""
        if not self._soon.isActive():
            self._soon.start(0)

    def _show(self) -> None:
        shown, rows = self.shown, self.shown.rows
        first = _first_difference(self._drawn, rows)
        if first is not None:
            self.canvas.take_in(first, growing=len(rows) > len(self._drawn))
            self._drawn = rows
        if self.canvas.selected is not shown.current:
            self.canvas.select(shown.current)
        self._paper.setCurrentWidget(self.canvas if rows else self._nothing)
        self.panel.setVisible(bool(rows))
        self.bar.show_title(shown.headline, shown.about)
        self.panel.show_at(shown)
        self._show_choices()

    def _show_choices(self) -> None:
        self.bar.show_choices(
            holds_app=self.shown.holds_app,
            high=self.theme.is_high,
            seconds=self._seconds,
            full=self._full,
        )

    def _chosen(self, step: Step) -> None:
        self.shown.choose(step)
        self.setFocus()

    def _mask(self, masked: bool) -> None:
        self._masked = masked
        self.canvas.set_masked(masked)
        self.bar.show_masked(masked)

    def _hold_app(self, holds: bool) -> None:
        self.shown.holds_app = holds

    def _resize(self, by: int) -> None:
        at = _FACTORS.index(self.theme.factor) if by else _FACTORS.index(1.0)
        self.theme.set_factor(_FACTORS[min(max(at + by, 0), len(_FACTORS) - 1)])

    def _set_pace(self, pace: Pace) -> None:
        self.shown.pace = pace
        if pace is Pace.SLOW:
            self._slow.start(self._seconds * 1000)
        else:
            self._slow.stop()
        self.setFocus()

    def _set_seconds(self, seconds: int) -> None:
        self._seconds = seconds
        if self._slow.isActive():
            self._slow.start(seconds * 1000)

    def _turn(self) -> None:
        if self.shown.can is not Can.WAIT:
            self.shown.go_on()


def _first_difference(before: list[Row], after: list[Row]) -> int | None:
    """Where two lists of rows part; `None` where they are the same."""
    for index, (old, new) in enumerate(zip(before, after, strict=False)):
        if old is not new:
            return index
    shorter = min(len(before), len(after))
    return None if len(before) == len(after) else shorter

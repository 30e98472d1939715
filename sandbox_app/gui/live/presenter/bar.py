"""The presenter's top bar: what is shown, how, and the way out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from sandbox_app.gui.components import Button, ElidedLabel, IconButton, Segments
from sandbox_app.gui.components.painting import paint_hairline
from sandbox_app.gui.live.presenter.keys import Keys
from sandbox_app.gui.theme import Role, Theme, Typeface
from sandbox_app.workbench.live.presenting import Pace

SECONDS = (2, 4, 8)
"""How long slow motion stays at an arrow, to choose from."""

_HEIGHT = 56
_TITLE, _MORE = Typeface(18, 600), Typeface(15)


class PresenterBar(QWidget):
    """Reports what is wanted and shows what is the case; decides nothing.

    Signals:
        mask_wanted, hold_app_wanted, contrast_wanted, full_screen_wanted: bool.
        pace_chosen: Pace.
        seconds_chosen: int, how long slow motion stays at an arrow.
        size_wanted: int, 1 for larger, -1 for smaller, 0 for what fits.
        reset_wanted: begin again with the next group.
        leave_wanted: back to the window.
    """

    mask_wanted = Signal(bool)
    hold_app_wanted = Signal(bool)
    contrast_wanted = Signal(bool)
    full_screen_wanted = Signal(bool)
    pace_chosen = Signal(object)
    seconds_chosen = Signal(int)
    size_wanted = Signal(int)
    reset_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._masked = True
        self._title = ElidedLabel(theme, "", _TITLE)
        self._about = ElidedLabel(theme, "", _MORE, "text2")
        self.masking = Button(theme, "", variant="quiet")
        self.pace = Segments(
            theme,
            "Pace",
            [(Pace.STEPS.value, "Step by step"), (Pace.SLOW.value, "Slow motion")],
            role=Role.LABEL,
        )
        self.more = IconButton(theme, "more", "More", side=32)
        self.leave = Button(theme, "Leave", variant="quiet", icon="cross")
        self._esc = Keys(theme, ("Esc",))
        self._build_menu()
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._title)
        self._row.addWidget(self._about, 1)
        for widget in (self.masking, self.pace, self.more, self.leave, self._esc):
            self._row.addWidget(widget)
        for button in (self.masking, self.more, self.leave):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.masking.clicked.connect(lambda: self.mask_wanted.emit(not self._masked))
        self.pace.chosen.connect(lambda key: self.pace_chosen.emit(Pace(key)))
        self.more.clicked.connect(self._open_menu)
        self.leave.clicked.connect(lambda: self.leave_wanted.emit())
        self.show_masked(True)
        self._restyle()
        theme.changed.connect(self._restyle)

    @property
    def title(self) -> str:
        """Who does what."""
        return self._title.text()

    def show_title(self, title: str, about: str) -> None:
        """Who does what, and by which grant."""
        self._title.setText(title)
        self._about.setText(about)

    def show_masked(self, masked: bool) -> None:
        """Whether codes and tokens are shown by name alone."""
        self._masked = masked
        self.masking.setText("Secrets masked" if masked else "Secrets shown")
        self.masking.set_icon("eye-off" if masked else "eye")

    def show_choices(self, *, holds_app: bool, high: bool, seconds: int, full: bool) -> None:
        """Tick what is so."""
        for action, on in ((self.hold_app, holds_app), (self.contrast, high), (self.full, full)):
            action.setChecked(on)
        for action, length in zip(self._speeds.actions(), SECONDS, strict=True):
            action.setChecked(length == seconds)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Chrome, with a hairline below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("chrome"))
        paint_hairline(painter, self._theme, self.rect())
        painter.end()

    def _build_menu(self) -> None:
        self.menu = QMenu(self)
        self.hold_app = self._switch("Hold the app's own calls too", "A", self.hold_app_wanted)
        self.menu.addSeparator()
        self._action("Larger", "+", lambda: self.size_wanted.emit(1))
        self._action("Smaller", "-", lambda: self.size_wanted.emit(-1))
        self._action("As it fits", "0", lambda: self.size_wanted.emit(0))
        self.contrast = self._switch("High contrast", "C", self.contrast_wanted)
        self.full = self._switch("Full screen", "F11", self.full_screen_wanted)
        self.menu.addSeparator()
        self._speeds = QActionGroup(self)
        for seconds in SECONDS:
            action = self.menu.addAction(f"Slow motion: {seconds} s at each arrow")
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, one=seconds: self.seconds_chosen.emit(one))
            self._speeds.addAction(action)
        self.menu.addSeparator()
        self._action("Reset for the next group…", "", lambda: self.reset_wanted.emit())

    def _action(self, words: str, key: str, wanted: object) -> QAction:
        # The key is told, not bound: the view itself hears keys, and once.
        action = self.menu.addAction(f"{words}\t{key}" if key else words)
        action.triggered.connect(wanted)
        return action

    def _switch(self, words: str, key: str, wanted: object) -> QAction:
        action = self.menu.addAction(f"{words}\t{key}")
        action.setCheckable(True)
        action.toggled.connect(wanted)
        return action

    def _open_menu(self) -> None:
        below = self.more.mapToGlobal(self.more.rect().bottomRight())
        below.setX(below.x() - self.menu.sizeHint().width())
        self.menu.popup(below)

    def _restyle(self) -> None:
        px = self._theme.px
        self.setFixedHeight(px(_HEIGHT))
        self._row.setContentsMargins(px(24), 0, px(16), 0)
        self._row.setSpacing(px(12))
        self.update()

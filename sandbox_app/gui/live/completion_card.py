"""The card below the filter: ways to go on, each with what it means."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from sandbox_app.gui.components.painting import LEFT, paint_box, paint_card, paint_text_elided
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.workbench.live.filters.completing import Completion

_WIDTH = 460
_ROW = 26
_SHOWN = 180


class CompletionCard(QWidget):
    """Completions inside the window, so that they take neither focus nor an event loop.

    Signals:
        taken: Completion, pressed with the mouse.
    """

    taken = Signal(object)

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._completions: tuple[Completion, ...] = ()
        self._current = -1
        self._note = ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("Ways to go on")
        theme.changed.connect(self.update)
        self.hide()

    @property
    def completions(self) -> tuple[Completion, ...]:
        """What shows now, from top to bottom."""
        return self._completions

    @property
    def current(self) -> Completion | None:
        """The one that is chosen, if any."""
        return self._completions[self._current] if self._current >= 0 else None

    @property
    def note(self) -> str:
        """The line below: what the filter means, or what is missing."""
        return self._note

    def show_below(self, field: QWidget, completions: Sequence[Completion], note: str = "") -> None:
        """Show these below a field; nothing to show hides the card."""
        self._completions = tuple(completions)
        self._note = note
        self._current = -1
        if not completions and not note:
            self.hide()
            return
        parent = self.parentWidget()
        assert parent is not None
        px, margin = self._theme.px, self._theme.px(metrics.SHADOW)
        corner = field.mapTo(parent, QPoint(0, field.height() + px(2)))
        room = parent.width() - corner.x() - px(metrics.GRID)
        self.resize(min(px(_WIDTH), room) + 2 * margin, self.sizeHint().height())
        self.move(corner - QPoint(margin, 0))
        self.setAccessibleDescription(note)
        self.show()
        self.raise_()
        self.update()

    def step(self, by: int) -> None:
        """Choose the next or the one before; beyond the ends none is chosen."""
        count = len(self._completions)
        if count:
            self._current = (self._current + 1 + by) % (count + 1) - 1
            self.update()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        px = self._theme.px
        rows = len(self._completions) + (1 if self._note else 0)
        return QSize(px(_WIDTH), rows * px(_ROW) + 2 * px(metrics.HALF) + 2 * px(metrics.SHADOW))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Choose what lies under the pointer."""
        self._current = self._row_at(event.position().toPoint())
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take it."""
        row = self._row_at(event.position().toPoint())
        if row >= 0:
            self.taken.emit(self._completions[row])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shadow, ground, rows and the note."""
        painter = QPainter(self)
        theme, px = self._theme, self._theme.px
        paint_card(painter, theme, self._ground(), metrics.RADIUS)
        for row, completion in enumerate(self._completions):
            box = self._row_box(row)
            if row == self._current:
                inner = box.adjusted(px(metrics.HALF), 0, -px(metrics.HALF), 0)
                fill = theme.color("accent_soft")
                paint_box(painter, inner, fill=fill, radius=px(metrics.RADIUS_CHIP))
            left = box.adjusted(px(12), 0, 0, 0)
            left.setWidth(px(_SHOWN))
            paint_text_elided(painter, theme, left, completion.shown, Role.MONO, "text", LEFT)
            right = box.adjusted(px(_SHOWN + 20), 0, -px(12), 0)
            paint_text_elided(painter, theme, right, completion.meaning, Role.HELP, "text2", LEFT)
        if self._note:
            box = self._row_box(len(self._completions)).adjusted(px(12), 0, -px(12), 0)
            paint_text_elided(painter, theme, box, self._note, Role.HELP, "text3", LEFT)
        painter.end()

    def _ground(self) -> QRect:
        margin = self._theme.px(metrics.SHADOW)
        return self.rect().adjusted(margin, 0, -margin, -2 * margin)

    def _row_box(self, row: int) -> QRect:
        px, ground = self._theme.px, self._ground()
        top = ground.top() + px(metrics.HALF) + row * px(_ROW)
        return QRect(ground.left(), top, ground.width(), px(_ROW))

    def _row_at(self, point: QPoint) -> int:
        rows = range(len(self._completions))
        return next((row for row in rows if self._row_box(row).contains(point)), -1)

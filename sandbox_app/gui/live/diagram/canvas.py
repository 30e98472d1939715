"""The diagram under a person's hands: mouse, wheel, keys, and what a tooltip says."""

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from sandbox_app.gui.components import plain_tooltip
from sandbox_app.gui.live.diagram.paper import DiagramPaper
from sandbox_app.gui.live.diagram.placed import PlacedChip
from sandbox_app.gui.live.diagram.style import DiagramStyle
from sandbox_app.gui.theme import Theme
from sandbox_app.workbench.live.sequence import Step

_SIDEWAYS = 40


class DiagramCanvas(DiagramPaper):
    """Says which arrow the person looks at, and what they want of it.

    Up and Down go from arrow to arrow, Enter opens one, plus, minus and 0 zoom, Z fits; dragging
    moves the paper.

    Signals:
        step_chosen: Step, the arrow that was gone to by mouse or key.
        opened: Step, by Enter or a double click.
        chip_clicked: (Step, Chip).
        chip_rested_on: (Chip, QRect), the pointer rests on one; where it is in the viewport.
        chip_left: it rests there no longer.
        menu_wanted: (Step, Chip or None, QPoint on the screen).
    """

    step_chosen = Signal(object)
    opened = Signal(object)
    chip_clicked = Signal(object, object)
    chip_rested_on = Signal(object, QRect)
    chip_left = Signal()
    menu_wanted = Signal(object, object, QPoint)

    def __init__(self, theme: Theme, style: DiagramStyle, parent: QWidget | None = None) -> None:
        super().__init__(theme, style, parent)
        self._pressed: QPoint | None = None
        self._panned = False
        self._rested_on: PlacedChip | None = None
        self.setMouseTracking(True)

    # Mouse.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The beginning of a click or a pan."""
        self._pressed = event.position().toPoint()
        self._panned = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the paper; over a chip the pointer says that it can be clicked."""
        at = event.position().toPoint()
        if self._pressed is None or not event.buttons():
            self._hover(at)
            return
        moved = at - self._pressed
        if self._panned or moved.manhattanLength() >= QApplication.startDragDistance():
            self._panned = True
            self._pressed = at
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            for bar, by in (
                (self.horizontalScrollBar(), moved.x()),
                (self.verticalScrollBar(), moved.y()),
            ):
                bar.setValue(bar.value() - by)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press that went nowhere is a click."""
        at, self._pressed = event.position().toPoint(), None
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        step = self.diagram.step(self._index_at(at))
        if self._panned or step is None:
            return
        chip = self._chip_at(at)
        self._choose(step)
        if chip is not None and chip.chip is not None:
            self.chip_clicked.emit(step, chip.chip)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens the arrow's message."""
        step = self.diagram.step(self._index_at(event.position().toPoint()))
        if step is not None:
            self.opened.emit(step)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of an arrow, or of a chip on it; by key, of the chosen arrow."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.diagram.index_of(self.selected) if by_key else self._index_at(event.pos())
        step = self.diagram.step(index)
        if step is None:
            return
        self._leave_chip()
        chip, where = None, event.globalPos()
        if by_key:
            corner = self.mapFromScene(self.diagram.box(index).bottomLeft())
            where = self.viewport().mapToGlobal(corner)
        else:
            placed = self._chip_at(event.pos())
            chip = placed.chip if placed is not None else None
        self.menu_wanted.emit(step, chip, where)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl it zooms, around the pointer."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                by = 1 if event.angleDelta().y() > 0 else -1
                self.step_zoom(by, self.viewport().mapFromGlobal(event.globalPosition()).toPoint())
            event.accept()
        else:
            super().wheelEvent(event)

    # Keys.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class."""
        key = event.key()
        if event.modifiers() & ~_HARMLESS:
            event.ignore()
        elif key in _MOVES:
            self._move(*_MOVES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.selected is not None:
                self.opened.emit(self.selected)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            by = self._theme.px(_SIDEWAYS) * (1 if key == Qt.Key.Key_Right else -1)
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + by)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.step_zoom(1)
        elif key == Qt.Key.Key_Minus:
            self.step_zoom(-1)
        elif key == Qt.Key.Key_0:
            self.set_zoom(1.0)
        elif key == Qt.Key.Key_Z:
            self.fit()
        else:
            event.ignore()

    def _move(self, by: int, end: bool) -> None:
        rows = self.diagram.rows
        at = self.diagram.index_of(self.selected)
        if end:
            at, by = (-1, 1) if by > 0 else (rows, -1)
        elif at < 0:
            at = -1 if by > 0 else rows
        wanted = min(max(at + by, 0), rows - 1)
        # A pause is stepped over; it has an arrow on either side.
        onward = wanted + (1 if by > 0 else -1)
        step = self.diagram.step(wanted) or self.diagram.step(onward)
        if step is not None:
            self._choose(step)

    def _choose(self, step: Step) -> None:
        self.select(step)
        self.step_chosen.emit(step)

    # What the pointer rests on.

    def viewportEvent(self, event: QEvent) -> bool:
        """What was cut shows whole in a tooltip, and so does what a chip is."""
        if event.type() == QEvent.Type.Paint:
            self.diagram.begin_frame()
        if event.type() in (QEvent.Type.Leave, QEvent.Type.Wheel, QEvent.Type.MouseButtonPress):
            self._leave_chip()
        if isinstance(event, QHelpEvent):
            if not self._rest_on_chip(event.pos()):
                words = plain_tooltip(self.words_at(event.pos()))
                QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().viewportEvent(event)

    def words_at(self, at: QPoint) -> str:
        """What a tooltip says there; empty where everything is said already."""
        placed = self.diagram.placed(self._index_at(at))
        if placed is None:
            return ""
        step = placed.row if isinstance(placed.row, Step) else None
        chip = self._chip_at(at)
        if chip is not None and chip.chip is not None:
            return chip.chip.text(masked=self.diagram.is_masked)
        if chip is not None and step is not None:
            return ", ".join(one.name for one in step.chips)
        if not placed.full and step is not None:
            return step.caption
        return placed.full

    def _index_at(self, at: QPoint) -> int:
        return self.diagram.index_at(self.mapToScene(at)) if at.y() >= 0 else -1

    def _chip_at(self, at: QPoint) -> PlacedChip | None:
        index = self._index_at(at)
        placed = self.diagram.placed(index)
        if placed is None:
            return None
        point = self.mapToScene(at) - self.diagram.box(index).topLeft()
        return next((chip for chip in placed.chips if chip.box.contains(point)), None)

    def _hover(self, at: QPoint) -> None:
        chip = self._chip_at(at)
        if chip is not self._rested_on:
            self._leave_chip()
        hand = chip is not None and chip.chip is not None and chip.chip.is_token
        shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def _rest_on_chip(self, at: QPoint) -> bool:
        """Whether there is a token whose claims can be told."""
        chip = self._chip_at(at)
        if chip is None or chip.chip is None or not chip.chip.is_token:
            return False
        corner = self.diagram.box(self._index_at(at)).topLeft()
        box = self.mapFromScene(chip.box.translated(corner)).boundingRect()
        self._rested_on = chip
        self.chip_rested_on.emit(chip.chip, box)
        return True

    def _leave_chip(self) -> None:
        if self._rested_on is not None:
            self._rested_on = None
            self.chip_left.emit()


_HARMLESS = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier

_MOVES: dict[int, tuple[int, bool]] = {
    Qt.Key.Key_Up: (-1, False),
    Qt.Key.Key_Down: (1, False),
    Qt.Key.Key_PageUp: (-10, False),
    Qt.Key.Key_PageDown: (10, False),
    Qt.Key.Key_Home: (1, True),
    Qt.Key.Key_End: (-1, True),
}
"""Rows to go, or to which end."""

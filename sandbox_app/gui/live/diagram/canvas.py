"""The diagram on screen: lane heads that stay, zoom, pan, keys, and a growing newest arrow."""

from typing import Protocol

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QPoint,
    QRect,
    Qt,
    QVariantAnimation,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsView, QStyle, QToolTip, QWidget

from sandbox_app.gui.components import plain_tooltip
from sandbox_app.gui.components.painting import paint_hairline
from sandbox_app.gui.live.diagram.geometry import PlacedChip
from sandbox_app.gui.live.diagram.scene import DiagramScene
from sandbox_app.gui.live.diagram.style import DiagramStyle
from sandbox_app.gui.theme import Theme, metrics
from sandbox_app.workbench.live.sequence import Lane, Row, Step

ZOOMS = (0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
_LEAST_FIT = 0.25
_MARGIN = 2


class Drawable(Protocol):
    """A sequence, or as much of one as may be seen."""

    @property
    def rows(self) -> list[Row]:
        """In the order to draw; only to be read."""
        ...

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """Who takes part, from left to right."""
        ...

    def name_of(self, lane: Lane) -> tuple[str, str]:
        """A lane's title, and a few words on who it is."""
        ...


class LaneHeads(QWidget):
    """The titles of the lanes, which stay while the rows scroll below them."""

    def __init__(self, theme: Theme, canvas: "DiagramCanvas") -> None:
        super().__init__(canvas)
        self._theme = theme
        self._canvas = canvas

    def paintEvent(self, event: QPaintEvent) -> None:
        """Titles where their lifelines are, and a hairline below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        scene, names = self._canvas.diagram, self._canvas.names
        if names:
            painter.save()
            painter.translate(-self._canvas.horizontalScrollBar().value(), 0)
            painter.scale(self._canvas.zoom, self._canvas.zoom)
            scene.painter.heads(painter, names)
            painter.restore()
        paint_hairline(painter, self._theme, self.rect())
        painter.end()


class DiagramCanvas(QGraphicsView):
    """Shows a `Sequence` and says which arrow the person looks at.

    Up and Down go from arrow to arrow, Enter opens one, plus, minus and 0 zoom, Z fits; dragging
    moves the paper.

    Signals:
        step_chosen: Step, the arrow that was gone to by mouse or key.
        opened: Step, by Enter or a double click.
        chip_clicked: (Step, Chip).
        chip_rested_on: (Chip, QRect), the pointer rests on one; where it is in the viewport.
        chip_left: it rests there no longer.
        menu_wanted: (Step, Chip or None, QPoint on the screen).
        zoom_changed: float, 1.0 is the designed size.
    """

    step_chosen = Signal(object)
    opened = Signal(object)
    chip_clicked = Signal(object, object)
    chip_rested_on = Signal(object, QRect)
    chip_left = Signal()
    menu_wanted = Signal(object, object, QPoint)
    zoom_changed = Signal(float)

    def __init__(self, theme: Theme, style: DiagramStyle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._style = style
        self.zoom = 1.0
        self.names: dict[Lane, tuple[str, str]] = {}
        self._sequence: Drawable | None = None
        self._pressed: QPoint | None = None
        self._rested_on: PlacedChip | None = None
        self._panned = False
        self._growing: range = range(0)
        # Kept here as well, because a view does not keep its scene alive.
        self.diagram = DiagramScene(theme, style)
        self.setScene(self.diagram)
        self.heads = LaneHeads(theme, self)
        self._growth = QVariantAnimation(self)
        self._growth.setDuration(metrics.ARROW_MS)
        self._growth.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._growth.setStartValue(0.0)
        self._growth.setEndValue(1.0)
        self._growth.valueChanged.connect(self._grow)
        self.setAccessibleName("Sequence diagram")
        self.viewport().setAccessibleName("Arrows")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setRenderHint(QPainter.RenderHint.TextAntialiasing, True)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState, True)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.horizontalScrollBar().valueChanged.connect(lambda _: self.heads.update())
        self.verticalScrollBar().valueChanged.connect(lambda _: self._tell_sight())
        theme.changed.connect(self._restyle)
        self._restyle()

    # What is shown.

    @property
    def selected(self) -> Step | None:
        """The arrow that is marked."""
        return self.diagram.selected

    def show_sequence(self, sequence: Drawable) -> None:
        """Show another sequence from its first row on."""
        self._sequence = sequence
        self._growth.stop()
        self._growing = range(0)
        self.diagram.select(None)
        self._take(0)
        self.verticalScrollBar().setValue(0)

    def take_in(self, first: int, *, growing: bool = False) -> None:
        """The sequence shown has other rows from `first` on; follow it if its end is in sight."""
        if self._sequence is None:
            return
        bar = self.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - self._theme.px(_MARGIN)
        before = self.diagram.rows
        chosen = self.selected
        self._take(first)
        if chosen is not None and self.diagram.index_of(chosen) < 0:
            self._find_again(chosen)
        added = self.diagram.rows - max(before, first)
        if growing and added > 0 and self._theme.motion and self.isVisible():
            self._start_growing(self.diagram.rows - added)
        if at_end and before:
            bar.setValue(bar.maximum())

    def select(self, step: Step | None, *, reveal: bool = True) -> None:
        """Mark an arrow without telling anybody."""
        self.diagram.select(step)
        self.setAccessibleDescription(
            f"Step {step.number}, {step.heading}: {step.story.title}" if step is not None else ""
        )
        if reveal and step is not None:
            self._reveal(self.diagram.index_of(step))

    def set_masked(self, masked: bool) -> None:
        """Whether chips show names alone."""
        self.diagram.set_masked(masked)

    # Size.

    def set_zoom(self, zoom: float) -> None:
        """Draw everything larger or smaller; the lanes spread over what room there is."""
        zoom = min(max(zoom, _LEAST_FIT), ZOOMS[-1])
        if zoom == self.zoom:
            return
        self.zoom = zoom
        self.resetTransform()
        self.scale(zoom, zoom)
        self._restyle()
        self.zoom_changed.emit(zoom)

    def step_zoom(self, by: int) -> None:
        """To the next larger (1) or smaller (-1) size."""
        if by > 0:
            self.set_zoom(next((zoom for zoom in ZOOMS if zoom > self.zoom + 0.001), ZOOMS[-1]))
        else:
            smaller = (zoom for zoom in reversed(ZOOMS) if zoom < self.zoom - 0.001)
            self.set_zoom(next(smaller, ZOOMS[0]))

    def fit(self) -> None:
        """Small enough that all rows are in sight; back to full size if they are already."""
        needed = self.diagram.height_needed
        if not needed:
            return
        room = self.height() - self._theme.px(self._style.head)
        wanted = min(1.0, max(_LEAST_FIT, room / needed))
        self.set_zoom(1.0 if abs(wanted - self.zoom) < 0.005 and wanted < 1 else wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The lanes spread over the width, and the chosen arrow stays in sight."""
        super().resizeEvent(event)
        self._spread()
        if event.size().height() < event.oldSize().height():
            self._reveal(self.diagram.index_of(self.selected))

    # Mouse and keys.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The beginning of a click or a pan."""
        self._pressed = event.position().toPoint()
        self._panned = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the paper; over a chip the pointer says that it can be clicked."""
        at = event.position().toPoint()
        if self._pressed is None or not event.buttons():
            chip = self._chip_at(at)
            if chip is not self._rested_on:
                self._leave_chip()
            hand = chip is not None and chip.chip is not None and chip.chip.is_token
            shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
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
        if self._panned:
            return
        step = self.diagram.step(self._index_at(at))
        if step is None:
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
        """With Ctrl it zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class."""
        key = event.key()
        if (
            event.modifiers()
            & ~Qt.KeyboardModifier.KeypadModifier
            & ~(Qt.KeyboardModifier.ShiftModifier)
        ):
            event.ignore()
        elif key in _MOVES:
            self._move(*_MOVES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.selected is not None:
                self.opened.emit(self.selected)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            bar = self.horizontalScrollBar()
            by = self._theme.px(40)
            bar.setValue(bar.value() + (by if key == Qt.Key.Key_Right else -by))
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

    def viewportEvent(self, event: QEvent) -> bool:
        """What was cut shows whole in a tooltip, and so does what a chip is."""
        if event.type() == QEvent.Type.Paint:
            self.diagram.begin_frame()
        if event.type() in (QEvent.Type.Leave, QEvent.Type.Wheel, QEvent.Type.MouseButtonPress):
            self._leave_chip()
        if isinstance(event, QHelpEvent) and self._rest_on_chip(event.pos()):
            return True
        if isinstance(event, QHelpEvent):
            words = self.words_at(event.pos())
            QToolTip.showText(event.globalPos(), plain_tooltip(words), self)
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

    # Inside.

    def _take(self, first: int) -> None:
        sequence = self._sequence
        if sequence is None:
            return
        names = {lane: sequence.name_of(lane) for lane in sequence.lanes}
        self.diagram.set_rows(sequence.rows, sequence.lanes, first)
        if names != self.names:
            self.names = names
            self.heads.update()

    def _find_again(self, chosen: Step) -> None:
        """An arrow that was replaced by a later state of itself stays chosen."""
        again = self.diagram.find(
            lambda step: (
                step.exchange_id == chosen.exchange_id
                and step.kind is chosen.kind
                and step.source is chosen.source
            )
        )
        self.select(again, reveal=False)

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

    def _reveal(self, index: int) -> None:
        if index < 0:
            return
        height = self.diagram.geometry.row_height * self.zoom
        top, bar = index * height, self.verticalScrollBar()
        room = self.viewport().height()
        if top < bar.value():
            bar.setValue(int(top))
        elif top + height > bar.value() + room:
            bar.setValue(int(top + height - room + self._theme.px(_MARGIN)))

    def _index_at(self, at: QPoint) -> int:
        return self.diagram.index_at(self.mapToScene(at)) if at.y() >= 0 else -1

    def _chip_at(self, at: QPoint) -> PlacedChip | None:
        index = self._index_at(at)
        placed = self.diagram.placed(index)
        if placed is None:
            return None
        point = self.mapToScene(at) - self.diagram.box(index).topLeft()
        return next((chip for chip in placed.chips if chip.box.contains(point)), None)

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

    def _tell_sight(self) -> None:
        """Let the scene know which rows can be seen."""
        height = max(1.0, self.diagram.geometry.row_height * self.zoom)
        top = self.verticalScrollBar().value()
        last = (top + self.viewport().height()) / height
        self.diagram.show_range(int(top // height), int(last))

    def _start_growing(self, first: int) -> None:
        self._growth.stop()
        self._grow(1.0)
        self._growing = range(first, self.diagram.rows)
        self._grow(0.0)
        self._growth.start()

    def _grow(self, to: float) -> None:
        self.diagram.grow(self._growing, to)
        if to >= 1.0:
            self._growing = range(0)

    def _restyle(self) -> None:
        head = round(self._theme.px(self._style.head) * self.zoom)
        self.setViewportMargins(0, head, 0, 0)
        self.heads.setGeometry(QRect(0, 0, self.width(), head))
        self.verticalScrollBar().setSingleStep(self.diagram.geometry.row_height)
        self.diagram.renew()
        self._spread()
        self._reveal(self.diagram.index_of(self.selected))

    def _spread(self) -> None:
        head = round(self._theme.px(self._style.head) * self.zoom)
        self.heads.setGeometry(QRect(0, 0, self.width(), head))
        # Room for the bar is kept free whether it is there or not, so that nothing jumps.
        off = self.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        # The style sheet makes bars narrower than a graphics view reckons with.
        bar = 0 if off else self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        self.diagram.set_width((self.width() - bar) / self.zoom)
        self._tell_sight()
        self.heads.update()


_MOVES: dict[int, tuple[int, bool]] = {
    Qt.Key.Key_Up: (-1, False),
    Qt.Key.Key_Down: (1, False),
    Qt.Key.Key_PageUp: (-10, False),
    Qt.Key.Key_PageDown: (10, False),
    Qt.Key.Key_Home: (1, True),
    Qt.Key.Key_End: (-1, True),
}
"""Rows to go, or to which end."""

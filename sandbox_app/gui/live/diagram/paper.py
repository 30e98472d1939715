"""The paper a diagram is drawn on: lane heads that stay, sizes, and a growing newest arrow."""

from typing import Protocol

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QGraphicsView, QStyle, QWidget

from sandbox_app.gui.live.diagram.growth import Growth
from sandbox_app.gui.live.diagram.lanes import LaneHeads, Names
from sandbox_app.gui.live.diagram.scene import DiagramScene
from sandbox_app.gui.live.diagram.style import DiagramStyle
from sandbox_app.gui.theme import Theme
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


class DiagramPaper(QGraphicsView):
    """Shows a `Sequence` at some size, with one of its arrows marked.

    Signals:
        zoom_changed: float, 1.0 is the designed size.
    """

    zoom_changed = Signal(float)

    def __init__(self, theme: Theme, style: DiagramStyle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._style = style
        self._zoom = 1.0
        self._sequence: Drawable | None = None
        # Kept here as well, because a view does not keep its scene alive.
        self.diagram = DiagramScene(theme, style)
        self.setScene(self.diagram)
        self.heads = LaneHeads(theme, self)
        self.growth = Growth(self.diagram, self)
        self._set_up()
        self.horizontalScrollBar().valueChanged.connect(self._place_heads)
        self.verticalScrollBar().valueChanged.connect(self._tell_sight)
        theme.changed.connect(self._renew)
        self._restyle()

    # What is shown.

    @property
    def selected(self) -> Step | None:
        """The arrow that is marked."""
        return self.diagram.selected

    @property
    def zoom(self) -> float:
        """How large everything is drawn; 1.0 is the designed size."""
        return self._zoom

    def show_sequence(self, sequence: Drawable) -> None:
        """Show another sequence from its first row on."""
        self._sequence = sequence
        self.growth.give_up()
        self.diagram.select(None)
        self._take(0)
        self.verticalScrollBar().setValue(0)

    def take_in(self, first: int, *, growing: bool = False, following: bool = True) -> None:
        """The sequence shown has other rows from `first` on.

        Args:
            growing: let the arrows of the new rows grow.
            following: scroll to the new end if the old one was in sight.
        """
        if self._sequence is None:
            return
        bar = self.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - self._theme.px(_MARGIN)
        before = self.diagram.rows
        chosen = self.selected
        self._take(first)
        if chosen is not None and self.diagram.index_of(chosen) < 0:
            self._find_again(chosen)
        old = max(before, first)
        if growing and self.diagram.rows > old and self._theme.motion and self.isVisible():
            self.growth.begin(range(old, self.diagram.rows))
        if following and at_end and before:
            bar.setValue(bar.maximum())

    def select(self, step: Step | None, *, reveal: bool = True) -> None:
        """Mark an arrow without telling anybody."""
        self.diagram.select(step)
        self.setAccessibleDescription(
            f"Step {step.number}, {step.heading}: {step.story.title}" if step is not None else ""
        )
        if reveal and step is not None:
            self.reveal(self.diagram.index_of(step))

    def reveal(self, index: int) -> None:
        """Scroll as little as brings a row into sight."""
        if index < 0:
            return
        height = self.diagram.geometry.row_height * self._zoom
        top, bar = index * height, self.verticalScrollBar()
        room = self.viewport().height()
        if top < bar.value():
            bar.setValue(int(top))
        elif top + height > bar.value() + room:
            bar.setValue(int(top + height - room + self._theme.px(_MARGIN)))

    def set_masked(self, masked: bool) -> None:
        """Whether chips show names alone."""
        self.diagram.set_masked(masked)

    # Size.

    def set_zoom(self, zoom: float, around: QPoint | None = None) -> None:
        """Draw everything larger or smaller; the lanes spread over what room there is.

        Args:
            around: what stays where it is, in the viewport; its top left corner unless told.
        """
        zoom = min(max(zoom, _LEAST_FIT), ZOOMS[-1])
        if zoom == self._zoom:
            return
        around = around or QPoint(0, 0)
        index = self.diagram.index_of(self.selected)
        seen = self._is_in_sight(index, self.viewport().height())
        point, width = self.mapToScene(around), self.diagram.geometry.width
        self._zoom = zoom
        self.resetTransform()
        self.scale(zoom, zoom)
        self._restyle()
        across = point.x() / width * self.diagram.geometry.width
        self.horizontalScrollBar().setValue(round(across * zoom) - around.x())
        self.verticalScrollBar().setValue(round(point.y() * zoom) - around.y())
        if seen:
            self.reveal(index)
        self.zoom_changed.emit(zoom)

    def step_zoom(self, by: int, around: QPoint | None = None) -> None:
        """To the next larger (1) or smaller (-1) size; see `set_zoom`."""
        larger = (zoom for zoom in ZOOMS if zoom > self._zoom + 0.001)
        smaller = (zoom for zoom in reversed(ZOOMS) if zoom < self._zoom - 0.001)
        wanted = next(larger, ZOOMS[-1]) if by > 0 else next(smaller, ZOOMS[0])
        self.set_zoom(wanted, around)

    def fit(self) -> None:
        """Small enough that all rows are in sight; back to full size if they are already."""
        needed = self.diagram.height_needed
        if not needed:
            return
        room = self.height() - self._theme.px(self._style.head)
        wanted = min(1.0, max(_LEAST_FIT, room / needed))
        self.set_zoom(1.0 if abs(wanted - self._zoom) < 0.005 and wanted < 1 else wanted)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring around the chosen arrow says that keys go here."""
        super().focusInEvent(event)
        self.diagram.set_focused(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """They go elsewhere."""
        super().focusOutEvent(event)
        self.diagram.set_focused(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The lanes spread over the width, and the chosen arrow stays in sight if it was."""
        super().resizeEvent(event)
        index, before = self.diagram.index_of(self.selected), event.oldSize()
        # Resized while it was hidden, it is not told of which size it was.
        seen = not before.isValid() or self._is_in_sight(index, before.height())
        self._spread()
        if seen:
            self.reveal(index)

    # Inside.

    def _set_up(self) -> None:
        self.setAccessibleName("Sequence diagram")
        self.viewport().setAccessibleName("Arrows")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setRenderHint(QPainter.RenderHint.TextAntialiasing, True)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState, True)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)

    def _take(self, first: int) -> None:
        sequence = self._sequence
        if sequence is None:
            return
        names = {lane: sequence.name_of(lane) for lane in sequence.lanes}
        self.diagram.set_rows(sequence.rows, sequence.lanes, first)
        if names != self.heads.names:
            self._show_lanes(names)

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

    def _is_in_sight(self, index: int, height: int) -> bool:
        """Whether most of a row is, in a viewport of that height."""
        box = self.mapFromScene(self.diagram.box(index)).boundingRect()
        return index >= 0 and 0 <= box.center().y() <= height

    def _tell_sight(self) -> None:
        """Let the scene know which rows can be seen."""
        height = max(1.0, self.diagram.geometry.row_height * self._zoom)
        top = self.verticalScrollBar().value()
        last = (top + self.viewport().height()) / height
        self.diagram.show_range(int(top // height), int(last))

    def _restyle(self) -> None:
        head = round(self._theme.px(self._style.head) * self._zoom)
        self.setViewportMargins(0, head, 0, 0)
        self.verticalScrollBar().setSingleStep(self.diagram.geometry.row_height)
        self.diagram.renew()
        self._spread()

    def _renew(self) -> None:
        """Other colours or sizes."""
        index = self.diagram.index_of(self.selected)
        seen = self._is_in_sight(index, self.viewport().height())
        self._restyle()
        if seen:
            self.reveal(index)

    def _spread(self) -> None:
        head = round(self._theme.px(self._style.head) * self._zoom)
        self.heads.setGeometry(QRect(0, 0, self.width(), head))
        bar = self._room_for_bar()
        self.diagram.set_width((self.width() - bar) / self._zoom)
        self._tell_sight()
        self._show_lanes(self.heads.names)

    def _room_for_bar(self) -> int:
        """Kept free whether the bar is there or not, so that nothing jumps."""
        if self.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            return 0
        # The style sheet makes bars narrower than a graphics view reckons with, or, where
        # everything is drawn larger, wider.
        usual = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        drawn = self.verticalScrollBar().sizeHint().width()
        return max(usual, drawn - self._theme.px(self._style.band_end))

    def _show_lanes(self, names: Names) -> None:
        self.heads.show_lanes(self.diagram.lane_painter, names)
        self._place_heads()

    def _place_heads(self) -> None:
        self.heads.show_at(self._zoom, self.horizontalScrollBar().value())

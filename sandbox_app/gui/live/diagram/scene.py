"""The scene behind the diagram: an item for each row in sight, lifelines and band below them."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPointF, QRectF, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsScene,
    QStyleOptionGraphicsItem,
    QWidget,
)

from sandbox_app.gui.live.diagram.geometry import Geometry
from sandbox_app.gui.live.diagram.lanes import LanePainter
from sandbox_app.gui.live.diagram.painting import RowPainter
from sandbox_app.gui.live.diagram.placed import PlacedRow
from sandbox_app.gui.live.diagram.style import DiagramStyle
from sandbox_app.gui.theme import Theme
from sandbox_app.workbench.live.sequence import Lane, Pause, Row, Step

_AFTER_LAST = 12
_AROUND = 12
"""Rows above and below what is in sight that have items too."""

_NEW_IN_A_FRAME = 8
"""Rows that are drawn anew in one frame; the others follow in the next ones."""


class RowItem(QGraphicsItem):
    """One row, kept as a picture until something about it changes."""

    def __init__(self, scene: "DiagramScene", index: int) -> None:
        super().__init__()
        self._diagram = scene
        self.index = index
        self.grown = 1.0
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self.setPos(0, index * scene.geometry.row_height)

    def boundingRect(self) -> QRectF:
        """The whole width."""
        geometry = self._diagram.geometry
        return QRectF(0, 0, geometry.width, geometry.row_height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """See `painting.RowPainter`."""
        scene = self._diagram
        placed = scene.placed(self.index) if scene.may_draw(self.index) else None
        if placed is not None:
            selected = scene.selected is placed.row
            scene.painter.row(painter, placed, selected=selected, grown=self.grown)


class DiagramScene(QGraphicsScene):
    """Rows below each other, added as they come.

    Only those near what is in sight are items: Qt looks through all of them for every frame, and
    a long login has thousands.
    """

    def __init__(self, theme: Theme, style: DiagramStyle) -> None:
        super().__init__()
        self._theme = theme
        self._style = style
        self._wanted = 0.0
        self._masked = True
        self._lanes: tuple[Lane, ...] = (Lane.POOL,)
        self._rows: list[Row] = []
        self._items: dict[int, RowItem] = {}
        self._placed: dict[int, PlacedRow] = {}
        self._sight = range(0)
        self.selected: Step | None = None
        self._selected_at = -1
        self._focused = False
        self._drawn = 0
        self._late: set[int] = set()
        self._rearrange()

    def begin_frame(self) -> None:
        """From here on a few more rows may be drawn."""
        self._drawn = 0

    def may_draw(self, index: int) -> bool:
        """Whether a row is drawn in this frame; else it is in one of the next.

        When all of a long login is fitted in, a hundred rows come into sight at once.
        """
        self._drawn += 1
        if self._drawn <= _NEW_IN_A_FRAME:
            return True
        if not self._late:
            QTimer.singleShot(0, self, self._draw_late)
        self._late.add(index)
        return False

    def _draw_late(self) -> None:
        late, self._late = self._late, set()
        for index in late:
            if index in self._items:
                self._items[index].update()

    def _rearrange(self) -> None:
        self.geometry = Geometry(
            self._theme, self._style, self._lanes, self._wanted, masked=self._masked
        )
        self.painter = RowPainter(self._theme, self.geometry)
        self.lane_painter = LanePainter(self._theme, self.geometry)
        self._placed.clear()

    @property
    def is_masked(self) -> bool:
        """Whether chips show names alone."""
        return self._masked

    @property
    def rows(self) -> int:
        """How many there are."""
        return len(self._rows)

    @property
    def height_needed(self) -> float:
        """Of all rows, in px."""
        return self.rows * self.geometry.row_height + self._theme.px(_AFTER_LAST)

    def row(self, index: int) -> Row | None:
        """A row by its place."""
        return self._rows[index] if 0 <= index < len(self._rows) else None

    def step(self, index: int) -> Step | None:
        """The arrow in a row, if it has one."""
        row = self.row(index)
        return row if isinstance(row, Step) else None

    def placed(self, index: int) -> PlacedRow | None:
        """Where the parts of a row lie; worked out when it is first asked for."""
        row = self.row(index)
        if row is None:
            return None
        known = self._placed.get(index)
        if known is None:
            known = self._placed[index] = self.geometry.place(row)
        return known

    def index_at(self, point: QPointF) -> int:
        """Which row lies at a point of the scene, also beyond the last."""
        return int(point.y() // self.geometry.row_height)

    def box(self, index: int) -> QRectF:
        """Where a row lies."""
        height = self.geometry.row_height
        return QRectF(0, index * height, self.geometry.width, height)

    def index_of(self, step: Step | None) -> int:
        """Where a step stands, -1 where it does not."""
        if step is None:
            return -1
        return next((index for index, row in enumerate(self._rows) if row is step), -1)

    def find(self, wanted: Callable[[Step], bool]) -> Step | None:
        """The last step that is wanted."""
        steps = (row for row in reversed(self._rows) if isinstance(row, Step))
        return next((step for step in steps if wanted(step)), None)

    def set_rows(self, rows: list[Row], lanes: tuple[Lane, ...], first: int) -> None:
        """Take in what is new from row `first` on; everything before it is as it was."""
        self._rows[first:] = rows[first:]
        for index in [index for index in self._placed if index >= first]:
            del self._placed[index]
        self._drop(index for index in tuple(self._items) if index >= first)
        self._selected_at = self.index_of(self.selected)
        if lanes != self._lanes:
            self._lanes = lanes
            self.renew()
        self._frame()
        self._fill()

    def show_range(self, first: int, last: int) -> None:
        """What is in sight now, as the first and the last row of it."""
        sight = range(max(0, first - _AROUND), last + 1 + _AROUND)
        if sight != self._sight:
            self._sight = sight
            self._fill()

    def grow(self, indices: Iterable[int], to: float) -> None:
        """How far some arrows have come, 0.0 to 1.0."""
        for index in indices:
            item = self._items.get(index)
            if item is not None:
                item.grown = to
                item.update()

    def set_width(self, wanted: float) -> None:
        """Spread the lanes over another width."""
        if wanted != self._wanted:
            self._wanted = wanted
            self.renew()

    def set_masked(self, masked: bool) -> None:
        """Whether chips show names alone."""
        if masked != self._masked:
            self._masked = masked
            self.renew()

    def renew(self) -> None:
        """Work everything out anew; only what is in sight is worked out at once."""
        self._drop(tuple(self._items))
        self._rearrange()
        self._frame()
        self._fill()
        self.update()

    def select(self, step: Step | None) -> None:
        """Mark another step."""
        before, self.selected = self._selected_at, step
        self._selected_at = self.index_of(step)
        for index in (before, self._selected_at):
            if index in self._items:
                self._items[index].update()
                self.update(self.painter.band_box(self.box(index).top()))

    def set_focused(self, focused: bool) -> None:
        """Whether keys go here; the selected row shows it."""
        self._focused = focused
        if self._selected_at >= 0:
            self.update(self.painter.band_box(self.box(self._selected_at).top()))

    def drawBackground(self, painter: QPainter, rect: QRectF | object) -> None:
        """Paper, the selected row's band, and over it the lifelines."""
        assert isinstance(rect, QRectF)
        painter.fillRect(rect, self._theme.color("surface"))
        if not self._rows:
            return
        height = self.geometry.row_height
        if self._selected_at >= 0:
            top = self._selected_at * height
            self.painter.band(painter, top, focused=self._focused)
        first = max(0, int(rect.top() // height))
        last = min(len(self._rows) - 1, int(rect.bottom() // height))
        for index in range(first, last + 1):
            dotted = isinstance(self._rows[index], Pause)
            top = index * height
            self.lane_painter.lifelines(painter, top, top + height, dotted=dotted)
        end = len(self._rows) * height
        if rect.bottom() > end:
            self.lane_painter.lifelines(painter, max(end, rect.top()), rect.bottom(), dotted=False)

    def _fill(self) -> None:
        """Give each row near what is in sight its item, and take those of the others away."""
        wanted = range(self._sight.start, min(self._sight.stop, len(self._rows)))
        self._drop(index for index in tuple(self._items) if index not in wanted)
        for index in wanted:
            if index not in self._items:
                self._items[index] = item = RowItem(self, index)
                self.addItem(item)

    def _drop(self, indices: Iterable[int]) -> None:
        for index in indices:
            self.removeItem(self._items.pop(index))

    def _frame(self) -> None:
        self.setSceneRect(0, 0, self.geometry.width, self.height_needed)

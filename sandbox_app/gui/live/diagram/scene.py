"""The scene behind the diagram: one item a row, lifelines and the selection's band below them."""

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsScene,
    QStyleOptionGraphicsItem,
    QWidget,
)

from sandbox_app.gui.live.diagram.geometry import Geometry, PlacedRow
from sandbox_app.gui.live.diagram.painting import RowPainter
from sandbox_app.gui.live.diagram.style import DiagramStyle
from sandbox_app.gui.theme import Theme
from sandbox_app.workbench.live.sequence import Lane, Pause, Row, Step

_AFTER_LAST = 12


class RowItem(QGraphicsItem):
    """One row; where its parts lie is worked out when it is first painted at this width."""

    def __init__(self, scene: "DiagramScene", row: Row, index: int) -> None:
        super().__init__()
        self._diagram = scene
        self._placed: PlacedRow | None = None
        self._placed_for: Geometry | None = None
        self.row = row
        self.index = index
        self.grown = 1.0
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self.setPos(0, index * scene.geometry.row_height)

    @property
    def placed(self) -> PlacedRow:
        """Where its parts lie."""
        geometry = self._diagram.geometry
        if self._placed is None or self._placed_for is not geometry:
            self._placed = geometry.place(self.row)
            self._placed_for = geometry
        return self._placed

    def grow(self, to: float) -> None:
        """How far the arrow has come, 0.0 to 1.0."""
        self.grown = to
        self.update()

    def renew(self) -> None:
        """Widths, sizes or colours are different."""
        self.prepareGeometryChange()
        self.setPos(0, self.index * self._diagram.geometry.row_height)
        self.update()

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
        selected = self._diagram.selected is self.row
        self._diagram.painter.row(painter, self.placed, selected=selected, grown=self.grown)


class DiagramScene(QGraphicsScene):
    """Rows below each other, added as they come.

    Args:
        width_wanted: what there is room for, in px; narrower than the least, and it is wider.
    """

    def __init__(self, theme: Theme, style: DiagramStyle) -> None:
        super().__init__()
        self._theme = theme
        self._style = style
        self._wanted = 0.0
        self._masked = True
        self._lanes: tuple[Lane, ...] = (Lane.POOL,)
        self._items: list[RowItem] = []
        self.selected: Step | None = None
        self._selected_at = -1
        self._rearrange()

    def _rearrange(self) -> None:
        self.geometry = Geometry(
            self._theme, self._style, self._lanes, self._wanted, masked=self._masked
        )
        self.painter = RowPainter(self._theme, self.geometry)

    @property
    def is_masked(self) -> bool:
        """Whether chips show names alone."""
        return self._masked

    @property
    def rows(self) -> int:
        """How many there are."""
        return len(self._items)

    @property
    def height_needed(self) -> float:
        """Of all rows, in px."""
        return self.rows * self.geometry.row_height + self._theme.px(_AFTER_LAST)

    def item_at_row(self, index: int) -> RowItem | None:
        """The row's item."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def index_of(self, step: Step | None) -> int:
        """Where a step stands, -1 where it does not."""
        if step is None:
            return -1
        found = (item.index for item in self._items if item.row is step)
        return next(found, -1)

    def find(self, wanted: Callable[[Step], bool]) -> Step | None:
        """The last step that is wanted."""
        for item in reversed(self._items):
            if isinstance(item.row, Step) and wanted(item.row):
                return item.row
        return None

    def set_rows(self, rows: list[Row], lanes: tuple[Lane, ...], first: int) -> None:
        """Take in what is new from row `first` on; everything before it is as it was."""
        for item in self._items[first:]:
            self.removeItem(item)
        del self._items[first:]
        if lanes != self._lanes:
            self._lanes = lanes
            self.renew()
        for index in range(first, len(rows)):
            item = RowItem(self, rows[index], index)
            self._items.append(item)
            self.addItem(item)
        self._selected_at = self.index_of(self.selected)
        self._frame()

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
        self._rearrange()
        for item in self._items:
            item.renew()
        self._frame()
        self.update()

    def select(self, step: Step | None) -> None:
        """Mark another step."""
        before, self.selected = self._selected_at, step
        self._selected_at = self.index_of(step)
        for index in (before, self._selected_at):
            item = self.item_at_row(index)
            if item is not None:
                item.update()
                self.update(item.sceneBoundingRect())

    def drawBackground(self, painter: QPainter, rect: QRectF | object) -> None:
        """Paper, the selected row's band, and over it the lifelines."""
        assert isinstance(rect, QRectF)
        painter.fillRect(rect, self._theme.color("surface"))
        if not self._items:
            return
        height = self.geometry.row_height
        if self._selected_at >= 0:
            self.painter.band(painter, self._selected_at * height)
        first = max(0, int(rect.top() // height))
        last = min(len(self._items) - 1, int(rect.bottom() // height))
        for index in range(first, last + 1):
            dotted = isinstance(self._items[index].row, Pause)
            top = index * height
            self.painter.lifelines(painter, top, top + height, dotted=dotted)
        end = len(self._items) * height
        if rect.bottom() > end:
            self.painter.lifelines(painter, max(end, rect.top()), rect.bottom(), dotted=False)

    def _frame(self) -> None:
        self.setSceneRect(0, 0, self.geometry.width, self.height_needed)

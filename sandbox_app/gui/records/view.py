"""The look of a table of records: rows, header, widths, hover, tooltips and the empty state."""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QToolTip, QWidget

from sandbox_app.gui.components.buttons import IconButton
from sandbox_app.gui.components.empty_state import EmptyState
from sandbox_app.gui.components.painting import paint_focus_ring
from sandbox_app.gui.components.plain_text import plain_tooltip, without_mnemonic
from sandbox_app.gui.records.cell_painter import CellPainter
from sandbox_app.gui.records.columns import ColumnLayout
from sandbox_app.gui.records.header import RecordHeader
from sandbox_app.gui.records.model import RecordModel
from sandbox_app.gui.records.record import Column
from sandbox_app.gui.theme import Theme, metrics

_CORNER: Final = 28


class RecordView(QTableView):
    """Shows a `RecordModel`; `RecordTable` adds what can be done with its rows.

    Signals:
        state_changed: the person sorted, drew, showed or hid a column; see `save_state`.
    """

    state_changed = Signal()

    def __init__(
        self,
        theme: Theme,
        name: str,
        columns: tuple[Column, ...],
        model: RecordModel,
        *,
        empty: EmptyState | None,
        inset: int,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._records = model
        self._columns = ColumnLayout(columns)
        self._hovered = -1
        self._empty = empty
        model.set_columns(columns)
        self._head = RecordHeader(theme, columns, inset)
        self.setHorizontalHeader(self._head)
        self._cells = CellPainter(
            theme,
            model,
            inset,
            lambda: self._head.first_shown,
            lambda: self._hovered,
            lambda: self._head.free_right,
            self,
        )
        self.setItemDelegate(self._cells)
        self.setModel(model)
        self.setAccessibleName(name)
        self._menu = QMenu(self)
        self._menu.setAccessibleName("Columns")
        self.columns_button = IconButton(theme, "more", f"Columns of {name}", parent=self)
        self._dress()
        self._connect()
        if empty is not None:
            empty.setParent(self)
        self._restyle()
        theme.changed.connect(self._restyle)

    @property
    def sorted_by(self) -> tuple[str, bool]:
        """Key of the column the rows are ordered by ("" for none), and whether downwards."""
        return self._records.sorted_by

    def sort_by(self, column_key: str, descending: bool = False) -> None:
        """Order the rows by a column; a key that is none counts as ""."""
        known = {column.key for column in self._columns.columns if column.sortable}
        key = column_key if column_key in known else ""
        self._records.sort_by(key, descending and bool(key))
        self._head.set_sort(*self._records.sorted_by)

    def set_column_shown(self, key: str, shown: bool) -> None:
        """Show or hide a column; the last one stays."""
        self._columns.set_shown(key, shown)
        self._lay_out()

    def save_state(self) -> dict[str, object]:
        """Widths (unscaled px), hidden columns and order, as values JSON can hold."""
        key, descending = self.sorted_by
        return self._columns.state() | {"sort": [key, descending]}

    def restore_state(self, state: object) -> None:
        """Take back what `save_state` gave; nonsense in it is passed over."""
        self._columns.restore(state)
        self._lay_out()
        sort = state.get("sort") if isinstance(state, dict) else None
        if isinstance(sort, (list, tuple)) and len(sort) == 2 and isinstance(sort[0], str):
            self.sort_by(sort[0], sort[1] is True)

    def columns_menu(self) -> QMenu:
        """What the button at the end of the header opens: order, and which columns show."""
        self._menu.clear()
        by, descending = self.sorted_by
        order = self._menu.addMenu("Sort by")
        for column in self._columns.columns:
            if column.sortable:
                action = order.addAction(without_mnemonic(column.title))
                action.setCheckable(True)
                action.setChecked(column.key == by)
                action.triggered.connect(lambda _=False, key=column.key: self._sort_clicked(key))
        order.addSeparator()
        turned = order.addAction("Reversed")
        turned.setCheckable(True)
        turned.setChecked(descending)
        turned.setEnabled(bool(by))
        turned.triggered.connect(lambda _=False: self._sort_clicked(by))
        self._menu.addSeparator()
        shown = {column.key for column in self._columns.shown}
        for column in self._columns.columns:
            action = self._menu.addAction(without_mnemonic(column.title))
            action.setCheckable(True)
            action.setChecked(column.key in shown)
            action.setEnabled(shown != {column.key})
            action.toggled.connect(lambda on, key=column.key: self._shown_by_person(key, on))
        self._menu.addSeparator()
        self._menu.addAction("Columns as they were").triggered.connect(self._reset_columns)
        return self._menu

    # Qt's own.

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, then the ring around the one the keyboard is on."""
        super().paintEvent(event)
        if self.hasFocus() and self.currentIndex().isValid():
            painter = QPainter(self.viewport())
            paint_focus_ring(painter, self._theme, self._row_rect(self.currentIndex().row()), 0)
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._lay_out()

    def viewportEvent(self, event: QEvent) -> bool:
        """Hover ends outside; a cut text shows whole in a tooltip."""
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_tooltip(self.cut_text(event.pos())), self)
            return True
        return super().viewportEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hover follows the pointer."""
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def cut_text(self, point: QPoint) -> str:
        """The text of the cell under a point of the viewport, if not all of it shows."""
        index = self.indexAt(point)
        return self._cells.cut_text(self.visualRect(index), index) if index.isValid() else ""

    # Inside.

    def _row_rect(self, row: int) -> QRect:
        return QRect(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            for one in (row, self._hovered):
                if one >= 0:
                    self.viewport().update(self._row_rect(one))
            self._hovered = row

    def _sort_clicked(self, key: str) -> None:
        by, descending = self.sorted_by
        self.sort_by(key, not descending if key == by else False)
        self.state_changed.emit()

    def _header_clicked(self, place: int) -> None:
        column = self._columns.columns[place]
        if column.sortable:
            self._sort_clicked(column.key)

    def _shown_by_person(self, key: str, shown: bool) -> None:
        self.set_column_shown(key, shown)
        self.state_changed.emit()

    def _reset_columns(self) -> None:
        self._columns.reset()
        self._lay_out()
        self.state_changed.emit()

    def _drawn(self, place: int, width: int) -> None:
        key = self._columns.columns[place].key
        self._columns.set_width(key, round(width / self._theme.scale))
        self._lay_out()
        self.state_changed.emit()

    def _fit(self, place: int) -> None:
        self._drawn(place, self.sizeHintForColumn(place))

    def _open_menu(self, point: QPoint) -> None:
        self.columns_menu().popup(point)

    def _lay_out(self) -> None:
        room = int(self.viewport().width() / self._theme.scale)
        widths = self._columns.share(room)
        for place, column in enumerate(self._columns.columns):
            self._head.setSectionHidden(place, column.key not in widths)
        for place, column in enumerate(self._columns.columns):
            if column.key in widths:
                self._head.resizeSection(place, self._theme.px(widths[column.key]))
        self._place_corner()

    def _place_corner(self) -> None:
        head, button = self._head.geometry(), self.columns_button
        covered = self._theme.px(_CORNER) if button.isVisibleTo(self) else 0
        button.resize(button.sizeHint())
        button.move(
            head.right() + 1 - covered + (covered - button.width()) // 2,
            head.top() + (head.height() - button.height()) // 2,
        )
        button.raise_()
        self._head.set_covered(covered)
        self._place_empty()

    def _place_empty(self) -> None:
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().geometry())
            self._empty.setVisible(self._records.rowCount() == 0)

    def _dress(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        self._head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.columns_button.setVisible(len(self._columns.columns) > 1)

    def _connect(self) -> None:
        model, head = self._records, self._head
        head.sectionClicked.connect(self._header_clicked)
        head.sectionHandleDoubleClicked.connect(self._fit)
        head.drawn.connect(self._drawn)
        head.customContextMenuRequested.connect(
            lambda point: self._open_menu(head.viewport().mapToGlobal(point))
        )
        button = self.columns_button
        button.clicked.connect(
            lambda: self._open_menu(button.mapToGlobal(button.rect().bottomLeft()))
        )
        for told in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            told.connect(self._place_empty)

    def _restyle(self) -> None:
        px = self._theme.px
        self.verticalHeader().setDefaultSectionSize(px(metrics.RECORD_ROW))
        self._head.setMinimumSectionSize(px(32))
        self._head.setFixedHeight(px(metrics.TABLE_HEADER))
        self.updateGeometries()
        self._lay_out()
        self.viewport().update()

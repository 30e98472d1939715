"""The table of records: choosing, opening, copying, deleting and dragging rows by their keys."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from sandbox_app.gui.components.empty_state import EmptyState
from sandbox_app.gui.components.plain_text import one_line
from sandbox_app.gui.records.dragging import mime_of_keys, picture_of
from sandbox_app.gui.records.model import Index, RecordModel, RowKeys
from sandbox_app.gui.records.record import Column
from sandbox_app.gui.records.view import RecordView
from sandbox_app.gui.theme import Theme

_INSET: Final = 8
_LISTED: Final = 500
"""A selection beyond this is told lazily, and does not outlive rows that move."""

# Delete is meant without Ctrl and Shift; the standard key is Ctrl+D too on some desktops.
_KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier
_Move = QAbstractItemView.CursorAction
_Flag = QItemSelectionModel.SelectionFlag


class RecordTable(RecordView):
    """Rows of 36 px under a header of 32, known by their keys.

    Enter or a double click opens, Delete asks for deletion, Ctrl+C copies the selected rows as
    shown, letters are for the search field of the place. A refresh of the model keeps cursor,
    selection and what is on screen; a row that comes in never becomes the current one.

    Args:
        name: accessible name: "App clients".
        multi: more than one row may be selected.
        empty: shown in place of no rows; the table owns it.
        drag_mime: a MIME type makes rows draggable; see `keys_of_mime` for the other end.
        inset: unscaled px before the first column.

    Signals:
        chosen: str, the key of the row that became the current selected one.
        selection_changed: Sequence[str], all selected keys in the table's order. A list, or for
            very many a sequence that knows its length and reads the keys when asked.
        opened: str, the key of the row Enter or a double click was on.
        delete_wanted: list[str], never empty.
        menu_wanted: (str, QPoint), key ("" below the rows) and where on the screen.
        search_typed: str, letters typed over the table.
        state_changed: see `RecordView`.
    """

    chosen = Signal(str)
    selection_changed = Signal(object)
    opened = Signal(str)
    delete_wanted = Signal(list)
    menu_wanted = Signal(str, QPoint)
    search_typed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        columns: Sequence[Column],
        model: RecordModel,
        *,
        multi: bool = False,
        empty: EmptyState | None = None,
        drag_mime: str = "",
        inset: int = _INSET,
        parent: QWidget | None = None,
    ) -> None:
        self._told = ""
        self._told_selection: object = []
        self._anchor: tuple[str, int] | None = None
        super().__init__(
            theme, name, tuple(columns), model, empty=empty, inset=inset, parent=parent
        )
        self._drag_mime = drag_mime
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.ExtendedSelection if multi else modes.SingleSelection)
        self.setDragEnabled(bool(drag_mime))
        model.refreshing.connect(self._before_refresh)
        model.refreshed.connect(self._after_refresh)

    @property
    def current_key(self) -> str:
        """The key of the current row; empty while it is not selected."""
        row = self.currentIndex().row()
        if row < 0 or not self.selectionModel().isRowSelected(row, QModelIndex()):
            return ""
        return self._records.key(row)

    @property
    def selected_count(self) -> int:
        """How many rows are selected; costs nothing."""
        return sum(last - first + 1 for first, last in self._ranges())

    def selected_keys(self) -> list[str]:
        """The keys of all selected rows, in the table's order."""
        keys: list[str] = []
        for first, last in self._ranges():
            keys.extend(self._records.keys(first, last))
        return keys

    def select(self, key: str) -> bool:
        """Make a row the current and only selected one and show it; False when it is not there.

        An empty key selects nothing.
        """
        row = self._records.row_of(key) if key else None
        if row is None:
            if not key:
                self.selectionModel().clear()
            return False
        index = self._records.index(row, max(0, self._head.first_shown))
        self.selectionModel().setCurrentIndex(index, _Flag.ClearAndSelect | _Flag.Rows)
        self.scrollTo(index)
        return True

    def select_all(self) -> None:
        """Select every row where several may be selected."""
        self.selectAll()

    def key_beside(self, keys: Sequence[str]) -> str:
        """The row to go to once `keys` are gone: the next below, else above; empty when none."""
        rows = [row for row in map(self._records.row_of, keys) if row is not None]
        if not rows:
            return ""
        below, above = max(rows) + 1, min(rows) - 1
        return self._records.key(below) or (self._records.key(above) if above >= 0 else "")

    def sort_by(self, column_key: str, descending: bool = False) -> None:
        """Order the rows; the current one stays in sight."""
        super().sort_by(column_key, descending)
        if self.current_key:
            self.scrollTo(self.currentIndex())
        else:
            self.verticalScrollBar().setValue(0)

    def copy_text(self) -> str:
        """The selected rows as shown: a line each, visible columns apart by tabs."""
        shown = [column.key for column in self._columns.shown]
        lines: list[str] = []
        for first, last in self._ranges():
            lines.extend(
                "\t".join(one_line(record.cells.get(key, "")) for key in shown)
                for record in self._records.records(first, last)
            )
        return "\n".join(lines)

    def drag_data(self) -> QMimeData:
        """What a drag of the selected rows carries."""
        return mime_of_keys(self.selected_keys(), self._drag_mime)

    def drag_picture(self) -> QPixmap:
        """What hangs at the pointer meanwhile: the name of one row, or how many they are."""
        count = self.selected_count
        record = self._records.record(self._ranges()[0][0]) if count == 1 else None
        shown = self._columns.shown[0].key
        words = f"{count} selected" if record is None else record.cells.get(shown, "")
        return picture_of(self._theme, words, self.devicePixelRatioF())

    # Qt's own.

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Let the selected rows be carried away; they are copied, never moved."""
        if self._drag_mime and self.selected_count:
            drag = QDrag(self)
            drag.setMimeData(self.drag_data())
            drag.setPixmap(self.drag_picture())
            drag.exec(Qt.DropAction.CopyAction)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Rows are the unit: Home and End go to the first and last row."""
        last = self._records.rowCount() - 1
        column = max(0, self._head.first_shown)
        if last < 0 or action in (_Move.MoveLeft, _Move.MoveRight):
            return self.currentIndex()
        if action is _Move.MoveHome:
            return self._records.index(0, column)
        if action is _Move.MoveEnd:
            return self._records.index(last, column)
        return super().moveCursor(action, modifiers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete asks, Ctrl+C copies, letters search."""
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            text = self.copy_text()
            if text:
                QGuiApplication.clipboard().setText(text)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.current_key:
                self.opened.emit(self.current_key)
        elif key == Qt.Key.Key_Delete and not event.modifiers() & ~_KEYPAD:
            if self.selected_count:
                self.delete_wanted.emit(self.selected_keys())
        elif _is_letter(event):
            self.search_typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens the row."""
        super().mouseDoubleClickEvent(event)
        row = self.rowAt(event.position().toPoint().y())
        if event.button() == Qt.MouseButton.LeftButton and row >= 0:
            self.opened.emit(self._records.key(row))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The place makes the menu; by keyboard it opens at the current row."""
        row = self.rowAt(event.pos().y())
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            row = self.currentIndex().row() if self.current_key else -1
            if row >= 0:
                where = self.viewport().mapToGlobal(self._row_rect(row).bottomLeft())
        self.menu_wanted.emit(self._records.key(row) if row >= 0 else "", where)
        event.accept()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row it is now."""
        super().currentChanged(current, previous)
        # The ring reaches over cells Qt does not know to have changed.
        self.viewport().update()
        self._tell()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell what is selected now."""
        super().selectionChanged(selected, deselected)
        ranges = self._ranges()
        many = sum(last - first + 1 for first, last in ranges) > _LISTED
        keys = RowKeys(self._records, ranges) if many else self.selected_keys()
        # Qt speaks up as well when selected rows were only moved.
        told = ranges if many else keys
        if told != self._told_selection:
            self._told_selection = told
            self.selection_changed.emit(keys)
        self._tell()

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:
        """A current row that goes leaves no cursor behind, rather than one on a neighbour."""
        if start <= self.currentIndex().row() <= end:
            self.selectionModel().setCurrentIndex(QModelIndex(), _Flag.NoUpdate)
        super().rowsAboutToBeRemoved(parent, start, end)

    # Inside.

    def _tell(self) -> None:
        key = self.current_key
        if key != self._told:
            self._told = key
            if key:
                self.chosen.emit(key)

    def _ranges(self) -> list[tuple[int, int]]:
        """Selected rows as (first, last), downwards; a hundred thousand in a row are one."""
        chosen = self.selectionModel().selection()
        parts = [chosen.at(position) for position in range(chosen.count())]
        spans = sorted({(part.top(), part.bottom()) for part in parts})
        joined: list[tuple[int, int]] = []
        for first, last in spans:
            if joined and first <= joined[-1][1] + 1:
                joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
            elif first >= 0:
                joined.append((first, last))
        return joined

    def _before_refresh(self, count: int) -> None:
        everything = self._ranges() == [(0, count - 1)] and count == self._records.rowCount()
        if self.selected_count > _LISTED and not everything:
            # Each selected cell would be followed by itself, which takes seconds for many.
            flags = _Flag.ClearAndSelect | _Flag.Rows
            if self.current_key:
                self.selectionModel().select(self.currentIndex(), flags)
            else:
                self.clearSelection()
        top = self.rowAt(0)
        key = self._records.key(top) if top >= 0 else ""
        scrolled = self.verticalScrollBar().value() > 0
        self._anchor = (key, self.rowViewportPosition(top)) if key and scrolled else None

    def _after_refresh(self) -> None:
        if self._anchor is None:
            return
        key, offset = self._anchor
        row = self._records.row_of(key)
        if row is not None:
            self.updateGeometries()
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.rowViewportPosition(row) - offset)


def _is_letter(event: QKeyEvent) -> bool:
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    plain = modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    return plain and bool(event.text()) and event.text().isprintable() and event.text() != " "

"""The face every model of records shows to a table; where the rows come from is its own affair."""

from collections.abc import Iterator, Sequence
from typing import Any, overload

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from sandbox_app.gui.records.record import Column, Record

Index = QModelIndex | QPersistentModelIndex

MARK_WORDS = {"": "", "refused": "Refused", "warning": "Warning"}


class RecordModel(QAbstractTableModel):
    """Rows known by keys, in an order of its own.

    Signals:
        refreshing: int, how many rows there will be; before rows change without the person's doing.
        refreshed: after it.
    """

    refreshing = Signal(int)
    refreshed = Signal()

    def __init__(self, columns: Sequence[Column] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._sorted_by = ""
        self._descending = False

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, hidden ones too."""
        return self._columns

    @property
    def sorted_by(self) -> tuple[str, bool]:
        """Key of the column it is sorted by ("" for the given order), and whether downwards."""
        return self._sorted_by, self._descending

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns; a table does this for its model."""
        if tuple(columns) != self._columns:
            self.beginResetModel()
            self._columns = tuple(columns)
            self.endResetModel()

    def record(self, row: int) -> Record | None:
        """One row; None when there is none, or when it cannot be had any more."""
        raise NotImplementedError

    def key(self, row: int) -> str:
        """The key of a row; empty when there is none."""
        found = self.record(row)
        return "" if found is None else found.key

    def keys(self, first: int, last: int) -> list[str]:
        """The keys of the rows from `first` to `last`, both included."""
        return [found.key for found in self.records(first, last)]

    def records(self, first: int, last: int) -> Iterator[Record]:
        """The rows from `first` to `last`, both included, one by one."""
        for row in range(first, last + 1):
            found = self.record(row)
            if found is not None:
                yield found

    def row_of(self, key: str) -> int | None:
        """Where a record stands; None when it is not among them."""
        raise NotImplementedError

    def sort_by(self, column_key: str, descending: bool = False) -> None:
        """Order the rows by a column, or as they were given for ""; selection and cursor follow."""
        raise NotImplementedError

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """See Qt."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Plain text, and for screen readers what the mark says."""
        if not index.isValid():
            return None
        found = self.record(index.row())
        if found is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return found.cells.get(self._columns[index.column()].key, "")
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and index.column() == 0:
            return MARK_WORDS[found.mark] or None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every row can be chosen and dragged; whether dragging is on is for the table to say."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The titles."""
        across = orientation == Qt.Orientation.Horizontal
        if across and role == Qt.ItemDataRole.DisplayRole and section < len(self._columns):
            return self._columns[section].title
        return None


class RowKeys(Sequence[str]):
    """The keys of many rows, read when asked for; `len` costs nothing.

    It speaks of the rows as they were when it was made, so ask it at once.
    """

    def __init__(self, model: RecordModel, ranges: Sequence[tuple[int, int]]) -> None:
        self._model = model
        self._ranges = tuple(ranges)

    def __len__(self) -> int:
        return sum(last - first + 1 for first, last in self._ranges)

    def __iter__(self) -> Iterator[str]:
        for first, last in self._ranges:
            yield from self._model.keys(first, last)

    @overload
    def __getitem__(self, position: int) -> str: ...

    @overload
    def __getitem__(self, position: slice) -> list[str]: ...

    def __getitem__(self, position: int | slice) -> str | list[str]:
        if isinstance(position, slice):
            return list(self)[position]
        left = position + len(self) if position < 0 else position
        for first, last in self._ranges:
            if 0 <= left <= last - first:
                return self._model.key(first + left)
            left -= last - first + 1
        raise IndexError(position)

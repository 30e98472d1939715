"""Records held in memory: sorted here, and brought up to date by the smallest change there is."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QObject

from sandbox_app.gui.records.model import Index, RecordModel
from sandbox_app.gui.records.record import Column, Record

_DIGITS: Final = re.compile(r"(\d{1,18})")

SortKey = tuple[int, float, tuple[tuple[int, int, str], ...], str]


class ListRecordModel(RecordModel):
    """A few thousand records at most; `set_records` may be called as often as anything changes."""

    def __init__(
        self,
        columns: Sequence[Column] = (),
        records: Iterable[Record] = (),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, parent)
        self._given: list[Record] = list(_each_once(records))
        self._rows: list[Record] = list(self._given)
        self._places = _places(self._rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """See Qt."""
        return 0 if parent.isValid() else len(self._rows)

    def record(self, row: int) -> Record | None:
        """One row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, key: str) -> int | None:
        """Where a record stands."""
        return self._places.get(key)

    def sort_by(self, column_key: str, descending: bool = False) -> None:
        """Order the rows; equal ones stay in the order they were given in."""
        self._sorted_by, self._descending = column_key, descending
        self._reorder(self._in_order(self._given))

    def set_records(self, records: Iterable[Record]) -> None:
        """Show these instead; rows with the same key stay the same rows.

        Only what differs is told to the view, so a refresh that changes nothing is not seen.
        A key that comes twice counts once.
        """
        self._given = list(_each_once(records))
        wanted = self._in_order(self._given)
        if wanted == self._rows:
            return
        self.refreshing.emit(len(wanted))
        kept = {record.key for record in wanted}
        self._drop([row for row, record in enumerate(self._rows) if record.key not in kept])
        self._reorder([record for record in wanted if record.key in self._places])
        self._add(wanted)
        self.refreshed.emit()

    def _drop(self, rows: list[int]) -> None:
        for first, last in reversed(list(_runs(rows))):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._rows[first : last + 1]
            self._places = _places(self._rows)
            self.endRemoveRows()

    def _add(self, wanted: list[Record]) -> None:
        fresh = [row for row, record in enumerate(wanted) if record.key not in self._places]
        for first, last in _runs(fresh):
            self.beginInsertRows(QModelIndex(), first, last)
            self._rows[first:first] = wanted[first : last + 1]
            self._places = _places(self._rows)
            self.endInsertRows()

    def _reorder(self, wanted: list[Record]) -> None:
        """Take over records with the same keys as now, in whatever order."""
        if [record.key for record in wanted] != [record.key for record in self._rows]:
            self.layoutAboutToBeChanged.emit()
            before = self.persistentIndexList()
            keys = [self._rows[index.row()].key for index in before]
            # The old contents in the new order: what differs in them is told below.
            by_key = {record.key: record for record in self._rows}
            self._rows = [by_key[record.key] for record in wanted]
            self._places = _places(self._rows)
            after = [
                self.index(self._places[key], index.column())
                for key, index in zip(keys, before, strict=True)
            ]
            self.changePersistentIndexList(before, after)
            self.layoutChanged.emit()
        changed = [row for row, record in enumerate(wanted) if record != self._rows[row]]
        self._rows = wanted
        for first, last in _runs(changed):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))

    def _in_order(self, records: list[Record]) -> list[Record]:
        key = self._sorted_by
        if not key:
            return list(records)
        return sorted(records, key=lambda one: sort_key(one, key), reverse=self._descending)


def sort_key(record: Record, column_key: str) -> SortKey:
    """Numbers before texts; texts without regard to case, and numbers in them by their value."""
    value = record.sort.get(column_key, record.cells.get(column_key, ""))
    if isinstance(value, (int, float)):
        return 0, float(value), (), ""
    text = "" if value is None else str(value)
    parts = _DIGITS.split(text.casefold())
    return 1, 0.0, tuple(_part(part) for part in parts if part), text


def _part(part: str) -> tuple[int, int, str]:
    number = part.isascii() and part.isdigit()
    return (0, int(part), "") if number else (1, 0, part)


def _each_once(records: Iterable[Record]) -> Iterable[Record]:
    return {record.key: record for record in records}.values()


def _places(records: list[Record]) -> dict[str, int]:
    return {record.key: row for row, record in enumerate(records)}


def _runs(rows: list[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring numbers of an ascending list as (first, last)."""
    start = 0
    for position in range(1, len(rows) + 1):
        if position == len(rows) or rows[position] != rows[position - 1] + 1:
            yield rows[start], rows[position - 1]
            start = position

"""Records too many to hold: a page is read when it is looked at, and the last few are kept."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import Final, Protocol, runtime_checkable

from PySide6.QtCore import QModelIndex, QObject

from sandbox_app.gui.records.model import Index, RecordModel
from sandbox_app.gui.records.record import Column, Record

_PAGE: Final = 200
_KEPT_PAGES: Final = 40
_STRIDE: Final = 5_000
"""So many rows are read at once when somebody wants all of them."""


class RecordProvider(Protocol):
    """Where the rows come from; it filters and sorts, the model asks for a piece at a time."""

    def count(self) -> int:
        """How many rows there are."""

    def rows(self, offset: int, limit: int) -> Sequence[Record]:
        """The rows from `offset` on, in order; fewer than `limit` at the end."""

    def row_of(self, key: str) -> int | None:
        """Where a record stands; None when it is not among them."""

    def sort_by(self, column: str, descending: bool) -> None:
        """Deliver in another order from now on; "" is the provider's own."""


@runtime_checkable
class KeyProvider(Protocol):
    """A provider that can give keys for less than whole rows; asked when all are selected."""

    def keys(self, offset: int, limit: int) -> Sequence[str]:
        """As `rows`, only the keys."""


class PagedRecordModel(RecordModel):
    """A window on a provider of any size.

    Call `reload` when anything in the provider may have changed. Selected rows keep their keys:
    each is looked for where it was, and by `row_of` when it is not there any more.
    """

    def __init__(
        self,
        provider: RecordProvider,
        columns: Sequence[Column] = (),
        *,
        page: int = _PAGE,
        pages: int = _KEPT_PAGES,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, parent)
        self._provider = provider
        self._page = page
        self._most_pages = pages
        self._count = provider.count()
        self._pages: OrderedDict[int, Sequence[Record]] = OrderedDict()
        self._seen: dict[int, str] = {}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """See Qt."""
        return 0 if parent.isValid() else self._count

    def record(self, row: int) -> Record | None:
        """One row; reads its page unless it was looked at lately."""
        if not 0 <= row < self._count:
            return None
        number, within = divmod(row, self._page)
        page = self._pages.get(number)
        if page is None:
            page = self._read(number)
        self._pages.move_to_end(number)
        return page[within] if within < len(page) else None

    def key(self, row: int) -> str:
        """The key of a row, without reading where it was seen before."""
        return self._seen.get(row) or super().key(row)

    def keys(self, first: int, last: int) -> list[str]:
        """Keys of many rows, past the pages kept for painting."""
        if last - first < _STRIDE:
            known = [self._seen.get(row, "") for row in range(first, last + 1)]
            if all(known):
                return known
        provider = self._provider
        if not isinstance(provider, KeyProvider):
            return super().keys(first, last)
        found: list[str] = []
        for offset, limit in _strides(first, last):
            found.extend(provider.keys(offset, limit))
        return found

    def records(self, first: int, last: int) -> Iterator[Record]:
        """Many rows, past the pages kept for painting."""
        for offset, limit in _strides(first, last):
            yield from self._provider.rows(offset, limit)

    def row_of(self, key: str) -> int | None:
        """Where a record stands."""
        return self._provider.row_of(key)

    def sort_by(self, column_key: str, descending: bool = False) -> None:
        """Let the provider sort."""
        self._sorted_by, self._descending = column_key, descending
        self._provider.sort_by(column_key, descending)
        self.reload()

    def reload(self) -> None:
        """Ask again for everything on screen; nothing else is read but where selected rows are."""
        count = self._provider.count()
        self.refreshing.emit(count)
        before = self._seen
        self._pages, self._seen = OrderedDict(), {}
        if count > self._count:
            self.beginInsertRows(QModelIndex(), self._count, count - 1)
            self._count = count
            self.endInsertRows()
        self.layoutAboutToBeChanged.emit()
        self._move_persistent(before, count)
        self.layoutChanged.emit()
        if count < self._count:
            self.beginRemoveRows(QModelIndex(), count, self._count - 1)
            self._count = count
            self.endRemoveRows()
        self.refreshed.emit()

    def _move_persistent(self, before: dict[int, str], count: int) -> None:
        indexes = self.persistentIndexList()
        rows: dict[int, int | None] = {}
        for index in indexes:
            row = index.row()
            if row not in rows:
                rows[row] = self._now_at(row, before.get(row, ""), count)
        moved = []
        for index in indexes:
            row_now = rows[index.row()]
            moved.append(QModelIndex() if row_now is None else self.index(row_now, index.column()))
        self.changePersistentIndexList(indexes, moved)

    def _now_at(self, row: int, key: str, count: int) -> int | None:
        if not key:
            return None
        found = self.record(row) if row < count else None
        if found is not None and found.key == key:
            return row
        now = self._provider.row_of(key)
        return now if now is not None and 0 <= now < count else None

    def _read(self, number: int) -> Sequence[Record]:
        offset = number * self._page
        page = self._provider.rows(offset, min(self._page, self._count - offset))
        self._pages[number] = page
        self._seen.update({offset + within: record.key for within, record in enumerate(page)})
        if len(self._pages) > self._most_pages:
            self._pages.popitem(last=False)
        return page


def _strides(first: int, last: int) -> Iterator[tuple[int, int]]:
    for offset in range(first, last + 1, _STRIDE):
        yield offset, min(_STRIDE, last + 1 - offset)

"""The list of all requests, flat."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.live.traffic_model import Index, Row, TrafficModel
from sandbox_app.workbench.live.book import Changes, Entry
from sandbox_app.workbench.live.login import Login
from sandbox_app.workbench.live.older import Page


class RequestsModel(TrafficModel[Entry]):
    """Every request by itself, newest first."""

    foldable = False

    def _of_book(self) -> Iterable[Entry]:
        return self._book.entries

    def _of_page(self, page: Page) -> Sequence[Entry]:
        return page.entries

    def exchanges(self) -> Iterator[Exchange]:
        """The requests of all rows."""
        return (entry.exchange for entry in reversed(self._shown))

    def apply(self, changes: Changes) -> None:
        """What fell out leaves at the end, what came in appears at the top."""
        self._filling.hand_over()
        unseen = self._filling.forget_oldest(len(changes.dropped))
        gone = sum(1 for entry in changes.dropped[unseen:] if self._filter.passes(entry))
        if gone:
            # Above what is older than the book.
            older = len(self._older)
            rows = len(self._shown) - older
            self.beginRemoveRows(QModelIndex(), rows - gone, rows - 1)
            del self._shown[older : older + gone]
            self.endRemoveRows()
        come = [entry for entry in changes.entries if self._filter.passes(entry)]
        if come:
            self.beginInsertRows(QModelIndex(), 0, len(come) - 1)
            self._shown.extend(come)
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Requests; nothing lies below one."""
        return 0 if parent.isValid() else len(self._shown)

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """A plain row."""
        if parent.isValid() or column != 0 or not 0 <= row < len(self._shown):
            return QModelIndex()
        return self.createIndex(row, 0, 0)

    def parent(self, index: Index = QModelIndex()) -> Any:  # noqa: B008
        """There is none."""
        return QModelIndex()

    def login_at(self, index: Index) -> Login | None:
        """The login the request belongs to."""
        entry = self._entry(index)
        return None if entry is None else entry.login

    def exchange_at(self, index: Index) -> Exchange | None:
        """The request."""
        entry = self._entry(index)
        return None if entry is None else entry.exchange

    def index_of(self, login: Login, exchange: Exchange | None = None) -> QModelIndex:
        """The row of this request, or of the one that tells most about the login."""
        wanted = (exchange or login.telling).id
        for row, entry in enumerate(reversed(self._shown)):
            if entry.exchange.id == wanted:
                return self.createIndex(row, 0, 0)
        return QModelIndex()

    def rows_between(self, first: int, last: int) -> Iterable[Row]:
        """Requests, newest first."""
        top = len(self._shown) - 1
        kept = reversed(self._shown[top - last : top - first + 1])
        return ((entry.login, entry.exchange) for entry in kept)

    def indexes_of(self, rows: Iterable[Row]) -> Iterable[QModelIndex]:
        """Where these are: the list is walked once, however many are looked for."""
        wanted = {(exchange or login.telling).id for login, exchange in rows}
        newest_first = enumerate(reversed(self._shown))
        return [
            self.createIndex(row, 0, 0)
            for row, entry in newest_first
            if entry.exchange.id in wanted
        ]

    def _entry(self, index: Index) -> Entry | None:
        row = index.row()
        if not index.isValid() or not 0 <= row < len(self._shown):
            return None
        return self._shown[len(self._shown) - 1 - row]

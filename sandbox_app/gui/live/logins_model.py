"""The list of logins, each with its requests below it."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QModelIndex, QObject

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.live.traffic_model import Index, Row, TrafficModel
from sandbox_app.workbench.live.book import Changes, TrafficBook, Updated
from sandbox_app.workbench.live.filters import Filter
from sandbox_app.workbench.live.login import Login
from sandbox_app.workbench.live.older import Page

_serial = attrgetter("serial")


class LoginsModel(TrafficModel[Login]):
    """Logins, newest first; below each its requests in the order they were answered."""

    foldable = True

    def __init__(
        self, book: TrafficBook, wanted: Filter | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(book, wanted, parent)
        self._ahead: dict[int, tuple[int, int]] = {}
        """While a batch is told: (added, dropped) children not yet told, by login."""

    def _of_book(self) -> Iterable[Login]:
        return self._book.logins

    def _of_page(self, page: Page) -> Sequence[Login]:
        # They have lower serials than all others.
        return page.logins

    def _take_found(self, rows: list[Login]) -> None:
        """Logins that left the book meanwhile are passed over."""
        super()._take_found([login for login in rows if login.exchanges])

    def exchanges(self) -> Iterator[Exchange]:
        """The requests of all logins, the newest login first."""
        for login in reversed(self._shown):
            yield from reversed(login.exchanges)

    def apply(self, changes: Changes) -> None:
        """Tell what changed, in as few signals as it takes."""
        self._ahead = {
            updated.login.serial: (updated.added, updated.dropped) for updated in changes.updated
        }
        self._filling.hand_over()
        self._remove(changes.removed)
        for updated in changes.updated:
            self._update(updated)
        self._ahead.clear()
        self._insert_newest([login for login in changes.inserted if self._filter.passes(login)])
        self._tell_changed(changes.updated)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Logins; below a login, its requests."""
        if not parent.isValid():
            return len(self._shown)
        login = self._login_row(parent)
        if login is None:
            return 0
        added, dropped = self._ahead.get(login.serial, (0, 0))
        return len(login.exchanges) - added + dropped

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """Children carry their login's serial, logins 0."""
        if column != 0 or not 0 <= row < self.rowCount(parent):
            return QModelIndex()
        login = self._login_row(parent) if parent.isValid() else None
        return self.createIndex(row, 0, 0 if login is None else login.serial)

    def parent(self, index: Index = QModelIndex()) -> Any:  # noqa: B008
        """The login's row."""
        serial = index.internalId() if index.isValid() else 0
        position = self._position(serial) if serial else None
        if position is None:
            return QModelIndex()
        return self.createIndex(len(self._shown) - 1 - position, 0, 0)

    def login_at(self, index: Index) -> Login | None:
        """The login this row is, or belongs to."""
        if not index.isValid():
            return None
        serial = index.internalId()
        if not serial:
            return self._login_row(index)
        position = self._position(serial)
        return None if position is None else self._shown[position]

    def exchange_at(self, index: Index) -> Exchange | None:
        """The request of a child row."""
        if not index.isValid() or not index.internalId():
            return None
        login = self.login_at(index)
        if login is None:
            return None
        at = index.row() - self._ahead.get(login.serial, (0, 0))[1]
        return login.exchanges[at] if 0 <= at < len(login.exchanges) else None

    def index_of(self, login: Login, exchange: Exchange | None = None) -> QModelIndex:
        """The row of a login, or of one of its requests."""
        position = self._position(login.serial)
        if position is None:
            return QModelIndex()
        if exchange is None:
            return self.createIndex(len(self._shown) - 1 - position, 0, 0)
        for row, known in enumerate(login.exchanges):
            if known.id == exchange.id:
                return self.createIndex(row, 0, login.serial)
        return QModelIndex()

    def rows_between(self, first: int, last: int) -> Iterable[Row]:
        """Logins, newest first."""
        top = len(self._shown) - 1
        return ((login, None) for login in reversed(self._shown[top - last : top - first + 1]))

    def _login_row(self, index: Index) -> Login | None:
        if index.internalId() or not 0 <= index.row() < len(self._shown):
            return None
        return self._shown[len(self._shown) - 1 - index.row()]

    def _position(self, serial: int) -> int | None:
        at = bisect_left(self._shown, serial, key=_serial)
        return at if at < len(self._shown) and self._shown[at].serial == serial else None

    def _insert_newest(self, logins: Sequence[Login]) -> None:
        if logins:
            self.beginInsertRows(QModelIndex(), 0, len(logins) - 1)
            self._shown.extend(logins)
            self.endInsertRows()

    def _remove(self, logins: Iterable[Login]) -> None:
        known = (self._position(login.serial) for login in logins)
        positions = [position for position in known if position is not None]
        for first, last in reversed(_runs(positions)):
            self._remove_run(first, last)

    def _remove_run(self, first: int, last: int) -> None:
        top = len(self._shown) - 1
        self.beginRemoveRows(QModelIndex(), top - last, top - first)
        del self._shown[first : last + 1]
        self.endRemoveRows()

    def _update(self, updated: Updated) -> None:
        login = updated.login
        position, passes = self._position(login.serial), self._filter.passes(login)
        if position is not None and passes:
            self._tell_children(updated, position)
            return
        self._ahead.pop(login.serial, None)
        if position is not None:
            self._remove_run(position, position)
        elif passes and not self._is_to_come(login):
            at = bisect_left(self._shown, login.serial, key=_serial)
            row = len(self._shown) - at
            self.beginInsertRows(QModelIndex(), row, row)
            self._shown.insert(at, login)
            self.endInsertRows()

    def _is_to_come(self, login: Login) -> bool:
        """Whether it was not looked at yet, and will be."""
        rest = self._filling.rest
        return rest is not None and rest[0].serial <= login.serial <= rest[1].serial

    def _tell_children(self, updated: Updated, position: int) -> None:
        serial, parent = (
            updated.login.serial,
            self.createIndex(len(self._shown) - 1 - position, 0, 0),
        )
        if updated.dropped < 0:
            self.beginInsertRows(parent, 0, -updated.dropped - 1)
            self._ahead[serial] = (updated.added, 0)
            self.endInsertRows()
        elif updated.dropped:
            # A request may come and go within one batch: those were never told of.
            old = self.rowCount(parent)
            told = min(updated.dropped, old)
            self.beginRemoveRows(parent, 0, told - 1)
            self._ahead[serial] = (updated.added - (updated.dropped - told), 0)
            self.endRemoveRows()
        added = self._ahead[serial][0]
        if added > 0:
            old = self.rowCount(parent)
            self.beginInsertRows(parent, old, old + added - 1)
            self._ahead[serial] = (0, 0)
            self.endInsertRows()

    def _tell_changed(self, updates: Iterable[Updated]) -> None:
        """Of each run by itself: a view looks at every row between the first and the last."""
        known = (self._position(updated.login.serial) for updated in updates)
        positions = sorted(position for position in known if position is not None)
        top = len(self._shown) - 1
        for first, last in _runs(positions):
            self.dataChanged.emit(
                self.createIndex(top - last, 0, 0), self.createIndex(top - first, 0, 0)
            )


def _runs(positions: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending numbers as (first, last) of each unbroken run."""
    runs: list[tuple[int, int]] = []
    for position in positions:
        if runs and runs[-1][1] == position - 1:
            runs[-1] = (runs[-1][0], position)
        else:
            runs.append((position, position))
    return runs

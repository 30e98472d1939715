"""The two models of the list: logins with their requests, and all requests flat."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.live.filling import Filling
from sandbox_app.gui.live.row_words import spoken_exchange, spoken_login
from sandbox_app.workbench.live.book import Changes, Entry, TrafficBook, Updated
from sandbox_app.workbench.live.filters import Filter
from sandbox_app.workbench.live.login import Login
from sandbox_app.workbench.live.marks import Marks, spoken_mark
from sandbox_app.workbench.live.older import Page

Index = QModelIndex | QPersistentModelIndex

_SPOKEN = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
_serial = attrgetter("serial")


class TrafficModel(QAbstractItemModel):
    """What both models have in common: a book, a filter, and rows that know what they are.

    The newest row is row 0, so the lists inside are kept the other way round. A filter shows the
    newest of its rows at once and finds the others little by little.

    Args:
        wanted: what to show of the book; everything without.

    Signals:
        found: more of the book's rows, or there are no more.
    """

    found = Signal()

    def __init__(
        self, book: TrafficBook, wanted: Filter | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._book = book
        self._filter = wanted if wanted is not None else Filter()
        self._filling = Filling(self._filter, [], self._take_found, self)
        self._shown: list[Any] = self._fill(list(self._of_book()))
        self._older: list[Any] = []
        """Those at the front of `_shown` that are older than the book."""
        self.adding_older = False
        """While rows are added that were there before all others."""

    def _of_book(self) -> Iterable[Any]:
        """Every row that the book has, oldest first."""
        raise NotImplementedError

    def _of_page(self, page: Page) -> Sequence[Any]:
        """The rows of a page of older traffic, newest first."""
        raise NotImplementedError

    def add_older(self, page: Page) -> None:
        """Show more at the end: what was found of the traffic before the book's."""
        rows = self._of_page(page)[::-1]
        if rows:
            self._older[:0] = rows
            self._insert_at_end(len(self._shown), rows, 0)

    def drop_older(self) -> None:
        """Show what the book has and nothing else."""
        self._older = []
        self.refill()

    def exchanges(self) -> Iterator[Exchange]:
        """The requests of all rows, newest first."""
        raise NotImplementedError

    @property
    def marks(self) -> Marks:
        """What is noted about the rows."""
        return self._book.marks

    def tell_marked(self, login: Login, exchange: Exchange | None) -> None:
        """Something else is noted about a row now."""
        index = self.index_of(login, exchange)
        if index.isValid():
            self.dataChanged.emit(index, index)

    def set_filter(self, wanted: Filter) -> None:
        """Show only what passes, of what the book has."""
        self._filter = wanted
        self.drop_older()

    def refill(self) -> None:
        """Take everything from the book anew."""
        self.beginResetModel()
        self._older = self._filter.select(self._older)
        self._shown = [*self._older, *self._fill(list(self._of_book()))]
        self.endResetModel()

    @property
    def filling(self) -> bool:
        """Whether the book is still being looked through."""
        return self._filling.running

    def find_all(self) -> None:
        """Look through the rest of the book now."""
        self._filling.finish()

    def look_for(self, login: Login) -> None:
        """Have this login among the rows now, unless the filter hides it."""
        if self.filling and self._filter.passes(login):
            self.find_all()

    def _fill(self, rows: list[Any]) -> list[Any]:
        """What passes at once; the others come in `_take_found`."""
        self._filling.stop()
        self._filling.deleteLater()
        self._filling = Filling(self._filter, rows, self._take_found, self)
        return self._filling.begin()

    def _take_found(self, rows: list[Any]) -> None:
        """Show what passed besides, below the others of the book and above what is older."""
        if rows:
            older = len(self._older)
            self._insert_at_end(len(self._shown) - older, rows, older)
        self.found.emit()

    def _insert_at_end(self, row: int, rows: Sequence[Any], at: int) -> None:
        """Rows, oldest first, from `row` on; in `_shown` they begin at `at`."""
        self.adding_older = True
        self.beginInsertRows(QModelIndex(), row, row + len(rows) - 1)
        self._shown[at:at] = rows
        self.endInsertRows()
        self.adding_older = False

    def apply(self, changes: Changes) -> None:
        """Follow what the book just took in."""
        raise NotImplementedError

    def login_at(self, index: Index) -> Login | None:
        """The login this row is, or belongs to."""
        raise NotImplementedError

    def exchange_at(self, index: Index) -> Exchange | None:
        """The exchange this row is; `None` for the row of a login."""
        raise NotImplementedError

    def index_of(self, login: Login, exchange: Exchange | None = None) -> QModelIndex:
        """The row of a login or of one of its exchanges; invalid where it is not shown."""
        raise NotImplementedError

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One column; the view paints the rest."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row in words; everything else is painted."""
        if role not in _SPOKEN:
            return None
        login, exchange = self.login_at(index), self.exchange_at(index)
        if login is None:
            return None
        words = spoken_login(login) if exchange is None else spoken_exchange(exchange)
        noted = spoken_mark(self.marks.of(login, exchange))
        return f"{words}, {noted}" if noted else words


class LoginsModel(TrafficModel):
    """Logins, newest first; below each its requests in the order they were answered."""

    _shown: list[Login]

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


class RequestsModel(TrafficModel):
    """Every request by itself, newest first."""

    _shown: list[Entry]

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

    def _entry(self, index: Index) -> Entry | None:
        row = index.row()
        if not index.isValid() or not 0 <= row < len(self._shown):
            return None
        return self._shown[len(self._shown) - 1 - row]


def _runs(positions: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending numbers as (first, last) of each unbroken run."""
    runs: list[tuple[int, int]] = []
    for position in positions:
        if runs and runs[-1][1] == position - 1:
            runs[-1] = (runs[-1][0], position)
        else:
            runs.append((position, position))
    return runs

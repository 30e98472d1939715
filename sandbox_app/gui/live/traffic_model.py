"""What both models of the list have in common; `LoginsModel` and `RequestsModel` are the two."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar, Generic

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
from sandbox_app.workbench.live.book import Changes, TrafficBook
from sandbox_app.workbench.live.filters import Filter, RowT
from sandbox_app.workbench.live.login import Login
from sandbox_app.workbench.live.marks import Marks, spoken_mark
from sandbox_app.workbench.live.older import Page

Index = QModelIndex | QPersistentModelIndex

Row = tuple[Login, Exchange | None]
"""What a row is: a login, or one request of it."""

_SPOKEN = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


class TrafficModel(QAbstractItemModel, Generic[RowT]):
    """A book, a filter, and rows that know what they are.

    The newest row is row 0, so the lists inside are kept the other way round. A filter shows the
    newest of its rows at once and finds the others little by little.

    What a kind of row decides is abstract. Qt's metaclass leaves no room for that of `ABC`, so it
    is the type checker alone that insists on it.

    Args:
        wanted: what to show of the book; everything without.

    Signals:
        found: more of the book's rows, or there are no more.
    """

    found = Signal()

    foldable: ClassVar[bool]
    """Whether its rows are logins that open to their requests, or requests themselves."""

    def __init__(
        self, book: TrafficBook, wanted: Filter | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._book = book
        self._filter = wanted if wanted is not None else Filter()
        self._filling = Filling[RowT](self._filter, [], self._take_found, self)
        self._shown: list[RowT] = self._fill(list(self._of_book()))
        self._older: list[RowT] = []
        """Those at the front of `_shown` that are older than the book."""
        self.adding_older = False
        """While rows are added that were there before all others."""

    @abstractmethod
    def _of_book(self) -> Iterable[RowT]:
        """Every row that the book has, oldest first."""

    @abstractmethod
    def _of_page(self, page: Page) -> Sequence[RowT]:
        """The rows of a page of older traffic, newest first."""

    def add_older(self, page: Page) -> None:
        """Show more at the end: what was found of the traffic before the book's."""
        rows = list(reversed(self._of_page(page)))
        if rows:
            self._older[:0] = rows
            self._insert_at_end(len(self._shown), rows, 0)

    def drop_older(self) -> None:
        """Show what the book has and nothing else."""
        self._older = []
        self.refill()

    @abstractmethod
    def exchanges(self) -> Iterator[Exchange]:
        """The requests of all rows, newest first."""

    @property
    def marks(self) -> Marks:
        """What is noted about the rows."""
        return self._book.marks

    def tell_marked(self, rows: Iterable[Row]) -> None:
        """Something else is noted about these rows now."""
        for index in self.indexes_of(rows):
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

    def _fill(self, rows: list[RowT]) -> list[RowT]:
        """What passes at once; the others come in `_take_found`."""
        self._filling.stop()
        self._filling.deleteLater()
        self._filling = Filling(self._filter, rows, self._take_found, self)
        return self._filling.begin()

    def _take_found(self, rows: list[RowT]) -> None:
        """Show what passed besides, below the others of the book and above what is older."""
        if rows:
            older = len(self._older)
            self._insert_at_end(len(self._shown) - older, rows, older)
        self.found.emit()

    def _insert_at_end(self, row: int, rows: Sequence[RowT], at: int) -> None:
        """Rows, oldest first, from `row` on; in `_shown` they begin at `at`."""
        self.adding_older = True
        self.beginInsertRows(QModelIndex(), row, row + len(rows) - 1)
        self._shown[at:at] = rows
        self.endInsertRows()
        self.adding_older = False

    @abstractmethod
    def apply(self, changes: Changes) -> None:
        """Follow what the book just took in."""

    @abstractmethod
    def login_at(self, index: Index) -> Login | None:
        """The login this row is, or belongs to."""

    @abstractmethod
    def exchange_at(self, index: Index) -> Exchange | None:
        """The exchange this row is; `None` for the row of a login."""

    @abstractmethod
    def index_of(self, login: Login, exchange: Exchange | None = None) -> QModelIndex:
        """The row of a login or of one of its exchanges; invalid where it is not shown."""

    @abstractmethod
    def rows_between(self, first: int, last: int) -> Iterable[Row]:
        """What rows `first` to `last` are, those below other rows left out.

        Without an index for each of them: there may be 100,000.
        """

    def indexes_of(self, rows: Iterable[Row]) -> Iterable[QModelIndex]:
        """Where these are, as far as they are shown."""
        found = (self.index_of(*row) for row in rows)
        return [index for index in found if index.isValid()]

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One column; the view paints the rest."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row in words; everything else is painted."""
        if role not in _SPOKEN:
            return None
        login = self.login_at(index)
        return None if login is None else self.words_of(login, self.exchange_at(index))

    def words_of(self, login: Login, exchange: Exchange | None) -> str:
        """A row in words, with its mark and note."""
        words = spoken_login(login) if exchange is None else spoken_exchange(exchange)
        noted = spoken_mark(self.marks.of(login, exchange))
        return f"{words}, {noted}" if noted else words

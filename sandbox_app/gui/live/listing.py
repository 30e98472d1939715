"""What the list of Live is filled with: logins or requests that pass, newer and older ones."""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.gui.live.content_search import ContentSearch
from sandbox_app.gui.live.emptiness import Emptiness
from sandbox_app.gui.live.list_view import TrafficList
from sandbox_app.gui.live.logins_model import LoginsModel
from sandbox_app.gui.live.older_footer import OlderFooter
from sandbox_app.gui.live.paging import Paging, Spawn
from sandbox_app.gui.live.requests_model import RequestsModel
from sandbox_app.gui.live.traffic_model import Row, TrafficModel
from sandbox_app.workbench.live.book import Changes, RecordedTraffic, TrafficBook
from sandbox_app.workbench.live.filters import Filter
from sandbox_app.workbench.live.login import Login
from sandbox_app.workbench.live.older import OlderTraffic, Page
from sandbox_app.workbench.live.words import count_words


class Listing(QObject):
    """Keeps the model of the list, its filter, and what searches for more of both.

    Args:
        look_up: everything about an exchange by its id, `None` where it is no longer kept.
        older: makes what finds traffic before the book's; without, the list ends with the book.
        spawn: runs what is waited for.

    Signals:
        changed: there are other rows now, or another reason why there are none.
        updated: Changes, logins that are shown already have more of their requests.
        progressed: (read, all) of the contents that are read for the filter.
    """

    changed = Signal()
    updated = Signal(object)
    progressed = Signal(int, int)

    def __init__(
        self,
        book: TrafficBook,
        rows: TrafficList,
        footer: OlderFooter,
        look_up: Callable[[str], ExchangeDetail | None],
        older: Callable[[TrafficBook], OlderTraffic] | None,
        spawn: Spawn | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._book = book
        self._rows = rows
        self._emptiness = Emptiness(book)
        self.filter = Filter()
        self.search = ContentSearch(look_up, self)
        self.search.found.connect(self._show_found)
        self.search.progressed.connect(self._searched)
        self.model: TrafficModel[Any] = LoginsModel(book, parent=self)
        self.model.found.connect(self._went_on)
        rows.show_model(self.model)
        self.paging: Paging | None = None
        if older is not None and spawn is not None:
            self.paging = Paging(older(book), book, rows, footer, spawn, self._is_free, self)
            self.paging.found.connect(self._show_older)
            self.paging.completed.connect(self._completed)
            self.paging.told.connect(self.changed)
            footer.stop_wanted.connect(self.stop)

    @property
    def words(self) -> str:
        """How much there is: "8 logins"."""
        return count_words(self.model.rowCount(), "request" if self._is_flat else "login")

    @property
    def hides_all(self) -> bool:
        """Whether there is traffic, and the filter lets none of it through."""
        return bool(self._book.logins) and not self.model.rowCount() and not self.model.filling

    def why_empty(self) -> str:
        """The sentence about it."""
        return self._emptiness.words(
            self.filter,
            requests=self._is_flat,
            searching=self.search.running,
            paging=self.paging,
        )

    def exchanges(self) -> list[Exchange]:
        """The requests in the list, those of closed logins too, newest first."""
        self.model.find_all()
        return list(self.model.exchanges())

    def logins(self) -> list[Login]:
        """All there are in the window, oldest first, whatever the filter hides of the book."""
        older = self.paging.older.logins if self.paging is not None else ()
        return [*older, *self._book.logins]

    def find(self, exchange_id: str) -> tuple[Login, Exchange] | None:
        """A request by its id with its login, as far as the window has it."""
        older = self.paging.older.logins if self.paging is not None else ()
        held = ((login, exchange) for login in older for exchange in login.exchanges)
        return self._book.exchange(exchange_id) or next(
            (it for it in held if it[1].id == exchange_id), None
        )

    def load(self, traffic: RecordedTraffic) -> None:
        """Begin with the newest of what earlier runs recorded."""
        changes = self._book.load(traffic)
        self.model.apply(changes)
        if self.paging is not None:
            self.paging.start()
            self.paging.complete(changes.inserted)
        self._page()
        self.changed.emit()

    def take_in(self, exchanges: Iterable[Exchange]) -> Changes:
        """Show what passes of these, oldest first; to be completed with `complete`."""
        if self.paging is not None and self.paging.let_go():
            self.model.drop_older()
        changes = self._book.absorb(exchanges)
        self.search.take_in(self.filter, [entry.exchange for entry in changes.entries])
        self.model.apply(changes)
        return changes

    def complete(self, changes: Changes) -> None:
        """Look for earlier requests of what was taken in, and for what fell out of the book."""
        if self.paging is not None:
            self.paging.complete(login for login in changes.inserted if _is_cut(login))
            if changes.dropped:
                self.paging.book_moved()
        self.changed.emit()

    def set_filter(self, wanted: Filter) -> None:
        """Show only what passes, and search for it wherever it may be."""
        self.filter = wanted
        self._page()
        self.model.set_filter(wanted)
        self.search.start(
            wanted, lambda: [entry.exchange for entry in reversed(self._book.entries)]
        )
        self.changed.emit()

    def show_mode(self, mode: str) -> None:
        """Show "logins" with their requests, or all "requests" flat; the same row stays chosen."""
        wanted: type[TrafficModel[Any]] = RequestsModel if mode == "requests" else LoginsModel
        if wanted.foldable == self.model.foldable:
            return
        old = self.model
        current = self._rows.currentIndex()
        login, exchange = old.login_at(current), old.exchange_at(current)
        self.model = wanted(self._book, self.filter, self)
        self._page()
        self._rows.show_model(self.model)
        QTimer.singleShot(0, old, old.deleteLater)
        self.model.found.connect(self._went_on)
        if login is not None and self.model.filling:
            self._rows.choose_when_found(login, exchange)
        elif login is not None:
            self._rows.choose(login, exchange)
        self.changed.emit()

    def tell_marked(self, rows: Iterable[Row]) -> None:
        """Something else is noted about these rows now, which the filter may look at."""
        if self.filter.looks_at_marks:
            self._show_found()
        else:
            self.model.tell_marked(rows)

    def clear(self) -> None:
        """Forget all rows, and what was in the book."""
        self._page()
        self._book.clear()
        self.model.drop_older()

    def stop(self) -> None:
        """Search no more; what was found stays."""
        self.search.stop()
        if self.paging is not None:
            self.paging.stop()
        self.progressed.emit(0, 0)
        self.changed.emit()

    def leave(self) -> None:
        """The workspace is about to be closed: read nothing of it any more."""
        self.search.stop()
        if self.paging is not None:
            self.paging.leave()

    # Inside.

    @property
    def _is_flat(self) -> bool:
        return not self.model.foldable

    def _is_free(self) -> bool:
        return not self.search.running and not self.model.filling

    def _page(self) -> None:
        """Look for older traffic anew, by the filter and the kind of rows there is now."""
        if self.paging is not None:
            self.paging.begin(self.filter, by_login=not self._is_flat)

    def _show_older(self, page: Page) -> None:
        self.model.add_older(page)
        self.changed.emit()

    def _completed(self, changes: Changes) -> None:
        self.model.apply(changes)
        self.updated.emit(changes)

    def _show_found(self) -> None:
        self.model.refill()
        self.changed.emit()

    def _went_on(self) -> None:
        """The list found more rows of the book, or has them all."""
        self.changed.emit()
        if self.paging is not None and not self.model.filling:
            self.paging.look()

    def _searched(self, read: int, total: int) -> None:
        if self.paging is not None and read == total:
            self.paging.look()
        self.changed.emit()
        self.progressed.emit(read, total)


def _is_cut(login: Login) -> bool:
    """Whether it may have begun before the book did: it does not start as logins do."""
    first = login.exchanges[0]
    return first.step != "authorize" and first.grant != "client_credentials"

"""Older traffic in the list: read where the end comes near, and let go of where it must."""

from collections.abc import Callable, Coroutine, Iterable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from sandbox_app.gui.live.list_view import TrafficList
from sandbox_app.gui.live.older_footer import OlderFooter
from sandbox_app.workbench.live.book import Changes, TrafficBook
from sandbox_app.workbench.live.filters import Filter
from sandbox_app.workbench.live.login import Login
from sandbox_app.workbench.live.older import OlderTraffic, Page

Spawn = Callable[[Coroutine[Any, Any, None]], object]

SPARE = 5_000
"""Newer exchanges the book may hold beyond its capacity, while older ones are shown."""

_WHILE_TYPING_MS = 60
_MEASURED_EVERY_MS = 1_000


class Paging(QObject):
    """Asks for older traffic and hands it on.

    Args:
        older: what is asked.
        is_free: whether nothing of the book itself is still being searched.

    Signals:
        found: Page, more rows for the end of the list.
        completed: Changes, logins of the book now have their earlier requests.
        told: what the footer or an empty list says may be another now.
    """

    found = Signal(object)
    completed = Signal(object)
    told = Signal()

    def __init__(
        self,
        older: OlderTraffic,
        book: TrafficBook,
        rows: TrafficList,
        footer: OlderFooter,
        spawn: Spawn,
        is_free: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.older = older
        self._book = book
        self._rows = rows
        self._footer = footer
        self._spawn = spawn
        self._is_free = is_free
        self._filter = Filter()
        self._by_login = True
        self._begun = self._reading = self._stopped = self._left = False
        self._outdated = False
        self._incomplete: dict[str, None] = {}
        self._completing = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.look)
        rows.moved.connect(self._moved)
        footer.more_wanted.connect(self.go_on)

    @property
    def searching(self) -> bool:
        """Whether older traffic is being read, or about to be."""
        return self._reading or (self._soon.isActive() and self.older.total is None)

    def start(self) -> None:
        """The book has what it begins with: from now on it is known what is older."""
        self._begun = True

    def begin(self, wanted: Filter, *, by_login: bool) -> None:
        """Another filter, or another kind of row: what was found is let go of."""
        self._filter, self._by_login = wanted, by_login
        self.older.begin(wanted, by_login=by_login)
        self._book.spare = 0
        self._stopped = self._outdated = False
        if self._begun:
            self._soon.start(_WHILE_TYPING_MS if wanted else 0)
        self.tell()

    def look(self) -> None:
        """Read on, if the end of the list is near and there is more."""
        if self._begun and not self._reading and self._is_wanted():
            self._start(asked=False)

    def go_on(self) -> None:
        """The person wants more, wherever the list stands."""
        self._stopped = False
        if not self._reading:
            self._start(asked=True)

    def stop(self) -> None:
        """Read no more until the person scrolls on; what was found stays."""
        self._stopped = True
        self.older.stop()
        self._soon.stop()
        self.tell()

    def leave(self) -> None:
        """Read nothing any more."""
        self._left = True
        self._soon.stop()
        self.older.stop()

    def let_go(self) -> bool:
        """Whether the book is so full that older rows have to go; then they are forgotten."""
        if not self._book.spare or not self._book.is_full:
            return False
        self.begin(self._filter, by_login=self._by_login)
        return True

    def book_moved(self) -> None:
        """The oldest fell out of the book, so that there is more before it now."""
        if not self.older.found and not self._outdated:
            self._outdated = True
            if not self._soon.isActive():
                self._soon.start(_MEASURED_EVERY_MS)

    def complete(self, logins: Iterable[Login]) -> None:
        """Find what came before the requests that the book has of these logins."""
        self._incomplete.update((login.login_id, None) for login in logins if login.login_id)
        if self._incomplete and not self._completing and not self._left:
            self._completing = True
            self._spawn(self._complete())

    def tell(self) -> None:
        """Show in the footer how things stand."""
        self._footer.show_state(
            self.older,
            rows="login" if self._by_login else "request",
            filtered=bool(self._filter),
            reading=self.searching and not self._stopped,
        )
        self.told.emit()

    def _is_wanted(self) -> bool:
        if self._left or self._stopped or not self._is_free():
            return False
        if self._is_unmeasured:
            return True
        more = not self.older.finished and not self.older.full
        return more and self._rows.window().isVisible() and self._rows.near_end

    @property
    def _is_unmeasured(self) -> bool:
        return self.older.total is None or (self._outdated and not self.older.found)

    def _moved(self) -> None:
        # Never at once: the view is in the middle of something.
        if self._begun and not self.searching and self._rows.near_end:
            self._stopped = False
            self._soon.start(0)

    def _start(self, *, asked: bool) -> None:
        self._reading = True
        self.tell()
        self._spawn(self._go_on(asked))

    async def _go_on(self, asked: bool) -> None:
        """Look until there is a page, or with `asked` until there is anything at all."""
        older = self.older
        try:
            while not self._left and (asked or self._is_wanted()):
                if self._is_unmeasured:
                    self._outdated = False
                    await older.measure()
                    continue
                page = await older.more()
                if page is not None:
                    self._take(page)
                if page is None or page.entries or page.logins or older.finished or older.full:
                    asked = False
        finally:
            self._reading = False
            self.tell()
        if not self._left and older.found and await older.count():
            self.tell()

    def _take(self, page: Page) -> None:
        if self._left:
            return
        exchanges = [one for login in page.logins for one in login.exchanges]
        exchanges += [entry.exchange for entry in page.entries]
        self.older.take_hits(self._filter, exchanges)
        if exchanges:
            self._book.spare = SPARE
            self.found.emit(page)
        self.tell()

    async def _complete(self) -> None:
        try:
            while self._incomplete and not self._left:
                wanted, self._incomplete = list(self._incomplete), {}
                stored = await self.older.earlier(wanted)
                for login_id, exchanges in stored.items():
                    changes: Changes = self._book.complete(login_id, exchanges)
                    if changes.updated and not self._left:
                        self.completed.emit(changes)
        finally:
            self._completing = False

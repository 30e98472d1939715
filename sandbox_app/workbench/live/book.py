"""The book of traffic: a bounded ring of exchanges, grouped into logins, with what changed."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.workbench.live.filters.searched import searched_text
from sandbox_app.workbench.live.login import Login
from sandbox_app.workbench.live.marks import Marks

CAPACITY = 100_000
"""Exchanges kept for the window; older ones stay in the workspace."""

_REMEMBERED_TEXTS = 20_000
_PAGE_ROWS = 1_000

AT_START = 2_000
"""Exchanges of earlier runs that are shown at once; reading more would delay the window."""


class RecordedRow(Protocol):
    """An exchange as the traffic log hands it out."""

    @property
    def sequence(self) -> int:
        """Grows with every exchange."""
        ...

    @property
    def exchange(self) -> Exchange:
        """The exchange itself."""
        ...


class RecordedTraffic(Protocol):
    """What the Live place needs of the traffic log."""

    def page(self, before: int | None, limit: int) -> tuple[RecordedRow, ...]:
        """At most `limit` exchanges, newest first, with row numbers below `before`."""
        ...

    def detail(self, exchange_id: str) -> ExchangeDetail | None:
        """Everything about one exchange, if it is still kept."""
        ...

    def clear(self) -> None:
        """Forget all exchanges."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One exchange in the ring with its login and the text the filter searches."""

    exchange: Exchange
    login: Login
    text: str

    @property
    def filtered(self) -> tuple[Exchange]:
        """What a filter looks at: this exchange alone."""
        return (self.exchange,)


@dataclass(frozen=True, slots=True)
class Updated:
    """A login that was there before: `dropped` exchanges left at its front, `added` at its end."""

    login: Login
    added: int
    dropped: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What one batch did to the book, oldest first in every member.

    Logins in `inserted` are already complete. `entries` came in, `dropped` fell out of the ring.
    """

    inserted: tuple[Login, ...] = ()
    updated: tuple[Updated, ...] = ()
    removed: tuple[Login, ...] = ()
    entries: tuple[Entry, ...] = ()
    dropped: tuple[Entry, ...] = ()


class TrafficBook:
    """The last exchanges and the logins they make up.

    Args:
        capacity: exchanges kept; the oldest fall out, and logins with their last one.
        marks: what people noted about rows.
    """

    def __init__(self, capacity: int = CAPACITY, marks: Marks | None = None) -> None:
        self._capacity = capacity
        self.marks = Marks() if marks is None else marks
        self._ring: deque[Entry] = deque()
        self._by_id: dict[str, Login] = {}
        self._texts: dict[tuple[object, ...], str] = {}
        self._next_serial = 1
        self.logins: list[Login] = []
        """Oldest first, by first appearance."""

    def __len__(self) -> int:
        return len(self._ring)

    @property
    def entries(self) -> deque[Entry]:
        """The ring, oldest first; only to be read."""
        return self._ring

    def find(self, login_id: str) -> Login | None:
        """The login with this id, if it is still in the book."""
        return self._by_id.get(login_id)

    def absorb(self, exchanges: Iterable[Exchange]) -> Changes:
        """Take in finished exchanges, oldest first, and say what that changed."""
        entries: list[Entry] = []
        inserted: dict[int, Login] = {}
        added: dict[int, int] = {}
        touched: dict[int, Login] = {}
        for exchange in exchanges:
            entry = self._enter(exchange)
            entries.append(entry)
            login = entry.login
            if login.requests == 1:
                inserted[login.serial] = login
            elif login.serial not in inserted:
                touched[login.serial] = login
                added[login.serial] = added.get(login.serial, 0) + 1
        self.logins.extend(inserted.values())
        dropped, lost = self._evict()
        return self._changes(entries, inserted, touched, added, dropped, lost)

    def load(self, traffic: RecordedTraffic, newest: int = AT_START) -> Changes:
        """Take in what was recorded before this start: the `newest` exchanges, page by page."""
        rows: list[Exchange] = []
        before: int | None = None
        wanted = min(newest, self._capacity)
        while len(rows) < wanted:
            page = traffic.page(before, min(_PAGE_ROWS, wanted - len(rows)))
            if not page:
                break
            rows.extend(row.exchange for row in page)
            before = page[-1].sequence
        rows.reverse()
        return self.absorb(rows)

    def clear(self) -> None:
        """Forget everything."""
        self._ring.clear()
        self._by_id.clear()
        self._texts.clear()
        self.logins.clear()

    def _enter(self, exchange: Exchange) -> Entry:
        text = self._text_of(exchange)
        login = self._by_id.get(exchange.login_id) if exchange.login_id else None
        if login is None:
            login = Login(self._next_serial, exchange, text)
            self._next_serial += 1
            if exchange.login_id:
                self._by_id[exchange.login_id] = login
        else:
            login.add(exchange, text)
        entry = Entry(exchange, login, text)
        self._ring.append(entry)
        return entry

    def _text_of(self, exchange: Exchange) -> str:
        """Requests repeat each other; their texts are made once and shared."""
        key = (
            exchange.method,
            exchange.path,
            exchange.status,
            exchange.client_id,
            exchange.client_name,
            exchange.username,
            exchange.grant,
            exchange.step,
            exchange.rule,
            exchange.error,
            exchange.fault,
            exchange.again_at,
        )
        text = self._texts.get(key)
        if text is None:
            if len(self._texts) >= _REMEMBERED_TEXTS:
                self._texts.clear()
            text = self._texts[key] = searched_text(exchange)
        return text

    def _evict(self) -> tuple[list[Entry], dict[int, int]]:
        dropped: list[Entry] = []
        lost: dict[int, int] = {}
        while len(self._ring) > self._capacity:
            entry = self._ring.popleft()
            entry.login.drop_oldest()
            dropped.append(entry)
            lost[entry.login.serial] = lost.get(entry.login.serial, 0) + 1
        return dropped, lost

    def _changes(
        self,
        entries: list[Entry],
        inserted: dict[int, Login],
        touched: dict[int, Login],
        added: dict[int, int],
        dropped: list[Entry],
        lost: dict[int, int],
    ) -> Changes:
        for entry in dropped:
            if entry.login.serial not in inserted:
                touched[entry.login.serial] = entry.login
        gone = {serial: login for serial, login in touched.items() if not login.exchanges}
        stillborn = {serial for serial, login in inserted.items() if not login.exchanges}
        self._forget({*gone, *stillborn}, [*gone.values(), *inserted.values()])
        return Changes(
            inserted=tuple(login for login in inserted.values() if login.exchanges),
            updated=tuple(
                Updated(login, added.get(serial, 0), lost.get(serial, 0))
                for serial, login in sorted(touched.items())
                if serial not in gone
            ),
            removed=tuple(login for _, login in sorted(gone.items())),
            entries=tuple(entries[-self._capacity :]),
            dropped=tuple(dropped[: len(dropped) - max(0, len(entries) - self._capacity)]),
        )

    def _forget(self, serials: set[int], candidates: list[Login]) -> None:
        if not serials:
            return
        self.logins = [login for login in self.logins if login.serial not in serials]
        for login in candidates:
            if login.serial in serials and login.login_id:
                self._by_id.pop(login.login_id, None)

"""The book of traffic: a bounded ring of exchanges, grouped into logins, with what changed."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, takewhile
from typing import Protocol

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.workbench.live.filters.searched import SearchedTexts
from sandbox_app.workbench.live.login import Login
from sandbox_app.workbench.live.marks import Marks
from sandbox_app.workbench.live.whole_logins import WholeLogins

CAPACITY = 100_000
"""Exchanges kept for the window; older ones stay in the workspace."""

FIRST_SERIAL = 2**40
"""Of the first login of a book; those of older ones count down from here and stay above 0."""

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
    """A login that was there before: `dropped` exchanges left at its front, `added` at its end.

    `dropped` is negative where earlier exchanges were put before the others.
    """

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
        self._texts = SearchedTexts()
        self._next_serial = FIRST_SERIAL
        self._whole = WholeLogins()
        self.spare = 0
        """Exchanges beyond the capacity that may stay for now."""
        self.begins_at: int | None = None
        """The row number of the oldest exchange that was loaded, until it falls out."""
        self.logins: list[Login] = []
        """Oldest first, by first appearance."""

    def __len__(self) -> int:
        return len(self._ring)

    @property
    def entries(self) -> deque[Entry]:
        """The ring, oldest first; only to be read."""
        return self._ring

    @property
    def is_full(self) -> bool:
        """Whether the next exchange makes the oldest fall out."""
        return len(self._ring) >= self._capacity + self.spare

    def find(self, login_id: str) -> Login | None:
        """The login with this id, if it is still in the book."""
        return self._by_id.get(login_id)

    def exchange(self, exchange_id: str) -> tuple[Login, Exchange] | None:
        """One of the exchanges in the ring, or of a login that is kept whole, with its login."""
        in_ring = ((entry.login, entry.exchange) for entry in reversed(self._ring))
        whole = (login for login in self._by_id.values() if login in self._whole)
        before = ((login, exchange) for login in whole for exchange in login.exchanges)
        return next((it for it in chain(in_ring, before) if it[1].id == exchange_id), None)

    def newest(self, most: int) -> Iterator[Exchange]:
        """At most so many exchanges, newest first."""
        return (entry.exchange for entry in islice(reversed(self._ring), most))

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

    def oldest_ids(self, most: int = 20) -> list[str]:
        """The ids of the oldest exchanges in the ring."""
        return [entry.exchange.id for entry in islice(self._ring, most)]

    def complete(self, login_id: str, stored: Sequence[Exchange]) -> Changes:
        """Put what was recorded of a login before its exchanges in the ring, and keep it whole.

        Args:
            stored: all that the workspace has of it, oldest first.
        """
        login = self._by_id.get(login_id)
        if login is None or not login.exchanges or login in self._whole:
            return Changes()
        ours = {exchange.id for exchange in login.exchanges}
        earlier = list(takewhile(lambda exchange: exchange.id not in ours, stored))
        # Where the file has none of ours yet, it may have what is only on its way here.
        ahead = len(earlier) == len(stored) > 0 and earlier[-1].started_at
        if not earlier or ahead > login.exchanges[0].started_at:
            return Changes()
        self._whole.keep(login, len(login.exchanges))
        login.put_before(earlier, self._texts.of)
        return Changes(updated=(Updated(login, 0, -len(earlier)),))

    def adopt(self, login: Login) -> None:
        """Let a login that is older than the ring go on when new exchanges of it come."""
        self._by_id[login.login_id] = login
        self._whole.adopt(login)

    def release(self, logins: Iterable[Login]) -> None:
        """Older logins are let go of; those that went on since stay, as logins of the ring."""
        stay = []
        for login in logins:
            was_whole = login in self._whole
            if self._whole.release(login):
                stay.append(login)
            elif was_whole:
                self._by_id.pop(login.login_id, None)
        self.logins[:0] = sorted(stay, key=lambda login: login.serial)

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
        self.begins_at = 1 if before is None else before
        rows.reverse()
        return self.absorb(rows)

    def clear(self) -> None:
        """Forget everything."""
        self._ring.clear()
        self._by_id.clear()
        self._texts.clear()
        self._whole.clear()
        self.logins.clear()

    def _enter(self, exchange: Exchange) -> Entry:
        text = self._texts.of(exchange)
        login = self._by_id.get(exchange.login_id) if exchange.login_id else None
        if login is None:
            login = Login(self._next_serial, exchange, text)
            self._next_serial += 1
            if exchange.login_id:
                self._by_id[exchange.login_id] = login
        else:
            login.add(exchange, text)
        self._whole.entered(login)
        entry = Entry(exchange, login, text)
        self._ring.append(entry)
        return entry

    def _evict(self) -> tuple[list[Entry], dict[int, int]]:
        dropped: list[Entry] = []
        lost: dict[int, int] = {}
        while len(self._ring) > self._capacity + self.spare:
            entry = self._ring.popleft()
            self.begins_at = None
            dropped.append(entry)
            if entry.login in self._whole:
                self._whole.fell_out(entry.login)
                continue
            entry.login.drop_oldest()
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
        most = self._capacity + self.spare
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
            entries=tuple(entries[-most:]),
            dropped=tuple(dropped[: len(dropped) - max(0, len(entries) - most)]),
        )

    def _forget(self, serials: set[int], candidates: list[Login]) -> None:
        if not serials:
            return
        # They are nearly always at the front, and a new list of all the others would be looked
        # through by each collection of young garbage.
        kept: list[Login] = []
        seen, left = 0, len(serials)
        while left and seen < len(self.logins):
            login = self.logins[seen]
            seen += 1
            if login.serial in serials:
                left -= 1
            else:
                kept.append(login)
        self.logins[:seen] = kept
        for login in candidates:
            if login.serial in serials and login.login_id:
                self._by_id.pop(login.login_id, None)

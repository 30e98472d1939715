"""Traffic older than what the window holds: found by the filter, page by page, kept bounded."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from sandbox_app.domain.ports import Aside
from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.store import Store
from sandbox_app.store.traffic_conditions import is_exact
from sandbox_app.store.traffic_search import Span, count, sequence_of
from sandbox_app.store.traffic_sql import Where
from sandbox_app.workbench.live.book import FIRST_SERIAL, Entry, TrafficBook
from sandbox_app.workbench.live.filters import Filter
from sandbox_app.workbench.live.filters.searched import searched_text
from sandbox_app.workbench.live.filters.stored import of_logins, of_requests
from sandbox_app.workbench.live.login import Login
from sandbox_app.workbench.live.older_reading import (
    Look,
    look_for_logins,
    look_for_requests,
    whole_logins,
)

MOST = 50_000
"""Older exchanges that are held at once; beyond, only a narrower filter leads further back."""

PAGE_REQUESTS, PAGE_LOGINS = 200, 60
_SECONDS = 0.08
"""How long one look goes on; the file is free for others between two."""

ResultT = TypeVar("ResultT")


@dataclass(frozen=True, slots=True)
class Page:
    """What was found by one look, newest first; in one of the two, as it was asked for."""

    logins: tuple[Login, ...] = ()
    entries: tuple[Entry, ...] = ()


class OlderTraffic:
    """The stored traffic before the book's, as one filter lets it pass.

    `begin` states what is looked for; `more` then finds it piece by piece. Everything is read
    aside, on a connection of its own, and what is begun anew ends what is under way.

    Attributes:
        total: older requests in the workspace; `None` until they were counted.
        passing: how many of them pass; `None` where only reading all of them would tell.
        looked_at: how many of them were looked at, about.
        found: rows found so far.
        finished: everything was looked at.
        full: as much is held as may be.
    """

    def __init__(self, store: Store, aside: Aside, book: TrafficBook, *, most: int = MOST) -> None:
        self._store = store
        self._aside = aside
        self._book = book
        self._most = most
        self._filter = Filter()
        self._by_login = True
        self._number = 0
        self._span = Span(0, 0)
        self._reached = 0
        self._floor = 0
        """The row number up to which everything was looked at before the book moved on."""
        self._held = 0
        self._next_serial = FIRST_SERIAL - 1
        self._known: set[str] = set()
        self._logins: list[Login] = []
        self._running: sqlite3.Connection | None = None
        self._reset()

    def _reset(self) -> None:
        self.total: int | None = None
        self.passing: int | None = None
        self.looked_at = self.found = 0
        self.finished = self.full = False
        self._held = self._floor = 0
        self._candidates: Where | None = None
        self._known.clear()

    @property
    def logins(self) -> tuple[Login, ...]:
        """Those that were found, oldest first."""
        return tuple(reversed(self._logins))

    @property
    def reading(self) -> bool:
        """Whether a look is under way."""
        return self._running is not None

    def begin(self, wanted: Filter, *, by_login: bool) -> None:
        """Look for something else from now on; what was found is let go of."""
        self.stop()
        self._book.release(self._logins)
        self._logins = []
        self._reset()
        # A filter of its own: it remembers what it read, and does so in another thread.
        self._filter = Filter(wanted.typed, self._book.marks)
        self._by_login = by_login

    def stop(self) -> None:
        """End what is under way; what was found stays."""
        self._number += 1
        running = self._running
        if running is not None:
            # It may have been closed a moment ago, in its own thread.
            with suppress(sqlite3.ProgrammingError):
                running.interrupt()

    async def measure(self) -> bool:
        """Find out where the book begins, and how much there is before it.

        May be asked again, once the book begins elsewhere, as long as nothing was found.
        """
        number, after = self._number, self._store.traffic.cleared_through
        begins_at, oldest = self._book.begins_at, self._book.oldest_ids()
        newest = self._store.traffic.last_sequence

        def look(connection: sqlite3.Connection) -> tuple[Span, int]:
            before = begins_at
            if before is None:
                before = (sequence_of(connection, oldest) or 0) if oldest else newest + 1
            span = Span(after, before)
            return span, count(connection, span)

        found = await self._read(number, look)
        if found is None or number != self._number:
            return False
        if self.total is not None and self.finished:
            self._floor = self._span.before - 1
        self._span, self.total = found
        self._candidates = None
        self._reached = self._span.before
        self.finished = self.total == 0
        self.looked_at = 0
        return True

    async def more(self) -> Page | None:
        """Look on for a moment; `None` where it was ended meanwhile."""
        if self.finished or self.full:
            return Page()
        if self.total is None and not await self.measure():
            return None
        number = self._number
        span = Span(max(self._span.after, self._floor), self._reached)
        wanted, known, candidates = self._filter, self._known, self._candidates

        def is_known(login_id: str) -> bool:
            return login_id in known or self._book.find(login_id) is not None

        def look(connection: sqlite3.Connection) -> Look:
            if self._by_login:
                conditions = of_logins(wanted.node, self._book.marks)
                return look_for_logins(
                    connection,
                    wanted,
                    conditions,
                    span,
                    is_known,
                    candidates,
                    most=PAGE_LOGINS,
                    seconds=_SECONDS,
                )
            condition = of_requests(wanted.node, self._book.marks)
            return look_for_requests(
                connection,
                wanted,
                condition,
                span,
                candidates,
                most=PAGE_REQUESTS,
                seconds=_SECONDS,
            )

        found = await self._read(number, look)
        return None if found is None or number != self._number else self._take(found)

    async def count(self) -> bool:
        """Find out how many pass, where the workspace can tell; false where it was ended."""
        condition = of_requests(self._filter.node, self._book.marks)
        told = self.finished or not self._filter or self.passing is not None
        if told or self._by_login or not is_exact(condition):
            return True
        number = self._number
        found = await self._read(
            number, lambda connection: count(connection, self._span, condition)
        )
        if found is None or number != self._number:
            return False
        self.passing = found
        return True

    async def earlier(self, login_ids: Iterable[str]) -> Mapping[str, list[Exchange]]:
        """What is stored of these logins, oldest first; the book knows what it has of it."""
        wanted, after = list(login_ids), self._store.traffic.cleared_through

        def look() -> dict[str, list[Exchange]]:
            with self._store.reading() as connection:
                return whole_logins(connection, wanted, after)

        return await self._aside(look)

    def take_hits(self, mine: Filter, exchanges: Iterable[Exchange]) -> None:
        """Let the window's filter know what was read for it."""
        ids = {exchange.id for exchange in exchanges}
        for here, there in zip(mine.reads, self._filter.reads, strict=True):
            here.read.update(ids & there.read)
            here.hits.update(ids & there.hits)

    async def _read(
        self, number: int, look: Callable[[sqlite3.Connection], ResultT]
    ) -> ResultT | None:
        """In a thread; `None` once it was overtaken."""

        def act() -> ResultT | None:
            if number != self._number:
                return None
            with self._store.reading() as connection:
                self._running = connection
                try:
                    return look(connection)
                except sqlite3.OperationalError as error:
                    if number != self._number or "interrupted" in str(error):
                        return None
                    raise
                finally:
                    self._running = None

        return await self._aside(act)

    def _take(self, look: Look) -> Page:
        self._reached, self._candidates = look.reached, look.candidates
        self.finished = look.finished
        total = self.total or 0
        self.looked_at = total if look.finished else min(total, self._span.before - look.reached)
        logins = tuple(
            self._adopted(login)
            for login in look.logins
            if not login.login_id or self._book.find(login.login_id) is None
        )
        entries = tuple(self._entry(exchange, login) for exchange, login in look.requests)
        self.found += len(logins) + len(entries)
        self._held += len(entries) + sum(len(login.exchanges) for login in logins)
        self.full = self._held >= self._most and not self.finished
        self._forget_reading(logins, entries)
        return Page(logins, entries)

    def _entry(self, exchange: Exchange, login: Login) -> Entry:
        known = self._book.find(login.login_id) if login.login_id else None
        return Entry(exchange, known or self._adopted(login), searched_text(exchange))

    def _adopted(self, login: Login) -> Login:
        login.serial = self._next_serial
        self._next_serial -= 1
        self._logins.append(login)
        if login.login_id:
            self._known.add(login.login_id)
            self._book.adopt(login)
        return login

    def _forget_reading(self, logins: tuple[Login, ...], entries: tuple[Entry, ...]) -> None:
        """Of all that was read for contents, only what was found is worth remembering."""
        kept = {exchange.id for login in logins for exchange in login.exchanges}
        kept.update(entry.exchange.id for entry in entries)
        for term in self._filter.reads:
            term.read.intersection_update(kept)
            term.hits.intersection_update(kept)

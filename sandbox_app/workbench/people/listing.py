"""The users of a pool as a table shows them: counted and ordered at once, read where looked at."""

import asyncio
import sqlite3
from array import array
from collections.abc import Callable
from contextlib import suppress

from sandbox_app.domain.events import Change, ConfigurationChanged, Kind, SnapshotRestored
from sandbox_app.domain.ports import Aside
from sandbox_app.domain.records.users import User
from sandbox_app.operations.core import Core
from sandbox_app.store.user_order import UserConditions, ordered_users
from sandbox_app.workbench.people.query import PeopleQuery
from sandbox_app.workbench.people.words import words


class Listing:
    """A list of users with random access; rows keep their place until the next `load`.

    `load` searches and sorts aside, in a connection of its own; everything else answers at once.
    `stale` says that something was changed since. A user who is gone leaves an empty row.
    """

    def __init__(self, core: Core, pool_id: str, aside: Aside) -> None:
        self.query = PeopleQuery()
        self.stale = True
        self._core = core
        self._pool_id = pool_id
        self._aside = aside
        self._rows: array[int] = array("q")
        self._newest = 0
        self._running: sqlite3.Connection | None = None
        self._subscriptions: list[Callable[[], None]] = [
            core.bus.subscribe(ConfigurationChanged, self._on_changed),
            core.bus.subscribe(SnapshotRestored, self._on_restored),
        ]

    @property
    def count(self) -> int:
        """How many users the last `load` found."""
        return len(self._rows)

    @property
    def loading(self) -> bool:
        """Whether a search is under way."""
        return self._running is not None

    async def load(
        self, query: PeopleQuery | None = None, early: Callable[[], None] | None = None
    ) -> bool:
        """Find and order the users anew; `None` asks the same again.

        Args:
            early: called as soon as the list has its first hundred, where more are to come.

        Returns:
            False where a later call came before this one was done; then nothing was changed.
        """
        self.query = query or self.query
        self.stale = False
        self._newest += 1
        number = self._newest
        self._interrupt()
        pool = self._core.store.pools.get(self._pool_id)
        if pool is None:
            self._rows = array("q")
            return True
        asked = self.query
        conditions = UserConditions(
            words=words(pool, asked.text),
            status=asked.status,
            enabled=asked.enabled,
            group=asked.group,
            verified=asked.verified,
        )

        loop = asyncio.get_running_loop()

        def show(first: "array[int]") -> None:
            if early is not None and number == self._newest:
                self._rows = first
                early()

        def tell(first: "array[int]") -> None:
            loop.call_soon_threadsafe(show, first)

        def find() -> "array[int] | None":
            return self._found(number, conditions, asked, None if early is None else tell)

        found = await self._aside(find)
        if found is None or number != self._newest:
            return False
        self._rows = found
        return True

    def rows(self, offset: int, limit: int) -> tuple[User | None, ...]:
        """At most `limit` users from a row on; `None` for one who is gone meanwhile."""
        wanted = self._rows[max(offset, 0) : max(offset, 0) + max(limit, 0)]
        found = self._core.store.users.numbered(self._pool_id, wanted)
        return tuple(map(found.get, wanted))

    def row_of(self, sub: str) -> int | None:
        """Where the user stands; `None` for one whom the list does not show."""
        seq = self._core.store.users.number_of(self._pool_id, sub)
        if seq is None:
            return None
        try:
            return self._rows.index(seq)
        except ValueError:
            return None

    def subs(self, rows: range | None = None) -> tuple[str, ...]:
        """The subs of those rows, of all without any said; the gone are left out."""
        wanted = self._rows if rows is None else self._rows[rows.start : rows.stop : rows.step]
        return self._core.store.users.subs(self._pool_id, wanted)

    def close(self) -> None:
        """Give up what is under way and hear of changes no more."""
        self._newest += 1
        self._interrupt()
        for stop in self._subscriptions:
            stop()

    def _interrupt(self) -> None:
        running = self._running
        if running is not None:
            # It may have been closed a moment ago, in its own thread.
            with suppress(sqlite3.ProgrammingError):
                running.interrupt()

    def _found(
        self,
        number: int,
        conditions: UserConditions,
        asked: PeopleQuery,
        early: Callable[["array[int]"], None] | None,
    ) -> "array[int] | None":
        """In a thread. `None` once it was overtaken."""
        if number != self._newest:
            return None
        with self._core.store.reading() as connection:
            self._running = connection
            try:
                return ordered_users(
                    connection,
                    self._pool_id,
                    conditions,
                    asked.sort,
                    descending=asked.descending,
                    early=early,
                )
            except sqlite3.OperationalError as error:
                if number != self._newest or "interrupted" in str(error):
                    return None
                raise
            finally:
                if self._running is connection:
                    self._running = None

    def _on_restored(self, event: SnapshotRestored) -> None:
        self.stale = True

    def _on_changed(self, event: ConfigurationChanged) -> None:
        if event.pool_id != self._pool_id:
            return
        if event.kind in (Kind.USER, Kind.MEMBERSHIP) or event.change is Change.DELETED:
            self.stale = True

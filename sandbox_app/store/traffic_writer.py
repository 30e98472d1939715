"""The one thread that writes traffic to the file, with a connection of its own."""

import logging
import sqlite3
import threading
from pathlib import Path

from sandbox_app.store.database import SHARED, open_plain
from sandbox_app.store.traffic_limits import TrafficLimits
from sandbox_app.store.traffic_queue import TrafficQueue
from sandbox_app.store.traffic_rows import (
    ADD_DETAIL,
    ADD_EXCHANGE,
    Recorded,
    Row,
    detail_row,
    exchange_row,
    size_of,
    without_surrogates,
)
from sandbox_app.store.traffic_values import BLOCK, TrafficValues

log = logging.getLogger(__name__)

_PAUSE = 0.2
_BATCH = 50
_ERASED_AT_ONCE = 500
_TOTALS = "SELECT count(*), coalesce(sum(bytes), 0) FROM exchange"
_OLDEST = "SELECT sequence, bytes FROM exchange WHERE sequence <= ? ORDER BY sequence LIMIT ?"
_ERASE_BLOCKS = "DELETE FROM exchange_block WHERE block < ?"
_FORGET = "DELETE FROM exchange_value WHERE code = ?"
_NO_BOUND = 2**62
_BREATH = 0.02
_TIDIED_EVERY = 50_000
"""Exchanges erased, after which texts that only they had are erased as well."""

_BY_SEQUENCE = ("exchange", "exchange_detail", "exchange_summary")
_FAILURES = (sqlite3.Error, ValueError, TypeError, OverflowError)
# A full disk, or a value no column can hold: none ends the thread.


class TrafficWriter:
    """Writes what waits in the queue, 200 ms after the first of it came, in short transactions.

    It starts with the first `wake`. The limits say how much stays in the file; the oldest goes
    first.
    """

    def __init__(self, path: Path, queue: TrafficQueue, limits: TrafficLimits) -> None:
        self._path = path
        self._queue = queue
        self._limits = limits
        self._rows = 0
        self._bytes = 0
        self._erased = 0
        self._values = TrafficValues()
        self._work = threading.Event()
        self._hurry = threading.Event()
        self._relieve = threading.Event()
        self._closing = False
        self._leaving = threading.Event()
        self._pausing = False
        self._paused = threading.Event()
        self._resumed = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def wake(self, *, hurry: bool = False) -> None:
        """Tell the thread that something waits; `hurry` spares the pause."""
        if hurry:
            self._hurry.set()
        if not self._work.is_set():
            self._work.set()
        if self._thread is None:
            self._start()

    def relieve(self) -> None:
        """Carry the write-ahead log over into the file, so that the loop's thread need not."""
        self._relieve.set()
        self.wake(hurry=True)

    def pause(self) -> None:
        """Write what waits and let go of the file; until `resume` everything new waits.

        For any thread but this one's own; returns once the file is let go of.
        """
        self._resumed.clear()
        self._paused.clear()
        self._leaving.set()
        self._pausing = True
        self.wake(hurry=True)
        self._paused.wait()

    def resume(self) -> None:
        """Go on with the file that lies there now; nothing happens unless it was paused."""
        if self._pausing:
            self._pausing = False
            self._leaving.clear()
            self._resumed.set()
            self.wake()

    def close(self) -> None:
        """Write everything that waits, then end the thread."""
        if self._thread is None:
            return
        self._closing = True
        self.resume()
        self._leaving.set()
        self.wake(hurry=True)
        self._thread.join()

    def keep(self, limits: TrafficLimits) -> None:
        """Let another number of exchanges, or of bytes of them, stay in the file from now on."""
        self._limits = limits
        self._queue.trim()
        self.wake(hurry=True)

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="traffic", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        connection: sqlite3.Connection | None = None
        closing = False
        while not closing or self._queue.batch(1):
            self._work.wait()
            self._hurry.wait(_PAUSE)
            self._work.clear()
            self._hurry.clear()
            # Read before the work is done: what was appended before closing is written still.
            closing = self._closing
            try:
                connection = connection or self._connect()
                self._work_off(connection)
            except _FAILURES as error:
                if _busy(error) and not closing:
                    log.warning("Somebody else writes to the workspace for long; traffic waits.")
                    self.wake()
                else:
                    self._give_up(error)
            if self._pausing:
                self._let_go(connection)
                connection = None
        if connection is not None:
            connection.close()

    def _let_go(self, connection: sqlite3.Connection | None) -> None:
        if connection is not None:
            connection.close()
        self._paused.set()
        self._resumed.wait()

    def _connect(self) -> sqlite3.Connection:
        connection = open_plain(self._path, "rw")
        for name, value in SHARED:
            connection.execute(f"PRAGMA {name} = {value}")
        self._values.forget()
        self._count(connection)
        return connection

    def _work_off(self, connection: sqlite3.Connection) -> None:
        self._write_waiting(connection)
        self._erase_cleared(connection)
        if self._erase_oldest(connection):
            self._tidy(connection)
            self._queue.trimmed()
        if self._relieve.is_set():
            self._relieve.clear()
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def _write_waiting(self, connection: sqlite3.Connection) -> None:
        while batch := self._queue.batch(_BATCH):
            self._write(connection, batch)
            self._queue.settle(batch, too_much=self._is_too_much)

    @property
    def _is_too_much(self) -> bool:
        return self._rows > self._limits.requests or self._bytes > self._limits.bytes

    def _give_up(self, error: Exception) -> None:
        """Let go of the batch that could not be written, and go on with the rest."""
        batch = self._queue.batch(_BATCH)
        log.error("%d exchanges could not be recorded: %s", len(batch), error)
        self._queue.settle(batch, lost=True)
        if self._queue.batch(1):
            self.wake(hurry=True)

    def _write(self, connection: sqlite3.Connection, batch: tuple[Recorded, ...]) -> None:
        # Everything is made ready before the transaction, which keeps others from writing.
        wide = [detail_row(recorded) for recorded in batch]
        narrow = [
            exchange_row(recorded, size_of(row)) for recorded, row in zip(batch, wide, strict=True)
        ]
        try:
            self._write_rows(connection, narrow, wide)
        except UnicodeEncodeError:
            self._write_rows(
                connection, [*map(without_surrogates, narrow)], [*map(without_surrogates, wide)]
            )
        self._rows += len(narrow)
        self._bytes += sum(row[-1] for row in narrow)

    def _write_rows(
        self, connection: sqlite3.Connection, narrow: list[Row], wide: list[Row]
    ) -> None:
        try:
            with _Transaction(connection):
                connection.executemany(ADD_EXCHANGE, narrow)
                connection.executemany(ADD_DETAIL, wide)
                self._values.add(connection, narrow)
        except BaseException:
            # Numbers that were given in there were never given.
            self._values.forget()
            raise

    def _erase_cleared(self, connection: sqlite3.Connection) -> None:
        while (through := self._queue.to_erase()) is not None:
            while rows := connection.execute(_OLDEST, (through, _ERASED_AT_ONCE)).fetchall():
                self._erase(connection, rows)
                if len(rows) == _ERASED_AT_ONCE:
                    self._let_others(connection)
            self._queue.erased(through)

    def _erase_oldest(self, connection: sqlite3.Connection) -> bool:
        """Erase what is too much; false where that has to go on another time."""
        while self._is_too_much:
            oldest = connection.execute(_OLDEST, (_NO_BOUND, _ERASED_AT_ONCE)).fetchall()
            if not oldest:
                self._count(connection)
                break
            surplus = self._surplus(oldest)
            self._erase(connection, surplus)
            if len(surplus) == _ERASED_AT_ONCE:
                if self._leaving.is_set():
                    self._work.set()
                    return False
                self._let_others(connection)
        return True

    def _surplus(self, oldest: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """As many of the oldest as there are too many, or as take too much room."""
        most = self._rows - self._limits.requests
        too_much = self._bytes - self._limits.bytes
        for number, (_, size) in enumerate(oldest):
            if number >= most and too_much <= 0:
                return oldest[:number]
            too_much -= size
        return oldest

    def _let_others(self, connection: sqlite3.Connection) -> None:
        """Amid much erasing: write what came meanwhile, and leave the file to the loop a while."""
        self._write_waiting(connection)
        self._leaving.wait(_BREATH)

    def _erase(self, connection: sqlite3.Connection, rows: list[tuple[int, int]]) -> None:
        """Erase everything up to the last of these, which are the oldest."""
        last = rows[-1][0]
        with _Transaction(connection):
            for table in _BY_SEQUENCE:
                connection.execute(f"DELETE FROM {table} WHERE sequence <= ?", (last,))
            connection.execute(_ERASE_BLOCKS, ((last + 1) // BLOCK,))
        self._rows -= len(rows)
        self._bytes -= sum(size for _, size in rows)
        self._erased += len(rows)

    def _tidy(self, connection: sqlite3.Connection) -> None:
        """Erase the texts that no exchange has any more, once there may be many."""
        if self._erased < max(_TIDIED_EVERY, self._rows // 4) or self._leaving.is_set():
            return
        self._erased = 0
        for codes in self._values.unused(connection):
            with _Transaction(connection):
                connection.executemany(_FORGET, ((code,) for code in codes))

    def _count(self, connection: sqlite3.Connection) -> None:
        self._rows, self._bytes = connection.execute(_TOTALS).fetchone()


def _busy(error: Exception) -> bool:
    """Whether somebody else held the file for longer than one waits: a large import, say."""
    return isinstance(error, sqlite3.OperationalError) and (
        error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    )


class _Transaction:
    """A write transaction on a connection in autocommit mode."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._connection.execute("COMMIT" if kind is None else "ROLLBACK")

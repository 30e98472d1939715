"""The traffic log: appended to without waiting, read newest first, bounded in every way."""

from pathlib import Path
from typing import NamedTuple

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.store.database import Database, storable
from sandbox_app.store.traffic_limits import TrafficLimits, limits_of, put_limits
from sandbox_app.store.traffic_queue import TrafficQueue
from sandbox_app.store.traffic_rows import (
    DETAIL_COLUMNS,
    EXCHANGE_COLUMNS,
    detail_of,
    exchange_of,
)
from sandbox_app.store.traffic_writer import TrafficWriter

QUEUE_ROWS = 20_000
QUEUE_BYTES = 64 * 1024 * 1024

_FLUSH_SECONDS = 30.0
_PAGE = f"""
SELECT e.sequence, {EXCHANGE_COLUMNS} FROM exchange AS e
WHERE e.sequence > ? AND e.sequence < ? ORDER BY e.sequence DESC LIMIT ?
"""
_DETAIL = f"""
SELECT {DETAIL_COLUMNS} FROM exchange AS e JOIN exchange_detail AS d ON d.sequence = e.sequence
WHERE e.id = ? AND e.sequence > ? ORDER BY e.sequence DESC LIMIT 1
"""


class TrafficRow(NamedTuple):
    """An exchange and its row number, which grows with every exchange and is never used twice."""

    sequence: int
    exchange: Exchange


class TrafficLog:
    """What was asked and answered. Used from the loop's thread; another one writes.

    Args:
        path: the workspace file, for the writer's own connection.
        database: the connection to read through.
        limits: what stays in the file; without, what the file itself says.
        queue_rows: exchanges that may wait to be written; more are dropped and counted.
        queue_bytes: bytes of them that may wait, about.
    """

    def __init__(
        self,
        path: Path,
        database: Database,
        *,
        limits: TrafficLimits | None = None,
        queue_rows: int = QUEUE_ROWS,
        queue_bytes: int = QUEUE_BYTES,
    ) -> None:
        self._execute = database.execute
        (last,) = self._execute("SELECT coalesce(max(sequence), 0) FROM exchange").fetchone()
        self._queue = TrafficQueue(last, rows=queue_rows, size=queue_bytes)
        self._database = database
        self.limits = limits or limits_of(database)
        self._writer = TrafficWriter(path, self._queue, self.limits)

    @property
    def last_sequence(self) -> int:
        """The row number of the newest exchange, 0 if there never was one."""
        return self._queue.last_sequence

    @property
    def dropped(self) -> int:
        """How many exchanges were not recorded since the workspace was opened."""
        return self._queue.dropped

    def append(self, exchange: Exchange, detail: ExchangeDetail) -> int | None:
        """Record an exchange; its row number, or `None` if it had to be dropped. Never waits."""
        sequence = self._queue.offer(exchange, detail)
        if sequence is not None:
            self._writer.wake()
        return sequence

    def page(self, before: int | None, limit: int) -> tuple[TrafficRow, ...]:
        """At most `limit` exchanges, newest first, with row numbers below `before`."""
        bound = self.last_sequence + 1 if before is None else before
        # First what waits, then the file: what is written in between is then seen twice, not never.
        found = {
            recorded.sequence: recorded.exchange
            for recorded in self._queue.waiting()
            if recorded.sequence < bound
        }
        rows = self._execute(_PAGE, (self._queue.cleared_through, bound, limit)).fetchall()
        found.update((row[0], exchange_of(row[1:])) for row in rows)
        newest = sorted(found, reverse=True)[:limit]
        return tuple(TrafficRow(sequence, found[sequence]) for sequence in newest)

    def detail(self, exchange_id: str) -> ExchangeDetail | None:
        """Everything about one exchange, also about one appended just now."""
        for recorded in reversed(self._queue.waiting()):
            if recorded.exchange.id == exchange_id:
                return recorded.detail
        if not storable(exchange_id):
            return None
        row = self._execute(_DETAIL, (exchange_id, self._queue.cleared_through)).fetchone()
        return None if row is None else detail_of(exchange_id, row)

    def clear(self) -> None:
        """Forget all exchanges; the file is emptied behind the scenes."""
        self._queue.clear()
        self._writer.wake(hurry=True)

    def flush(self) -> bool:
        """Wait until everything appended is in the file; false if that takes half a minute."""
        self._writer.wake(hurry=True)
        return self._queue.wait_until_idle(_FLUSH_SECONDS)

    def keep(self, limits: TrafficLimits) -> None:
        """Let so much stay from now on, also after the next start; the rest goes in time."""
        put_limits(self._database, limits)
        self.limits = limits
        self._writer.keep(limits)

    @property
    def trimming(self) -> bool:
        """Whether more is still there than `keep` allows."""
        return self._queue.trimming

    @property
    def cleared_through(self) -> int:
        """The row number up to which exchanges are forgotten, if the file may hold them still."""
        return self._queue.cleared_through

    def pause(self) -> None:
        """Let go of the file, in any thread but the loop's; what comes meanwhile waits."""
        self._writer.pause()

    def resume(self) -> None:
        """Write again, into the file that lies there now."""
        self._writer.resume()

    def relieve(self) -> None:
        """Let the writer carry the write-ahead log over into the file."""
        self._writer.relieve()

    def close(self) -> None:
        """Write what waits and end the writer."""
        self._writer.close()

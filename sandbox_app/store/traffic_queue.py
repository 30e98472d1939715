"""The bounded queue between the loop, which only appends, and the thread that writes."""

import threading
from itertools import islice

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.store.traffic_rows import Recorded, weight


class TrafficQueue:
    """Exchanges that wait to be written, by row number; what does not fit is counted.

    An exchange stays here until it can be read from the file, so that nobody misses it.
    """

    def __init__(self, last_sequence: int, *, rows: int, size: int) -> None:
        self.last_sequence = last_sequence
        self.cleared_through = 0
        self.dropped = 0
        self._rows = rows
        self._size = size
        self._waiting: dict[int, Recorded] = {}
        self._weight = 0
        self._erased_through = 0
        self._trimming = self._too_much = False
        self._changed = threading.Condition()

    def offer(self, exchange: Exchange, detail: ExchangeDetail) -> int | None:
        """Queue an exchange and give its row number, or count it as dropped if there is no room."""
        heavy = weight(detail)
        with self._changed:
            if len(self._waiting) >= self._rows or self._weight + heavy > self._size:
                self.dropped += 1
                return None
            self.last_sequence += 1
            self._waiting[self.last_sequence] = Recorded(self.last_sequence, exchange, detail)
            self._weight += heavy
            return self.last_sequence

    def waiting(self) -> tuple[Recorded, ...]:
        """What is not known to be in the file yet, oldest first."""
        with self._changed:
            return tuple(self._waiting.values())

    def batch(self, limit: int) -> tuple[Recorded, ...]:
        """The oldest of what waits; it goes on waiting until it is settled."""
        with self._changed:
            return tuple(islice(self._waiting.values(), limit))

    def settle(
        self, batch: tuple[Recorded, ...], *, lost: bool = False, too_much: bool = False
    ) -> None:
        """Let go of a batch that is in the file, or that could not be written.

        Args:
            too_much: the file holds more than shall be kept now, of which `trimmed` tells the end.
        """
        with self._changed:
            self._too_much |= too_much
            for recorded in batch:
                if self._waiting.pop(recorded.sequence, None) is not None:
                    self._weight -= weight(recorded.detail)
                    self.dropped += lost
            self._changed.notify_all()

    def clear(self) -> None:
        """Empty the queue and ask for everything up to now to be erased from the file."""
        with self._changed:
            self._waiting.clear()
            self._weight = 0
            self.cleared_through = self.last_sequence

    def to_erase(self) -> int | None:
        """The row number up to which the file is still to be emptied."""
        with self._changed:
            through = self.cleared_through
            return through if self._erased_through < through else None

    def erased(self, through: int) -> None:
        """The file holds nothing up to that row number any more."""
        with self._changed:
            self._erased_through = through
            self._changed.notify_all()

    @property
    def trimming(self) -> bool:
        """Whether the file may hold more than shall be kept."""
        return self._trimming

    def trim(self) -> None:
        """Ask for the oldest to be erased, as many as there are too many."""
        with self._changed:
            self._trimming = True

    def trimmed(self) -> None:
        """The file holds no more than shall be kept."""
        with self._changed:
            self._trimming = self._too_much = False
            self._changed.notify_all()

    def wait_until_idle(self, seconds: float) -> bool:
        """Wait until nothing is left to write or erase; false if that took too long."""
        with self._changed:
            return self._changed.wait_for(self._is_idle, seconds)

    def _is_idle(self) -> bool:
        cleared = self._erased_through >= self.cleared_through
        return cleared and not (self._waiting or self._trimming or self._too_much)

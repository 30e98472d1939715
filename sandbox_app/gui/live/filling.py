"""Finds the rows that pass a filter, the newest first, a little per turn of the event loop."""

from collections.abc import Callable
from math import inf
from time import perf_counter
from typing import Generic

from PySide6.QtCore import QObject, QTimer

from sandbox_app.workbench.live.filters import Filter, RowT

_BUDGET = 0.005
"""Seconds per turn; a frame of the window has sixteen thousandths."""

_TELL_EVERY = 0.1
_AT_ONCE = 250
"""Rows between two looks at the clock; an operator may take 4 µs for each."""


class Filling(QObject, Generic[RowT]):
    """Looks through rows as they were when it began.

    Args:
        rows: all there are, oldest first; this list is kept.
        take: gets the rows that passed, oldest first; they belong before all it got so far.
    """

    def __init__(
        self, wanted: Filter, rows: list[RowT], take: Callable[[list[RowT]], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._filter = wanted
        self._rows = rows
        self._take = take
        self._first, self._end = 0, len(rows)
        self._found: list[list[RowT]] = []
        self._told = 0.0
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._go_on)

    @property
    def running(self) -> bool:
        """Whether more may be found."""
        return self._turn.isActive()

    @property
    def rest(self) -> tuple[RowT, RowT] | None:
        """The first and the last row that were not looked at yet."""
        return (self._rows[self._first], self._rows[self._end - 1]) if self._is_left else None

    @property
    def _is_left(self) -> bool:
        return self._first < self._end

    def begin(self) -> list[RowT]:
        """What can be found at once, which is everything where there is no filter."""
        self._find(_BUDGET if self._filter else None)
        if self._is_left:
            self._told = perf_counter()
            self._turn.start()
        return self._new()

    def forget_oldest(self, count: int) -> int:
        """So many of the oldest are gone; returns how many of them were not looked at yet."""
        unseen = min(count, self._end - self._first)
        self._first += unseen
        return unseen

    def hand_over(self) -> None:
        """Give what was found so far: the rows are about to change."""
        if self._found:
            self._take(self._new())

    def finish(self) -> None:
        """Look at all the others now."""
        if self._turn.isActive():
            self._turn.stop()
            self._find(None)
            self._take(self._new())

    def stop(self) -> None:
        """Look at no more."""
        self._turn.stop()
        self._rows, self._end, self._first = [], 0, 0
        self._found.clear()

    def _go_on(self) -> None:
        self._find(_BUDGET)
        if not self._is_left:
            self._turn.stop()
        if not self._is_left or perf_counter() - self._told > _TELL_EVERY:
            self._told = perf_counter()
            self._take(self._new())

    def _find(self, seconds: float | None) -> None:
        until = perf_counter() + seconds if seconds is not None else inf
        while self._is_left and perf_counter() < until:
            first = max(self._first, self._end - _AT_ONCE) if seconds is not None else self._first
            self._found.append(self._filter.select(self._rows[first : self._end]))
            self._end = first

    def _new(self) -> list[RowT]:
        found, self._found = self._found, []
        return found[0] if len(found) == 1 else [row for part in reversed(found) for row in part]

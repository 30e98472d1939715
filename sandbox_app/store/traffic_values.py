"""The numbers that stand for texts in the summaries of exchanges; for the writer's thread."""

import sqlite3
from collections.abc import Iterable, Sequence
from operator import itemgetter

from sandbox_app.store.traffic_conditions import TEXTS
from sandbox_app.store.traffic_rows import EXCHANGE_FIELDS, Row

BLOCK = 1024
"""Exchanges of which is known together what texts occur in them."""

STATUS = len(TEXTS)
"""The number of the field of statuses, which need numbers for blocks alone."""

_MOST_KNOWN = 50_000
"""Texts whose numbers are remembered; those of others are looked up."""

_FORGOTTEN_AT_ONCE = 500
_COLUMNS = ("sequence", "status", "duration", *TEXTS)
_ADD_SUMMARY = (
    "INSERT INTO exchange_summary (" + ", ".join(f'"{name}"' for name in _COLUMNS) + ") "
    f"VALUES ({', '.join('?' * len(_COLUMNS))})"
)
_ADD_BLOCK = "INSERT OR IGNORE INTO exchange_block VALUES (?, ?)"
_FIND = "SELECT code FROM exchange_value WHERE field = ? AND value = ?"
_ADD = "INSERT INTO exchange_value (field, value, low) VALUES (?, ?, ?) RETURNING code"
_at = (1 + EXCHANGE_FIELDS.index(name) for name in TEXTS)
_texts = itemgetter(*_at)
_STATUS_AT = 1 + EXCHANGE_FIELDS.index("status")
_numbers = itemgetter(0, *(1 + EXCHANGE_FIELDS.index(name) for name in ("status", "duration")))


class TrafficValues:
    """Knows the number of each text, and gives new ones."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, str], int] = {}
        self._block = -1
        self._in_block: set[int] = set()

    def add(self, connection: sqlite3.Connection, narrow: Sequence[Row]) -> None:
        """Write summaries from rows of `exchange`, in the caller's transaction."""
        summaries: list[Row] = []
        blocks: list[tuple[int, int]] = []
        for row in narrow:
            codes = self._codes(connection, row)
            sequence, status, duration = _numbers(row)
            summaries.append((sequence, status, duration, *codes[:-1]))
            blocks += self._new_in_block(sequence // BLOCK, codes)
        connection.executemany(_ADD_SUMMARY, summaries)
        connection.executemany(_ADD_BLOCK, blocks)

    def forget(self) -> None:
        """Remember nothing: a transaction failed, or the file is another one."""
        self._known.clear()
        self._block = -1

    def _codes(self, connection: sqlite3.Connection, narrow: Row) -> list[int]:
        """The number of each text, and of the status."""
        known, codes = self._known, []
        for field, value in enumerate((*_texts(narrow), str(narrow[_STATUS_AT]))):
            if value:
                code = known.get((field, value))
                codes.append(self._find(connection, field, value) if code is None else code)
            else:
                codes.append(0)
        return codes

    def _new_in_block(self, block: int, codes: list[int]) -> list[tuple[int, int]]:
        """What the block did not hold yet, as far as is known."""
        if block != self._block:
            self._block, self._in_block = block, {0}
        new = [code for code in codes if code not in self._in_block]
        self._in_block.update(new)
        return [(block, code) for code in new]

    def _find(self, connection: sqlite3.Connection, field: int, value: str) -> int:
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        row = connection.execute(_FIND, (field, value)).fetchone()
        if row is None:
            row = connection.execute(_ADD, (field, value, value.lower())).fetchone()
        code = self._known[field, value] = int(row[0])
        return code

    def unused(self, connection: sqlite3.Connection) -> Iterable[list[int]]:
        """The numbers that no summary holds any more, some at a time, to be deleted."""
        for field, name in enumerate(TEXTS):
            used = {
                row[0]
                for row in connection.execute(f'SELECT DISTINCT "{name}" FROM exchange_summary')
            }
            given = connection.execute("SELECT code FROM exchange_value WHERE field = ?", (field,))
            left = [row[0] for row in given.fetchall() if row[0] not in used]
            for start in range(0, len(left), _FORGOTTEN_AT_ONCE):
                yield left[start : start + _FORGOTTEN_AT_ONCE]
        self.forget()

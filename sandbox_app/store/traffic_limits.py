"""How much traffic is kept, and what lies in the file by age."""

import sqlite3
from typing import NamedTuple

from sandbox_app.store.database import Database

_BLOCK = 1024
_GET = "SELECT requests, bytes FROM traffic_limits"
_PUT = "INSERT OR REPLACE INTO traffic_limits (one, requests, bytes) VALUES (1, ?, ?)"
_BLOCKS = f"""
SELECT count(*), sum(bytes), min(started_at), min(sequence) FROM exchange
WHERE sequence > ? GROUP BY sequence / {_BLOCK} ORDER BY 4
"""


class TrafficLimits(NamedTuple):
    """The most that stays in the file: so many requests, and about so many bytes of them."""

    requests: int = 200_000
    bytes: int = 500 * 1024 * 1024


class StoredBlock(NamedTuple):
    """Up to 1024 requests that came one after the other.

    `since` is the epoch second of the earliest.
    """

    requests: int
    bytes: int
    since: float


def limits_of(database: Database) -> TrafficLimits:
    """What was said last, or what is usual."""
    row = database.execute(_GET).fetchone()
    return TrafficLimits() if row is None else TrafficLimits(*row)


def put_limits(database: Database, limits: TrafficLimits) -> None:
    """Say something else."""
    database.execute(_PUT, limits)


def stored_blocks(connection: sqlite3.Connection, after: int) -> list[StoredBlock]:
    """What is stored, oldest first; a million requests take about half a second.

    Args:
        after: the row number up to which nothing counts any more.
    """
    return [StoredBlock(*row[:3]) for row in connection.execute(_BLOCKS, (after,))]

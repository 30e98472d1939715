"""Connections to the workspace file: how they are set up, and nothing about what lies in it."""

import sqlite3
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from peewee import SqliteDatabase

BUSY_SECONDS = 10

Pragmas = tuple[tuple[str, str], ...]

SAFETY = (
    ("trusted_schema", "OFF"),
    ("cell_size_check", "ON"),
    ("foreign_keys", "ON"),
    ("temp_store", "MEMORY"),
)
"""Pragmas of every connection: what a file says is data, and a damaged page is noticed."""

SHARED = (("journal_mode", "WAL"), ("synchronous", "NORMAL"))
"""Pragmas of connections that write to a workspace in use."""

# The traffic writer's connection does the checkpoints, so that their fsync does not hold the
# loop; this is only the limit at which the loop would do one after all, in pages of 4 KiB.
_LAST_RESORT_CHECKPOINT = (("wal_autocheckpoint", "10000"),)


def uri(path: Path, mode: str) -> str:
    """The SQLite address of a file; `mode` is `rw`, `ro` or `ro&immutable=1`."""
    return f"file:{quote(str(path))}?mode={mode}"


class Execute(Protocol):
    """Runs one statement with values for its question marks; raises what `sqlite3` raises."""

    def __call__(self, sql: str, parameters: Sequence[Any] = (), /) -> sqlite3.Cursor:
        """The cursor, to fetch rows or the row count from."""
        ...


class Database:
    """A peewee database with typed doors; used from the one thread that made it.

    Transactions begin IMMEDIATE: one that first reads and then writes would otherwise fail at
    once whenever the traffic writer committed in between.
    """

    def __init__(self, address: str, pragmas: Pragmas) -> None:
        self.peewee: Any = SqliteDatabase(
            address,
            pragmas=pragmas,
            lock_type="IMMEDIATE",
            thread_safe=False,
            autoconnect=False,
            timeout=BUSY_SECONDS,
            uri=True,
        )
        self.open()

    def open(self) -> None:
        """Connect, for the first time or after `close`."""
        self.peewee.connect()
        # Past peewee, which would only wrap the exceptions, at a third of the time of a statement.
        self._execute: Execute = self.connection.execute

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> sqlite3.Cursor:
        """Run one statement on the connection that is open now."""
        return self._execute(sql, parameters)

    @property
    def connection(self) -> sqlite3.Connection:
        """What lies beneath."""
        connection: sqlite3.Connection = self.peewee.connection()
        return connection

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return bool(self.peewee.in_transaction())

    def atomic(self) -> AbstractContextManager[None]:
        """A transaction, or a savepoint inside one."""
        block: AbstractContextManager[None] = self.peewee.atomic()
        return block

    def close(self) -> None:
        """Close the connection; `open` makes another one, to whatever file lies there then."""
        self.peewee.close()


def open_database(path: Path) -> Database:
    """The loop thread's connection to an existing workspace."""
    return Database(uri(path, "rw"), (*SAFETY, *SHARED, *_LAST_RESORT_CHECKPOINT))


def open_plain(path: Path, mode: str) -> sqlite3.Connection:
    """A connection without the query builder, in autocommit mode, for one thread's own use."""
    connection = sqlite3.connect(
        uri(path, mode), uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    for name, value in SAFETY:
        connection.execute(f"PRAGMA {name} = {value}")
    return connection


def storable(text: str) -> bool:
    """Whether SQLite can hold the text; a lone surrogate, as JSON can carry it, it cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True

"""What a snapshot holds: all of a workspace but its traffic and its edits, from file to file.

Tables are found in the file and not listed here, so that a new one is part of the state unless
it is named among those that are not.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from sandbox_app.store.database import open_plain, uri

TRAFFIC = ("exchange", "exchange_detail")
"""Tables that stay as they are when a snapshot is restored."""

NOT_STATE = frozenset({*TRAFFIC, "edit_step", "edit_row", "deleted_pool"})
"""Tables that a snapshot holds nothing of."""

DERIVED = frozenset({"user_search", "schema_migration"})
"""Tables that a snapshot holds and nobody compares: kept by triggers, or by migrations."""


class StateTable(NamedTuple):
    """A table of the state.

    `identity` are the columns that tell its rows apart: the row number where it has one.
    `columns` are all of them, the row number included even where the table does not name it.
    """

    name: str
    identity: tuple[str, ...]
    columns: tuple[str, ...]


def state_tables(connection: sqlite3.Connection, schema: str = "main") -> tuple[StateTable, ...]:
    """The tables of the state in the order they were made, which is that of their references."""
    names = connection.execute(
        f"SELECT name FROM {schema}.sqlite_schema "
        "WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid"
    ).fetchall()
    return tuple(_table(connection, schema, name) for (name,) in names if name not in NOT_STATE)


def _table(connection: sqlite3.Connection, schema: str, name: str) -> StateTable:
    info = connection.execute(f"PRAGMA {schema}.table_info({name})").fetchall()
    columns = tuple(str(row[1]) for row in info)
    key = tuple(str(row[1]) for row in sorted(info, key=lambda row: int(row[5])) if row[5])
    (without_rowid,) = connection.execute(
        "SELECT wr FROM pragma_table_list WHERE schema = ? AND name = ?", (schema, name)
    ).fetchone()
    if without_rowid:
        return StateTable(name, key, columns)
    numbered = next((row[1] for row in info if row[5] and row[2] == "INTEGER"), None)
    if len(key) == 1 and numbered is not None:
        return StateTable(name, key, columns)
    # The row number tells in which order rows came, and some lists ask for that.
    return StateTable(name, ("rowid",), ("rowid", *columns))


def copy_state(workspace: Path, target: Path) -> dict[str, int]:
    """Write the state of a workspace in use into a new file; how many rows of each table.

    May run in any thread. It is the state at one moment, and on the disk when this returns. Pools
    that are only marked as deleted are left out.

    Raises:
        OSError, sqlite3.Error: it cannot be read or written; nothing is left at `target`.
    """
    os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(open_plain(target, "rw")) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            with attached(connection, workspace, "live"):
                counts = _copy(connection)
        flush(target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return counts


@contextmanager
def attached(connection: sqlite3.Connection, path: Path, schema: str) -> Iterator[None]:
    """Another database to read from beside the connection's own."""
    connection.execute(f"ATTACH ? AS {schema}", (uri(path, "ro"),))
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute(f"DETACH {schema}")


def _copy(connection: sqlite3.Connection) -> dict[str, int]:
    connection.execute("BEGIN")
    # The first read fixes the moment for all that follow.
    made = connection.execute(
        "SELECT type, name, sql FROM live.sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid"
    ).fetchall()
    for kind, _, sql in made:
        if kind == "table":
            connection.execute(sql)
    counts = {
        table.name: _copy_rows(connection, table) for table in state_tables(connection, "live")
    }
    # Only now, when they have nothing to do row by row.
    for kind, _, sql in made:
        if kind != "table":
            connection.execute(sql)
    for name in ("application_id", "user_version"):
        (value,) = connection.execute(f"PRAGMA live.{name}").fetchone()
        connection.execute(f"PRAGMA main.{name} = {value}")
    connection.execute("COMMIT")
    return counts


def _copy_rows(connection: sqlite3.Connection, table: StateTable) -> int:
    columns = ", ".join(table.columns)
    pool = "id" if table.name == "user_pool" else "user_pool_id"
    living = (
        f"WHERE {pool} NOT IN (SELECT user_pool_id FROM live.deleted_pool)"
        if pool in table.columns
        else ""
    )
    order = ", ".join(table.identity)
    sql = (
        f"INSERT INTO main.{table.name} ({columns}) "
        f"SELECT {columns} FROM live.{table.name} {living} ORDER BY {order}"
    )
    return int(connection.execute(sql).rowcount)


def flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

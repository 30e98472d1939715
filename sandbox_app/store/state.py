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

TRAFFIC = (
    "exchange",
    "exchange_detail",
    "exchange_summary",
    "exchange_value",
    "exchange_block",
    "traffic_mark",
    "traffic_limits",
)
"""Tables that stay as they are when a snapshot is restored."""

NOT_STATE = frozenset({*TRAFFIC, "edit_step", "edit_row", "deleted_pool"})
"""Tables that a snapshot holds nothing of."""

DERIVED = frozenset({"user_search", "user_value", "schema_migration"})
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


def copy_state(workspace: Path, target: Path, *, most_of_no_use: float = 0.25) -> dict[str, int]:
    """Write the state of a workspace in use into a new file; how many rows of each table.

    May run in any thread. It is the state at one moment, and on the disk when this returns. Pools
    that are only marked as deleted are left out. Copying pages takes a fifth of the time of
    copying rows, but takes room for what is then thrown away.

    Args:
        most_of_no_use: up to this share of traffic in the file its pages are copied.

    Raises:
        OSError, sqlite3.Error: it cannot be read or written; nothing is left at `target`.
    """
    os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(open_plain(target, "rw")) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            if _of_no_use(workspace) <= most_of_no_use:
                counts = _copy_pages(connection, workspace)
            else:
                connection.execute("PRAGMA journal_mode = OFF")
                with attached(connection, workspace, "live"):
                    counts = _copy(connection)
        flush(target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return counts


def _of_no_use(workspace: Path) -> float:
    """Which share of the file a snapshot would not hold."""
    with closing(open_plain(workspace, "ro")) as connection:
        (deleted,) = connection.execute("SELECT count(*) FROM deleted_pool").fetchone()
        (traffic,) = connection.execute("SELECT coalesce(sum(bytes), 0) FROM exchange").fetchone()
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    return 1.0 if deleted else float(traffic / (pages * size))


def _copy_pages(connection: sqlite3.Connection, workspace: Path) -> dict[str, int]:
    with closing(open_plain(workspace, "ro")) as source:
        # In one go, and so of one moment.
        source.backup(connection)
    # Not the workspace's own mode: a snapshot is to be read without files beside it.
    connection.execute("PRAGMA journal_mode = OFF")
    # What is thrown away shall not lie in the free pages either.
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("BEGIN")
    for table in state_tables(connection):
        if (pool := _pool_column(table)) is not None:
            connection.execute(
                f"DELETE FROM {table.name} WHERE {pool} IN (SELECT user_pool_id FROM deleted_pool)"
            )
    for name in sorted(NOT_STATE):
        connection.execute(f"DELETE FROM {name}")
    connection.execute("COMMIT")
    return {
        table.name: int(connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0])
        for table in state_tables(connection)
    }


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
    pool = _pool_column(table)
    living = (
        f"WHERE {pool} NOT IN (SELECT user_pool_id FROM live.deleted_pool)"
        if pool is not None
        else ""
    )
    order = ", ".join(table.identity)
    sql = (
        f"INSERT INTO main.{table.name} ({columns}) "
        f"SELECT {columns} FROM live.{table.name} {living} ORDER BY {order}"
    )
    return int(connection.execute(sql).rowcount)


def _pool_column(table: StateTable) -> str | None:
    """The column that says which pool a row belongs to."""
    name = "id" if table.name == "user_pool" else "user_pool_id"
    return name if name in table.columns else None


def flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

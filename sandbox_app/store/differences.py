"""Row by row, what must be taken out of a workspace and put into it to make it another state."""

import sqlite3
from typing import Any, NamedTuple

from sandbox_app.store.state import DERIVED, StateTable, state_tables

Row = tuple[Any, ...]


class TableChange(NamedTuple):
    """Rows of one table: `gone` by their identity, and what is new or different in whole."""

    table: StateTable
    gone: tuple[Row, ...]
    put: tuple[Row, ...]


def table_changes(connection: sqlite3.Connection, most: int) -> tuple[TableChange, ...] | None:
    """What leads from the attached `live` to the connection's own state; `None` if it is much.

    Keys that were made since for a pool that had none stay: making them is no change of the pool.

    Args:
        most: rows that are few enough.
    """
    found, rows = [], 0
    for table in state_tables(connection):
        if table.name in DERIVED:
            continue
        gone = connection.execute(_gone(table), (most + 1,)).fetchall()
        put = connection.execute(_put(table), (most + 1,)).fetchall()
        rows += len(gone) + len(put)
        if rows > most:
            return None
        if gone or put:
            found.append(TableChange(table, tuple(gone), tuple(put)))
    return tuple(found)


def apply(connection: sqlite3.Connection, changes: tuple[TableChange, ...]) -> None:
    """Exchange the rows, in the caller's transaction and with foreign keys switched off."""
    for table, gone, put in changes:
        found = " AND ".join(f"{name} = ?" for name in table.identity)
        # Rows that differ go first as well, so that no two ever claim the same unique value.
        sql = f"DELETE FROM {table.name} WHERE {found}"
        connection.executemany(sql, [*gone, *_identified(table, put)])
    for table, _, put in changes:
        marks = ", ".join("?" * len(table.columns))
        columns = ", ".join(table.columns)
        connection.executemany(f"INSERT INTO {table.name} ({columns}) VALUES ({marks})", put)


def _identified(table: StateTable, rows: tuple[Row, ...]) -> list[Row]:
    places = [table.columns.index(name) for name in table.identity]
    return [tuple(row[place] for place in places) for row in rows]


def _gone(table: StateTable) -> str:
    late = (
        "AND NOT (b.user_pool_id IN (SELECT id FROM main.user_pool) "
        "AND b.user_pool_id NOT IN (SELECT user_pool_id FROM main.signing_key)) "
        if table.name == "signing_key"
        else ""
    )
    return (
        f"SELECT {_list('b', table.identity)} FROM live.{table.name} AS b WHERE NOT EXISTS "
        f"(SELECT 1 FROM main.{table.name} AS a WHERE {_same(table)}) {late}LIMIT ?"
    )


def _put(table: StateTable) -> str:
    ours, theirs = _list("a", table.columns), _list("b", table.columns)
    return (
        f"SELECT {ours} FROM main.{table.name} AS a "
        f"LEFT JOIN live.{table.name} AS b ON {_same(table)} "
        f"WHERE b.{table.identity[0]} IS NULL OR ({ours}) IS NOT ({theirs}) LIMIT ?"
    )


def _same(table: StateTable) -> str:
    return " AND ".join(f"a.{name} = b.{name}" for name in table.identity)


def _list(alias: str, names: tuple[str, ...]) -> str:
    return ", ".join(f"{alias}.{name}" for name in names)

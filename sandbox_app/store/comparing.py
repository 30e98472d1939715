"""Which rows of a table differ between two states, found by what names them in the API."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from sandbox_app.store.database import open_plain
from sandbox_app.store.state import attached

Columns = Mapping[str, Any]
"""A row's columns by name."""


class Compared(NamedTuple):
    """A table in two states: how many rows differ, and the first of them before and after.

    Each list is as long as was asked for at most; `changed` holds both sides of a row.
    """

    created: int
    changed: int
    deleted: int
    created_rows: tuple[Columns, ...]
    changed_rows: tuple[tuple[Columns, Columns], ...]
    deleted_rows: tuple[Columns, ...]


@contextmanager
def two_states(before: Path, after: Path) -> Iterator[sqlite3.Connection]:
    """A connection to one state with the other attached as `live`; both of the newest schema."""
    connection = open_plain(before, "ro")
    with closing(connection), attached(connection, after, "live"):
        # One moment for all tables.
        connection.execute("BEGIN")
        yield connection


def compared(
    connection: sqlite3.Connection,
    table: str,
    key: tuple[str, ...],
    *,
    without: frozenset[str],
    most: int,
) -> Compared:
    """What differs in a table.

    Args:
        key: columns that name a row in both states.
        without: columns that do not count.
        most: rows of each kind that are handed out.
    """
    info = connection.execute(f"PRAGMA main.table_info({table})").fetchall()
    columns = tuple(str(row[1]) for row in info if row[1] not in without)
    created = _only(connection, table, key, "live", "main")
    deleted = _only(connection, table, key, "main", "live")
    changed = _differing(connection, table, key, columns)
    return Compared(
        created=len(created),
        changed=len(changed),
        deleted=len(deleted),
        created_rows=_rows(connection, "live", table, key, columns, created[:most]),
        changed_rows=tuple(
            zip(
                _rows(connection, "main", table, key, columns, changed[:most]),
                _rows(connection, "live", table, key, columns, changed[:most]),
                strict=True,
            )
        ),
        deleted_rows=_rows(connection, "main", table, key, columns, deleted[:most]),
    )


Keys = list[tuple[Any, ...]]


def _only(
    connection: sqlite3.Connection, table: str, key: tuple[str, ...], here: str, there: str
) -> Keys:
    sql = (
        f"SELECT {_list('a', key)} FROM {here}.{table} AS a WHERE {_living('a', table, here)} "
        f"AND NOT EXISTS (SELECT 1 FROM {there}.{table} AS b "
        f"WHERE {_same(key)} AND {_living('b', table, there)}) ORDER BY {_list('a', key)}"
    )
    return connection.execute(sql).fetchall()


def _differing(
    connection: sqlite3.Connection, table: str, key: tuple[str, ...], columns: tuple[str, ...]
) -> Keys:
    sql = (
        f"SELECT {_list('a', key)} FROM main.{table} AS a JOIN live.{table} AS b ON {_same(key)} "
        f"WHERE ({_list('a', columns)}) IS NOT ({_list('b', columns)}) "
        f"AND {_living('a', table, 'main')} AND {_living('b', table, 'live')} "
        f"ORDER BY {_list('a', key)}"
    )
    return connection.execute(sql).fetchall()


def _rows(
    connection: sqlite3.Connection,
    schema: str,
    table: str,
    key: tuple[str, ...],
    columns: tuple[str, ...],
    wanted: Keys,
) -> tuple[Columns, ...]:
    found = " AND ".join(f"{name} = ?" for name in key)
    sql = f"SELECT {', '.join(columns)} FROM {schema}.{table} WHERE {found}"
    rows = (connection.execute(sql, one).fetchone() for one in wanted)
    return tuple(dict(zip(columns, row, strict=True)) for row in rows)


def _living(alias: str, table: str, schema: str) -> str:
    """That a row belongs to no pool that is only marked as deleted."""
    if table in ("import_link", "login_attempt", "setting"):
        return "true"
    pool = "id" if table == "user_pool" else "user_pool_id"
    return f"{alias}.{pool} NOT IN (SELECT user_pool_id FROM {schema}.deleted_pool)"


def _same(key: tuple[str, ...]) -> str:
    return " AND ".join(f"a.{name} = b.{name}" for name in key)


def _list(alias: str, names: tuple[str, ...]) -> str:
    return ", ".join(f"{alias}.{name}" for name in names)

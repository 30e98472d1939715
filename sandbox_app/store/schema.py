"""What a workspace file must look like: its marks, its version, and every statement in it."""

import sqlite3
from functools import lru_cache
from pathlib import Path
from typing import Any

from playhouse import migrations

from sandbox_app.store.database import Database

APPLICATION_ID = 0x55505342
"""The mark in every workspace file's header: `UPSB`."""

_untyped: Any = migrations
# types-peewee knows nothing of this module.

MIGRATIONS = Path(__file__).parent / "migrations"

# Written here and not left to the runner, so that its text never depends on peewee's version.
_HISTORY = (
    "CREATE TABLE schema_migration ("
    "id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE, applied TEXT NOT NULL)"
)

Schema = frozenset[tuple[str, str, str, str | None]]


def newest_version(folder: Path = MIGRATIONS) -> int:
    """The schema version this program writes; one migration leads to each version."""
    return len(_steps(folder))


def create(database: Database, folder: Path = MIGRATIONS) -> None:
    """Make the newest schema in an empty database, marks included, in one transaction."""
    with database.atomic():
        database.execute(_HISTORY)
        upgrade(database, folder)
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def upgrade(database: Database, folder: Path = MIGRATIONS) -> None:
    """Bring an older schema to the newest, all of it or nothing."""
    with database.atomic():
        _runner(database, folder).up()
        database.execute(f"PRAGMA user_version = {newest_version(folder)}")


def expected(version: int, folder: Path = MIGRATIONS) -> Schema:
    """Every statement of a workspace of that version, found by making one in memory."""
    return _made(version, folder)


# Making one takes most of the time of opening a workspace, and what comes of it never changes.
@lru_cache(maxsize=64)
def _made(version: int, folder: Path) -> Schema:
    database = Database(":memory:", ())
    try:
        database.execute(_HISTORY)
        _runner(database, folder).up(target=_steps(folder)[version - 1].name)
        return actual(database.connection)
    finally:
        database.close()


def actual(connection: sqlite3.Connection) -> Schema:
    """Every statement that lies in a database."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema")
    return frozenset(rows.fetchall())


def first_difference(found: Schema, wanted: Schema) -> str | None:
    """What is wrong with a schema, in words for a person; `None` when nothing is."""
    for kind, name, _, _ in sorted(found - wanted, key=str):
        return f"holds a {kind} {name!r} that this program did not make"
    for kind, name, _, _ in sorted(wanted - found, key=str):
        return f"lacks the {kind} {name!r}"
    return None


def _runner(database: Database, folder: Path) -> Any:
    return _untyped.Runner(database.peewee, str(folder))


def _steps(folder: Path) -> list[Any]:
    return list(_untyped.Migration.load_directory(str(folder)))

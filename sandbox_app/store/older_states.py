"""Saved states of earlier versions: brought to the newest schema in a copy, the original kept."""

import os
import shutil
import sqlite3
from pathlib import Path

from peewee import DatabaseError

from sandbox_app.store import schema
from sandbox_app.store.database import SAFETY, Database, uri
from sandbox_app.store.errors import UnreadableWorkspace
from sandbox_app.store.opening import inspected_version


def of_newest_schema(saved: Path, aside: Path) -> Path:
    """The state itself if it is of the newest schema, else a copy at `aside` that is.

    Raises:
        WorkspaceError: it is no state of a workspace, damaged, or of a newer version.
    """
    try:
        return _of_newest_schema(saved, aside)
    except OSError as error:
        reason = f"cannot be read: {(error.strerror or 'unknown error').lower()}"
        raise UnreadableWorkspace(saved, reason) from error
    except (DatabaseError, sqlite3.Error) as error:
        raise UnreadableWorkspace(saved, f"is damaged: {error}") from error


def _of_newest_schema(saved: Path, aside: Path) -> Path:
    if inspected_version(saved) == schema.newest_version():
        return saved
    copy_privately(saved, aside)
    database = Database(uri(aside, "rw"), SAFETY)
    try:
        schema.upgrade(database)
    finally:
        database.close()
    return aside


def copy_privately(source: Path, target: Path) -> None:
    """Copy a file that nobody writes to, readable by the owner alone from the beginning."""
    target.unlink(missing_ok=True)
    os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    shutil.copyfile(source, target)


def remove_whole(path: Path) -> None:
    """Remove a database file that is not in use, with what a failure may have left beside it."""
    for side in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + side).unlink(missing_ok=True)

"""Opening a workspace file: made when absent, looked at before it is trusted, locked meanwhile."""

import glob
import os
import secrets
import sqlite3
import stat
import struct
from pathlib import Path

from peewee import DatabaseError

from sandbox_app.store import schema
from sandbox_app.store.database import SAFETY, Database, open_database, open_plain, uri
from sandbox_app.store.errors import (
    NewerWorkspace,
    NotAWorkspace,
    UnreadableWorkspace,
    WorkspaceError,
)
from sandbox_app.store.locking import WorkspaceLock

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100


def open_workspace(path: Path) -> tuple[Database, WorkspaceLock]:
    """A connection to the workspace and the lock that goes with it.

    Raises:
        WorkspaceError: it cannot be used; neither the file nor anything beside it was changed.
    """
    if _exists(path):
        look_at(path)
    lock = WorkspaceLock(path)
    try:
        _sweep(path)
        if not _exists(path):
            _create(path)
        look_at(path)
        version = _inspect(path)
        _keep_from_others(path)
        return _connected(path, version), lock
    except WorkspaceError:
        lock.discard()
        raise
    except OSError as error:
        lock.discard()
        raise UnreadableWorkspace(path, _cannot_be_used(error)) from error
    except (DatabaseError, sqlite3.Error) as error:
        lock.discard()
        raise UnreadableWorkspace(path, f"cannot be used as a database: {error}") from error


def inspected_version(path: Path) -> int:
    """The schema version of a file that holds a workspace's state; changes nothing.

    Raises:
        WorkspaceError: it is something else, or of a newer version.
        sqlite3.Error, OSError: it cannot be read.
    """
    look_at(path)
    return _inspect(path)


def _exists(path: Path) -> bool:
    """Whether there is anything at the path; an empty file is as good as none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        if path.parent.is_dir():
            return False
        raise UnreadableWorkspace(path, "cannot be made: its folder does not exist") from None
    except OSError as error:
        raise UnreadableWorkspace(path, _cannot_be_used(error)) from error
    if not stat.S_ISREG(found.st_mode):
        raise NotAWorkspace(path, "is not a workspace: it is not a plain file")
    return found.st_size > 0


def look_at(path: Path) -> None:
    """Turn away what is no workspace, or a newer one, by its first bytes, without SQLite.

    Raises:
        WorkspaceError: it is one of these, or cannot be read.
    """
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError as error:
        raise UnreadableWorkspace(path, _cannot_be_used(error)) from error
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise NotAWorkspace(path, "is not a workspace: it is not a database")
    version, application = struct.unpack_from(">I4xI", header, 60)
    if application != schema.APPLICATION_ID:
        raise NotAWorkspace(path, "is not a workspace: it is a database of another program")
    _refuse_newer(path, version)


def _refuse_newer(path: Path, version: int) -> None:
    if version > (known := schema.newest_version()):
        raise NewerWorkspace(
            path,
            f"was written by a newer version of this program "
            f"(schema {version}, this one knows {known})",
        )


def _sweep(path: Path) -> None:
    """Take away what a killed process had been making beside the file; the lock is ours."""
    for left_over in path.parent.glob(f"{glob.escape(path.name)}.????????.new*"):
        left_over.unlink(missing_ok=True)


def _create(path: Path) -> None:
    """Make a new workspace aside and put it in place whole: a kill leaves no half of one."""
    aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    os.close(os.open(aside, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        database = Database(uri(aside, "rw"), SAFETY)
        try:
            schema.create(database)
            database.execute("PRAGMA journal_mode = WAL")
        finally:
            database.close()
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def _inspect(path: Path) -> int:
    """The schema version, once everything in the file is known to be ours; changes nothing."""
    wal, journal, shared = (path.with_name(path.name + end) for end in ("-wal", "-journal", "-shm"))
    if journal.exists():
        raise NotAWorkspace(path, "is not a workspace: another program left a journal beside it")
    # Without a log beside it the file alone is the database, and reading it leaves no trace.
    logged = wal.exists() and wal.stat().st_size > 0
    shared_before = shared.exists()
    connection = open_plain(path, "ro" if logged else "ro&immutable=1")
    try:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        _refuse_newer(path, version)
        if version < 1:
            raise NotAWorkspace(path, "is not a workspace: it has no schema version")
        wrong = schema.first_difference(schema.actual(connection), schema.expected(version))
        if wrong:
            raise NotAWorkspace(path, f"is not a workspace: it {wrong}")
    except (WorkspaceError, sqlite3.Error):
        connection.close()
        if not shared_before:
            shared.unlink(missing_ok=True)
        raise
    connection.close()
    return version


def _connected(path: Path, version: int) -> Database:
    database = open_database(path)
    try:
        # SQLite opens what it may not write as read-only, without a word until the first change.
        with database.atomic():
            pass
        if version < schema.newest_version():
            schema.upgrade(database)
    except BaseException:
        database.close()
        raise
    return database


def _keep_from_others(path: Path) -> None:
    """Take away what others may do with a file that was copied here; side files follow suit."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        path.chmod(mode & 0o700)


def _cannot_be_used(error: OSError) -> str:
    return f"cannot be used: {(error.strerror or 'unknown error').lower()}"

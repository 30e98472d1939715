"""The workspace file: whose it is, whether it is whole, who has it open, how large it is."""

import os
import shlex
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sandbox_app.app.doctor.finding import Finding, broken, fine, warning
from sandbox_app.store import schema
from sandbox_app.store.database import open_plain

_CHECK = "workspace"
_COUNTED = {"user_pool": "pool", "pool_user": "user", "exchange": "recorded request"}
_LARGE = 1_000_000_000
_RESTORE = "Go back to a copy of it, or begin a new one."


def workspace(path: Path, locks: Path = Path("/proc/locks")) -> list[Finding]:
    """Findings about the file; one alone where there is none to look into."""
    if not path.exists():
        if path.parent.is_dir() or not path.is_absolute():
            return [fine(_CHECK, f"{path} will be made at the first start")]
        return [fine(_CHECK, f"{path} and its folder will be made at the first start")]
    if not path.is_file() or not os.access(path, os.R_OK | os.W_OK):
        return [broken(_CHECK, f"{path} cannot be read and written", "Choose another --workspace.")]
    return [_contents(path), permissions(path), lock(path, locks)]


def permissions(path: Path) -> Finding:
    """Whether the file is for its owner alone."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        return warning(
            "workspace permissions",
            f"others may use {path} (mode {mode:03o})",
            f"chmod 600 {shlex.quote(str(path))}",
        )
    return fine("workspace permissions", f"mode {mode:03o}, for its owner alone")


def lock(path: Path, locks: Path = Path("/proc/locks")) -> Finding:
    """Who has the workspace open; the lock itself is not touched."""
    check, side = "workspace lock", path.with_name(f"{path.name}.lock")
    try:
        inode = side.stat().st_ino
    except OSError:
        return fine(check, "nobody has it open")
    try:
        rows = [line.split() for line in locks.read_text().splitlines()]
    except OSError:
        return warning(check, "who has it open cannot be told on this system")
    for row in rows:
        if len(row) > 5 and row[1] == "FLOCK" and row[5].rpartition(":")[2] == str(inode):
            return warning(
                check,
                f"it is open in process {row[4]}",
                "Close that sandbox before you open this workspace in another.",
            )
    return fine(check, "nobody has it open")


def _contents(path: Path) -> Finding:
    try:
        with _reading(path) as connection:
            return _judged(path, connection)
    except sqlite3.Error as error:
        return broken(_CHECK, f"{path} is damaged or no workspace: {error}", _RESTORE)


def _judged(path: Path, connection: sqlite3.Connection) -> Finding:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    newest = schema.newest_version()
    if application != schema.APPLICATION_ID:
        return broken(_CHECK, f"{path} is a database of another program", "Choose another file.")
    if version > newest:
        return broken(
            _CHECK,
            f"{path} has schema {version}, and this version of the program knows {newest}",
            "Install the newer version that wrote it.",
        )
    wrong = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if wrong != "ok":
        return broken(_CHECK, f"{path} is damaged: {' '.join(str(wrong).split())}", _RESTORE)
    different = schema.first_difference(schema.actual(connection), schema.expected(version))
    if different:
        return broken(_CHECK, f"{path} {different}", _RESTORE)
    return _described(path, connection, version, newest)


def _described(path: Path, connection: sqlite3.Connection, version: int, newest: int) -> Finding:
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
    counts = ", ".join(
        _counted(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0], noun)
        for table, noun in _COUNTED.items()
        if table in tables
    )
    age = "" if version == newest else f" (will become {newest} when it is opened)"
    size = path.stat().st_size
    says = f"{path} is whole: schema {version}{age}, {size / 1e6:.1f} MB, {counts}"
    if size > _LARGE:
        return warning(_CHECK, says, "A new workspace, filled from an export, is small again.")
    return fine(_CHECK, says)


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that leaves nothing beside the file that was not there before."""
    wal, shared = (path.with_name(path.name + end) for end in ("-wal", "-shm"))
    logged = wal.exists() and wal.stat().st_size > 0
    shared_before = shared.exists()
    with closing(open_plain(path, "ro" if logged else "ro&immutable=1")) as connection:
        yield connection
    if not shared_before:
        shared.unlink(missing_ok=True)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")

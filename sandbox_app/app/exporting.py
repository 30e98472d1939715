"""`userpool-sandbox export`: a pool of a workspace as a template, in use or not."""

import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sandbox_app.app.platform import write_private
from sandbox_app.app.refusing import EXPECTED, refuse
from sandbox_app.domain.bus import EventBus
from sandbox_app.domain.clock import BendableClock, SystemClock
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.operations.core import Core
from sandbox_app.operations.keys import KeyRing
from sandbox_app.server.threads import ThreadedPasswords, Threads, TurnsOnLoop
from sandbox_app.store import Store, WorkspaceError
from sandbox_app.store.database import open_plain
from sandbox_app.store.errors import UnreadableWorkspace
from sandbox_app.workbench.templates.exporting import Format, export_pool


class PoolUnclear(ValueError):
    """Which pool is meant cannot be said; the message is one sentence for a person."""


def run(
    workspace: Path,
    pool: str | None,
    output: Path | None,
    *,
    users: bool,
    secrets: bool,
    form: Format,
) -> int:
    """Write the template to `output`, or print it; returns the exit status.

    Args:
        pool: id or name; not needed where there is only one.
        secrets: with them the file is for its owner alone.
    """
    try:
        text = _exported(workspace, pool, users=users, secrets=secrets, form=form)
        _write(output, text, private=secrets)
    except (*EXPECTED, PoolUnclear) as error:
        return refuse(error)
    return 0


def _exported(
    workspace: Path, wanted: str | None, *, users: bool, secrets: bool, form: Format
) -> str:
    with _copy_of(workspace) as store, closing(Threads()) as threads:
        clock = BendableClock(SystemClock())
        core = Core(
            store,
            clock,
            EventBus(),
            ThreadedPasswords(threads),
            KeyRing(store, clock, threads, TurnsOnLoop()),
        )
        chosen = _chosen(store.pools.all(), wanted)
        return export_pool(core, chosen.id, users=users, secrets=secrets, format=form)


@contextmanager
def _copy_of(workspace: Path) -> Iterator[Store]:
    """A private copy, so that a running sandbox is not disturbed and the file not even upgraded.

    Raises:
        WorkspaceError: the file cannot be read or is no workspace.
    """
    workspace = workspace.resolve()
    folder = Path(tempfile.mkdtemp(prefix="userpool-sandbox-"))
    try:
        copy = folder / workspace.name
        _copy(workspace, copy)
        try:
            store = Store.open(copy)
        except WorkspaceError as error:
            # What is wrong is wrong with the original.
            reason = str(error).removeprefix(f"{copy} ").removesuffix(".")
            raise type(error)(workspace, reason) from error
        with closing(store):
            yield store
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy(workspace: Path, copy: Path) -> None:
    # Opening reports what keeps a file from being read better than SQLite does.
    workspace.open("rb").close()
    wal = workspace.with_name(f"{workspace.name}-wal")
    # Without a log beside it the file alone is the database, and reading it leaves no trace.
    logged = wal.exists() and wal.stat().st_size > 0
    try:
        with closing(open_plain(workspace, "ro" if logged else "ro&immutable=1")) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
    except sqlite3.Error as error:
        raise UnreadableWorkspace(workspace, f"cannot be used as a database: {error}") from error


def _chosen(pools: tuple[UserPool, ...], wanted: str | None) -> UserPool:
    found = [pool for pool in pools if wanted is None or wanted in (pool.id, pool.name)]
    exact = [pool for pool in found if pool.id == wanted] or found
    if len(exact) == 1:
        return exact[0]
    known = ", ".join(f"{pool.name} ({pool.id})" for pool in pools)
    if not pools:
        raise PoolUnclear("The workspace holds no pool.")
    if not exact:
        raise PoolUnclear(f"There is no pool {wanted}; there are {known}.")
    raise PoolUnclear(f"Say which pool with --pool and its id: {known}.")


def _write(output: Path | None, text: str, *, private: bool) -> None:
    if output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
    elif private and (output.is_file() or not output.exists()):
        write_private(output, text)
    else:
        output.write_text(text, encoding="utf-8")

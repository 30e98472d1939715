"""Putting a saved state back, all of it or nothing, while the workspace is in use.

A few rows are exchanged where they lie, in one transaction. Much is made ready in a file beside
the workspace, with the present traffic in it, and then takes the workspace's place: a transaction
that long would keep every request waiting.
"""

import os
import secrets
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from peewee import DatabaseError

from sandbox_app.store.configuration import Clients, Domains, Groups, Pools, ResourceServers
from sandbox_app.store.database import SAFETY, Database, open_plain, uri
from sandbox_app.store.deleted_pools import DeletedPools
from sandbox_app.store.differences import TableChange, apply, table_changes
from sandbox_app.store.errors import UnreadableWorkspace
from sandbox_app.store.models import make_models
from sandbox_app.store.older_states import copy_privately, of_newest_schema, remove_whole
from sandbox_app.store.state import TRAFFIC, attached, flush, state_tables

FEW_ROWS = 40
"""Rows that are exchanged on the loop: about 15 ms if all of them are users among 100,000."""

_LATE_KEYS = (
    "user_pool_id IN (SELECT id FROM main.user_pool) "
    "AND user_pool_id NOT IN (SELECT user_pool_id FROM main.signing_key)"
)


class Restoration:
    """One state being put back. `prepare` runs in a thread; `finish` then on the loop.

    Args:
        workspace: the file in use.
        saved: a state that `copy_state` wrote, by this version or an older one.
    """

    def __init__(self, workspace: Path, saved: Path) -> None:
        self._workspace = workspace
        self.saved = saved
        self._aside = workspace.with_name(f"{workspace.name}.{secrets.token_hex(4)}.new")
        self._upgraded = workspace.with_name(f"{workspace.name}.{secrets.token_hex(4)}.new")
        self._source: Path | None = None
        self._replaced: int | None = None
        self.few: tuple[TableChange, ...] | None = None

    def prepare(self, pause_traffic: Callable[[], None], *, most: int = FEW_ROWS) -> None:
        """Find what is to be done; may be called again when others changed the workspace.

        Args:
            pause_traffic: called before the traffic is taken along, if it has to be.
            most: rows that may be exchanged where they lie.

        Raises:
            WorkspaceError: the state cannot be read, or there is no room; nothing was changed.
        """
        try:
            source = self._source or self._readable()
            self._source = source
            self.few = self._few(source, most)
            if self.few is None and not self._aside.exists():
                pause_traffic()
                self._make_aside(source)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise UnreadableWorkspace(self.saved, "holds what makes no sense") from error
        except sqlite3.OperationalError as error:
            # A full disk, above all.
            raise UnreadableWorkspace(self.saved, f"cannot be restored: {error}") from error
        except (DatabaseError, sqlite3.Error) as error:
            raise UnreadableWorkspace(self.saved, f"is damaged: {error}") from error
        except OSError as error:
            reason = f"cannot be restored: {(error.strerror or 'unknown error').lower()}"
            raise UnreadableWorkspace(self.saved, reason) from error

    def exchange_rows(self, database: Database) -> None:
        """Exchange the few rows, in the caller's transaction with foreign keys switched off."""
        assert self.few is not None
        apply(database.connection, self.few)
        database.execute("DELETE FROM deleted_pool")

    def take_the_place(self) -> None:
        """Put the prepared file where the workspace lies; no connection may be open to it.

        Raises:
            WorkspaceError: somebody else has it open, or it cannot be moved.
        """
        log = self._workspace.with_name(f"{self._workspace.name}-wal")
        if log.exists():
            # Whoever has it open would later write what was into what is.
            raise UnreadableWorkspace(self._workspace, "is open in another program")
        try:
            # Held open, so that the system frees its blocks in `discard` and not on the loop.
            self._replaced = os.open(self._workspace, os.O_RDONLY)
            os.replace(self._aside, self._workspace)
        except OSError as error:
            reason = f"cannot be replaced: {(error.strerror or 'unknown error').lower()}"
            raise UnreadableWorkspace(self._workspace, reason) from error

    def discard(self) -> None:
        """Leave nothing beside the workspace; call it in a thread."""
        if self._replaced is not None:
            os.close(self._replaced)
        remove_whole(self._aside)
        remove_whole(self._upgraded)

    def _few(self, source: Path, most: int) -> tuple[TableChange, ...] | None:
        connection = open_plain(source, "ro")
        with closing(connection), attached(connection, self._workspace, "live"):
            return table_changes(connection, most)

    def _readable(self) -> Path:
        """The state in a file of the newest schema, whose configuration makes sense."""
        path = of_newest_schema(self.saved, self._upgraded)
        _check_configuration(path)
        return path

    def _make_aside(self, source: Path) -> None:
        copy_privately(source, self._aside)
        with closing(open_plain(self._aside, "rw")) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            with attached(connection, self._workspace, "live"):
                connection.execute("BEGIN")
                for table in TRAFFIC:
                    connection.execute(f"INSERT INTO main.{table} SELECT * FROM live.{table}")
                _keep_late_keys(connection)
                connection.execute("COMMIT")
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if found != "ok":
                raise sqlite3.DatabaseError(found)
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA journal_mode = WAL")
        flush(self._aside)
        _carry_over(self._workspace)


def _check_configuration(path: Path) -> None:
    """Read every document as the store will."""
    database = Database(uri(path, "ro"), SAFETY)
    try:
        models, deleted = make_models(database), DeletedPools(database)
        for collection in (Clients, Domains, ResourceServers, Groups):
            collection(models, deleted)
        Pools(models, deleted, lambda _: None)
    finally:
        database.close()


def _keep_late_keys(connection: sqlite3.Connection) -> None:
    """Keys that were made since for a pool that had none stay."""
    table = next(one for one in state_tables(connection) if one.name == "signing_key")
    columns = ", ".join(name for name in table.columns if name not in table.identity)
    connection.execute(
        f"INSERT INTO main.signing_key ({columns}) SELECT {columns} FROM live.signing_key "
        f"WHERE {_LATE_KEYS} ORDER BY {table.identity[0]}"
    )


def _carry_over(workspace: Path) -> None:
    """Empty the write-ahead log, so that closing the workspace has little left to do."""
    with closing(open_plain(workspace, "rw")) as connection:
        # The first takes long and hinders nobody; the second finds nothing left to write, and
        # gives up where somebody else reads.
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

"""The open workspace: one file, its repositories, and the transactions over them."""

import os
import secrets
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from peewee import DatabaseError

from sandbox_app.store.codes import Codes
from sandbox_app.store.configuration import Clients, Domains, Groups, Pools, ResourceServers
from sandbox_app.store.confirmations import Confirmations
from sandbox_app.store.database import Database, open_plain
from sandbox_app.store.deleted_pools import DeletedPools
from sandbox_app.store.endings import Endings
from sandbox_app.store.errors import UnreadableWorkspace, WorkspaceInUse
from sandbox_app.store.journal import Journal, Step, Touched
from sandbox_app.store.keys import Keys
from sandbox_app.store.locking import WorkspaceLock
from sandbox_app.store.memberships import Memberships
from sandbox_app.store.models import make_models
from sandbox_app.store.opening import open_workspace
from sandbox_app.store.refresh_grants import RefreshGrants
from sandbox_app.store.remembered import Imports, Settings
from sandbox_app.store.restoring import FEW_ROWS, Restoration
from sandbox_app.store.sessions import Attempts, Sessions
from sandbox_app.store.sharing import Sharing
from sandbox_app.store.snapshot_files import SnapshotFiles
from sandbox_app.store.state import copy_state
from sandbox_app.store.traffic import TrafficLog
from sandbox_app.store.traffic_marks import TrafficMarks
from sandbox_app.store.users import Users

_MANY_CHANGES = 2000
"""Rows written, after which the write-ahead log is carried over by the writer's thread."""


class Store:
    """Everything a workspace holds. Used from the one thread that opened it.

    Configuration (pools, clients, domains, resource servers, groups) is read from memory and
    written through; everything else is plain SQL, and what is spent is spent by one UPDATE.
    """

    def __init__(
        self, path: Path, database: Database, lock: WorkspaceLock, folder: Path | None
    ) -> None:
        self.path = path
        self._database = database
        self._lock = lock
        self._temporary_folder = folder
        self._sharing = Sharing()
        self._closed = False
        self._relieved_at = 0
        self._restoring = False
        models = make_models(database)
        deleted = DeletedPools(database)
        deleted.purge_all()
        self.journal = Journal(database)
        self.clients = Clients(models, deleted)
        self.domains = Domains(models, deleted)
        self.resource_servers = ResourceServers(models, deleted)
        self.groups = Groups(models, deleted)
        self.pools = Pools(models, deleted, self._forget_parts_of)
        self.memberships = Memberships(database, self.groups)
        self.users = Users(database)
        self.keys = Keys(database)
        self.sessions = Sessions(database)
        self.attempts = Attempts(database)
        self.codes = Codes(database)
        self.confirmations = Confirmations(database)
        self.refresh_grants = RefreshGrants(database)
        self.endings = Endings(database)
        self.imports = Imports(database)
        self.settings = Settings(database)
        self.traffic = TrafficLog(path, database)
        self.marks = TrafficMarks(database)
        self.snapshots = SnapshotFiles(path)
        self.snapshots.sweep()

    @classmethod
    def open(cls, path: Path | None) -> "Store":
        """Open the workspace, or make it if there is none; its folder must exist.

        `None` gives a workspace in a temporary folder that goes when it is closed: in SQLite's
        own `:memory:` the traffic writer could have no second connection.

        Raises:
            WorkspaceError: it cannot be used; nothing was changed.
        """
        folder = None
        if path is None:
            folder = Path(tempfile.mkdtemp(prefix="userpool-sandbox-"))
            path = folder / "workspace.sqlite"
        # Resolved, so that two names of one file lead to one lock.
        path = path.resolve()
        try:
            database, lock = open_workspace(path)
        except BaseException:
            _discard(folder)
            raise
        try:
            return cls(path, database, lock, folder)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            _abandon(database, lock, folder)
            raise UnreadableWorkspace(path, "holds configuration that makes no sense") from error
        except (DatabaseError, sqlite3.Error) as error:
            _abandon(database, lock, folder)
            raise UnreadableWorkspace(path, f"is damaged: {error}") from error

    def close(self) -> None:
        """Write what waits, and let the workspace go; a second time does nothing."""
        if self._closed:
            return
        self._closed = True
        self.traffic.close()
        self._database.close()
        self._lock.release()
        _discard(self._temporary_folder)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is kept or nothing is, in the file and in memory; may be nested.

        An inner block that fails is undone alone, should the outer one carry on. Nothing may be
        awaited inside.
        """
        try:
            with self._database.atomic(), self.journal.recording():
                yield
        except BaseException:
            for collection in self._configuration:
                collection.undo_changes()
            raise
        finally:
            if not self._database.in_transaction:
                for collection in self._configuration:
                    collection.settle()
                self._relieve()

    def revert(self, step: Step) -> tuple[Touched, ...]:
        """Take an edit back, or make one again that was taken back; the rows that changed.

        Raises:
            ChangedMeanwhile: others changed the same since; nothing was done.
        """
        with self._database.atomic():
            rows = self.journal.revert(step)
        self._reload()
        return rows

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection of one's own that only reads, in any thread; make it short."""
        with self._sharing.reading(), closing(open_plain(self.path, "ro")) as connection:
            yield connection

    @property
    def changes(self) -> int:
        """A number that grows with every row that is written, traffic aside."""
        return self._database.connection.total_changes

    def save_state(self, target: Path) -> dict[str, int]:
        """Write everything but traffic and edits into a new file; see `copy_state`."""
        with self._sharing.reading():
            return copy_state(self.path, target)

    def restoration(self, saved: Path) -> Restoration:
        """Begin to put a saved state back; `prepare`, `finish`, and in any case `give_up`.

        Raises:
            WorkspaceInUse: another one is being put back.
        """
        if self._restoring:
            raise WorkspaceInUse(self.path, "is being restored already")
        self._restoring = True
        return Restoration(self.path, saved)

    def prepare(self, restoration: Restoration, *, most: int = FEW_ROWS) -> None:
        """Make ready to put a saved state back, in a thread; see `Restoration.prepare`."""
        self._sharing.wait_until_free()
        restoration.prepare(self.traffic.pause, most=most)

    def finish(self, restoration: Restoration, changes: int) -> bool:
        """Put the saved state back as it was prepared, all of it or nothing; edits are forgotten.

        Args:
            changes: what `changes` was before it was prepared.

        Returns:
            False where somebody was in the way; it has to be prepared again.

        Raises:
            WorkspaceError: it cannot be done; nothing was changed.
        """
        if restoration.few is None:
            return self._exchange_file(restoration)
        if self.changes != changes:
            return False
        self._exchange_rows(restoration)
        return True

    def give_up(self, restoration: Restoration) -> None:
        """End what was begun, finished or not; `restoration.discard` is to follow."""
        self.traffic.resume()
        self._restoring = False

    def copy_to(self, path: Path) -> None:
        """Save a copy, whole and consistent, readable by the owner alone.

        May run in any thread while the workspace is in use. An existing file is replaced only
        once the copy is complete.

        Raises:
            WorkspaceInUse: a sandbox has the file at `path` open, this one included.
            UnreadableWorkspace: there is no room or no permission.
        """
        path = path.resolve()
        lock = WorkspaceLock(path)
        aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
        try:
            os.close(os.open(aside, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            with self.reading() as connection:
                connection.execute("VACUUM INTO ?", (str(aside),))
            # A log that a killed sandbox left beside the old file must not meet the new one.
            for side in ("-wal", "-shm"):
                path.with_name(path.name + side).unlink(missing_ok=True)
            os.replace(aside, path)
        except (OSError, sqlite3.Error) as error:
            raise UnreadableWorkspace(path, f"cannot be written: {error}") from error
        finally:
            aside.unlink(missing_ok=True)
            lock.discard()

    def _exchange_rows(self, restoration: Restoration) -> None:
        # Off while rows of one state stand in for those of another; a no-op inside transactions.
        self._database.execute("PRAGMA foreign_keys = OFF")
        try:
            with self.transaction():
                restoration.exchange_rows(self._database)
                self.journal.forget()
                self._reload()
        finally:
            self._database.execute("PRAGMA foreign_keys = ON")

    def _exchange_file(self, restoration: Restoration) -> bool:
        with self._sharing.exchanging() as free:
            if not free:
                return False
            self._database.close()
            try:
                restoration.take_the_place()
            finally:
                self._database.open()
                self._relieved_at = 0
                self.journal.begin()
            self._reload()
        return True

    def _reload(self) -> None:
        for collection in self._configuration:
            collection.reload()
        if not self._database.in_transaction:
            for collection in self._configuration:
                collection.settle()

    def _relieve(self) -> None:
        """After many changes the log is long, and carrying it over takes what a request waits."""
        changes = self._database.connection.total_changes
        if changes - self._relieved_at > _MANY_CHANGES:
            self._relieved_at = changes
            self.traffic.relieve()

    @property
    def _configuration(
        self,
    ) -> tuple[Pools, Clients, Domains, ResourceServers, Groups]:
        return self.pools, self.clients, self.domains, self.resource_servers, self.groups

    def _forget_parts_of(self, pool_id: str) -> None:
        for collection in (self.clients, self.domains, self.resource_servers, self.groups):
            collection.drop_pool(pool_id)


def _abandon(database: Database, lock: WorkspaceLock, folder: Path | None) -> None:
    database.close()
    lock.discard()
    _discard(folder)


def _discard(folder: Path | None) -> None:
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)

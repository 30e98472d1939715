"""The lock that makes one process the owner of a workspace; the kernel lets go if it dies."""

import os
import sys
from pathlib import Path

from sandbox_app.store.errors import UnreadableWorkspace, WorkspaceInUse

if sys.platform == "win32":
    import msvcrt

    def _seize(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _seize(descriptor: int) -> None:
        # flock, not lockf: it belongs to this very opening of the file, so that a second store
        # in the same process is kept out too, and closing another descriptor loses nothing.
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class WorkspaceLock:
    """Holds `<workspace>.lock`, a side file that stays when the workspace is closed.

    Raises:
        WorkspaceInUse: another store holds it, in this process or elsewhere.
        UnreadableWorkspace: the side file cannot be made here.
    """

    def __init__(self, workspace: Path) -> None:
        self.path = workspace.with_name(f"{workspace.name}.lock")
        self.created = False
        while True:
            self._descriptor = self._open(workspace)
            try:
                _seize(self._descriptor)
            except OSError as error:
                os.close(self._descriptor)
                raise WorkspaceInUse(workspace, "is open in another sandbox") from error
            if self._is_current():
                return
            os.close(self._descriptor)

    def release(self) -> None:
        """Let others open the workspace."""
        os.close(self._descriptor)

    def discard(self) -> None:
        """Let go, and take the side file away again if it was made for this lock."""
        # Unlinked while still held: whoever waits for it sees that it is no longer current.
        if self.created and sys.platform != "win32":
            self.path.unlink(missing_ok=True)
        self.release()

    def _open(self, workspace: Path) -> int:
        flags = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
        try:
            try:
                descriptor = os.open(self.path, flags | os.O_CREAT | os.O_EXCL, 0o600)
                self.created = True
            except FileExistsError:
                descriptor = os.open(self.path, flags | os.O_CREAT, 0o600)
        except OSError as error:
            reason = f"cannot be locked: {(error.strerror or 'unknown error').lower()}"
            raise UnreadableWorkspace(workspace, reason) from error
        return descriptor

    def _is_current(self) -> bool:
        """Whether the locked file is still the one that others find under its name."""
        try:
            found = os.stat(self.path)
        except FileNotFoundError:
            return False
        return os.path.samestat(found, os.fstat(self._descriptor))

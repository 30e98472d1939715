"""The folder beside a workspace that holds its snapshots: for each a file and a note on it.

The note is written last and taken away first, so a file without one is what an interrupted save
left behind. That the note is no part of the file lets a damaged snapshot still say its name.
"""

import json
import os
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sandbox_app.store.older_states import of_newest_schema, remove_whole
from sandbox_app.store.opening import look_at

_ID = re.compile(r"[0-9a-f]{16}")
_NOTE = ".json"
_STATE = ".state"
_LARGEST_NOTE = 100_000


def snapshots_folder(workspace: Path) -> Path:
    """Where the snapshots of a workspace lie or would lie."""
    return workspace.with_name(f"{workspace.name}.snapshots")


class SnapshotFiles:
    """The snapshots of one workspace. Its methods may take milliseconds: call them in a thread.

    Raises from every method:
        OSError: the folder cannot be read or written.
    """

    def __init__(self, workspace: Path) -> None:
        self.folder = snapshots_folder(workspace)

    def ids(self) -> tuple[str, ...]:
        """Every finished snapshot."""
        names = (path.stem for path in self.folder.glob(f"*{_NOTE}"))
        return tuple(sorted(name for name in names if _ID.fullmatch(name)))

    def begin(self) -> tuple[str, Path]:
        """A new id, and where its state is to be written; nothing lies there yet."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        snapshot_id = secrets.token_hex(8)
        return snapshot_id, self.state(snapshot_id)

    def state(self, snapshot_id: str) -> Path:
        """The file with the state."""
        if not _ID.fullmatch(snapshot_id):
            raise FileNotFoundError(f"{snapshot_id!r} is no snapshot's id")
        return self.folder / f"{snapshot_id}{_STATE}"

    def has(self, snapshot_id: str) -> bool:
        """Whether there is such a snapshot."""
        return _ID.fullmatch(snapshot_id) is not None and self._note(snapshot_id).is_file()

    def read_note(self, snapshot_id: str) -> dict[str, Any]:
        """What was noted on a snapshot; empty where the note cannot be read."""
        try:
            with self._note(snapshot_id).open("rb") as file:
                note = json.loads(file.read(_LARGEST_NOTE))
        except (ValueError, RecursionError):
            return {}
        return note if isinstance(note, dict) else {}

    def write_note(self, snapshot_id: str, note: Mapping[str, Any]) -> None:
        """Note something on a snapshot, in place of what was noted before."""
        path = self._note(snapshot_id)
        aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(dict(note), file)
                file.flush()
                os.fsync(file.fileno())
            os.replace(aside, path)
        finally:
            aside.unlink(missing_ok=True)

    def look_at(self, snapshot_id: str) -> None:
        """Turn away what can never be restored, by its first bytes.

        Raises:
            WorkspaceError: it is gone, damaged, or of a newer version.
        """
        look_at(self.state(snapshot_id))

    @contextmanager
    def readable(self, snapshot_id: str) -> Iterator[Path]:
        """The state in a file of the newest schema, for as long as it is read.

        Raises:
            WorkspaceError: it is gone, damaged, of a newer version, or no state at all.
        """
        aside = self.folder / f"{snapshot_id}.{secrets.token_hex(4)}.new"
        try:
            yield of_newest_schema(self.state(snapshot_id), aside)
        finally:
            remove_whole(aside)

    def size(self, snapshot_id: str) -> int:
        """Bytes on disk; 0 for a file that is gone."""
        path = self.state(snapshot_id)
        return path.stat().st_size if path.is_file() else 0

    def remove(self, *snapshot_ids: str) -> None:
        """Delete snapshots for good."""
        for snapshot_id in snapshot_ids:
            self._note(snapshot_id).unlink(missing_ok=True)
            self.state(snapshot_id).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Take away what interrupted saves left, if that can be; while nothing is being saved."""
        finished = set(self.ids())
        for path in (*self.folder.glob(f"*{_STATE}"), *self.folder.glob("*.new")):
            if path.suffix == ".new" or path.stem not in finished:
                with suppress(OSError):
                    path.unlink()

    def _note(self, snapshot_id: str) -> Path:
        return self.state(snapshot_id).with_suffix(_NOTE)

"""Saving, listing, renaming and deleting snapshots."""

from sandbox_app.operations.core import Core
from sandbox_app.workbench.snapshots.snapshot import Origin, Snapshot


async def snapshots(core: Core) -> tuple[Snapshot, ...]:
    """Every snapshot of the workspace, newest first; one that is damaged says so in `problem`."""
    raise NotImplementedError


async def find(core: Core, name_or_id: str) -> Snapshot:
    """The snapshot of that id, or else of that name.

    Raises:
        SnapshotError: there is none.
    """
    raise NotImplementedError


async def save(core: Core, name: str, *, origin: Origin = Origin.SAVED) -> Snapshot:
    """Save the workspace as it is now, without its traffic; publishes `SnapshotsChanged`.

    Raises:
        SnapshotError: the name is empty, too long or taken, or the disk is full.
    """
    raise NotImplementedError


async def rename(core: Core, snapshot_id: str, name: str) -> Snapshot:
    """Give a snapshot another name.

    Raises:
        SnapshotError: the name is empty, too long or taken, or there is no such snapshot.
    """
    raise NotImplementedError


async def delete(core: Core, snapshot_id: str) -> None:
    """Delete a snapshot for good.

    Raises:
        SnapshotError: there is no such snapshot, or it is the seed.
    """
    raise NotImplementedError

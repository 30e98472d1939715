"""What the workspace was when a presentation began, to begin again with the next group."""

from sandbox_app.operations.core import Core
from sandbox_app.workbench import snapshots

NAME = "Before the presentation"
_ALL = 1e12
"""Epoch seconds that no session reaches."""


async def remember_beginning(core: Core) -> str:
    """Save the workspace as it is now, in place of what the last presentation saved; its id.

    Raises:
        SnapshotError: the disk is full.
    """
    for old in await snapshots.snapshots(core):
        if old.name == NAME:
            await snapshots.delete(core, old.id)
    return (await snapshots.save(core, NAME)).id


async def back_to_beginning(core: Core, snapshot_id: str) -> None:
    """Users, tokens and settings are what they were, and every browser has to sign in again.

    Raises:
        SnapshotError: the snapshot is gone, or the workspace cannot be written.
    """
    core.holds.release_all()
    await snapshots.restore(core, snapshot_id)
    with core.change():
        core.store.sessions.purge(_ALL)

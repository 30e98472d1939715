"""A new workspace is never empty: it starts with the demo pool, or goes again."""

from contextlib import suppress
from pathlib import Path

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.resources import resource_path
from sandbox_app.store.snapshot_files import SnapshotFiles
from sandbox_app.workbench.beginning import has_begun, mark_begun
from sandbox_app.workbench.snapshots import Origin


async def seed_if_new(sandbox: Sandbox) -> None:
    """Import the demo template into a workspace that nobody has put anything into yet.

    A start that was interrupted before that leaves such a workspace behind; the next one fills it.
    """
    if has_begun(sandbox.core):
        mark_begun(sandbox.core)
    else:
        await sandbox.seed((resource_path("seeds/demo.yaml"),))


def forget(workspace: Path) -> None:
    """Remove a closed workspace that was made for nothing, with its side files and its seed.

    Other snapshots stay: they are an earlier workspace's that had the same name.
    """
    for suffix in ("", "-wal", "-shm", ".lock"):
        workspace.with_name(workspace.name + suffix).unlink(missing_ok=True)
    files = SnapshotFiles(workspace)
    seeds = [one for one in files.ids() if files.read_note(one).get("origin") == Origin.SEED]
    files.remove(*seeds)
    with suppress(OSError):
        files.folder.rmdir()

"""A new workspace is never empty: it starts with the demo pool, or goes again."""

from pathlib import Path

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.resources import resource_path

_FILLED = "filled"
"""The setting that says a workspace has had its beginning, whatever was deleted since."""


async def seed_if_new(sandbox: Sandbox) -> None:
    """Import the demo template into a workspace that nobody has put anything into yet.

    A start that was interrupted before that leaves such a workspace behind; the next one fills it.
    """
    store = sandbox.core.store
    if store.settings.get(_FILLED) is not None:
        return
    if not store.pools.all():
        await sandbox.seed((resource_path("seeds/demo.yaml"),))
    store.settings.put(_FILLED, "yes")


def forget(workspace: Path) -> None:
    """Remove a closed workspace that was made for nothing, with its side files."""
    for suffix in ("", "-wal", "-shm", ".lock"):
        workspace.with_name(workspace.name + suffix).unlink(missing_ok=True)

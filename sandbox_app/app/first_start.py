"""A new workspace is never empty: it starts with the demo pool, or goes again."""

from pathlib import Path

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.resources import resource_path


async def seed_if_new(sandbox: Sandbox, *, is_new: bool) -> None:
    """Import the demo template into a workspace that was made just now."""
    if is_new:
        await sandbox.seed((resource_path("seeds/demo.yaml"),))


def forget(workspace: Path) -> None:
    """Remove a closed workspace that was made for nothing, with its side files."""
    for suffix in ("", "-wal", "-shm", ".lock"):
        workspace.with_name(workspace.name + suffix).unlink(missing_ok=True)

"""A new workspace is never empty: it starts with the demo pool."""

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.resources import resource_path


async def seed_if_new(sandbox: Sandbox, *, is_new: bool) -> None:
    """Import the demo template into a workspace that was made just now."""
    if is_new:
        await sandbox.seed((resource_path("seeds/demo.yaml"),))

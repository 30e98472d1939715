"""Making the workspace what it was when a snapshot was saved."""

from sandbox_app.operations.core import Core
from sandbox_app.workbench.snapshots.snapshot import Snapshot


async def restore(core: Core, snapshot_id: str, *, keep: bool = True) -> Snapshot | None:
    """Put everything back, or nothing: configuration, people, tokens, keys and conditions.

    The traffic log stays. What can be undone is forgotten, since its ground has shifted.
    Publishes `SnapshotRestored` and `ConditionsChanged` for every part.

    Args:
        keep: save the present first, as "before restoring …"; test suites may spare that.

    Returns:
        The snapshot that was made of the present.

    Raises:
        SnapshotError: there is no such snapshot, it is damaged or from a newer version, or the
            workspace cannot be written; nothing was changed.
    """
    raise NotImplementedError


async def reset_to_seed(core: Core, *, keep: bool = True) -> Snapshot | None:
    """Restore what the workspace was first filled with; see `restore`.

    Raises:
        SnapshotError: it began before snapshots were made, or see `restore`.
    """
    raise NotImplementedError

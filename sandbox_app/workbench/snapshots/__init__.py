"""Snapshots: the whole workspace under a name, to compare with and to come back to.

    saved = await snapshots.save(core, "before the demo")
    …
    for kind in await snapshots.compare(core, saved.id): …
    await snapshots.restore(core, saved.id)
    await snapshots.reset_to_seed(core)

Configuration, users, memberships, sessions, codes, refresh tokens, signing keys and settings with
the conditions are in it; the traffic log is not.
"""

from sandbox_app.workbench.snapshots.comparing import Difference, KindCompared, compare
from sandbox_app.workbench.snapshots.field_changes import FieldChange
from sandbox_app.workbench.snapshots.keeping import (
    delete,
    find,
    remember_seed,
    rename,
    save,
    snapshots,
)
from sandbox_app.workbench.snapshots.restoring import reset_to_seed, restore
from sandbox_app.workbench.snapshots.snapshot import Origin, Snapshot, SnapshotError

__all__ = [
    "Difference",
    "FieldChange",
    "KindCompared",
    "Origin",
    "Snapshot",
    "SnapshotError",
    "compare",
    "delete",
    "find",
    "remember_seed",
    "rename",
    "reset_to_seed",
    "restore",
    "save",
    "snapshots",
]

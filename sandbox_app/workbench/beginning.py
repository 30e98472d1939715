"""How a workspace began: what it was first filled with is remembered, to be reset to."""

import logging

from sandbox_app.operations.core import Core
from sandbox_app.workbench.snapshots import SnapshotError, remember_seed

log = logging.getLogger(__name__)

_FILLED = "filled"
"""The setting that says a workspace has had its beginning, whatever was deleted since."""


def has_begun(core: Core) -> bool:
    """Whether the workspace was filled once, or somebody put something into it."""
    return core.store.settings.get(_FILLED) is not None or bool(core.store.pools.all())


async def begin(core: Core) -> None:
    """Note that the workspace was filled just now, and save that as its seed."""
    mark_begun(core)
    try:
        await remember_seed(core)
    except SnapshotError as error:
        log.warning("the workspace cannot be reset to how it began: %s", error)


def mark_begun(core: Core) -> None:
    """Note that the workspace is never to be filled by itself again."""
    core.store.settings.put(_FILLED, "yes")

"""What reaches outside or runs code, and whether this machine allows it to this workspace."""

from sandbox_app.domain.allowances import Wanted
from sandbox_app.operations.core import Core


def is_allowed(core: Core, wanted: Wanted) -> bool:
    """Whether the workspace, where it lies now, may do exactly this on this machine."""
    return core.allowances.is_allowed(core.store.path, wanted)


def allow(core: Core, wanted: Wanted) -> None:
    """Allow it from now on, for this path and this content alone.

    Raises:
        OSError: the allowances cannot be written.
    """
    core.allowances.allow(core.store.path, wanted)


def withdraw(core: Core, wanted: Wanted) -> None:
    """Take the allowance back; nothing happens if there was none.

    Raises:
        OSError: the allowances cannot be written.
    """
    core.allowances.withdraw(core.store.path, wanted)

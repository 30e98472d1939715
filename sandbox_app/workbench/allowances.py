"""What reaches outside or runs code, and whether this machine allows it to this workspace.

    if is_allowed(core, trigger): …      # asked each time, right before it is done

Whatever can reach outside lists what a workspace wants in `SOURCES`; nothing does yet.
"""

from collections.abc import Callable, Iterable

from sandbox_app.domain.allowances import Allowed, Wanted
from sandbox_app.operations.core import Core

Source = Callable[[Core], Iterable[Wanted]]

SOURCES: tuple[Source, ...] = ()
"""Each tells what the workspace as it is configured now would do."""


def wanted(core: Core) -> tuple[tuple[Wanted, bool], ...]:
    """Everything the workspace would do beyond answering, and whether it is allowed to."""
    return tuple((one, is_allowed(core, one)) for source in SOURCES for one in source(core))


def allowed(core: Core) -> tuple[Allowed, ...]:
    """What was allowed to the workspace where it lies now, wanted still or not."""
    return core.allowances.of(core.store.path)


def is_allowed(core: Core, wanted: Wanted) -> bool:
    """Whether the workspace, where it lies now, may do exactly this on this machine."""
    return any(one.fingerprint == wanted.fingerprint for one in allowed(core))


def allow(core: Core, wanted: Wanted) -> None:
    """Allow it from now on, for this path and this content alone.

    Raises:
        OSError: it cannot be written down.
    """
    if is_allowed(core, wanted):
        return
    now = round(core.clock.true_now.timestamp(), 3)
    made = Allowed(fingerprint=wanted.fingerprint, kind=wanted.kind, subject=wanted.subject, at=now)
    core.allowances.put(core.store.path, (*allowed(core), made))


def withdraw(core: Core, fingerprint: str) -> bool:
    """Take an allowance back; false if there was none.

    Raises:
        OSError: it cannot be written down; then it is still allowed.
    """
    before = allowed(core)
    after = tuple(one for one in before if one.fingerprint != fingerprint)
    if after == before:
        return False
    core.allowances.put(core.store.path, after)
    return True

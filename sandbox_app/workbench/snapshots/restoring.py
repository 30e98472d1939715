"""Making the workspace what it was when a snapshot was saved."""

from functools import partial

from sandbox_app.domain.events import ConditionsChanged, EditsChanged, SnapshotRestored
from sandbox_app.operations.core import Core
from sandbox_app.store import WorkspaceError
from sandbox_app.store.restoring import FEW_ROWS
from sandbox_app.workbench.conditions.parts import PARTS, recall
from sandbox_app.workbench.snapshots.keeping import LONGEST_NAME, forget_oldest, save, snapshots
from sandbox_app.workbench.snapshots.snapshot import Origin, Snapshot, SnapshotError

_TRIES = 20
_TRIES_IN_PLACE = 3


async def restore(core: Core, snapshot_id: str, *, keep: bool = True) -> Snapshot | None:
    """Put everything back, or nothing: configuration, people, tokens, keys and conditions.

    The traffic log stays, and so do keys that a pool had not needed yet when the snapshot was
    saved. What can be undone is forgotten, since its ground has shifted. What others do while it
    is being restored is lost. Publishes `SnapshotRestored` and `ConditionsChanged` for every part.

    Args:
        keep: save the present first, as "Before restoring …"; test suites may spare that.

    Returns:
        The snapshot that was made of the present.

    Raises:
        SnapshotError: there is no such snapshot, it is damaged or from a newer version, or the
            workspace cannot be written; nothing was changed.
    """
    snapshot = next((one for one in await snapshots(core) if one.id == snapshot_id), None)
    if snapshot is None:
        raise SnapshotError("There is no such snapshot any more.")
    if snapshot.problem:
        raise SnapshotError(f"“{snapshot.name}”: {snapshot.problem}")
    kept = await save(core, _before(snapshot), origin=Origin.BEFORE_RESTORE) if keep else None
    await _put_back(core, snapshot)
    _tell(core, snapshot)
    if keep:
        await forget_oldest(core)
    return kept


async def reset_to_seed(core: Core, *, keep: bool = True) -> Snapshot | None:
    """Restore what the workspace was first filled with; see `restore`.

    Raises:
        SnapshotError: it began before snapshots were made, or see `restore`.
    """
    seed = next((one for one in await snapshots(core) if one.origin is Origin.SEED), None)
    if seed is None:
        raise SnapshotError(
            "What this workspace was first filled with is not known: it was not filled by the "
            "program, or by one that made no snapshots yet."
        )
    return await restore(core, seed.id, keep=keep)


async def _put_back(core: Core, snapshot: Snapshot) -> None:
    store = core.store
    try:
        restoration = store.restoration(store.snapshots.state(snapshot.id))
    except WorkspaceError as error:
        raise SnapshotError("Another snapshot is being restored just now.") from error
    try:
        for number in range(_TRIES):
            changes = store.changes
            most = FEW_ROWS if number < _TRIES_IN_PLACE else -1
            await core.aside(partial(store.prepare, restoration, most=most))
            if store.finish(restoration, changes):
                return
        raise SnapshotError("Others keep the workspace busy; nothing was restored.")
    except WorkspaceError as error:
        what = "It" if error.path == restoration.saved else "The workspace"
        raise SnapshotError(
            f"“{snapshot.name}” cannot be restored. {what} {error.reason}."
        ) from error
    finally:
        store.give_up(restoration)
        await core.aside(restoration.discard)


def _tell(core: Core, snapshot: Snapshot) -> None:
    core.keys.forget_all()
    recall(core)
    core.bus.publish(SnapshotRestored(snapshot.name))
    core.bus.publish(EditsChanged("", ""))
    for part in PARTS:
        core.bus.publish(ConditionsChanged(part.name))


def _before(snapshot: Snapshot) -> str:
    return f"Before restoring {snapshot.name}"[:LONGEST_NAME]

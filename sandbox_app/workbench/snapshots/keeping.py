"""Saving, listing, renaming and deleting snapshots."""

import sqlite3
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from sandbox_app.domain.events import SnapshotsChanged
from sandbox_app.operations.core import Core
from sandbox_app.store import WorkspaceError
from sandbox_app.workbench.snapshots.snapshot import Origin, Snapshot, SnapshotError

LONGEST_NAME = 80
KEPT_BEFORE_RESTORE = 5
"""Snapshots that made themselves before another one was restored, and are kept."""

_COUNTED: Mapping[str, str] = MappingProxyType(
    {
        "user_pool": "pools",
        "user_pool_client": "app clients",
        "user_group": "groups",
        "resource_server": "resource servers",
        "pool_user": "users",
        "browser_session": "sessions",
        "refresh_grant": "refresh tokens",
        "signing_key": "signing keys",
    }
)
"""Tables whose rows people count, and what they call them."""

ResultT = TypeVar("ResultT")


async def snapshots(core: Core) -> tuple[Snapshot, ...]:
    """Every snapshot of the workspace, newest first; one that is damaged says so in `problem`."""
    return await core.aside(lambda: _all(core))


async def find(core: Core, name_or_id: str) -> Snapshot:
    """The snapshot of that id, or else the newest of that name.

    Raises:
        SnapshotError: there is none.
    """
    found = await snapshots(core)
    for snapshot in found:
        if snapshot.id == name_or_id:
            return snapshot
    for snapshot in found:
        if snapshot.name.casefold() == name_or_id.strip().casefold():
            return snapshot
    raise SnapshotError(f"There is no snapshot “{name_or_id[:LONGEST_NAME]}”.")


async def save(core: Core, name: str, *, origin: Origin = Origin.SAVED) -> Snapshot:
    """Save the workspace as it is now, without its traffic; publishes `SnapshotsChanged`.

    Raises:
        SnapshotError: the name is empty, too long or taken, or the disk is full.
    """
    wanted, moment = _checked_name(name), round(core.clock.true_now.timestamp(), 3)

    def work() -> Snapshot:
        if origin is Origin.SAVED:
            _refuse_taken(core, wanted)
        return _save(core, {"name": wanted, "origin": str(origin), "saved_at": moment})

    saved = await _written(core, work)
    core.bus.publish(SnapshotsChanged())
    return saved


async def rename(core: Core, snapshot_id: str, name: str) -> Snapshot:
    """Give a snapshot another name.

    Raises:
        SnapshotError: the name is empty, too long or taken, or there is no such snapshot.
    """
    wanted = _checked_name(name)

    def work() -> Snapshot:
        _refuse_absent(core, snapshot_id)
        _refuse_taken(core, wanted, but=snapshot_id)
        files = core.store.snapshots
        files.write_note(snapshot_id, {**files.read_note(snapshot_id), "name": wanted})
        return _snapshot(core, snapshot_id)

    renamed = await _written(core, work)
    core.bus.publish(SnapshotsChanged())
    return renamed


async def delete(core: Core, snapshot_id: str) -> None:
    """Delete a snapshot for good.

    Raises:
        SnapshotError: there is no such snapshot, or it is the seed.
    """

    def work() -> None:
        _refuse_absent(core, snapshot_id)
        if _snapshot(core, snapshot_id).origin is Origin.SEED:
            raise SnapshotError("What the workspace was first filled with cannot be deleted.")
        core.store.snapshots.remove(snapshot_id)

    await _written(core, work)
    core.bus.publish(SnapshotsChanged())


async def remember_seed(core: Core) -> None:
    """Save what the workspace was filled with just now, to be reset to, in place of what was.

    Raises:
        SnapshotError: the disk is full.
    """
    former = [one.id for one in await snapshots(core) if one.origin is Origin.SEED]
    await save(core, "Seed", origin=Origin.SEED)
    await core.aside(lambda: core.store.snapshots.remove(*former))


async def forget_oldest(core: Core) -> None:
    """Let go of all but the newest snapshots that made themselves before a restore."""
    own = [one.id for one in await snapshots(core) if one.origin is Origin.BEFORE_RESTORE]
    gone = own[KEPT_BEFORE_RESTORE:]
    if gone:
        await core.aside(lambda: core.store.snapshots.remove(*gone))
        core.bus.publish(SnapshotsChanged())


def _all(core: Core) -> tuple[Snapshot, ...]:
    files = core.store.snapshots
    # By number and not by date: clocks step back, and in tests they stand still.
    ids = sorted(files.ids(), key=lambda one: (_number(files.read_note(one)), one), reverse=True)
    return tuple(_snapshot(core, snapshot_id) for snapshot_id in ids)


def _number(note: Mapping[str, Any]) -> int:
    number = note.get("number")
    return number if isinstance(number, int) else 0


def _snapshot(core: Core, snapshot_id: str) -> Snapshot:
    files = core.store.snapshots
    note = files.read_note(snapshot_id)
    problem = ""
    try:
        files.look_at(snapshot_id)
    except WorkspaceError as error:
        problem = f"It cannot be restored: its file {error.reason}."
    counts, moment = note.get("counts"), note.get("saved_at")
    return Snapshot(
        id=snapshot_id,
        name=str(note.get("name") or f"Snapshot {snapshot_id}"),
        origin=_origin(note.get("origin")),
        saved_at=float(moment) if isinstance(moment, int | float) else 0.0,
        size=files.size(snapshot_id),
        counts=_counted(counts if isinstance(counts, dict) else {}),
        problem=problem,
    )


def _origin(word: Any) -> Origin:
    return Origin(word) if word in tuple(Origin) else Origin.SAVED


def _counted(rows: Mapping[str, Any]) -> Mapping[str, int]:
    return {
        words: rows[table]
        for table, words in _COUNTED.items()
        if isinstance(rows.get(table), int) and rows[table]
    }


def _save(core: Core, note: Mapping[str, Any]) -> Snapshot:
    files = core.store.snapshots
    number = 1 + max((_number(files.read_note(one)) for one in files.ids()), default=0)
    snapshot_id, target = files.begin()
    try:
        counts = core.store.save_state(target)
        files.write_note(snapshot_id, {**note, "number": number, "counts": counts})
    except BaseException:
        files.remove(snapshot_id)
        raise
    return _snapshot(core, snapshot_id)


async def _written(core: Core, work: Callable[[], ResultT]) -> ResultT:
    try:
        return await core.aside(work)
    except OSError as error:
        raise SnapshotError(_cannot(error.strerror or "unknown error")) from error
    except sqlite3.Error as error:
        raise SnapshotError(_cannot(str(error))) from error


def _cannot(reason: str) -> str:
    return f"The snapshots cannot be written: {reason[:1].lower()}{reason[1:]}."


def _checked_name(name: str) -> str:
    wanted = " ".join(name.split())
    if not wanted:
        raise SnapshotError("A snapshot needs a name.", field="name")
    if len(wanted) > LONGEST_NAME or not wanted.isprintable():
        raise SnapshotError(
            f"A name has at most {LONGEST_NAME} characters, all of them visible.", field="name"
        )
    return wanted


def _refuse_taken(core: Core, name: str, *, but: str = "") -> None:
    taken = any(one.id != but and one.name.casefold() == name.casefold() for one in _all(core))
    if taken:
        raise SnapshotError(f"There is a snapshot “{name}” already.", field="name")


def _refuse_absent(core: Core, snapshot_id: str) -> None:
    if not core.store.snapshots.has(snapshot_id):
        raise SnapshotError("There is no such snapshot any more.")

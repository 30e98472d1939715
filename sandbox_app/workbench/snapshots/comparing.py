"""What differs between two snapshots, or between a snapshot and the present."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sandbox_app.domain.events import Change
from sandbox_app.operations.core import Core
from sandbox_app.store import WorkspaceError
from sandbox_app.store.comparing import Compared, compared, two_states
from sandbox_app.workbench.snapshots.field_changes import FieldChange, field_changes
from sandbox_app.workbench.snapshots.kinds import KINDS, Row, StoredKind
from sandbox_app.workbench.snapshots.snapshot import SnapshotError

MOST_LISTED = 500
"""Differences of each sort within a kind that are listed one by one; more are only counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that was created, changed or deleted. `fields` is empty unless it was changed.

    `kind` is a word such as `user` or `app client`; `name` is for a person.
    """

    kind: str
    change: Change
    pool_id: str
    identifier: str
    name: str
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCompared:
    """All differences of one kind; `listed` are the first of them."""

    kind: str
    created: int
    changed: int
    deleted: int
    listed: tuple[Difference, ...]


async def compare(core: Core, before: str, after: str | None = None) -> tuple[KindCompared, ...]:
    """What was done between two states, kind by kind; empty when they are the same.

    Args:
        before: a snapshot's id.
        after: another snapshot's id; `None` for the present.

    Raises:
        SnapshotError: there is no such snapshot, or it cannot be read.
    """
    return await core.aside(lambda: _compare(core, before, after))


def _compare(core: Core, before: str, after: str | None) -> tuple[KindCompared, ...]:
    with _readable(core, before) as first, _after(core, after) as second:
        try:
            with two_states(first, second) as connection:
                found = [_compared(connection, kind) for kind in KINDS]
        except (sqlite3.Error, ValueError, KeyError, AttributeError, RecursionError) as error:
            raise SnapshotError(f"They cannot be compared, for one is damaged: {error}.") from error
    return tuple(one for one in found if one.created or one.changed or one.deleted)


@contextmanager
def _after(core: Core, after: str | None) -> Iterator[Path]:
    if after is not None:
        with _readable(core, after) as path:
            yield path
        return
    # As long as somebody reads, the file of the workspace is not exchanged.
    with core.store.reading():
        yield core.store.path


@contextmanager
def _readable(core: Core, snapshot_id: str) -> Iterator[Path]:
    files = core.store.snapshots
    if not files.has(snapshot_id):
        raise SnapshotError("There is no such snapshot any more.")
    with ExitStack() as stack:
        try:
            path = stack.enter_context(files.readable(snapshot_id))
        except WorkspaceError as error:
            name = files.read_note(snapshot_id).get("name", snapshot_id)
            raise SnapshotError(f"“{name}” cannot be compared: its file {error.reason}.") from error
        yield path


def _compared(connection: sqlite3.Connection, kind: StoredKind) -> KindCompared:
    found = compared(connection, kind.table, kind.key, without=kind.without, most=MOST_LISTED)
    return KindCompared(
        kind=kind.word,
        created=found.created,
        changed=found.changed,
        deleted=found.deleted,
        listed=tuple(_differences(kind, found)),
    )


def _differences(kind: StoredKind, found: Compared) -> Iterator[Difference]:
    for row in found.created_rows:
        yield _difference(kind, Change.CREATED, row)
    for before, after in found.changed_rows:
        fields = field_changes(kind.state(before), kind.state(after))
        yield _difference(kind, Change.UPDATED, after, fields)
    for row in found.deleted_rows:
        yield _difference(kind, Change.DELETED, row)


def _difference(
    kind: StoredKind, change: Change, row: Row, fields: tuple[FieldChange, ...] = ()
) -> Difference:
    pool = "id" if kind.table == "user_pool" else "user_pool_id"
    return Difference(
        kind=kind.word,
        change=change,
        pool_id=str(row.get(pool, "")),
        identifier=kind.identifier(row),
        name=kind.name(row),
        fields=fields,
    )

"""Edits that can be taken back: what the window does to a workspace, step by step."""

from collections.abc import Iterator
from contextlib import contextmanager

from sandbox_app.domain.events import Change, ConfigurationChanged, EditsChanged, Kind
from sandbox_app.operations.core import Core
from sandbox_app.store import ChangedMeanwhile, Step, Touched

_KINDS = {
    "user_pool": (Kind.USER_POOL, "id"),
    "deleted_pool": (Kind.USER_POOL, "user_pool_id"),
    "user_pool_client": (Kind.CLIENT, "id"),
    "user_pool_domain": (Kind.DOMAIN, "domain"),
    "resource_server": (Kind.RESOURCE_SERVER, "identifier"),
    "user_group": (Kind.GROUP, "group_name"),
    "pool_user": (Kind.USER, "sub"),
    "membership": (Kind.MEMBERSHIP, "sub"),
}
"""Tables that listeners hear of, and the column that identifies what changed."""

_WORDS = {
    "user_pool": "The pool",
    "deleted_pool": "The pool",
    "user_pool_client": "The app client",
    "user_pool_domain": "The domain",
    "resource_server": "The resource server",
    "user_group": "The group",
    "pool_user": "The user",
    "user_alias": "A user's e-mail address, phone number or preferred name",
    "membership": "A group membership",
}


class CannotUndo(Exception):
    """An edit that cannot be taken back or made again; reads as one sentence for a person."""


@contextmanager
def step(core: Core, label: str) -> Iterator[None]:
    """Everything done inside, awaits included, is one edit; what fails or changes nothing is none.

    Args:
        label: what is done, as a command: "Change callback URLs of web".
    """
    try:
        with core.store.journal.step(label):
            yield
    finally:
        _publish_edits(core)


def undoable(core: Core) -> str:
    """The edit that `undo` would take back; empty when there is none."""
    return _label(core.store.journal.last(undone=False))


def redoable(core: Core) -> str:
    """The edit that `redo` would make again; empty when there is none."""
    return _label(core.store.journal.last(undone=True))


def undo(core: Core) -> str:
    """Take the last edit back; which one it was.

    Raises:
        CannotUndo: there is none, or somebody else changed the same since; nothing was done.
    """
    return _revert(core, undone=False)


def redo(core: Core) -> str:
    """Make the edit again that was taken back last; which one it was.

    Raises:
        CannotUndo: there is none, or somebody else changed the same since; nothing was done.
    """
    return _revert(core, undone=True)


def _revert(core: Core, *, undone: bool) -> str:
    last = core.store.journal.last(undone=undone)
    verb = "made again" if undone else "taken back"
    if last is None:
        raise CannotUndo(f"There is nothing to be {verb}.")
    try:
        rows = core.store.revert(last)
    except ChangedMeanwhile as error:
        what = _WORDS.get(error.table, "Something it changed")
        raise CannotUndo(
            f"“{last.label}” cannot be {verb}: {what[0].lower()}{what[1:]} {error.key[-1]} "
            "was changed by something else since."
        ) from error
    for pool_id in {_pool_id(core, row) for row in rows if row.table == "deleted_pool"}:
        core.keys.forget(pool_id)
    for event in dict.fromkeys(_events(core, rows)):
        core.bus.publish(event)
    _publish_edits(core)
    return last.label


def _events(core: Core, rows: tuple[Touched, ...]) -> Iterator[ConfigurationChanged]:
    for row in rows:
        if row.table not in _KINDS:
            continue
        kind, column = _KINDS[row.table]
        identifier = str(core.store.journal.column(row, column))
        yield ConfigurationChanged(kind, _change(row), _pool_id(core, row), identifier)


def _pool_id(core: Core, row: Touched) -> str:
    column = "id" if row.table == "user_pool" else "user_pool_id"
    return str(core.store.journal.column(row, column))


def _change(row: Touched) -> Change:
    made, gone = row.before is None, row.after is None
    if row.table == "deleted_pool":
        # The mark that goes is the pool that comes.
        made, gone = gone, made
    if made:
        return Change.CREATED
    return Change.DELETED if gone else Change.UPDATED


def _publish_edits(core: Core) -> None:
    core.bus.publish(EditsChanged(undoable(core), redoable(core)))


def _label(found: Step | None) -> str:
    return "" if found is None else found.label

"""`/_sandbox/snapshots`: the whole workspace under a name, to compare with and to come back to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from typing import Any

from sandbox_app.domain.events import Change
from sandbox_app.server.control.route import Asked, Mistake, Route
from sandbox_app.server.control.schema import (
    flag,
    listed,
    mapping,
    maybe,
    number,
    record,
    text,
    whole,
)
from sandbox_app.workbench import snapshots
from sandbox_app.workbench.snapshots import Origin, Snapshot, SnapshotError

_SNAPSHOT = record(
    {
        "id": text(),
        "name": text(),
        "origin": text(among=Origin),
        "saved_at": number("Epoch seconds by the machine's clock."),
        "size": whole("Bytes on disk."),
        "counts": mapping(whole(), "What it holds."),
        "problem": text("Why it cannot be restored; empty when it can."),
    }
)
_RESTORED = record({"kept": maybe(_SNAPSHOT)}, words="What was saved of the present before.")
_KEEP = flag("Save the present first; true without it.")
_DIFFERENCE = record(
    {
        "kind": text(),
        "change": text(among=Change),
        "pool_id": text(),
        "identifier": text(),
        "name": text(),
        "fields": listed(record({"name": text(), "before": text(), "after": text()})),
    }
)
_COMPARED = record(
    {
        "kind": text("Such as user or app client."),
        "created": whole(),
        "changed": whole(),
        "deleted": whole(),
        "listed": listed(_DIFFERENCE, "The first of them; secrets are masked."),
    }
)
_NAMED = {"snapshot": text("Its id or name.")}


async def list_snapshots(asked: Asked) -> Any:
    """All of them."""
    return {"snapshots": [_told(each) for each in await snapshots.snapshots(asked.core)]}


async def save(asked: Asked) -> Any:
    """One more."""
    with _possible():
        return _told(await snapshots.save(asked.core, asked.body["name"]))


async def rename(asked: Asked) -> Any:
    """Another name."""
    found = await _found(asked)
    with _possible():
        return _told(await snapshots.rename(asked.core, found.id, asked.body["name"]))


async def delete(asked: Asked) -> Any:
    """One less."""
    found = await _found(asked)
    with _possible():
        await snapshots.delete(asked.core, found.id)
    return await list_snapshots(asked)


async def restore(asked: Asked) -> Any:
    """As it was then."""
    found = await _found(asked)
    with _possible():
        kept = await snapshots.restore(asked.core, found.id, keep=asked.body.get("keep", True))
    return {"kept": None if kept is None else _told(kept)}


async def reset(asked: Asked) -> Any:
    """As it was in the beginning."""
    with _possible():
        kept = await snapshots.reset_to_seed(asked.core, keep=asked.body.get("keep", True))
    return {"kept": None if kept is None else _told(kept)}


async def compare(asked: Asked) -> Any:
    """With another, or with the present."""
    before, after = await _found(asked), None
    if "with" in asked.query:
        with _possible(status=404):
            after = (await snapshots.find(asked.core, asked.query["with"])).id
    with _possible():
        found = await snapshots.compare(asked.core, before.id, after)
    return {"kinds": [asdict(each) for each in found]}


async def _found(asked: Asked) -> Snapshot:
    with _possible(status=404):
        return await snapshots.find(asked.core, asked.named["snapshot"])


def _told(snapshot: Snapshot) -> dict[str, Any]:
    members = {field.name: getattr(snapshot, field.name) for field in fields(snapshot)}
    return {**members, "counts": dict(snapshot.counts)}


@contextmanager
def _possible(*, status: int = 400) -> Iterator[None]:
    try:
        yield
    except SnapshotError as error:
        word = "not_found" if status == 404 else "invalid"
        raise Mistake(word, str(error), field=error.field, status=status) from error


ROUTES = (
    Route(
        method="GET",
        path="/_sandbox/snapshots",
        summary="Every snapshot, newest first.",
        handler=list_snapshots,
        calls=(snapshots.snapshots,),
        gives=record({"snapshots": listed(_SNAPSHOT)}),
    ),
    Route(
        method="POST",
        path="/_sandbox/snapshots",
        summary="Save everything but the traffic under a name.",
        handler=save,
        calls=(snapshots.save,),
        takes=record({"name": text()}),
        gives=_SNAPSHOT,
    ),
    Route(
        method="PATCH",
        path="/_sandbox/snapshots/{snapshot}",
        summary="Give a snapshot another name.",
        handler=rename,
        calls=(snapshots.rename,),
        named=_NAMED,
        takes=record({"name": text()}),
        gives=_SNAPSHOT,
    ),
    Route(
        method="DELETE",
        path="/_sandbox/snapshots/{snapshot}",
        summary="Delete a snapshot for good.",
        handler=delete,
        calls=(snapshots.delete,),
        named=_NAMED,
        gives=record({"snapshots": listed(_SNAPSHOT)}),
    ),
    Route(
        method="POST",
        path="/_sandbox/snapshots/{snapshot}/restore",
        summary="Make everything as it was when the snapshot was saved, conditions included.",
        handler=restore,
        calls=(snapshots.restore,),
        named=_NAMED,
        takes=record(optional={"keep": _KEEP}),
        gives=_RESTORED,
    ),
    Route(
        method="GET",
        path="/_sandbox/snapshots/{snapshot}/differences",
        summary="What was done since a snapshot, or between two of them.",
        handler=compare,
        calls=(snapshots.compare,),
        named=_NAMED,
        query={"with": text("Another snapshot's id or name; the present without it.")},
        gives=record({"kinds": listed(_COMPARED)}),
    ),
    Route(
        method="POST",
        path="/_sandbox/reset",
        summary="Make everything as it was when the workspace was first filled.",
        handler=reset,
        calls=(snapshots.reset_to_seed,),
        takes=record(optional={"keep": _KEEP}),
        gives=_RESTORED,
    ),
)

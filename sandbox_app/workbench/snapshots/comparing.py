"""What differs between two snapshots, or between a snapshot and the present."""

from dataclasses import dataclass

from sandbox_app.domain.events import Change
from sandbox_app.operations.core import Core

MOST_LISTED = 500
"""Differences of one kind that are listed one by one; further ones are only counted."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field by its name in the API, before and after as short texts; secrets are masked.

    An empty text stands for a field that was not there.
    """

    name: str
    before: str
    after: str


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
    raise NotImplementedError

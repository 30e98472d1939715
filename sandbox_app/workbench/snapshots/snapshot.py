"""A saved state of the workspace, as lists show it, and why something cannot be done with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Origin(StrEnum):
    """How a snapshot came to be."""

    SAVED = "saved"
    """Somebody asked for it, under a name of their choice."""
    SEED = "seed"
    """What the workspace was first filled with; there is one, and it is never deleted."""
    BEFORE_RESTORE = "before restore"
    """Made by itself before another one was restored; the oldest of these go by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One snapshot.

    Args:
        id: names it to every function here, and stays when it is renamed.
        saved_at: epoch seconds by the machine's clock, whatever the sandbox's clock said then.
        size: bytes on disk.
        counts: how many rows of what it holds, by words such as `users` and `app clients`.
        problem: one sentence on why it cannot be restored; empty when it can.
    """

    id: str
    name: str
    origin: Origin
    saved_at: float
    size: int
    counts: Mapping[str, int] = field(default_factory=dict)
    problem: str = ""


class SnapshotError(Exception):
    """Something cannot be done with a snapshot; reads as one sentence for a person.

    Nothing was changed. `field` is `name` where the name is to blame.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field

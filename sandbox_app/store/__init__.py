"""The workspace file: rows in, records out."""

from sandbox_app.store.endings import EndingRow
from sandbox_app.store.errors import (
    NewerWorkspace,
    NotAWorkspace,
    UnreadableWorkspace,
    WorkspaceError,
    WorkspaceInUse,
)
from sandbox_app.store.journal import ChangedMeanwhile, Step, Touched
from sandbox_app.store.keys import StoredKey
from sandbox_app.store.remembered import ImportedId
from sandbox_app.store.store import Store
from sandbox_app.store.traffic import TrafficLog, TrafficRow
from sandbox_app.store.user_filter import UserFilter

__all__ = [
    "ChangedMeanwhile",
    "EndingRow",
    "ImportedId",
    "NewerWorkspace",
    "NotAWorkspace",
    "Step",
    "Store",
    "StoredKey",
    "Touched",
    "TrafficLog",
    "TrafficRow",
    "UnreadableWorkspace",
    "UserFilter",
    "WorkspaceError",
    "WorkspaceInUse",
]

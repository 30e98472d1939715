"""Why a workspace could not be opened; each message is one plain sentence that names the file."""

from pathlib import Path


class WorkspaceError(Exception):
    """A workspace that cannot be used; nothing about it was changed."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} {reason}.")
        self.path = path
        self.reason = reason


class NotAWorkspace(WorkspaceError):
    """The file is something else, or somebody put something of their own into it."""


class NewerWorkspace(WorkspaceError):
    """A later version of the program wrote the file."""


class WorkspaceInUse(WorkspaceError):
    """Another sandbox has the file open."""


class UnreadableWorkspace(WorkspaceError):
    """The system or SQLite cannot read or write the file, or its contents are damaged."""

"""Leave to reach outside or to run code: asked of the machine, never of the workspace.

A workspace is a file that people hand around. What it would do beyond answering requests stays
off until somebody allows it on this machine, for this very file and this very content.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One thing that needs leave.

    Args:
        kind: what would be done, such as `http trigger` or `metadata url`.
        subject: whose it is, such as a pool's id and the trigger's name.
        content: the URL or the code, whole. Another character makes another thing.
    """

    kind: str
    subject: str
    content: str

    @property
    def fingerprint(self) -> str:
        """SHA-256 over all of it, in hexadecimal; no two things have the same."""
        parts = [part.encode("utf-8", "surrogatepass") for part in self._parts]
        lengths = ",".join(str(len(part)) for part in parts)
        return hashlib.sha256(f"{lengths}\n".encode() + b"".join(parts)).hexdigest()

    @property
    def _parts(self) -> tuple[str, str, str]:
        return self.kind, self.subject, self.content


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """Something that was allowed; `at` is in epoch seconds. The content is kept as its hash."""

    fingerprint: str
    kind: str
    subject: str
    at: float


class Allowances(Protocol):
    """What was allowed on this machine, workspace by workspace.

    A workspace is named by its absolute path: one that was moved or copied is another one.
    """

    def of(self, workspace: Path) -> tuple[Allowed, ...]:
        """Everything that workspace may do, in the order it was allowed."""
        ...

    def put(self, workspace: Path, allowed: tuple[Allowed, ...]) -> None:
        """Let it do this and nothing else.

        Raises:
            OSError: it cannot be written down; then it stays as it was.
        """
        ...


class AllowancesInMemory:
    """Allowances that end with the program, for workspaces that do too."""

    def __init__(self) -> None:
        self._allowed: dict[Path, tuple[Allowed, ...]] = {}

    def of(self, workspace: Path) -> tuple[Allowed, ...]:
        """Everything that workspace may do."""
        return self._allowed.get(workspace, ())

    def put(self, workspace: Path, allowed: tuple[Allowed, ...]) -> None:
        """Let it do this and nothing else."""
        self._allowed[workspace] = allowed

"""Leave to reach outside or to run code: asked of the machine, never of the workspace."""

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
        """SHA-256 over all of it, in hexadecimal."""
        parts = (self.kind, self.subject, self.content)
        lengths = ",".join(str(len(part)) for part in parts)
        text = f"{lengths}\n{''.join(parts)}"
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Allowances(Protocol):
    """What was allowed on this machine; bound to a workspace's path and to the content."""

    def is_allowed(self, workspace: Path, wanted: Wanted) -> bool:
        """Whether that workspace may do exactly this."""
        ...

    def allow(self, workspace: Path, wanted: Wanted) -> None:
        """Allow it from now on.

        Raises:
            OSError: it cannot be written down.
        """
        ...

    def withdraw(self, workspace: Path, wanted: Wanted) -> None:
        """Take the allowance back.

        Raises:
            OSError: it cannot be written down.
        """
        ...


class NothingAllowed:
    """For a core that never reaches outside: nothing is allowed, and nothing can be."""

    def is_allowed(self, workspace: Path, wanted: Wanted) -> bool:
        """Never."""
        return False

    def allow(self, workspace: Path, wanted: Wanted) -> None:
        """Refused."""
        raise PermissionError("nothing can be allowed here")

    def withdraw(self, workspace: Path, wanted: Wanted) -> None:
        """There is nothing to take back."""

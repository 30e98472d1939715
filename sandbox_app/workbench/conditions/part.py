"""What every kind of condition can do, so that all of them are told, kept and undone alike."""

from collections.abc import Mapping
from typing import Any, Protocol

from sandbox_app.operations.core import Core


class Part(Protocol):
    """One kind of condition: the clock, the keys, the faults …"""

    @property
    def name(self) -> str:
        """Its word in `ConditionsChanged`, in the workspace and in the control interface."""
        ...

    def deviations(self, core: Core) -> tuple[str, ...]:
        """Short words on each thing that differs from the real service; empty when normal."""
        ...

    def straighten(self, core: Core) -> None:
        """Make it normal again."""
        ...

    def kept(self, core: Core) -> Mapping[str, Any]:
        """What the workspace keeps of it, as JSON; empty when there is nothing to keep."""
        ...

    def recall(self, core: Core, kept: Mapping[str, Any]) -> None:
        """Bend it as it was kept.

        Raises:
            ValueError, KeyError, TypeError: this is nothing that `kept` returned.
        """
        ...

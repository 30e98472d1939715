"""The sandbox's clock stands still while an answer is held back, and goes on from there."""

from datetime import timedelta

from sandbox_app.domain.events import ConditionsChanged
from sandbox_app.operations.core import Core
from sandbox_app.workbench.conditions.clock import CLOCK


class Standstill:
    """Stops the clock for a while, without keeping that for the next start.

    A clock that somebody else stopped is left to them.
    """

    def __init__(self, core: Core) -> None:
        self._core = core
        self._stopped = False
        self._lost = timedelta(0)

    def begin(self) -> None:
        """Stand still from now on."""
        if not self._stopped and self._core.clock.frozen_at is None:
            self._core.clock.freeze()
            self._stopped = True
            self._tell()

    def end(self) -> None:
        """Go on from where it stood; the time that went by is lost to everybody in the sandbox."""
        clock = self._core.clock
        if self._stopped and clock.frozen_at is not None:
            before = clock.offset
            clock.run()
            self._lost += before - clock.offset
            self._tell()
        self._stopped = False

    def make_good(self) -> None:
        """Give back all that was lost, so that the clock tells what it would have told."""
        self.end()
        if self._lost:
            self._core.clock.advance(self._lost)
            self._lost = timedelta(0)
            self._tell()

    def _tell(self) -> None:
        self._core.bus.publish(ConditionsChanged(CLOCK.name))

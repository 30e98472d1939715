"""When the window's program looks for garbage: in the window's thread, while nobody waits."""

import gc
from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, QTimer

_SWEEP_MS = 50
_LOOK_MS = 5_000
_SOON, _LATE = 60.0, 1_800.0
"""Seconds since the last time: after the one it waits for a good moment, after the other not."""

_MUCH = 700
"""New objects that are worth a look, as for Python itself."""

_YOUNG_FOR = 40
"""Sweeps that look through the youngest alone, before one looks at those that outlived them."""

_TOO_MANY = 20_000
"""Objects that take some milliseconds to look through."""

_BUSY = 10
"""Sweeps between two looks that show that something goes on."""


class Collecting(QObject):
    """Takes from Python the choice of moment and thread for its collections.

    Python collects in whichever thread makes the one object too many. A widget that only a
    collection frees would be destroyed there, beside the window that still paints it. And a full
    collection, in the midst of anything, holds server and window for 100 ms where the list in Live
    is full. Here what is young is looked through twenty times a second, which takes a millisecond
    or two, and everything while nobody waits.

    Args:
        looked_at: whether a person has the window before her.
        clock: seconds that only grow.
    """

    def __init__(
        self,
        looked_at: Callable[[], bool],
        clock: Callable[[], float] = monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._looked_at = looked_at
        self._clock = clock
        self._last = clock()
        self._sweeps = self._seen = 0
        self._outlived = 0
        self._automatic = True
        self._sweeping = self._every(_SWEEP_MS, self.sweep)
        self._looking = self._every(_LOOK_MS, self.look)

    def begin(self) -> None:
        """From now on; what there is by now stays, and is not looked through again."""
        self._automatic = gc.isenabled()
        gc.disable()
        self.collect()
        self._sweeping.start()
        self._looking.start()

    def end(self) -> None:
        """Leave it to Python again, if it was before."""
        self._sweeping.stop()
        self._looking.stop()
        gc.unfreeze()
        if self._automatic:
            gc.enable()

    def sweep(self) -> None:
        """Look through what is young, if there is much of it, but not too much."""
        young = gc.get_count()[0]
        if young <= _MUCH:
            return
        self._sweeps += 1
        older_too = self._sweeps % _YOUNG_FOR == 0
        if young + (self._outlived if older_too else 0) > _TOO_MANY:
            gc.freeze()
            self._outlived = 0
            return
        garbage = gc.collect(1 if older_too else 0)
        self._outlived = 0 if older_too else self._outlived + young - garbage

    def look(self) -> None:
        """Collect all if this is a good moment, or if there was none for long."""
        busy, self._seen = self._sweeps - self._seen, self._sweeps
        waited = self._clock() - self._last
        # So little was made since the last look that nothing can be going on.
        quiet = busy < _BUSY and not self._looked_at()
        if waited > _LATE or (quiet and waited > _SOON and any(gc.get_count())):
            self.collect()

    def collect(self) -> None:
        """Throw garbage away, and pass over what is left until the next time."""
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        self._last = self._clock()

    def _every(self, milliseconds: int, work: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.timeout.connect(work)
        return timer

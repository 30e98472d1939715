"""When the window's program looks for garbage among all it holds: while nobody waits for it."""

import gc
from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 5_000
_SOON, _LATE = 60.0, 1_800.0
"""Seconds since the last time: after the one it waits for a good moment, after the other not."""

_NEVER = 1_000_000_000


class Collecting(QObject):
    """Takes from Python the choice of the moment for a full collection.

    Python begins one whenever a quarter more lives long than before, in the midst of anything,
    and with a full list in Live it holds server and window for 100 ms. What is young it goes on
    looking through by itself, which takes a millisecond or two.

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
        self._made = 0
        self._before = gc.get_threshold()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """From now on; what there is by now stays, and is not looked through again."""
        young, middle, _ = self._before
        gc.set_threshold(young, middle, _NEVER)
        self.collect()
        self._timer.start()

    def end(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.set_threshold(*self._before)

    def look(self) -> None:
        """Collect if this is a good moment, or if there was none for long."""
        made, self._made = self._made, gc.get_stats()[1]["collections"]
        waited = self._clock() - self._last
        # So little was made since the last look that nothing can be going on.
        quiet = made == self._made and not self._looked_at()
        if waited > _LATE or (quiet and waited > _SOON and gc.get_count()[2]):
            self.collect()

    def collect(self) -> None:
        """Throw garbage away, and pass over what is left until the next time."""
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        self._last = self._clock()

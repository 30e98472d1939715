"""Rows that came in just now stand out, and fade into the others."""

from collections.abc import Callable, Sequence
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

from sandbox_app.gui.theme import metrics
from sandbox_app.workbench.live.login import Login

MOST_FADING = 8
"""Rows that fade at one time; where more come, none stands out."""

_STEP_MS = 40


class Fading(QObject):
    """Knows how new each login looks.

    Args:
        repaint: hears of a login that looks different now.
    """

    def __init__(self, repaint: Callable[[Login], None], parent: QObject) -> None:
        super().__init__(parent)
        self._repaint = repaint
        self._fresh: dict[int, tuple[Login, float]] = {}
        self._now = 0.0
        self._steps = QTimer(self)
        self._steps.setInterval(_STEP_MS)
        self._steps.timeout.connect(self._fade)

    @property
    def running(self) -> bool:
        """Whether any login still stands out, or would if they were fewer."""
        return self._steps.isActive()

    def begin(self, logins: Sequence[Login]) -> None:
        """These came in just now."""
        self._now = perf_counter()
        for login in logins:
            self._fresh[login.serial] = login, self._now
        self._steps.start()

    def forget(self) -> None:
        """None is new any more."""
        self._fresh.clear()

    def of(self, login: Login) -> float:
        """Falls from 1.0 to 0.0 after a login came in, step by step."""
        if login.serial not in self._fresh or len(self._fresh) > MOST_FADING:
            return 0.0
        _, born = self._fresh[login.serial]
        return max(0.0, 1 - (self._now - born) * 1000 / metrics.NEW_ROW_MS)

    def _fade(self) -> None:
        self._now = perf_counter()
        oldest = self._now - metrics.NEW_ROW_MS / 1000
        before = self._fresh
        self._fresh = {key: fresh for key, fresh in before.items() if fresh[1] > oldest}
        if not self._fresh:
            self._steps.stop()
        # Of more than those that may fade none stood out, so none looks different now.
        faded = before if len(before) <= MOST_FADING else self._fresh
        if len(faded) <= MOST_FADING:
            for login, _ in faded.values():
                self._repaint(login)

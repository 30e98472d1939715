"""Short movements: a value that glides to where it is sent, or jumps when stillness is asked."""

from PySide6.QtCore import QEasingCurve, QVariantAnimation
from PySide6.QtWidgets import QWidget

from sandbox_app.gui.theme import Theme, metrics


class Glide(QVariantAnimation):
    """A number from 0.0 to 1.0 that repaints its widget on the way; 120 ms, ease-out."""

    def __init__(self, theme: Theme, widget: QWidget, at: float = 0.0) -> None:
        super().__init__(widget)
        self._theme = theme
        self._widget = widget
        self.at = at
        self.setDuration(metrics.FAST_MS)
        self.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.valueChanged.connect(self._step)

    def send_to(self, goal: float) -> None:
        """Move towards `goal`; at once when motion is off or nobody can see it."""
        self.stop()
        if goal == self.at:
            return
        if not self._theme.motion or not self._widget.isVisible():
            self.at = goal
            self._widget.update()
            return
        self.setStartValue(self.at)
        self.setEndValue(goal)
        self.start()

    def _step(self, value: float) -> None:
        self.at = value
        self._widget.update()

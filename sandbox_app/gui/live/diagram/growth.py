"""The newest arrows grow from their origins."""

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation

from sandbox_app.gui.live.diagram.scene import DiagramScene
from sandbox_app.gui.theme import metrics


class Growth(QVariantAnimation):
    """Lets the arrows of some rows grow; those that were at it are whole at once."""

    def __init__(self, scene: DiagramScene, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self._rows = range(0)
        self.setDuration(metrics.ARROW_MS)
        self.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.valueChanged.connect(self._grow)

    @property
    def rows(self) -> range:
        """Whose arrows grow now."""
        return self._rows

    def begin(self, rows: range) -> None:
        """Let these grow."""
        self.stop()
        self._grow(1.0)
        self._rows = rows
        self._grow(0.0)
        self.start()

    def give_up(self) -> None:
        """The rows are there no longer."""
        self.stop()
        self._rows = range(0)

    def _grow(self, to: float) -> None:
        self._scene.grow(self._rows, to)
        if to >= 1.0:
            self._rows = range(0)

"""How the window looks: light or dark, larger or smaller, and remembered."""

from PySide6.QtCore import QObject, Signal

from sandbox_app.gui.theme import Theme
from sandbox_app.gui.theme.theme import Mode
from sandbox_app.gui.window.remembered import SCALES, Remembered


class Appearance(QObject):
    """Changes the theme as the person wants it, now and at the next start.

    Signals:
        mode_changed: "light", "dark" or "system".
    """

    mode_changed = Signal(str)

    def __init__(self, theme: Theme, remembered: Remembered, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._remembered = remembered

    def choose_mode(self, mode: Mode) -> None:
        """Be light, dark, or as the desktop is."""
        self._theme.set_mode(mode)
        self._remembered.mode = mode
        self.mode_changed.emit(mode)

    def choose_scale(self, step: int) -> None:
        """One step larger (1) or smaller (-1), or back to the designed size (0)."""
        at = SCALES.index(self._theme.scale) if self._theme.scale in SCALES else 1
        scale = 1.0 if step == 0 else SCALES[min(max(at + step, 0), len(SCALES) - 1)]
        self._theme.set_scale(scale)
        self._remembered.scale = scale

"""A theme of the presenter's own: the window's colours or stronger ones, at the room's size."""

from PySide6.QtWidgets import QApplication

from sandbox_app.gui.theme import Theme, Tokens
from sandbox_app.gui.theme.tokens import HIGH_DARK, HIGH_LIGHT

DESIGNED = (1280, 800)
"""The size of a window in which everything is drawn as designed."""

_SMALLEST, _LARGEST = 0.8, 3.0
_STEP = 0.05


class StageTheme(Theme):
    """Light or dark as the window's theme is; never dresses the application.

    Sizes follow the room there is, times a factor of the presenter's own.
    """

    def __init__(self, application: QApplication, house: Theme) -> None:
        self._house = house
        self._high = False
        self._factor = 1.0
        self._room = DESIGNED
        super().__init__(application, mode=house.mode)
        self.motion = house.motion
        house.changed.connect(self._renew)

    @property
    def is_dark(self) -> bool:
        """As the window's theme."""
        return self._house.is_dark

    @property
    def tokens(self) -> Tokens:
        """The window's colours, or those of high contrast."""
        if not self._high:
            return super().tokens
        return HIGH_DARK if self.is_dark else HIGH_LIGHT

    @property
    def is_high(self) -> bool:
        """Whether the colours are those of high contrast."""
        return self._high

    @property
    def factor(self) -> float:
        """How much larger than fits by design."""
        return self._factor

    def set_high(self, high: bool) -> None:
        """Use stronger colours, or the window's own."""
        if high != self._high:
            self._high = high
            self._renew()

    def set_factor(self, factor: float) -> None:
        """Draw everything larger or smaller than fits by design."""
        self._factor = factor
        self._resize()

    def set_room(self, width: int, height: int) -> None:
        """How much room there is, in px."""
        self._room = (width, height)
        self._resize()

    def _resize(self) -> None:
        # In a small window less is seen at a time, but nothing gets too small to read.
        fits = max(1.0, min(self._room[0] / DESIGNED[0], self._room[1] / DESIGNED[1]))
        wanted = min(max(fits * self._factor, _SMALLEST), _LARGEST)
        # In steps: every size means new fonts.
        self.set_scale(round(round(wanted / _STEP) * _STEP, 2))

"""Places what is said besides an arrow's label: its caption, and how long nothing happened."""

from PySide6.QtCore import QRectF, Qt

from sandbox_app.gui.live.diagram.lettering import Lettering
from sandbox_app.gui.live.diagram.placed import PlacedNote
from sandbox_app.gui.live.diagram.style import DiagramStyle
from sandbox_app.gui.theme import Theme

_BEFORE, _AFTER_ICON, _AFTER_CLOCK = 4, 5, 6
_SHARE = 0.4
"""Of a gap, that a caption may take from a label in the same gap."""


class NotePlacer:
    """Places a sign with a few words after it."""

    def __init__(self, theme: Theme, style: DiagramStyle, lettering: Lettering) -> None:
        px = theme.px
        self._style = style
        self._lettering = lettering
        self._side = px(style.icon)
        self._before, self._after_icon = px(_BEFORE), px(_AFTER_ICON)
        self._lead = self._side + px(_BEFORE + _AFTER_ICON + 1)
        self._clock = self._side + px(_AFTER_CLOCK)

    def reserved(self, caption: str, room: float) -> float:
        """For a caption in the same gap as the rest: what it needs, but not much of it all."""
        if not caption:
            return 0.0
        needed = self._lead + self._lettering.width(self._style.note, caption)
        return min(needed, room * _SHARE)

    def caption(self, caption: str, gap: tuple[float, float] | None, middle: float) -> PlacedNote:
        """At the left end of a gap; nothing where there is no gap, or it is too narrow."""
        if not caption or gap is None:
            return PlacedNote()
        left = gap[0] + self._before
        if left + self._side > gap[1]:
            return PlacedNote()
        icon = self._icon(left, middle)
        first = icon.right() + self._after_icon
        return PlacedNote(
            icon, self._lettering.fitted(caption, self._style.note, first, gap[1], middle)
        )

    def pause(self, words: str, gap: tuple[float, float], middle: float) -> PlacedNote:
        """In the middle of a gap, with a clock before it."""
        face = self._style.pause
        room = gap[1] - gap[0]
        left = gap[0] + (room - min(self._clock + self._lettering.width(face, words), room)) / 2
        elide = Qt.TextElideMode.ElideMiddle
        text = self._lettering.fitted(words, face, left + self._clock, gap[1], middle, elide)
        return PlacedNote(self._icon(left, middle), text)

    def _icon(self, left: float, middle: float) -> QRectF:
        return QRectF(round(left), middle - self._side / 2, self._side, self._side)

"""Measures writing and cuts it to the room there is."""

from math import ceil

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from sandbox_app.gui.components import one_line
from sandbox_app.gui.live.diagram.placed import Text
from sandbox_app.gui.theme import Theme, Typeface

_LONGEST = 300
"""Characters that are measured; more of them fit in no gap."""


class Lettering:
    """Remembers what it measured: the same few words come again and again in a long login."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._widths: dict[tuple[Typeface, str], float] = {}
        self._measures: dict[Typeface, QFontMetricsF] = {}

    def width(self, face: Typeface, words: str) -> float:
        """Of the whole words, in px."""
        if not words:
            return 0.0
        width = self._widths.get((face, words))
        if width is None:
            line = one_line(words[:_LONGEST])
            width = float(ceil(self._measure(face).horizontalAdvance(line)))
            self._widths[face, words] = width
        return width

    def fitted(
        self,
        words: str,
        face: Typeface,
        left: float,
        right: float,
        middle: float,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> Text | None:
        """As much of the words as there is room for from `left` to `right`, `None` if none is.

        Args:
            middle: y of the writing's middle.
        """
        room = right - left
        if not words or room < 1:
            return None
        measure = self._measure(face)
        shown, width = one_line(words[:_LONGEST]), self.width(face, words)
        if width > room:
            shown = measure.elidedText(shown, elide, room + 0.5)
            width = min(measure.horizontalAdvance(shown), room)
        if not shown or not width:
            return None
        height = measure.height()
        return Text(QRectF(left, middle - height / 2, width, height), shown, face)

    def _measure(self, face: Typeface) -> QFontMetricsF:
        measure = self._measures.get(face)
        if measure is None:
            measure = self._measures[face] = QFontMetricsF(self._theme.font(face))
        return measure

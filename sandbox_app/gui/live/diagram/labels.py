"""Places what is written on an arrow: a sign where it was refused, method or status, path."""

from PySide6.QtCore import QRectF, Qt

from sandbox_app.gui.live.diagram.lettering import Lettering
from sandbox_app.gui.live.diagram.placed import PlacedLabel
from sandbox_app.gui.live.diagram.style import DiagramStyle
from sandbox_app.gui.theme import Theme
from sandbox_app.workbench.live.sequence import Step

_LEAST_WORDS = 40
_AFTER_SIGN = 5


class LabelPlacer:
    """Knows how wide a label is, whole and at the least, and where its parts lie."""

    def __init__(self, theme: Theme, style: DiagramStyle, lettering: Lettering) -> None:
        self._style = style
        self._lettering = lettering
        self._middle = float(theme.px(style.words))
        self._sign = theme.px(style.icon)
        self._after_sign = theme.px(_AFTER_SIGN)
        self._least_words = theme.px(_LEAST_WORDS)

    def width(self, step: Step) -> float:
        """Of all of it, in px."""
        return self._around(step) + self._lettering.width(self._style.mono, step.words)

    def least_width(self, step: Step) -> float:
        """With its path cut as far as makes sense, in px."""
        words = self._lettering.width(self._style.mono, step.words)
        return self._around(step) + min(words, self._least_words)

    def place(self, step: Step, left: float, room: float) -> PlacedLabel:
        """Its parts from `left` on; what is longer than `room` loses the middle of its path."""
        style, icon = self._style, QRectF()
        at, end = left, left + room
        if step.refused:
            icon = QRectF(round(at), self._middle - self._sign / 2, self._sign, self._sign)
            at += self._sign + self._after_sign
        verb = self._lettering.fitted(step.verb, style.verb, at, end, self._middle)
        if verb is not None:
            at = verb.box.right() + self._space
        middle = Qt.TextElideMode.ElideMiddle
        words = self._lettering.fitted(step.words, style.mono, at, end, self._middle, middle)
        return PlacedLabel(icon, verb, words)

    def _around(self, step: Step) -> float:
        """Everything but the path."""
        sign = self._sign + self._after_sign if step.refused else 0
        space = self._space if step.verb and step.words else 0.0
        return sign + self._lettering.width(self._style.verb, step.verb) + space

    @property
    def _space(self) -> float:
        return self._lettering.width(self._style.mono, " ")

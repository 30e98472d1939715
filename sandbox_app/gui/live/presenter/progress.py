"""How far the room has come: one stroke for each arrow."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sandbox_app.gui.components.painting import paint_box, paint_text_elided
from sandbox_app.gui.theme import Theme, Token, Typeface

_FACE = Typeface(14)
_STROKE, _GAP, _LEAST = 4, 5, 6
_HEIGHT = 20


class Progress(QWidget):
    """Strokes up to the current arrow are filled; the current one is pale while it is held."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._at = self._total = 0
        self._held = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    @property
    def words(self) -> str:
        """ "Step 12 of 14"."""
        return f"Step {self._at} of {self._total}" if self._at else "No step yet"

    def show_at(self, at: int, total: int, *, held: bool) -> None:
        """Arrow `at` of `total`, from 1."""
        self._at, self._total, self._held = at, total, held
        self.setAccessibleName(self.words)
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self._theme.px(200), self._theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Strokes, or one bar where there are too many, and the words at the right."""
        painter = QPainter(self)
        theme, px = self._theme, self._theme.px
        words = theme.text_width(_FACE, self.words)
        rest = self.rect().adjusted(self.width() - words, 0, 0, 0)
        paint_text_elided(painter, theme, rest, self.words, _FACE, "text2")
        room = self.width() - words - px(10)
        gap = px(_GAP)
        each = (room - gap * (self._total - 1)) / max(1, self._total)
        if each < px(_LEAST):
            self._bar(painter, room)
        else:
            for index in range(self._total):
                self._stroke(painter, index * (each + gap), each, *self._tokens(index + 1))
        painter.end()

    def _tokens(self, number: int) -> tuple[Token, Token | None]:
        if number > self._at:
            return "line2", None
        held = number == self._at and self._held
        return ("accent_soft", "accent_line") if held else ("accent", None)

    def _bar(self, painter: QPainter, room: float) -> None:
        self._stroke(painter, 0, room, "line2")
        self._stroke(painter, 0, room * self._at / max(1, self._total), "accent")

    def _stroke(
        self,
        painter: QPainter,
        left: float,
        width: float,
        token: Token,
        border: Token | None = None,
    ) -> None:
        height = self._theme.px(_STROKE)
        top = (self.height() - height) / 2
        box = QRectF(left, top, width, height)
        edge = self._theme.color(border) if border is not None else None
        paint_box(painter, box, fill=self._theme.color(token), border=edge, radius=height / 2)

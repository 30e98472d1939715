"""Writes and draws signs on a screen as well as into a picture made of lines and letters."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator, QSvgRenderer

from sandbox_app.gui.components.painting import paint_line
from sandbox_app.gui.live.diagram.placed import Text
from sandbox_app.gui.theme import Theme, Token, Typeface

_SINGLE, _MIDDLE = int(Qt.TextFlag.TextSingleLine), int(Qt.AlignmentFlag.AlignVCenter)
PLAIN = _SINGLE | _MIDDLE | int(Qt.AlignmentFlag.AlignLeft)
AT_THE_RIGHT = _SINGLE | _MIDDLE | int(Qt.AlignmentFlag.AlignRight)


class Ink:
    """Letters and icons in the theme's colours."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def text(self, painter: QPainter, text: Text | None, token: Token) -> None:
        """One piece of writing where it was placed."""
        if text is not None:
            self.line(painter, text.box.adjusted(0, 0, 1, 0), text.words, text.face, token)

    def line(
        self, painter: QPainter, box: QRectF, words: str, face: Typeface, token: Token
    ) -> None:
        """One line of words; what is drawn into a picture goes there once, as letters."""
        if isinstance(painter.device(), QSvgGenerator):
            self.letters(painter, box, words, face, token)
        else:
            paint_line(painter, self._theme, box, words, face, token)

    def letters(
        self,
        painter: QPainter,
        box: QRectF,
        words: str,
        face: Typeface,
        token: Token,
        flags: int = PLAIN,
    ) -> None:
        """Words that come but once, and are not kept laid out."""
        painter.setFont(self._theme.font(face))
        painter.setPen(self._theme.color(token))
        painter.drawText(box, flags, words)

    def icon(self, painter: QPainter, box: QRectF, name: str, token: Token) -> None:
        """As a drawing where the picture is made of drawings, or its edges would blur."""
        theme, device = self._theme, painter.device()
        size = round(box.width() / theme.scale)
        if isinstance(device, QSvgGenerator):
            source = theme.icons.svg(name, theme.color(token), size)
            QSvgRenderer(QByteArray(source.encode())).render(painter, box)
            return
        dpr = device.devicePixelRatio() if device is not None else 1.0
        sharp = theme.pixmap(name, token, size, dpr * painter.worldTransform().m11())
        painter.drawPixmap(box, sharp, QRectF(sharp.rect()))

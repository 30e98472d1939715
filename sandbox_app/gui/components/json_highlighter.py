"""Colours JSON: names, texts, figures and marks each in a colour of the theme."""

import re
from typing import Final

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from sandbox_app.gui.theme import Theme, Token

_PIECE: Final = re.compile(
    r'("(?:[^"\\]|\\.)*")(\s*:)?'  # a text, which is a name when a colon follows
    r"|(-?\b\d[\d.eE+-]*|\b(?:true|false|null)\b)"
    r"|([{}\[\],:])"
)
_LONGEST_LINE: Final = 8000


class JsonHighlighter(QSyntaxHighlighter):
    """Looks at one line at a time, which is enough: a text in JSON never spans lines.

    A line of more than 8,000 characters stays plain rather than holding the window up.
    """

    def __init__(self, theme: Theme, document: QTextDocument) -> None:
        super().__init__(document)
        self._theme = theme
        self._mix_colours()
        theme.changed.connect(self._recolour)

    def highlightBlock(self, text: str) -> None:
        """Name, text, figure or mark: whatever matches first."""
        if len(text) > _LONGEST_LINE:
            return
        for piece in _PIECE.finditer(text):
            group = 1 if piece[1] is not None else 3 if piece[3] is not None else 4
            look = self._name if piece[2] is not None else self._looks[group]
            self.setFormat(piece.start(group), len(piece[group]), look)

    def _recolour(self) -> None:
        self._mix_colours()
        self.rehighlight()

    def _mix_colours(self) -> None:
        self._name = self._look("accent_text")
        self._looks = {
            1: self._look("text"),
            3: self._look("text", QFont.Weight.DemiBold),
            4: self._look("text3"),
        }

    def _look(self, token: Token, weight: QFont.Weight = QFont.Weight.Normal) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setForeground(self._theme.color(token))
        look.setFontWeight(weight)
        return look

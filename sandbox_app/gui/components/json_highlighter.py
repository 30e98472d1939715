"""Colours JSON: names, texts, figures and words each in a colour of the theme."""

import re
from typing import Final

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from sandbox_app.gui.theme import Theme, Token

_NAME: Final = re.compile(r'"(?:[^"\\]|\\.)*"(?=\s*:)')
_TEXT: Final = re.compile(r'"(?:[^"\\]|\\.)*"(?!\s*:)')
_FIGURE: Final = re.compile(r"-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b|\b(?:true|false|null)\b")
_MARK: Final = re.compile(r"[{}\[\],:]")
_LOOKS: Final[tuple[tuple[re.Pattern[str], Token, bool], ...]] = (
    (_MARK, "text3", False),
    (_FIGURE, "text", True),
    (_TEXT, "text", False),
    (_NAME, "accent_text", False),
)


class JsonHighlighter(QSyntaxHighlighter):
    """Looks at one line at a time, which is enough: a JSON text never spans lines."""

    def __init__(self, theme: Theme, document: QTextDocument) -> None:
        super().__init__(document)
        self._theme = theme
        theme.changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        """Marks and figures first, so that those inside a text are painted over by the text."""
        for pattern, token, strong in _LOOKS:
            look = self._look(token, strong)
            for match in pattern.finditer(text):
                self.setFormat(match.start(), match.end() - match.start(), look)

    def _look(self, token: Token, strong: bool) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setForeground(self._theme.color(token))
        look.setFontWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return look

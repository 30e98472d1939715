"""Words painted on as many lines as they need; a label does this, a painted row cannot."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from sandbox_app.gui.components.plain_text import one_line
from sandbox_app.gui.theme import Role, Theme, Token

_LONGEST = 600
_CORNER = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


def cut(text: str, longest: int) -> str:
    """The text, or its first `longest` characters and how many more there are."""
    more = len(text) - longest
    return text if more <= 0 else f"{text[:longest]}… ({more:,} more characters)"


def lines_needed(theme: Theme, role: Role, text: str, width: int) -> int:
    """How many lines `paint_wrapped` takes at this width, at least one."""
    metrics = theme.metrics(role)
    words = _shown(text)
    if width <= 0 or metrics.horizontalAdvance(words) <= width:
        return 1
    flags = _flags(metrics, words, width)
    height = metrics.boundingRect(QRect(0, 0, width, 1 << 20), flags, words).height()
    return max(1, round(height / metrics.lineSpacing()))


def paint_wrapped(
    painter: QPainter, theme: Theme, rect: QRect, text: str, role: Role, token: Token
) -> None:
    """Plain text broken between words, or anywhere in a word that is too long.

    Cut after 600 characters: more is not read in a row, and a stranger chose its length.
    """
    words = _shown(text)
    painter.setFont(theme.font(role))
    painter.setPen(theme.color(token))
    painter.drawText(rect, _flags(theme.metrics(role), words, rect.width()), words)


def _flags(metrics: QFontMetrics, words: str, width: int) -> int:
    """Told to break anywhere, Qt breaks anywhere even where a space would do."""
    widest = max((metrics.horizontalAdvance(word) for word in words.split()), default=0)
    mode = Qt.TextFlag.TextWrapAnywhere if widest > width else Qt.TextFlag.TextWordWrap
    return int(_CORNER) | int(mode)


def _shown(text: str) -> str:
    return one_line(cut(text, _LONGEST))

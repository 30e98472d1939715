"""A row's mark and note as two small signs in the free strip at its right edge."""

from typing import cast

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from sandbox_app.domain.records.marks import RowMark
from sandbox_app.gui.components.painting import paint_icon
from sandbox_app.gui.theme import Theme, Token

_SIDE, _FROM_EDGE, _GAP = 10, 20, 2


def mark_look(colour: str) -> tuple[str, Token]:
    """Shape and colour of a mark: no two colours share a shape."""
    if not colour:
        return "mark", "text2"
    return f"mark-{colour}", cast(Token, f"mark_{colour}")


def paint_mark(painter: QPainter, theme: Theme, rect: QRect, mark: RowMark) -> None:
    """The mark above the note, both in the middle of the row; either alone is too."""
    px = theme.px
    signs: list[tuple[str, Token]] = []
    if mark.marked:
        signs.append(mark_look(mark.colour))
    if mark.note:
        signs.append(("note", "text2"))
    height = len(signs) * px(_SIDE) + (len(signs) - 1) * px(_GAP)
    top = rect.top() + (rect.height() - height) // 2
    for icon, token in signs:
        slot = QRect(rect.right() - px(_FROM_EDGE), top, px(_SIDE), px(_SIDE))
        paint_icon(painter, theme, slot, icon, token, _SIDE)
        top += px(_SIDE) + px(_GAP)

"""The card that shows a token's claims while the pointer rests on its chip."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from sandbox_app.gui.components.painting import (
    OUTCOME_TOKENS,
    RIGHT,
    Outcome,
    card_in,
    paint_card,
    paint_icon,
    paint_text_elided,
)
from sandbox_app.gui.theme import Role, Theme, metrics

_WIDTH: Final = 360
_HEAD: Final = 40
_ROW: Final = 22
_NAME_COLUMN: Final = 92


class HoverCard(QWidget):
    """A few facts on an elevated card inside the window; it takes neither pointer nor focus.

    It is a child of the window rather than a window of its own, so its shadow needs no compositor.
    """

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._icon_name = "tokens"
        self._title = ""
        self._outcome: Outcome = "passed"
        self._verdict = ""
        self._rows: tuple[tuple[str, str], ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.changed.connect(self.update)
        self.hide()

    def set_facts(
        self,
        title: str,
        rows: tuple[tuple[str, str], ...],
        *,
        verdict: str = "",
        outcome: Outcome = "passed",
        icon: str = "tokens",
    ) -> None:
        """What to show: a title, a verdict at its right, and (name, value) rows."""
        self._title, self._rows, self._verdict = title, rows, verdict
        self._outcome, self._icon_name = outcome, icon
        self.setAccessibleName(". ".join([title, verdict, *(f"{n} {v}" for n, v in rows)]))
        self.resize(self.sizeHint())
        self.update()

    def show_below(self, anchor: QRect) -> None:
        """Appear under `anchor` (in the window's coordinates), or above it, inside the window."""
        room = self._window.rect()
        left = min(anchor.left(), room.right() - self.width())
        top = anchor.bottom() + 1
        if top + self.height() > room.bottom():
            top = anchor.top() - self.height()
        self.move(QPoint(max(0, left), max(0, top)))
        self.raise_()
        self.show()

    def sizeHint(self) -> QSize:
        """The card and its shadow."""
        px = self._theme.px
        height = px(_HEAD) + px(_ROW) * len(self._rows) + px(12) + 2 * px(metrics.SHADOW)
        return QSize(px(_WIDTH) + 2 * px(metrics.SHADOW), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shadow, card, head, rows."""
        painter = QPainter(self)
        theme, px = self._theme, self._theme.px
        card = card_in(theme, self.rect())
        paint_card(painter, theme, card)
        inner = card.adjusted(px(12), 0, -px(12), 0)
        head = QRect(inner.left(), inner.top(), inner.width(), px(_HEAD))
        self._paint_head(painter, head)
        top = head.bottom() + 1 - px(8)
        for name, value in self._rows:
            row = QRect(inner.left(), top, inner.width(), px(_ROW))
            paint_text_elided(painter, theme, row, name, Role.MONO, "text2")
            row.setLeft(row.left() + px(_NAME_COLUMN))
            middle = Qt.TextElideMode.ElideMiddle
            paint_text_elided(painter, theme, row, value, Role.MONO, "text", elide=middle)
            top += px(_ROW)
        painter.end()

    def _paint_head(self, painter: QPainter, head: QRect) -> None:
        theme, px = self._theme, self._theme.px
        mark = QRect(head.left(), head.top(), px(16), head.height())
        paint_icon(painter, theme, mark, self._icon_name, "accent_text", 16)
        token = OUTCOME_TOKENS[self._outcome]
        width = theme.text_width(Role.STATUS, self._verdict) + 1
        verdict = QRect(head.right() + 1 - width, head.top(), width, head.height())
        if self._verdict:
            paint_text_elided(painter, theme, verdict, self._verdict, Role.STATUS, token, RIGHT)
            sign = QRect(verdict.left() - px(20), head.top(), px(14), head.height())
            paint_icon(painter, theme, sign, self._outcome, token, metrics.ICON_INLINE)
        title = head.adjusted(px(21), 0, -width - px(28), 0)
        paint_text_elided(painter, theme, title, self._title, Role.NAME, "text")

"""Checks that need no explanation, one line each: passed, noted, not reached."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from sandbox_app.domain.checks import Check, Verdict
from sandbox_app.gui.components import plain_tooltip
from sandbox_app.gui.components.painting import (
    LEFT,
    RIGHT,
    paint_icon,
    paint_selection,
    paint_text_elided,
)
from sandbox_app.gui.theme import Role, Theme, Token, metrics
from sandbox_app.workbench.live.refusal_text import check_words

LOOKS: dict[Verdict, tuple[str, Token]] = {
    Verdict.PASSED: ("passed", "ok"),
    Verdict.REFUSED: ("refused", "bad"),
    Verdict.NOTED: ("info", "accent_text"),
    Verdict.NOT_REACHED: ("not-reached", "text3"),
}
_ICON, _RULE, _SENTENCE, _RIGHT = 15, 45, 99, 16
_SECOND_LINE = 18
_GOT_SHARE = 0.22
_MIDDLE = Qt.TextElideMode.ElideMiddle


def sentence_column(theme: Theme, checks: Sequence[Check]) -> int:
    """Where sentences start, in px; further right where a rule id is long."""
    widest = max((theme.text_width(Role.MONO, check.rule) for check in checks), default=0)
    return max(theme.px(_SENTENCE), theme.px(_RULE + 14) + widest)


class CheckRows(QWidget):
    """A run of checks. Up and Down walk through it, Ctrl+C copies the line in words.

    Args:
        name: accessible name.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._checks: tuple[Check, ...] = ()
        self._column = theme.px(_SENTENCE)
        self._current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    @property
    def checks(self) -> tuple[Check, ...]:
        """What is shown."""
        return self._checks

    def set_checks(self, checks: Sequence[Check], column: int) -> None:
        """Show other checks; `column` from `sentence_column`."""
        self._checks = tuple(checks)
        self._column = column
        self._current = -1
        lines = "; ".join(self.line(row) for row in range(len(self._checks)))
        self.setAccessibleName(f"{self._name}: {lines}" if lines else self._name)
        self.setVisible(bool(self._checks))
        self._restyle()

    def line(self, row: int) -> str:
        """A row in words."""
        check = self._checks[row]
        parts = (f"{check.rule} {check.verdict}: {check_words(check)}", check.got, check.because)
        return ", ".join(part for part in parts if part)

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(0, sum(self._height(check) for check in self._checks))

    def minimumSizeHint(self) -> QSize:
        """Narrow is allowed."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Home, End and Ctrl+C."""
        last = len(self._checks) - 1
        moves = {
            Qt.Key.Key_Down: min(self._current + 1, last),
            Qt.Key.Key_Up: max(self._current - 1, 0),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if event.matches(QKeySequence.StandardKey.Copy) and self._current >= 0:
            QGuiApplication.clipboard().setText(self.line(self._current))
        elif Qt.Key(event.key()) in moves and last >= 0:
            self._current = moves[Qt.Key(event.key())]
            self.update()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click puts the cursor on a row."""
        self._current = self._row_at(event.position().toPoint())
        self.update()

    def focusInEvent(self, event: object) -> None:
        """Somewhere must be current."""
        if self._current < 0 and self._checks:
            self._current = 0
        self.update()

    def focusOutEvent(self, event: object) -> None:
        """The ring goes."""
        self.update()

    def event(self, event: QEvent) -> bool:
        """The whole line shows in a tooltip."""
        if isinstance(event, QHelpEvent):
            row = self._row_at(event.pos())
            words = self.line(row) if row >= 0 else ""
            QToolTip.showText(event.globalPos(), plain_tooltip(words), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon, rule, sentence, and what came in at the right."""
        painter = QPainter(self)
        top = 0
        for row, check in enumerate(self._checks):
            height = self._height(check)
            rect = QRect(0, top, self.width(), height)
            focused = row == self._current and self.hasFocus()
            paint_selection(painter, self._theme, rect, focused=focused)
            self._paint_check(painter, rect, check)
            top += height
        painter.end()

    def _paint_check(self, painter: QPainter, rect: QRect, check: Check) -> None:
        theme, px = self._theme, self._theme.px
        icon, colour = LOOKS[check.verdict]
        dim = check.verdict is Verdict.NOT_REACHED
        line = QRect(rect.left(), rect.top(), rect.width(), px(metrics.CHECK_ROW))
        slot = QRect(px(_ICON), line.top(), px(metrics.ICON_ROW), line.height())
        paint_icon(painter, theme, slot, icon, colour, metrics.ICON_ROW)
        rule = QRect(px(_RULE), line.top(), self._column - px(_RULE + 8), line.height())
        paint_text_elided(
            painter, theme, rule, check.rule, Role.MONO, "bad" if colour == "bad" else "text3"
        )
        words = QRect(self._column, line.top(), 0, line.height())
        words.setRight(line.right() - px(_RIGHT))
        if check.got:
            # The sentence comes first; what came in is cut in its middle, but never vanishes.
            needed = theme.text_width(Role.BODY, check_words(check)) + px(16)
            width = max(words.width() - needed, int(words.width() * _GOT_SHARE))
            got = QRect(words.right() - width, line.top(), width + 1, line.height())
            taken = paint_text_elided(
                painter,
                theme,
                got,
                check.got,
                Role.MONO,
                "text3" if dim else "text2",
                RIGHT,
                _MIDDLE,
            )
            words.setRight(words.right() - taken - px(16))
        token: Token = "text3" if dim else "text"
        paint_text_elided(painter, theme, words, check_words(check), Role.BODY, token)
        if rect.height() > line.height():
            below = QRect(self._column, line.bottom() - px(5), 0, px(_SECOND_LINE))
            below.setRight(rect.right() - px(_RIGHT))
            paint_text_elided(painter, theme, below, check.because, Role.HELP, "text2", LEFT)

    def _height(self, check: Check) -> int:
        second = check.because and check.verdict is not Verdict.NOT_REACHED
        return self._theme.px(metrics.CHECK_ROW + (_SECOND_LINE if second else 0))

    def _row_at(self, point: QPoint) -> int:
        bottom = 0
        for row, check in enumerate(self._checks):
            bottom += self._height(check)
            if point.y() < bottom:
                return row
        return -1

    def _restyle(self) -> None:
        self.setFixedHeight(max(1, self.sizeHint().height()))
        self.update()

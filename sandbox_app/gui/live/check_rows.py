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
    QResizeEvent,
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
from sandbox_app.gui.live.wrapping import cut, lines_needed, paint_wrapped
from sandbox_app.gui.theme import Role, Theme, Token, metrics
from sandbox_app.workbench.live.refusal_text import check_words

LOOKS: dict[Verdict, tuple[str, Token]] = {
    Verdict.PASSED: ("passed", "ok"),
    Verdict.REFUSED: ("refused", "bad"),
    Verdict.NOTED: ("info", "accent_text"),
    Verdict.NOT_REACHED: ("not-reached", "text3"),
}
_ICON, _RULE, _SENTENCE, _RIGHT = 15, 45, 99, 16
_BELOW = 2
_SPOKEN = 300
_TELLING = 20
"""As many characters of what came in must fit beside the sentence; else they go below it."""

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
        lines = "; ".join(cut(self.line(row), _SPOKEN) for row in range(len(self._checks)))
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines elsewhere."""
        super().resizeEvent(event)
        self._restyle()

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
        words = QRect(self._column, line.top(), self._room(), line.height())
        spacing = theme.metrics(Role.BODY).lineSpacing()
        words.translate(0, (line.height() - spacing) // 2)
        words.setHeight(self._sentence_lines(check) * spacing)
        paint_wrapped(
            painter, theme, words, check_words(check), Role.BODY, "text3" if dim else "text"
        )
        below = words.bottom() + px(_BELOW)
        if check.got:
            below = self._paint_got(painter, line, below, check)
        if self._because(check):
            room = QRect(self._column, below, self._room(), rect.bottom() - below)
            paint_wrapped(painter, theme, room, check.because, Role.HELP, "text2")

    def _paint_got(self, painter: QPainter, line: QRect, below: int, check: Check) -> int:
        """What came in: beside the sentence, or below it; returns where the next line starts."""
        theme, room = self._theme, self._room()
        token: Token = "text3" if check.verdict is Verdict.NOT_REACHED else "text2"
        if self._fits_beside(check):
            left = self._sentence_width(check) + theme.px(_RIGHT)
            box = QRect(self._column + left, line.top(), room - left, line.height())
            paint_text_elided(painter, theme, box, check.got, Role.MONO, token, RIGHT, _MIDDLE)
            return below
        height = theme.metrics(Role.MONO).lineSpacing()
        box = QRect(self._column, below, room, height)
        paint_text_elided(painter, theme, box, check.got, Role.MONO, token, LEFT, _MIDDLE)
        return below + height + theme.px(_BELOW)

    def _room(self) -> int:
        """How wide sentences may be, in px."""
        return max(1, self.width() - self._column - self._theme.px(_RIGHT))

    def _sentence_width(self, check: Check) -> int:
        return self._theme.text_width(Role.BODY, check_words(check))

    def _sentence_lines(self, check: Check) -> int:
        return lines_needed(self._theme, Role.BODY, check_words(check), self._room())

    def _fits_beside(self, check: Check) -> bool:
        """Whether enough of what came in stands beside the sentence, cut in its middle."""
        got = self._theme.text_width(Role.MONO, check.got[:_TELLING])
        left = self._room() - self._sentence_width(check) - self._theme.px(_RIGHT)
        return left >= got

    def _because(self, check: Check) -> str:
        return check.because if check.verdict is not Verdict.NOT_REACHED else ""

    def _height(self, check: Check) -> int:
        theme = self._theme
        more = self._sentence_lines(check) - 1
        height = theme.px(metrics.CHECK_ROW) + more * theme.metrics(Role.BODY).lineSpacing()
        if check.got and not self._fits_beside(check):
            height += theme.metrics(Role.MONO).lineSpacing() + theme.px(_BELOW)
        if self._because(check):
            lines = lines_needed(theme, Role.HELP, check.because, self._room())
            height += lines * theme.metrics(Role.HELP).lineSpacing() + theme.px(_BELOW)
        return height

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

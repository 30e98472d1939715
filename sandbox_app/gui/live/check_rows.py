"""Checks that need no explanation, one line each; a click opens what else is known of one."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from sandbox_app.domain.checks import Check
from sandbox_app.gui.components import plain_tooltip
from sandbox_app.gui.components.painting import paint_selection
from sandbox_app.gui.live.check_painter import LOOKS, CheckPainter, sentence_column
from sandbox_app.gui.live.row_menu import ShownValue
from sandbox_app.gui.live.wrapping import cut
from sandbox_app.gui.theme import Theme
from sandbox_app.workbench.live.filters.values import check_terms
from sandbox_app.workbench.live.refusal_text import check_facts, check_words

_SPOKEN = 300
_TOGGLES = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OPENS = {Qt.Key.Key_Right: True, Qt.Key.Key_Left: False}


class CheckRows(QWidget):
    """A run of checks. Up and Down walk through it, Ctrl+C copies the line in words.

    A click, Space or Enter opens a row: what was expected, which setting governs it, what the
    real service shows on a refusal, and how the rule is known. Right and Left open and close it.

    Args:
        name: accessible name.

    Signals:
        value_asked: (ShownValue, QMenu, QPoint), see `FactsTable`.
    """

    value_asked = Signal(object, object, object)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._checks: tuple[Check, ...] = ()
        self._column = sentence_column(theme, ())
        self._current = -1
        self._hovered = -1
        self._opened: set[int] = set()
        self.setMouseTracking(True)
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
        self._current = self._hovered = -1
        self._opened.clear()
        lines = "; ".join(cut(self.line(row), _SPOKEN) for row in range(len(self._checks)))
        self.setAccessibleName(f"{self._name}: {lines}" if lines else self._name)
        self.setVisible(bool(self._checks))
        self._restyle()

    def line(self, row: int) -> str:
        """A row in words."""
        check = self._checks[row]
        parts = (f"{check.rule} {check.verdict}: {check_words(check)}", check.got, check.because)
        return ", ".join(part for part in parts if part)

    def told(self, row: int) -> str:
        """A row with all that is known of it, a line each."""
        facts = (f"{name}: {words}" for name, words in check_facts(self._checks[row]))
        return "\n".join((self.line(row), *facts))

    def is_open(self, row: int) -> bool:
        """Whether more is shown of a row."""
        return row in self._opened

    def toggle(self, row: int) -> None:
        """Open or close a row."""
        self._opened ^= {row}
        self._restyle()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(0, sum(self._heights()))

    def minimumSizeHint(self) -> QSize:
        """Narrow is allowed."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Home, End; Space, Enter, Right and Left; Ctrl+C."""
        key, last = Qt.Key(event.key()), len(self._checks) - 1
        moves = {
            Qt.Key.Key_Down: min(self._current + 1, last),
            Qt.Key.Key_Up: max(self._current - 1, 0),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if event.matches(QKeySequence.StandardKey.Copy) and self._current >= 0:
            words = self.told if self.is_open(self._current) else self.line
            QGuiApplication.clipboard().setText(words(self._current))
        elif key in _TOGGLES and self._current >= 0:
            self.toggle(self._current)
        elif key in _OPENS and self._current >= 0:
            if self.is_open(self._current) != _OPENS[key]:
                self.toggle(self._current)
        elif key in moves and last >= 0:
            self._current = moves[key]
            self.update()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click puts the cursor on a row, and opens or closes it."""
        self._current = self._row_at(event.position().toPoint())
        if self._current >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self.toggle(self._current)
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What came in, and the rule; by key, of the current row."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        row = self._current if by_key else self._row_at(event.pos())
        if row < 0:
            return
        check, menu, where = self._checks[row], QMenu(self), event.globalPos()
        if by_key:
            where = self.mapToGlobal(QPoint(0, sum(self._heights()[: row + 1])))
        copy = menu.addAction("Copy check in words")
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(self.told(row)))
        self.value_asked.emit(ShownValue(check.got, check_terms(check)), menu, where)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the pointer shows that it can be opened."""
        self._hover(self._row_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """No row is under the pointer."""
        self._hover(-1)

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
            words = self.told(row) if row >= 0 else ""
            QToolTip.showText(event.globalPos(), plain_tooltip(words), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Every row, and below an open one what else is known."""
        painter, line = QPainter(self), self._painter()
        top = 0
        for row, (check, height) in enumerate(zip(self._checks, self._heights(), strict=True)):
            rect = QRect(0, top, self.width(), height)
            focused = row == self._current and self.hasFocus()
            paint_selection(painter, self._theme, rect, focused=focused)
            pointed = row == self._hovered
            line.paint(painter, rect, check, opened=self.is_open(row), pointed=pointed)
            top += height
        painter.end()

    def _painter(self) -> CheckPainter:
        return CheckPainter(self._theme, self._column, self.width())

    def _heights(self) -> list[int]:
        line = self._painter()
        return [
            line.height(check, opened=self.is_open(row)) for row, check in enumerate(self._checks)
        ]

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.update()

    def _row_at(self, point: QPoint) -> int:
        bottom = 0
        for row, height in enumerate(self._heights()):
            bottom += height
            if point.y() < bottom:
                return row
        return -1

    def _restyle(self) -> None:
        self.setFixedHeight(max(1, self.sizeHint().height()))
        self.update()


__all__ = ["LOOKS", "CheckRows", "sentence_column"]

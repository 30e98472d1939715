"""Rows of a comparison: a name, and what stands under it at either side."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
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

from sandbox_app.gui.components import plain_tooltip
from sandbox_app.gui.components.painting import (
    paint_hairline,
    paint_icon,
    paint_selection,
    paint_text_elided,
)
from sandbox_app.gui.live.wrapping import cut
from sandbox_app.gui.theme import Role, Theme, Token, metrics
from sandbox_app.workbench.live.comparing.rows import Kind, Row, Section

_ROW, _GAP = 28, 12
_MARK = 22
_NAME_SHARE = 0.26
_SPOKEN = 300
_BEFORE = 12
"""Characters shown before the first that differs, where a value is too long to show whole."""

_NOTHING = "not there"


@dataclass(frozen=True, slots=True)
class Columns:
    """Where name, left and right stand, in px."""

    name: QRect
    left: QRect
    right: QRect


def columns_of(theme: Theme, line: QRect) -> Columns:
    """Share the width of a line out."""
    gap, mark = theme.px(_GAP), theme.px(_MARK)
    name = int((line.width() - mark) * _NAME_SHARE)
    side = (line.width() - mark - name - gap) // 2
    start = line.left() + mark
    return Columns(
        QRect(start, line.top(), name - gap, line.height()),
        QRect(start + name, line.top(), side, line.height()),
        QRect(start + name + side + gap, line.top(), side, line.height()),
    )


class ComparedHead(QWidget):
    """Says above the columns what stands at which side."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sides = ("", "")
        self.setFixedHeight(theme.px(metrics.TABLE_HEADER))
        theme.changed.connect(self._restyle)

    @property
    def sides(self) -> tuple[str, str]:
        """What is said."""
        return self._sides

    def show_sides(self, left: str, right: str) -> None:
        """Say something else."""
        self._sides = (left, right)
        self.setAccessibleName(f"Left: {left}. Right: {right}.")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Two titles over a hairline."""
        painter = QPainter(self)
        columns = columns_of(self._theme, self.rect())
        for rect, words in zip((columns.left, columns.right), self._sides, strict=True):
            paint_text_elided(painter, self._theme, rect, words, Role.STATUS, "text2")
        paint_hairline(painter, self._theme, self.rect())
        painter.end()

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.px(metrics.TABLE_HEADER))


class ComparedRows(QWidget):
    """The sections of one step. Up and Down walk through the rows, Ctrl+C copies one in words."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._lines: tuple[str | Row, ...] = ()
        self._current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows shown."""
        return tuple(line for line in self._lines if isinstance(line, Row))

    def show_sections(self, sections: Sequence[Section], *, only_differences: bool) -> None:
        """Show the rows of all sections, or those that matter."""
        lines: list[str | Row] = []
        for section in sections:
            rows = [it for it in section.rows if it.matters or not only_differences]
            lines += [section.title, *rows] if rows else []
        self._lines, self._current = tuple(lines), -1
        spoken = "; ".join(cut(self.words(row), _SPOKEN) for row in self.rows if row.matters)
        self.setAccessibleName(f"{self._name}: {spoken or 'no difference'}")
        self.setVisible(bool(lines))
        self._restyle()

    @staticmethod
    def words(row: Row) -> str:
        """A row in words."""
        left, right = row.left or _NOTHING, row.right or _NOTHING
        return f"{row.name}, {row.kind}: {left}" + (f" | {right}" if left != right else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down and Ctrl+C."""
        line = self._line(self._current)
        if event.matches(QKeySequence.StandardKey.Copy) and isinstance(line, Row):
            QGuiApplication.clipboard().setText(self.words(line))
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click puts the cursor on a row."""
        self._current = self._at(event.position().toPoint())
        self.update()

    def event(self, event: QEvent) -> bool:
        """Both values show whole in a tooltip."""
        if isinstance(event, QHelpEvent):
            line = self._line(self._at(event.pos()))
            words = self.words(line) if isinstance(line, Row) else ""
            QToolTip.showText(event.globalPos(), plain_tooltip(cut(words, 2_000)), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines in sight."""
        painter = QPainter(self)
        height = self._theme.px(_ROW)
        first, last = event.rect().top() // height, event.rect().bottom() // height
        for at in range(first, min(last + 1, len(self._lines))):
            box = QRect(0, at * height, self.width(), height)
            line = self._lines[at]
            if isinstance(line, str):
                box.setLeft(columns_of(self._theme, box).name.left())
                paint_text_elided(painter, self._theme, box, line, Role.STATUS_STRONG, "text2")
            else:
                focused = at == self._current and self.hasFocus()
                paint_selection(painter, self._theme, box, focused=focused, full_width=True)
                self._paint_row(painter, box, line)
        painter.end()

    def _paint_row(self, painter: QPainter, box: QRect, row: Row) -> None:
        theme, columns = self._theme, columns_of(self._theme, box)
        paint_hairline(painter, theme, box)
        tone: Token = "text" if row.matters else "text3"
        if row.matters:
            slot = QRect(box.left(), box.top(), theme.px(metrics.ICON_INLINE), box.height())
            paint_icon(painter, theme, slot, "compare", "accent_text", metrics.ICON_INLINE)
        paint_text_elided(painter, theme, columns.name, row.name, Role.MONO, tone)
        for rect, own, other in (
            (columns.left, row.left, row.right),
            (columns.right, row.right, row.left),
        ):
            if own is None:
                paint_text_elided(painter, theme, rect, _NOTHING, Role.HELP, "text3")
                continue
            shown = own
            if other is not None and row.kind is Kind.DIFFERENT:
                shown = self._from_difference(own, other, rect.width())
            paint_text_elided(painter, theme, rect, shown, Role.MONO, tone)

    def _from_difference(self, own: str, other: str, room: int) -> str:
        """The value, or from where it differs if that would not be seen."""
        if len(own) < 2_000 and self._theme.text_width(Role.MONO, own) <= room:
            return own
        pairs = enumerate(zip(own, other, strict=False))
        same = next((at for at, (ours, its) in pairs if ours != its), min(len(own), len(other)))
        return own if same <= 2 * _BEFORE else f"…{own[same - _BEFORE :]}"

    def _step(self, by: int) -> None:
        at = self._current + by
        while isinstance(self._line(at), str):
            at += by
        if isinstance(self._line(at), Row):
            self._current = at
            self.update()

    def _line(self, at: int) -> str | Row | None:
        return self._lines[at] if 0 <= at < len(self._lines) else None

    def _at(self, point: QPoint) -> int:
        return point.y() // self._theme.px(_ROW)

    def _restyle(self) -> None:
        self.setFixedHeight(max(1, len(self._lines) * self._theme.px(_ROW)))
        self.update()

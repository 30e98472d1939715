"""Paints the cells of a table of records, and knows how much of a text shows."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from sandbox_app.gui.components.painting import (
    LEFT,
    RIGHT,
    paint_hairline,
    paint_icon,
    paint_selection,
    paint_text_elided,
)
from sandbox_app.gui.components.plain_text import one_line
from sandbox_app.gui.records.header import PADDING
from sandbox_app.gui.records.model import Index, RecordModel
from sandbox_app.gui.records.record import Column, Mark, Record
from sandbox_app.gui.theme import Role, Theme, Token, metrics

_MARK_ROOM = metrics.ICON_INLINE + 8


class CellPainter(QStyledItemDelegate):
    """One cell at a time; rows look whole because every cell paints its part of them.

    Args:
        inset: unscaled px before the first visible column, on top of every cell's padding.
        first_shown: tells which column that is.
        hovered_row: tells which row the pointer is over.
        right_end: tells where the last title ends, and with it numbers below it.
    """

    def __init__(
        self,
        theme: Theme,
        model: RecordModel,
        inset: int,
        first_shown: Callable[[], int],
        hovered_row: Callable[[], int],
        right_end: Callable[[], int],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model
        self._inset = inset
        self._first_shown = first_shown
        self._hovered_row = hovered_row
        self._right_end = right_end

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the text; for a double click on an edge of the header."""
        record = self._model.record(index.row())
        height = self._theme.px(metrics.RECORD_ROW)
        if record is None:
            return QSize(0, height)
        column = self._model.columns[index.column()]
        text = one_line(record.cells.get(column.key, ""))
        beside = self._theme.px(2 * PADDING) + self._beside(index.column(), record.mark)
        return QSize(self._theme.text_width(_role(column), text) + beside + 1, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, hairline, text, mark."""
        theme, rect = self._theme, option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = index.row() == self._hovered_row()
        paint_selection(painter, theme, rect, selected=selected, hovered=hovered, full_width=True)
        paint_hairline(painter, theme, rect)
        record = self._model.record(index.row())
        if record is None:
            return
        column = self._model.columns[index.column()]
        box = self.text_box(rect, index.column(), record)
        align = RIGHT if column.align == "right" else LEFT
        text = record.cells.get(column.key, "")
        token = _token(column, record)
        paint_text_elided(painter, theme, box, text, _role(column), token, align, _elide(column))
        if record.mark and index.column() == self._first_shown():
            self._paint_mark(painter, rect, record.mark)

    def text_box(self, cell: QRect, place: int, record: Record) -> QRect:
        """Where the text of a cell may stand."""
        px = self._theme.px
        box = cell.adjusted(px(PADDING), 0, -px(PADDING), 0)
        if self._model.columns[place].align == "right":
            box.setRight(min(box.right(), self._right_end()))
        if place == self._first_shown():
            box.setLeft(box.left() + px(self._inset))
            if record.mark:
                box.setRight(box.right() - px(_MARK_ROOM))
        return box

    def cut_text(self, cell: QRect, index: Index) -> str:
        """The whole text of a cell in which not all of it shows; else nothing."""
        record = self._model.record(index.row())
        if record is None:
            return ""
        column = self._model.columns[index.column()]
        text = record.cells.get(column.key, "")
        room = self.text_box(cell, index.column(), record).width()
        return text if self._theme.text_width(_role(column), one_line(text)) > room + 1 else ""

    def _paint_mark(self, painter: QPainter, rect: QRect, mark: Mark) -> None:
        px = self._theme.px
        side = px(metrics.ICON_INLINE)
        slot = QRect(rect.right() + 1 - px(PADDING) - side, rect.top(), side, rect.height())
        token: Token = "bad" if mark == "refused" else "warn"
        paint_icon(painter, self._theme, slot, mark, token, metrics.ICON_INLINE)

    def _beside(self, place: int, mark: Mark) -> int:
        if place != self._first_shown():
            return 0
        return self._theme.px(self._inset) + (self._theme.px(_MARK_ROOM) if mark else 0)


def _role(column: Column) -> Role:
    if column.mono:
        return Role.MONO_STRONG if column.strong else Role.MONO
    return Role.NAME if column.strong else Role.BODY


def _token(column: Column, record: Record) -> Token:
    if record.muted:
        return "text3"
    return "text" if column.strong or column.mono else "text2"


def _elide(column: Column) -> Qt.TextElideMode:
    return Qt.TextElideMode.ElideMiddle if column.middle_elide else Qt.TextElideMode.ElideRight

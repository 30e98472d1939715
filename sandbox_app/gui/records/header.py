"""The titles above a table of records: quiet words, the mark of the order, and a hairline."""

from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView

from sandbox_app.gui.components.painting import (
    LEFT,
    RIGHT,
    paint_hairline,
    paint_icon,
    paint_text_elided,
)
from sandbox_app.gui.records.record import Column
from sandbox_app.gui.theme import Role, Theme, Token

PADDING: Final = 8
_MARK: Final = 12


class RecordHeader(QHeaderView):
    """Paints itself; a click sorts, an edge can be drawn.

    Signals:
        drawn: (int, int), a section the person made wider or narrower and its new width in px.
    """

    drawn = Signal(int, int)

    def __init__(self, theme: Theme, columns: tuple[Column, ...], inset: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._columns = columns
        self._inset = inset
        self._sort = ("", False)
        self._pressed: dict[int, int] = {}
        self._covered = 0
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
        self.setResizeContentsPrecision(0)
        self.setMouseTracking(True)
        self.setAccessibleName("Columns")

    def set_sort(self, key: str, descending: bool) -> None:
        """Mark the column the rows are ordered by."""
        self._sort = (key, descending)
        self.viewport().update()

    def set_covered(self, width: int) -> None:
        """So many px at the right end lie under something else."""
        self._covered = width

    @property
    def free_right(self) -> int:
        """Where a title must end so that nothing lies over it."""
        return self.viewport().width() - self._covered

    @property
    def first_shown(self) -> int:
        """The leftmost visible section; -1 when there is none."""
        for visual in range(self.count()):
            logical = self.logicalIndex(visual)
            if not self.isSectionHidden(logical):
                return logical
        return -1

    @property
    def last_shown(self) -> int:
        """The rightmost visible section, which stretches; -1 when there is none."""
        for visual in reversed(range(self.count())):
            logical = self.logicalIndex(visual)
            if not self.isSectionHidden(logical):
                return logical
        return -1

    def paintSection(self, painter: QPainter, rect: QRect, place: int) -> None:
        """Ground, title, mark, hairline."""
        theme, px = self._theme, self._theme.px
        painter.save()
        painter.fillRect(rect, theme.color("surface"))
        paint_hairline(painter, theme, rect)
        column = self._columns[place]
        box = rect.adjusted(px(PADDING), 0, -px(PADDING), 0)
        if place == self.first_shown:
            box.setLeft(box.left() + px(self._inset))
        box.setRight(min(box.right(), self.free_right))
        key, descending = self._sort
        ordered = key == column.key
        if ordered:
            box.setRight(box.right() - px(_MARK + 4))
        token: Token = "text2" if ordered else "text3"
        align = RIGHT if column.align == "right" else LEFT
        taken = paint_text_elided(painter, theme, box, column.title, Role.STATUS, token, align)
        if ordered:
            left = box.right() + 1 if column.align == "right" else box.left() + taken
            slot = QRect(left + px(4), rect.top(), px(_MARK), rect.height())
            icon = "chevron-down" if descending else "chevron-up"
            paint_icon(painter, theme, slot, icon, token, _MARK)
        painter.restore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember the widths: Qt does not say which change was the person's."""
        self._pressed = {place: self.sectionSize(place) for place in range(self.count())}
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Say what was drawn; the last section only followed."""
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, {}
        last = self.last_shown
        for place, width in pressed.items():
            if place != last and self.sectionSize(place) not in (0, width):
                self.drawn.emit(place, self.sectionSize(place))

"""A value with the characters marked that differ; selectable, broken anywhere, never mark-up."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QTextCursor, QTextOption
from PySide6.QtWidgets import QWidget

from sandbox_app.gui.live.selectable_text import SelectableText
from sandbox_app.gui.live.wrapping import cut
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.workbench.live.differences import Mark

_LINE = 22
_MOST_MARKED = 400
_LONGEST = 1_200


class ComparedText(SelectableText):
    """One value in mono on whatever ground it lies on.

    Marked characters get the ground of a difference; a mark of length 0 is drawn as an empty
    dashed box, where characters are missing.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name, QTextOption.WrapMode.WrapAnywhere, parent)
        self._marks: tuple[Mark, ...] = ()
        self._restyle()
        theme.changed.connect(self._restyle)

    def set_value(self, text: str, marks: tuple[Mark, ...] = ()) -> None:
        """Show a value; of one far too long only the beginning, since laying it out takes long."""
        self._marks = tuple(mark for mark in marks if mark[0] <= _LONGEST)
        self.setPlainText(cut(text, _LONGEST))
        self._claim_height()

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Which characters are marked."""
        return self._marks

    def paintEvent(self, event: QPaintEvent) -> None:
        """Marks below, the text above."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for start, size in self._marks:
            self._paint_mark(painter, start, size)
        painter.end()
        super().paintEvent(event)

    def _paint_mark(self, painter: QPainter, start: int, size: int) -> None:
        radius = self._theme.px(metrics.RADIUS_CHECK)
        if size == 0:
            painter.setPen(QPen(self._theme.color("text3"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._missing(start), radius, radius)
            return
        painter.setPen(QPen(self._theme.color("bad"), 1))
        painter.setBrush(self._theme.color("bad_mark"))
        for box in self._boxes(start, min(size, _MOST_MARKED)):
            painter.drawRoundedRect(box, radius, radius)

    def _missing(self, at: int) -> QRectF:
        spot = self._at(at)
        last = at >= len(self.toPlainText())
        width = self.fontMetrics().horizontalAdvance("x") if last else self._theme.px(4)
        left = spot.left() + 1 if last else spot.left() - width / 2
        return QRectF(left, spot.top() - 1, width, spot.height() + 2)

    def _boxes(self, start: int, size: int) -> list[QRectF]:
        """One box per line the marked characters stand on."""
        boxes: list[QRectF] = []
        advance = self.fontMetrics().horizontalAdvance("x")
        for position in range(start, start + size):
            spot = self._at(position)
            box = QRectF(spot.left(), spot.top() - 1, advance, spot.height() + 2)
            if boxes and abs(boxes[-1].top() - box.top()) < 1:
                boxes[-1].setRight(box.right())
            else:
                boxes.append(box)
        return boxes

    def _at(self, position: int) -> QRectF:
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(position, len(self.toPlainText())))
        return QRectF(self.cursorRect(cursor))

    def _claim_height(self) -> None:
        lines = max(1, int(self.document().size().height()))
        padding = self._theme.px(_LINE) - self.fontMetrics().lineSpacing()
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + max(4, padding))

    def _restyle(self) -> None:
        self.setFont(self._theme.font(Role.MONO_COMPARED))
        self.document().setDocumentMargin(2)
        self._claim_height()
        self.viewport().update()

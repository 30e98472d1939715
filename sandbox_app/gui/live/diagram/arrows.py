"""Draws arrows: their stroke tells what kind they are, their end what became of them."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from sandbox_app.gui.live.diagram.placed import PlacedRow
from sandbox_app.gui.live.diagram.style import DiagramStyle
from sandbox_app.gui.theme import Theme, Token
from sandbox_app.workbench.live.sequence import Kind, State, Step

_DOTS = [1.0, 3.0]
_DASHES = [6.0, 4.0]
_HELD_HEAD = 1.6
"""As much thicker is the head of dots, which are twice as thick as a line."""

_HALF, _CROSS = 0.42, 0.4
"""Of a head's length: how far it reaches up and down, and half a side of the cross."""


class ArrowPainter:
    """Paints the arrows of one diagram."""

    def __init__(self, theme: Theme, style: DiagramStyle) -> None:
        self._theme = theme
        self._style = style
        self._tip = theme.px(style.tip)

    def paint(
        self, painter: QPainter, placed: PlacedRow, step: Step, token: Token, grown: float
    ) -> None:
        """One arrow; `grown` is how far it has come, 0.0 to 1.0."""
        start, y = placed.start, placed.arrow + 0.5
        end = start + (placed.end - start) * grown
        toward = 1 if placed.end >= placed.start else -1
        solid = step.kind is Kind.REQUEST
        painter.save()
        # A level line is crisp without; its head needs it.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(self._stroke(step, token))
        # Dots would run into an open head.
        behind = toward * self._tip if solid or step.state is State.HELD else 0
        painter.drawLine(QPointF(start, y), QPointF(end - behind, y))
        painter.setPen(self._outline(step, token))
        if step.state in (State.GONE, State.DROPPED):
            self._lost(painter, end, y)
        else:
            self._head(painter, end, y, toward, token, solid=solid)
        painter.restore()

    def _stroke(self, step: Step, token: Token) -> QPen:
        width = self._width(step)
        pen = QPen(self._theme.color(token), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if step.kind is Kind.UNSEEN:
            pen.setDashPattern(_DASHES)
        elif step.state is State.HELD:
            pen.setWidthF(width * 2)
            pen.setDashPattern(_DOTS)
        return pen

    def _outline(self, step: Step, token: Token) -> QPen:
        width = self._width(step) * (_HELD_HEAD if step.state is State.HELD else 1.0)
        pen = QPen(self._theme.color(token), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        return pen

    def _width(self, step: Step) -> float:
        style = self._style
        width = style.request_width if step.kind is Kind.REQUEST else style.answer_width
        # As the head grows, so does the line; below 1 px both would fade.
        return width * max(1.0, self._theme.scale)

    def _head(
        self, painter: QPainter, x: float, y: float, toward: int, token: Token, *, solid: bool
    ) -> None:
        half = self._tip * _HALF
        back = x - toward * self._tip
        corners = [QPointF(back, y - half), QPointF(x, y), QPointF(back, y + half)]
        if solid:
            painter.setBrush(self._theme.color(token))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawPolygon(QPolygonF(corners))
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF(corners))

    def _lost(self, painter: QPainter, x: float, y: float) -> None:
        half = self._tip * _CROSS
        painter.drawLine(QPointF(x - half, y - half), QPointF(x + half, y + half))
        painter.drawLine(QPointF(x - half, y + half), QPointF(x + half, y - half))

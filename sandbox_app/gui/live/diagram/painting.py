"""Draws rows, lifelines and lane heads, on a screen as well as into a picture."""

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtSvg import QSvgGenerator, QSvgRenderer

from sandbox_app.gui.components.painting import CHIP_TOKENS, paint_box, paint_line
from sandbox_app.gui.live.diagram.geometry import Geometry, PlacedChip, PlacedRow, Text, is_solid
from sandbox_app.gui.theme import Theme, Token, Typeface, metrics
from sandbox_app.workbench.live.sequence import Kind, Lane, Pause, State, Step

_LANE_ICONS = {
    Lane.BROWSER: "browser",
    Lane.APP: "app",
    Lane.POOL: "pools",
    Lane.PROVIDER: "provider",
}
_DASHES = [6.0, 4.0]
_DOTS = [1.0, 3.0]
_SINGLE, _MIDDLE = int(Qt.TextFlag.TextSingleLine), int(Qt.AlignmentFlag.AlignVCenter)
_PLAIN = _SINGLE | _MIDDLE | int(Qt.AlignmentFlag.AlignLeft)
_AT_THE_RIGHT = _SINGLE | _MIDDLE | int(Qt.AlignmentFlag.AlignRight)


class RowPainter:
    """Paints placed rows in the theme's colours.

    Args:
        theme: colours, fonts and icons.
        geometry: the one the rows were placed with.
    """

    def __init__(self, theme: Theme, geometry: Geometry) -> None:
        self._theme = theme
        self._geometry = geometry
        self._style = geometry.style

    def row(
        self, painter: QPainter, placed: PlacedRow, *, selected: bool = False, grown: float = 1.0
    ) -> None:
        """One row at the painter's origin; `grown` is how far its arrow has come, 0.0 to 1.0."""
        if isinstance(placed.row, Pause):
            self._icon(painter, placed.icon, placed.icon_name, "text3")
            self._text(painter, placed.words, "text2")
            return
        step = placed.row
        colour = self._colour(step, selected)
        self._margins(painter, step, selected)
        self._arrow(painter, placed, step, colour, grown)
        if placed.icon_name:
            self._icon(painter, placed.icon, placed.icon_name, "bad")
        self._text(painter, placed.verb, colour if colour != "text2" else "text")
        self._text(painter, placed.words, colour if colour != "text2" else "text")
        for chip in placed.chips:
            self._chip(painter, chip, selected)
        if not placed.caption_icon.isEmpty():
            token, icon = _caption_look(step)
            self._icon(painter, placed.caption_icon, icon, token)
            self._text(painter, placed.caption, token)

    def lifelines(self, painter: QPainter, top: float, bottom: float, *, dotted: bool) -> None:
        """The vertical lines between two heights."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        pen = QPen(self._theme.color("line2"), 1)
        if dotted:
            pen.setDashPattern(_DOTS)
        painter.setPen(pen)
        for line in self._geometry.lines:
            painter.drawLine(QPointF(line, top), QPointF(line, bottom))
        painter.restore()

    def band(self, painter: QPainter, top: float) -> None:
        """The ground of the selected row, which lies below the lifelines."""
        left, end = self._theme.px(self._style.band_inset), self._theme.px(self._style.band_end)
        width = self._geometry.width - left - end
        rect = QRectF(left, top + 1, width, self._geometry.row_height - 2)
        radius = self._theme.px(metrics.RADIUS)
        paint_box(painter, rect, fill=self._theme.color("accent_soft"), radius=radius)

    def heads(self, painter: QPainter, names: dict[Lane, tuple[str, str]]) -> None:
        """The titles of the lanes, each over its lifeline."""
        theme, style, geometry = self._theme, self._style, self._geometry
        height, side = theme.px(style.head), theme.px(style.head_icon)
        for at, lane in enumerate(geometry.lanes):
            title, more = names[lane]
            left, right = self._room_of_head(at)
            parts = [side + theme.px(8), theme.text_width(style.lane, title)]
            if more:
                parts.append(theme.px(6) + theme.text_width(style.lane_more, more))
            width = min(float(sum(parts)), right - left)
            x = min(max(geometry.lines[at] - width / 2, left), right - width)
            icon = QRectF(round(x), (height - side) / 2, side, side)
            self._icon(painter, icon, _LANE_ICONS[lane], "text2")
            x += parts[0]
            x = self._head_words(painter, title, style.lane, "text", x, right)
            if more:
                self._head_words(painter, more, style.lane_more, "text2", x + theme.px(6), right)

    def _room_of_head(self, at: int) -> tuple[float, float]:
        lines, gap = self._geometry.lines, self._theme.px(8)
        left = (lines[at - 1] + lines[at]) / 2 + gap if at else float(gap)
        last = at + 1 == len(lines)
        right = self._geometry.width - gap if last else (lines[at] + lines[at + 1]) / 2 - gap
        return left, right

    def _head_words(
        self,
        painter: QPainter,
        words: str,
        face: Typeface,
        token: Token,
        left: float,
        right: float,
    ) -> float:
        theme = self._theme
        measure = theme.metrics(face)
        fitted = measure.elidedText(words, Qt.TextElideMode.ElideRight, max(0, int(right - left)))
        width = measure.horizontalAdvance(fitted)
        painter.setFont(theme.font(face))
        painter.setPen(theme.color(token))
        box = QRectF(left, 0, width + 1, theme.px(self._style.head))
        painter.drawText(box, _PLAIN, fitted)
        return left + width

    # One row's parts.

    def _colour(self, step: Step, selected: bool) -> Token:
        if step.refused or step.state in (State.GONE, State.DROPPED):
            return "bad"
        if selected or step.state is State.HELD:
            return "accent_text"
        return "text3" if step.kind is Kind.UNSEEN else "text2"

    def _margins(self, painter: QPainter, step: Step, selected: bool) -> None:
        theme, style = self._theme, self._style
        token: Token = "accent_text" if selected else "text2"
        height = theme.px(style.row)
        left = theme.px(style.number)
        number = QRectF(left, 0, self._geometry.lines[0] - left - theme.px(8), height)
        self._line(painter, self._on_words(number), str(step.number), style.number_face, token)
        if style.times and step.at is not None:
            painter.setFont(theme.font(style.note))
            painter.setPen(theme.color("text2" if selected else "text3"))
            right = self._geometry.width - theme.px(style.after)
            first = self._geometry.lines[-1] + theme.px(8)
            box = self._on_words(QRectF(first, 0, right - first, height))
            painter.drawText(box, _AT_THE_RIGHT, time_words(step.at))

    def _on_words(self, box: QRectF) -> QRectF:
        return QRectF(box.left(), 0, box.width(), 2 * self._theme.px(self._style.words))

    def _arrow(
        self, painter: QPainter, placed: PlacedRow, step: Step, token: Token, grown: float
    ) -> None:
        y = placed.arrow + 0.5
        start = placed.start
        end = start + (placed.end - start) * grown
        style, colour = self._style, self._theme.color(token)
        width = style.request_width if is_solid(step) else style.answer_width
        pen = QPen(colour, self._theme.px(1) * width if self._theme.scale > 1 else width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if step.kind is Kind.UNSEEN:
            pen.setDashPattern(_DASHES)
        elif step.state is State.HELD:
            pen.setWidthF(width * 2)
            pen.setDashPattern(_DOTS)
        painter.save()
        # A level line is crisp without; its head needs it.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(pen)
        tip = self._theme.px(style.tip)
        toward = 1 if placed.end >= placed.start else -1
        solid = is_solid(step)
        lost = step.state in (State.GONE, State.DROPPED)
        painter.drawLine(QPointF(start, y), QPointF(end - (toward * tip if solid else 0), y))
        pen.setStyle(Qt.PenStyle.SolidLine)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setWidthF(max(width, 1.2))
        painter.setPen(pen)
        if lost:
            self._lost(painter, end, y, tip * 0.4)
        else:
            self._tip(painter, end, y, toward, tip, colour, solid)
        painter.restore()

    def _tip(
        self,
        painter: QPainter,
        x: float,
        y: float,
        toward: int,
        tip: float,
        colour: QColor,
        solid: bool,
    ) -> None:
        half = tip * 0.42
        back = x - toward * tip
        corners = [QPointF(back, y - half), QPointF(x, y), QPointF(back, y + half)]
        if solid:
            painter.setBrush(colour)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawPolygon(QPolygonF(corners))
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF(corners))

    def _lost(self, painter: QPainter, x: float, y: float, half: float) -> None:
        painter.drawLine(QPointF(x - half, y - half), QPointF(x + half, y + half))
        painter.drawLine(QPointF(x - half, y + half), QPointF(x + half, y - half))

    def _chip(self, painter: QPainter, placed: PlacedChip, selected: bool) -> None:
        theme, style = self._theme, self._style
        kind = placed.chip.kind if placed.chip is not None else "neutral"
        ground, border, writing = CHIP_TOKENS[kind]
        paint_box(
            painter,
            placed.box,
            fill=theme.color("surface" if selected else ground),
            border=theme.color(border),
            radius=theme.px(metrics.RADIUS_CHIP),
        )
        padding = theme.px(style.chip_padding)
        left = placed.box.left() + padding
        if placed.icon:
            side = theme.px(style.icon)
            box = QRectF(left - theme.px(1), placed.box.center().y() - side / 2, side, side)
            self._icon(painter, box, placed.icon, writing)
            left += side + theme.px(4)
        right = placed.box.right() - padding + 1
        box = QRectF(left, placed.box.top(), right - left, placed.box.height())
        self._line(painter, box, placed.words, style.chip_face, writing)

    def _text(self, painter: QPainter, text: Text | None, token: Token) -> None:
        if text is not None:
            self._line(painter, text.box.adjusted(0, 0, 1, 0), text.words, text.face, token)

    def _line(
        self, painter: QPainter, box: QRectF, words: str, face: Typeface, token: Token
    ) -> None:
        """What is drawn into a picture goes there once, as letters."""
        if not isinstance(painter.device(), QSvgGenerator):
            paint_line(painter, self._theme, box, words, face, token)
            return
        painter.setFont(self._theme.font(face))
        painter.setPen(self._theme.color(token))
        painter.drawText(box, _PLAIN, words)

    def _icon(self, painter: QPainter, box: QRectF, name: str, token: Token) -> None:
        """As a drawing where the picture is made of drawings, or its edges would blur."""
        theme = self._theme
        size = round(box.width() / theme.scale)
        if isinstance(painter.device(), QSvgGenerator):
            source = theme.icons.svg(name, theme.color(token), size)
            QSvgRenderer(QByteArray(source.encode())).render(painter, box)
            return
        device = painter.device()
        dpr = device.devicePixelRatio() if device is not None else 1.0
        sharp = theme.pixmap(name, token, size, dpr * painter.worldTransform().m11())
        painter.drawPixmap(box, sharp, QRectF(sharp.rect()))


def _caption_look(step: Step) -> tuple[Token, str]:
    if step.state in (State.GONE, State.DROPPED):
        return "bad", "cross"
    if step.is_repeated:
        return "accent_text", "refresh"
    return ("warn", "bolt") if step.is_faulty else ("text3", "eye-off")


def time_words(seconds: float) -> str:
    """ "0 ms", "11 ms", "8.21 s", "12 min 4 s" since the login began."""
    if seconds < 1:
        return f"{max(0.0, seconds) * 1000:.0f} ms"
    if seconds < 100:
        return f"{seconds:.2f} s"
    minutes, rest = divmod(int(seconds), 60)
    if minutes < 100:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"


def row_box(geometry: Geometry, index: int) -> QRect:
    """Where a row lies in the diagram."""
    height = geometry.row_height
    return QRect(0, index * height, round(geometry.width), height)

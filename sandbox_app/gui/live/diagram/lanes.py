"""The lanes: who takes part, at the top of each lifeline, and the lifelines themselves."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from sandbox_app.gui.components.painting import paint_hairline
from sandbox_app.gui.live.diagram.geometry import Geometry
from sandbox_app.gui.live.diagram.ink import Ink
from sandbox_app.gui.theme import Theme, Token, Typeface
from sandbox_app.workbench.live.sequence import Lane

Names = dict[Lane, tuple[str, str]]
"""Of each lane its title, and a few words on who it is."""

_ICONS = {
    Lane.BROWSER: "browser",
    Lane.APP: "app",
    Lane.POOL: "pools",
    Lane.PROVIDER: "provider",
}
_DOTS = [3.0, 3.0]
_AFTER_ICON, _AFTER_TITLE, _APART = 8, 6, 8


class LanePainter:
    """Paints titles and lifelines where a geometry has them."""

    def __init__(self, theme: Theme, geometry: Geometry) -> None:
        self._theme = theme
        self._geometry = geometry
        self._style = geometry.style
        self._ink = Ink(theme)

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

    def heads(self, painter: QPainter, names: Names) -> None:
        """The titles of the lanes, each over its lifeline."""
        theme, style = self._theme, self._style
        height, side = theme.px(style.head), theme.px(style.head_icon)
        lead, between = side + theme.px(_AFTER_ICON), theme.px(_AFTER_TITLE)
        for at, lane in enumerate(self._geometry.lanes):
            title, more = names[lane]
            width = float(lead + theme.text_width(style.lane, title))
            if more:
                width += between + theme.text_width(style.lane_more, more)
            left, right = self._room(at)
            width = min(width, right - left)
            x = min(max(self._geometry.lines[at] - width / 2, left), right - width)
            icon = QRectF(round(x), (height - side) / 2, side, side)
            self._ink.icon(painter, icon, _ICONS[lane], "text2")
            x = self._words(painter, title, style.lane, "text", x + lead, right)
            if more:
                self._words(painter, more, style.lane_more, "text2", x + between, right)

    def _room(self, at: int) -> tuple[float, float]:
        """Half way to the neighbours, or to the edge."""
        lines, gap = self._geometry.lines, self._theme.px(_APART)
        left = (lines[at - 1] + lines[at]) / 2 + gap if at else float(gap)
        last = at + 1 == len(lines)
        right = self._geometry.width - gap if last else (lines[at] + lines[at + 1]) / 2 - gap
        return left, right

    def _words(
        self,
        painter: QPainter,
        words: str,
        face: Typeface,
        token: Token,
        left: float,
        right: float,
    ) -> float:
        """As many as there is room for; where they end."""
        theme, measure = self._theme, self._theme.metrics(face)
        fitted = measure.elidedText(words, Qt.TextElideMode.ElideRight, max(0, int(right - left)))
        width = measure.horizontalAdvance(fitted)
        # Smaller words stand on the line that the title stands on.
        title = theme.metrics(self._style.lane)
        lower = (title.ascent() - title.descent() - measure.ascent() + measure.descent()) / 2
        box = QRectF(left, lower, width + 1, theme.px(self._style.head))
        self._ink.letters(painter, box, fitted, face, token)
        return left + width


class LaneHeads(QWidget):
    """The titles of the lanes, which stay while the rows scroll below them."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._painter: LanePainter | None = None
        self._names: Names = {}
        self._zoom, self._offset = 1.0, 0

    @property
    def names(self) -> Names:
        """Who takes part."""
        return self._names

    def show_lanes(self, painter: LanePainter, names: Names) -> None:
        """Who takes part now, and where their lifelines are."""
        self._painter, self._names = painter, names
        self.update()

    def show_at(self, zoom: float, offset: int) -> None:
        """How large, and how many px of the paper are out of sight at the left."""
        self._zoom, self._offset = zoom, offset
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Titles where their lifelines are, and a hairline below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        if self._painter is not None and self._names:
            painter.save()
            painter.translate(-self._offset, 0)
            painter.scale(self._zoom, self._zoom)
            self._painter.heads(painter, self._names)
            painter.restore()
        paint_hairline(painter, self._theme, self.rect())
        painter.end()

"""What a timeline draws in its rows: when a key signed, and when somebody fetched which keys."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from sandbox_app.gui.components import plain_tooltip
from sandbox_app.gui.components.painting import (
    CENTRE,
    LEFT,
    paint_box,
    paint_icon,
    paint_text_elided,
)
from sandbox_app.gui.conditions.time_axis import TimeAxis
from sandbox_app.gui.theme import Role, Theme, Token, metrics

_AXIS_HEIGHT = 20
_NAME_ROOM = 56
_LANE_HEIGHT = 30
_BAR_HEIGHT = 22
_DOT = 4.5


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a key's life: solid while it signs, dashed while it is published only."""

    start: float
    end: float
    words: str
    signs: bool
    is_current: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """One fetch: filled where it brought every key that signs now; `told` is its tooltip."""

    at: float
    filled: bool
    failed: bool
    told: str


class Lane(QWidget):
    """A row of a timeline; the grid of named moments and the line of the present run through it."""

    def __init__(self, theme: Theme, height: int = _LANE_HEIGHT) -> None:
        super().__init__()
        self._theme = theme
        self._height = height
        self.axis = TimeAxis(0.0, 1.0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._restyle()
        theme.changed.connect(self._restyle)

    def show_axis(self, axis: TimeAxis) -> None:
        """Take another stretch of time."""
        self.axis = axis
        self.update()

    def x_of(self, moment: float) -> int:
        """Where a moment lies in this widget."""
        return round(self.axis.share(moment) * (self.width() - 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The grid, what the lane shows, and the present."""
        painter = QPainter(self)
        self._paint_grid(painter)
        self.paint_content(painter)
        now = self.x_of(self.axis.now)
        painter.fillRect(QRect(now, 0, 2, self.height()), self._theme.color("accent_text"))
        painter.end()

    def paint_content(self, painter: QPainter) -> None:
        """What lies between grid and present."""

    def _paint_grid(self, painter: QPainter) -> None:
        for share, _ in self.axis.named():
            left = round(share * (self.width() - 1))
            painter.fillRect(QRect(left, 0, 1, self.height()), self._theme.color("line"))

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.px(self._height))
        self.update()


class AxisLane(Lane):
    """The names of the moments, above the other lanes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _AXIS_HEIGHT)

    @property
    def names(self) -> tuple[tuple[str, QRect], ...]:
        """The names there is room for and where they stand: not cut at the left, clear of "now"."""
        end, placed = self._now_box.left(), []
        for share, words in self.axis.named():
            box = self._box(round(share * (self.width() - 1)))
            beyond = (self._theme.text_width(Role.SMALL, words) - box.width()) // 2
            if box.left() >= beyond and box.right() < end:
                placed.append((words, box))
        return tuple(placed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Names centred over their grid lines, and the word for the present."""
        painter = QPainter(self)
        theme = self._theme
        for words, box in self.names:
            paint_text_elided(painter, theme, box, words, Role.SMALL, "text3", CENTRE)
        box = self._now_box
        paint_text_elided(painter, theme, box, "now", Role.SMALL_STRONG, "accent_text", CENTRE)
        painter.end()

    @property
    def _now_box(self) -> QRect:
        return self._box(self.x_of(self.axis.now))

    def _box(self, middle: int) -> QRect:
        room = self._theme.px(_NAME_ROOM)
        return QRect(middle - room // 2, 0, room, self.height())


class KeyLane(Lane):
    """The life of one key as bars."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.spans: tuple[Span, ...] = ()

    def show_spans(self, spans: Sequence[Span]) -> None:
        """Show another life."""
        self.spans = tuple(spans)
        self.setAccessibleDescription(", ".join(span.words for span in spans))
        self.update()

    def paint_content(self, painter: QPainter) -> None:
        """Solid where the key signs, dashed where it is published only."""
        theme = self._theme
        height = theme.px(_BAR_HEIGHT)
        for span in self.spans:
            left, right = self.x_of(span.start), self.x_of(span.end)
            box = QRect(left, (self.height() - height) // 2, max(2, right - left), height)
            self._paint_bar(painter, box, span)
            inner = box.adjusted(theme.px(metrics.GRID), 0, -theme.px(metrics.HALF), 0)
            if inner.width() > theme.px(24):
                token: Token = "accent_text" if span.is_current else "text2"
                paint_text_elided(painter, theme, inner, span.words, Role.SMALL, token, LEFT)

    def _paint_bar(self, painter: QPainter, box: QRect, span: Span) -> None:
        theme, radius = self._theme, self._theme.px(metrics.RADIUS_CHECK)
        if span.signs:
            fill = theme.color("accent_soft" if span.is_current else "hover")
            edge = theme.color("accent_line" if span.is_current else "line2")
            paint_box(painter, box, fill=fill, border=edge, radius=radius)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("control"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.restore()


class FetchLane(Lane):
    """The fetches of one reader as dots, and what is wrong since the last of them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.dots: tuple[Dot, ...] = ()
        self.warning = ""

    def show_dots(self, dots: Sequence[Dot], warning: str, told: str) -> None:
        """Show other fetches; `told` is the tooltip of the whole lane."""
        self.dots, self.warning = tuple(dots), warning
        self.setToolTip(plain_tooltip(told))
        self.setAccessibleDescription(told)
        self.update()

    def paint_content(self, painter: QPainter) -> None:
        """A line, the dots on it, and the warning over its end."""
        theme, middle = self._theme, self.height() // 2
        line = theme.color("line2")
        painter.fillRect(QRect(0, middle - 1, self.x_of(self.axis.now), 2), line)
        if self.warning:
            self._paint_warning(painter)
        for dot in self.dots:
            centre = QPointF(self.x_of(dot.at), middle)
            _paint_dot(painter, theme, centre, filled=dot.filled, failed=dot.failed)

    def _paint_warning(self, painter: QPainter) -> None:
        theme, px = self._theme, self._theme.px
        since = self.x_of(self.dots[-1].at) + px(12) if self.dots else 0
        now = self.x_of(self.axis.now) - px(6)
        wanted = theme.text_width(Role.STATUS, self.warning) + px(36)
        left = max(0, min(since, now - wanted) if now - since < px(160) else since)
        box = QRect(left, (self.height() - px(_BAR_HEIGHT)) // 2, 0, px(_BAR_HEIGHT))
        box.setWidth(max(px(40), min(wanted, now - left)))
        paint_box(
            painter,
            box,
            fill=theme.color("warn_soft"),
            border=theme.color("warn_line"),
            radius=px(metrics.RADIUS_CHECK),
        )
        slot = QRect(box.left() + px(8), box.top(), px(metrics.ICON_INLINE), box.height())
        paint_icon(painter, theme, slot, "warning", "warn", metrics.ICON_INLINE)
        inner = box.adjusted(px(28), 0, -px(6), 0)
        paint_text_elided(painter, theme, inner, self.warning, Role.STATUS, "warn", LEFT)


class FetchLegend(QWidget):
    """What the dots mean, beside the title."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._parts = (("got an older key", False), ("got the key that signs", True))
        self.setAccessibleName(", ".join(words for words, _ in self._parts))
        self._restyle()
        theme.changed.connect(self._restyle)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dot and its words, twice."""
        painter = QPainter(self)
        theme, px = self._theme, self._theme.px
        left = 0
        for words, filled in self._parts:
            _paint_dot(painter, theme, QPointF(left + px(7), self.height() / 2), filled=filled)
            width = theme.text_width(Role.HELP, words)
            box = QRect(left + px(18), 0, width + 1, self.height())
            paint_text_elided(painter, theme, box, words, Role.HELP, "text2", LEFT)
            left += px(18) + width + px(16)
        painter.end()

    def _restyle(self) -> None:
        px = self._theme.px
        widths = (self._theme.text_width(Role.HELP, words) for words, _ in self._parts)
        self.setFixedSize(sum(width + px(34) for width in widths), px(_AXIS_HEIGHT))
        self.update()


def _paint_dot(
    painter: QPainter, theme: Theme, centre: QPointF, *, filled: bool, failed: bool = False
) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = theme.color("bad" if failed else "accent" if filled else "text2")
    painter.setPen(QPen(colour, 2))
    painter.setBrush(colour if filled or failed else theme.color("surface"))
    painter.drawEllipse(centre, _DOT * theme.scale, _DOT * theme.scale)

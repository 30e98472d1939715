"""A sketch of what a sign-in is: three parties, five arrows."""

from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from sandbox_app.gui.components.painting import (
    LEFT,
    chip_width,
    paint_chip,
    paint_icon,
    paint_text_elided,
)
from sandbox_app.gui.theme import Role, Theme, metrics


class _Arrow(NamedTuple):
    start: int
    end: int
    words: str
    chips: tuple[str, ...] = ()
    unseen: bool = False


_LANES: Final = (("browser", "Browser"), ("app", "Demo app"), ("user", "User pool"))
_ARROWS: Final = (
    _Arrow(0, 2, "ask to sign in"),
    _Arrow(2, 0, "", ("code",)),
    _Arrow(0, 1, "deliver", ("code",), unseen=True),
    _Arrow(1, 2, "trade the code"),
    _Arrow(2, 1, "", ("ID", "Access")),
)
_WIDTH: Final = 372
_HEAD: Final = 32
_ROW: Final = 36
_FIRST_LANE: Final = 56
_LANE_GAP: Final = 130
_HEAD_SIZE: Final = 9


class FlowSketch(QWidget):
    """Browser, demo app and user pool, and what travels between them; nothing to operate."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(
            "How a sign-in goes: the browser asks the user pool to sign in and gets a code, "
            "delivers it to the demo app, and the app trades it for an ID and an access token."
        )
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        """As designed, at the user's scale."""
        return QSize(
            self._theme.px(_WIDTH), self._theme.px(_HEAD + _ROW * len(_ARROWS)) + self._theme.px(2)
        )

    def minimumSizeHint(self) -> QSize:
        """Never smaller; whoever has no room hides it."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lifelines, their heads, arrows from top to bottom."""
        painter = QPainter(self)
        theme, px = self._theme, self._theme.px
        for number, (icon, name) in enumerate(_LANES):
            middle = self._lane(number)
            painter.fillRect(
                QRect(middle, px(_HEAD), 1, self.height() - px(_HEAD)), theme.color("line2")
            )
            words = theme.text_width(Role.STATUS_STRONG, name)
            left = middle - (px(20) + words) // 2
            slot = QRect(left, 0, px(14), px(22))
            paint_icon(painter, theme, slot, icon, "text2", metrics.ICON_INLINE)
            box = QRect(left + px(20), 0, words + 2, px(22))
            paint_text_elided(painter, theme, box, name, Role.STATUS_STRONG, "text")
        for row, arrow in enumerate(_ARROWS):
            self._paint_arrow(painter, arrow, px(_HEAD) + px(_ROW) * row)
        painter.end()

    def _paint_arrow(self, painter: QPainter, arrow: _Arrow, top: int) -> None:
        theme, px = self._theme, self._theme.px
        line = top + px(_ROW - 6)
        way = 1 if arrow.end > arrow.start else -1
        start = self._lane(arrow.start) + way * px(5)
        end = self._lane(arrow.end) - way * px(5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.color("text2"), 1.5 * theme.scale)
        if arrow.unseen:
            pen.setDashPattern([4.0, 2.5])
        painter.setPen(pen)
        head = px(_HEAD_SIZE)
        painter.drawLine(QPointF(start, line + 0.5), QPointF(end - way * head, line + 0.5))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("text2"))
        back, half = end - way * head, px(4)
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(end, line + 0.5),
                    QPointF(back, line + 0.5 - half),
                    QPointF(back, line + 0.5 + half),
                ]
            )
        )
        self._paint_words(painter, arrow, top)

    def _paint_words(self, painter: QPainter, arrow: _Arrow, top: int) -> None:
        """In the lane gap beside the origin, so that nothing crosses a lifeline."""
        theme, px = self._theme, self._theme.px
        words = theme.text_width(Role.SMALL, arrow.words) if arrow.words else 0
        chips = [chip_width(theme, chip, icon=False, small=True) for chip in arrow.chips]
        gap = px(4)
        taken = words + sum(chips) + gap * (len(chips) - 1 + bool(words and chips))
        gap_lane = arrow.start if arrow.end > arrow.start else arrow.start - 1
        left = (self._lane(gap_lane) + self._lane(gap_lane + 1) - taken) // 2
        if words:
            box = QRect(left, top + px(4), words + 2, px(metrics.CHIP_SMALL))
            paint_text_elided(painter, theme, box, arrow.words, Role.SMALL, "text2", LEFT)
            left += words + gap
        for chip, width in zip(arrow.chips, chips, strict=True):
            box = QRect(left, top + px(5), width, px(metrics.CHIP_SMALL))
            paint_chip(painter, theme, box, chip, small=True)
            left += width + gap

    def _lane(self, number: int) -> int:
        return self._theme.px(_FIRST_LANE + _LANE_GAP * number)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

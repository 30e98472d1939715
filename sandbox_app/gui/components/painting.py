"""Painting shared by delegates and components: boxes, rings, icons, elided text, chips."""

from math import ceil
from typing import Final, Literal, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen, QStaticText

from sandbox_app.gui.components.plain_text import one_line
from sandbox_app.gui.theme import Role, Theme, Token, Typeface, metrics

ChipKind = Literal["accent", "neutral", "ok", "warn", "bad"]
Outcome = Literal["passed", "refused", "warning", "not-reached"]


class FittedLine(NamedTuple):
    """A line of text that was cut to its room, measured and laid out."""

    words: str
    width: int
    advance: float
    height: float
    laid_out: QStaticText


_WIDEST: Final = 600
"""So many characters, twice, are wider than any screen."""

_MOST_LINES: Final = 4_000

LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE: Final = Qt.AlignmentFlag.AlignCenter
_RIGHT, _MIDDLE = Qt.TextElideMode.ElideRight, Qt.TextElideMode.ElideMiddle
_SINGLE_LINE: Final = int(Qt.TextFlag.TextSingleLine)
CHIP_TOKENS: Final[dict[ChipKind, tuple[Token, Token, Token]]] = {
    "accent": ("accent_soft", "accent_line", "accent_text"),
    "neutral": ("hover", "line2", "text2"),
    "ok": ("ok_soft", "ok_line", "ok"),
    "warn": ("warn_soft", "warn_line", "warn"),
    "bad": ("bad_soft", "bad_line", "bad"),
}
"""Per kind: ground, border, writing."""

OUTCOME_TOKENS: Final[dict[Outcome, Token]] = {
    "passed": "ok",
    "refused": "bad",
    "warning": "warn",
    "not-reached": "text3",
}
"""The colour that goes with each outcome icon of the same name."""


def paint_box(
    painter: QPainter,
    rect: QRect | QRectF,
    *,
    fill: QColor | None = None,
    border: QColor | None = None,
    radius: float = 0,
    width: float = 1,
) -> None:
    """A rounded box whose border lies wholly inside `rect`, crisp at whole pixels."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, radius > 0)
    area = QRectF(rect)
    if border is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        inset = width / 2
        area.adjust(inset, inset, -inset, -inset)
        radius = max(0.0, radius - inset)
        painter.setPen(QPen(border, width))
    painter.setBrush(QBrush(fill) if fill is not None else QBrush(Qt.BrushStyle.NoBrush))
    painter.drawRoundedRect(area, radius, radius)
    painter.restore()


def mix(start: QColor, end: QColor, share: float) -> QColor:
    """The colour `share` of the way from `start` (0.0) to `end` (1.0)."""
    if share <= 0:
        return start
    if share >= 1:
        return end
    return QColor.fromRgbF(
        start.redF() + (end.redF() - start.redF()) * share,
        start.greenF() + (end.greenF() - start.greenF()) * share,
        start.blueF() + (end.blueF() - start.blueF()) * share,
        start.alphaF() + (end.alphaF() - start.alphaF()) * share,
    )


def paint_hairline(painter: QPainter, theme: Theme, rect: QRect, token: Token = "line") -> None:
    """One pixel along the bottom edge of `rect`."""
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color(token))


def card_in(theme: Theme, room: QRect) -> QRect:
    """Where in its room an elevated card lies; around it is the place of its shadow."""
    margin = theme.px(metrics.SHADOW)
    return room.adjusted(margin, margin, -margin, -margin)


def paint_card(
    painter: QPainter, theme: Theme, card: QRect, radius: int = metrics.RADIUS_BLOCK
) -> None:
    """The ground of an elevated card, and its soft shadow around it; `radius` in unscaled px."""
    for step in range(6, 0, -1):
        faint = theme.color("shadow").toRgb()
        faint.setAlphaF(0.06 if theme.is_dark else 0.015)
        spread = card.adjusted(-step, -step + 3, step, step + 2)
        paint_box(painter, spread, fill=faint, radius=theme.px(metrics.RADIUS_BLOCK) + step)
    fill, border = theme.color("raised"), theme.color("line2")
    paint_box(painter, card, fill=fill, border=border, radius=theme.px(radius))


def paint_focus_ring(painter: QPainter, theme: Theme, rect: QRect | QRectF, radius: float) -> None:
    """A 2 px ring whose outer edge is `rect`; `radius` in logical px of that edge."""
    paint_box(
        painter,
        rect,
        border=theme.color("accent_text"),
        radius=radius,
        width=theme.px(metrics.RING),
    )


def paint_selection(
    painter: QPainter,
    theme: Theme,
    rect: QRect,
    *,
    selected: bool = False,
    hovered: bool = False,
    focused: bool = False,
    full_width: bool = False,
) -> None:
    """The ground of a list or table row.

    List rows are rounded; the caller insets `rect` by 8. `full_width` is for table rows, whose
    ground and ring are square. `focused` means the view has keyboard focus and this is its row.
    """
    radius = 0 if full_width else theme.px(metrics.RADIUS)
    if selected:
        paint_box(painter, rect, fill=theme.color("accent_soft"), radius=radius)
    elif hovered:
        paint_box(painter, rect, fill=theme.color("hover"), radius=radius)
    if focused:
        paint_focus_ring(painter, theme, rect, radius)


def paint_icon(
    painter: QPainter, theme: Theme, rect: QRect, name: str, token: Token, size: int
) -> None:
    """An icon of `size` unscaled px in the middle of `rect`."""
    device = painter.device()
    dpr = device.devicePixelRatio() if device is not None else 1.0
    side = theme.px(size)
    left = rect.left() + (rect.width() - side) // 2
    top = rect.top() + (rect.height() - side) // 2
    painter.drawPixmap(QPointF(left, top), theme.pixmap(name, token, size, dpr))


def paint_text_elided(
    painter: QPainter,
    theme: Theme,
    rect: QRect,
    text: str,
    role: Role | Typeface,
    token: Token,
    align: Qt.AlignmentFlag = LEFT,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> int:
    """One line of plain text cut to fit `rect`; returns the width it took.

    Use ElideMiddle for ids and addresses, whose ends tell them apart.
    """
    line = _fitted(theme, text, role, elide, rect.width())
    painter.setFont(theme.font(role))
    painter.setPen(theme.color(token))
    if align is LEFT or align is RIGHT:
        left = rect.x() if align is LEFT else rect.x() + rect.width() - line.advance
        top = rect.y() + (rect.height() - line.height) / 2
        painter.drawStaticText(QPointF(left, top), line.laid_out)
    else:
        painter.drawText(rect, int(align) | _SINGLE_LINE, line.words)
    return line.width


def paint_line(
    painter: QPainter, theme: Theme, box: QRectF, text: str, face: Typeface, token: Token
) -> None:
    """One line of plain text that was cut to its box before, at the left and in the middle."""
    key = (text, face)
    line = theme.fitted_lines.get(key)
    if line is None:
        line = theme.fitted_lines[key] = _laid_out(theme, one_line(text), face)
    painter.setFont(theme.font(face))
    painter.setPen(theme.color(token))
    top = box.y() + (box.height() - line.height) / 2
    painter.drawStaticText(QPointF(box.x(), top), line.laid_out)


def _fitted(
    theme: Theme, text: str, role: Role | Typeface, elide: Qt.TextElideMode, room: int
) -> FittedLine:
    """One line of a text cut to the room and laid out.

    A window is painted again and again with the same few hundred lines, and to cut them and lay
    them out takes most of the time.
    """
    ends = _ends_of(text, elide)
    # Python's own hash of Qt's enumerations is slow.
    key = (ends, role, elide is _RIGHT, elide is _MIDDLE, room)
    known = theme.fitted_lines.get(key)
    if known is None:
        measure = QFontMetricsF(theme.font(role))
        fitted = measure.elidedText(one_line(ends), elide, room)
        known = theme.fitted_lines[key] = _laid_out(theme, fitted, role)
    return known


def _laid_out(theme: Theme, words: str, role: Role | Typeface) -> FittedLine:
    if len(theme.fitted_lines) >= _MOST_LINES:
        theme.fitted_lines.clear()
    font = theme.font(role)
    measure = QFontMetricsF(font)
    laid_out = QStaticText(words)
    laid_out.setTextFormat(Qt.TextFormat.PlainText)
    laid_out.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    laid_out.prepare(font=font)
    advance = measure.horizontalAdvance(words)
    return FittedLine(words, ceil(advance), advance, measure.height(), laid_out)


def _ends_of(text: str, elide: Qt.TextElideMode) -> str:
    """What of a very long text could possibly show; measuring it whole takes long."""
    if len(text) <= 2 * _WIDEST:
        return text
    if elide is _MIDDLE:
        return f"{text[:_WIDEST]}…{text[-_WIDEST:]}"
    return text[: 2 * _WIDEST] if elide is _RIGHT else text[-2 * _WIDEST :]


def chip_width(
    theme: Theme, text: str, *, icon: bool, mono: bool = False, small: bool = False
) -> int:
    """How wide `paint_chip` draws a chip with this text."""
    padding = theme.px(6 if small else 8)
    lead = theme.px(metrics.ICON_INLINE + 4) if icon else 0
    return 2 * padding + lead + theme.text_width(_chip_role(mono, small), one_line(text))


def paint_chip(
    painter: QPainter,
    theme: Theme,
    rect: QRect,
    text: str,
    kind: ChipKind = "accent",
    *,
    icon: str | None = None,
    mono: bool = False,
    small: bool = False,
    lit: bool = False,
    on_selection: bool = False,
) -> None:
    """A chip filling `rect` (22 high, 18 when `small`); text elides when it does not fit.

    `lit` is hover or press; `on_selection` gives it a plain ground so that it stands out from
    a selected row.
    """
    ground, border, writing = CHIP_TOKENS[kind]
    paint_box(
        painter,
        rect,
        fill=theme.color("surface" if on_selection else ground),
        border=theme.color(writing if lit else border),
        radius=theme.px(metrics.RADIUS_CHIP),
    )
    padding = theme.px(6 if small else 8)
    inner = rect.adjusted(padding, 0, -padding, 0)
    if icon is not None:
        side = theme.px(metrics.ICON_INLINE)
        slot = QRect(inner.left() - theme.px(1), inner.top(), side, inner.height())
        paint_icon(painter, theme, slot, icon, writing, metrics.ICON_INLINE)
        inner.setLeft(inner.left() + side + theme.px(4))
    paint_text_elided(painter, theme, inner, text, _chip_role(mono, small), writing)


def paint_badge(painter: QPainter, theme: Theme, rect: QRect, text: str) -> None:
    """A count on a filled round ground, 16 high."""
    paint_box(painter, rect, fill=theme.color("text2"), radius=rect.height() / 2)
    paint_text_elided(painter, theme, rect, text, Role.SMALL_STRONG, "surface", CENTRE)


def badge_width(theme: Theme, text: str) -> int:
    """How wide a badge with this text is; never narrower than high."""
    return max(theme.px(metrics.BADGE), theme.text_width(Role.SMALL_STRONG, text) + theme.px(8))


def _chip_role(mono: bool, small: bool) -> Role:
    if mono:
        return Role.MONO
    return Role.SMALL if small else Role.STATUS

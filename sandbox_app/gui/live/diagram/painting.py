"""Draws rows: the arrow, what is written about it, and the band of the one that is chosen."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from sandbox_app.gui.components.painting import CHIP_TOKENS, paint_box, paint_focus_ring
from sandbox_app.gui.live.diagram.arrows import ArrowPainter
from sandbox_app.gui.live.diagram.geometry import Geometry
from sandbox_app.gui.live.diagram.ink import AT_THE_RIGHT, Ink
from sandbox_app.gui.live.diagram.placed import PlacedChip, PlacedRow
from sandbox_app.gui.theme import Theme, Token, metrics
from sandbox_app.workbench.live.sequence import Kind, Pause, State, Step


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
        self._ink = Ink(theme)
        self._arrows = ArrowPainter(theme, geometry.style)

    def row(
        self, painter: QPainter, placed: PlacedRow, *, selected: bool = False, grown: float = 1.0
    ) -> None:
        """One row at the painter's origin; `grown` is how far its arrow has come, 0.0 to 1.0."""
        if isinstance(placed.row, Pause):
            self._ink.icon(painter, placed.note.icon, placed.icon_name, "text3")
            self._ink.text(painter, placed.note.text, "text2")
            return
        step = placed.row
        token = _stroke_token(step, selected=selected)
        self._margins(painter, step, selected)
        self._arrows.paint(painter, placed, step, token, grown)
        self._label(painter, placed, token)
        for chip in placed.chips:
            self._chip(painter, chip, selected)
        if not placed.note.icon.isEmpty():
            writing, icon = _caption_look(step)
            self._ink.icon(painter, placed.note.icon, icon, writing)
            self._ink.text(painter, placed.note.text, writing)

    def band_box(self, top: float) -> QRectF:
        """Where the ground of the selected row lies, which may reach beyond the paper's width."""
        left, end = self._theme.px(self._style.band_inset), self._theme.px(self._style.band_end)
        width = self._geometry.width - left - end
        return QRectF(left, top + 1, width, self._geometry.row_height - 2)

    def band(self, painter: QPainter, top: float, *, focused: bool = False) -> None:
        """The ground of the selected row, which lies below the lifelines.

        Args:
            focused: whether keys go to the diagram.
        """
        radius, ground = self._theme.px(metrics.RADIUS), self._theme.color("accent_soft")
        box = self.band_box(top)
        paint_box(painter, box, fill=ground, radius=radius)
        if focused:
            paint_focus_ring(painter, self._theme, box, radius)

    # One row's parts.

    def _margins(self, painter: QPainter, step: Step, selected: bool) -> None:
        """The step's number left of the lanes, its time right of them."""
        theme, style, lines = self._theme, self._style, self._geometry.lines
        token: Token = "accent_text" if selected else "text2"
        height, apart = 2 * theme.px(style.words), theme.px(8)
        left = theme.px(style.number)
        number = QRectF(left, 0, lines[0] - left - apart, height)
        self._ink.line(painter, number, str(step.number), style.number_face, token)
        if style.times and step.at is not None:
            first, right = lines[-1] + apart, self._geometry.width - theme.px(style.after)
            box = QRectF(first, 0, right - first, height)
            token = "text2" if selected else "text3"
            words = time_words(step.at)
            self._ink.letters(painter, box, words, style.note, token, AT_THE_RIGHT)

    def _label(self, painter: QPainter, placed: PlacedRow, token: Token) -> None:
        label, writing = placed.label, "text" if token == "text2" else token
        if placed.icon_name:
            self._ink.icon(painter, label.icon, placed.icon_name, "bad")
        self._ink.text(painter, label.verb, writing)
        self._ink.text(painter, label.words, writing)

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
            self._ink.icon(painter, box, placed.icon, writing)
            left += side + theme.px(4)
        right = placed.box.right() - padding + 1
        box = QRectF(left, placed.box.top(), right - left, placed.box.height())
        self._ink.line(painter, box, placed.words, style.chip_face, writing)


def _stroke_token(step: Step, *, selected: bool) -> Token:
    if step.refused or step.state in (State.GONE, State.DROPPED):
        return "bad"
    if selected or step.state is State.HELD:
        return "accent_text"
    return "text3" if step.kind is Kind.UNSEEN else "text2"


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

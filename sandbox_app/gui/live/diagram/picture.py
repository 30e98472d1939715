"""A whole diagram as a picture to keep: SVG made of lines and letters, or PNG at twice the size."""

import asyncio
import re
from collections.abc import Callable
from enum import StrEnum
from html import unescape
from math import ceil, sqrt

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from sandbox_app.domain.ports import Aside
from sandbox_app.gui.live.diagram.geometry import Geometry
from sandbox_app.gui.live.diagram.lanes import LanePainter
from sandbox_app.gui.live.diagram.painting import RowPainter
from sandbox_app.gui.live.diagram.style import IN_A_PANE
from sandbox_app.gui.theme import Theme, Typeface
from sandbox_app.gui.theme.typography import MONO, SANS
from sandbox_app.workbench.live.sequence import Pause, Sequence, mermaid_text

_GAP, _GAP_WITH_VALUES = 340, 560
"""Unscaled px between two lifelines: most words fit whole."""

_GENERIC = {SANS: "sans-serif", MONO: "monospace"}
"""What stands in where somebody looks at an SVG who has not our fonts."""

_TEXT = re.compile(
    r'<text ([^<>]*font-family="([^"]*)" font-size="(\d+)" font-weight="(\d+)"[^<>]*)>'
    r"([^<>]*)</text>"
)
"""As Qt writes words into an SVG."""

_MARGIN = 16
_ROWS_AT_ONCE = 24
_SHARPNESS = 2.0
_MOST_PIXELS = 40_000_000
"""A longer diagram is drawn less sharp; 160 MB of memory are enough for one picture."""

_HIGHEST = 32_000
"""Pixels; beyond 32,767 Qt does not paint."""


class Form(StrEnum):
    """What a diagram is written as; the value is the file's ending."""

    SVG = "svg"
    PNG = "png"
    MERMAID = "mmd"


async def written(
    theme: Theme, sequence: Sequence, form: Form, aside: Aside, *, masked: bool
) -> str | bytes:
    """The diagram in that form. Long ones are drawn in slices, so that nothing else waits.

    Args:
        aside: encodes a picture away from the loop.
        masked: leave the values of codes, tokens and the like out.
    """
    if form is Form.MERMAID:
        return mermaid_text(sequence, masked=masked)
    drawing = _Drawing(theme, sequence, masked=masked)
    return await (_svg(drawing) if form is Form.SVG else _png(drawing, aside))


class _Drawing:
    """Heads and rows, painted piece by piece."""

    def __init__(self, theme: Theme, sequence: Sequence, *, masked: bool) -> None:
        px = theme.px
        lanes = sequence.lanes
        gaps = max(1, len(lanes) - 1)
        width = (
            px(IN_A_PANE.left)
            + px(IN_A_PANE.right)
            + gaps * px(_GAP if masked else _GAP_WITH_VALUES)
        )
        self.theme = theme
        self._rows = tuple(sequence.rows)
        self._names = {lane: sequence.name_of(lane) for lane in lanes}
        self._geometry = Geometry(theme, IN_A_PANE, lanes, width, masked=masked)
        self._painter = RowPainter(theme, self._geometry)
        self._lanes = LanePainter(theme, self._geometry)
        self._head = px(IN_A_PANE.head)
        self._margin = px(_MARGIN)

    @property
    def size(self) -> QSize:
        """In logical px."""
        rows = len(self._rows) * self._geometry.row_height
        return QSize(ceil(self._geometry.width) + self._margin, self._head + rows + self._margin)

    @property
    def pieces(self) -> tuple[Callable[[QPainter], None], ...]:
        """Ways to paint a part of it each."""
        starts = range(0, len(self._rows), _ROWS_AT_ONCE)
        return (self._paint_heads, *(self._slice(start) for start in starts))

    def _paint_heads(self, painter: QPainter) -> None:
        painter.fillRect(QRect(0, 0, *self.size.toTuple()), self.theme.color("surface"))
        self._lanes.heads(painter, self._names)
        line = QRect(0, self._head - 1, self.size.width(), 1)
        painter.fillRect(line, self.theme.color("line"))

    def _slice(self, start: int) -> Callable[[QPainter], None]:
        def paint(painter: QPainter) -> None:
            height = self._geometry.row_height
            for at, row in enumerate(self._rows[start : start + _ROWS_AT_ONCE], start):
                painter.save()
                painter.translate(0, self._head + at * height)
                self._lanes.lifelines(painter, 0, height, dotted=isinstance(row, Pause))
                self._painter.row(painter, self._geometry.place(row))
                painter.restore()

        return paint


async def _svg(drawing: _Drawing) -> str:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(drawing.size)
    generator.setViewBox(QRectF(0, 0, *drawing.size.toTuple()))
    generator.setResolution(96)
    generator.setTitle("Sequence diagram")
    await _painted(QPainter(generator), drawing)
    buffer.close()
    text = bytes(data.data()).decode()
    text = _TEXT.sub(lambda found: _held_to_width(found, drawing.theme), text)
    for family, generic in _GENERIC.items():
        text = text.replace(f'font-family="{family}"', f'font-family="{family}, {generic}"')
    return text


def _held_to_width(found: re.Match[str], theme: Theme) -> str:
    """Letters of another font are wider: they are pressed into the room that was made for ours."""
    attributes, family, size, weight, words = found.groups()
    face = Typeface(round(int(size) / theme.scale), int(weight), mono=family == MONO)
    width = QFontMetricsF(theme.font(face)).horizontalAdvance(unescape(words))
    held = f'textLength="{width:g}" lengthAdjust="spacingAndGlyphs"'
    return f"<text {held} {attributes}>{words}</text>"


async def _png(drawing: _Drawing, aside: Aside) -> bytes:
    size = drawing.size
    pixels = size.width() * size.height()
    sharpness = min(_SHARPNESS, sqrt(_MOST_PIXELS / pixels), _HIGHEST / size.height())
    wide, high = int(size.width() * sharpness), int(size.height() * sharpness)
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(sharpness)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    await _painted(painter, drawing)
    return await aside(lambda: _encoded(image))


async def _painted(painter: QPainter, drawing: _Drawing) -> None:
    try:
        for paint in drawing.pieces:
            paint(painter)
            await asyncio.sleep(0)
    finally:
        painter.end()


def _encoded(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    buffer.close()
    return bytes(data.data())

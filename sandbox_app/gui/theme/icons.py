"""Icons: outline SVGs tinted to a colour and kept as pixmaps per name, colour, size and dpr."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from sandbox_app.domain.resources import resource_path

_INLINE_PX: Final = 14
_DRAWN_STROKE: Final = 'stroke-width="1.75"'
_INLINE_STROKE: Final = 'stroke-width="2"'


class IconLoader:
    """Reads `resources/icons/<name>.svg` once and hands out tinted copies.

    Raises:
        FileNotFoundError: from any method, when no icon bears the name.
    """

    def __init__(self) -> None:
        self._folder = resource_path("icons")
        self._sources: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, int, int, float], QPixmap] = {}

    def names(self) -> list[str]:
        """Every icon there is, in alphabetical order."""
        return sorted(path.stem for path in self._folder.glob("*.svg"))

    def svg(self, name: str, colour: QColor, size: int = 24) -> str:
        """The drawing itself with `currentColor` filled in; thicker at 14 px and below."""
        source = self._sources.get(name)
        if source is None:
            source = Path(self._folder / f"{name}.svg").read_text(encoding="utf-8")
            self._sources[name] = source
        if size <= _INLINE_PX:
            source = source.replace(_DRAWN_STROKE, _INLINE_STROKE)
        return source.replace("currentColor", colour.name())

    def pixmap(self, name: str, colour: QColor, size: int, dpr: float = 1.0) -> QPixmap:
        """A square of `size` logical px, transparent around the drawing."""
        key = (name, colour.rgba(), size, dpr)
        kept = self._pixmaps.get(key)
        if kept is None:
            kept = self._draw(name, colour, size, dpr)
            self._pixmaps[key] = kept
        return kept

    def icon(self, name: str, colour: QColor, disabled: QColor, size: int) -> QIcon:
        """For widgets that take a QIcon; sharp at one and two device pixels per px."""
        icon = QIcon()
        for dpr in (1.0, 2.0):
            icon.addPixmap(self.pixmap(name, colour, size, dpr), QIcon.Mode.Normal)
            icon.addPixmap(self.pixmap(name, disabled, size, dpr), QIcon.Mode.Disabled)
        return icon

    def forget(self) -> None:
        """Drop what was drawn, for the colours of another theme."""
        self._pixmaps.clear()

    def _draw(self, name: str, colour: QColor, size: int, dpr: float) -> QPixmap:
        renderer = QSvgRenderer(QByteArray(self.svg(name, colour, size).encode()))
        pixels = max(1, round(size * dpr))
        pixmap = QPixmap(QSize(pixels, pixels))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, pixels, pixels))
        painter.end()
        pixmap.setDevicePixelRatio(dpr)
        return pixmap

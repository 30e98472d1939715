"""Rows of the list as they were last painted: a row is worked out once and not for every frame."""

from collections.abc import Callable, Hashable

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPixmap

_MOST_PIXELS = 3_000_000
"""Of all pictures together, 12 MB; a full screen of rows takes less than half of it."""

Draw = Callable[[QPainter, QRect], None]


class RowPictures:
    """Pictures of rows by whatever the rows show.

    They are opaque, because writing on a transparent ground is smoothed in another way.
    """

    def __init__(self) -> None:
        self._kept: dict[Hashable, QPixmap] = {}
        self._pixels = 0

    def paint(
        self, painter: QPainter, rect: QRect, ground: QColor, shown: Hashable, draw: Draw
    ) -> None:
        """Paint a row into `rect`, from its picture if there is one.

        Args:
            shown: equal for two rows if and only if they look the same, apart from their size.
            draw: paints the row on the ground.
        """
        dpr = painter.device().devicePixelRatio()
        if not dpr.is_integer():
            # Rows begin between two pixels then, and a picture would blur.
            draw(painter, rect)
            return
        key = (shown, rect.width(), rect.height(), dpr)
        picture = self._kept.pop(key, None)
        if picture is None:
            picture = _drawn(rect, dpr, ground, draw)
            self._make_room(_pixels_of(picture))
            self._pixels += _pixels_of(picture)
        # The one used last stands last.
        self._kept[key] = picture
        painter.drawPixmap(rect.topLeft(), picture)

    def forget(self) -> None:
        """The theme is another now."""
        self._kept.clear()
        self._pixels = 0

    def _make_room(self, wanted: int) -> None:
        while self._kept and self._pixels + wanted > _MOST_PIXELS:
            oldest = next(iter(self._kept))
            self._pixels -= _pixels_of(self._kept.pop(oldest))


def _drawn(rect: QRect, dpr: float, ground: QColor, draw: Draw) -> QPixmap:
    picture = QPixmap(rect.size() * dpr)
    picture.setDevicePixelRatio(dpr)
    picture.fill(ground)
    painter = QPainter(picture)
    draw(painter, QRect(0, 0, rect.width(), rect.height()))
    painter.end()
    return picture


def _pixels_of(picture: QPixmap) -> int:
    return picture.width() * picture.height()

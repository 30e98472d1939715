"""How keys travel while they are dragged from a table, and what hangs at the pointer then."""

import json
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from sandbox_app.gui.components.painting import chip_width, paint_chip
from sandbox_app.gui.theme import Theme, metrics

USERS_MIME = "application/x-userpool-users"
_WIDEST: Final = 240


def mime_of_keys(keys: Sequence[str], mime: str) -> QMimeData:
    """Keys as a JSON list under a type of our own; other programs get nothing from it."""
    data = QMimeData()
    data.setData(mime, QByteArray(json.dumps(list(keys)).encode()))
    return data


def keys_of_mime(data: QMimeData, mime: str) -> list[str]:
    """The keys that were dropped; none when the drag holds something else."""
    if not data.hasFormat(mime):
        return []
    try:
        found = json.loads(bytes(data.data(mime).data()))
    except ValueError:
        return []
    if not isinstance(found, list):
        return []
    return [key for key in found if isinstance(key, str)]


def picture_of(theme: Theme, words: str, dpr: float) -> QPixmap:
    """A chip with these words, cut where they are many."""
    width = min(chip_width(theme, words, icon=False), theme.px(_WIDEST))
    size = QSize(width, theme.px(metrics.CHIP))
    picture = QPixmap(size * dpr)
    picture.setDevicePixelRatio(dpr)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_chip(painter, theme, QRect(QPoint(0, 0), size), words)
    painter.end()
    return picture

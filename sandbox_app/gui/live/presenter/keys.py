"""Keys drawn as keys, with what they do."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sandbox_app.gui.components.painting import CENTRE, paint_box, paint_text_elided
from sandbox_app.gui.theme import Theme, Typeface, metrics

_CAP = Typeface(13, 500)
_WORDS = Typeface(14)
_HEIGHT = 24


class Keys(QWidget):
    """A row of keys and a few words."""

    def __init__(
        self, theme: Theme, keys: tuple[str, ...], words: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._keys = keys
        self._words = words
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._say()
        theme.changed.connect(self.updateGeometry)

    def set_words(self, words: str) -> None:
        """What they do now."""
        if words != self._words:
            self._words = words
            self._say()
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Keys and words beside each other."""
        px = self._theme.px
        caps = sum(self._cap_width(key) + px(8) for key in self._keys)
        words = self._theme.text_width(_WORDS, self._words)
        return QSize(caps + words, px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Words may be cut."""
        return QSize(self._theme.px(_HEIGHT), self._theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Raised boxes, then the words."""
        painter = QPainter(self)
        theme, left = self._theme, 0
        for key in self._keys:
            box = QRect(left, 0, self._cap_width(key), self.height())
            paint_box(
                painter,
                box,
                fill=theme.color("raised"),
                border=theme.color("line2"),
                radius=theme.px(metrics.RADIUS_CHECK),
            )
            paint_text_elided(painter, theme, box, key, _CAP, "text", CENTRE)
            left += box.width() + theme.px(8)
        rest = QRect(left, 0, self.width() - left, self.height())
        paint_text_elided(painter, theme, rest, self._words, _WORDS, "text2")
        painter.end()

    def _cap_width(self, key: str) -> int:
        return self._theme.text_width(_CAP, key) + self._theme.px(14)

    def _say(self) -> None:
        self.setAccessibleName(f"{' or '.join(self._keys)}: {self._words}")

"""What opens the palette from the top bar: looks like a field, is a button."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from sandbox_app.gui.components.chips import KeyHint
from sandbox_app.gui.components.painting import paint_box, paint_icon, paint_text_elided
from sandbox_app.gui.components.plain_text import plain_tooltip
from sandbox_app.gui.theme import Role, Theme, Token, metrics

WORDS: Final = "Find or run anything"
_KEYS: Final = "Ctrl K"
_WIDTH: Final = 248
_EDGE: Final = 9


class SearchButton(QPushButton):
    """248 wide, or only its icon when folded.

    Signals:
        clicked: bool, inherited; open the palette.
    """

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._folded = False
        self._keys = KeyHint(theme, _KEYS, parent=self)
        self.setAccessibleName(WORDS)
        self.setAccessibleDescription(_KEYS.replace(" ", "+"))
        self.setAutoDefault(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._restyle()
        theme.changed.connect(self._restyle)

    @property
    def is_folded(self) -> bool:
        """Whether only the icon shows."""
        return self._folded

    def set_folded(self, folded: bool) -> None:
        """Show the icon alone, where the window is narrower than `metrics.FOLD_BELOW`."""
        if folded != self._folded:
            self._folded = folded
            shape = Qt.CursorShape.ArrowCursor if folded else Qt.CursorShape.IBeamCursor
            self.setCursor(shape)
            self._restyle()

    def sizeHint(self) -> QSize:
        """As high as a field."""
        height = self._theme.px(metrics.FIELD)
        return QSize(height if self._folded else self._theme.px(_WIDTH), height)

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.sizeHint()

    def ring_box(self) -> tuple[QRect, int]:
        """See `focus_ring.Ringed`."""
        return self.rect(), self._theme.px(metrics.RADIUS)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Border, glass, words."""
        painter = QPainter(self)
        theme, px = self._theme, self._theme.px
        edge: Token = "text2" if self.underMouse() or self.isDown() else "control"
        paint_box(
            painter,
            self.rect(),
            fill=theme.color("surface"),
            border=theme.color(edge),
            radius=px(metrics.RADIUS),
        )
        if self._folded:
            paint_icon(painter, theme, self.rect(), "search", "text2", metrics.ICON_BUTTON)
        else:
            slot = QRect(px(_EDGE), 0, px(metrics.ICON_BUTTON), self.height())
            paint_icon(painter, theme, slot, "search", "text2", metrics.ICON_BUTTON)
            words = self.rect().adjusted(px(31), 0, -self._keys.width() - px(12), 0)
            paint_text_elided(painter, theme, words, WORDS, Role.BODY, "text3")
        painter.end()

    def _restyle(self) -> None:
        hint = self.sizeHint()
        self.setFixedSize(hint)
        self._keys.resize(self._keys.sizeHint())
        end = hint.width() - self._keys.width() - self._theme.px(5)
        self._keys.move(end, (hint.height() - self._keys.height()) // 2)
        self._keys.setVisible(not self._folded)
        tip = f"{WORDS} ({_KEYS.replace(' ', '+')})" if self._folded else ""
        self.setToolTip(plain_tooltip(tip))
        self.updateGeometry()
        self.update()

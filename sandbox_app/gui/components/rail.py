"""The rail: the window's places, an icon and a word each, Ctrl+1 onwards."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from sandbox_app.gui.components.chips import badge_text
from sandbox_app.gui.components.painting import (
    CENTRE,
    badge_width,
    paint_badge,
    paint_box,
    paint_icon,
    paint_text_elided,
)
from sandbox_app.gui.components.plain_text import plain_tooltip
from sandbox_app.gui.theme import Role, Theme, Token, metrics

_BAR_WIDTH: Final = 3
_BAR_HEIGHT: Final = 24
_ICON_TOP: Final = 12
_WORD_TOP: Final = 35


class RailItem(QPushButton):
    """One place in the rail, 80 by 60; a badge of 16 on its icon counts what waits there.

    Signals:
        clicked, toggled: bool, inherited.
    """

    def __init__(
        self, theme: Theme, icon: str, word: str, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(word, parent)
        self._theme = theme
        self._icon_name = icon
        self._word = word
        self._count = 0
        self.setAccessibleName(word)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAutoDefault(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def set_badge(self, count: int) -> None:
        """Show a count on the icon; 0 shows none."""
        self._count = count
        self.setAccessibleName(f"{self._word}, {count} new" if count else self._word)
        self.update()

    def sizeHint(self) -> QSize:
        """80 by 60, times the scale."""
        return QSize(self._theme.px(metrics.RAIL), self._theme.px(metrics.RAIL_ITEM))

    def minimumSizeHint(self) -> QSize:
        """The rail never loses its words."""
        return self.sizeHint()

    def ring_box(self) -> tuple[QRect, int]:
        """See `focus_ring.Ringed`; two px inside, for the rail ends at the window's edge."""
        inset = self._theme.px(metrics.RING + 1)
        ground = self._ground().adjusted(inset, inset, -inset, -inset)
        return ground, self._theme.px(metrics.RADIUS - 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, bar, icon, word, badge."""
        painter = QPainter(self)
        theme, px = self._theme, self._theme.px
        current = self.isChecked()
        token: Token = "accent_text" if current else "text2"
        if current:
            bar = QRect(0, (self.height() - px(_BAR_HEIGHT)) // 2, px(_BAR_WIDTH), px(_BAR_HEIGHT))
            paint_box(painter, bar, fill=theme.color("accent_text"), radius=px(1))
        if current or self.underMouse():
            fill = theme.color("accent_soft" if current else "hover")
            paint_box(painter, self._ground(), fill=fill, radius=px(metrics.RADIUS))
        side = px(metrics.ICON_RAIL)
        slot = QRect((self.width() - side) // 2, px(_ICON_TOP), side, side)
        paint_icon(painter, theme, slot, self._icon_name, token, metrics.ICON_RAIL)
        word = QRect(0, px(_WORD_TOP), self.width(), px(16))
        role = Role.SMALL_STRONG if current else Role.SMALL
        paint_text_elided(painter, theme, word, self._word, role, token, CENTRE)
        if self._count:
            text = badge_text(self._count)
            width = badge_width(theme, text)
            badge = QRect(slot.right() - px(5), slot.top() - px(6), width, px(metrics.BADGE))
            # A rim in the colour behind it keeps the count apart from the icon.
            rim = theme.color("accent_soft" if current else "chrome")
            apart = badge.adjusted(-px(2), -px(2), px(2), px(2))
            paint_box(painter, apart, fill=rim, radius=apart.height() / 2)
            paint_badge(painter, theme, badge, text)
        painter.end()

    def _ground(self) -> QRect:
        width = self._theme.px(metrics.RAIL_GROUND_WIDTH)
        height = self._theme.px(metrics.RAIL_GROUND_HEIGHT)
        return QRect((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


class Rail(QWidget):
    """The column of places at the left edge, 80 wide.

    The n-th place gets the shortcut Ctrl+n; arrow keys move between places.

    Signals:
        chosen: str, the key of the place that became current by the person's hand.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._items: dict[str, RailItem] = {}
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.setAccessibleName("Places")
        self._restyle()
        theme.changed.connect(self._restyle)

    def add(self, key: str, icon: str, word: str) -> RailItem:
        """Append a place; the first one is current."""
        item = RailItem(self._theme, icon, word, parent=self)
        shortcut = f"Ctrl+{len(self._items) + 1}"
        item.setShortcut(QKeySequence(shortcut))
        item.setToolTip(plain_tooltip(f"{word} ({shortcut})"))
        item.setChecked(not self._items)
        item.toggled.connect(self._keep_one_tab_stop)
        item.clicked.connect(lambda _checked=False: self.chosen.emit(key))
        self._items[key] = item
        self._keep_one_tab_stop()
        self._column.insertWidget(self._column.count() - 1, item)
        return item

    @property
    def current_key(self) -> str:
        """The key of the current place; empty when there are none."""
        return next((key for key, item in self._items.items() if item.isChecked()), "")

    def set_current(self, key: str) -> None:
        """Make a place current without telling anyone.

        Raises:
            KeyError: no such place.
        """
        self._items[key].setChecked(True)

    def set_badge(self, key: str, count: int) -> None:
        """Show a count on a place's icon; 0 shows none.

        Raises:
            KeyError: no such place.
        """
        self._items[key].set_badge(count)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The grey frame and its hairline."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("chrome"))
        edge = QRect(self.width() - 1, 0, 1, self.height())
        painter.fillRect(edge, self._theme.color("line"))
        painter.end()

    def _keep_one_tab_stop(self) -> None:
        # Tab enters at the current place; arrow keys do the rest.
        for item in self._items.values():
            current = item.isChecked()
            item.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.ClickFocus
            )

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(0, px(metrics.GRID), 0, px(metrics.GRID))
        self.setFixedWidth(px(metrics.RAIL))

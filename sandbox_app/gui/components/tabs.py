"""Tabs: words over a hairline, the current one underlined on it."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QTabBar, QVBoxLayout, QWidget

from sandbox_app.gui.components.painting import (
    LEFT,
    paint_box,
    paint_hairline,
    paint_icon,
    paint_text_elided,
)
from sandbox_app.gui.components.plain_text import without_mnemonic
from sandbox_app.gui.theme import Role, Theme, Token, metrics

_UNDERLINE: Final = 2
_MARK_GAP: Final = 6


class Tabs(QTabBar):
    """A row of tabs known by keys; arrow keys move between them.

    Put it in a `TabRow`, which draws the hairline the underline lies on.

    Args:
        name: accessible name of the whole row.

    Signals:
        chosen: str, the key of the tab that became current, by whatever means.
    """

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        tabs: list[tuple[str, str]] | None = None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hovered = -1
        self._marked: frozenset[str] = frozenset()
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for key, text in tabs or []:
            self.add(key, text)
        self.currentChanged.connect(self._current_changed)
        self._restyle()
        theme.changed.connect(self._restyle)

    @property
    def current_key(self) -> str:
        """The key of the current tab; empty when there are none."""
        key = self.tabData(self.currentIndex()) if self.count() else ""
        return key if isinstance(key, str) else ""

    def add(self, key: str, text: str) -> None:
        """Append a tab; `text` is plain."""
        quiet = self.blockSignals(True)
        position = self.addTab(without_mnemonic(text))
        self.setTabData(position, key)
        self.blockSignals(quiet)

    def set_current(self, key: str) -> None:
        """Make the tab with this key current; nothing happens when there is none."""
        for position in range(self.count()):
            if self.tabData(position) == key:
                self.setCurrentIndex(position)

    def setTabVisible(self, index: int, visible: bool) -> None:
        """Qt forgets to ask for the room of one that comes back."""
        super().setTabVisible(index, visible)
        self._restyle()

    def set_marked(self, keys: Iterable[str]) -> None:
        """Mark the tabs behind which something is refused, and no others."""
        marked = frozenset(keys)
        if marked == self._marked:
            return
        self._marked = marked
        for position in range(self.count()):
            words = f"{self.label(position)}, with a problem"
            self.setAccessibleTabName(position, words if self._is_marked(position) else "")
        self._restyle()

    def _is_marked(self, position: int) -> bool:
        return self.tabData(position) in self._marked

    def label(self, position: int) -> str:
        """The plain words of a tab."""
        return self.tabText(position).replace("&&", "&")

    def tabSizeHint(self, index: int) -> QSize:
        """The words and the gap behind them."""
        words = self._theme.text_width(Role.LABEL, self.label(index))
        gap = self._theme.px(metrics.TAB_GAP) if index < self.count() - 1 else 0
        mark = self._theme.px(_MARK_GAP + metrics.ICON_INLINE) if self._is_marked(index) else 0
        return QSize(words + mark + gap + 1, self._theme.px(metrics.TABS))

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Words never shrink; the row scrolls instead."""
        return self.tabSizeHint(index)

    def ring_box(self) -> tuple[QRect, int]:
        """See `focus_ring.Ringed`: around the words of the current tab."""
        box = self._words_box(self.currentIndex())
        height = self._theme.px(20)
        box.setTop((self.height() - height) // 2 - self._theme.px(2))
        box.setHeight(height)
        reach = self._theme.px(2)
        return box.adjusted(-reach, 0, reach, 0), self._theme.px(metrics.RADIUS_CHECK)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Darken the words under the pointer."""
        self._hover(self.tabAt(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is hovered any more."""
        self._hover(-1)
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words, and the 2 px line under the current ones."""
        painter = QPainter(self)
        for position in range(self.count()):
            current = position == self.currentIndex()
            token: Token = "text" if current or position == self._hovered else "text2"
            if not self.isTabEnabled(position) or not self.isEnabled():
                token = "disabled"
            box = self._words_box(position)
            raised = box.adjusted(0, 0, 1, -self._theme.px(3))
            paint_text_elided(
                painter, self._theme, raised, self.label(position), Role.LABEL, token, LEFT
            )
            if self._is_marked(position):
                left = box.right() + 1 + self._theme.px(_MARK_GAP)
                side = self._theme.px(metrics.ICON_INLINE)
                slot = QRect(left, raised.top(), side, raised.height())
                paint_icon(painter, self._theme, slot, "refused", "bad", metrics.ICON_INLINE)
            if current:
                thick = self._theme.px(_UNDERLINE)
                line = QRect(box.left(), self.height() - thick, box.width(), thick)
                paint_box(painter, line, fill=self._theme.color("accent_text"))
        painter.end()

    def _words_box(self, position: int) -> QRect:
        box = self.tabRect(position)
        box.setWidth(self._theme.text_width(Role.LABEL, self.label(position)))
        return box

    def _hover(self, position: int) -> None:
        if position != self._hovered:
            self._hovered = position
            pointing = position >= 0
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if pointing else Qt.CursorShape.ArrowCursor
            )
            self.update()

    def _current_changed(self, _position: int) -> None:
        self.updateGeometry()
        # The ring lies elsewhere now; what follows this widget hears of it by this event.
        QCoreApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))
        if self.current_key:
            self.chosen.emit(self.current_key)

    def _restyle(self) -> None:
        self.setFont(self._theme.font(Role.LABEL))
        self.setFixedHeight(self._theme.px(metrics.TABS))
        # QTabBar keeps the sizes it measured until told of another font or style.
        QTabBar.changeEvent(self, QEvent(QEvent.Type.StyleChange))
        self.updateGeometry()
        self.update()


class TabRow(QWidget):
    """The 37 px row a `Tabs` stands in: a hairline across the pane, room for more at the right.

    Args:
        inset: unscaled px before the first tab; the pane's left padding.
    """

    def __init__(
        self,
        theme: Theme,
        tabs: Tabs,
        *,
        inset: int = metrics.PANE_LEFT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._inset = inset
        self.tabs = tabs
        self._row = QHBoxLayout()
        self._row.addWidget(tabs)
        self._row.addStretch(1)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(0)
        self._outer.addStretch(1)
        self._outer.addLayout(self._row)
        self._restyle()
        theme.changed.connect(self._restyle)

    def add_right(self, widget: QWidget) -> None:
        """Put something at the right end, on the tabs' middle."""
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The hairline."""
        painter = QPainter(self)
        paint_hairline(painter, self._theme, self.rect())
        painter.end()

    def _restyle(self) -> None:
        px = self._theme.px
        self._outer.setContentsMargins(0, 0, 0, 0)
        right = metrics.PANE_RIGHT if self._inset else 0
        self._row.setContentsMargins(px(self._inset), 0, px(right), 0)
        self._row.setSpacing(px(metrics.GRID))
        self.setFixedHeight(px(metrics.TAB_ROW))

"""Small round things: chips, the count of what is new, badges and key hints."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QPushButton, QSizePolicy, QWidget

from sandbox_app.gui.components.painting import (
    CENTRE,
    ChipKind,
    badge_width,
    chip_width,
    paint_badge,
    paint_box,
    paint_chip,
    paint_icon,
    paint_text_elided,
)
from sandbox_app.gui.components.plain_text import plain_tooltip, without_mnemonic
from sandbox_app.gui.theme import Role, Theme, Token, metrics

_FLOAT: Final = 12


class Chip(QPushButton):
    """A named thing: a token, a code, a user, an outcome.

    Args:
        clickable: it can be pressed with mouse, Space and Enter, and takes part in Tab order.
        tooltip: plain text.

    Signals:
        clicked: bool, inherited.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        kind: ChipKind = "accent",
        *,
        icon: str | None = None,
        mono: bool = False,
        clickable: bool = False,
        tooltip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind: ChipKind = kind
        self._icon_name = icon
        self._mono = mono
        self._clickable = clickable
        self.setText(text)
        self.setToolTip(plain_tooltip(tooltip))
        self.setAutoDefault(clickable)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if clickable:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not tooltip)
        theme.changed.connect(self._restyle)

    @property
    def label(self) -> str:
        """The words on it, as given."""
        return self._label

    def setText(self, text: str) -> None:
        """Change the words; the accessible name follows."""
        self._label = text
        super().setText(without_mnemonic(text))
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: ChipKind, icon: str | None = None) -> None:
        """Change what it says by colour, and the icon that must travel with the colour."""
        self._kind = kind
        self._icon_name = icon
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Icon and words, 22 high."""
        width = chip_width(
            self._theme, self._label, icon=self._icon_name is not None, mono=self._mono
        )
        return QSize(width, self._theme.px(metrics.CHIP))

    def minimumSizeHint(self) -> QSize:
        """Long words may elide."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), self._theme.px(72)), hint.height())

    def ring_box(self) -> tuple[QRect, int]:
        """See `focus_ring.Ringed`."""
        return self.rect(), self._theme.px(metrics.RADIUS_CHIP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """See `painting.paint_chip`."""
        painter = QPainter(self)
        paint_chip(
            painter,
            self._theme,
            self.rect(),
            self._label,
            self._kind,
            icon=self._icon_name,
            mono=self._mono,
            lit=self._clickable and (self.underMouse() or self.isDown()),
        )
        painter.end()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


class Pill(QPushButton):
    """The count of unseen rows, "17 new", floating 12 px above the end of a list.

    Hidden while the count is 0.

    Args:
        over: the list it floats over, if any.
        upwards: the new rows are above, at the list's start.

    Signals:
        clicked: bool, inherited.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        over: QAbstractScrollArea | None = None,
        upwards: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(over if over is not None else parent)
        self._theme = theme
        self._over = over
        self._chevron = "chevron-up" if upwards else "chevron-down"
        self._count = 0
        self.setAutoDefault(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if over is not None:
            over.viewport().installEventFilter(self)
        self.set_count(0)
        theme.changed.connect(self._restyle)

    @property
    def count(self) -> int:
        """How many rows came in unseen."""
        return self._count

    def set_count(self, count: int) -> None:
        """Show how many are new; 0 hides it."""
        self._count = count
        super().setText(f"{count} new")
        self.setAccessibleName(f"{count} new, go to the newest")
        self.setVisible(count > 0)
        self._restyle()

    def sizeHint(self) -> QSize:
        """Chevron and words, 28 high."""
        theme = self._theme
        words = theme.text_width(Role.NAME, self.text())
        return QSize(theme.px(34 + 16) + words, theme.px(metrics.PILL))

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.sizeHint()

    def ring_box(self) -> tuple[QRect, int]:
        """See `focus_ring.Ringed`."""
        return self.rect(), self.height() // 2

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay above the list's end."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """A filled round ground, chevron, words."""
        painter = QPainter(self)
        theme = self._theme
        ground: Token = "accent_hover" if self.underMouse() or self.isDown() else "accent"
        paint_box(painter, self.rect(), fill=theme.color(ground), radius=self.height() / 2)
        slot = QRect(theme.px(14), 0, theme.px(14), self.height())
        paint_icon(painter, theme, slot, self._chevron, "on_accent", metrics.ICON_INLINE)
        words = self.rect().adjusted(theme.px(34), 0, -theme.px(8), 0)
        paint_text_elided(painter, theme, words, self.text(), Role.NAME, "on_accent")
        painter.end()

    def _restyle(self) -> None:
        self.resize(self.sizeHint())
        self.updateGeometry()
        self._place()
        self.update()

    def _place(self) -> None:
        if self._over is not None:
            view = self._over.viewport().geometry()
            left = view.left() + (view.width() - self.width()) // 2
            self.move(left, view.bottom() + 1 - self.height() - self._theme.px(_FLOAT))
            self.raise_()


class Badge(QWidget):
    """A count, 16 high; nothing at all for 0.

    Args:
        name: what is counted, for the accessible name: "unread mails".
    """

    def __init__(
        self, theme: Theme, name: str, count: int = 0, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._count = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_count(count)
        theme.changed.connect(self.updateGeometry)

    def set_count(self, count: int) -> None:
        """Change the count."""
        self._count = count
        self.setAccessibleName(f"{count} {self._name}")
        self.setVisible(count > 0)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Round for one digit, longer for more."""
        return QSize(
            badge_width(self._theme, badge_text(self._count)), self._theme.px(metrics.BADGE)
        )

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """See `painting.paint_badge`."""
        painter = QPainter(self)
        paint_badge(painter, self._theme, self.rect(), badge_text(self._count))
        painter.end()


class KeyHint(QWidget):
    """A key drawn as a key: "Ctrl K"."""

    def __init__(self, theme: Theme, keys: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._keys = keys
        self.setAccessibleName(keys)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """The words and 5 px around them."""
        words = self._theme.text_width(Role.SMALL, self._keys)
        height = self._theme.px(metrics.KEY_HINT)
        return QSize(max(words + self._theme.px(11), self._theme.px(18)), height)

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A raised box with the words in its middle."""
        painter = QPainter(self)
        theme = self._theme
        paint_box(
            painter,
            self.rect(),
            fill=theme.color("raised"),
            border=theme.color("line2"),
            radius=theme.px(metrics.RADIUS_CHECK),
        )
        paint_text_elided(painter, theme, self.rect(), self._keys, Role.SMALL, "text2", CENTRE)
        painter.end()


def badge_text(count: int) -> str:
    """What a badge says: the count, or "99+"."""
    return str(count) if count < 100 else "99+"

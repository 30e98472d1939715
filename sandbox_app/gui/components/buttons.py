"""Buttons: six kinds in three sizes with an optional icon, and the button that is an icon."""

from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from sandbox_app.gui.components.motion import Glide
from sandbox_app.gui.components.painting import mix, paint_box, paint_icon, paint_text_elided
from sandbox_app.gui.components.plain_text import plain_tooltip, without_mnemonic
from sandbox_app.gui.theme import Theme, Token, Typeface, metrics

Variant = Literal["primary", "default", "quiet", "link", "alert", "danger"]
Size = Literal["small", "normal", "big"]


@dataclass(frozen=True, slots=True)
class _Shape:
    height: int
    padding: int
    icon: int
    gap: int
    radius: int
    face: Typeface


_SHAPES: Final[dict[Size, _Shape]] = {
    "small": _Shape(metrics.BUTTON_SMALL, 10, 14, 6, metrics.RADIUS_CHIP, Typeface(12, 500)),
    "normal": _Shape(metrics.BUTTON, 13, 16, 6, metrics.RADIUS, Typeface(13, 500)),
    "big": _Shape(metrics.BUTTON_BIG, 26, 20, 6, metrics.RADIUS, Typeface(15, 500)),
}
_LINK_PADDING: Final = 4
_LINKS: Final = ("link", "alert")
# Beyond this a label elides instead of pushing its neighbours out of the pane.
_NARROWEST: Final = 160

_Paint = tuple[Token | None, Token | None, Token | None, Token, Token]
_PAINTS: Final[dict[Variant, _Paint]] = {
    # at rest, hovered, border, writing, icon
    "primary": ("accent", "accent_hover", None, "on_accent", "on_accent"),
    "default": ("raised", "hover", "line2", "text", "text2"),
    "quiet": (None, "hover", None, "text2", "text2"),
    "link": (None, None, None, "accent_text", "accent_text"),
    "alert": (None, None, None, "bad", "bad"),
    "danger": ("raised", "bad_soft", "line2", "bad", "bad"),
}


class Button(QPushButton):
    """A button whose label names the object: "Add this callback URL to spa".

    Space and Enter press it. The label is plain text; an ampersand is an ampersand.

    Args:
        icon: drawn before the words.
        trailing: an icon after the words; "chevron-down" where a menu opens.

    Signals:
        clicked: bool, inherited.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        variant: Variant = "default",
        size: Size = "normal",
        icon: str | None = None,
        trailing: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._trailing = trailing
        self._variant: Variant = variant
        self._shape = _SHAPES[size]
        self._icon_name = icon
        self._hover = Glide(theme, self)
        self.setText(text)
        # Outside a dialog Qt lets Enter press a button only when it is "auto default".
        self.setAutoDefault(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if variant in _LINKS:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
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

    def set_icon(self, name: str | None) -> None:
        """Change or remove the icon."""
        self._icon_name = name
        self.updateGeometry()
        self.update()

    def set_variant(self, variant: Variant) -> None:
        """Change the kind, for instance when an action stops being the first choice."""
        self._variant = variant
        self.update()

    def sizeHint(self) -> QSize:
        """Padding, icon and words at the user's scale."""
        return QSize(self._natural_width(), self._theme.px(self._shape.height))

    def minimumSizeHint(self) -> QSize:
        """Long labels may shrink and elide; short ones never do."""
        least = min(self._natural_width(), self._theme.px(_NARROWEST))
        return QSize(least, self._theme.px(self._shape.height))

    def ring_box(self) -> tuple[QRect, int]:
        """See `focus_ring.Ringed`."""
        return self.rect(), self._theme.px(self._shape.radius)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Fade the hover ground in; a cut label shows whole in a tooltip."""
        self._hover.send_to(1.0)
        if not self.toolTip() and self.width() < self._natural_width():
            self.setToolTip(plain_tooltip(self._label))
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Fade it out."""
        self._hover.send_to(0.0)
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, border, icon, words; the ring is painted by the overlay."""
        painter = QPainter(self)
        writing, mark = self._paint_ground(painter)
        self._paint_content(painter, writing, mark)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> tuple[Token, Token]:
        rest, hovered, border, writing, mark = _PAINTS[self._variant]
        theme = self._theme
        radius = theme.px(self._shape.radius)
        if not self.isEnabled():
            if rest is not None:
                ground: Token = "hover" if self._variant == "primary" else "sunken"
                fill = theme.color(ground)
                paint_box(
                    painter, self.rect(), fill=fill, border=theme.color("line"), radius=radius
                )
            return "disabled", "disabled"
        if hovered is not None:
            self._paint_box(painter, rest, hovered, border)
        return writing, mark

    def _paint_box(
        self, painter: QPainter, rest: Token | None, hovered: Token, border: Token | None
    ) -> None:
        theme = self._theme
        pressed: Token = hovered
        if hovered == "hover":
            # On dark, "hover" can hardly be told from "raised": one step further there.
            hovered, pressed = ("line", "line2") if theme.is_dark else ("hover", "line")
        base = theme.color(rest) if rest is not None else _faint(theme, hovered)
        if self.isDown() or self.isChecked():
            fill = theme.color(pressed)
        else:
            fill = mix(base, theme.color(hovered), self._hover.at)
        edge = theme.color(border) if border is not None else None
        radius = theme.px(self._shape.radius)
        paint_box(painter, self.rect(), fill=fill, border=edge, radius=radius)

    def _paint_content(self, painter: QPainter, writing: Token, mark: Token) -> None:
        theme, shape = self._theme, self._shape
        width = min(self._natural_width(), self.width())
        left = (self.width() - width) // 2 + self._padding()
        right = self.width() - left
        inner = QRect(left, 0, max(0, right - left), self.height())
        if self._icon_name is not None:
            side = theme.px(shape.icon)
            slot = QRect(inner.left() - theme.px(1), 0, side, self.height())
            paint_icon(painter, theme, slot, self._icon_name, mark, shape.icon)
            inner.setLeft(inner.left() + side + theme.px(shape.gap) - theme.px(1))
        if self._trailing is not None:
            side = theme.px(metrics.ICON_INLINE)
            slot = QRect(inner.right() + 1 - side + theme.px(2), 0, side, self.height())
            paint_icon(painter, theme, slot, self._trailing, mark, metrics.ICON_INLINE)
            inner.setRight(slot.left() - theme.px(shape.gap))
        taken = paint_text_elided(painter, theme, inner, self._label, shape.face, writing)
        if self._variant in _LINKS and self.isEnabled() and (self._hover.at > 0 or self.isDown()):
            baseline = (self.height() + theme.metrics(shape.face).ascent()) // 2 + 1
            painter.fillRect(QRect(inner.left(), baseline, taken, 1), theme.color(writing))

    def _padding(self) -> int:
        return self._theme.px(_LINK_PADDING if self._variant in _LINKS else self._shape.padding)

    def _natural_width(self) -> int:
        shape = self._shape
        words = self._theme.text_width(shape.face, self._label)
        px = self._theme.px
        # Each part rounded by itself, as it is painted, or the words are cut at odd scales.
        lead = px(shape.icon) + px(shape.gap) - px(1) if self._icon_name is not None else 0
        trail = px(metrics.ICON_INLINE) + px(shape.gap) if self._trailing else 0
        return 2 * self._padding() + lead + words + trail

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


class IconButton(QPushButton):
    """A square button that is only an icon; its name is spoken and shown as tooltip.

    Args:
        name: accessible name and tooltip, plain text: "Copy issuer".
        side: unscaled px of the square; 24 in rows, 32 in headers.

    Signals:
        clicked: bool, inherited.
    """

    def __init__(
        self,
        theme: Theme,
        icon: str,
        name: str,
        *,
        side: int = 24,
        icon_size: int = metrics.ICON_BUTTON,
        token: Token = "text2",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon
        self._icon_size = icon_size
        self._side = side
        self._token: Token = token
        self._hover = Glide(theme, self)
        self.set_name(name)
        self.setAutoDefault(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def set_name(self, name: str) -> None:
        """Change what is spoken and shown in the tooltip."""
        self.setAccessibleName(name)
        self.setToolTip(plain_tooltip(name))

    def set_icon(self, icon: str, token: Token = "text2") -> None:
        """Change the drawing and its colour."""
        self._icon_name = icon
        self._token = token
        self.update()

    def sizeHint(self) -> QSize:
        """A square at the user's scale."""
        return QSize(self._theme.px(self._side), self._theme.px(self._side))

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.sizeHint()

    def ring_box(self) -> tuple[QRect, int]:
        """See `focus_ring.Ringed`."""
        return self.rect(), self._theme.px(metrics.RADIUS_CHIP)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Fade the hover ground in."""
        self._hover.send_to(1.0)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Fade it out."""
        self._hover.send_to(0.0)
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground when hovered, pressed or checked, then the icon."""
        painter = QPainter(self)
        theme = self._theme
        down = self.isDown() or self.isChecked()
        if self.isEnabled() and (down or self._hover.at > 0):
            ground: Token = "line" if down else "hover"
            share = 1.0 if down else self._hover.at
            fill = mix(_faint(theme, ground), theme.color(ground), share)
            paint_box(painter, self.rect(), fill=fill, radius=theme.px(metrics.RADIUS_CHIP))
        token: Token = self._token if self.isEnabled() else "disabled"
        paint_icon(painter, theme, self.rect(), self._icon_name, token, self._icon_size)
        painter.end()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


def _faint(theme: Theme, token: Token) -> QColor:
    colour = QColor(theme.color(token))
    colour.setAlpha(0)
    return colour

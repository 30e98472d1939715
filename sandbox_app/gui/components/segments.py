"""Segments: two or three exclusive choices on one track, the current one raised."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from sandbox_app.gui.components.painting import (
    CENTRE,
    LEFT,
    paint_box,
    paint_icon,
    paint_text_elided,
)
from sandbox_app.gui.components.plain_text import without_mnemonic
from sandbox_app.gui.theme import Role, Theme, Token, metrics

_PADDING: Final = 12
_TRACK: Final = 2
_GAP: Final = 6


class _Segment(QRadioButton):
    def __init__(
        self, theme: Theme, key: str, text: str, icon: str | None, height: int, role: Role
    ) -> None:
        super().__init__(without_mnemonic(text))
        self._theme = theme
        self.key = key
        self._label = text
        self._icon_name = icon
        self._height = height - 2 * _TRACK
        self._role = role
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        theme = self._theme
        lead = theme.px(metrics.ICON_INLINE + _GAP) if self._icon_name else 0
        words = theme.text_width(self._role, self._label)
        return QSize(2 * theme.px(_PADDING) + lead + words, theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def ring_box(self) -> tuple[QRect, int]:
        return self.rect(), self._theme.px(metrics.RADIUS_CHIP)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        if self.isChecked():
            # In the dark theme "raised" hardly differs from the track; the border's colour does.
            fill: Token = "line2" if theme.is_dark else "raised"
            paint_box(
                painter,
                self.rect(),
                fill=theme.color(fill),
                border=theme.color("line2"),
                radius=theme.px(metrics.RADIUS_CHIP),
            )
        token: Token = "text" if self.isChecked() or self.underMouse() else "text2"
        if not self.isEnabled():
            token = "disabled"
        inner = self.rect()
        if self._icon_name:
            side = theme.px(metrics.ICON_INLINE)
            slot = QRect(theme.px(_PADDING), 0, side, self.height())
            paint_icon(painter, theme, slot, self._icon_name, token, metrics.ICON_INLINE)
            inner.setLeft(slot.right() + 1 + theme.px(_GAP))
        align = LEFT if self._icon_name else CENTRE
        paint_text_elided(painter, theme, inner, self._label, self._role, token, align)
        painter.end()


class Segments(QWidget):
    """A few exclusive choices; arrow keys move between them.

    Args:
        name: accessible name of the whole.
        choices: (key, text) or (key, text, icon), in order; the first is current.
        small: 22 instead of 30 high, for the status bar.
        role: of the words, where they are not of the usual size.

    Signals:
        chosen: str, the key that became current by the person's hand.
    """

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        choices: list[tuple[str, str] | tuple[str, str, str]],
        *,
        small: bool = False,
        role: Role | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._height = metrics.SEGMENTS_SMALL if small else metrics.SEGMENTS
        face = role or (Role.SMALL if small else Role.STATUS)
        self._telling = True
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(0)
        self._segments = [
            _Segment(
                theme,
                choice[0],
                choice[1],
                choice[2] if len(choice) == 3 else None,
                self._height,
                face,
            )
            for choice in choices
        ]
        for position, segment in enumerate(self._segments):
            segment.setChecked(position == 0)
            segment.toggled.connect(self._toggled)
            self._row.addWidget(segment)
        self._keep_one_tab_stop()
        self._restyle()
        theme.changed.connect(self._restyle)

    @property
    def current_key(self) -> str:
        """The key of the raised segment."""
        return next((segment.key for segment in self._segments if segment.isChecked()), "")

    def set_current(self, key: str) -> None:
        """Raise the segment with this key, without telling anyone."""
        self._telling = False
        for segment in self._segments:
            if segment.key == key:
                segment.setChecked(True)
        self._telling = True

    def paintEvent(self, event: QPaintEvent) -> None:
        """The track."""
        painter = QPainter(self)
        radius = self._theme.px(metrics.RADIUS)
        paint_box(painter, self.rect(), fill=self._theme.color("hover"), radius=radius)
        painter.end()

    def _keep_one_tab_stop(self) -> None:
        # Tab enters at the current segment; arrow keys do the rest.
        for segment in self._segments:
            current = segment.isChecked()
            if current:
                self.setFocusProxy(segment)
            segment.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.ClickFocus
            )

    def _toggled(self, checked: bool) -> None:
        self._keep_one_tab_stop()
        if checked and self._telling:
            self.chosen.emit(self.current_key)

    def _restyle(self) -> None:
        inset = self._theme.px(_TRACK)
        self._row.setContentsMargins(inset, inset, inset, inset)
        self.setFixedHeight(self._theme.px(self._height))
        for segment in self._segments:
            segment.updateGeometry()
        self.updateGeometry()
        self.update()

"""What is on or off: check box, radio button, and the switch that says which."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QRadioButton, QSizePolicy, QWidget

from sandbox_app.gui.components.motion import Glide
from sandbox_app.gui.components.painting import mix, paint_box, paint_text_elided
from sandbox_app.gui.components.plain_text import without_mnemonic
from sandbox_app.gui.theme import Role, Theme, Token, metrics

_RING_INSET = 2
_SWITCH_GAP = 8
_KNOB = 14


class CheckBox(QCheckBox):
    """A box to tick, with its words at the right.

    Signals:
        toggled: bool, inherited.
    """

    def __init__(
        self, theme: Theme, text: str, checked: bool = False, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(without_mnemonic(text), parent)
        self._theme = theme
        self.setAccessibleName(text)
        self.setChecked(checked)
        self._restyle()
        theme.changed.connect(self._restyle)

    def ring_box(self) -> tuple[QRect, int]:
        """See `focus_ring.Ringed`."""
        return _around_words(self.rect(), self.sizeHint(), self._theme)

    def _restyle(self) -> None:
        self.setFont(self._theme.font(Role.BODY))


class RadioButton(QRadioButton):
    """One of several, among its siblings; arrow keys move between them.

    Signals:
        toggled: bool, inherited.
    """

    def __init__(
        self, theme: Theme, text: str, checked: bool = False, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(without_mnemonic(text), parent)
        self._theme = theme
        self.setAccessibleName(text)
        self.setChecked(checked)
        self._restyle()
        theme.changed.connect(self._restyle)

    def ring_box(self) -> tuple[QRect, int]:
        """See `focus_ring.Ringed`."""
        return _around_words(self.rect(), self.sizeHint(), self._theme)

    def _restyle(self) -> None:
        self.setFont(self._theme.font(Role.BODY))


class Switch(QCheckBox):
    """A switch, 34 by 20, that takes effect at once and says On or Off beside it.

    Args:
        name: accessible name: what is switched.
        says: whether the word is shown; off only where a sentence beside it says it.

    Signals:
        toggled: bool, inherited.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        checked: bool = False,
        *,
        says: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._says = says
        self._knob = Glide(theme, self, 1.0 if checked else 0.0)
        self.setAccessibleName(name)
        self.setChecked(checked)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._slide)
        theme.changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        """Track, gap and the longer of the two words."""
        px = self._theme.px
        words = max(self._theme.text_width(Role.BODY, word) for word in ("On", "Off"))
        return QSize(
            px(metrics.SWITCH_WIDTH) + (px(_SWITCH_GAP) + words if self._says else 0),
            px(metrics.SWITCH_HEIGHT),
        )

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.sizeHint()

    def hitButton(self, position: QPoint) -> bool:
        """The word is part of the switch."""
        return self.rect().contains(position)

    def ring_box(self) -> tuple[QRect, int]:
        """See `focus_ring.Ringed`."""
        return self._track(), self._track().height() // 2

    def paintEvent(self, event: QPaintEvent) -> None:
        """Track, knob, word."""
        painter = QPainter(self)
        theme, share = self._theme, self._knob.at
        track = self._track()
        edge: Token = "control" if self.isEnabled() else "disabled"
        ground: Token = "accent" if self.isEnabled() else "disabled"
        paint_box(
            painter,
            track,
            fill=mix(theme.color("surface"), theme.color(ground), share),
            border=mix(theme.color(edge), theme.color(ground), share),
            radius=track.height() / 2,
        )
        side = theme.px(_KNOB) - round(2 * theme.scale * (1 - share))
        room = (track.height() - side) // 2
        travel = track.width() - side - 2 * room
        knob = QRect(track.left() + room + round(travel * share), track.top() + room, side, side)
        fill = mix(theme.color(edge), theme.color("on_accent"), share)
        paint_box(painter, knob, fill=fill, radius=side / 2)
        if self._says:
            self._paint_word(painter, track)
        painter.end()

    def _paint_word(self, painter: QPainter, track: QRect) -> None:
        token: Token = "text" if self.isChecked() else "text2"
        if not self.isEnabled():
            token = "disabled"
        left = track.right() + 1 + self._theme.px(_SWITCH_GAP)
        rect = QRect(left, 0, self.width() - left, self.height())
        word = "On" if self.isChecked() else "Off"
        paint_text_elided(painter, self._theme, rect, word, Role.BODY, token)

    def _track(self) -> QRect:
        width, height = (
            self._theme.px(metrics.SWITCH_WIDTH),
            self._theme.px(metrics.SWITCH_HEIGHT),
        )
        return QRect(0, (self.height() - height) // 2, width, height)

    def _slide(self, checked: bool) -> None:
        self._knob.send_to(1.0 if checked else 0.0)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


def _around_words(rect: QRect, hint: QSize, theme: Theme) -> tuple[QRect, int]:
    wide = QRect(0, 0, min(rect.width(), hint.width()), rect.height())
    height = min(rect.height(), theme.px(20))
    wide.setTop((rect.height() - height) // 2)
    wide.setHeight(height)
    inset = theme.px(_RING_INSET)
    return wide.adjusted(-inset + theme.px(1), 0, inset, 0), theme.px(metrics.RADIUS_CHECK)

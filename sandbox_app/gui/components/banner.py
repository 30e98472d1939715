"""The banner: an outcome in words, with its shape and colour and what can be done about it."""

from typing import Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sandbox_app.gui.components.labels import ElidedLabel, IconLabel
from sandbox_app.gui.components.painting import paint_box
from sandbox_app.gui.theme import Role, Theme, Token, metrics

BannerKind = Literal["ok", "warn", "bad", "info"]

_LOOKS: Final[dict[BannerKind, tuple[str, Token, Token, Token]]] = {
    # icon, its colour, ground, border
    "ok": ("passed", "ok", "ok_soft", "ok_line"),
    "warn": ("warning", "warn", "warn_soft", "warn_line"),
    "bad": ("refused", "bad", "bad_soft", "bad_line"),
    "info": ("info", "accent_text", "accent_soft", "accent_line"),
}


class Banner(QWidget):
    """A verdict above what it is about: 56 high, or 48 across a whole place.

    Args:
        title: the verdict in a few words.
        text: one line below it; beside it when `full_width`.
    """

    def __init__(
        self,
        theme: Theme,
        kind: BannerKind,
        title: str,
        text: str = "",
        *,
        full_width: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind: BannerKind = kind
        self._full_width = full_width
        self._mark = IconLabel(theme, _LOOKS[kind][0], _LOOKS[kind][1], metrics.ICON_RAIL)
        self._title = ElidedLabel(theme, title, Role.NAME if full_width else Role.VERDICT)
        self._text = ElidedLabel(
            theme, text, Role.BODY if full_width else Role.HELP, "text" if full_width else "text2"
        )
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._mark)
        self._row.addLayout(self._words(), 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_verdict(kind, title, text)
        self._restyle()
        theme.changed.connect(self._restyle)

    def set_verdict(self, kind: BannerKind, title: str, text: str = "") -> None:
        """Say something else."""
        self._kind = kind
        icon, token, _, _ = _LOOKS[kind]
        self._mark.set_icon(icon, token)
        self._title.setText(title)
        self._title.set_token(token if self._full_width else "text")
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(f"{title}. {text}" if text else title)
        self.update()

    def add_button(self, button: QWidget) -> None:
        """Append a button at the right end."""
        self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The soft ground and its border; only a lower line when it spans the place."""
        painter = QPainter(self)
        theme = self._theme
        _, _, ground, border = _LOOKS[self._kind]
        if self._full_width:
            painter.fillRect(self.rect(), theme.color(ground))
            painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color(border))
        else:
            radius = theme.px(metrics.RADIUS_BLOCK)
            paint_box(
                painter,
                self.rect(),
                fill=theme.color(ground),
                border=theme.color(border),
                radius=radius,
            )
        painter.end()

    def _words(self) -> QHBoxLayout | QVBoxLayout:
        if self._full_width:
            beside = QHBoxLayout()
            beside.setSpacing(self._theme.px(metrics.GRID))
            beside.addWidget(self._title)
            beside.addWidget(self._text)
            beside.addStretch(1)
            return beside
        below = QVBoxLayout()
        below.setSpacing(self._theme.px(1))
        below.addStretch(1)
        below.addWidget(self._title)
        below.addWidget(self._text)
        below.addStretch(1)
        return below

    def _restyle(self) -> None:
        px = self._theme.px
        if self._full_width:
            self._row.setContentsMargins(px(metrics.PANE_LEFT), 0, px(metrics.PANE_RIGHT), 0)
        else:
            self._row.setContentsMargins(px(16), 0, px(12), 0)
        self._row.setSpacing(px(10))
        height = metrics.BANNER_FULL_WIDTH if self._full_width else metrics.BANNER
        self.setFixedHeight(px(height))

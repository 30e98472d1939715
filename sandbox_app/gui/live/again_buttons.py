"""Beside the tabs: send this request again, or go back to the one that it repeats."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.components import Button, plain_tooltip
from sandbox_app.gui.theme import Theme, metrics

_WORDS = "Compare with the original"
_ROOM_FOR_WORDS = 720
"""Unscaled px of a row in which all words have a place."""


class CompareWithOriginal(Button):
    """Leads from a repetition to what it repeats."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _WORDS, size="small", icon="compare")
        self.setToolTip(plain_tooltip(_WORDS))

    def fold(self, short: bool) -> None:
        """All words, or the first."""
        self.setText("Compare" if short else _WORDS)
        self.setAccessibleName(_WORDS)


class AgainButtons(QWidget):
    """Shown beside the tabs of one request.

    Signals:
        again_wanted: Exchange, to be sent again.
        original_wanted: str, the id of an exchange to compare with what it repeats.
    """

    again_wanted = Signal(object)
    original_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._can_send = False
        self._exchange: Exchange | None = None
        self.send = Button(theme, "Send again…", size="small", icon="send")
        self.compare = CompareWithOriginal(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(metrics.GRID))
        row.addWidget(self.compare)
        row.addWidget(self.send)
        self.send.clicked.connect(lambda: self.again_wanted.emit(self._exchange))
        self.compare.clicked.connect(self._want_original)
        self.hide()

    def set_can_send(self, can: bool) -> None:
        """Whether there is a sandbox behind the window."""
        self._can_send = can

    def fold(self, room: int) -> None:
        """Say it in fewer words where there is no room for all beside the tabs.

        Args:
            room: px of the whole row.
        """
        self.compare.fold(room < self._theme.px(_ROOM_FOR_WORDS))

    def show_for(self, exchange: Exchange | None, tab: str) -> None:
        """Offer what fits the request that is open, under the tab in sight."""
        self._exchange = exchange
        repeats = exchange is not None and bool(exchange.again_of)
        self.send.setVisible(exchange is not None and self._can_send and tab == "request")
        self.compare.setVisible(repeats and tab in ("why", "response"))
        self.setVisible(not (self.send.isHidden() and self.compare.isHidden()))

    def _want_original(self) -> None:
        if self._exchange is not None:
            self.original_wanted.emit(self._exchange.id)

"""Beside the tabs: send this request again, or go back to the one that it repeats."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.components import Button
from sandbox_app.gui.theme import Theme, metrics


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
        self.compare = Button(theme, "Compare with the original", size="small", icon="compare")
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

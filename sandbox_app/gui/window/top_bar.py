"""The bar along the top: the name, whether it serves and where, the pool looked at, the menus."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from sandbox_app.gui.components import (
    Button,
    Combo,
    CopyValue,
    Hairline,
    IconButton,
    IconLabel,
    Label,
)
from sandbox_app.gui.palette import SearchButton
from sandbox_app.gui.serving import Phase, ServerState
from sandbox_app.gui.theme import Role, Theme, Token, metrics

_PHASES: dict[Phase, tuple[str, Token, str]] = {
    Phase.STARTING: ("clock", "text2", "Starting"),
    Phase.SERVING: ("play", "ok", "Serving"),
    Phase.STOPPED: ("stop", "bad", "Stopped"),
}


class TopBar(QWidget):
    """48 px of frame.

    Signals:
        start_wanted, stop_wanted: the switch beside the state was used.
        pool_chosen: str, the id of the pool to look at.
    """

    start_wanted = Signal()
    stop_wanted = Signal()
    pool_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state = ServerState(phase=Phase.STARTING, http="")
        self._mark = IconLabel(theme, "clock", "text2", metrics.ICON_BUTTON)
        self._words = Label(theme, "", Role.NAME)
        self.switch = IconButton(theme, "stop", "Stop serving")
        self.http = CopyValue(theme, "HTTP address", "", token="text2")
        self.https = CopyValue(theme, "HTTPS address", "", token="text2")
        self.pools = Combo(theme, "Pool")
        self.search = SearchButton(theme)
        self.menus: dict[str, Button] = {}
        self.switch.clicked.connect(self._switch)
        self.pools.chosen.connect(self.pool_chosen)
        self._build()
        self.show_server(self._state)
        self.show_pools([], "")
        self._restyle()
        theme.changed.connect(self._restyle)

    def show_server(self, state: ServerState) -> None:
        """State, switch and addresses."""
        self._state = state
        icon, token, words = _PHASES[state.phase]
        self._mark.set_icon(icon, token)
        self._words.setText(words)
        stopped = state.phase is Phase.STOPPED
        self.switch.set_icon("play" if stopped else "stop")
        self.switch.set_name("Start serving" if stopped else "Stop serving")
        self.switch.setEnabled(state.phase is not Phase.STARTING)
        self.http.set_value(state.http)
        self.https.set_value(state.https)
        self._fold()

    def show_pools(self, pools: list[tuple[str, str]], current: str) -> None:
        """The choice of pools; with fewer than two there is nothing to choose."""
        self.pools.set_choices(pools)
        self.pools.set_current(current)
        self._pool_label.setVisible(len(pools) > 1)
        self.pools.setVisible(len(pools) > 1)
        self._fold()

    def add_menu(self, name: str, menu: QMenu) -> None:
        """Append a word that opens a menu."""
        button = Button(self._theme, name, variant="quiet", trailing="chevron-down")
        button.clicked.connect(lambda: self._open(button, menu))
        self.menus[name] = button
        self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The second address folds away first."""
        super().resizeEvent(event)
        self._fold()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The grey frame and its hairline."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("chrome"))
        edge = QRect(0, self.height() - 1, self.width(), 1)
        painter.fillRect(edge, self._theme.color("line"))
        painter.end()

    def _switch(self) -> None:
        if self._state.phase is Phase.STOPPED:
            self.start_wanted.emit()
        else:
            self.stop_wanted.emit()

    def _open(self, button: Button, menu: QMenu) -> None:
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _fold(self) -> None:
        serving = self._state.serving
        narrow = self.width() < self._theme.px(metrics.FOLD_BELOW)
        self.http.setVisible(serving)
        self.https.setVisible(serving and bool(self._state.https) and not narrow)
        self.search.set_folded(narrow)
        # Better no second address than two that are cut.
        if not self.https.isHidden() and self._row.sizeHint().width() > self.width():
            self.https.hide()

    def _build(self) -> None:
        theme, middle = self._theme, Qt.AlignmentFlag.AlignVCenter
        self._row = QHBoxLayout(self)
        self._logo = IconLabel(theme, "logo", "accent_text", 18)
        self._name = Label(theme, "Userpool Sandbox", Role.NAME)
        self._divider = Hairline(theme, vertical=True, token="line2")
        self._pool_label = Label(theme, "Pool", Role.BODY, "text2")
        for widget in (self._logo, self._name, self._divider, self._mark, self._words, self.switch):
            self._row.addWidget(widget, 0, middle)
        self._row.addWidget(self.http, 0, middle)
        self._row.addWidget(self.https, 0, middle)
        self._row.addStretch(1)
        self._row.addWidget(self._pool_label, 0, middle)
        self._row.addWidget(self.pools, 0, middle)
        self._row.addWidget(self.search, 0, middle)

    def _restyle(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(18), 0, px(12), 0)
        self._row.setSpacing(px(metrics.GRID))
        self._divider.setFixedHeight(px(20))
        self.pools.setMinimumWidth(px(140))
        self.setFixedHeight(px(metrics.TOP_BAR))
        self._fold()

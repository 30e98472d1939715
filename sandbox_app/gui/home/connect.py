"""Connect my app: choose a client and a library, copy what already holds the live values."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.gui.components import (
    Button,
    CodeView,
    Combo,
    EmptyState,
    IconLabel,
    Label,
    TabRow,
    Tabs,
    WrapLabel,
)
from sandbox_app.gui.home.address_list import AddressList
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.operations.core import Core
from sandbox_app.workbench.connect import (
    LIBRARIES,
    client_addresses,
    pool_addresses,
    snippet,
)

_ADDRESSES = "addresses"
_COPIED_INSET = 12
_LINE, _CODE_FRAME, _BAR = 20, 27, 12


class ConnectPane(QWidget):
    """Client and library at the top, the snippet or the addresses below."""

    def __init__(self, theme: Theme, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._core = core
        self._origin = ""
        self._pool: UserPool | None = None
        self._clients: dict[str, UserPoolClient] = {}
        self.client = Combo(theme, "Client")
        self.tabs = Tabs(theme, "Library", [*LIBRARIES, (_ADDRESSES, "Addresses")])
        self.code = CodeView(theme, "Snippet")
        self.copy = Button(theme, "Copy", icon="copy", parent=self.code)
        self.unfit = EmptyState(theme, "info", "Not with this client", "")
        self.addresses = AddressList(theme)
        self._note_mark = IconLabel(theme, "info", "text2", metrics.ICON_INLINE)
        self._note = WrapLabel(theme, "", Role.HELP, "text2")
        self._pages = _Pages()
        self._build()
        self.client.chosen.connect(self._show)
        self.tabs.chosen.connect(self._show)
        self.copy.clicked.connect(self._copy)
        self.code.installEventFilter(self)

    def show_pool(self, pool: UserPool | None, origin: str) -> None:
        """Offer this pool's clients as they are now, at the sandbox's present origin."""
        self._pool, self._origin = pool, origin
        clients = self._core.store.clients.of_pool(pool.id) if pool is not None else ()
        self._clients = {client.client_id: client for client in clients}
        self.client.set_choices([(client.client_id, client.client_name) for client in clients])
        self.client.setEnabled(bool(clients))
        self._show()

    def save_state(self) -> dict[str, object]:
        """Which client and library are shown; plain values."""
        return {"client": self.client.current_key, "library": self.tabs.current_key}

    def restore_state(self, state: dict[str, object]) -> None:
        """Take up what `save_state` gave, as far as it is still there."""
        self.client.set_current(str(state.get("client", "")))
        self.tabs.set_current(str(state.get("library", "")))
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The copy button stays in the snippet's corner."""
        if watched is self.code and isinstance(event, QResizeEvent):
            self._place_copy()
            self._fit_code()
        return False

    def _show(self) -> None:
        client = self._clients.get(self.client.current_key)
        if self._pool is None or client is None:
            self._say_unfit("No app client", "Once this pool has an app client, it appears here.")
            return
        pool = pool_addresses(self._core, self._pool, self._origin)
        own = client_addresses(client, self._origin)
        if self.tabs.current_key == _ADDRESSES:
            self.addresses.show_addresses(client.client_name, pool, own)
            self._pages.setCurrentWidget(self.addresses)
            self._say(f"Everything an app needs to know to use {client.client_name}.")
            return
        made = snippet(self.tabs.current_key, client, pool, own)
        if not made.text:
            self._say_unfit("Not with this client", made.note)
            return
        self.code.set_text(made.text, made.live_values)
        self._fit_code()
        self._pages.setCurrentWidget(self.code)
        self._say(made.note)

    def _say(self, note: str) -> None:
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._note_mark.setVisible(bool(note))

    def _say_unfit(self, title: str, reason: str) -> None:
        self.unfit.set_words(title, reason)
        self._pages.setCurrentWidget(self.unfit)
        self._say("")

    def _fit_code(self) -> None:
        """The whole snippet is seen: the place scrolls, not the code in it."""
        lines = self.code.text.split("\n")
        widest = max(self._theme.text_width(Role.MONO, line) for line in lines)
        bar = _BAR if widest + self._theme.px(_CODE_FRAME + _BAR) > self.code.width() else 0
        self.code.setMinimumHeight(self._theme.px(_LINE * len(lines) + _CODE_FRAME + bar))
        self._pages.updateGeometry()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code.text)
        self.copy.set_icon("check")
        self.copy.setText("Copied")
        self._place_copy()

    def _place_copy(self) -> None:
        inset = self._theme.px(_COPIED_INSET)
        size = self.copy.sizeHint()
        self.copy.resize(size)
        self.copy.move(self.code.width() - size.width() - inset, inset)

    def leaveEvent(self, event: QEvent) -> None:
        """The button offers to copy again once the pointer is elsewhere."""
        super().leaveEvent(event)
        self._offer_copy()

    def _offer_copy(self) -> None:
        self.copy.set_icon("copy")
        self.copy.setText("Copy")
        self._place_copy()

    def _build(self) -> None:
        theme, middle = self._theme, Qt.AlignmentFlag.AlignVCenter
        self._head = QHBoxLayout()
        self._head.addWidget(Label(theme, "Connect my app", Role.TITLE), 1, middle)
        self._head.addWidget(Label(theme, "Client", Role.BODY, "text2"), 0, middle)
        self._head.addWidget(self.client, 0, middle)
        for page in (self.code, self.unfit, self.addresses):
            self._pages.addWidget(page)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._note_mark, 0, Qt.AlignmentFlag.AlignTop)
        self._foot.addWidget(self._note, 1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(TabRow(theme, self.tabs, inset=0))
        self._column.addWidget(self._pages, 1)
        self._column.addLayout(self._foot)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(12))
        self._head.setSpacing(px(metrics.GRID))
        self._foot.setSpacing(px(6))
        self.client.setFixedWidth(px(160))
        self._fit_code()
        self._place_copy()


class _Pages(QStackedWidget):
    """Asks for the room its current page needs, not for that of the tallest."""

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        if page is None:
            return super().minimumSizeHint()
        return page.minimumSizeHint().expandedTo(page.minimumSize())

    def sizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.sizeHint() if page is not None else super().sizeHint()

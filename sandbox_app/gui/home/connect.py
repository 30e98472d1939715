"""Connect my app: choose a client and a library, copy what already holds the live values."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

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
from sandbox_app.operations.errors import ApiError
from sandbox_app.workbench.connect import (
    LIBRARIES,
    Library,
    Snippet,
    behind_a_proxy,
    client_addresses,
    from_a_container,
    pool_addresses,
    snippet,
)

_SNIPPET, _ADDRESSES, _CONTAINER, _PROXY = "snippet", "addresses", "container", "proxy"
_VIEWS = [
    (_SNIPPET, "Snippet"),
    (_ADDRESSES, "Addresses"),
    (_CONTAINER, "From a container"),
    (_PROXY, "Behind a proxy"),
]
_FIRST = "oidc-client-ts"
_ROOM_FOR_CHOICES, _NARROWEST = 640, 384
_CLIENT, _LIBRARY = (104, 160), (160, 200)
"""Least and most width of the choices, which take what there is before the stretch does."""
_EAGER = 1000
_COPIED_INSET = 12
_LINE, _CODE_FRAME, _BAR = 20, 27, 12
_BESIDE_COPY, _BEFORE_LANGUAGE = 2, 12


class ConnectPane(QWidget):
    """Client and library at the top; below, the snippet, the addresses or the way there."""

    def __init__(self, theme: Theme, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._core = core
        self._origin = self._secure = self._token_file = ""
        self._pool: UserPool | None = None
        self._clients: dict[str, UserPoolClient] = {}
        self.client = Combo(theme, "Client")
        self.library = Combo(theme, "Library", [(each.key, each.name) for each in LIBRARIES])
        self.library.set_current(_FIRST)
        self.tabs = Tabs(theme, "What to show", _VIEWS)
        self.code = CodeView(theme, "Snippet")
        self.copy = Button(theme, "Copy", icon="copy", parent=self.code)
        self.unfit = EmptyState(theme, "info", "Not with this client", "")
        self.addresses = AddressList(theme)
        self._note_mark = IconLabel(theme, "info", "text2", metrics.ICON_INLINE)
        self._note = WrapLabel(theme, "", Role.HELP, "text2")
        self._language = Label(theme, "", Role.HELP, "text3")
        self.add_callback = Button(theme, "", size="small", icon="plus")
        self._callback = ""
        self._words = [Label(theme, word, Role.BODY, "text2") for word in ("Client", "Library")]
        self._pages = _Pages()
        self._build()
        self.client.chosen.connect(self._show)
        self.library.chosen.connect(self._show_library)
        self.tabs.chosen.connect(self._show)
        self.copy.clicked.connect(self._copy)
        self.add_callback.clicked.connect(self._add_callback)
        self.code.installEventFilter(self)

    def show_pool(
        self, pool: UserPool | None, origin: str, secure: str = "", token_file: str = ""
    ) -> None:
        """Offer this pool's clients as they are now, at the sandbox's present origins.

        Args:
            secure: the origin of HTTPS; empty where that is switched off.
            token_file: what opens the control interface; empty while it is closed.
        """
        self._pool, self._origin, self._secure = pool, origin, secure
        self._token_file = token_file
        clients = self._core.store.clients.of_pool(pool.id) if pool is not None else ()
        self._clients = {client.client_id: client for client in clients}
        self.client.set_choices([(client.client_id, client.client_name) for client in clients])
        self.client.setEnabled(bool(clients))
        self._show()

    def save_state(self) -> dict[str, object]:
        """Which client, library and view are shown; plain values."""
        return {
            "client": self.client.current_key,
            "library": self.library.current_key,
            "view": self.tabs.current_key,
        }

    def restore_state(self, state: dict[str, object]) -> None:
        """Take up what `save_state` gave, as far as it is still there.

        The addresses were one of the libraries once.
        """
        library = str(state.get("library", ""))
        self.client.set_current(str(state.get("client", "")))
        self.library.set_current(library)
        self.tabs.set_current(str(state.get("view", library)))
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The copy button stays in the snippet's corner."""
        if watched is self.code and isinstance(event, QResizeEvent):
            self._place_copy()
            self._fit_code()
        return False

    def _show_library(self) -> None:
        """Who picks a library wants to see its snippet."""
        self.tabs.set_current(_SNIPPET)
        self._show()

    def _show(self) -> None:
        client = self._clients.get(self.client.current_key)
        if self._pool is None or client is None:
            self._say_unfit("No app client", "Once this pool has an app client, it appears here.")
            return
        view = self.tabs.current_key
        if view == _ADDRESSES:
            self._show_addresses(self._pool, client)
        elif view == _CONTAINER:
            made = from_a_container(self._core, self._pool, client, self._origin)
            self._show_code(made, "Shell")
        elif view == _PROXY:
            self._show_code(behind_a_proxy(self._core, self._pool, client, self._origin), "Shell")
        else:
            self._show_snippet(self._pool, client, LIBRARIES[self.library.currentIndex()])

    def _show_addresses(self, pool: UserPool, client: UserPoolClient) -> None:
        found = pool_addresses(self._core, pool, self._origin)
        own = client_addresses(client, self._origin)
        self.addresses.show_addresses(client.client_name, found, own)
        self._pages.show_page(self.addresses)
        self._say(f"Everything an app needs to know to use {client.client_name}.")

    def _show_snippet(self, pool: UserPool, client: UserPoolClient, library: Library) -> None:
        found = pool_addresses(self._core, pool, self._origin)
        own = client_addresses(client, self._origin)
        made = snippet(
            library.key, client, found, own, secure=self._secure, token_file=self._token_file
        )
        if made.text:
            self._show_code(made, library.language)
        else:
            self._say_unfit(made.heading, made.note)

    def _show_code(self, made: Snippet, language: str) -> None:
        self.code.set_text(made.text, made.live_values)
        self._fit_code()
        self._pages.show_page(self.code)
        self._say(made.note, language, callback=made.callback_to_add)

    def _say(self, note: str, language: str = "", *, callback: str = "") -> None:
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._note_mark.setVisible(bool(note))
        self._callback = callback
        client = self._clients.get(self.client.current_key)
        self.add_callback.setVisible(bool(callback))
        if callback and client is not None:
            self.add_callback.setText(f"Add this callback URL to {client.client_name}")
            self._note_mark.set_icon("warning", "warn")
        else:
            self._note_mark.set_icon("info", "text2")
        self._language.setText(language)
        self._language.setVisible(bool(language))

    def _add_callback(self) -> None:
        """The snippet is shown anew, without the warning, once the change is heard of."""
        # Only now: the API's model takes a moment to import, and most starts change nothing.
        from sandbox_app.workbench.editing.client_callbacks import add_callback

        client = self._clients.get(self.client.current_key)
        if client is None:
            return
        try:
            add_callback(self._core, client, self._callback)
        except ApiError as error:
            self._note.setText(error.message)

    def _say_unfit(self, title: str, reason: str) -> None:
        self.unfit.set_words(title, reason)
        self._pages.show_page(self.unfit)
        self._say("")

    def _fit_code(self) -> None:
        """The whole snippet is seen: the place scrolls, not the code in it."""
        px, lines = self._theme.px, self.code.text.split("\n")
        widths = [self._theme.text_width(Role.MONO, line) for line in lines]
        frame, bar = px(_CODE_FRAME), px(_BAR)
        bar = bar if max(widths) + frame + bar > self.code.width() else 0
        # Lines that would run below the copy button begin below it instead.
        corner = self.copy.sizeHint().width() + 2 * px(_COPIED_INSET)
        crowded = max(widths[:_BESIDE_COPY]) + frame > self.code.width() - corner
        above = self.copy.sizeHint().height() if crowded else 0
        self.code.setViewportMargins(0, above, 0, 0)
        self.code.setMinimumHeight(px(_LINE) * len(lines) + frame + bar + above)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the choices go below the title."""
        super().resizeEvent(event)
        self._share_width()

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
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._title = Label(theme, "Connect my app", Role.TITLE)
        self._head.addWidget(self._title, 1, middle)
        self._choices = QHBoxLayout()
        for words, choice in zip(self._words, (self.client, self.library), strict=True):
            self._choices.addWidget(words, 0, middle)
            self._choices.addWidget(choice, _EAGER, middle)
        self._choices.addStretch(1)
        self._head.addLayout(self._choices)
        for page in (self.code, self.unfit, self.addresses):
            self._pages.addWidget(page)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._note_mark, 0, Qt.AlignmentFlag.AlignTop)
        self._foot.addWidget(self._note, 1)
        self._foot.addWidget(self._language, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(TabRow(theme, self.tabs, inset=0))
        self._column.addWidget(self._pages, 1)
        self._column.addLayout(self._foot)
        self._column.addWidget(self.add_callback, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_callback.hide()
        self._restyle()
        theme.changed.connect(self._restyle)

    def _share_width(self) -> None:
        beside = self.width() >= self._theme.px(_ROOM_FOR_CHOICES)
        directions = QBoxLayout.Direction
        self._head.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        for choice, (least, most) in ((self.client, _CLIENT), (self.library, _LIBRARY)):
            choice.setMinimumWidth(self._theme.px(most if beside else least))
            choice.setMaximumWidth(self._theme.px(most))

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(12))
        self._head.setSpacing(px(metrics.GRID))
        self._foot.setSpacing(px(6))
        self._choices.setSpacing(px(metrics.GRID))
        # As tall as a field, to stand level with the title beside this pane in either shape.
        self._title.setMinimumHeight(px(metrics.FIELD))
        self._language.setContentsMargins(px(_BEFORE_LANGUAGE), 0, 0, 0)
        self.setMinimumWidth(px(_NARROWEST))
        self._share_width()
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

    def hasHeightForWidth(self) -> bool:
        """Never: Qt would then ask the layout inside, which knows the tallest page alone."""
        return False

    def show_page(self, page: QWidget) -> None:
        """Show another page, and ask for its room."""
        self.setCurrentWidget(page)
        self.updateGeometry()

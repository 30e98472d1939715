"""The right half of Live: what happened in one login or request, with its tabs."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.gui.components import TabRow
from sandbox_app.gui.live.again_buttons import AgainButtons
from sandbox_app.gui.live.detail_head import DetailHead
from sandbox_app.gui.live.detail_pages import DetailPages
from sandbox_app.gui.live.explaining import Explaining
from sandbox_app.gui.live.head_menus import HeadMenus
from sandbox_app.gui.live.note_strip import NoteStrip
from sandbox_app.gui.live.tab_choice import TabChoice
from sandbox_app.gui.live.token_view import Now
from sandbox_app.gui.theme import Theme
from sandbox_app.workbench.live.causes import Why, only_compare
from sandbox_app.workbench.live.login import Login, is_refusal
from sandbox_app.workbench.live.tokens import Judge

_ROOM_FOR_EXPORT = 680


class Detail(QWidget):
    """Header and tabs about one login, or one of its requests.

    Args:
        look_up: everything about an exchange by its id, `None` where it is no longer kept.
        versions: lines about this program for a copied refusal.
        why: explains refusals.

    Until the person chooses a tab, a refusal opens under Why and everything else as a diagram.

    Signals:
        shown: str, the id of the exchange whose details are open.
        exchange_wanted: (Login, str), the id of an exchange that was gone to.
        present_wanted: Login, to be shown to a room.
        fix_wanted: Fix, to be applied.
        setting_wanted: the Place to be shown.
        value_asked: (ShownValue, QMenu, QPoint), what can be done with a value shall be appended
            to the menu, and that shown there on the screen.
        menu_wanted: (QMenu, Login, Exchange or None, QPoint), the same for a row.
    """

    value_asked = Signal(object, object, object)
    menu_wanted = Signal(object, object, object, object)
    shown = Signal(str)
    exchange_wanted = Signal(object, str)
    present_wanted = Signal(object)
    fix_wanted = Signal(object)
    setting_wanted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        look_up: Callable[[str], ExchangeDetail | None],
        judge: Judge,
        now: Now,
        versions: tuple[str, ...] = (),
        why: Why = only_compare,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._explaining = Explaining(look_up, why, versions)
        self._login: Login | None = None
        self._exchange: Exchange | None = None
        self.head = DetailHead(theme)
        self.notes = NoteStrip(theme)
        self.choice = TabChoice(theme)
        self.tabs = self.choice.tabs
        self.again = AgainButtons(theme)
        self.pages = pages = DetailPages(theme, look_up, judge, now, self._explaining)
        self.diagram, self.why, self.tokens = pages.diagram, pages.why, pages.tokens
        self.request, self.response, self.raw = pages.request, pages.response, pages.raw
        menus = HeadMenus(self.head, pages, lambda: self.row, lambda: self.choice.key, self)
        self.exports = menus.exports
        menus.value_asked.connect(self.value_asked)
        menus.menu_wanted.connect(self.menu_wanted)
        self._build()
        self._connect()

    # What is shown.

    @property
    def exchange(self) -> Exchange | None:
        """The exchange whose details are open."""
        return self.pages.opened[0] if self.pages.opened is not None else None

    @property
    def row(self) -> tuple[Login, Exchange | None] | None:
        """The login that is told about, and the request of it where one was chosen."""
        return None if self._login is None else (self._login, self._exchange)

    @property
    def details(self) -> ExchangeDetail | None:
        """What went over the wire, where it is still kept."""
        return self.pages.opened[1] if self.pages.opened is not None else None

    @property
    def headline(self) -> str:
        """What happened, in one line."""
        return self.head.headline

    @property
    def meta(self) -> str:
        """Client, time, number of requests, duration."""
        return self.head.meta

    @property
    def chosen_tab(self) -> str:
        """The tab the person chose; empty as long as they chose none."""
        return self.choice.own

    def concerns(self, login: Login) -> bool:
        """Whether this login, or a request of it, is open."""
        return self._login is login

    # What shall be shown.

    def show_login(self, login: Login, exchange: Exchange | None = None) -> None:
        """Tell about a login, or about one request of it."""
        self._login, self._exchange = login, exchange
        self._tell_header()
        self._load(login, exchange or login.telling)

    def refresh(self) -> None:
        """The login went on: its header, and what is most telling about it, may have changed."""
        if self._login is None:
            return
        self._tell_header()
        self.pages.go_on()
        wanted = self._exchange or self._login.telling
        if self.exchange is None or wanted.id != self.exchange.id:
            self._load(self._login, wanted, going_on=True)

    def reconsider(self) -> None:
        """The configuration is another now: so may be what helps."""
        self.pages.reconsider()

    def forget(self) -> None:
        """Nothing is chosen any more."""
        self._login = self._exchange = None
        self.pages.forget()
        self.shown.emit("")

    def choose_tab(self, key: str) -> None:
        """Stay with a tab, as if the person had chosen it."""
        self.choice.choose(key)

    # What is taken away.

    def copy_refusal(self) -> None:
        """One text with request, checks and versions on the clipboard."""
        if self.pages.opened is not None:
            self._explaining.copy(*self.pages.opened, self._login)

    def copy_refusal_of(self, login: Login, exchange: Exchange) -> bool:
        """The same of a request that need not be open; false where it is no longer kept."""
        return self._explaining.copy_of(login, exchange)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tabs come before what stands beside them."""
        super().resizeEvent(event)
        self._fold()

    # Inside.

    def _load(self, login: Login, exchange: Exchange, *, going_on: bool = False) -> None:
        self.pages.open(login, exchange, going_on=going_on)
        if not self.choice.propose("why" if is_refusal(exchange) else "diagram"):
            self._show_page(self.choice.key)
        self.shown.emit(exchange.id)

    def _tab_opened(self, key: str) -> None:
        self._show_page(key)
        self._tell_header()

    def _show_page(self, key: str) -> None:
        self.diagram.zoom.setVisible(key == "diagram")
        self.again.show_for(self.exchange, key)
        self.pages.show_page(key)

    def _tell_header(self) -> None:
        login, exchange = self._login, self._exchange
        if login is None:
            return
        library = self._explaining.recognise(login)
        drawn = self.diagram.facts if exchange is None and self._draws(login) else None
        self.head.tell(login, exchange, library, drawn)

    def _draws(self, login: Login) -> bool:
        """Whether the diagram of this login is what is looked at."""
        return self.choice.key == "diagram" and self.diagram.login is login

    def _request_wanted(self, exchange_id: str) -> None:
        if self._login is not None:
            self.exchange_wanted.emit(self._login, exchange_id)

    def _arrow_chosen(self, exchange_id: str) -> None:
        # Whoever goes from arrow to arrow stays in the diagram, also past a refusal.
        with self.choice.staying():
            self._request_wanted(exchange_id)

    def _message_wanted(self, exchange_id: str, answer: bool) -> None:
        self._arrow_chosen(exchange_id)
        self.tabs.set_current("response" if answer else "request")

    def _token_wanted(self, exchange_id: str, name: str) -> None:
        self._arrow_chosen(exchange_id)
        self.tabs.set_current("tokens")
        self.tokens.open_named(name)

    def _fold(self) -> None:
        """The headline comes before a button whose entries are behind the dots as well."""
        self.diagram.zoom.fold(self.width())
        self.again.fold(self.width())
        self.head.export.setVisible(self.width() >= self._theme.px(_ROOM_FOR_EXPORT))

    def _connect(self) -> None:
        self.choice.opened.connect(self._tab_opened)
        self.pages.value_asked.connect(self.value_asked)
        self.head.present.clicked.connect(lambda: self.present_wanted.emit(self._login))
        self.why.copy_wanted.connect(self.copy_refusal)
        self.why.fix_wanted.connect(self.fix_wanted)
        self.why.setting_wanted.connect(self.setting_wanted)
        self.why.request_wanted.connect(self._request_wanted)
        self.diagram.grown.connect(self._tell_header)
        self.diagram.exchange_chosen.connect(self._arrow_chosen)
        self.diagram.message_wanted.connect(self._message_wanted)
        self.diagram.token_wanted.connect(self._token_wanted)
        self._theme.changed.connect(self._fold)

    def _build(self) -> None:
        tab_row = TabRow(self._theme, self.tabs)
        tab_row.add_right(self.diagram.zoom)
        tab_row.add_right(self.again)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addWidget(self.notes)
        outer.addWidget(tab_row)
        outer.addWidget(self.pages, 1)
        self._fold()

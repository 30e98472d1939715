"""The right half of Live: what happened in one login or request, with its tabs."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.gui.components import (
    CodeView,
    EmptyState,
    TabRow,
    Tabs,
)
from sandbox_app.gui.live.again_buttons import AgainButtons
from sandbox_app.gui.live.detail_head import DetailHead
from sandbox_app.gui.live.diagram import DiagramTab
from sandbox_app.gui.live.explaining import Explaining
from sandbox_app.gui.live.head_values import terms_of
from sandbox_app.gui.live.message_view import MessageView
from sandbox_app.gui.live.note_strip import NoteStrip
from sandbox_app.gui.live.row_menu import ShownValue
from sandbox_app.gui.live.token_view import Now, TokenView
from sandbox_app.gui.live.why_view import WhyView
from sandbox_app.gui.theme import Theme, metrics
from sandbox_app.workbench.live.causes import Why, only_compare
from sandbox_app.workbench.live.login import Login, is_refusal
from sandbox_app.workbench.live.messages import raw_text
from sandbox_app.workbench.live.reasons import refused_check
from sandbox_app.workbench.live.tokens import Judge, tokens_of

TABS = [
    ("diagram", "Diagram"),
    ("why", "Why"),
    ("request", "Request"),
    ("response", "Response"),
    ("tokens", "Tokens"),
    ("raw", "Raw"),
]
_ROOM_FOR_EXPORT = 680
_GONE = "What went over the wire is no longer kept; only the row is."


class Detail(QWidget):
    """Header and tabs about one login, or one of its requests.

    Args:
        look_up: everything about an exchange by its id, `None` where it is no longer kept.
        versions: lines about this program for a copied refusal.
        why: explains refusals.

    Until the person chooses a tab, a refusal opens under Why and everything else as a diagram.

    Signals:
        shown: str, the id of the exchange whose details are open.
        exchange_wanted: (Login, str), the id of an exchange whose arrow was gone to.
        present_wanted: Login, to be shown to a room.
        exchange_wanted: (Login, str), the id of an exchange that was gone to.
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
        self._look_up = look_up
        self._explaining = Explaining(look_up, why, versions)
        self._login: Login | None = None
        self._exchange: Exchange | None = None
        self._open: tuple[Exchange, ExchangeDetail] | None = None
        self._stale: set[str] = set()
        self._shown_id = ""
        self.head = DetailHead(theme)
        self.notes = NoteStrip(theme)
        self.tabs = Tabs(theme, "Details", TABS)
        self._own_tab = False
        self._choosing = self._by_arrow = self._going_on = False
        self.exports = QMenu("Export diagram", self)
        self.diagram = DiagramTab(theme, look_up, now)
        self.again = AgainButtons(theme)
        self.why = WhyView(theme)
        self.request = MessageView(theme, "Request")
        self.response = MessageView(theme, "Response")
        self.tokens = TokenView(theme, judge, now)
        self.raw = CodeView(theme, "The whole exchange", wrap=True)
        self._gone = EmptyState(theme, "not-reached", "No longer recorded", _GONE)
        self._pages = QStackedWidget()
        self._build()
        self.tabs.chosen.connect(self._tab_chosen)
        self.why.copy_wanted.connect(self.copy_refusal)
        self.head.export.clicked.connect(self._open_exports)
        self.exports.aboutToShow.connect(self._draw_for_export)
        self.head.more.clicked.connect(self._ask_for_more)
        self.diagram.grown.connect(self._tell_header)
        self.head.present.clicked.connect(lambda: self.present_wanted.emit(self._login))
        self.why.fix_wanted.connect(self.fix_wanted)
        self.why.setting_wanted.connect(self.setting_wanted)
        self.why.request_wanted.connect(self._request_wanted)
        for view in (self.why, self.request, self.response, self.tokens, self.diagram):
            view.value_asked.connect(self.value_asked)
        self.head.customContextMenuRequested.connect(self._head_asked)
        self.diagram.exchange_chosen.connect(self._arrow_chosen)
        self.diagram.message_wanted.connect(self._message_wanted)
        self.diagram.token_wanted.connect(self._token_wanted)

    @property
    def exchange(self) -> Exchange | None:
        """The exchange whose details are open."""
        return self._open[0] if self._open is not None else None

    @property
    def row(self) -> tuple[Login, Exchange | None] | None:
        """The login that is told about, and the request of it where one was chosen."""
        return None if self._login is None else (self._login, self._exchange)

    @property
    def details(self) -> ExchangeDetail | None:
        """What went over the wire, where it is still kept."""
        return self._open[1] if self._open is not None else None

    @property
    def headline(self) -> str:
        """What happened, in one line."""
        return self.head.headline

    @property
    def meta(self) -> str:
        """Client, time, number of requests, duration."""
        return self.head.meta

    def show_login(self, login: Login, exchange: Exchange | None = None) -> None:
        """Tell about a login, or about one request of it."""
        self._login, self._exchange = login, exchange
        self._tell_header()
        self._load(exchange or login.telling)

    def refresh(self) -> None:
        """The login went on: its header, and what is most telling about it, may have changed."""
        if self._login is None:
            return
        self._tell_header()
        if self.tabs.current_key == "diagram":
            self.diagram.refresh()
        else:
            self._stale.add("diagram")
        wanted = self._exchange or self._login.telling
        if self.exchange is None or wanted.id != self.exchange.id:
            self._going_on = True
            self._load(wanted)
            self._going_on = False

    def reconsider(self) -> None:
        """The configuration is another now: so may be what helps."""
        if self._open is None:
            return
        if self.tabs.current_key == "why":
            self.why.show_explanation(
                refused_check(*self._open), self._explaining.explain(*self._open, self._login)
            )
        else:
            self._stale.add("why")

    def forget(self) -> None:
        """Nothing is chosen any more."""
        self._login = self._exchange = self._open = None
        self.diagram.forget()
        self.shown.emit("")

    @property
    def chosen_tab(self) -> str:
        """The tab the person chose; empty as long as they chose none."""
        return self.tabs.current_key if self._own_tab else ""

    def choose_tab(self, key: str) -> None:
        """Stay with a tab, as if the person had chosen it."""
        if key in dict(TABS):
            self._own_tab = True
            self.tabs.set_current(key)

    def concerns(self, login: Login) -> bool:
        """Whether this login, or a request of it, is open."""
        return self._login is login

    def copy_refusal(self) -> None:
        """One text with request, checks and versions on the clipboard."""
        if self._open is not None:
            self._explaining.copy(*self._open, self._login)

    def copy_refusal_of(self, login: Login, exchange: Exchange) -> bool:
        """The same of a request that need not be open; false where it is no longer kept."""
        return self._explaining.copy_of(login, exchange)

    def _open_exports(self) -> None:
        self._draw_for_export()
        button = self.head.export
        self.exports.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _draw_for_export(self) -> None:
        if self._login is not None:
            self.diagram.show_login(self._login, self._shown_id)

    def _ask_for_more(self) -> None:
        """What can be done with the diagram, where it is looked at; the rest comes from outside."""
        if self._login is None:
            return
        menu = QMenu(self)
        if self.tabs.current_key == "diagram":
            self.diagram.zoom.add_to(menu)
            menu.addSeparator()
        if self.exports.actions():
            menu.addMenu(self.exports)
        button = self.head.more
        corner = button.mapToGlobal(button.rect().bottomLeft())
        self.menu_wanted.emit(menu, self._login, self._exchange, corner)

    def _load(self, exchange: Exchange) -> None:
        detail = self._look_up(exchange.id)
        self._open = None if detail is None else (exchange, detail)
        self._stale = {key for key, _ in TABS}
        self._shown_id = exchange.id
        if not self._own_tab and not self._by_arrow:
            self._choosing = True
            self.tabs.set_current("why" if is_refusal(exchange) else "diagram")
            self._choosing = False
        self._fill(self.tabs.current_key)
        self.shown.emit(exchange.id)

    def _tab_chosen(self, key: str) -> None:
        if not self._choosing:
            self._own_tab = True
        self._fill(key)
        self._tell_header()

    def _arrow_chosen(self, exchange_id: str) -> None:
        if self._login is not None:
            # Whoever goes from arrow to arrow stays in the diagram, also past a refusal.
            self._by_arrow = True
            self.exchange_wanted.emit(self._login, exchange_id)
            self._by_arrow = False

    def _request_wanted(self, exchange_id: str) -> None:
        if self._login is not None:
            self.exchange_wanted.emit(self._login, exchange_id)

    def _message_wanted(self, exchange_id: str, answer: bool) -> None:
        self._arrow_chosen(exchange_id)
        self.tabs.set_current("response" if answer else "request")

    def _token_wanted(self, exchange_id: str, name: str) -> None:
        self._arrow_chosen(exchange_id)
        self.tabs.set_current("tokens")
        self.tokens.open_named(name)

    def _fill(self, key: str) -> None:
        """Only the tab in sight is worked out."""
        self.diagram.zoom.setVisible(key == "diagram")
        self.again.show_for(self.exchange, key)
        if key == "diagram":
            # A diagram takes what the list knows of an exchange, where that is all there is.
            self._stale.discard(key)
            if self._going_on and self.diagram.login is self._login:
                self.diagram.refresh(self._shown_id)
            elif self._login is not None:
                self.diagram.show_login(self._login, self._shown_id)
            self._pages.setCurrentWidget(self.diagram)
            return
        if self._open is None:
            self._pages.setCurrentWidget(self._gone)
            return
        page: dict[str, QWidget] = {
            "why": self.why,
            "request": self.request,
            "response": self.response,
            "tokens": self.tokens,
            "raw": self._raw_page,
        }
        if key in self._stale:
            self._stale.discard(key)
            self._show(key, *self._open)
        self._pages.setCurrentWidget(page[key])

    def _show(self, key: str, exchange: Exchange, detail: ExchangeDetail) -> None:
        if key == "why":
            self.why.show_exchange(
                exchange, detail, self._explaining.explain(exchange, detail, self._login)
            )
        elif key == "request":
            self.request.show_request(exchange, detail)
        elif key == "response":
            self.response.show_response(exchange, detail)
        elif key == "tokens":
            self.tokens.show_tokens(tokens_of(exchange, detail))
        else:
            self.raw.set_text(raw_text(exchange, detail))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tabs come before what stands beside them."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """The headline comes before a button whose entries are behind the dots as well."""
        self.diagram.zoom.fold(self.width())
        self.again.fold(self.width())
        self.head.export.setVisible(self.width() >= self._theme.px(_ROOM_FOR_EXPORT))

    def _tell_header(self) -> None:
        login, exchange = self._login, self._exchange
        if login is None:
            return
        library = self._explaining.recognise(login)
        drawn = self.diagram.facts if exchange is None and self._draws(login) else None
        self.head.tell(login, exchange, library, drawn)

    def _draws(self, login: Login) -> bool:
        """Whether the diagram of this login is what is looked at."""
        return self.tabs.current_key == "diagram" and self.diagram.login is login

    def _head_asked(self, at: QPoint) -> None:
        """The value under the pointer, and all others of the exchange."""
        if self._login is None:
            return
        exchange = self._exchange or self._login.telling
        words = self.head.words_at(at)
        terms = terms_of(
            words, self._login, exchange, headline=self.headline, client=self.head.client
        )
        value = ShownValue(words, terms, exchange)
        self.value_asked.emit(value, QMenu(self), self.head.mapToGlobal(at))

    def _build(self) -> None:
        self._raw_page = QWidget()
        self._raw_frame = QVBoxLayout(self._raw_page)
        self._raw_frame.addWidget(self.raw)
        for page in (
            self.diagram,
            self.why,
            self.request,
            self.response,
            self.tokens,
            self._raw_page,
            self._gone,
        ):
            self._pages.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addWidget(self.notes)
        tab_row = TabRow(self._theme, self.tabs)
        tab_row.add_right(self.diagram.zoom)
        tab_row.add_right(self.again)
        outer.addWidget(tab_row)
        outer.addWidget(self._pages, 1)
        self._restyle()
        self._theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        px = self._theme.px
        left, right = px(metrics.PANE_LEFT), px(metrics.PANE_RIGHT)
        self._fold()
        self._raw_frame.setContentsMargins(left, px(16), right, right)
        # Texts are measured where they are shown, so what is shown is measured anew.
        if self._open is not None:
            self._stale = {key for key, _ in TABS}
            self._fill(self.tabs.current_key)

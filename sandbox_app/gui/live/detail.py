"""The right half of Live: what happened in one login or request, with its tabs."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.gui.components import (
    Button,
    CodeView,
    ElidedLabel,
    EmptyState,
    IconButton,
    IconLabel,
    TabRow,
    Tabs,
)
from sandbox_app.gui.live.again_buttons import AgainButtons
from sandbox_app.gui.live.diagram import DiagramTab
from sandbox_app.gui.live.fact_line import FactLine
from sandbox_app.gui.live.head_values import terms_of
from sandbox_app.gui.live.message_view import MessageView
from sandbox_app.gui.live.note_strip import NoteStrip
from sandbox_app.gui.live.row_menu import ShownValue
from sandbox_app.gui.live.row_words import (
    OUTCOME_LOOKS,
    exchange_headline,
    login_headline,
    title,
)
from sandbox_app.gui.live.token_view import Now, TokenView
from sandbox_app.gui.live.why_view import WhyView
from sandbox_app.gui.theme import Role, Theme, Token, metrics
from sandbox_app.workbench.live.causes import Explanation, Why, only_compare
from sandbox_app.workbench.live.libraries import LOOKED_AT, Library, recognise_login
from sandbox_app.workbench.live.login import Login, is_refusal
from sandbox_app.workbench.live.messages import raw_text
from sandbox_app.workbench.live.reasons import refused_check
from sandbox_app.workbench.live.refusal_text import refusal_text
from sandbox_app.workbench.live.tokens import Judge, tokens_of
from sandbox_app.workbench.live.words import (
    again_words,
    count_words,
    duration_words,
    fault_words,
    local_clock,
)

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
        self._versions = versions
        self._why = why
        self._library: Library | None = None
        self._recognised = (0, 0)
        self._login: Login | None = None
        self._exchange: Exchange | None = None
        self._open: tuple[Exchange, ExchangeDetail] | None = None
        self._stale: set[str] = set()
        self._shown_id = ""
        self._mark = IconLabel(theme, "passed", "ok", 24)
        self._headline = ElidedLabel(theme, "", Role.TITLE)
        self._client = ElidedLabel(theme, "", Role.STATUS_STRONG, "text2")
        self._meta = FactLine(theme)
        self.notes = NoteStrip(theme)
        self.tabs = Tabs(theme, "Details", TABS)
        self._own_tab = False
        self._choosing = self._by_arrow = self._going_on = False
        self.present = Button(theme, "Present", icon="present")
        self.export = Button(theme, "Export", icon="export")
        self.exports = QMenu("Export diagram", self)
        self.more = IconButton(theme, "more", "More", side=32)
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
        self.export.clicked.connect(self._open_exports)
        self.exports.aboutToShow.connect(self._draw_for_export)
        self.more.clicked.connect(self._ask_for_more)
        self.diagram.grown.connect(self._tell_header)
        self.present.clicked.connect(lambda: self.present_wanted.emit(self._login))
        self.why.fix_wanted.connect(self.fix_wanted)
        self.why.setting_wanted.connect(self.setting_wanted)
        self.why.request_wanted.connect(self._request_wanted)
        for view in (self.why, self.request, self.response, self.tokens, self.diagram):
            view.value_asked.connect(self.value_asked)
        self._head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._head.customContextMenuRequested.connect(self._head_asked)
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
        return self._headline.text()

    @property
    def meta(self) -> str:
        """Client, time, number of requests, duration."""
        return f"{self._client.text()} {self._meta.whole}".strip()

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
            self.why.show_explanation(refused_check(*self._open), self._explained(*self._open))
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
            self._copy(*self._open, self._explained(*self._open))

    def copy_refusal_of(self, login: Login, exchange: Exchange) -> bool:
        """The same of a request that need not be open; false where it is no longer kept."""
        detail = self._look_up(exchange.id)
        if detail is None:
            return False
        library = recognise_login(login.exchanges, self._look_up)
        self._copy(exchange, detail, self._why(exchange, detail, login.exchanges, library))
        return True

    def _copy(
        self, exchange: Exchange, detail: ExchangeDetail, explanation: Explanation | None
    ) -> None:
        causes = [one.sentence for one in explanation.causes] if explanation else ()
        text = refusal_text(exchange, detail, versions=self._versions, causes=causes)
        QGuiApplication.clipboard().setText(text)

    def _open_exports(self) -> None:
        self._draw_for_export()
        self.exports.popup(self.export.mapToGlobal(self.export.rect().bottomLeft()))

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
        corner = self.more.mapToGlobal(self.more.rect().bottomLeft())
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
            self.why.show_exchange(exchange, detail, self._explained(exchange, detail))
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
        self.export.setVisible(self.width() >= self._theme.px(_ROOM_FOR_EXPORT))

    def _explained(self, exchange: Exchange, detail: ExchangeDetail) -> Explanation | None:
        login = self._login.exchanges if self._login is not None else [exchange]
        return self._why(exchange, detail, login, self._library)

    def _recognise(self, login: Login) -> None:
        """Find out what the login is made with; its first requests tell, or none does."""
        seen = (login.serial, min(len(login.exchanges), LOOKED_AT))
        if seen != self._recognised:
            self._recognised = seen
            self._library = recognise_login(login.exchanges, self._look_up)

    def _tell_header(self) -> None:
        login, exchange = self._login, self._exchange
        if login is None:
            return
        drawn = exchange is None and self._draws(login)
        if exchange is None:
            outcome: str = login.outcome
            icon, colour = OUTCOME_LOOKS[login.outcome]
            headline, moment = login_headline(login), login.started_at
            steps, checks = self.diagram.facts if drawn else ("", "")
            what = steps or count_words(login.requests, "request")
            took = duration_words(login.duration)
        else:
            headline, moment = exchange_headline(exchange), exchange.started_at
            outcome, icon, colour = _exchange_look(exchange)
            checks = ""
            what, took = f"{exchange.method} {exchange.path}", duration_words(exchange.duration)
        self._recognise(login)
        self._mark.set_icon(icon, colour)
        self._mark.setAccessibleName(outcome.capitalize())
        self._headline.setText(headline)
        self._client.setText(title(login))
        faults = fault_words("; ".join(login.faults) if exchange is None else exchange.fault)
        sent_by = f"sent by {self._library.words}" if self._library is not None else ""
        self._meta.set_facts(
            (
                (login.username, 0),
                (local_clock(moment), 1),
                (what, 2 if drawn else 3),
                (took, 4),
                (checks, 3),
                (sent_by, 5 if drawn else 2),
                (faults, 0),
                (again_words(exchange or (login.exchanges or [login.last])[0]), 0),
            )
        )

    def _draws(self, login: Login) -> bool:
        """Whether the diagram of this login is what is looked at."""
        return self.tabs.current_key == "diagram" and self.diagram.login is login

    def _head_asked(self, at: QPoint) -> None:
        """The value under the pointer, and all others of the exchange."""
        if self._login is None:
            return
        exchange = self._exchange or self._login.telling
        on_meta = self._meta.mapFrom(self._head, at)
        if self._meta.rect().contains(on_meta):
            words = self._meta.fact_at(on_meta.x())
        else:
            on_client = self._client.rect().contains(self._client.mapFrom(self._head, at))
            words = self._client.text() if on_client else self.headline
        terms = terms_of(
            words, self._login, exchange, headline=self.headline, client=self._client.text()
        )
        value = ShownValue(words, terms, exchange)
        self.value_asked.emit(value, QMenu(self), self._head.mapToGlobal(at))

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        meta = QHBoxLayout()
        meta.setSpacing(0)
        meta.addWidget(self._client)
        meta.addWidget(self._meta, 1)
        words.addStretch(1)
        words.addWidget(self._headline)
        words.addLayout(meta)
        words.addStretch(1)
        self._head = QWidget()
        self._row = row = QHBoxLayout(self._head)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addWidget(self.present)
        row.addWidget(self.export)
        row.addWidget(self.more)
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
        outer.addWidget(self._head)
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
        self._head.setFixedHeight(px(metrics.PANE_HEADER))
        self._row.setContentsMargins(left, px(4), right, 0)
        self._row.setSpacing(px(12))
        self._fold()
        self._raw_frame.setContentsMargins(left, px(16), right, right)
        # Texts are measured where they are shown, so what is shown is measured anew.
        if self._open is not None:
            self._stale = {key for key, _ in TABS}
            self._fill(self.tabs.current_key)


def _exchange_look(exchange: Exchange) -> tuple[str, str, Token]:
    """Word, icon and colour."""
    if is_refusal(exchange):
        return "refused", "refused", "bad"
    return "answered", "passed", "ok"

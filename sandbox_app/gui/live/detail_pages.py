"""What is shown under each tab of the details."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.gui.components import CodeView, EmptyState
from sandbox_app.gui.live.diagram import DiagramTab
from sandbox_app.gui.live.explaining import Explaining
from sandbox_app.gui.live.message_view import MessageView
from sandbox_app.gui.live.tab_choice import TABS
from sandbox_app.gui.live.token_view import Now, TokenView
from sandbox_app.gui.live.why_view import WhyView
from sandbox_app.gui.theme import Theme, metrics
from sandbox_app.workbench.live.login import Login
from sandbox_app.workbench.live.messages import raw_text
from sandbox_app.workbench.live.reasons import refused_check
from sandbox_app.workbench.live.tokens import Judge, tokens_of

_GONE = "What went over the wire is no longer kept; only the row is."


class DetailPages(QStackedWidget):
    """A page for each tab, about one exchange of a login; only the one in sight is worked out.

    Args:
        look_up: everything about an exchange by its id, `None` where it is no longer kept.

    Signals:
        value_asked: (ShownValue, QMenu, QPoint), see `FactsTable`.
    """

    value_asked = Signal(object, object, object)

    def __init__(
        self,
        theme: Theme,
        look_up: Callable[[str], ExchangeDetail | None],
        judge: Judge,
        now: Now,
        explaining: Explaining,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._look_up = look_up
        self._explaining = explaining
        self._login: Login | None = None
        self._shown_id = ""
        self._opened: tuple[Exchange, ExchangeDetail] | None = None
        self._key = ""
        self._stale: set[str] = set()
        self._going_on = False
        self.diagram = DiagramTab(theme, look_up, now)
        self.why = WhyView(theme)
        self.request = MessageView(theme, "Request")
        self.response = MessageView(theme, "Response")
        self.tokens = TokenView(theme, judge, now)
        self.raw = CodeView(theme, "The whole exchange", wrap=True)
        self.gone = EmptyState(theme, "not-reached", "No longer recorded", _GONE)
        self._raw_page = QWidget()
        self._raw_frame = QVBoxLayout(self._raw_page)
        self._raw_frame.addWidget(self.raw)
        self._pages: dict[str, QWidget] = {
            "diagram": self.diagram,
            "why": self.why,
            "request": self.request,
            "response": self.response,
            "tokens": self.tokens,
            "raw": self._raw_page,
        }
        for page in (*self._pages.values(), self.gone):
            self.addWidget(page)
        for view in (self.why, self.request, self.response, self.tokens, self.diagram):
            view.value_asked.connect(self.value_asked)
        self._restyle()
        theme.changed.connect(self._restyle)

    @property
    def opened(self) -> tuple[Exchange, ExchangeDetail] | None:
        """The exchange the pages are about, where what went over the wire is still kept."""
        return self._opened

    def open(self, login: Login, exchange: Exchange, *, going_on: bool = False) -> None:
        """Be about another exchange from now on; `show` brings a page of it into sight.

        Args:
            going_on: whether the login that is shown already came to another exchange.
        """
        self._login, self._shown_id = login, exchange.id
        detail = self._look_up(exchange.id)
        self._opened = None if detail is None else (exchange, detail)
        self._stale = {key for key, _ in TABS}
        self._going_on = going_on and self.diagram.login is login

    def show_page(self, key: str) -> None:
        """Bring a page into sight, and to what is true by now."""
        self._key = key
        if key == "diagram":
            # A diagram takes what the list knows of an exchange, where that is all there is.
            self._draw()
            self.setCurrentWidget(self.diagram)
        elif self._opened is None:
            self.setCurrentWidget(self.gone)
        else:
            if key in self._stale:
                self._fill(key, *self._opened)
            self.setCurrentWidget(self._pages[key])
        self._stale.discard(key)
        self._going_on = False

    def draw_login(self) -> None:
        """Make the diagram of the login, wherever it is wanted."""
        if self._login is not None:
            self.diagram.show_login(self._login, self._shown_id)

    def go_on(self) -> None:
        """The login went on; what is drawn of it grows."""
        self._renew("diagram", self.diagram.refresh)

    def reconsider(self) -> None:
        """The configuration is another now: so may be what helps."""
        if self._opened is not None:
            self._renew("why", self._explain_anew)

    def forget(self) -> None:
        """Nothing is shown any more."""
        self._login = self._opened = None
        self.diagram.forget()

    def _renew(self, key: str, renew: Callable[[], object]) -> None:
        if self._key == key:
            renew()
        else:
            self._stale.add(key)

    def _draw(self) -> None:
        if self._going_on:
            self.diagram.refresh(self._shown_id)
        else:
            self.draw_login()

    def _explain_anew(self) -> None:
        assert self._opened is not None, "asked only then"
        explanation = self._explaining.explain(*self._opened, self._login)
        self.why.show_explanation(refused_check(*self._opened), explanation)

    def _fill(self, key: str, exchange: Exchange, detail: ExchangeDetail) -> None:
        if key == "why":
            explanation = self._explaining.explain(exchange, detail, self._login)
            self.why.show_exchange(exchange, detail, explanation)
        elif key == "request":
            self.request.show_request(exchange, detail)
        elif key == "response":
            self.response.show_response(exchange, detail)
        elif key == "tokens":
            self.tokens.show_tokens(tokens_of(exchange, detail))
        else:
            self.raw.set_text(raw_text(exchange, detail))

    def _restyle(self) -> None:
        px = self._theme.px
        left, right = px(metrics.PANE_LEFT), px(metrics.PANE_RIGHT)
        self._raw_frame.setContentsMargins(left, px(16), right, right)
        # Texts are measured where they are shown, so what is shown is measured anew.
        if self._opened is not None:
            self._stale = {key for key, _ in TABS}
            self.show_page(self._key)

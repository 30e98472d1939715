"""The Diagram tab: one login drawn as it goes, in step with the list at the left."""

from collections import deque
from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.gui.live.diagram.canvas import DiagramCanvas
from sandbox_app.gui.live.diagram.footer import StepBar
from sandbox_app.gui.live.diagram.style import IN_A_PANE
from sandbox_app.gui.live.diagram.token_card import TokenCard
from sandbox_app.gui.live.diagram.zooming import ZoomBar
from sandbox_app.gui.live.row_menu import ShownValue
from sandbox_app.gui.theme import Theme
from sandbox_app.workbench.live.check_counts import CheckCounts
from sandbox_app.workbench.live.filters.values import parameter_terms
from sandbox_app.workbench.live.login import Login
from sandbox_app.workbench.live.sequence import Chip, Kind, Sequence, Step
from sandbox_app.workbench.live.words import count_words

_FEW = 2
"""Exchanges that may come at once for their arrows to grow."""

_BUDGET = 0.004
"""Seconds of one turn of the event loop that are spent on drawing a long login."""


class DiagramTab(QWidget):
    """Draws a login's exchanges in the order they happen.

    Args:
        look_up: everything about an exchange by its id, `None` where it is no longer kept.
        now: epoch seconds of the sandbox's clock.

    Signals:
        exchange_chosen: str, the id of the exchange whose arrow was gone to.
        message_wanted: (str, bool), the id of an exchange to be shown, and whether its answer.
        token_wanted: (str, str), the id of an exchange and the name of a token in it.
        value_asked: (ShownValue, QMenu, QPoint), see `FactsTable`.
        grown: there are more arrows, or others.
    """

    exchange_chosen = Signal(str)
    message_wanted = Signal(str, bool)
    token_wanted = Signal(str, str)
    value_asked = Signal(object, object, object)
    grown = Signal()

    def __init__(
        self,
        theme: Theme,
        look_up: Callable[[str], ExchangeDetail | None],
        now: Callable[[], float],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._look_up = look_up
        self._login: Login | None = None
        self._wanted = ""
        self._waiting: deque[Exchange] = deque()
        self._told: set[str] = set()
        self._few = self._fresh = self._going_on = False
        self.sequence = Sequence()
        self._checks = CheckCounts()
        self.canvas = DiagramCanvas(theme, IN_A_PANE)
        self.bar = StepBar(theme)
        self.zoom = ZoomBar(theme, self.canvas)
        self.card = TokenCard(theme, self.canvas, now)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.bar)
        self.setFocusProxy(self.canvas)
        self.canvas.step_chosen.connect(self._chosen)
        self.canvas.opened.connect(self._opened)
        self.canvas.chip_clicked.connect(self._chip_clicked)
        self.canvas.menu_wanted.connect(self._menu_wanted)
        self.bar.token_wanted.connect(self._token_wanted)

    @property
    def login(self) -> Login | None:
        """The login that is drawn."""
        return self._login

    @property
    def is_complete(self) -> bool:
        """Whether everything told so far is drawn."""
        return not self._waiting

    @property
    def facts(self) -> tuple[str, str]:
        """How many arrows there are, and how the checks behind them went; empty while drawing."""
        if not self.is_complete:
            return "", ""
        return count_words(self.sequence.arrows, "step"), self._checks.words

    def show_login(self, login: Login, exchange_id: str = "") -> None:
        """Draw a login, and mark the answer of one of its exchanges."""
        if login is not self._login:
            self._login = login
            self.sequence = Sequence()
            self._checks = CheckCounts()
            self._waiting.clear()
            self._told.clear()
            self.canvas.show_sequence(self.sequence)
            self.bar.show_step(None)
            self._fresh = True
        self._queue_up(login)
        self.mark(exchange_id)

    def refresh(self, exchange_id: str = "") -> None:
        """The login went on: draw what is new, and mark another answer without scrolling to it."""
        if self._login is not None:
            self._going_on = True
            self._queue_up(self._login)
            if exchange_id:
                self.mark(exchange_id)
            self._going_on = False

    def show_held(self, exchange: Exchange, detail: ExchangeDetail) -> None:
        """An answer of this login waits at a breakpoint; it is told once more when it is let go."""
        if self._login is None or not exchange.login_id:
            return
        if exchange.login_id == self._login.login_id and not self._waiting:
            self.canvas.take_in(self.sequence.add(exchange, detail, pending=True), growing=True)

    def mark(self, exchange_id: str) -> None:
        """Mark the answer of an exchange, unless one of its arrows is marked already."""
        self._wanted = exchange_id
        chosen = self.canvas.selected
        if chosen is None or chosen.exchange_id != exchange_id:
            self._mark_wanted(reveal=not self._going_on)

    def forget(self) -> None:
        """Nothing is chosen any more."""
        self._login = None
        self._waiting.clear()
        self._told.clear()
        self.sequence = Sequence()
        self.canvas.show_sequence(self.sequence)
        self.bar.show_step(None)

    # Drawing.

    def _queue_up(self, login: Login) -> None:
        new: list[Exchange] = []
        for exchange in reversed(login.exchanges):
            if exchange.id in self._told:
                break
            new.append(exchange)
        self._told.update(exchange.id for exchange in new)
        # What is only opened now is nothing new.
        self._few = len(new) <= _FEW and not self._waiting and not self._fresh
        self._waiting.extend(reversed(new))
        self._draw()

    def _draw(self) -> None:
        """As much as one turn allows; the rest follows in the next ones."""
        began, first = perf_counter(), len(self.sequence.rows)
        while self._waiting:
            exchange = self._waiting.popleft()
            detail = self._look_up(exchange.id)
            self._checks.add(detail)
            changed = self.sequence.add(exchange, detail)
            first = min(first, changed)
            if perf_counter() - began > _BUDGET and self._waiting:
                QTimer.singleShot(0, self, self._draw)
                break
        if first < len(self.sequence.rows):
            # Who opens a login wants its beginning, or what is marked in it, and not its end.
            self.canvas.take_in(first, growing=self._few, following=not self._fresh)
            self._mark_wanted(reveal=self._fresh)
            self.grown.emit()
        self._fresh = self._fresh and bool(self._waiting)

    def _mark_wanted(self, *, reveal: bool) -> None:
        chosen = self.canvas.selected
        if chosen is not None and chosen.exchange_id == self._wanted:
            return
        wanted = self._wanted
        step = self.canvas.diagram.find(
            lambda step: step.exchange_id == wanted and step.kind is Kind.ANSWER
        )
        if step is not None or chosen is not None:
            self.canvas.select(step, reveal=reveal)
        self.bar.show_step(step)

    # What the person does.

    def _chosen(self, step: Step) -> None:
        self.bar.show_step(step)
        self._wanted = step.exchange_id
        self.exchange_chosen.emit(step.exchange_id)

    def _opened(self, step: Step) -> None:
        answer = step.kind is Kind.ANSWER or bool(step.chips and step.kind is Kind.UNSEEN)
        self.message_wanted.emit(step.exchange_id, answer)

    def _chip_clicked(self, step: Step, chip: Chip) -> None:
        if chip.is_token:
            self.token_wanted.emit(step.exchange_id, chip.name)

    def _menu_wanted(self, step: Step, chip: Chip | None, where: QPoint) -> None:
        exchanges = self._login.exchanges if self._login is not None else []
        exchange = next((one for one in exchanges if one.id == step.exchange_id), None)
        self._chosen(step)
        terms: tuple[str, ...] = ()
        if chip is not None and not chip.is_token:
            terms = parameter_terms(chip.name, chip.value)
        menu = QMenu(self)
        menu.addAction("Open the message", lambda: self._opened(step))
        value = ShownValue(chip.value if chip is not None else step.label, terms, exchange)
        self.value_asked.emit(value, menu, where)

    def _token_wanted(self, name: str) -> None:
        step = self.canvas.selected
        if step is not None:
            self.token_wanted.emit(step.exchange_id, name)

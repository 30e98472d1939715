"""The state of a presentation: which arrows the room has seen, what is held, what comes next."""

from collections.abc import Callable, Iterable
from enum import StrEnum

from sandbox_app.domain.events import AnswerHeld, AnswerLetGo, ExchangeFinished
from sandbox_app.domain.holding import HeldAnswer
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.operations.core import Core
from sandbox_app.workbench.live.presenting.standstill import Standstill
from sandbox_app.workbench.live.sequence import Lane, Row, Sequence, State, Step
from sandbox_app.workbench.live.sequence.reading import is_from_browser
from sandbox_app.workbench.live.words import grant_words

_FIRST_STEPS = frozenset({"authorize", "login"})
_MACHINE = "client_credentials"
"""The one grant that begins without a browser."""


class Pace(StrEnum):
    """Who turns the pages."""

    STEPS = "steps"
    SLOW = "slow"
    """Time does: every arrow after a while."""


class Can(StrEnum):
    """What the next press would do."""

    RELEASE = "release"
    STEP = "step"
    WAIT = "wait"
    """Nothing: the browser or the app has to do something first."""


class Presentation:
    """Follows one login and keeps its browser answers back until the room has seen them.

    Only that login waits; the clock stands still for everybody meanwhile. Without a login it
    takes the first that begins.

    Args:
        changed: called whenever anything here is different; may be called often.

    Attributes:
        sequence: everything that happened so far, also what the room has not seen yet.
        holds_app: whether answers to the app's own calls are kept back as well.
        pace: who turns the pages.
    """

    def __init__(self, core: Core, changed: Callable[[], None]) -> None:
        self._core = core
        self._changed = changed
        self._clock = Standstill(core)
        self._stops: list[Callable[[], None]] = []
        self.login_id = ""
        self.pace = Pace.STEPS
        self.holds_app = False
        self._forget()

    def _forget(self) -> None:
        self.sequence = Sequence()
        self.user = self.app = self.grant = ""
        self._shown = 0
        self._at = -1

    # Beginning and end.

    def begin(
        self,
        login_id: str = "",
        past: Iterable[tuple[Exchange, ExchangeDetail | None]] = (),
    ) -> None:
        """Follow a login, of which `past` already happened; or wait for the next that begins."""
        self.end()
        self._forget()
        self.login_id = login_id
        for exchange, detail in past:
            self._meet(exchange)
            self.sequence.add(exchange, detail)
        if self.sequence.rows:
            self._advance()
        bus = self._core.bus
        self._stops = [
            self._core.holds.watch(self._wants),
            bus.subscribe(AnswerHeld, self._answer_held),
            bus.subscribe(AnswerLetGo, self._answer_let_go),
            bus.subscribe(ExchangeFinished, self._exchange_finished),
        ]
        self._changed()

    def end(self) -> None:
        """Hold nothing any more; the clock is what it would have been."""
        held = self._held()
        for stop in self._stops:
            stop()
        self._stops = []
        for one in held:
            one.release()
        self._clock.make_good()

    @property
    def is_on(self) -> bool:
        """Whether it follows anything."""
        return bool(self._stops)

    # What the room sees.

    @property
    def rows(self) -> list[Row]:
        """What was shown so far."""
        return self.sequence.rows[: self._shown]

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """Who takes part, also in what was not shown yet: lanes must not jump."""
        return self.sequence.lanes

    def name_of(self, lane: Lane) -> tuple[str, str]:
        """See `Sequence.name_of`."""
        return self.sequence.name_of(lane)

    @property
    def current(self) -> Step | None:
        """The arrow that is talked about."""
        row = self.sequence.rows[self._at] if 0 <= self._at < len(self.sequence.rows) else None
        return row if isinstance(row, Step) else None

    @property
    def total(self) -> int:
        """How many arrows there are so far, seen or not."""
        return self.sequence.arrows

    @property
    def held(self) -> HeldAnswer | None:
        """The answer that waits behind the current arrow."""
        current = self.current
        if current is None or current.state is not State.HELD:
            return None
        return self._core.holds.find(current.exchange_id)

    @property
    def can(self) -> Can:
        """What the next press would do."""
        if self.held is not None:
            return Can.RELEASE
        return Can.STEP if self._next_step(self._at) is not None else Can.WAIT

    @property
    def can_go_back(self) -> bool:
        """Whether there is an arrow before this one."""
        return self._step_before(self._at) is not None

    @property
    def headline(self) -> str:
        """Who does what, as a title."""
        if not self.sequence.rows:
            return "Waiting for the next login"
        app = self.app or "the app"
        if Lane.BROWSER not in self.sequence.lanes:
            return f"{app} asks for a token"
        return f"{self.user or 'Somebody'} signs in to {app}"

    @property
    def about(self) -> str:
        """By which grant, and through whom."""
        with_pkce = any(
            chip.name == "code_challenge" for step in self.sequence.steps for chip in step.chips
        )
        words = f"{self.grant} + PKCE" if self.grant and with_pkce else self.grant
        provider = self.name_of(Lane.PROVIDER)[0]
        via = f"via {provider}" if Lane.PROVIDER in self.lanes else ""
        return " ".join(part for part in (words, via) if part)

    # What the person does.

    def go_on(self) -> None:
        """Release what is held here, or show the next arrow."""
        held = self.held
        if held is not None:
            held.release()
            return
        if self._advance():
            self._changed()

    def go_back(self) -> None:
        """Talk about the arrow before; nothing is taken off the paper."""
        before = self._step_before(self._at)
        if before is not None:
            self._at = before
            self._changed()

    def choose(self, step: Step) -> None:
        """Talk about another arrow that was shown already."""
        for index, row in enumerate(self.rows):
            if row is step:
                self._at = index
                self._changed()

    # What happens.

    def _wants(self, exchange: Exchange, detail: ExchangeDetail) -> bool:
        from_browser = is_from_browser(exchange, detail)
        if not self.login_id and self._begins(exchange, from_browser=from_browser):
            self.login_id = exchange.login_id
        if not self._is_ours(exchange):
            return False
        return from_browser or self.holds_app

    def _begins(self, exchange: Exchange, *, from_browser: bool) -> bool:
        if from_browser:
            return exchange.step in _FIRST_STEPS
        return self.holds_app and exchange.grant == _MACHINE

    def _is_ours(self, exchange: Exchange) -> bool:
        return bool(self.login_id) and exchange.login_id == self.login_id

    def _answer_held(self, event: AnswerHeld) -> None:
        if self._is_ours(event.exchange):
            self._clock.begin()
            self._add(event.exchange, event.detail, pending=True)

    def _answer_let_go(self, event: AnswerLetGo) -> None:
        if not self._held():
            self._clock.end()

    def _exchange_finished(self, event: ExchangeFinished) -> None:
        if self._is_ours(event.exchange):
            self._add(event.exchange, event.detail, pending=False)

    def _add(self, exchange: Exchange, detail: ExchangeDetail, *, pending: bool) -> None:
        was_at_end = self._next_step(self._at) is None and self.held is None
        is_new = not self.sequence.knows(exchange.id)
        self._meet(exchange)
        spoken_of = self.current
        self.sequence.add(exchange, detail, pending=pending)
        self._find_again(spoken_of)
        # The room waited for this: show that something happened, one arrow of it.
        if was_at_end and is_new:
            self._advance()
        self._changed()

    def _find_again(self, spoken_of: Step | None) -> None:
        """Rows before it may have moved: the arrow keeps its number among those of its exchange."""
        if spoken_of is None:
            return
        for index, row in enumerate(self.sequence.rows):
            if (
                isinstance(row, Step)
                and row.exchange_id == spoken_of.exchange_id
                and (row.kind, row.source, row.words)
                == (spoken_of.kind, spoken_of.source, spoken_of.words)
            ):
                self._shown += index - self._at
                self._at = index
                return

    def _meet(self, exchange: Exchange) -> None:
        self.user = exchange.username or self.user
        self.app = exchange.client_name or exchange.client_id or self.app
        self.grant = self.grant or grant_words(exchange.grant)

    def _held(self) -> list[HeldAnswer]:
        return [held for held in self._core.holds.waiting if self._is_ours(held.exchange)]

    def _advance(self) -> bool:
        onward = self._next_step(self._at)
        if onward is None:
            return False
        self._at = onward
        self._shown = max(self._shown, onward + 1)
        return True

    def _next_step(self, at: int) -> int | None:
        rows = self.sequence.rows
        return next((i for i in range(at + 1, len(rows)) if isinstance(rows[i], Step)), None)

    def _step_before(self, at: int) -> int | None:
        rows = self.sequence.rows
        return next((i for i in range(at - 1, -1, -1) if isinstance(rows[i], Step)), None)

"""The sequence of one login: exchanges go in as they happen, rows come out in the order to draw."""

from dataclasses import dataclass, field

from sandbox_app.domain.checks import Verdict
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.workbench.live.sequence.chips import (
    answer_chips,
    delivered_chips,
    request_chips,
)
from sandbox_app.workbench.live.sequence.labels import answer_words, pause_words
from sandbox_app.workbench.live.sequence.parts import Kind, Lane, Pause, Row, State, Step
from sandbox_app.workbench.live.sequence.reading import (
    Goal,
    Reading,
    address_words,
    read,
)
from sandbox_app.workbench.live.sequence.telling import (
    Known,
    tell_answer,
    tell_delivery,
    tell_fragment,
    tell_lost,
    tell_request,
    tell_start,
)
from sandbox_app.workbench.live.words import fault_words, status_words

LONGEST_UNTOLD = 1.0
"""Seconds that may pass between two arrows without a row of their own."""

NOT_SEEN = "not seen by the pool"
IN_THE_BROWSER = "stays in the browser, sent to nobody"
CLIENT_GONE = "client gone"
CONNECTION_CUT = "connection cut"

_BEGINNINGS = frozenset({"authorize", "logout"})
_UNDELIVERED = {"US-H1": State.GONE, "US-H2": State.DROPPED}
_STATE_CAPTIONS = {State.GONE: CLIENT_GONE, State.DROPPED: CONNECTION_CUT}


@dataclass(slots=True)
class _Entry:
    """An exchange and those the pool made while it answered it."""

    reading: Reading
    pending: bool = False
    inner: list["_Entry"] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.reading.exchange.id


class Sequence:
    """Rows of one login, in the order they happened.

    Exchanges are told when they are answered; while one is held back it may be told before, as
    `pending`, and once more at its end.
    """

    def __init__(self) -> None:
        self._entries: list[_Entry] = []
        self._known_ids: set[str] = set()
        self._ids: set[str] = set()
        self._rows: list[Row] = []
        self._begin()

    def _begin(self) -> None:
        self._rows.clear()
        self._known = Known()
        self._lanes = {Lane.POOL}
        self._numbers = 0
        self._started = 0.0
        self._last: float | None = None
        self._expected = ""

    @property
    def rows(self) -> list[Row]:
        """In the order to draw; only to be read."""
        return self._rows

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """Those who take part so far, from left to right."""
        return tuple(lane for lane in Lane if lane in self._lanes)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The arrows alone."""
        return tuple(row for row in self.rows if isinstance(row, Step))

    @property
    def arrows(self) -> int:
        """How many of them there are."""
        return self._numbers

    @property
    def duration(self) -> float:
        """Seconds from the first request to the last answer."""
        return max(0.0, (self._last or 0.0) - self._started)

    def name_of(self, lane: Lane) -> tuple[str, str]:
        """A lane's title, and a few words on who it is in this login."""
        if lane is Lane.APP:
            return lane.value, self._known.app
        if lane is Lane.PROVIDER and self._known.provider:
            return self._known.provider, "simulated"
        return lane.value, ""

    def holds(self, exchange_id: str) -> bool:
        """Whether this exchange was told already, and is over."""
        return exchange_id in self._ids

    def knows(self, exchange_id: str) -> bool:
        """Whether this exchange was told, over or not."""
        return exchange_id in self._known_ids

    def add(
        self, exchange: Exchange, detail: ExchangeDetail | None, *, pending: bool = False
    ) -> int:
        """Take in one more exchange; returns the index of the first row that is new or different.

        Args:
            pending: its answer is finished but held back.
        """
        before = len(self.rows)
        entry = _Entry(read(exchange, detail), pending)
        if not pending:
            self._ids.add(exchange.id)
        if self.knows(exchange.id):
            self._replace(entry)
            self._build_anew()
            return self._first_row_of(exchange.id)
        self._known_ids.add(exchange.id)
        entry.inner = self._inner_of(entry)
        self._entries.append(entry)
        if entry.inner:
            self._build_anew()
            return self._first_row_of(exchange.id)
        self._append(entry)
        return before

    def _replace(self, entry: _Entry) -> None:
        """What was told as pending is over, or was told once more."""
        for entries in (self._entries, *(outer.inner for outer in self._entries)):
            for at, old in enumerate(entries):
                if old.id == entry.id:
                    entry.inner = old.inner
                    entries[at] = entry

    def _inner_of(self, entry: _Entry) -> list[_Entry]:
        """What the pool itself asked for before it could answer this one."""
        if entry.reading.source is Lane.POOL:
            return []
        inner: list[_Entry] = []
        while self._entries and self._entries[-1].reading.source is Lane.POOL:
            if self._entries[-1].reading.exchange.started_at < entry.reading.exchange.started_at:
                break
            inner.insert(0, self._entries.pop())
        return inner

    def _build_anew(self) -> None:
        self._begin()
        for entry in self._entries:
            self._append(entry)

    def _first_row_of(self, exchange_id: str) -> int:
        for at, row in enumerate(self.rows):
            if isinstance(row, Step) and row.exchange_id == exchange_id:
                # A pause before it is told with it.
                return at - 1 if at and isinstance(self.rows[at - 1], Pause) else at
        return 0

    def _append(self, entry: _Entry) -> None:
        reading, exchange = entry.reading, entry.reading.exchange
        if not self._numbers:
            self._started = exchange.started_at
        self._known.meet(reading)
        self._pause(reading)
        # No app sends the browser for what the window repeats, and nobody takes the answer on.
        repeated = bool(exchange.again_of)
        if not repeated and self._starts_something(reading):
            self._leg(Lane.APP, Lane.BROWSER, f"→ {exchange.path}", reading, "start")
        self._request(reading)
        for inner in entry.inner:
            self._append(inner)
        self._answer(reading, entry.pending)
        if reading.source is Lane.BROWSER:
            self._expected = reading.goal_words if reading.goal is Goal.POOL else ""
        if repeated:
            return
        if reading.goal is Goal.APP and not entry.pending and _state(reading) is State.SENT:
            self._deliver(reading)

    def _pause(self, reading: Reading) -> None:
        exchange = reading.exchange
        waited = exchange.started_at - self._last if self._last is not None else 0.0
        if waited > LONGEST_UNTOLD:
            self._rows.append(Pause(pause_words(reading, self._known), waited))

    def _starts_something(self, reading: Reading) -> bool:
        """Whether the app must have sent the browser here, because the pool did not."""
        if reading.source is not Lane.BROWSER or self._expected == reading.exchange.path:
            return False
        first = not self._numbers
        return reading.step in _BEGINNINGS or (first and reading.step == "login")

    def _request(self, reading: Reading) -> None:
        exchange = reading.exchange
        step = Step(
            number=self._next(),
            kind=Kind.REQUEST,
            source=reading.source,
            target=reading.target,
            verb=exchange.method,
            words=exchange.path,
            exchange_id=exchange.id,
            story=tell_request(reading, self._known),
            chips=request_chips(reading),
            at=exchange.started_at - self._started,
            caption="sent again" if exchange.again_of else "",
            is_repeated=bool(exchange.again_of),
        )
        self._put(step)
        self._known.learn_request(reading, step.number)

    def _answer(self, reading: Reading, pending: bool) -> None:
        exchange = reading.exchange
        ended = exchange.started_at + exchange.duration / 1000
        state = State.HELD if pending else _state(reading)
        story = tell_answer(reading, self._known, ended)
        step = Step(
            number=self._next(),
            kind=Kind.ANSWER,
            source=reading.target,
            target=reading.source,
            verb=status_words(exchange.status),
            words=answer_words(reading),
            exchange_id=exchange.id,
            story=story if pending else tell_lost(reading, story),
            chips=answer_chips(reading),
            at=ended - self._started,
            refused=reading.refused,
            state=state,
            caption=_STATE_CAPTIONS.get(state) or fault_words(exchange.fault),
            is_faulty=bool(exchange.fault),
            about=f"{status_words(exchange.status)} to {exchange.method} {exchange.path}",
        )
        self._put(step)
        self._known.learn_answer(reading, step.number, ended)
        self._last = ended if self._last is None else max(self._last, ended)

    def _deliver(self, reading: Reading) -> None:
        words = address_words(reading.location)
        self._leg(Lane.BROWSER, Lane.APP, words, reading, "delivery")
        if reading.in_fragment:
            self._leg(Lane.BROWSER, Lane.APP, "the fragment", reading, "fragment")

    def _leg(self, source: Lane, target: Lane, words: str, reading: Reading, what: str) -> None:
        tell = {"start": tell_start, "delivery": tell_delivery, "fragment": tell_fragment}[what]
        visits = what == "delivery" and reading.location.startswith("http")
        carried = () if what == "start" else delivered_chips(reading.delivered)
        in_fragment = reading.in_fragment and what == "delivery"
        self._put(
            Step(
                number=self._next(),
                kind=Kind.UNSEEN,
                source=source,
                target=target,
                verb="GET" if visits else "",
                words=words,
                exchange_id=reading.exchange.id,
                story=tell(reading, self._known),
                chips=() if in_fragment else carried,
                caption=IN_THE_BROWSER if what == "fragment" else NOT_SEEN,
            )
        )

    def _put(self, step: Step) -> None:
        self._lanes |= {step.source, step.target}
        self._rows.append(step)

    def _next(self) -> int:
        self._numbers += 1
        return self._numbers


def _state(reading: Reading) -> State:
    if not reading.exchange.status:
        return State.DROPPED
    checks = reading.detail.checks if reading.detail is not None else ()
    for check in checks:
        if check.verdict is Verdict.NOTED and check.rule in _UNDELIVERED:
            return _UNDELIVERED[check.rule]
    return State.SENT

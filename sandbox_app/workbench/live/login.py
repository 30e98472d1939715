"""One attempt to sign in: every exchange that belongs to it, and what came of it so far."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.workbench.live.words import grant_words, short_refusal

_PAGES = ("authorize", "login")
SIGN_IN_AS = "sign in as"
"""The step by which the sandbox signs somebody in without a password."""

_MOST_FAULTS = 8
_DISTINCT_TEXTS = 64
"""A login refreshed for days repeats itself; beyond this many kinds only the newest is added."""


class Outcome(StrEnum):
    """What came of a login so far."""

    RUNNING = "running"
    SIGNED_IN = "signed in"
    REFUSED = "refused"
    ANSWERED = "answered"


def is_refusal(exchange: Exchange) -> bool:
    """Whether the pool turned this request down."""
    return bool(exchange.rule or exchange.error) or exchange.status >= 400


def has_delivered(exchange: Exchange) -> bool:
    """Whether a code or tokens left the pool with this answer.

    An authorize or login step ends in a redirect to the app only once a user is known; before,
    authorize redirects to the sign-in page.
    """
    if is_refusal(exchange):
        return False
    if exchange.step == "token":
        return exchange.status == 200
    if exchange.step == "login":
        return exchange.status == 302
    return exchange.step == "authorize" and exchange.status == 302 and bool(exchange.username)


class Login:
    """Everything known of one attempt; the book adds to it, everybody else only reads.

    An exchange that belongs to no login is one of its own, with an empty `login_id`.

    Attributes:
        serial: grows with every login and orders them by first appearance.
        exchanges: in the order they were answered; the oldest fall out of a full book.
        refusals: those that still stand, the first of each step, however often it was tried.
        last: the newest exchange, also when none is kept any more.
        started_at: epoch seconds of the first request.
        by_sandbox: whether the sandbox itself signed the user in, without a password.
        faults: what the sandbox did wrong to it on purpose, the first few kinds of it.
        text: lower-case words the plain-text filter searches.
    """

    __slots__ = (
        "_asked",
        "_delivered",
        "_ended_at",
        "_parts",
        "by_sandbox",
        "client_id",
        "client_name",
        "exchanges",
        "faults",
        "grant",
        "last",
        "login_id",
        "refusals",
        "requests",
        "serial",
        "started_at",
        "text",
        "username",
    )

    def __init__(self, serial: int, first: Exchange, text: str) -> None:
        self.serial = serial
        self.login_id = first.login_id
        self._begin(first, text)

    def _begin(self, first: Exchange, text: str) -> None:
        self.exchanges: list[Exchange] = []
        self.last = first
        self.requests = 0
        self.started_at = first.started_at
        self.client_id = self.client_name = self.username = self.grant = ""
        self.refusals: tuple[Exchange, ...] = ()
        self.faults: tuple[str, ...] = ()
        self.text = ""
        self._ended_at = first.started_at
        self._asked = self._delivered = self.by_sandbox = False
        self._parts: tuple[str, ...] = ()
        self.add(first, text)

    def add(self, exchange: Exchange, text: str) -> None:
        """Take in the next exchange; `text` is what the filter searches of it."""
        self.exchanges.append(exchange)
        self.last = exchange
        self.requests += 1
        self.started_at = min(self.started_at, exchange.started_at)
        self._ended_at = max(self._ended_at, exchange.started_at + exchange.duration / 1000)
        self.client_id = exchange.client_id or self.client_id
        self.client_name = exchange.client_name or self.client_name
        self.username = exchange.username or self.username
        self.grant = self.grant or grant_words(exchange.grant)
        self._asked = self._asked or exchange.step in _PAGES
        if exchange.step == SIGN_IN_AS and not is_refusal(exchange):
            self.by_sandbox = True
        if exchange.fault and exchange.fault not in self.faults:
            self.faults = (*self.faults[: _MOST_FAULTS - 1], exchange.fault)
        self._judge(exchange)
        if text not in self._parts:
            self._parts = (*self._parts[: _DISTINCT_TEXTS - 1], text)
        self.text = "\n".join((self.outcome, *self._parts))

    def put_before(self, earlier: Sequence[Exchange], text_of: Callable[[Exchange], str]) -> None:
        """Take in exchanges that came before all that are known, oldest first."""
        exchanges = [*earlier, *self.exchanges]
        self._begin(exchanges[0], text_of(exchanges[0]))
        for exchange in exchanges[1:]:
            self.add(exchange, text_of(exchange))

    def drop_oldest(self) -> None:
        """Let the first exchange go; what was learnt from it stays."""
        del self.exchanges[0]

    @property
    def filtered(self) -> list[Exchange]:
        """What a filter looks at: all of its exchanges."""
        return self.exchanges

    @property
    def outcome(self) -> Outcome:
        """What came of it so far."""
        if self.refusals:
            return Outcome.REFUSED
        if self._delivered:
            return Outcome.SIGNED_IN
        return Outcome.RUNNING if self._asked else Outcome.ANSWERED

    @property
    def refusal(self) -> Exchange | None:
        """The first refusal that still stands."""
        return self.refusals[0] if self.refusals else None

    @property
    def refusal_words(self) -> str:
        """Its rule and a few words; empty where nothing was refused."""
        refusal = self.refusal
        if refusal is None:
            return ""
        return short_refusal(refusal.rule, refusal.error, refusal.status)

    @property
    def duration(self) -> float:
        """Milliseconds from the first request to the last answer."""
        return (self._ended_at - self.started_at) * 1000

    @property
    def telling(self) -> Exchange:
        """The exchange to look at first: the refused one, else the last that brought tokens."""
        if self.refusal is not None:
            return self.refusal
        tokens = (known for known in reversed(self.exchanges) if known.step == "token")
        return next(tokens, self.last)

    def _judge(self, exchange: Exchange) -> None:
        if is_refusal(exchange):
            if not self._is_known(exchange):
                self.refusals = (*self.refusals, exchange)
        elif has_delivered(exchange):
            self._delivered = True
            self.refusals = ()
        elif exchange.step not in _PAGES:
            # A page shown again heals nothing; an endpoint that now answers does.
            self.refusals = tuple(old for old in self.refusals if old.step != exchange.step)

    def _is_known(self, exchange: Exchange) -> bool:
        """Refused at the same step before, or the page that merely shows the error."""
        if any(old.step == exchange.step for old in self.refusals):
            return True
        return bool(self.refusals) and not exchange.rule and exchange.step == "error page"

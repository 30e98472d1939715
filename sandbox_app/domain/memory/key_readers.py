"""Who fetched which keys, and which tokens they were given from then on."""

from collections import OrderedDict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from sandbox_app.domain.bus import EventBus
from sandbox_app.domain.events import KeysFetched, TokensMinted
from sandbox_app.domain.records.tokens import NOBODY, Caller, MintedToken

MOST_READERS = 200
MOST_VISITS = 20
MOST_KINDS = 100
"""How many readers are remembered, how many visits of each, how many kinds of tokens of each
visit; what was there first goes first."""

TokenKind = tuple[str, str, str]
"""Client id, use and kid."""


@dataclass(slots=True)
class Given:
    """Tokens of one kind that a reader was given; times in epoch seconds of the sandbox's clock.

    `expires_at` is the last end of any of them.
    """

    first_at: float
    last_at: float
    expires_at: float
    count: int = 0


@dataclass(slots=True)
class Visit:
    """Fetches of a key set that brought the same, and the tokens given after them.

    `times` is 0 and `kids` is empty for what was given before any fetch was seen.
    `signed_before` is how many tokens the pool had signed with each key at the last of them.
    """

    first_at: float
    last_at: float
    kids: tuple[str, ...] = ()
    unusual: str = ""
    times: int = 0
    given: OrderedDict[TokenKind, Given] = field(default_factory=OrderedDict)
    signed_before: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Reader:
    """One caller's visits to one pool, oldest first; `fetched` counts them all."""

    fetched: int = 0
    visits: deque[Visit] = field(default_factory=lambda: deque(maxlen=MOST_VISITS))


class KeyReaders:
    """Readers by pool and caller, the one that did something last at the end.

    A fetch of keys names no client. A caller that also gets tokens, from the same address and
    with the same User-Agent, is taken for that client.
    """

    def __init__(self) -> None:
        self._readers: OrderedDict[tuple[str, Caller], Reader] = OrderedDict()
        self._signed: dict[str, OrderedDict[str, int]] = {}

    def follow(self, bus: EventBus) -> None:
        """Remember from now on."""
        bus.subscribe(KeysFetched, self._fetched)
        bus.subscribe(TokensMinted, self._minted)

    def of_pool(self, pool_id: str) -> tuple[tuple[Caller, Reader], ...]:
        """The pool's readers, the one that did something last first."""
        found = [(caller, it) for (pool, caller), it in self._readers.items() if pool == pool_id]
        return tuple(reversed(found))

    def signed(self, pool_id: str) -> Mapping[str, int]:
        """How many tokens the pool signed with each key, by kid, since the program started."""
        return self._signed.get(pool_id, {})

    def _fetched(self, event: KeysFetched) -> None:
        reader = self._reader(event.pool_id, event.caller)
        reader.fetched += 1
        last = reader.visits[-1] if reader.visits else None
        same = last is not None and (last.kids, last.unusual) == (event.kids, event.unusual)
        if last is None or not same or last.given or not last.times:
            last = Visit(event.at, event.at, event.kids, event.unusual)
            reader.visits.append(last)
        last.times += 1
        last.last_at = event.at
        last.signed_before = dict(self.signed(event.pool_id))

    def _minted(self, event: TokensMinted) -> None:
        for token in event.tokens:
            self._count(event.pool_id, token)
        if event.caller == NOBODY:
            return
        reader = self._reader(event.pool_id, event.caller)
        if not reader.visits:
            reader.visits.append(Visit(event.at, event.at))
        for token in event.tokens:
            _give(reader.visits[-1], (event.client_id, token.use, token.kid), token, event.at)

    def _reader(self, pool_id: str, caller: Caller) -> Reader:
        reader = self._readers.setdefault((pool_id, caller), Reader())
        self._readers.move_to_end((pool_id, caller))
        if len(self._readers) > MOST_READERS:
            self._readers.popitem(last=False)
        return reader

    def _count(self, pool_id: str, token: MintedToken) -> None:
        signed = self._signed.setdefault(pool_id, OrderedDict())
        signed[token.kid] = signed.get(token.kid, 0) + 1
        if len(signed) > MOST_KINDS:
            signed.popitem(last=False)


def _give(visit: Visit, kind: TokenKind, token: MintedToken, at: float) -> None:
    given = visit.given.setdefault(kind, Given(at, at, token.expires_at))
    given.count += 1
    given.last_at = at
    given.expires_at = max(given.expires_at, token.expires_at)
    if len(visit.given) > MOST_KINDS:
        visit.given.popitem(last=False)

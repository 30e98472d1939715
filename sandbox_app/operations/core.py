"""What every operation and flow is handed: store, clock, bus and the ports that wait."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sandbox_app.domain.allowances import Allowances, AllowancesInMemory
from sandbox_app.domain.bus import EventBus
from sandbox_app.domain.clock import BendableClock, epoch
from sandbox_app.domain.conditions.conditions import Conditions
from sandbox_app.domain.holding import Holds
from sandbox_app.domain.memory.key_readers import KeyReaders
from sandbox_app.domain.memory.outbox import Outbox
from sandbox_app.domain.memory.recent_tokens import RecentTokens
from sandbox_app.domain.ports import Aside, Passwords, at_once
from sandbox_app.domain.recording import Recording
from sandbox_app.domain.sending_again import Resends
from sandbox_app.domain.tickets import Tickets
from sandbox_app.operations.keys import KeyRing
from sandbox_app.store import Store


@dataclass(frozen=True, slots=True)
class Core:
    """One sandbox without a face. Two of them in one process share nothing."""

    store: Store
    clock: BendableClock
    bus: EventBus
    passwords: Passwords
    keys: KeyRing
    region: str = "us-east-1"
    aside: Aside = at_once
    tickets: Tickets = field(default_factory=Tickets)
    outbox: Outbox = field(default_factory=Outbox)
    holds: Holds = field(default_factory=Holds)
    resends: Resends = field(default_factory=Resends)
    recording: Recording = field(default_factory=Recording)
    conditions: Conditions = field(default_factory=Conditions)
    recent_tokens: RecentTokens = field(default_factory=RecentTokens)
    key_readers: KeyReaders = field(default_factory=KeyReaders)
    allowances: Allowances = field(default_factory=AllowancesInMemory)

    def __post_init__(self) -> None:
        self.recent_tokens.follow(self.bus)
        self.key_readers.follow(self.bus)

    def now(self) -> datetime:
        """The sandbox's present moment, timezone-aware."""
        return self.clock.now()

    def timestamp(self) -> float:
        """The present as the API's dates carry it: seconds since 1970, to the millisecond."""
        return round(self.clock.timestamp(), 3)

    def epoch(self) -> int:
        """The present as tokens carry it: whole seconds since 1970."""
        return epoch(self.clock.now())

    def skew(self, client_id: str) -> int:
        """Seconds that the clock behind a client's tokens is ahead of the sandbox's; usually 0."""
        by = self.conditions.skews.get(client_id)
        return 0 if by is None else round(by.total_seconds())

    @contextmanager
    def change(self) -> Iterator[None]:
        """Everything inside happens or nothing does, and listeners hear of it only afterwards."""
        with self.bus.held(), self.store.transaction():
            yield

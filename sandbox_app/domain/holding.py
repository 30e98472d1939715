"""Answers that are finished and wait: who wants them kept back, and what becomes of them."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail, Headers

Wanted = Callable[[Exchange, ExchangeDetail], bool]
"""Whether somebody wants to keep back the answer of an exchange."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A finished answer as it will be sent."""

    status: int
    headers: Headers
    body: bytes


class Ending(StrEnum):
    """What became of an answer that was kept back."""

    RELEASED = "released"
    DROPPED = "dropped"
    GONE = "gone"
    """The client went away while it waited."""


@dataclass(frozen=True, slots=True)
class Decision:
    """How the waiting ends; `answer` is sent where it is released, perhaps an edited one."""

    ending: Ending
    answer: Answer


class HeldAnswer:
    """One answer that waits.

    Args:
        exchange, detail: as they would be recorded if it was sent now; secrets are masked.
        answer: as it would be sent, nothing masked.
        decide: ends the waiting.
    """

    def __init__(
        self,
        exchange: Exchange,
        detail: ExchangeDetail,
        answer: Answer,
        decide: Callable[[Decision], None],
    ) -> None:
        self.exchange = exchange
        self.detail = detail
        self.answer = answer
        self._decide = decide

    def release(self, edited: Answer | None = None) -> None:
        """Send it, as it is or edited; only the first decision counts."""
        self._decide(Decision(Ending.RELEASED, edited or self.answer))

    def drop(self) -> None:
        """Cut the connection instead of answering."""
        self._decide(Decision(Ending.DROPPED, self.answer))


class Holds:
    """Who keeps back what. Any number may watch; whoever decides first decides for all."""

    def __init__(self) -> None:
        self._watchers: list[Wanted] = []
        self._waiting: dict[str, HeldAnswer] = {}

    @property
    def watched(self) -> bool:
        """Whether anybody might want an answer kept back."""
        return bool(self._watchers)

    @property
    def waiting(self) -> tuple[HeldAnswer, ...]:
        """The answers that wait, oldest first."""
        return tuple(self._waiting.values())

    def find(self, exchange_id: str) -> HeldAnswer | None:
        """The answer of that exchange, if it waits."""
        return self._waiting.get(exchange_id)

    def watch(self, wanted: Wanted) -> Callable[[], None]:
        """Ask `wanted` about every answer; returns the way to stop, which releases none."""
        self._watchers.append(wanted)
        return lambda: self._watchers.remove(wanted)

    def wants(self, exchange: Exchange, detail: ExchangeDetail) -> bool:
        """Whether anybody wants this one."""
        return any(wanted(exchange, detail) for wanted in self._watchers)

    def begin(self, held: HeldAnswer) -> None:
        """An answer waits from now on."""
        self._waiting[held.exchange.id] = held

    def end(self, held: HeldAnswer) -> None:
        """It waits no longer."""
        self._waiting.pop(held.exchange.id, None)

    def release_all(self) -> None:
        """Send everything that waits."""
        for held in self.waiting:
            held.release()

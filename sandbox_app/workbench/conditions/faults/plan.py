"""Which faults a request or a handshake runs into, and what they do to it together.

All faults of the list are asked, each counts for itself, and what is due is combined: delays add
up, and of those that end the matter (an answer, a hang, a reset, a cut) the first in the list
wins. So nobody has to know the whole list to know what one line of it does.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from sandbox_app.domain.conditions.faults import (
    Answer,
    BadCertificate,
    Cut,
    Duplicate,
    Effect,
    Fault,
    Hang,
    LostCookie,
    MalformedJson,
    Reset,
    WrongType,
)
from sandbox_app.operations.core import Core
from sandbox_app.workbench.conditions.faults.chance import is_due, wait_of
from sandbox_app.workbench.conditions.faults.matching import Asked, concerns
from sandbox_app.workbench.conditions.faults.sentences import sentence_of


@dataclass(frozen=True, slots=True)
class Use:
    """One fault that is due, the `turn`th time it was asked."""

    fault: Fault
    turn: int

    @property
    def title(self) -> str:
        """What an exchange is marked with: the fault's name, or its sentence."""
        return self.fault.name or sentence_of(self.fault)


@dataclass(slots=True)
class Plan:
    """What is done wrong to one request; empty when nothing is.

    Attributes:
        uses: the faults that have a part in it, in the list's order.
        delay: the time that passes before anything is sent.
        answer: sent instead of the pool's, which then never sees the request.
        ending: how the sending ends: not at all, by a reset, or too early.
        alterations: what becomes of the answer.
    """

    uses: list[Use] = field(default_factory=list)
    delay: timedelta = timedelta(0)
    answer: Answer | None = None
    ending: Hang | Reset | Cut | None = None
    alterations: list[WrongType | MalformedJson | LostCookie | Duplicate] = field(
        default_factory=list
    )

    @property
    def title(self) -> str:
        """What the exchange is marked with."""
        return "; ".join(use.title for use in self.uses)

    @property
    def ending_id(self) -> str:
        """The id of the fault that ends it; empty where none does."""
        for use in self.uses:
            if self.ending is not None and use.fault.then.effect is self.ending:
                return use.fault.id
        return ""

    def take(self, use: Use) -> bool:
        """Add what the fault does; false where earlier ones leave it nothing to do."""
        delay, effect = use.fault.then.delay, use.fault.then.effect
        if delay is not None:
            self.delay += wait_of(delay, use.turn)
        taken = effect is not None and self._take(effect)
        if taken or delay is not None:
            self.uses.append(use)
        return taken or delay is not None

    def _take(self, effect: Effect) -> bool:
        match effect:
            case Answer():
                is_free = self.answer is None and not isinstance(self.ending, Hang | Reset)
                self.answer = effect if is_free else self.answer
            case Hang() | Reset() | Cut():
                # What ends the connection would hide an answer that was promised before.
                is_free = self.ending is None and (self.answer is None or isinstance(effect, Cut))
                self.ending = effect if is_free else self.ending
            case WrongType() | MalformedJson() | LostCookie() | Duplicate():
                is_free = effect not in self.alterations
                self.alterations.extend([effect] if is_free else [])
            case BadCertificate():
                is_free = False
        return is_free


def plan_for(core: Core, asked: Asked) -> Plan | None:
    """Ask every fault that is switched on, count, and combine what is due.

    Counts of what the request runs into are raised here already; `None` where nothing is due.
    """
    faults, plan = core.conditions.faults, Plan()
    for fault in faults.at_requests:
        if concerns(fault.when, asked):
            tally = faults.tally(fault.id)
            tally.seen += 1
            if is_due(fault.when.cadence, tally.seen) and plan.take(Use(fault, tally.seen)):
                tally.hits += 1
    return plan if plan.uses else None


def bad_certificate_for(core: Core) -> Use | None:
    """The fault that the next TLS handshake runs into; counts like `plan_for`."""
    faults, found = core.conditions.faults, None
    for fault in faults.at_handshakes:
        tally = faults.tally(fault.id)
        tally.seen += 1
        if is_due(fault.when.cadence, tally.seen) and found is None:
            tally.hits += 1
            found = Use(fault, tally.seen)
    return found

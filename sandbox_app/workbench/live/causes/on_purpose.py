"""What the sandbox itself did to make a refusal: a fault that is set up, a bent clock."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sandbox_app.domain.rules.on_purpose import ANSWERED, CERTIFICATE, SENT
from sandbox_app.workbench.live.causes.case import Case
from sandbox_app.workbench.live.causes.explanation import Cause, Found, Place

_FAULTS, _CLOCK = Place("", "conditions", "faults"), Place("", "conditions", "clock")
_THEN = {"is": "was", "stands": "stood"}
"""The clock may go straight again by the time somebody reads of it."""


def fault(case: Case) -> Found:
    """US-F1, US-F2, US-F3."""
    name = f"“{case.exchange.fault}”" if case.exchange.fault else "A fault"
    cause = Cause(
        f"{name} did this on purpose: the app has nothing to do with it.",
        "Switch the fault off under Conditions, or put everything back to normal there.",
    )
    return Found((cause,), place=_FAULTS)


def by_the_clock(case: Case) -> Found | None:
    """Whether the time that something took is the sandbox's doing."""
    _, told, words = case.check.because.partition("; the sandbox's clock ")
    if not told:
        return None
    verb, _, rest = words.partition(" ")
    cause = Cause(
        f"The sandbox's clock was bent when this happened: it {_THEN.get(verb, verb)} {rest}.",
        "With Computer’s time under Conditions it goes with this machine's again.",
    )
    return Found((cause,), place=_CLOCK)


RULES: Mapping[str, Callable[[Case], Found]] = MappingProxyType(
    {ANSWERED: fault, SENT: fault, CERTIFICATE: fault}
)

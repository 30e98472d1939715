"""The bent world of one sandbox: what flows, mint and gateway look at while they work."""

from dataclasses import dataclass, field
from datetime import timedelta

from sandbox_app.domain.conditions.breakpoints import Breakpoint
from sandbox_app.domain.conditions.faults import Faults
from sandbox_app.domain.conditions.key_sets import KeySetAnswer
from sandbox_app.domain.conditions.leniency import Leniency


@dataclass(slots=True)
class Conditions:
    """Everything that can be bent besides the clock; changed by `workbench.conditions` alone.

    Attributes:
        skews: by client id, how far the clock behind the tokens of that client is ahead of the
            sandbox's; negative when behind.
        key_sets: by pool id, how its key set is answered where that is bent.
        leniency: what is forgiven.
        faults: what goes wrong on purpose.
        breakpoint: which answers are kept back; gone when the program ends.
    """

    skews: dict[str, timedelta] = field(default_factory=dict)
    key_sets: dict[str, KeySetAnswer] = field(default_factory=dict)
    leniency: Leniency = field(default_factory=Leniency)
    faults: Faults = field(default_factory=Faults)
    breakpoint: Breakpoint | None = None

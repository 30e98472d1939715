"""How often a fault is committed, among the requests that it is about."""

from dataclasses import dataclass

from sandbox_app.domain.conditions.fault_bounds import between

_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Always:
    """Each time."""


@dataclass(frozen=True, slots=True)
class EveryNth:
    """The nth time, the 2nth time, …"""

    nth: int

    def __post_init__(self) -> None:
        between("every nth", self.nth, 2, _MOST)


@dataclass(frozen=True, slots=True)
class FirstN:
    """The first `count` times, then never again until the counters are reset."""

    count: int = 1

    def __post_init__(self) -> None:
        between("first", self.count, 1, _MOST)


@dataclass(frozen=True, slots=True)
class AfterFirstN:
    """Every time but the first `count` times."""

    count: int = 1

    def __post_init__(self) -> None:
        between("after the first", self.count, 1, _MOST)


@dataclass(frozen=True, slots=True)
class WithProbability:
    """By chance; the same `seed` gives the same sequence on every machine.

    Attributes:
        percent: above 0, at most 100, to a thousandth.
    """

    percent: float
    seed: int = 0

    def __post_init__(self) -> None:
        if not 0.001 <= self.percent <= 100 or round(self.percent, 3) != self.percent:
            raise ValueError("a probability is from 0.001% to 100%, in steps of 0.001%")
        between("a seed", self.seed, 0, 2**63 - 1)


Cadence = Always | EveryNth | FirstN | AfterFirstN | WithProbability

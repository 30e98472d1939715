"""When a fault is due, and the numbers it draws: nothing but seed and turn decides.

Nothing is kept between two draws, so a sequence is the same in the window, headless and on every
machine, and begins anew with the counters.
"""

import hashlib
from datetime import timedelta

from sandbox_app.domain.conditions.faults import (
    AfterFirstN,
    Always,
    Cadence,
    Delay,
    EveryNth,
    FirstN,
    WithProbability,
)

_STEPS = 100_000
"""A probability is a whole number of these; see `WithProbability.percent`."""


def is_due(cadence: Cadence, turn: int) -> bool:
    """Whether a fault is committed the `turn`th time it is asked, counted from 1."""
    match cadence:
        case Always():
            return True
        case EveryNth(nth):
            return turn % nth == 0
        case FirstN(count):
            return turn <= count
        case AfterFirstN(count):
            return turn > count
        case WithProbability(percent, seed):
            return _draw("due", seed, turn) % _STEPS < round(percent * _STEPS / 100)


def wait_of(delay: Delay, turn: int) -> timedelta:
    """How long it lasts the `turn`th time, to the millisecond."""
    spread = delay.jitter // timedelta(milliseconds=1)
    drawn = _draw("delay", delay.seed, turn) % (2 * spread + 1) - spread
    return delay.wait + timedelta(milliseconds=drawn)


def _draw(what: str, seed: int, turn: int) -> int:
    """A number of 64 bits; evenly spread far beyond the spans that it is divided into."""
    digest = hashlib.sha256(f"{what} {seed} {turn}".encode()).digest()
    return int.from_bytes(digest[:8], "big")

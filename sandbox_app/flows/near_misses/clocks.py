"""Whether the sandbox's own clock has a part in something being too old."""

from datetime import timedelta

from sandbox_app.domain.durations import duration_words
from sandbox_app.operations.core import Core


def bent_words(core: Core) -> str:
    """A clause to put behind a reason; empty while the clock goes with the machine's."""
    if not core.clock.is_bent:
        return ""
    ahead = core.clock.ahead.total_seconds()
    if core.clock.frozen_at is not None:
        return "; the sandbox's clock stands still"
    side = "ahead of" if ahead > 0 else "behind"
    return f"; the sandbox's clock is {span_words(abs(ahead))} {side} this machine's"


def span_words(seconds: float) -> str:
    """A length of time to the second, in its two largest units: "55 min 1 s"."""
    return duration_words(timedelta(seconds=round(seconds)))

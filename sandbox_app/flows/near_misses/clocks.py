"""Whether the sandbox's own clock has a part in something being too old."""

from sandbox_app.operations.core import Core


def bent_words(core: Core) -> str:
    """A clause to put behind a reason; empty while the clock goes with the machine's."""
    if not core.clock.is_bent:
        return ""
    seconds = core.clock.ahead.total_seconds()
    if core.clock.frozen_at is not None:
        return "; the sandbox's clock stands still"
    side = "ahead of" if seconds > 0 else "behind"
    return f"; the sandbox's clock is {abs(seconds):.0f} s {side} this machine's"

"""The wrong clock behind a client's tokens, noted where it shows."""

from sandbox_app.domain.trace import Trace
from sandbox_app.operations.core import Core


def note_skew(client_id: str, core: Core, trace: Trace) -> int:
    """Seconds that the client's clock is ahead, usually 0; anything else is noted (US-C1)."""
    skew = core.skew(client_id)
    if skew:
        words = f"{abs(skew)} s {'ahead' if skew > 0 else 'behind'}"
        trace.checks.note("US-C1", f"the clock behind the client's tokens is {words}")
    return skew

"""The clock: shifted, standing still, going to a moment of interest."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox_app.operations.core import Core
from sandbox_app.workbench.conditions.durations import duration_words


class ClockPart:
    """The sandbox's clock as a condition; a standing clock is kept at the moment it stands at."""

    name = "clock"

    def deviations(self, core: Core) -> tuple[str, ...]:
        """Whether it stands, and how far it is ahead or behind."""
        clock = core.clock
        if clock.frozen_at is not None:
            return (f"clock stands at {clock.frozen_at:%Y-%m-%d %H:%M:%S} UTC",)
        if clock.offset:
            return (f"clock {duration_words(clock.offset, signed=True)}",)
        return ()

    def straighten(self, core: Core) -> None:
        """Tell the machine's time again."""
        core.clock.straighten()

    def kept(self, core: Core) -> Mapping[str, Any]:
        """Seconds ahead, and the epoch seconds it stands at."""
        clock = core.clock
        if clock.frozen_at is not None:
            return {"frozen_at": clock.frozen_at.timestamp()}
        return {"offset": clock.offset.total_seconds()} if clock.offset else {}

    def recall(self, core: Core, kept: Mapping[str, Any]) -> None:
        """Shift it, or let it stand, as before."""
        clock = core.clock
        clock.straighten()
        if "frozen_at" in kept:
            clock.go_to(datetime.fromtimestamp(kept["frozen_at"], UTC))
            clock.freeze()
        elif "offset" in kept:
            clock.shift_to(timedelta(seconds=kept["offset"]))

"""The clock: shifted, standing still, going to a moment of interest."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox_app.operations.core import Core
from sandbox_app.workbench.conditions.durations import duration_words, parse_duration
from sandbox_app.workbench.conditions.keeping import changed

_FIRST, _LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""Between these moments tokens, cookies and certificates can tell the time."""


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


CLOCK = ClockPart()


def straighten(core: Core) -> None:
    """Tell the machine's time again."""
    core.clock.straighten()
    changed(core, CLOCK)


def freeze(core: Core) -> None:
    """Stand still at the present."""
    core.clock.freeze()
    changed(core, CLOCK)


def run(core: Core) -> None:
    """Run on from where it stands; a running clock is left alone."""
    core.clock.run()
    changed(core, CLOCK)


def shift_to(core: Core, offset: timedelta) -> None:
    """Be `offset` ahead of the machine's clock, negative when behind.

    Raises:
        ValueError: that would be before 1990 or after 2199.
    """
    go_to(core, core.clock.true_now + offset)


def advance(core: Core, by: timedelta) -> None:
    """Move the present by `by`, which may be negative.

    Raises:
        ValueError: that would be before 1990 or after 2199.
    """
    go_to(core, core.now() + by)


def go_to(core: Core, moment: datetime) -> None:
    """Make a timezone-aware moment the present; a standing clock stands there, another runs on.

    Raises:
        ValueError: it is before 1990 or after 2199.
    """
    if not _FIRST <= moment <= _LAST:
        raise ValueError("the clock can tell no time before 1990 or after 2199")
    core.clock.go_to(moment)
    changed(core, CLOCK)


def set_by_words(core: Core, text: str) -> None:
    """Shift or go as a person types it: `+2h`, `-90s`, or `2027-01-31 08:00` in local time.

    Raises:
        ValueError: it is neither a duration nor a moment, or out of range; in words.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        shift_to(core, parse_duration(text))
    else:
        go_to(core, moment.astimezone(UTC))

"""The clock: shifted, standing still, going to a moment of interest."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox_app.domain.durations import duration_words
from sandbox_app.operations.core import Core
from sandbox_app.workbench.conditions.durations import parse_duration
from sandbox_app.workbench.conditions.keeping import changed

_FIRST, _LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""Between these moments every timer's end is a date that tokens and databases can hold."""

MOST_SKEW = timedelta(days=366)
"""More than this no client's clock can be wrong by."""


class ClockPart:
    """The sandbox's clock and its clients' skews; a standing clock is kept where it stands."""

    name = "clock"

    def deviations(self, core: Core) -> tuple[str, ...]:
        """Whether it stands, how far it is ahead or behind, and whose clock is skewed."""
        return (*_clock_words(core), *_skew_words(core))

    def straighten(self, core: Core) -> None:
        """Tell the machine's time again, to everybody."""
        core.clock.straighten()
        core.conditions.skews.clear()

    def kept(self, core: Core) -> Mapping[str, Any]:
        """Seconds ahead, the epoch seconds it stands at, and seconds ahead by client id."""
        clock, kept = core.clock, dict[str, Any]()
        if clock.frozen_at is not None:
            kept["frozen_at"] = clock.frozen_at.timestamp()
        elif clock.offset:
            kept["offset"] = clock.offset.total_seconds()
        if skews := core.conditions.skews:
            kept["skews"] = {client: by.total_seconds() for client, by in skews.items()}
        return kept

    def recall(self, core: Core, kept: Mapping[str, Any]) -> None:
        """Shift it, or let it stand, as before."""
        self.straighten(core)
        if "frozen_at" in kept:
            core.clock.go_to(_possible(datetime.fromtimestamp(kept["frozen_at"], UTC)))
            core.clock.freeze()
        elif "offset" in kept:
            offset = timedelta(seconds=kept["offset"])
            _moved(core.clock.true_now, offset)
            core.clock.shift_to(offset)
        skews = {key: timedelta(seconds=by) for key, by in kept.get("skews", {}).items()}
        core.conditions.skews.update(skews)


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
        ValueError: that would be before 1990 or after 2199; nothing was changed.
    """
    _moved(core.clock.true_now, offset)
    core.clock.shift_to(offset)
    changed(core, CLOCK)


def advance(core: Core, by: timedelta) -> None:
    """Move the present by `by`, which may be negative.

    Raises:
        ValueError: that would be before 1990 or after 2199; nothing was changed.
    """
    _moved(core.now(), by)
    core.clock.advance(by)
    changed(core, CLOCK)


def go_to(core: Core, moment: datetime) -> None:
    """Make a timezone-aware moment the present; a standing clock stands there, another runs on.

    Raises:
        ValueError: it has no timezone, or is before 1990 or after 2199; nothing was changed.
    """
    core.clock.go_to(_possible(moment))
    changed(core, CLOCK)


def skew(core: Core, client_id: str, by: timedelta) -> None:
    """Let the clock behind a client's tokens be so far ahead of the sandbox's; zero ends it.

    From now on `iat`, `exp` and `auth_time` of its tokens are off by so much, and the pool's own
    endpoints judge them by the same wrong clock. Codes, sessions and refresh tokens, whose times
    nobody outside can read, last as long as ever.

    Raises:
        ValueError: there is no such client, or the skew is more than a year.
    """
    if core.store.clients.get(client_id) is None:
        raise ValueError(f"there is no app client {client_id[:60]}")
    if abs(by) > MOST_SKEW:
        raise ValueError("the clock of a client can be wrong by up to a year")
    core.conditions.skews.pop(client_id, None)
    if by:
        core.conditions.skews[client_id] = by
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


def _clock_words(core: Core) -> tuple[str, ...]:
    clock = core.clock
    if clock.frozen_at is not None:
        return (f"clock stands at {clock.frozen_at:%Y-%m-%d %H:%M:%S} UTC",)
    return (f"clock {duration_words(clock.offset, signed=True)}",) if clock.offset else ()


def _skew_words(core: Core) -> tuple[str, ...]:
    """A deleted client's skew waits, untold, for the client to come back."""
    clients = ((core.store.clients.get(key), by) for key, by in core.conditions.skews.items())
    return tuple(
        f"clock of {client.client_name} {duration_words(by, signed=True)}"
        for client, by in clients
        if client is not None
    )


def _moved(moment: datetime, by: timedelta) -> datetime:
    try:
        return _possible(moment + by)
    except OverflowError:
        return _possible(datetime.min.replace(tzinfo=UTC))


def _possible(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("the moment needs a timezone")
    if not _FIRST <= moment <= _LAST:
        raise ValueError("the clock can tell no time before 1990 or after 2199")
    return moment

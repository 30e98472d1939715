"""The one source of time; everything that expires asks it and nothing else."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What the program takes the time from."""

    def now(self) -> datetime:
        """The present moment, timezone-aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The machine's time in UTC."""
        return datetime.now(UTC)


class ManualClock:
    """A clock that moves only when told to; it never runs backwards by itself."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock starts at a timezone-aware moment")
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """The moment last set."""
        return self._now

    def advance(self, by: timedelta) -> None:
        """Move the present by `by`, which may be negative to show a client a step back."""
        self._now += by


def epoch(moment: datetime) -> int:
    """Whole seconds since 1970-01-01 UTC, the unit of `exp`, `iat` and `auth_time`.

    Source: RFC 7519 section 2, NumericDate.
    """
    return int(moment.timestamp())

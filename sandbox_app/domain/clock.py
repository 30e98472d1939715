"""The one source of time; everything that expires asks it and nothing else."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What the program takes the time from."""

    def now(self) -> datetime:
        """The present moment, timezone-aware, in UTC."""
        ...

    def timestamp(self) -> float:
        """The present moment in seconds since 1970 UTC, at half the price of a date."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The machine's time in UTC."""
        return datetime.now(UTC)

    def timestamp(self) -> float:
        """The machine's time in seconds since 1970 UTC."""
        return time.time()


class ManualClock:
    """A clock that moves only when told to; it never runs backwards by itself."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock starts at a timezone-aware moment")
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """The moment last set."""
        return self._now

    def timestamp(self) -> float:
        """The moment last set, in seconds since 1970 UTC."""
        return self._now.timestamp()

    def advance(self, by: timedelta) -> None:
        """Move the present by `by`, which may be negative to show a client a step back."""
        self._now += by


class BendableClock:
    """A clock that runs beside another one: shifted, standing still, or both in turn.

    Everything that expires in a sandbox asks this clock, so one shift moves codes, sessions,
    tokens and lockouts alike. It is not told to anybody when it is bent; whoever bends it tells.

    Attributes:
        offset: how far it is ahead of the other clock while it runs; negative when behind.
        frozen_at: the moment it stands still at, `None` while it runs.
    """

    def __init__(self, base: Clock) -> None:
        self._base = base
        self.offset = timedelta(0)
        self.frozen_at: datetime | None = None

    def now(self) -> datetime:
        """The bent present, timezone-aware, in UTC."""
        return self._base.now() + self.offset if self.frozen_at is None else self.frozen_at

    def timestamp(self) -> float:
        """The bent present in seconds since 1970 UTC."""
        if self.frozen_at is not None:
            return self.frozen_at.timestamp()
        return self._base.timestamp() + self.offset.total_seconds()

    @property
    def true_now(self) -> datetime:
        """What the other clock says, which nothing here can bend."""
        return self._base.now()

    @property
    def ahead(self) -> timedelta:
        """How far the present is ahead of the other clock's, also while it stands still."""
        return self.now() - self._base.now()

    @property
    def is_bent(self) -> bool:
        """Whether it tells another time than the other clock."""
        return self.frozen_at is not None or bool(self.offset)

    def shift_to(self, offset: timedelta) -> None:
        """Run (or stand) at this distance from the other clock."""
        if self.frozen_at is not None:
            self.frozen_at = self._base.now() + offset
        self.offset = offset

    def advance(self, by: timedelta) -> None:
        """Move the present by `by`, which may be negative; a standing clock stands on there."""
        if self.frozen_at is not None:
            self.frozen_at += by
        self.offset += by

    def go_to(self, moment: datetime) -> None:
        """Make `moment` (timezone-aware) the present; a running clock runs on from there."""
        self.advance(moment.astimezone(UTC) - self.now())

    def freeze(self) -> None:
        """Stand still at the present."""
        self.frozen_at = self.now()

    def run(self) -> None:
        """Run on from where it stood; the time that passed meanwhile is lost to it."""
        if self.frozen_at is not None:
            self.offset = self.frozen_at - self._base.now()
            self.frozen_at = None

    def straighten(self) -> None:
        """Tell the same time as the other clock again."""
        self.offset, self.frozen_at = timedelta(0), None


def epoch(moment: datetime) -> int:
    """Whole seconds since 1970-01-01 UTC, the unit of `exp`, `iat` and `auth_time`.

    Source: RFC 7519 section 2, NumericDate.
    """
    return int(moment.timestamp())

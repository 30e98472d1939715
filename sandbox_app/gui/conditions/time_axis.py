"""The time that a timeline shows: where a moment lies, and which moments are named."""

from dataclasses import dataclass
from datetime import UTC, datetime

_STEPS = (60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 28_800, 86_400, 172_800, 604_800)
_MOST_NAMED = 7
_LEAST = 600.0
_ROOM_AHEAD = 0.04
"""Share of the width after the present, so that its line does not stand at the very edge."""


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """From `start` to a little after `now`, in epoch seconds of the sandbox's clock."""

    start: float
    now: float

    @classmethod
    def over(cls, moments: list[float], now: float) -> "TimeAxis":
        """An axis that begins shortly before the first of the moments, ten minutes ago at least."""
        first = min([moment for moment in moments if moment <= now], default=now)
        span = max(_LEAST, now - first)
        return cls(now - span * 1.05, now)

    @property
    def end(self) -> float:
        """Where the right edge lies."""
        return self.now + (self.now - self.start) * _ROOM_AHEAD

    def share(self, moment: float) -> float:
        """How far from the left a moment lies: 0.0 at the left edge, 1.0 at the right one."""
        return min(1.0, max(0.0, (moment - self.start) / (self.end - self.start)))

    def named(self) -> list[tuple[float, str]]:
        """The moments to name, on whole steps of local time: their share and their words."""
        span = self.end - self.start
        step = next((it for it in _STEPS if span / it <= _MOST_NAMED), _STEPS[-1])
        zone = datetime.fromtimestamp(self.now, UTC).astimezone().utcoffset()
        ahead = zone.total_seconds() if zone is not None else 0.0
        first = (self.start + ahead) // step * step + step - ahead
        count = int((self.now - first) // step) + 1
        words = "%H:%M" if step < _STEPS[-3] else "%d %b"
        return [
            (self.share(moment), f"{datetime.fromtimestamp(moment, UTC).astimezone():{words}}")
            for moment in (first + step * number for number in range(max(0, min(count, 60))))
        ]

"""Durations as people and tests write them: `59m59s`, `-2h`, `1.5s`."""

import re
from datetime import timedelta

_SECONDS = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1, "ms": 0.001}
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|[wdhms])\s*")
_LONGEST = timedelta(days=36_500)


def parse_duration(text: str) -> timedelta:
    """A duration such as `59m59s`, `-2h`, `+1.5s` or `250ms`.

    Raises:
        ValueError: it is written otherwise, or longer than a hundred years.
    """
    rest = text.strip().lower()
    sign = -1 if rest.startswith("-") else 1
    rest = rest[1:].strip() if rest[:1] in ("+", "-") else rest
    seconds, at = 0.0, 0
    while at < len(rest) and (found := _PART.match(rest, at)):
        seconds += float(found[1]) * _SECONDS[found[2]]
        at = found.end()
    if not rest or at != len(rest):
        raise ValueError(f"“{text[:40]}” is no duration; write it like 59m59s, 2h or -1.5s")
    if seconds > _LONGEST.total_seconds():
        raise ValueError("a duration of more than a hundred years is refused")
    return sign * timedelta(seconds=seconds)


def duration_text(duration: timedelta) -> str:
    """The same duration, to the millisecond, as `parse_duration` reads it: `+1h0.5s`, `0s`."""
    milliseconds = round(abs(duration.total_seconds()) * 1000)
    words = ""
    for unit, size in (("d", 86_400_000), ("h", 3_600_000), ("m", 60_000)):
        count, milliseconds = divmod(milliseconds, size)
        words += f"{count}{unit}" if count else ""
    words += f"{milliseconds / 1000:g}s" if milliseconds else ""
    if not words:
        return "0s"
    return f"-{words}" if duration < timedelta(0) else f"+{words}"

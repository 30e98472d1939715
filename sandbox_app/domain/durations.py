"""Lengths of time in words."""

from datetime import timedelta


def duration_words(duration: timedelta, *, signed: bool = False) -> str:
    """`1 h 30 min`, its two largest units; with `signed` always with its sign."""
    milliseconds = round(abs(duration.total_seconds()) * 1000)
    words: list[str] = []
    for unit, size in (
        ("d", 86_400_000),
        ("h", 3_600_000),
        ("min", 60_000),
        ("s", 1000),
        ("ms", 1),
    ):
        count, milliseconds = divmod(milliseconds, size)
        if count:
            words.append(f"{count} {unit}")
        if len(words) == 2:
            break
    sign = "−" if duration < timedelta(0) else "+" if signed else ""
    return sign + (" ".join(words) or "0 s")

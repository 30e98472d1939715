"""What strangers wrote, as values of the types that were expected, without control characters."""

import math
import re
from datetime import datetime
from typing import Any

LONGEST_LINE = 16_000
"""Characters of a name, value, address or method that are kept."""

# Control characters, marks that turn the direction of writing, and halves of surrogate pairs.
_INVISIBLE = "\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
_IN_LINES = re.compile(rf"[\x00-\x1f{_INVISIBLE}]")
_IN_TEXTS = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f{_INVISIBLE}]")


def line(value: Any, longest: int = LONGEST_LINE) -> str:
    """One line of text; empty where the value is none."""
    return _IN_LINES.sub("", value[:longest]) if isinstance(value, str) else ""


def text(value: str) -> str:
    """Text of several lines."""
    return _IN_TEXTS.sub("", value)


def members(value: Any) -> dict[Any, Any]:
    """An object; empty where the value is none."""
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """A list; empty where the value is none."""
    return value if isinstance(value, list) else []


def number(value: Any, *, largest: float = 1e12) -> float:
    """A finite number that is not negative; 0 where the value is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    # A number of many digits is larger than any float and must not become one.
    if not 0 <= value <= largest or not math.isfinite(value):
        return 0.0
    return float(value)


def moment(value: Any) -> float:
    """Epoch seconds of an ISO 8601 time; 0 where the value is none."""
    try:
        found = datetime.fromisoformat(line(value, 64))
        return found.timestamp() if found.tzinfo is not None else 0.0
    except (ValueError, OverflowError):
        return 0.0

"""Patterns that somebody else wrote, matched without letting them hold anybody up."""

from functools import cache
from typing import Any

import regex

_LONGEST = 0.25
"""Seconds that a pattern may try; one that backtracks would take hours."""


def fits(pattern: str, text: str) -> bool:
    """Whether the whole text is as the pattern says.

    Raises:
        ValueError: the pattern cannot be read, or would take too long to try.
    """
    try:
        return _compiled(pattern).fullmatch(text, timeout=_LONGEST) is not None
    except regex.error:
        raise ValueError("the pattern cannot be read") from None
    except TimeoutError:
        raise ValueError("the pattern takes too long to try") from None


@cache
def _compiled(pattern: str) -> Any:
    return regex.compile(pattern)

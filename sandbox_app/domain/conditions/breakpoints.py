"""A breakpoint: which answers are kept back for somebody to look at, edit, release or drop."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Breakpoint:
    """The breakpoint of one sandbox.

    Attributes:
        filter: the text of the filter that an answer must pass to be kept back.
        stop: ends the watching.
    """

    filter: str
    stop: Callable[[], None]

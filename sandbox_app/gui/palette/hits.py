"""What the palette finds, and who finds it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that can be gone to or run.

    Attributes:
        key: unlike that of any other hit; tells whoever runs it what to run.
        title: its name; plain text.
        detail: what it is or belongs to; plain text.
        icon: name of an icon.
        group: hits of a group stand together under this word.
        score: how well it fits, as `matching.score` has it; the best group comes first.
    """

    key: str
    title: str
    detail: str = ""
    icon: str = "search"
    group: str = ""
    score: float = 0.0


Source = Callable[[str], Sequence[Hit]]
"""Finds hits for a text; for the empty text the few that help somebody who has no word yet."""

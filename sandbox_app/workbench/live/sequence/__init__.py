"""A login as a sequence diagram: who said what to whom, drawn by nobody yet.

`Sequence` turns exchanges into rows; `mermaid` writes them as text. The window draws the same rows.
"""

from sandbox_app.workbench.live.sequence.mermaid import mermaid_text
from sandbox_app.workbench.live.sequence.parts import (
    Chip,
    ChipKind,
    Kind,
    Lane,
    Pause,
    Row,
    State,
    Step,
    Story,
)
from sandbox_app.workbench.live.sequence.sequence import Sequence

__all__ = [
    "Chip",
    "ChipKind",
    "Kind",
    "Lane",
    "Pause",
    "Row",
    "Sequence",
    "State",
    "Step",
    "Story",
    "mermaid_text",
]

"""Why a request was refused: likely causes, and what would let the same request pass."""

from sandbox_app.workbench.live.causes.comparing import only_compare
from sandbox_app.workbench.live.causes.explaining import Why, explain_with, prepare
from sandbox_app.workbench.live.causes.explanation import Cause, Explanation, Fix, Place

__all__ = [
    "Cause",
    "Explanation",
    "Fix",
    "Place",
    "Why",
    "explain_with",
    "only_compare",
    "prepare",
]

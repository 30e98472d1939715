"""Why a request was refused: likely causes, and what would let the same request pass."""

from sandbox_app.workbench.live.causes.explain import explain, refused_check
from sandbox_app.workbench.live.causes.explanation import Cause, Explanation, Fix, Place

__all__ = ["Cause", "Explanation", "Fix", "Place", "explain", "refused_check"]

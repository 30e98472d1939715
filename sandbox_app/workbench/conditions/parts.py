"""All kinds of conditions together: what is bent, back to normal, recalled at a start."""

from sandbox_app.operations.core import Core
from sandbox_app.workbench.conditions.breakpoint import BREAKPOINT
from sandbox_app.workbench.conditions.clock import CLOCK
from sandbox_app.workbench.conditions.faults.part import FAULTS
from sandbox_app.workbench.conditions.keeping import changed, recall_part
from sandbox_app.workbench.conditions.key_sets_part import KEY_SETS
from sandbox_app.workbench.conditions.leniency import LENIENCY
from sandbox_app.workbench.conditions.part import Part

PARTS: tuple[Part, ...] = (CLOCK, KEY_SETS, FAULTS, LENIENCY, BREAKPOINT)
"""Every kind, in the order they are told."""


def deviations(core: Core) -> tuple[tuple[str, str], ...]:
    """All that differs from the real service now: the part's name and a few words each."""
    return tuple((part.name, words) for part in PARTS for words in part.deviations(core))


def back_to_normal(core: Core) -> None:
    """Straighten everything, as if nobody had ever bent it."""
    for part in PARTS:
        part.straighten(core)
    for part in PARTS:
        changed(core, part)


def recall(core: Core) -> None:
    """Bend the world as the workspace says."""
    for part in PARTS:
        recall_part(core, part)

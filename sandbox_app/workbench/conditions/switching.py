"""Switching leniency on and off."""

from dataclasses import asdict

from sandbox_app.operations.core import Core
from sandbox_app.workbench.conditions.keeping import changed
from sandbox_app.workbench.conditions.leniency import LENIENCY, checked


def set_leniency(core: Core, **switches: str | bool) -> None:
    """Set some switches and leave the others, keep it with the workspace and tell everybody.

        set_leniency(core, fixed_code="123456", no_lockout=True)

    Raises:
        ValueError: no such switch, or a fixed code that is not six digits; nothing was changed.
    """
    before = core.conditions.leniency
    core.conditions.leniency = checked({**asdict(before), **switches})
    if core.conditions.leniency != before:
        changed(core, LENIENCY)

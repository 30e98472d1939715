"""The lenient switches: what is forgiven, told wherever it decided something."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sandbox_app.domain.conditions.leniency import SWITCHES, Leniency, Switch
from sandbox_app.operations.core import Core

__all__ = ["LENIENCY", "SWITCHES", "LeniencyPart", "Switch", "checked"]


class LeniencyPart:
    """The lenient switches as a condition."""

    name = "leniency"

    def deviations(self, core: Core) -> tuple[str, ...]:
        """The switches that are on."""
        leniency = core.conditions.leniency
        return tuple(switch.told for switch in SWITCHES if getattr(leniency, switch.name))

    def straighten(self, core: Core) -> None:
        """Switch everything off."""
        core.conditions.leniency = Leniency()

    def kept(self, core: Core) -> Mapping[str, Any]:
        """The switches that are on."""
        return {name: value for name, value in asdict(core.conditions.leniency).items() if value}

    def recall(self, core: Core, kept: Mapping[str, Any]) -> None:
        """Switch on what was on."""
        core.conditions.leniency = checked(kept)


LENIENCY = LeniencyPart()


def checked(switches: Mapping[str, Any]) -> Leniency:
    """The switches as they were asked for; those not named are off.

    Raises:
        ValueError: no such switch, or a fixed code that is not six digits.
    """
    known = {switch.name for switch in SWITCHES}
    for name, value in switches.items():
        if name not in known:
            raise ValueError(f"there is no lenient switch called “{str(name)[:40]}”")
        if name == "fixed_code":
            if not isinstance(value, str) or (value and not _is_code(value)):
                raise ValueError("a fixed confirmation code is six digits")
        elif not isinstance(value, bool):
            raise ValueError(f"{name} is either on or off")
    return Leniency(**switches)


def _is_code(text: str) -> bool:
    return len(text) == 6 and text.isascii() and text.isdigit()

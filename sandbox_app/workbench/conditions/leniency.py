"""The lenient switches: what is forgiven, told wherever it decided something."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sandbox_app.domain.conditions.leniency import Leniency
from sandbox_app.operations.core import Core


@dataclass(frozen=True, slots=True)
class Switch:
    """One lenient switch: `name` is the attribute of `Leniency`, `rule` what it overrides.

    `title` is its label, `sentence` says what it does and what the real service does instead,
    `told` is the status bar's few words while it is on.
    """

    name: str
    rule: str
    title: str
    sentence: str
    told: str


SWITCHES = (
    Switch(
        "fixed_code",
        "US-4-7",
        "Fixed confirmation code",
        "Any confirmation code that was sent may be answered with these six digits as well. The "
        "real service accepts only the code it sent.",
        "fixed confirmation code",
    ),
    Switch(
        "no_lockout",
        "HU-4.1-3",
        "No lockout",
        "Wrong passwords lock nobody out. The real service locks a user from the fifth on, for "
        "1 s at first and up to 15 minutes.",
        "no lockout",
    ),
    Switch(
        "codes_again",
        "TC-1",
        "Redeem codes again",
        "An authorization code may be redeemed again until it expires. The real service accepts "
        "each code once.",
        "codes may be redeemed again",
    ),
    Switch(
        "any_loopback_port",
        "AZ-4",
        "Any loopback port",
        "A callback on localhost, 127.0.0.1 or [::1] counts as registered on any port. The real "
        "service compares callback URLs to the letter.",
        "any loopback port",
    ),
)
"""Every switch, in the order they are shown."""


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

"""What is forgiven on purpose; every switch is off until somebody switches it on."""

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(slots=True)
class Leniency:
    """The lenient switches of one sandbox; changed by `workbench.conditions.leniency` alone.

    Attributes:
        fixed_code: six digits that are accepted in place of any confirmation code that was
            sent; empty when off.
        no_code_limits: confirmation codes may be asked for and entered as often as wanted.
        no_lockout: wrong passwords lock nobody out.
        codes_again: an authorization code may be redeemed again until it expires.
        any_loopback_port: a callback or sign-out URL on loopback counts as registered on any
            port.
    """

    fixed_code: str = ""
    no_code_limits: bool = False
    no_lockout: bool = False
    codes_again: bool = False
    any_loopback_port: bool = False


@dataclass(frozen=True, slots=True)
class Switch:
    """One lenient switch: `name` is the attribute of `Leniency`, `rule` what it overrides first.

    `title` is its label; `sentence` says what it does and what the real service does instead,
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
        "no_code_limits",
        "US-4-9",
        "No limit on codes",
        "Confirmation codes may be asked for and entered as often as wanted. The real service "
        "stops after 5 times an hour, or 15 where a sign-up code is entered.",
        "no limit on codes",
    ),
    Switch(
        "no_lockout",
        "HU-4.1-3",
        "No lockout",
        "Wrong passwords lock nobody out; they are counted as ever. The real service locks a "
        "user from the fifth on, for 1 s at first and up to 15 minutes.",
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
        "A callback or sign-out URL on localhost, 127.0.0.1 or [::1] counts as registered on any "
        "port. The real service compares them to the letter.",
        "any loopback port",
    ),
)
"""Every switch, in the order they are shown."""


def switch(name: str) -> Switch:
    """The switch of that name.

    Raises:
        KeyError: there is none (a misspelt name in a flow, never something a request can cause).
    """
    return _BY_NAME[name]


_BY_NAME = MappingProxyType({one.name: one for one in SWITCHES})

"""What is forgiven on purpose; every switch is off until somebody switches it on."""

from dataclasses import dataclass


@dataclass(slots=True)
class Leniency:
    """The lenient switches of one sandbox; changed by `workbench.conditions.leniency` alone.

    Attributes:
        fixed_code: six digits that are accepted in place of any confirmation code that was
            sent; empty when off.
        no_lockout: wrong passwords lock nobody out.
        codes_again: an authorization code may be redeemed again until it expires.
        any_loopback_port: a callback on this machine's loopback counts as registered on any port.
    """

    fixed_code: str = ""
    no_lockout: bool = False
    codes_again: bool = False
    any_loopback_port: bool = False

"""Conditions on stored exchanges, in words that know nothing of how they are stored.

They speak of the members of an `Exchange`. What cannot be told from those alone is said with
`AtMost`, and then looked at again by whoever asked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

TEXTS = (
    "method",
    "path",
    "step",
    "pool_id",
    "client_id",
    "client_name",
    "username",
    "grant",
    "rule",
    "error",
    "fault",
)
"""Members that are texts and repeat; their order is that of the numbers in `exchange_value`."""


@dataclass(frozen=True, slots=True)
class Has:
    """A text, in lower case, holds another one (or is it), and passes a check besides.

    Attributes:
        field: one of `TEXTS`.
        text: lower-case.
        check: is asked about each different text once, as it was sent.
    """

    field: str
    text: str = ""
    whole: bool = False
    check: Callable[[str], bool] | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """A text is not empty."""

    field: str


@dataclass(frozen=True, slots=True)
class Between:
    """A number lies between two, both included; `None` sets no bound."""

    field: Literal["status", "duration"]
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class StatusIn:
    """The status is one of these."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LoginBegins:
    """It belongs to a login whose id begins so; the letters A to Z in either case."""

    text: str


@dataclass(frozen=True, slots=True)
class AboutAny:
    """It is one of these exchanges, or belongs to one of these logins."""

    exchanges: tuple[str, ...]
    logins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SentAgain:
    """The window sent it, as another exchange was sent before."""


@dataclass(frozen=True, slots=True)
class Every:
    """All of them hold; without any, that is always so."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Some:
    """One of them holds; without any, that is never so."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Without:
    """The other does not hold."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class AtMost:
    """Holds nowhere but where the other does, and perhaps not even there."""

    part: "Condition"


Condition = (
    Has
    | Filled
    | Between
    | StatusIn
    | LoginBegins
    | AboutAny
    | SentAgain
    | Every
    | Some
    | Without
    | AtMost
)

EVERYTHING: Condition = Every(())
NOTHING: Condition = Some(())


def is_exact(condition: Condition) -> bool:
    """Whether what fulfils it need not be looked at again."""
    match condition:
        case AtMost():
            return False
        case Without(part):
            return is_exact(part)
        case Every(parts) | Some(parts):
            return all(map(is_exact, parts))
    return True

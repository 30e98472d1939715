"""Where a fault lies in wait."""

from dataclasses import dataclass
from enum import StrEnum

from sandbox_app.domain.conditions.fault_bounds import breaks_a_word

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
"""The methods that a fault can be narrowed to."""


class Step(StrEnum):
    """The endpoints by the names that Live gives them, whatever their path."""

    AUTHORIZE = "authorize"
    LOGIN = "login"
    LOGOUT = "logout"
    ERROR_PAGE = "error page"
    TOKEN = "token"
    REVOKE = "revoke"
    USERINFO = "userInfo"
    DISCOVERY = "discovery"
    KEY_SET = "key set"


@dataclass(frozen=True, slots=True)
class AnyRequest:
    """Every request that Live shows, save preflights; `method` narrows it when not empty."""

    method: str = ""

    def __post_init__(self) -> None:
        _known_method(self.method)


@dataclass(frozen=True, slots=True)
class AtPath:
    """A path, letter by letter; `*` stands for any characters. `method` as in `AnyRequest`."""

    path: str
    method: str = ""

    def __post_init__(self) -> None:
        if not self.path.startswith("/") or any(map(breaks_a_word, self.path)):
            raise ValueError(f"“{self.path[:40]}” is no path; it begins with a slash")
        _known_method(self.method)


@dataclass(frozen=True, slots=True)
class AtStep:
    """An endpoint by its name; `method` as in `AnyRequest`."""

    step: Step
    method: str = ""

    def __post_init__(self) -> None:
        _known_method(self.method)


@dataclass(frozen=True, slots=True)
class AtOperation:
    """A call of the JSON API by the name in `X-Amz-Target`; empty means every operation."""

    operation: str = ""

    def __post_init__(self) -> None:
        if self.operation and not (self.operation.isascii() and self.operation.isalnum()):
            raise ValueError(f"“{self.operation[:40]}” is no operation such as InitiateAuth")


@dataclass(frozen=True, slots=True)
class AtHandshake:
    """A TLS handshake, before there is a request: it has no client and no user."""


Place = AnyRequest | AtPath | AtStep | AtOperation | AtHandshake


def _known_method(method: str) -> None:
    if method and method not in METHODS:
        raise ValueError(f"{method[:20]} is none of the methods {', '.join(METHODS)}")
